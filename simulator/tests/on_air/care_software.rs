//! Care software (介護ソフト) over the real line: client certificate, tokens, and what it may read.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::pages::visitors::Visitors;
use crate::viewing::scene::{AOBA, Scene, WAKAKUSA};

const TOKENS: &str = "/careweb/v1/tokens";
const HANAS_SHEET: &str = "/careweb/v1/insured/139998/0000000001/surveySheet";
const HANAS_PLAN: &str = "/careweb/v1/insured/139998/0000000001/carePlan";

const DOCUMENT: &str = "/careweb/v1/openapi.json";

/// The program of an office.
struct Program {
    http: reqwest::Client,
    base: String,
}

impl Program {
    fn of(visitors: &Visitors, office: Option<&str>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let simulator = &visitors.simulator;
        let (host, address) = simulator.care_software().expect("it listens");
        assert!(address.ip().is_loopback());
        let authority = reqwest::Certificate::from_pem(simulator.authority_pem().as_bytes());
        let mut builder = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([authority.expect("PEM")])
            .resolve(host, address);
        if let Some(office) = office {
            let issued = simulator.issue_office_certificate(&format!("office-{office}"));
            let issued = issued.expect("a certificate");
            let identity = format!("{}{}", issued.key_pem, issued.chain_pem);
            let identity = reqwest::Identity::from_pem(identity.as_bytes());
            builder = builder.identity(identity.expect("PEM"));
        }
        Self {
            http: builder.build().expect("a client"),
            base: format!("https://{host}:{}", address.port()),
        }
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let response = request.send().await.expect("an answer");
        let status = response.status();
        let text = response.text().await.expect("a body");
        (status, serde_json::from_str(&text).expect("JSON"))
    }

    async fn view(&self, path: &str, token: &str) -> (u16, Value) {
        let (status, body) = self.call(Method::GET, path, token, None).await;
        (status.as_u16(), body)
    }

    async fn log_in(&self, user: &str, password: &str) -> (u16, Value) {
        let sent = json!({ "user": user, "password": password });
        let (status, body) = self.call(Method::POST, TOKENS, "", Some(sent)).await;
        (status.as_u16(), body)
    }

    async fn tokens(&self) -> (String, String) {
        let (status, body) = self.log_in("care_manager", "care_manager").await;
        assert_eq!(status, 200, "{body}");
        let text = |name: &str| body[name].as_str().expect("a token").to_owned();
        (text("accessToken"), text("refreshToken"))
    }

    async fn refresh(&self, token: &str) -> (u16, Value) {
        let sent = json!({ "refreshToken": token });
        let path = format!("{TOKENS}/refresh");
        let (status, body) = self.call(Method::POST, &path, "", Some(sent)).await;
        (status.as_u16(), body)
    }
}

fn code(body: &Value) -> &str {
    body["errors"][0]["code"].as_str().unwrap_or_default()
}

/// Hana's world with 青葉 responsible for her.
async fn world() -> Visitors {
    let mut scene = Scene::new();
    scene.aoba();
    Visitors::of(scene).await
}

#[tokio::test]
async fn it_reads_what_the_pages_would_show_and_says_no_with_200() {
    let mut visitors = world().await;
    let program = Program::of(&visitors, Some(AOBA));
    let (access, _) = program.tokens().await;
    let (status, body) = program.view(HANAS_SHEET, &access).await;
    assert_eq!((status, code(&body)), (200, "consent"), "{body}");
    visitors.happen(|scene| scene.link_consent("1", "2026-11-02"));
    let (status, body) = program.view(HANAS_SHEET, &access).await;
    assert_eq!(status, 200);
    assert_eq!(body["data"]["rows"][0]["surveyPlace"], "1", "{body}");
    let (status, body) = program.view(HANAS_PLAN, &access).await;
    assert_eq!((status, code(&body)), (404, "browser_only"), "{body}");
}

#[tokio::test]
async fn tokens_live_as_long_as_they_should() {
    let visitors = world().await;
    let program = Program::of(&visitors, Some(AOBA));
    let (access, refresh) = program.tokens().await;
    visitors.wait(3_599);
    assert_eq!(program.view(HANAS_SHEET, &access).await.0, 200);
    visitors.wait(1);
    assert_eq!(program.view(HANAS_SHEET, &access).await.0, 401);
    let (status, body) = program.refresh(&refresh).await;
    assert_eq!(status, 200, "{body}");
    let renewed = body["accessToken"].as_str().expect("a token").to_owned();
    assert_eq!(program.view(HANAS_SHEET, &renewed).await.0, 200);
    assert_eq!(program.view(HANAS_SHEET, &access).await.0, 401);
    visitors.wait(7 * 3_600);
    assert_eq!(program.refresh(&refresh).await.0, 401);
    let (fresh, _) = program.tokens().await;
    let left = program.call(Method::DELETE, TOKENS, &fresh, None).await;
    assert_eq!(left.0, 200);
    assert_eq!(program.view(HANAS_SHEET, &fresh).await.0, 401);
}

#[tokio::test]
async fn nobody_gets_in_without_the_own_certificate() {
    let visitors = world().await;
    let aoba = Program::of(&visitors, Some(AOBA));
    let (access, refresh) = aoba.tokens().await;
    let wakakusa = Program::of(&visitors, Some(WAKAKUSA));
    assert_eq!(wakakusa.view(HANAS_SHEET, &access).await.0, 401);
    assert_eq!(wakakusa.refresh(&refresh).await.0, 401);
    let (status, body) = wakakusa.log_in("care_manager", "guess").await;
    assert_eq!((status, code(&body)), (401, "log_in"), "{body}");
    let stranger = Program::of(&visitors, Some("0000000000"));
    let (status, body) = stranger.log_in("care_manager", "care_manager").await;
    assert_eq!((status, code(&body)), (403, "certificate"), "{body}");
    let nobody = Program::of(&visitors, None);
    let refused = nobody.http.get(format!("{}{TOKENS}", nobody.base));
    assert!(refused.send().await.is_err(), "no line without one");
    let journal = visitors.journal();
    assert!(!journal.contains("guess") && !journal.contains(&access));
    assert_eq!(aoba.view(HANAS_SHEET, &access).await.0, 200);
}

#[tokio::test]
async fn what_is_no_call_of_it_is_refused() {
    let visitors = world().await;
    let program = Program::of(&visitors, Some(AOBA));
    let before = visitors.journal();
    let post = |body| program.call(Method::POST, TOKENS, "", Some(body));
    for body in [
        json!({}),
        json!({ "user": 1, "password": "x" }),
        json!({ "user": "a", "password": "b", "more": "c" }),
        json!("x".repeat(20_000)),
    ] {
        let (status, body) = post(body).await;
        assert_eq!((status.as_u16(), code(&body)), (400, "unreadable"));
    }
    for (method, path, status) in [
        (Method::GET, TOKENS, 405),
        (Method::GET, "/elsewhere", 404),
        (Method::GET, "/careweb/v1/insured/139998", 404),
        (Method::GET, "/careweb/v1/insured/139998/1/a/b", 404),
        (Method::POST, HANAS_SHEET, 405),
    ] {
        let answer = program.call(method, path, "", None).await;
        assert_eq!(answer.0.as_u16(), status, "{path}");
    }
    assert_eq!(visitors.journal(), before);
    let (status, _) = program.view(HANAS_SHEET, "0123").await;
    assert_eq!(status, 401);
}

#[tokio::test]
async fn the_document_says_what_is_answered() {
    let mut visitors = world().await;
    let program = Program::of(&visitors, Some(AOBA));
    let (status, document) = program.view(DOCUMENT, "").await;
    assert_eq!(status, 200);
    let mut published = document.clone();
    published["info"]["x-digest"] = json!("[digest]");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("software_openapi", published);
    });
    let must_fit = |answer: &Value, schema: &str| {
        let mut whole = document["components"]["schemas"][schema].clone();
        whole["components"] = document["components"].clone();
        let schema = jsonschema::draft202012::new(&whole).expect("a schema");
        assert!(schema.is_valid(answer), "{answer}");
    };
    let (_, tokens) = program.log_in("care_manager", "care_manager").await;
    must_fit(&tokens, "Tokens");
    let text = |name: &str| tokens[name].as_str().expect("a token").to_owned();
    let (_, renewed) = program.refresh(&text("refreshToken")).await;
    must_fit(&renewed, "AccessToken");
    let access = renewed["accessToken"].as_str().expect("a token");
    let (_, refused) = program.view(HANAS_SHEET, access).await;
    must_fit(&refused, "Errors");
    visitors.happen(|scene| scene.link_consent("1", "2026-11-02"));
    let kinds = &document["paths"]["/insured/{insurer}/{insured}/{data}"]["get"]["parameters"][2];
    let kinds = kinds["schema"]["enum"].as_array().expect("kinds");
    assert!(!kinds.contains(&json!("carePlan")), "for the pages only");
    for kind in kinds {
        let kind = kind.as_str().expect("text");
        let path = format!("/careweb/v1/insured/139998/0000000001/{kind}");
        let (status, shown) = program.view(&path, access).await;
        assert_eq!(status, 200, "{kind}");
        let is_refused = shown.get("errors").is_some();
        must_fit(&shown, if is_refused { "Errors" } else { "Viewed" });
    }
    let (status, left) = program.call(Method::DELETE, TOKENS, access, None).await;
    assert_eq!(status, 200);
    must_fit(&left, "Viewed");
}
