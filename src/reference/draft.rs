//! The draft of a mapping: what a CSV of unknown form says of itself, what was said of it, and what
//! is still to be said.

use crate::reference::catalog::Catalog;
use crate::reference::drafter::Drafter;
use crate::reference::look::Look;

/// What a person says of the table. A word is the name of a column, or holds for all rows.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The key of the indicator.
    pub measure: Option<String>,
    /// The columns of values, `COLUMN` or `COLUMN=INDICATOR`.
    pub values: Vec<String>,
    /// The columns of the date.
    pub dates: Vec<String>,
    /// How dates are written: `%d.%m.%Y`.
    pub date_format: Option<String>,
    /// Whose figures they are.
    pub entity: Option<String>,
    /// Where, or who receives.
    pub place: Option<String>,
    /// Who or what is counted.
    pub subject: Option<String>,
    /// Who says so.
    pub publisher: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// The power of ten that values are times.
    pub scale: Option<String>,
    /// What a value counts over time.
    pub kind: Option<String>,
    /// From when running totals count.
    pub since: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// How firm the figures are.
    pub status: Option<String>,
    /// Whether a nought stands for nothing known.
    pub drop_zero: bool,
    /// Rows to read: `COLUMN=WORD`.
    pub filters: Vec<String>,
}

/// What a draft cannot go without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The flag that says it, without its dashes.
    pub flag: &'static str,
    /// What is to be said, as a question.
    pub question: String,
    /// What may be said, the likeliest first; anything if empty.
    pub choices: Vec<String>,
}

/// A mapping as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// What was understood, in sentences.
    pub understood: Vec<String>,
    /// What is still to be said.
    pub missing: Vec<Missing>,
    /// The publisher, if it is in no table of sources yet.
    pub new_publisher: Option<String>,
    pub(crate) dialect: Vec<(&'static str, String)>,
    pub(crate) mapping: Vec<(&'static str, String)>,
}

impl Draft {
    /// The draft for a text, by what it looks like and what was said of it. The file's name may
    /// say what is measured.
    pub fn of(text: &str, file: &str, wishes: &Wishes, catalog: &Catalog) -> Self {
        let mut draft = Self::default();
        match Look::at(text, catalog) {
            Some(look) if look.rows > 0 => {
                Drafter { look: &look, file, wishes, catalog, draft: &mut draft }.all();
            }
            _ => draft.understood.push("there are no rows in it".to_owned()),
        }
        draft
    }

    /// Whether there is a table, and all that is needed is known.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && !self.mapping.is_empty()
    }

    /// Whether there is a table at all.
    pub fn is_table(&self) -> bool {
        !self.mapping.is_empty() || !self.missing.is_empty()
    }

    /// The resource of a package that describes the file, as JSON.
    pub fn resource(&self, name: &str, path: &str) -> String {
        let mut lines = vec![
            format!("      \"name\": {}", quoted(name)),
            format!("      \"path\": {}", quoted(path)),
        ];
        if !self.dialect.is_empty() {
            let pairs: Vec<_> =
                self.dialect.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
            lines.push(format!("      \"dialect\": {{{}}}", pairs.join(", ")));
        }
        let pairs: Vec<_> =
            self.mapping.iter().map(|(key, value)| format!("        \"{key}\": {value}")).collect();
        lines.push(format!("      \"x-mapping\": {{\n{}\n      }}", pairs.join(",\n")));
        format!("    {{\n{}\n    }}", lines.join(",\n"))
    }
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Texts as a list in JSON.
pub(crate) fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    format!("[{}]", texts.into_iter().map(quoted).collect::<Vec<_>>().join(", "))
}

/// A slot that is taken from a column.
pub(crate) fn column(title: &str) -> String {
    format!("{{\"column\": {}}}", quoted(title))
}
