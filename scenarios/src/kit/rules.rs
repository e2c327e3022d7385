//! The rules that are judged, and the scenarios that try them.

use super::error::KitError;
use super::folder::Kit;
use crate::feature::{FeatureFile, load_bundled};
use crate::requirement::{Catalogue, Mode, Requirement};

/// The sentences of the scenarios, and what each does.
const SENTENCES: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../features/README.md"
));

/// Adds the folder `rules`.
pub(super) fn add(kit: &mut Kit) -> Result<(), KitError> {
    let catalogue = Catalogue::bundled().map_err(|errors| own(errors.first()))?;
    let features = load_bundled(&catalogue).map_err(|errors| own(errors.first()))?;
    for feature in &features {
        kit.text(format!("rules/{}", feature.path), feature.text.clone());
    }
    kit.text("rules/features/README.md", SENTENCES);
    kit.text("rules/README.md", page(&catalogue, &features));
    Ok(())
}

fn own(error: Option<&impl std::fmt::Display>) -> KitError {
    KitError::Own(error.map_or_else(String::new, ToString::to_string))
}

fn page(catalogue: &Catalogue, features: &[FeatureFile]) -> String {
    let mut page = "# 規則とシナリオ\n\n\
        判定する規則と、それを試すシナリオの一覧です。シナリオ番号は `tekigo certify --only` に、規則の番号は \
        `--tags \"@規則の番号\"` にそのまま書けます。シナリオのない規則は、どの実行でも監視で見るか、人が確かめます。\
        シナリオの文が何をするかは [features/README.md](features/README.md)（英語）にあります。\n"
        .to_owned();
    let mut group = String::new();
    for rule in catalogue.iter() {
        if rule.id.group() != group {
            group = rule.id.group().to_owned();
            page.push_str(&format!("\n## {group}\n"));
        }
        page.push_str(&entry(rule, features));
    }
    page
}

fn entry(rule: &Requirement, features: &[FeatureFile]) -> String {
    let modes: Vec<&str> = rule.modes.iter().map(|mode| mode.ja()).collect();
    let mut text = format!(
        "\n### {}\n\n{}。\n\n{}\n\n{}\n",
        rule.id,
        rule.ja,
        rule.en,
        modes.join("・")
    );
    if let Some(watched) = &rule.monitor {
        text.push_str(&format!("\n監視: {watched}\n"));
    }
    for feature in features {
        for scenario in &feature.scenarios {
            if scenario.requirement != rule.id {
                continue;
            }
            let only = match scenario.modes.iter().collect::<Vec<_>>().as_slice() {
                [only] => format!("（{}だけ）", Mode::ja(**only)),
                _ => String::new(),
            };
            text.push_str(&format!(
                "\n- `{}` {}{only}（[{}]({}) {}行目）",
                scenario.id, scenario.title, feature.title, feature.path, scenario.line
            ));
        }
    }
    text.push('\n');
    text
}
