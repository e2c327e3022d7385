//! Reading a page out of its HTML.

use scraper::{ElementRef, Html, Selector};

use super::page::{Cell, Field, Form, Link, Page, Table};

impl Page {
    /// Reads a page as it came from a path.
    #[must_use]
    pub fn read(path: &str, html: &str) -> Self {
        let document = Html::parse_document(html);
        let root = document.root_element();
        let main = first(root, "main").unwrap_or(root);
        Self {
            path: path.to_owned(),
            title: first(root, "h1").map(words).unwrap_or_default(),
            problems: first(root, "#problems").map(problems).unwrap_or_default(),
            notice: first(root, "#notice").map(words),
            forms: all(root, "form")
                .map(|form| read_form(root, form))
                .collect(),
            tables: all(root, "table").map(read_table).collect(),
            links: all(root, "a[href]").map(read_link).collect(),
            outputs: all(root, "output[id]")
                .map(|output| (attribute(output, "id"), words(output)))
                .collect(),
            text: words(main),
        }
    }
}

/// The reasons of a summary, one an item; a summary without a list is one reason.
fn problems(summary: ElementRef<'_>) -> Vec<String> {
    let items: Vec<String> = all(summary, "li, tbody tr").map(line).collect();
    if !items.is_empty() {
        return items;
    }
    let whole = words(summary);
    if whole.is_empty() {
        Vec::new()
    } else {
        vec![whole]
    }
}

/// An item of a list, or the cells of a row.
fn line(item: ElementRef<'_>) -> String {
    if item.value().name() == "li" {
        return words(item);
    }
    let cells: Vec<String> = all(item, "th, td").map(words).collect();
    cells.join(" ").trim().to_owned()
}

fn read_form(root: ElementRef<'_>, form: ElementRef<'_>) -> Form {
    let mut read = Form {
        action: attribute(form, "action"),
        is_multipart: attribute(form, "enctype") == "multipart/form-data",
        ..Form::default()
    };
    for input in all(form, "input, select, textarea, button") {
        let kind = attribute(input, "type");
        match (input.value().name(), kind.as_str()) {
            ("input", "hidden") => read
                .hidden
                .push((attribute(input, "name"), attribute(input, "value"))),
            ("input", "submit") => read.buttons.push(attribute(input, "value")),
            ("button", _) => read.buttons.push(words(input)),
            _ => read.fields.push(Field {
                label: label_of(root, input),
                name: attribute(input, "name"),
                id: attribute(input, "id"),
                value: attribute(input, "value"),
            }),
        }
    }
    read
}

/// The text of the label bound to a field, by its id or by standing around it.
fn label_of(root: ElementRef<'_>, input: ElementRef<'_>) -> String {
    let id = attribute(input, "id");
    let bound = all(root, "label").find(|label| !id.is_empty() && attribute(*label, "for") == id);
    let around = || {
        input
            .ancestors()
            .filter_map(ElementRef::wrap)
            .find(|element| element.value().name() == "label")
    };
    bound.or_else(around).map(words).unwrap_or_default()
}

fn read_table(table: ElementRef<'_>) -> Table {
    let head: Vec<String> = all(table, "thead th").map(words).collect();
    let rows = all(table, "tbody tr")
        .map(|row| all(row, "th, td").map(read_cell).collect())
        .collect();
    Table {
        caption: first(table, "caption").map(words).unwrap_or_default(),
        head,
        rows,
    }
}

fn read_cell(cell: ElementRef<'_>) -> Cell {
    Cell {
        text: words(cell),
        link: first(cell, "a[href]").map(|link| attribute(link, "href")),
    }
}

fn read_link(link: ElementRef<'_>) -> Link {
    Link {
        text: words(link),
        to: attribute(link, "href"),
    }
}

fn attribute(element: ElementRef<'_>, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

/// The text of an element, its white space as a browser shows it.
fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first<'a>(within: ElementRef<'a>, selector: &str) -> Option<ElementRef<'a>> {
    all(within, selector).next()
}

fn all<'a>(within: ElementRef<'a>, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("the selectors of this file are sound");
    within.select(&selector).collect::<Vec<_>>().into_iter()
}
