//! 植え付ける不具合の一覧: what is planted, and whom it must be put to.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::requirement::{Catalogue, Mode, Party, Requirement, RequirementId, Verify};

const PATH: &str = "faults.toml";
const TEXT: &str = include_str!("../../../fixtures/vendors/reference/faults.toml");

/// A fault of the reference vendor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The name after `--fault`.
    pub name: String,
    /// What the product does wrong, in Japanese.
    pub ja: String,
    /// The rules it breaks; in every mode at least one of them must be seen violated.
    pub breaks: Vec<RequirementId>,
    /// The rules that the same mistake may break besides.
    #[serde(default)]
    pub also: Vec<RequirementId>,
    /// Where it is planted.
    #[serde(default = "both")]
    pub modes: Vec<Mode>,
    /// The rules whose scenarios are run; those of `breaks` if there is none.
    #[serde(default)]
    pub tried_in: Vec<RequirementId>,
}

/// A way in which a right product may differ from the reference vendor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The name after `--variant`.
    pub name: String,
    /// What the product does otherwise, in Japanese.
    pub ja: String,
    /// Where it differs.
    #[serde(default = "both")]
    pub modes: Vec<Mode>,
}

/// Everything that is planted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planted {
    /// The faults, in the order of the file.
    #[serde(rename = "fault")]
    pub faults: Vec<Fault>,
    /// The harmless variants.
    #[serde(rename = "variant", default)]
    pub variants: Vec<Variant>,
}

fn both() -> Vec<Mode> {
    Mode::ALL.to_vec()
}

impl Fault {
    /// The rules whose scenarios are run.
    #[must_use]
    pub fn tried_in(&self) -> &[RequirementId] {
        if self.tried_in.is_empty() {
            &self.breaks
        } else {
            &self.tried_in
        }
    }

    /// Whether a rule that is seen violated is one that the fault accounts for.
    #[must_use]
    pub fn accounts_for(&self, requirement: &str) -> bool {
        let mut rules = self.breaks.iter().chain(&self.also);
        rules.any(|rule| rule.as_str() == requirement)
    }

    /// Whether it breaks this rule first of all.
    #[must_use]
    pub fn is_breach_of(&self, requirement: &str) -> bool {
        self.breaks.iter().any(|rule| rule.as_str() == requirement)
    }
}

impl Planted {
    /// The bundled list, checked against the requirements and the vendor's own names.
    ///
    /// # Errors
    /// Everything that is wrong with it, in Japanese: a name that the vendor does not know or that
    /// is missing here, a rule that there is none of.
    pub fn bundled(catalogue: &Catalogue) -> Result<Self, Vec<String>> {
        Self::of_vendor(TEXT, catalogue)
    }

    /// Another list of what is planted into the reference vendor.
    ///
    /// # Errors
    /// As [`Planted::bundled`].
    pub fn of_vendor(text: &str, catalogue: &Catalogue) -> Result<Self, Vec<String>> {
        let faults = names(
            tekigo_reference_vendor::Fault::ALL
                .iter()
                .map(|(name, _)| *name),
        );
        let variants = names(
            tekigo_reference_vendor::Variant::ALL
                .iter()
                .map(|(name, _)| *name),
        );
        let planted = Self::parse(text, catalogue, &faults)?;
        let listed = planted.variants.iter().map(|one| one.name.clone());
        let listed: BTreeSet<String> = listed.collect();
        let unknown = listed.difference(&variants).map(|name| {
            format!("{PATH}: 変種「{name}」を、基準ベンダーは知りません。項目を消すか、名前を直してください")
        });
        let missing = variants.difference(&listed).map(|name| {
            format!("{PATH}: 基準ベンダーの変種「{name}」がありません。どう違うかを書いてください")
        });
        let wrong: Vec<String> = unknown.chain(missing).collect();
        if wrong.is_empty() {
            Ok(planted)
        } else {
            Err(wrong)
        }
    }

    /// Reads and checks a list. `faults` are the names that the vendor knows, but for `none`.
    ///
    /// # Errors
    /// As [`Planted::bundled`].
    pub fn parse(
        text: &str,
        catalogue: &Catalogue,
        faults: &BTreeSet<String>,
    ) -> Result<Self, Vec<String>> {
        let planted: Self =
            toml::from_str(text).map_err(|error| vec![format!("{PATH}: {error}")])?;
        let mut wrong = Vec::new();
        planted.check_names(faults, &mut wrong);
        for fault in &planted.faults {
            check_rules(fault, catalogue, &mut wrong);
        }
        if wrong.is_empty() {
            Ok(planted)
        } else {
            Err(wrong)
        }
    }

    fn check_names(&self, known: &BTreeSet<String>, wrong: &mut Vec<String>) {
        let listed: Vec<&str> = self
            .faults
            .iter()
            .map(|fault| fault.name.as_str())
            .collect();
        for (place, name) in listed.iter().enumerate() {
            if listed[..place].contains(name) {
                wrong.push(format!("{PATH}: 不具合「{name}」が二度書かれています"));
            }
            if !known.contains(*name) {
                wrong.push(format!(
                    "{PATH}: 不具合「{name}」を、基準ベンダーは知りません。項目を消すか、名前を直してください"
                ));
            }
        }
        for name in known {
            if !listed.contains(&name.as_str()) {
                wrong.push(format!(
                    "{PATH}: 基準ベンダーの不具合「{name}」がありません。何に反するかを書いてください"
                ));
            }
        }
    }
}

pub(super) fn names<'n>(all: impl Iterator<Item = &'n str>) -> BTreeSet<String> {
    all.filter(|name| *name != "none")
        .map(str::to_owned)
        .collect()
}

/// The rules of the vendor that something tries today, mode by mode.
pub(super) fn tried(catalogue: &Catalogue) -> impl Iterator<Item = (&RequirementId, Mode)> {
    let rules = catalogue.iter().filter(|rule| rule.party == Party::Vendor);
    rules.flat_map(|rule| {
        let modes = rule.modes.iter().filter(|mode| is_tried(rule, **mode));
        modes.map(move |mode| (&rule.id, *mode))
    })
}

/// Whether anything tries the rule in this mode today.
fn is_tried(rule: &Requirement, mode: Mode) -> bool {
    let is_later = |verify: &Verify| {
        let later = rule.planned.get(&(mode, *verify));
        later.is_some_and(|later| !later.besides)
    };
    let cannot = rule.untestable.is_some() || rule.untestable_in.contains_key(&mode);
    !cannot && !rule.verify.iter().all(is_later)
}

fn check_rules(fault: &Fault, catalogue: &Catalogue, wrong: &mut Vec<String>) {
    let name = &fault.name;
    if fault.breaks.is_empty() || fault.modes.is_empty() {
        wrong.push(format!(
            "{PATH}: 不具合「{name}」に、反する規則（breaks）か方式（modes）がありません"
        ));
    }
    let rules = fault
        .breaks
        .iter()
        .chain(&fault.also)
        .chain(&fault.tried_in);
    for rule in rules {
        if catalogue.get(rule).is_none() {
            wrong.push(format!(
                "{PATH}: 不具合「{name}」の「{rule}」は要件一覧にありません"
            ));
        }
    }
    for rule in &fault.breaks {
        let Some(known) = catalogue.get(rule) else {
            continue;
        };
        if known.party != Party::Vendor {
            wrong.push(format!(
                "{PATH}: 不具合「{name}」の「{rule}」は介護保険システムの規則ではありません（breaks でなく also に書きます）"
            ));
        }
        if !fault.modes.iter().any(|mode| known.modes.contains(mode)) {
            wrong.push(format!(
                "{PATH}: 不具合「{name}」の「{rule}」は、この不具合の方式の規則ではありません"
            ));
        }
    }
}
