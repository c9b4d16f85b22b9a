//! Results of a calculation, written as the article writes.

use crate::compare::figure::grouped;
use crate::number::Decimal;
use crate::quantity::Quantity;

/// A value as `like` is written: `80 km` makes 8.047 `8.047 km`, `$26 million` makes 51,800,000
/// `$51.8 million`. Four digits count.
pub(crate) fn written_like(prose: &str, like: &Quantity, value: Decimal) -> String {
    let text = like.span.of(prose);
    let rounded = |value: Decimal| {
        let whole = value.abs() >= Decimal::ONE_THOUSAND;
        let short = if whole { Some(value.round()) } else { value.round_sf(4) };
        grouped(short.unwrap_or(value))
    };
    let plain = || {
        let unit = like.unit.as_deref().map(|unit| format!(" {unit}"));
        format!("{}{}", rounded(value), unit.unwrap_or_default())
    };
    let Some((from, to)) = digits(text) else { return plain() };
    let written: Option<Decimal> =
        text.get(from..to).and_then(|digits| digits.replace(',', "").parse().ok());
    let scale = written.filter(|w| !w.is_zero()).and_then(|w| like.lower.checked_div(w));
    let scaled = scale.filter(|s| *s > Decimal::ZERO).and_then(|scale| value.checked_div(scale));
    let single = like.lower == like.upper;
    let (Some(scaled), Some(before), Some(after), true) =
        (scaled, text.get(..from), text.get(to..), single)
    else {
        return plain();
    };
    let noun = prose.get(like.span.end()..like.phrase.end()).unwrap_or_default();
    format!("{before}{}{after}{noun}", rounded(scaled))
}

/// Where the first digits of a text stand.
fn digits(text: &str) -> Option<(usize, usize)> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(from..)?;
    let len = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    Some((from, from + len.unwrap_or(rest.len())))
}
