//! Times of day: `10:30`, `5 pm`, `quarter to six`; and years of an era.

use crate::quantity::calendar::{is_joint, number};
use crate::quantity::lexicon::{WordClass, is};
use crate::segment::{Kind, Tokens};

/// `five o'clock`, `quarter to six`, `44 BC`: the number at token `i` in digits or words.
pub(crate) fn words(tokens: &Tokens, i: usize) -> Option<usize> {
    let oclock = tokens.word(i + 1) == "o'clock";
    let past = matches!(tokens.word_before(i, 1), "past" | "to")
        && matches!(tokens.word_before(i, 2), "quarter" | "half");
    let era = is(tokens, i + 1, WordClass::Era) && tokens.get(i + 1).is_some_and(|t| t.upper);
    (oclock || past || era).then_some(i + 2 - usize::from(past && !oclock))
}

/// `10:30`, `7.30pm`, `10 a.m.`, `0401 GMT`, `5 to 6 p.m.`, `5 o'clock`.
pub(crate) fn time(tokens: &Tokens, i: usize) -> Option<usize> {
    let width = tokens.get(i)?.span.len();
    if width > 4 {
        return None;
    }
    let mut end = i + 1;
    let split = matches!(tokens.kind(end), Some(Kind::Sign(':' | '.')))
        && tokens.touches(end)
        && tokens.touches(end + 1)
        && tokens.kind(end + 1) == Some(Kind::Digits);
    let colon = split && tokens.is_sign(end, ':');
    if split {
        end += 2;
    }
    if colon && tokens.is_sign(end, ':') && tokens.touches(end) {
        end += 2;
    }
    if let Some(behind) = clock(tokens, end, width) {
        return Some(behind);
    }
    if colon {
        return Some(end);
    }
    // `5 to 6 p.m.`, `9-11 a.m.`
    let joint = is_joint(tokens, end) || matches!(tokens.word(end), "til" | "till");
    if joint && number(tokens, end + 1).is_some_and(|n| n <= 24) && !split {
        let minutes = if tokens.is_sign(end + 2, ':') { 2 } else { 0 };
        return clock(tokens, end + 2 + minutes, 2).map(|_| end);
    }
    None
}

fn clock(tokens: &Tokens, i: usize, width: usize) -> Option<usize> {
    let word = tokens.word(i);
    if is(tokens, i, WordClass::Zone) {
        return tokens.get(i).is_some_and(|t| t.upper).then_some(i + 1);
    }
    if !is(tokens, i, WordClass::Clock) {
        let military =
            width == 4 && is(tokens, i, WordClass::MilitaryHours) && !tokens.touches(i + 1);
        return military.then_some(i + 1);
    }
    let local = word == "local" && tokens.word(i + 1) != "time";
    let verb = word == "am" && !tokens.touches(i) && tokens.word_before(i, 2) == "i";
    (!local && !verb).then_some(i + 1)
}
