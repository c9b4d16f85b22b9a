//! Reckoning with the numbers of one article.

mod change;
mod conversion;
mod date_words;
mod elapsed;
mod line;
mod list;
mod moment;
mod parts;
mod pattern;
mod rate;
mod reckon;
mod relation;
mod sentence;
mod share;
mod sort;
mod spread;
#[cfg(test)]
mod tests;
mod total;
mod weekday;
mod wording;

pub use crate::compare::arithmetic::conversion::{Market, Misconversion, misconversions};
pub use crate::compare::arithmetic::elapsed::{WrongTime, wrong_times};
pub use crate::compare::arithmetic::list::{SeriesScore, series_scores};
pub use crate::compare::arithmetic::parts::{Excess, excesses, part_numbers};
pub use crate::compare::arithmetic::relation::{Misfit, Relation, relations};
pub use crate::compare::arithmetic::weekday::{WrongWeekday, wrong_weekdays};

use crate::compare::figure::grouped;
use crate::number::Decimal;
use crate::quantity::{Interval, Kind, Quantity};

/// The values that a quantity does not contradict. Counts are whole: 14 allows 14, not 14.5; an
/// average of 0.75 is not.
pub fn allowed(quantity: &Quantity) -> Interval {
    let Interval { lower, upper } = quantity.written().allows();
    if quantity.kind == Kind::Count && quantity.lower.fract().is_zero() {
        Interval { lower: lower.map(|l| l.ceil()), upper: upper.map(|u| u.floor()) }
    } else {
        Interval { lower, upper }
    }
}

/// What the numbers come to, written as they are: `39.2m`, `$1.3 billion`, `2,500`.
pub(crate) fn sum(prose: &str, parts: &[&Quantity]) -> Option<String> {
    let total = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.lower))?;
    let first = parts.first()?;
    let text = first.span.of(prose);
    if let [_] = parts {
        return Some(text.to_owned());
    }
    let digits = |text: &str| {
        let from = text.find(|c: char| c.is_ascii_digit())?;
        let rest = text.get(from..)?;
        let len = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        Some((from, from + len.unwrap_or(rest.len())))
    };
    let plain = || Some(grouped(total));
    let Some((from, to)) = digits(text) else { return plain() };
    let frame = (text.get(..from)?, text.get(to..)?);
    let alike = |part: &&Quantity| {
        let text = part.span.of(prose);
        let frames = digits(text).and_then(|(a, b)| Some((text.get(..a)?, text.get(b..)?)));
        frames == Some(frame)
    };
    let written: Option<Decimal> = text.get(from..to)?.replace(',', "").parse().ok();
    let scale = written.filter(|w| !w.is_zero()).and_then(|w| first.lower.checked_div(w));
    match scale.and_then(|scale| total.checked_div(scale)).filter(|_| parts.iter().all(alike)) {
        Some(scaled) => Some(format!("{}{}{}", frame.0, grouped(scaled), frame.1)),
        None => plain(),
    }
}
