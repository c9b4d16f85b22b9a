//! Numbers that are codes: addresses, telephone numbers, list numbers, model names.

use crate::number::{is_denominator, word_at};
use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::quantity::noun::is_plural_at;
use crate::quantity::{currency, unit};
use crate::segment::{Gap, Kind, Tokens};

/// Part of an address on the net: anything with `://`, `www.`, `@` in the same run of letters.
pub(crate) fn address(tokens: &Tokens, prose: &str, i: usize) -> Option<usize> {
    if !tokens.touches(i) && !tokens.touches(i + 1) {
        return None;
    }
    let at = tokens.get(i)?.span;
    let before = prose.get(..at.start())?.rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = prose.get(at.end()..)?.split(char::is_whitespace).next().unwrap_or_default();
    let inside = ["://", "www.", "@", ".com", ".org/", "_"]
        .iter()
        .any(|mark| before.contains(mark) || after.contains(mark));
    inside.then(|| tokens.at_or_after(at.end() + after.len()))
}

/// Three or more groups of digits, or two long ones, joined the way telephone numbers are; also
/// `000` and `.45-caliber`.
pub(crate) fn telephone(tokens: &Tokens, i: usize) -> Option<usize> {
    let first = tokens.get(i)?.span.len();
    let opened = i > 0 && (tokens.is_sign(i - 1, '(') || tokens.is_sign(i - 1, '+'));
    let (groups, width, end) = groups(tokens, i, first, opened);
    // `888-MPHotline`
    if hyphen_word(tokens, i) {
        return Some(i + 3);
    }
    let zeros = groups == 1
        && width > 1
        && !tokens.touches(i)
        && tokens.lower(i).bytes().all(|b| b == b'0');
    let hyphen = tokens.is_sign(i + 1, '-');
    let calibre = matches!(tokens.word(i + 1 + usize::from(hyphen)), "caliber" | "calibre");
    let measured = || {
        unit::symbol(tokens, end).is_some()
            || unit::word(tokens, end, false).is_some()
            || is_plural_at(tokens, end)
            || tokens.is_sign(end, '%')
    };
    let local = groups == 2 && width == 7 && first == 3 && hyphen && !measured();
    let long = first >= 10 && groups == 1 && !tokens.is_sign(i + 1, ',');
    let grouped = width >= 7 && (groups >= 3 || groups == 2 && opened);
    (zeros || calibre || grouped || local || long).then_some(end)
}

/// A toll-free number that goes on in letters: `888-MPHotline`.
fn hyphen_word(tokens: &Tokens, i: usize) -> bool {
    is(tokens, i, WordClass::TollFree)
        && tokens.is_sign(i + 1, '-')
        && tokens.touches(i + 1)
        && tokens.touches(i + 2)
        && tokens.get(i + 2).is_some_and(|t| t.capital)
}

/// The groups of digits from token `i` on: how many, how many digits, the token behind.
fn groups(tokens: &Tokens, i: usize, first: usize, opened: bool) -> (usize, usize, usize) {
    let (mut groups, mut width, mut end) = (1, first, i + 1);
    loop {
        let closed = usize::from(tokens.is_sign(end, ')') && opened);
        let sign = end + closed;
        let joint = matches!(tokens.kind(sign), Some(Kind::Sign('-' | '–' | '.' | '/')))
            && tokens.touches(sign);
        let at = sign + usize::from(joint);
        let Some(token) = tokens.get(at).filter(|t| t.kind == Kind::Digits) else { break };
        let spaced = !joint && matches!(token.gap, Gap::Space | Gap::Thin) && (opened || width > 3);
        if token.gap != Gap::None && !spaced {
            break;
        }
        width += token.span.len();
        groups += 1;
        end = at + 1;
    }
    (groups, width, end)
}

/// Postal codes and numbers to text: `NY 10118`, `Text HOME to 741741`, the ZIP code 90210.
pub(crate) fn postal(tokens: &Tokens, i: usize) -> Option<usize> {
    let width = tokens.get(i)?.span.len();
    let grouped = tokens.is_sign(i + 1, ',') && tokens.touches(i + 2);
    let state =
        i > 0 && width == 5 && tokens.get(i - 1).is_some_and(|t| t.upper && t.span.len() == 2);
    let said = width >= 5 && (1..=4).any(|back| is_before(tokens, i, back, WordClass::CodeLead));
    let law = is(tokens, i + 1, WordClass::LawBook) && tokens.get(i + 1).is_some_and(|t| t.capital);
    (!grouped && (state || said || law)).then_some(i + 1)
}

/// `1.` or `2)` or `(3)` where a line begins.
pub(crate) fn list_number(tokens: &Tokens, i: usize) -> Option<usize> {
    let short = tokens.get(i)?.span.len() <= 2;
    let start = i == 0 || i == 1 && tokens.is_sign(0, '(');
    let closed = tokens.is_sign(i + 1, ')') || tokens.is_sign(i + 1, '.') && !tokens.touches(i + 2);
    let opens = tokens.get(i + 2).is_none_or(|t| t.capital || matches!(t.kind, Kind::Sign(_)));
    (short && start && closed && opens && tokens.touches(i + 1)).then_some(i + 2)
}

/// Digits joined to letters: `F-16`, `G20`, `COVID-19`, `Kh-101`, `3D`, `B-52s`, `10-K`.
pub(crate) fn joined_letters(tokens: &Tokens, i: usize) -> Option<usize> {
    if i > 0
        && tokens.touches(i)
        && let Some(named) = letters_before(tokens, i)
    {
        return named.then(|| run_end(tokens, i));
    }
    let point = |at: usize| tokens.is_sign(at, '.') && tokens.touches(at) && tokens.touches(at + 1);
    let version = point(i + 1) && point(i + 3) && tokens.kind(i + 4) == Some(Kind::Digits);
    if version {
        return Some(run_end(tokens, i));
    }
    if tokens.touches(i + 1) && tokens.kind(i + 1) == Some(Kind::Word) {
        return letters_behind(tokens, i).then(|| run_end(tokens, i));
    }
    // `7-Eleven`, `10-K`, `3-D`: a capital right behind the hyphen.
    let capital = tokens.is_sign(i + 1, '-')
        && tokens.touches(i + 1)
        && tokens.touches(i + 2)
        && tokens.get(i + 2).is_some_and(|t| t.capital && t.span.len() < 3);
    capital.then_some(i + 3)
}

/// Whether what touches the digits at `i` from the left makes a name of them; `None` where nothing
/// there decides.
fn letters_before(tokens: &Tokens, i: usize) -> Option<bool> {
    let dash = usize::from(matches!(tokens.kind(i - 1), Some(Kind::Sign('-' | '–'))));
    let word = i.checked_sub(1 + dash);
    if let Some(word) = word.filter(|at| tokens.kind(*at) == Some(Kind::Word))
        && (dash == 0 || tokens.touches(i - 1))
    {
        // `mid-20s`, `pre-2014`, `over-65s` name as well; `plus-500` counts.
        // `more than1,200`: a space was lost.
        let small = tokens.get(word).is_some_and(|t| !t.capital && t.span.len() > 1);
        if dash == 0 && small && is(tokens, word, WordClass::Preposition) {
            return Some(false);
        }
        let spelled = dash == 1
            && tokens.get(word).is_some_and(|t| t.span.len() > 2 && !t.capital)
            && !is(tokens, word, WordClass::Prefix);
        return Some(!spelled && currency::before(tokens, i).is_none());
    }
    // Behind a stop, slash or colon inside a run: versions, verses, paths.
    let shares = i > 1 && tokens.is_sign(i - 2, '%');
    let inside =
        matches!(tokens.kind(i - 1), Some(Kind::Sign('.' | ':' | '/' | '_' | '='))) && !shares;
    let numbered = tokens.is_sign(i - 1, '#') || tokens.is_sign(i - 1, '§');
    (numbered || inside && tokens.touches(i - 1) && i > 1).then_some(true)
}

/// Whether the letters that touch the digits at `i` from the right make a name of them.
fn letters_behind(tokens: &Tokens, i: usize) -> bool {
    let at = i + 1;
    let letter = tokens.get(at).is_some_and(|t| t.capital && t.span.len() == 1);
    let closed = tokens
        .get(at + 1)
        .is_none_or(|t| t.capital || matches!(t.kind, Kind::Sign('.' | ',' | '/')));
    let degrees = matches!(tokens.lower(at), "c" | "f");
    let label = closed && !degrees && currency::before(tokens, i).is_none();
    if letter && (label || tokens.word(at + 1) == "was") {
        return true;
    }
    let goes_on = tokens.touches(at + 1)
        && tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Digits && t.span.len() > 2);
    if goes_on && tokens.word(at).len() == 1 {
        return true;
    }
    let known = tokens.word(at).len() > 3
        || is(tokens, at, WordClass::NumberTail)
        || word_at(tokens, at).is_some()
        || unit::symbol(tokens, at).is_some()
        || unit::word(tokens, at, false).is_some()
        || currency::sign_behind(tokens, at).is_some();
    !known
}

/// The end of the run of tokens without space that token `i` belongs to.
fn run_end(tokens: &Tokens, i: usize) -> usize {
    let mut end = i + 1;
    while tokens.touches(end)
        && !matches!(
            tokens.kind(end),
            Some(Kind::Sign(',' | ';' | ')' | '"' | '?' | '!' | '—' | '%')) | None
        )
    {
        if matches!(tokens.kind(end), Some(Kind::Sign('.' | ':' | '\'')))
            && !tokens.touches(end + 1)
        {
            break;
        }
        end += 1;
    }
    end
}

/// `9/11`, `24/7`, `5/A`: digits over digits that are no fraction.
pub(crate) fn slashed(tokens: &Tokens, i: usize) -> Option<usize> {
    if !(tokens.is_sign(i + 1, '/') && tokens.touches(i + 1) && tokens.touches(i + 2)) {
        return None;
    }
    if tokens.get(i + 2).is_some_and(|t| t.capital) {
        return Some(i + 3);
    }
    let (over, under): (u64, u64) =
        (tokens.lower(i).parse().ok()?, tokens.lower(i + 2).parse().ok()?);
    let fraction = over < under && is_denominator(under);
    (!fraction).then_some(i + 3)
}
