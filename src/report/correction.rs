//! The line by which an agency corrects a figure: what it is, the new one, the old one, and where.

use crate::claim::Claim;
use crate::compare::{Spot, figure_shown, spot};
use crate::ingest::Article;
use crate::quantity::Kind;
use crate::reference::Observation;
use crate::report::revised::{Figure, Mention, Revised, one_line};
use crate::text::rows;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const FIGURES: &str = include_str!("figures.csv");

/// How many words of a counted noun a line has room for.
const NOUN: usize = 4;

/// What a figure is called.
#[derive(Debug, Deserialize)]
struct Row {
    /// The indicator; else the kind.
    of: String,
    bare: String,
    /// With the noun in the place of `{}`.
    counting: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static NAMES: LazyLock<Vec<Row>> = LazyLock::new(|| rows(FIGURES));

/// The corrections of an article, one line each: `Corrects the number killed to 14,200 from 13,000
/// in the headline and paragraph 3.`
pub(crate) fn corrections(revised: &Revised<'_>) -> Vec<String> {
    let figures = revised.passages.iter().flat_map(|passage| &passage.figures);
    let mut lines: Vec<(String, BTreeSet<Spot>)> = Vec::new();
    for (line, spot) in figures.filter_map(correction) {
        match lines.iter_mut().find(|(known, _)| *known == line) {
            Some((_, spots)) => {
                spots.insert(spot);
            }
            None => lines.push((line, BTreeSet::from([spot]))),
        }
    }
    lines.into_iter().map(|(line, spots)| format!("{line} in {}.", places(&spots))).collect()
}

/// The correction of a published claim by a row of a table: `Corrects the number killed to 14,200
/// from 13,000 in paragraph 3.`
pub fn correction_by(row: &Observation, article: &Article, claim: &Claim) -> String {
    let at = claim.quantity.span;
    let (start, end, spot) = (at.start(), at.end(), spot(article, claim));
    let path = article.name.as_str();
    let own = Mention { article, claim, spot, path, start, end, line: 1, column: 1 };
    let (name, places) = (name(&own, &own), places(&BTreeSet::from([spot])));
    format!("Corrects {name} to {} from {} in {places}.", figure_shown(row), value(&own))
}

/// The correction without its place, and the place.
pub(crate) fn correction(figure: &Figure<'_>) -> Option<(String, Spot)> {
    let (Some(old), Some(new)) = (&figure.old, &figure.new) else { return None };
    let name = name(new, old);
    Some((format!("Corrects {name} to {} from {}", value(new), value(old)), new.spot))
}

/// The number with its hedge; a measurement with its unit.
fn value(mention: &Mention<'_>) -> String {
    let (quantity, prose) = (&mention.claim.quantity, &mention.article.prose);
    let phrase = one_line(quantity.phrase.of(prose));
    if quantity.kind != Kind::Count {
        return phrase;
    }
    let hedged = prose.get(quantity.phrase.start()..quantity.span.end());
    hedged.map_or(phrase, one_line)
}

/// What the figure is called: by its indicator, else by its kind, with the noun where it tells
/// more than the name.
fn name(new: &Mention<'_>, old: &Mention<'_>) -> String {
    let Some(row) = row(new.claim) else { return "the figure".to_owned() };
    match noun(new).or_else(|| noun(old)) {
        Some(noun) => row.counting.replace("{}", &noun),
        None => row.bare.clone(),
    }
}

fn row(claim: &Claim) -> Option<&'static Row> {
    let of = |key: &str| NAMES.iter().find(|row| row.of == key);
    let about = of(claim.indicator.value.name()).filter(|row| row.of != "other");
    about.or_else(|| of(claim.quantity.kind.name())).or_else(|| of("other"))
}

/// The noun that is counted, unless it is anybody or too long for a line.
fn noun(mention: &Mention<'_>) -> Option<String> {
    let quantity = &mention.claim.quantity;
    let noun = quantity.noun.as_ref().filter(|_| quantity.kind == Kind::Count)?;
    let text = one_line(noun.phrase.of(&mention.article.prose));
    let anybody = matches!(
        &*noun.singular,
        "person" | "victim" | "death" | "dead" | "life" | "fatality" | "casualty" | "other"
    );
    (!text.is_empty() && !anybody && text.split(' ').count() <= NOUN).then_some(text)
}

/// `the headline, paragraphs 3 and 7 and a caption`.
fn places(spots: &BTreeSet<Spot>) -> String {
    let mut places = Vec::new();
    let mut paragraphs = Vec::new();
    for spot in spots {
        match spot {
            Spot::Headline => places.push("the headline".to_owned()),
            Spot::Standfirst => places.push("the line under it".to_owned()),
            Spot::Paragraph(nth) => paragraphs.push(nth.to_string()),
            Spot::Caption | Spot::Table => {}
        }
    }
    match paragraphs.as_slice() {
        [] => {}
        [one] => places.push(format!("paragraph {one}")),
        many => places.push(format!("paragraphs {}", listed(many))),
    }
    places.extend(spots.contains(&Spot::Caption).then(|| "a caption".to_owned()));
    places.extend(spots.contains(&Spot::Table).then(|| "a table".to_owned()));
    listed(&places)
}

/// `1, 2 and 3`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [many @ .., last] => format!("{} and {last}", many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{FIGURES, Row, listed, row, rows};
    use crate::claim::test_support::claim_marked;

    #[test]
    fn figures_are_called_as_their_rows_say() {
        for Row { of, example, .. } in rows::<Row>(FIGURES) {
            let claim = claim_marked(&example).unwrap_or_else(|| panic!("no claim in {example}"));
            assert_eq!(row(&claim).map(|row| &*row.of), Some(&*of), "{example}");
        }
    }

    #[test]
    fn lists_end_with_an_and() {
        let items = ["1", "4", "7"].map(str::to_owned);
        assert_eq!(listed(&items), "1, 4 and 7");
        assert_eq!(listed(&items[..2]), "1 and 4");
        assert_eq!(listed(&items[..1]), "1");
    }
}
