//! Figures, intervals and rows as people read them.

use crate::number::Decimal;
use crate::quantity::{Hedge, Interval};
use crate::reference::{Observation, ObservationId, Store};

/// A row as people read it: `13,200–13,400 (OHCHR, as of 2021-06-30)`.
pub fn shown(store: &Store, id: ObservationId) -> String {
    let row = store.observation(id);
    format!("{} ({}, as of {})", figure_shown(row), row.publisher, row.as_of)
}

/// The value of a row as people read it: `at least 7,155`.
pub fn figure_shown(row: &Observation) -> String {
    let hedge = match row.hedge() {
        Hedge::About => "about ",
        Hedge::Nearly => "nearly ",
        Hedge::MoreThan => "more than ",
        Hedge::AtLeast => "at least ",
        Hedge::LessThan => "less than ",
        Hedge::UpTo => "up to ",
        Hedge::Exact | Hedge::Range | Hedge::Vague => "",
    };
    let figure = if row.lower() == row.upper() {
        grouped(row.lower())
    } else {
        format!("{}–{}", grouped(row.lower()), grouped(row.upper()))
    };
    format!("{hedge}{figure}")
}

/// A value with its digits in groups of three.
pub fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = text.split_once('.').map_or((text, None), |(w, p)| (w, Some(p)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// An interval as people read it: `13,000–14,000`, `50 and more`.
pub fn interval_shown(interval: Interval) -> String {
    match (interval.lower, interval.upper) {
        (Some(a), Some(b)) if a == b => grouped(a),
        (Some(a), Some(b)) => format!("{}–{}", grouped(a), grouped(b)),
        (Some(a), None) => format!("{} and more", grouped(a)),
        (None, Some(b)) => format!("up to {}", grouped(b)),
        (None, None) => "anything".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, interval_shown};
    use crate::quantity::Interval;

    #[test]
    fn figures_for_people() {
        assert_eq!(grouped("13200".parse().unwrap()), "13,200");
        assert_eq!(grouped("-1234567.5".parse().unwrap()), "-1,234,567.5");
        assert_eq!(grouped("120".parse().unwrap()), "120");
        let open = Interval { lower: "50".parse().ok(), upper: None };
        assert_eq!(interval_shown(open), "50 and more");
    }
}
