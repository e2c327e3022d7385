//! 助成金の申請.

use crate::domain::calendar::wareki;
use crate::domain::{
    Institution, OfficeLimit, OfficeNumber, SUBSIDY_FROM, SUBSIDY_TO, ServiceCode, shown,
};
use crate::portal::{InstitutionApplication, OfficeApplication, Refusal, SubsidyAssessment};

use super::account::Holder;
use super::context::PortalContext;
use super::letters;
use super::rules::Acted;
use super::state::Portal;

/// Who has to put an application right.
const APPLICANT: &str = "申請する事業所・医療機関";

/// Takes an office's application, whatever its municipality has got to (briefing: Q&A 助成金 No.2).
pub(super) fn apply_as_office(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    application: &OfficeApplication,
) -> Result<Acted, Refusal> {
    let number = admitted(portal, context, &application.number, &application.documents)?;
    let services = services_of(application)?;
    let limit = OfficeLimit::of(&services);
    if application.readers > limit.readers {
        return Err(Refusal::new(
            "subsidy_readers",
            APPLICANT,
            format!("カードリーダー{}台まで", limit.readers),
            format!("{}台の申請", application.readers),
        ));
    }
    if (application.readers == 0) != (application.readers_yen == 0) {
        return Err(Refusal::new(
            "subsidy_readers_cost",
            APPLICANT,
            "台数と費用のそろったカードリーダーの購入経費",
            format!(
                "{}台で{}円の購入経費",
                application.readers, application.readers_yen
            ),
        ));
    }
    let cost = application
        .readers_yen
        .saturating_add(application.support_yen);
    let assessment = SubsidyAssessment {
        number: number.to_string(),
        services: services
            .iter()
            .map(|service| service.code().to_owned())
            .collect(),
        readers_max: Some(limit.readers),
        yen_max: limit.yen,
        cost_yen: cost,
        yen: cost.min(limit.yen),
    };
    take(portal, number, assessment)
}

/// Takes a medical institution's application.
pub(super) fn apply_as_institution(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    application: &InstitutionApplication,
) -> Result<Acted, Refusal> {
    let number = admitted(portal, context, &application.number, &application.documents)?;
    let institution = match application.beds {
        Some(beds) => Institution::Hospital { beds },
        None => Institution::Clinic,
    };
    let assessment = SubsidyAssessment {
        number: number.to_string(),
        services: Vec::new(),
        readers_max: None,
        yen_max: institution.rate().yen,
        cost_yen: application.cost_yen,
        yen: institution.subsidy(application.cost_yen),
    };
    take(portal, number, assessment)
}

/// The conditions on any application, in this order: the window, registration, only once [domain B39,
/// unofficial], the papers.
fn admitted(
    portal: &Portal,
    context: &PortalContext<'_>,
    number: &str,
    documents: &[String],
) -> Result<OfficeNumber, Refusal> {
    let today = context.today();
    if today < SUBSIDY_FROM || today > SUBSIDY_TO {
        return Err(Refusal::new(
            "subsidy_window",
            APPLICANT,
            format!(
                "受付期間（{}から{}まで）の申請",
                wareki::day(SUBSIDY_FROM),
                wareki::day(SUBSIDY_TO)
            ),
            format!("{}の申請", wareki::day(today)),
        ));
    }
    let account = portal.accounts.get(number.trim());
    let Some(Holder::User { number, .. }) = account.map(|account| &account.holder) else {
        return Err(Refusal::new(
            "subsidy_user",
            APPLICANT,
            "ポータルのユーザ登録",
            format!("登録のない番号「{}」の申請", shown(number.trim())),
        ));
    };
    if portal.subsidies.contains_key(number) {
        return Err(Refusal::new(
            "subsidy_again",
            APPLICANT,
            "1回だけの申請",
            format!("申請済みの番号「{number}」の申請"),
        ));
    }
    if documents.iter().all(|document| document.trim().is_empty()) {
        return Err(Refusal::new(
            "subsidy_documents",
            APPLICANT,
            "必要書類の添付",
            "書類のない申請",
        ));
    }
    Ok(*number)
}

/// The services of an office, each once.
fn services_of(application: &OfficeApplication) -> Result<Vec<ServiceCode>, Refusal> {
    let expected = "助成の対象となるサービス種類コード";
    let refused = |came: String| Refusal::new("subsidy_service", APPLICANT, expected, came);
    let mut services = Vec::new();
    for code in &application.services {
        let Some(service) = ServiceCode::read(code.trim()) else {
            return Err(refused(format!("「{}」", shown(code.trim()))));
        };
        services.push(service);
    }
    services.sort_unstable();
    services.dedup();
    if services.is_empty() {
        return Err(refused("サービスのない申請".to_owned()));
    }
    Ok(services)
}

fn take(
    portal: &mut Portal,
    number: OfficeNumber,
    assessment: SubsidyAssessment,
) -> Result<Acted, Refusal> {
    if assessment.cost_yen == 0 {
        let came = "0円の申請";
        return Err(Refusal::new(
            "subsidy_cost",
            APPLICANT,
            "1円以上の費用",
            came,
        ));
    }
    let mut acted = Acted::default();
    let account = portal.accounts.get(number.as_str());
    if let Some(Holder::User { name, address, .. }) = account.map(|account| &account.holder) {
        acted.send(letters::subsidy_applied(address, name, &assessment));
    }
    portal.subsidies.insert(number, assessment.clone());
    acted.answer.subsidy = Some(assessment);
    Ok(acted)
}
