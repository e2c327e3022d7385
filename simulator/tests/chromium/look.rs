//! What can only be told by looking at a page: contrast, and whether it fits.

use serde_json::json;

use super::checker::Colours;
use super::terminal::Terminal;

/// Texts whose colour is too close to what is behind them: contrast below 4.5 [WCAG 2.2, 1.4.3].
const FAINT: &str = "
    const parts = colour => {
        const found = colour.match(/[\\d.]+/g).map(Number);
        return found.length === 3 ? [...found, 1] : found;
    };
    const channel = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const colour = parts(getComputedStyle(at).backgroundColor);
            if (colour[3] > 0) return colour;
        }
        return [255, 255, 255, 1];
    };
    const faint = [];
    let looked = 0;
    for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        const field = element.matches('input:not([type=hidden])');
        if (!own && !field || !element.getClientRects().length) continue;
        looked += 1;
        const [one, other] = [light(parts(getComputedStyle(element).color)), light(behind(element))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (contrast < 4.5) faint.push(`${element.tagName} ${element.innerText}: ${contrast.toFixed(2)}`);
    }
    return looked < 5 ? ['nothing was seen'] : faint;
";

/// What sticks out of the page sideways; tables may be moved within a frame of their own.
const STICKS_OUT: &str = "
    const width = document.documentElement.clientWidth;
    const moves = new Set([...document.querySelectorAll('body *')].filter(element =>
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)));
    const isInFrame = element => {
        for (let at = element.parentElement; at; at = at.parentElement) if (moves.has(at)) return true;
        return false;
    };
    const out = [...document.querySelectorAll('body *')].filter(element =>
        element.checkVisibility() && !isInFrame(element) && !element.matches('.skip')
            && element.getBoundingClientRect().right > width + 1);
    const page = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];
    return page.concat(out.map(element => element.outerHTML.slice(0, 90)));
";

/// Half the width is the same as 200 % [WCAG 2.2, 1.4.4]; 320 is the narrowest [1.4.10].
const WIDTHS: [u32; 3] = [1280, 640, 320];
/// Of the window; pictures are as high as their page.
const HEIGHT: u32 = 1000;

impl Terminal {
    /// The page must be readable, and fit at every width; pictures are taken on the way.
    pub(crate) async fn must_look_right(&self, name: &str) {
        self.must_be_accessible(name, Colours::Checked).await;
        self.must_fit(name).await;
    }

    /// The same of a page so large that the checker would take minutes over its colours: they are
    /// looked at by our own measure alone.
    pub(crate) async fn must_fit(&self, name: &str) {
        assert_eq!(
            self.run(FAINT).await,
            json!([]),
            "{name}: too little contrast"
        );
        for width in WIDTHS {
            self.resize(width, HEIGHT).await;
            let at_width = format!("{name} at {width} pixels");
            assert_eq!(self.run(STICKS_OUT).await, json!([]), "{at_width}");
            if width != 640 {
                self.must_be_accessible(&at_width, Colours::Left).await;
                self.picture(&format!("{name}-{width}")).await;
            }
        }
        self.resize(WIDTHS[0], HEIGHT).await;
    }
}
