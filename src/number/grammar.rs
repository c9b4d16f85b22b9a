//! The grammar of English numbers: one function a production.

use crate::number::digits::digits;
use crate::number::fraction::{quotient, share_words, slashed, vulgar};
use crate::number::words::{NumberWord, decimal, is_trigger_at, word_at};
use crate::number::{Amount, Exact, Form, Numeral};
use crate::segment::{Kind, Tokens};
use rust_decimal::Decimal;

/// The numeral that starts at token `i`, the longest one.
///
/// A letter that may or may not be a scale (`3m`) is left outside; see [`letter_scale`].
pub fn numeral(tokens: &Tokens, prose: &str, i: usize) -> Option<Numeral> {
    if tokens.kind(i) != Some(Kind::Word) {
        return counted(tokens, prose, i);
    }
    if !matches!(tokens.word(i), "a" | "an") && !is_trigger_at(tokens, i) {
        return None;
    }
    vague(tokens, i)
        .or_else(|| part_of_scale(tokens, i))
        .or_else(|| share_words(tokens, i))
        .or_else(|| counted(tokens, prose, i))
}

/// What the letters at token `i`, right behind a number, multiply it by if they are a scale.
pub fn letter_scale(tokens: &Tokens, i: usize) -> Option<u64> {
    match word_at(tokens, i) {
        Some(NumberWord::Letter(by)) => Some(by),
        _ => None,
    }
}

/// A number in digits, words or both: `8,500`, `two hundred and six`, `1.5 million`.
fn counted(tokens: &Tokens, prose: &str, i: usize) -> Option<Numeral> {
    let mut found = match tokens.kind(i)? {
        Kind::Word => words(tokens, i)?,
        _ => in_digits(tokens, prose, i)?,
    };
    scaled(tokens, prose, &mut found);
    and_a_part(tokens, &mut found);
    Some(found)
}

fn in_digits(tokens: &Tokens, prose: &str, i: usize) -> Option<Numeral> {
    let form = Form::Digits { grouped: false };
    if let Some(value) = vulgar(tokens, i) {
        let amount = exact(value);
        return Some(Numeral { first: i, end: i + 1, amount, form, other: None });
    }
    if let Some(value) = slashed(tokens, i) {
        let amount = exact(value);
        return Some(Numeral { first: i, end: i + 3, amount, form, other: None });
    }
    let mut found = digits(tokens, prose, i)?;
    let whole = found.exact()?.value;
    let end = found.end;
    if whole.scale() == 0 && found.other.is_none() {
        // `2 1/2`, `2½`
        let part = vulgar(tokens, end).map(|part| (part, end + 1)).or_else(|| {
            (!tokens.touches(end))
                .then(|| slashed(tokens, end))
                .flatten()
                .map(|part| (part, end + 3))
        });
        if let Some((part, end)) = part {
            found.amount = exact(whole.checked_add(part)?);
            found.end = end;
        }
    }
    Some(found)
}

fn exact(value: Decimal) -> Amount {
    Amount::Exact(Exact { value, step: Decimal::new(1, value.scale()) })
}

/// Takes in the scales behind a number: `1.5 million`, `3bn`, `two hundred thousand`, and what
/// follows them in words: `one million two hundred thousand and six`.
fn scaled(tokens: &Tokens, prose: &str, found: &mut Numeral) {
    let Amount::Exact(mut group) = found.amount else { return };
    let mut total: Option<Exact> = None;
    let mut least = u64::MAX;
    let mut end = found.end;
    // `10 lakh crore`, `three thousand million`: a larger scale right behind one multiplies it.
    if let Some((by, next)) = scale(tokens, end)
        && let Some((more, after)) = scale(tokens, next).filter(|(more, _)| *more > by)
        && let Some(product) = group.times(decimal(by)).and_then(|p| p.times(decimal(more)))
    {
        let form = if found.form == Form::Words { Form::Words } else { Form::Scaled };
        *found = Numeral { end: after, amount: Amount::Exact(product), form, ..*found };
        return;
    }
    while let Some((by, next)) = scale(tokens, end).filter(|(by, _)| *by < least || total.is_none())
    {
        let Some(sum) = group.times(decimal(by)) else { return };
        total = Some(total.map_or(sum, |t| plus(t, sum)));
        least = by;
        end = next;
        let Some(part) = next_group(tokens, prose, end, least) else { break };
        let Some(value) = part.exact() else { break };
        if scale(tokens, part.end).is_some_and(|(by, _)| by < least) {
            group = value;
            end = part.end;
        } else if part.form == Form::Words && value.value < decimal(least) {
            total = total.map(|t| plus(t, value));
            end = part.end;
            break;
        } else {
            break;
        }
    }
    if let Some(total) = total {
        let form = if found.form == Form::Words { Form::Words } else { Form::Scaled };
        *found = Numeral { end, amount: Amount::Exact(total), form, ..*found };
    }
}

fn plus(a: Exact, b: Exact) -> Exact {
    Exact { value: a.value + b.value, step: b.step }
}

/// A scale word or sign at token `i`, over a hyphen if need be: its factor and the token behind.
fn scale(tokens: &Tokens, i: usize) -> Option<(u64, usize)> {
    let hyphen = tokens.is_sign(i, '-') && tokens.touches(i) && tokens.touches(i + 1);
    let at = if hyphen { i + 1 } else { i };
    match word_at(tokens, at)? {
        NumberWord::Scale(by) | NumberWord::Scales(by, ..) => Some((by, at + 1)),
        NumberWord::Symbol(by) if !hyphen => Some((by, at + 1)),
        NumberWord::Dozen => Some((12, at + 1)),
        _ => None,
    }
}

/// The group that goes on behind a scale: `[million] two hundred`, `[thousand] and six`.
fn next_group(tokens: &Tokens, prose: &str, i: usize, least: u64) -> Option<Numeral> {
    let comma = usize::from(tokens.is_sign(i, ','));
    let and = usize::from(tokens.word(i + comma) == "and");
    let at = i + comma + and;
    let group = match tokens.kind(at)? {
        Kind::Word => words(tokens, at)?,
        Kind::Digits if comma + and == 0 => digits(tokens, prose, at)?,
        _ => return None,
    };
    // `three million and one man`, `a thousand, two hundred`: only hundreds and the like go on.
    let one = group.exact()?.value == Decimal::ONE && and == 1;
    if least < 100 || one || comma == 1 && !continues(tokens, &group, least) {
        return None;
    }
    Some(group)
}

fn continues(tokens: &Tokens, group: &Numeral, least: u64) -> bool {
    scale(tokens, group.end).is_some_and(|(by, _)| by < least)
}

/// A number below a thousand in words, or an article before a scale: `forty-five`, `two hundred
/// and six`, `twenty-five hundred`, `a [million]`.
fn words(tokens: &Tokens, i: usize) -> Option<Numeral> {
    let (mut value, mut end) = match tokens.word(i) {
        "a" | "an" => {
            scale(tokens, i + 1).filter(|_| !tokens.is_sign(i + 1, '-'))?;
            (1, i + 1)
        }
        _ => match word_at(tokens, i)? {
            NumberWord::Scale(_) | NumberWord::Dozen => bare_scale(tokens, i)?,
            _ => small(tokens, i)?,
        },
    };
    if let Some((100, next)) = scale(tokens, end) {
        value *= 100;
        end = next;
        let and = usize::from(tokens.word(end) == "and");
        if let Some((part, next)) = small(tokens, end + and)
            && part < 100
            // `three hundred and two hundred` are two numbers.
            && !matches!(scale(tokens, next), Some((100, _)))
            && !(and == 1
                && part == 1
                && matches!(tokens.word(next), "of" | "another" | "more" | "in"))
        {
            value += part;
            end = next;
        }
    }
    let mut exact = Exact::whole(value);
    if let Some((point, next)) = spoken_decimals(tokens, end) {
        exact = Exact { value: decimal(value) + point, step: Decimal::new(1, point.scale()) };
        end = next;
    }
    let amount = Amount::Exact(exact);
    Some(Numeral { first: i, end, amount, form: Form::Words, other: None })
}

/// A scale with no number before it counts once: `hundred-year`, `million-dollar`, and at the
/// start of a longer number, `thousand nine hundred`.
fn bare_scale(tokens: &Tokens, i: usize) -> Option<(u64, usize)> {
    let joined = tokens.is_sign(i.wrapping_sub(1), '-');
    let behind = word_at(tokens, i + 1).is_some();
    let hyphen = tokens.is_sign(i + 1, '-') && tokens.touches(i + 1);
    // `another dozen people`, `every million litres`
    let dozen = matches!(word_at(tokens, i), Some(NumberWord::Dozen));
    let led = match tokens.word_before(i, 1) {
        "another" | "every" => true,
        "the" | "other" => dozen && tokens.word_before(i, 2) != "by",
        _ => false,
    };
    let led = led && tokens.kind(i + 1) == Some(Kind::Word);
    ((behind || hyphen || led) && !joined).then_some((1, i))
}

/// `seven`, `seventeen`, `seventy`, `seventy-seven`.
fn small(tokens: &Tokens, i: usize) -> Option<(u64, usize)> {
    match word_at(tokens, i)? {
        NumberWord::Unit(n) | NumberWord::Teen(n) => Some((n, i + 1)),
        NumberWord::Ten(n) => {
            let at =
                if tokens.is_sign(i + 1, '-') && tokens.touches(i + 1) { i + 2 } else { i + 1 };
            match word_at(tokens, at) {
                Some(NumberWord::Unit(unit)) if unit > 0 => Some((n + unit, at + 1)),
                _ => Some((n, i + 1)),
            }
        }
        _ => None,
    }
}

/// `point five`, `point two five`.
fn spoken_decimals(tokens: &Tokens, i: usize) -> Option<(Decimal, usize)> {
    if tokens.word(i) != "point" {
        return None;
    }
    let mut mantissa = 0_i128;
    let (mut scale, mut end) = (0, i + 1);
    while let Some(NumberWord::Unit(n)) = word_at(tokens, end) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(n))?;
        scale += 1;
        end += 1;
    }
    let value = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
    (scale > 0).then_some((value, end))
}

/// Takes in a part behind the number: `two and a half million`, `a million and a half`.
fn and_a_part(tokens: &Tokens, found: &mut Numeral) {
    let Amount::Exact(exact) = found.amount else { return };
    let dash = |i: usize| usize::from(tokens.is_sign(i, '-') && tokens.touches(i));
    let and = found.end + dash(found.end);
    if tokens.word(and) != "and" || exact.step < Decimal::ONE {
        return;
    }
    let at = and + 1 + dash(and + 1);
    let joined = dash(and + 1) == 1 && tokens.word(at) == "a" && tokens.word(at + 2) == "half";
    let part = if joined {
        half_joined(tokens, at)
    } else {
        share_words(tokens, at)
            .filter(|_| tokens.word(at) != "half")
            .or_else(|| part_without_article(tokens, at))
    };
    let Some(part) = part else { return };
    let Amount::Share(share) = part.amount else { return };
    if tokens.word(part.end) == "of" && scale(tokens, part.end).is_none() {
        return;
    }
    let Some(fraction) = share.value.checked_div(decimal(100)) else { return };
    // `one billion and a half million`: the part has a smaller scale of its own.
    let own = scale(tokens, part.end).filter(|(by, _)| decimal(*by) < exact.step);
    let base = match own {
        Some((by, _)) => decimal(by),
        None if exact.value == Decimal::ONE_HUNDRED => exact.value,
        None => exact.step,
    };
    let Some(more) = base.checked_mul(fraction) else { return };
    let value = exact.value + more;
    let sum = Exact { value: value.normalize(), step: more.normalize() };
    found.amount = Amount::Exact(sum);
    found.end = own.map_or(part.end, |(_, end)| end);
    if own.is_none()
        && let Some((by, end)) = scale(tokens, found.end)
        && let Some(scaled) = sum.times(decimal(by))
    {
        found.amount = Amount::Exact(scaled);
        found.end = end;
    }
}

/// The `half` of `two and half years`, the `three quarter` of `one and three quarter hours`: what is
/// counted stands right behind it.
fn part_without_article(tokens: &Tokens, i: usize) -> Option<Numeral> {
    let (fraction, end) = part(tokens, i)?;
    let known = matches!(tokens.word(end - 1), "half" | "quarter" | "quarters");
    let counted = tokens.word(end).ends_with('s') || scale(tokens, end).is_some();
    let value = fraction.checked_mul(decimal(100))?;
    let amount = Amount::Share(Exact { value, step: Decimal::ONE });
    (known && counted).then_some(Numeral { first: i, end, amount, form: Form::Loose, other: None })
}

/// The `a-half` of `two-and-a-half-hour`.
fn half_joined(tokens: &Tokens, i: usize) -> Option<Numeral> {
    let joined = tokens.is_sign(i + 1, '-') && tokens.touches(i + 1);
    let amount = Amount::Share(Exact { value: Decimal::from(50), step: Decimal::ONE });
    joined.then_some(Numeral { first: i, end: i + 3, amount, form: Form::Loose, other: None })
}

/// `half a million`, `three-quarters of a million`, `half a dozen`, `quarter-million`.
fn part_of_scale(tokens: &Tokens, i: usize) -> Option<Numeral> {
    let (fraction, mut at) = part(tokens, i)?;
    let dash = |i: usize| usize::from(tokens.is_sign(i, '-') && tokens.touches(i));
    at += dash(at);
    at += usize::from(tokens.word(at) == "of");
    if matches!(tokens.word(at), "a" | "one") {
        at += 1;
        at += dash(at);
    }
    let (by, end) = match word_at(tokens, at)? {
        NumberWord::Scale(by) | NumberWord::Symbol(by) => (by, at + 1),
        NumberWord::Dozen => (12, at + 1),
        _ => return None,
    };
    let value = decimal(by).checked_mul(fraction)?.normalize();
    let amount = Amount::Exact(Exact { value, step: value.min(decimal(by)) });
    Some(Numeral { first: i, end, amount, form: Form::Words, other: None })
}

/// A part without asking what follows it: `half`, `a quarter`, `three-quarters`.
fn part(tokens: &Tokens, i: usize) -> Option<(Decimal, usize)> {
    let (count, at) = match (tokens.word(i), word_at(tokens, i)) {
        ("a" | "an", _) => (1, i + 1),
        (_, Some(NumberWord::Part(..))) => (1, i),
        (_, Some(NumberWord::Unit(n))) => (n, i + 1),
        _ => return None,
    };
    let at = if tokens.is_sign(at, '-') { at + 1 } else { at };
    match word_at(tokens, at)? {
        NumberWord::Part(whole, _) => Some((quotient(count, whole)?, at + 1)),
        _ => None,
    }
}

/// `dozens`, `tens of thousands`, `several hundred`, `a couple of dozen`, `a few`.
fn vague(tokens: &Tokens, i: usize) -> Option<Numeral> {
    let article = usize::from(matches!(tokens.word(i), "a" | "an"));
    let at = i + article;
    let (low, high, end) = match word_at(tokens, at)? {
        NumberWord::Tens(low, high) => {
            let (by, end) = plural_scale(tokens, at + 1)?;
            (times(low, by), last(high, by), end)
        }
        NumberWord::Plural(low, high) | NumberWord::Scales(_, low, high) if article == 0 => {
            match plural_scale(tokens, at + 1) {
                Some((by, end)) => (times(low, by), last(high, by), end),
                None => (decimal(low), decimal(high), at + 1),
            }
        }
        NumberWord::Few(low, high) => few(tokens, at, low, high),
        _ => return None,
    };
    let amount = Amount::Vague(low, high);
    Some(Numeral { first: i, end, amount, form: Form::Loose, other: None })
}

fn few(tokens: &Tokens, at: usize, low: u64, high: u64) -> (Decimal, Decimal, usize) {
    let of = usize::from(tokens.word(at + 1) == "of");
    match word_at(tokens, at + 1 + of) {
        Some(NumberWord::Dozen | NumberWord::Scales(12, ..)) if high > low => {
            (decimal(24), decimal(99), at + 2 + of)
        }
        Some(NumberWord::Dozen) => (times(low, 12), times(high, 12), at + 2 + of),
        Some(NumberWord::Scale(by) | NumberWord::Scales(by, ..)) => {
            let end = at + 2 + of;
            // `several hundred thousand`
            let (by, end) = match word_at(tokens, end) {
                Some(NumberWord::Scale(more)) if by == 100 => (by.saturating_mul(more), end + 1),
                _ => (by, end),
            };
            let high = if high > low { last(high, by) } else { times(high, by) };
            (times(low, by), high, end)
        }
        _ => (decimal(low), decimal(high), at + 1),
    }
}

/// `of thousands` at token `i`.
fn plural_scale(tokens: &Tokens, i: usize) -> Option<(u64, usize)> {
    if tokens.word(i) != "of" {
        return None;
    }
    match word_at(tokens, i + 1)? {
        NumberWord::Scales(by, ..) => Some((by, i + 2)),
        NumberWord::Plural(200, _) => Some((100, i + 2)),
        _ => None,
    }
}

fn times(n: u64, by: u64) -> Decimal {
    decimal(n.saturating_mul(by))
}

/// The last number of `high` multiples of `by`: nine hundreds end at 999.
fn last(high: u64, by: u64) -> Decimal {
    decimal((high.saturating_add(1)).saturating_mul(by).saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use crate::number::words::{
        FRACTIONS, FractionRow, NUMERALS, NumeralRow, SCALES, ScaleRow, VAGUE, VagueRow,
    };
    use crate::number::{Amount, letter_scale, numeral};
    use crate::segment::Tokens;
    use crate::text::{Span, rows, rows_written};
    use rust_decimal::Decimal;

    fn read(input: &str) -> String {
        let mut tokens = Tokens::new();
        tokens.read(input, Span::new(0, input.len()));
        let start = usize::from(input.starts_with(['$', '£', '₹']));
        let Some(found) = numeral(&tokens, input, start) else { return "nothing".to_owned() };
        let by = letter_scale(&tokens, found.end).map_or(Decimal::ONE, Decimal::from);
        match found.amount {
            Amount::Exact(e) => (e.value * by).normalize().to_string(),
            Amount::Vague(low, high) => format!("{low}..{high}"),
            Amount::Share(e) => format!("{}%", e.value),
        }
    }

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(read(input), expected, "{input}");
    }

    #[track_caller]
    fn check_table(written: usize, examples: &[String]) {
        assert_eq!(examples.len(), written, "a row does not parse");
        for example in examples {
            let (input, expected) = example.split_once(" = ").unwrap();
            let share = expected.strip_suffix('%').map(|e| {
                let value: Decimal = e.parse().unwrap();
                format!("{}%", value.normalize())
            });
            check(input, &share.unwrap_or_else(|| expected.to_owned()));
        }
    }

    #[test]
    fn every_row_reads_as_its_example_says() {
        let examples: Vec<_> =
            rows::<NumeralRow>(NUMERALS).into_iter().map(|r| r.example).collect();
        check_table(rows_written(NUMERALS), &examples);
        let examples: Vec<_> = rows::<ScaleRow>(SCALES).into_iter().map(|r| r.example).collect();
        check_table(rows_written(SCALES), &examples);
        let examples: Vec<_> = rows::<VagueRow>(VAGUE).into_iter().map(|r| r.example).collect();
        check_table(rows_written(VAGUE), &examples);
        let examples: Vec<_> =
            rows::<FractionRow>(FRACTIONS).into_iter().map(|r| r.example).collect();
        check_table(rows_written(FRACTIONS), &examples);
    }

    #[test]
    fn digits_in_every_grouping() {
        check("8,500", "8500");
        check("1,234,567.89", "1234567.89");
        check("12,34,567", "1234567");
        check("900 000", "900000");
        check("1\u{202f}000\u{202f}000", "1000000");
        check("1'000'000", "1000000");
        check("1’000", "1000");
        check(".5", "0.5");
        check("2 1/2", "2.5");
        check("2½", "2.5");
        check("¾", "0.75");
        check("1,2", "1.2");
        check("1.2.3", "nothing");
        check("1,2345", "1");
    }

    #[test]
    fn words_up_to_trillions() {
        check("a hundred and twenty", "120");
        check("twenty-five hundred", "2500");
        check("two hundred and six thousand", "206000");
        check("three hundred and two hundred", "300");
        check("one million two hundred thousand and six", "1200006");
        check("three hundred and forty-five million, six hundred thousand", "345600000");
        check("one and a half million", "1500000");
        check("two and a half", "2.5");
        check("a million and a half", "1500000");
        check("half a million", "500000");
        check("half-million", "500000");
        check("three-quarters of a million", "750000");
        check("half a dozen", "6");
        check("two point five million", "2500000");
        check("a dozen", "12");
        check("five trillion", "5000000000000");
        check("thousand nine hundred twenty", "1920");
        check("nineteen eighty-four", "19");
    }

    #[test]
    fn vague_words() {
        check("hundreds of thousands", "200000..999999");
        check("several hundred", "300..999");
        check("several dozen", "24..99");
        check("a couple of hundred", "200..200");
        check("a few thousand", "3000..9999");
        check("dozens of thousands", "24000..99999");
        check("several hundred thousand", "300000..999999");
    }
}
