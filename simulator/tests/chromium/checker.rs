//! axe-core goes over a page.

use serde_json::json;

use super::terminal::Terminal;

/// The rules that WCAG 2.2 AA and good practice ask for; what breaks them, and how many were tried.
const CHECK: &str = "
    const done = arguments[arguments.length - 1];
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const rules = { 'color-contrast': { enabled: arguments[0] } };
    axe.run(document, { runOnly: { type: 'tag', values }, rules }).then(
        found => done({
            faults: found.violations.flatMap(rule =>
                rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`)),
            tried: found.passes.length + found.violations.length,
        }),
        error => done({ faults: [String(error)], tried: 0 }));
";

/// Whether the checker goes over the colours too; they do not depend on the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colours {
    Checked,
    Left,
}

/// A page that lacks what the checker must miss.
const FAULTY: &str = "data:text/html,<html><body><img src='x'><input><p style='color:silver'>faint</p></body></html>";

/// Every page of ours is at least tried by so many of the rules.
const RULES_MIN: u64 = 15;

impl Terminal {
    /// The checker finds nothing wrong with the page.
    pub(crate) async fn must_be_accessible(&self, name: &str, colours: Colours) {
        let Some((faults, tried)) = self.faults(colours).await else {
            return;
        };
        assert_eq!(faults, json!([]), "{name}");
        assert!(tried >= RULES_MIN, "{name}: only {tried} rules were tried");
    }

    /// The checker is one: it finds what is wrong with a page that has no language and no labels.
    pub(crate) async fn must_know_a_fault(&self) {
        self.go(FAULTY).await;
        let Some((faults, _)) = self.faults(Colours::Checked).await else {
            return;
        };
        let faults = faults.to_string();
        for rule in ["html-has-lang", "image-alt", "label", "color-contrast"] {
            assert!(faults.contains(rule), "{rule} is not found: {faults}");
        }
    }

    /// What is wrong with the page, and how many rules were tried; nothing without a checker.
    async fn faults(&self, colours: Colours) -> Option<(serde_json::Value, u64)> {
        let axe = self.axe.as_deref()?;
        if self.run("return typeof window.axe").await == json!("undefined") {
            self.run(axe).await;
        }
        let with_colours = json!(colours == Colours::Checked);
        let found = self.client.execute_async(CHECK, vec![with_colours]).await;
        let found = found.expect("the checker ends");
        let tried = found["tried"].as_u64().unwrap_or_default();
        Some((found["faults"].clone(), tried))
    }
}
