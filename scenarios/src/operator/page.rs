//! A page as a person sees it.

/// A page: what it is called, what it says is wrong, and what can be done on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Path of the address.
    pub path: String,
    /// The heading (h1).
    pub title: String,
    /// The reasons in the summary of problems, one a line.
    pub problems: Vec<String>,
    /// What the page tells whoever was led to it.
    pub notice: Option<String>,
    /// The forms, in order.
    pub forms: Vec<Form>,
    /// The tables, in order.
    pub tables: Vec<Table>,
    /// Links, in order.
    pub links: Vec<Link>,
    /// What stands in `<output>`, by its id.
    pub outputs: Vec<(String, String)>,
    /// Everything said in the main part.
    pub text: String,
}

/// A form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Whether it carries files.
    pub is_multipart: bool,
    /// Fields that nobody sees: name and value.
    pub hidden: Vec<(String, String)>,
    /// Fields that a person fills in.
    pub fields: Vec<Field>,
    /// The texts of its buttons.
    pub buttons: Vec<String>,
}

/// A field that a person fills in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// The text of its label.
    pub label: String,
    /// Its name in the form.
    pub name: String,
    /// Its id in the page.
    pub id: String,
    /// What stands in it.
    pub value: String,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its caption.
    pub caption: String,
    /// Heads of its columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Where its first link leads.
    pub link: Option<String>,
}

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub to: String,
}

impl Page {
    /// The form with a button, and the button's place among those of the form.
    #[must_use]
    pub fn form_with(&self, button: &str) -> Option<&Form> {
        self.forms
            .iter()
            .find(|form| form.buttons.iter().any(|text| text == button))
    }

    /// The table that has a column.
    #[must_use]
    pub fn table_with(&self, column: &str) -> Option<&Table> {
        self.tables
            .iter()
            .find(|table| table.head.iter().any(|head| head == column))
    }

    /// Why this page is shown: its problems, or else what it tells whoever was led to it.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        if self.problems.is_empty() {
            self.notice.iter().cloned().collect()
        } else {
            self.problems.clone()
        }
    }

    /// What stands in an `<output>`.
    #[must_use]
    pub fn output(&self, id: &str) -> Option<&str> {
        self.outputs
            .iter()
            .find(|(of, _)| of == id)
            .map(|(_, text)| text.as_str())
    }
}

impl Table {
    /// The cell of a row in a column.
    #[must_use]
    pub fn cell<'t>(&self, row: &'t [Cell], column: &str) -> Option<&'t Cell> {
        let place = self.head.iter().position(|head| head == column)?;
        row.get(place)
    }
}

impl Form {
    /// The field with a label.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.label == label)
    }
}
