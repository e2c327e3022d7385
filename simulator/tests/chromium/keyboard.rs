//! Using a page with nothing but Tab, letters and Enter.

use fantoccini::Locator;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;

use super::terminal::Terminal;

/// How many stops a page may have.
const STOPS_MAX: usize = 60;

/// What the element in focus is called: its label, or its own text.
const FOCUSED: &str = "
    const at = document.activeElement;
    const label = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
    return (label || '').trim();
";

/// Whether the element in focus can be seen to be in focus.
const IS_VISIBLE: &str = "
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0;
";

impl Terminal {
    /// Presses and lets go of one key, wherever the focus is.
    async fn press(&self, key: Key) {
        let value = char::from(key);
        let pressed = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        let done = self.client.perform_actions(pressed).await;
        done.expect("a key is pressed");
    }

    /// Goes on with Tab until the field, link or button of this name is in focus.
    pub(crate) async fn tab_to(&self, name: &str) {
        self.tab_until(name, |at| at == name).await;
    }

    async fn tab_to_start_with(&self, name: &str) {
        self.tab_until(name, |at| at.starts_with(name)).await;
    }

    async fn tab_until(&self, name: &str, is_meant: impl Fn(&str) -> bool) {
        let mut passed = Vec::new();
        for _ in 0..STOPS_MAX {
            self.press(Key::Tab).await;
            let at = self.run(FOCUSED).await;
            let at = at.as_str().unwrap_or_default().to_owned();
            if is_meant(&at) {
                assert_eq!(
                    self.run(IS_VISIBLE).await,
                    true,
                    "no focus is seen on {name}"
                );
                return;
            }
            passed.push(at);
        }
        panic!("「{name}」 cannot be reached with Tab; there are {passed:?}");
    }

    /// Types into the field of this label.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        self.tab_to(label).await;
        let field = self.client.active_element().await.expect("a focus");
        field.send_keys(text).await.expect("typed");
    }

    /// Presses the button, or follows the link, of this text.
    pub(crate) async fn enter(&self, name: &str) {
        self.tab_to(name).await;
        self.leave_by(self.press(Key::Enter)).await;
    }

    /// Sends the form by Enter in its last field.
    pub(crate) async fn enter_here(&self) {
        self.leave_by(self.press(Key::Enter)).await;
    }

    /// Presses Enter and stays on the page.
    pub(crate) async fn press_enter(&self) {
        self.press(Key::Enter).await;
    }

    /// Puts a mark into the box, or chooses the button, of this label.
    pub(crate) async fn mark(&self, label: &str) {
        self.tab_to(label).await;
        let field = self.client.active_element().await.expect("a focus");
        field.send_keys(" ").await.expect("marked");
    }

    /// Chooses from the list of this label.
    pub(crate) async fn choose_from(&self, label: &str, text: &str) {
        self.tab_to(label).await;
        let list = self.client.active_element().await.expect("a focus");
        list.select_by_label(text).await.expect("chosen");
    }

    /// Follows the first link of the list of problems, which leads to the field it is about.
    pub(crate) async fn enter_the_problem(&self) {
        let link = self.text("#problems a").await;
        self.tab_to(&link).await;
        self.press_enter().await;
    }

    /// Opens every part that is folded away.
    pub(crate) async fn open_reasons(&self) {
        self.tab_to_start_with("理由").await;
        self.press_enter().await;
        self.until("return document.querySelector('details').open")
            .await;
    }

    /// Chooses files as the system's dialog would.
    pub(crate) async fn choose(&self, label: &str, files: &[String]) {
        self.tab_to(label).await;
        let field = self.client.find(Locator::Css("input[type=file]")).await;
        let field = field.expect("a field for files");
        field.send_keys(&files.join("\n")).await.expect("chosen");
    }
}
