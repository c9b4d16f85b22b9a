//! Currencies, from the table: signs and codes before the number, words and codes behind it.

use crate::number::{Amount, Decimal, Form, Numeral};
use crate::quantity::lexicon::{WordClass, ends_phrase_at, is};
use crate::segment::{Gap, Kind as TokenKind, Phrases, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("currencies.csv");
/// Domains of countries whose own dollar is meant by `$`.
const DOMAIN_TABLE: &str = include_str!("domains.csv");

#[derive(Debug, Clone, Deserialize)]
struct Row {
    code: String,
    symbols: String,
    words: String,
    minor: String,
    nations: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

/// A sum's currency as found in the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    /// ISO 4217, as far as the text says.
    pub(crate) code: &'static str,
    /// The outermost token: the first one before the number, the end behind it.
    pub(crate) edge: usize,
    /// Whether it is a hundredth: cents, pence.
    pub(crate) minor: bool,
    /// Whether the sign is shared by several currencies and no country is named: `$`, `pesos`.
    pub(crate) bare: bool,
}

#[derive(Debug, Deserialize)]
struct DomainRow {
    domain: String,
    currency: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static DOMAINS: LazyLock<Vec<DomainRow>> = LazyLock::new(|| rows(DOMAIN_TABLE));

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| rows::<Row>(TABLE));

static SYMBOLS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::new(ROWS.iter().flat_map(|row| parts(&row.symbols).map(|s| (s, row.code.as_str()))))
});
static WORDS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::new(ROWS.iter().flat_map(|row| parts(&row.words).map(|s| (s, row.code.as_str()))))
});
static MINOR: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::new(ROWS.iter().flat_map(|row| parts(&row.minor).map(|s| (s, row.code.as_str()))))
});
static NATIONS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::new(ROWS.iter().flat_map(|row| parts(&row.nations).map(|s| (s, row.code.as_str()))))
});

/// The ISO codes known, for validation.
pub fn is_currency(code: &str) -> bool {
    ROWS.iter().any(|row| row.code == code)
}

/// The currency sign or code that stands before the number at token `i`.
pub(crate) fn before(tokens: &Tokens, i: usize) -> Option<Found> {
    let (first, code) = SYMBOLS.before(tokens, i)?;
    let last = i.checked_sub(1)?;
    let word = tokens.kind(last) == Some(TokenKind::Word);
    let gap = tokens.get(i).map(|t| t.gap)?;
    let apart = (first + 1..i).any(|k| !tokens.touches(k));
    let letters = first < last && tokens.kind(first) == Some(TokenKind::Word);
    if apart || letters && !tokens.get(first).is_some_and(|t| t.capital) {
        let sign = matches!(tokens.lower(last), "$" | "£" | "¥" | "€");
        let (_, code) = SYMBOLS.at(tokens, last).filter(|_| sign)?;
        return (gap != Gap::Wide).then_some(Found { code, edge: last, minor: false, bare: true });
    }
    if gap == Gap::Wide || word && !code_fits(tokens, last, gap) {
        return None;
    }
    let bare = first == last && matches!(tokens.lower(last), "$" | "£" | "¥");
    // `US $5`: the country's letters may stand apart from the sign.
    let (first, code) = match NATIONS.before(tokens, first) {
        Some((nation, code)) if bare && tokens.is_sign(last, '$') && is_dollar(code) => {
            (nation, *code)
        }
        _ => (first, *code),
    };
    Some(Found { code, edge: first, minor: false, bare })
}

/// Whether the currency is a dollar of its own: one that writes `$` in some of its signs.
fn is_dollar(code: &str) -> bool {
    ROWS.iter().any(|row| row.code == code && code.ends_with('D') && row.symbols.contains('$'))
}

/// Letters are a currency only in the case they are written in: `CHF 2bn`, `Rs 500`, `RM23`.
fn code_fits(tokens: &Tokens, at: usize, gap: Gap) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let text = tokens.lower(at);
    let mixed = is(tokens, at, WordClass::MixedCode);
    let rare = is(tokens, at, WordClass::WordlikeCode);
    if rare && gap != Gap::None && !token.upper {
        return false;
    }
    if text == "r" {
        return gap == Gap::None && token.capital;
    }
    token.upper && !matches!(text, "re" | "sh")
        || mixed && token.capital
        || text.contains('$')
        || is(tokens, at, WordClass::PlainCode)
}

/// The currency word or code behind the number that ends before token `i`.
pub(crate) fn behind(tokens: &Tokens, i: usize, numeral: &Numeral) -> Option<Found> {
    let hyphen = tokens.is_sign(i, '-') && tokens.touches(i);
    let at = if hyphen { i + 1 } else { i };
    let nation = NATIONS.at(tokens, at);
    let word_at = nation.map_or(at, |(end, _)| end);
    if let Some((end, code)) = WORDS.at(tokens, word_at) {
        let shared = is(tokens, word_at, WordClass::SharedMoney);
        let code = match nation {
            Some((_, nation)) if shared || nation == code => nation,
            Some(_) => return None,
            None => code,
        };
        let bare = nation.is_none() && shared;
        return word_fits(tokens, word_at, end, numeral, nation.is_some()).then_some(Found {
            code,
            edge: end,
            minor: false,
            bare,
        });
    }
    let Some((end, code)) = MINOR.at(tokens, word_at) else { return sign_behind(tokens, at) };
    let letter = tokens.lower(word_at) == "p";
    let fits = !letter || tokens.touches(word_at) && !hyphen && !tokens.get(word_at)?.capital;
    let bare = nation.is_none() && *code == "USD";
    fits.then_some(Found { code, edge: end, minor: true, bare }).or_else(|| sign_behind(tokens, at))
}

/// The code or sign behind a number: `100 million USD`, `5€`, `20Rs`, `3.14US$`.
pub(crate) fn sign_behind(tokens: &Tokens, i: usize) -> Option<Found> {
    let (end, code) = SYMBOLS.at(tokens, i)?;
    let sign = matches!(tokens.kind(i), Some(TokenKind::Sign(_)));
    let token = tokens.get(i)?;
    let touches = token.gap == Gap::None;
    let followed = tokens.kind(end) == Some(TokenKind::Digits);
    let code_word = token.upper
        && (tokens.lower(i).len() == 3 || tokens.lower(i) == "rm" && !followed)
        || is(tokens, i, WordClass::PlainCode)
        || touches && token.capital && is(tokens, i, WordClass::MixedCode)
        || touches && end > i + 1 && tokens.is_sign(end - 1, '$');
    // `$5 and $6`: a sign that touches what follows belongs there.
    let forward =
        tokens.get(end).is_some_and(|t| t.gap == Gap::None && t.kind == TokenKind::Digits);
    if (sign || code_word) && !forward && tokens.get(i)?.gap != Gap::Wide {
        let bare = matches!(tokens.lower(i), "$" | "£");
        return Some(Found { code, edge: end, minor: false, bare });
    }
    None
}

/// The dollar of the nation named behind a sum with a bare sign, `$100m Australian to Kyiv`; not
/// where the nation describes what follows, `$100m Australian coal`.
pub(crate) fn nation_behind(tokens: &Tokens, i: usize) -> Option<&'static str> {
    let (end, code) = NATIONS.at(tokens, i)?;
    let last = tokens.kind(end) != Some(TokenKind::Word) || ends_phrase_at(tokens, end);
    (last && is_dollar(code)).then_some(*code)
}

/// Words that are money only where the number says so: pounds of weight, `won` and `real` as
/// other words, `marks` at school.
fn word_fits(tokens: &Tokens, at: usize, end: usize, numeral: &Numeral, nation: bool) -> bool {
    let vague = matches!(numeral.amount, Amount::Vague(low, _) if low >= Decimal::from(1000));
    let scaled = numeral.form == Form::Scaled
        || vague
        || numeral.exact().is_some_and(|e| e.value >= Decimal::from(100_000));
    match tokens.lower(at) {
        "pound" | "pounds" => {
            nation || scaled && tokens.word(end) != "of" || tokens.word(end) == "sterling"
        }
        _ if is(tokens, at, WordClass::WordlikeMoney) => nation || scaled,
        "buck" | "bucks" => tokens.get(at).is_some_and(|t| !t.capital),
        _ => true,
    }
}

/// The currency of a bare `$` for an outlet at this address: the country's own dollar where its
/// domain says so, else US dollars. Bare `£` stays sterling.
pub fn dollar_of(host: &str) -> &'static str {
    DOMAINS.iter().find(|row| host.ends_with(&row.domain)).map_or("USD", |row| &row.currency)
}

#[cfg(test)]
mod tests {
    use super::{DOMAIN_TABLE, DomainRow, Row, TABLE, dollar_of};
    use crate::quantity::Kind;
    use crate::quantity::test_support::read_marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_currency_is_read_from_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            let (text, quantity) = read_marked(&row.example);
            let found = quantity.unwrap_or_else(|| panic!("nothing in {text}"));
            assert_eq!(
                (found.kind, found.unit.as_deref()),
                (Kind::Money, Some(row.code.as_str())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bare_dollar_follows_the_outlet() {
        let table = rows::<DomainRow>(DOMAIN_TABLE);
        assert_eq!(table.len(), rows_written(DOMAIN_TABLE), "a row does not parse");
        for row in table {
            assert_eq!(dollar_of(&row.example), row.currency);
        }
        assert_eq!(dollar_of("reuters.com"), "USD");
    }
}
