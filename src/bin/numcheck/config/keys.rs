//! Every setting of `numcheck.toml`: what it is, what it is without a word, and the flag that says
//! the same. `numcheck init`, the JSON Schema and the hints at misspelt keys are made from it.

use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// A setting.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    kind: Kind,
    /// What holds where the file does not say, as TOML.
    default: &'static str,
    /// The flag of `check` that says the same.
    pub(crate) flag: &'static str,
    /// What it is, one sentence.
    about: &'static str,
}

/// What a setting's value may be.
#[derive(Debug)]
enum Kind {
    OneOf(&'static [&'static str]),
    Bool,
    Count,
    Percent,
    Text,
    Texts,
}

const SEVERITIES: &[&str] = &["error", "warning", "note"];

/// The settings at the top of the file, in the order in which `numcheck init` writes them.
pub(crate) static KEYS: &[Key] = &[
    Key {
        name: "fail-on",
        kind: Kind::OneOf(&["error", "warning", "note", "never"]),
        default: "\"error\"",
        flag: "--fail-on",
        about: "Exit with 1 when a finding is at least that grave.",
    },
    Key {
        name: "min-severity",
        kind: Kind::OneOf(SEVERITIES),
        default: "\"note\"",
        flag: "--min-severity",
        about: "Leave less grave findings out of the output; they still count for fail-on.",
    },
    Key {
        name: "min-coverage",
        kind: Kind::Percent,
        default: "0",
        flag: "--min-coverage",
        about: "Exit with 1 when less than that percentage of the numbers is checked.",
    },
    Key {
        name: "reference",
        kind: Kind::Texts,
        default: "[]",
        flag: "--reference",
        about: "Folders of reference tables, relative to this file, beside the built-in ones.",
    },
    Key {
        name: "builtin-reference",
        kind: Kind::Bool,
        default: "true",
        flag: "--no-builtin-reference",
        about: "Whether the built-in reference tables are used.",
    },
    Key {
        name: "archive",
        kind: Kind::Text,
        default: "\"\"",
        flag: "--archive",
        about: "The archive that the articles are held against, relative to this file.",
    },
    Key {
        name: "as-of",
        kind: Kind::Text,
        default: "\"published\"",
        flag: "--as-of",
        about: "Judge by what was published by that day: \"published\" for each article's own \
                date, a date, or \"now\" for hindsight.",
    },
    Key {
        name: "across",
        kind: Kind::Bool,
        default: "true",
        flag: "--across, --no-across",
        about: "Whether `check` compares the articles with each other.",
    },
    Key {
        name: "select",
        kind: Kind::Texts,
        default: "[]",
        flag: "--select",
        about: "Run only these rules; all if empty.",
    },
    Key {
        name: "ignore",
        kind: Kind::Texts,
        default: "[]",
        flag: "--ignore",
        about: "Do not run these rules.",
    },
    Key {
        name: "baseline",
        kind: Kind::Text,
        default: "\"\"",
        flag: "--baseline",
        about: "A file of findings that were accepted before, relative to this file.",
    },
    Key {
        name: "jobs",
        kind: Kind::Count,
        default: "0",
        flag: "--jobs",
        about: "How many threads work; 0 for as many as there are cores.",
    },
];

/// The tables of the file.
pub(crate) const TABLES: &[&str] = &["rules", "overrides"];

/// The keys of an entry of `[[overrides]]`.
pub(crate) const OVERRIDE_KEYS: &[&str] = &["paths", "rules"];

/// The values of a rule in `[rules]`.
pub(crate) const LEVELS: &[&str] = &["error", "warning", "note", "off"];

/// The known name that is nearest to a misspelt one.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known.min_by_key(|other| strsim::damerau_levenshtein(other, name))
}

/// The file that `numcheck init` writes: every setting with what it is, commented out.
pub(crate) fn commented() -> String {
    let mut text = "# Settings of numcheck for the articles of this folder and those below it.\n\
                    # Every setting is shown with what holds without it; take the # away to change \
                    it.\n# A flag on the command line wins.\n"
        .to_owned();
    for key in KEYS {
        let _ = writeln!(text, "\n# {} Flag: {}", key.about, key.flag);
        if let Kind::OneOf(values) = key.kind {
            let _ = writeln!(text, "# One of: {}.", values.join(", "));
        }
        let _ = writeln!(text, "# {} = {}", key.name, key.default);
    }
    text.push_str(
        "\n# How grave a rule is: error, warning, note or off. Flag: --severity RULE=LEVEL\n\
         # `numcheck rules` lists the rules with what holds without a word here.\n\
         # [rules]\n\
         # headline-mismatch = \"error\"\n\
         \n# The same for some articles only. Paths are patterns as in .gitignore: `*` stays within\n\
         # a folder, `**` does not. Of several that fit, the last counts.\n\
         # [[overrides]]\n\
         # paths = [\"sport/**\", \"*.draft.md\"]\n\
         # rules = { parts-exceed-total = \"off\" }\n",
    );
    text
}

/// The JSON Schema of the file.
pub(crate) fn schema() -> Value {
    let mut properties: Map<String, Value> = Map::new();
    for key in KEYS {
        let mut value = key.kind.schema();
        if let Some(about) = value.as_object_mut() {
            about.insert("description".to_owned(), json!(key.about));
        }
        properties.insert(key.name.to_owned(), value);
    }
    let levels = json!({
        "type": "object",
        "description": "How grave rules are.",
        "additionalProperties": { "enum": LEVELS },
    });
    let entry = json!({
        "type": "object",
        "required": OVERRIDE_KEYS,
        "additionalProperties": false,
        "properties": { "paths": Kind::Texts.schema(), "rules": levels },
    });
    let overrides = json!({
        "type": "array",
        "description": "How grave rules are for some articles only.",
        "items": entry,
    });
    properties.insert("rules".to_owned(), levels);
    properties.insert("overrides".to_owned(), overrides);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "numcheck.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

impl Kind {
    fn schema(&self) -> Value {
        match self {
            Self::OneOf(values) => json!({ "enum": values }),
            Self::Bool => json!({ "type": "boolean" }),
            Self::Count => json!({ "type": "integer", "minimum": 0 }),
            Self::Percent => json!({ "type": "number", "minimum": 0, "maximum": 100 }),
            Self::Text => json!({ "type": "string" }),
            Self::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        }
    }
}
