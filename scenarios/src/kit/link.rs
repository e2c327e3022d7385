//! The link interface of mode 1: OpenAPI documents, codes of refusals.

use serde_json::{Value, json};
use tekigo_simulator::profile::{Profile, openapi};
use tekigo_simulator::serve::SOFTWARE_HOST;
use tekigo_simulator::systems::care_software::software_openapi;

use super::error::KitError;
use super::folder::Kit;

/// Adds the documents of the folder `link`.
pub(super) fn add(kit: &mut Kit, profile: &Profile) -> Result<(), KitError> {
    kit.json("link/openapi.json", &openapi(profile))?;
    kit.json(
        "link/care-software-openapi.json",
        &software_openapi(profile, SOFTWARE_HOST),
    )?;
    kit.json("link/errors.json", &errors(profile))?;
    kit.text("link/errors.md", errors_page(profile));
    Ok(())
}

fn errors(profile: &Profile) -> Value {
    let system = profile.system_errors().iter();
    let business = profile.business_errors().iter();
    let results = profile.results().iter();
    let sets = profile.set_errors().iter();
    json!({
        "profile": profile.id(),
        "digest": profile.digest(),
        "systemErrors": system
            .map(|one| json!({ "code": one.code, "status": one.status, "ja": one.ja }))
            .collect::<Vec<_>>(),
        "businessErrors": business
            .map(|one| json!({ "code": one.code, "ja": one.ja }))
            .collect::<Vec<_>>(),
        "recordResults": results
            .map(|one| json!({ "code": one.code, "ja": one.ja }))
            .collect::<Vec<_>>(),
        "setErrors": sets
            .map(|one| json!({ "code": one.code, "ja": one.ja }))
            .collect::<Vec<_>>(),
    })
}

fn errors_page(profile: &Profile) -> String {
    let mut page = format!(
        "# PMHの答えの符号\n\n連携仕様プロファイル {}（{}）から作られています。\n",
        profile.id(),
        profile.head().title
    );
    let mut table = |title: &str, note: &str, rows: Vec<(String, String)>| {
        page.push_str(&format!(
            "\n## {title}\n\n{note}\n\n| 符号 | 意味 |\n|---|---|\n"
        ));
        for (code, meaning) in rows {
            page.push_str(&format!("| `{code}` | {meaning} |\n"));
        }
    };
    let system = profile.system_errors().iter();
    table(
        "システムエラー（方式①）",
        "HTTPの状態符号で返る。要求は何も変えていない。`S503` だけは、待ってから同じ要求を送り直す。",
        system
            .map(|one| (one.code.clone(), format!("HTTP {}　{}", one.status, one.ja)))
            .collect(),
    );
    let business = profile.business_errors().iter();
    table(
        "業務エラー（両方式）",
        "方式①ではHTTP 200の本文の `errors` で、方式②ではPMHの画面で返る。要求（組）の全体が受け付けられない。",
        business
            .map(|one| (one.code.clone(), one.ja.clone()))
            .collect(),
    );
    let results = profile.results().iter();
    table(
        "処理結果（両方式）",
        "受け付けた要求（組）の、記録1件ごとの結果。`0` で始まるものは受け付けた記録で、結果の一覧には現れない。",
        results
            .map(|one| (one.code.clone(), one.ja.clone()))
            .collect(),
    );
    let sets = profile.set_errors().iter();
    table(
        "組の拒否（方式②）",
        "PMHの画面で返る。組の全体が受け付けられない。",
        sets.map(|one| (one.code.clone(), one.ja.clone())).collect(),
    );
    page
}
