//! The number corpus: value → spellings, and sentences without any number.

use numcheck::quantity::{Context, Quantity, quantities};
use numcheck::segment::{Tokens, sentences};
use numcheck::text::Span;

const NUMBERS: &str = include_str!("../corpus/numbers.txt");
const NO_NUMBERS: &str = include_str!("../corpus/no-numbers.txt");

fn read(text: &str) -> Vec<Quantity> {
    let mut tokens = Tokens::new();
    let mut found = Vec::new();
    for sentence in sentences(text, Span::new(0, text.len())) {
        tokens.read(text, sentence);
        found.extend(quantities(text, &tokens, Context::default()));
    }
    found
}

/// `8500 | exact | count | troop` as the corpus writes it.
fn reading(q: &Quantity) -> String {
    let value = if q.lower == q.upper {
        q.lower.normalize().to_string()
    } else {
        format!("{}..{}", q.lower.normalize(), q.upper.normalize())
    };
    let unit = q.unit.as_deref().unwrap_or("-");
    format!("{value} | {} | {} | {unit}", q.hedge.name(), q.kind.name())
}

#[test]
fn every_spelling_reads_as_its_value() {
    let mut expected = "";
    let mut lines = 0;
    let mut wrong = Vec::new();
    for line in NUMBERS.lines() {
        if let Some(header) = line.strip_prefix("= ") {
            expected = header.trim();
        } else if let Some(marked) = line.strip_prefix("  ") {
            lines += 1;
            let start = marked.find('[').expect("a bracket");
            let end = marked.find(']').expect("a bracket") - 1;
            let text = marked.replace(['[', ']'], "");
            let found = read(&text).into_iter().find(|q| q.span.overlaps(Span::new(start, end)));
            let got = found.as_ref().map_or("nothing".to_owned(), reading);
            if got != expected {
                wrong.push(format!("{marked}\n    want {expected}\n    got  {got}"));
            }
        }
    }
    assert!(lines >= 600, "the corpus has shrunk to {lines} lines");
    assert!(wrong.is_empty(), "{} of {lines} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_number_where_there_is_none() {
    let sentences = NO_NUMBERS.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    let wrong: Vec<String> = sentences
        .filter_map(|line| {
            let found: Vec<_> = read(line).iter().map(|q| q.span.of(line).to_owned()).collect();
            (!found.is_empty()).then(|| format!("{line}\n    {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
