//! Units of measurement, from the table.

use crate::number::Decimal;
use crate::quantity::Kind;
use crate::quantity::lexicon::{WordClass, is};
use crate::segment::{Gap, Kind as TokenKind, Phrases, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("units.csv");
/// What else a unit's words may mean.
const READINGS: &str = include_str!("unit_readings.csv");
/// Which unit goes on in which.
const COMPOUND_TABLE: &str = include_str!("compounds.csv");

#[derive(Debug, Clone, Deserialize)]
struct Row {
    unit: String,
    kind: Kind,
    factor: Decimal,
    base: String,
    words: String,
    symbols: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

/// A unit of measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name in claims: `km`, `km2`, `°C`.
    pub id: String,
    /// What it measures.
    pub kind: Kind,
    /// How many of the base unit it is. Temperatures do not convert by a factor alone.
    pub factor: Decimal,
    /// The unit that all of its kind convert to.
    pub base: String,
}

#[derive(Debug, Deserialize)]
struct Reading {
    unit: String,
    words: String,
    factor: Decimal,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static MEANINGS: LazyLock<Vec<Reading>> = LazyLock::new(|| rows(READINGS));

impl Unit {
    /// How many of the base unit it may be, as `written`: tons are metric, short or long.
    pub fn factors(&self, written: &str) -> Vec<Decimal> {
        let written = written.to_lowercase();
        let means = |row: &&Reading| {
            row.unit == self.id && parts(&row.words).any(|word| written.ends_with(word))
        };
        // `metric tons`, `US gallons` and `nautical miles` have one meaning.
        let plain = !written.contains("metric");
        let others = MEANINGS.iter().filter(means).filter(|_| plain);
        [self.factor].into_iter().chain(others.map(|row| row.factor)).collect()
    }
}

/// A unit found in the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) unit: &'static Unit,
    /// The token behind it.
    pub(crate) end: usize,
}

static UNITS: LazyLock<Vec<Unit>> = LazyLock::new(|| {
    rows::<Row>(TABLE)
        .into_iter()
        .map(|r| Unit { id: r.unit, kind: r.kind, factor: r.factor, base: r.base })
        .collect()
});

type Index = Phrases<&'static Unit>;

static WORDS: LazyLock<Index> = LazyLock::new(|| index(|row| &row.words));
static SYMBOLS: LazyLock<Index> = LazyLock::new(|| index(|row| &row.symbols));

fn index(cell: fn(&Row) -> &String) -> Index {
    let table = rows::<Row>(TABLE);
    Phrases::new(table.iter().zip(UNITS.iter()).flat_map(|(row, unit)| {
        // `25-basis-point`, `1,800-square-foot`: hyphens may stand for the spaces.
        parts(cell(row))
            .flat_map(|p| [p.to_owned(), p.replace(' ', "-")])
            .map(|p| (p, unit))
            .collect::<Vec<_>>()
    }))
}

/// The unit of this name, if there is one.
pub fn unit(id: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.id == id)
}

/// How many of the unit `to` one of the unit `from` is; `None` where they measure different things,
/// or a factor alone does not turn one into the other.
pub fn factor_between(from: &str, to: &str) -> Option<Decimal> {
    let (from, to) = (unit(from)?, unit(to)?);
    let same = from.kind == to.kind && from.base == to.base && from.kind != Kind::Temperature;
    from.factor.checked_div(to.factor).filter(|_| same)
}

#[derive(Debug, Deserialize)]
struct CompoundRow {
    first: String,
    second: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static COMPOUNDS: LazyLock<Vec<CompoundRow>> = LazyLock::new(|| rows(COMPOUND_TABLE));

/// Whether a quantity in the unit `first` goes on in the unit `second`: feet in inches.
pub(crate) fn goes_on(first: &Unit, second: &Unit) -> bool {
    COMPOUNDS.iter().any(|row| row.first == first.id && row.second == second.id)
}

/// The unit written as a sign behind the number that ends before token `i`: `km`, `sq ft`, `°C`.
pub(crate) fn symbol(tokens: &Tokens, i: usize) -> Option<Found> {
    let hyphen = tokens.is_sign(i, '-') && tokens.touches(i) && tokens.touches(i + 1);
    let at = if hyphen { i + 1 } else { i };
    let (mut end, mut unit) = SYMBOLS.at(tokens, at).map(|(end, found)| (end, *found))?;
    // `m2` is square metres; `12 m 2` is not.
    if end > at + 1 && tokens.kind(end - 1) == Some(TokenKind::Digits) && !tokens.touches(end - 1) {
        unit = self::unit(tokens.lower(at))?;
        end = at + 1;
    }
    // `a 1-in-5 chance`
    if hyphen && tokens.word(at) == "in" && tokens.is_sign(at + 1, '-') {
        return None;
    }
    let token = tokens.get(at)?;
    let spaced = token.gap != Gap::None;
    if token.gap == Gap::Wide || end == at + 1 && !letter_fits(tokens, at) {
        return None;
    }
    if spaced
        && end == at + 1
        && token.span.len() == 1
        && tokens.touches(end)
        && !is_stop(tokens, end)
    {
        return None;
    }
    // `5kms away` is one word; `in` and its like behind a space are words of their own, unless
    // the clause ends with them: `a screen of 2 in.`
    if spaced
        && is(tokens, at, WordClass::JoinedUnit)
        && tokens.kind(end).is_some()
        && !is_stop(tokens, end)
    {
        return None;
    }
    Some(Found { unit, end })
}

fn is_stop(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.kind(i), Some(TokenKind::Sign('.' | ',' | ';' | ')' | '"' | ':' | '!' | '?')))
}

/// Whether a unit sign of one letter has the case it is written in: `30C`, `50g`, never `5G`.
fn letter_fits(tokens: &Tokens, at: usize) -> bool {
    let capital = tokens.get(at).is_some_and(|t| t.capital);
    !(is(tokens, at, WordClass::CapitalUnit) && !capital
        || is(tokens, at, WordClass::LowerUnit) && capital)
}

/// The unit written as a word behind the number that ends before token `i`, over a hyphen or a
/// few words that may stand between: `miles`, `-year`, `more weeks`.
pub(crate) fn word(tokens: &Tokens, i: usize, one: bool) -> Option<Found> {
    let hyphen = tokens.is_sign(i, '-') && tokens.touches(i);
    let mut at = if hyphen { i + 1 } else { i };
    let mut modified = false;
    while !hyphen && at < i + 2 && is(tokens, at, WordClass::UnitFiller) {
        let of = tokens.word(at) == "of" && !modified;
        if of && !matches!(tokens.word(at + 1), "a" | "an") || tokens.word(at) == "or" {
            return None;
        }
        modified = true;
        at += 1;
    }
    if modified && matches!(tokens.word(at), "a" | "an") {
        at += 1;
    }
    let (end, unit) = WORDS.at(tokens, at)?;
    let singular = end == at + 1 && !tokens.word(at).ends_with('s') && unit.kind == Kind::Duration;
    if singular && !hyphen && !one && tokens.word(at) == "second" {
        return None;
    }
    // `two feet-long`, `5 yards'` and the like are fine; a capital opens a name (`3 Mile Island`).
    let name = tokens.get(at).is_some_and(|t| t.capital && !t.upper)
        && !matches!(tokens.word(at), "celsius" | "fahrenheit" | "kelvin")
        && tokens.get(end).is_some_and(|t| t.capital);
    if name { None } else { Some(Found { unit, end }) }
}

#[cfg(test)]
mod tests {
    use super::{COMPOUND_TABLE, CompoundRow, READINGS, Reading, Row, TABLE, unit};
    use crate::quantity::test_support::{marked, read_marked};
    use crate::text::{rows, rows_written};

    #[test]
    fn every_unit_is_read_from_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            let (text, quantity) = read_marked(&row.example);
            let found = quantity.unwrap_or_else(|| panic!("nothing in {text}"));
            assert_eq!(found.unit.as_deref(), Some(row.unit.as_str()), "{text}");
            assert_eq!(found.kind, row.kind, "{text}");
            assert!(unit(&row.base).is_some() || row.base == "s", "{}", row.base);
        }
    }

    #[test]
    fn every_other_meaning_is_one_of_its_unit() {
        let table = rows::<Reading>(READINGS);
        assert_eq!(table.len(), rows_written(READINGS), "a row does not parse");
        for row in table {
            let (text, quantity) = read_marked(&row.example);
            let found = quantity.unwrap_or_else(|| panic!("nothing in {text}"));
            assert_eq!(found.unit.as_deref(), Some(row.unit.as_str()), "{text}");
            let factors = unit(&row.unit).unwrap().factors(found.phrase.of(&text));
            assert!(factors.contains(&row.factor), "{text}: {factors:?}");
        }
        let tonne = unit("t").unwrap();
        assert_eq!(tonne.factors("500 metric tons"), [tonne.factor]);
    }

    #[test]
    fn every_compound_is_one_quantity() {
        let table = rows::<CompoundRow>(COMPOUND_TABLE);
        assert_eq!(table.len(), rows_written(COMPOUND_TABLE), "a row does not parse");
        for row in table {
            assert_eq!(marked(&row.example), row.example);
            let (first, second) = (unit(&row.first).unwrap(), unit(&row.second).unwrap());
            assert!(first.base == second.base && first.factor > second.factor, "{}", row.example);
        }
    }
}
