//! Numbers as programs and as people read them.

use crate::number::Decimal;
use crate::quantity::Interval;

/// The exact value, as a decimal string.
pub(crate) fn decimal(value: Decimal) -> String {
    value.normalize().to_string()
}

/// The exact value with its whole part in groups of three.
pub(crate) fn grouped(value: Decimal) -> String {
    let text = decimal(value);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// An interval in words: `13,200–13,400`, `48`, `at least 48`.
pub(crate) fn between(interval: Interval) -> String {
    match (interval.lower, interval.upper) {
        (Some(lower), Some(upper)) if lower == upper => grouped(lower),
        (Some(lower), Some(upper)) => format!("{}–{}", grouped(lower), grouped(upper)),
        (Some(lower), None) => format!("at least {}", grouped(lower)),
        (None, Some(upper)) => format!("at most {}", grouped(upper)),
        (None, None) => "any number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{between, decimal, grouped};
    use crate::quantity::Interval;

    #[test]
    fn groups_of_three() {
        let cases = [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("13000.50", "13,000.5"),
            ("-1234567", "−1,234,567"),
            ("0.0001", "0.0001"),
        ];
        for (value, expected) in cases {
            assert_eq!(grouped(value.parse().unwrap()), expected);
        }
        assert_eq!(decimal("13000.500".parse().unwrap()), "13000.5");
    }

    #[test]
    fn intervals_in_words() {
        let at = |value: &str| Some(value.parse().unwrap());
        let of = |lower, upper| between(Interval { lower, upper });
        assert_eq!(of(at("13200"), at("13400")), "13,200–13,400");
        assert_eq!(of(at("48"), at("48")), "48");
        assert_eq!(of(at("48"), None), "at least 48");
        assert_eq!(of(None, at("48")), "at most 48");
        assert_eq!(of(None, None), "any number");
    }
}
