//! Dates with their year, as exactly as they are written: `2003`, `May 2003`, `14 May 2003`.

use crate::compare::arithmetic::date_words::{date_at, four_digits, month_at, year_at};
use crate::segment::{Kind, Tokens};
use crate::text::{Prose, Span};
use chrono::NaiveDate;

/// A stretch of days that a date stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Its first day.
    pub(crate) first: NaiveDate,
    /// Its last day.
    pub(crate) last: NaiveDate,
    /// Its words.
    pub(crate) span: Span<Prose>,
}

/// The date that starts at token `i`, and the token behind it; only one with a year, and no decade
/// (`the 1950s`) or season (`2003-04`).
pub(crate) fn moment_at(tokens: &Tokens, i: usize) -> Option<(Moment, usize)> {
    let moment = |first, last, end| Some((Moment { first, last, span: tokens.span(i, end) }, end));
    if let Some(date) = date_at(tokens, i).filter(|date| !date.goes_on)
        && let Some(year) = date.year
    {
        let days: Vec<NaiveDate> = date.days(year).collect();
        return moment(*days.iter().min()?, *days.iter().max()?, date.end);
    }
    if let Some((month, at)) = month_at(tokens, i) {
        let at = at + usize::from(tokens.is_sign(at, ',') || tokens.word(at) == "of");
        if let Some(year) = plain_year(tokens, at) {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            return moment(first, last_of_month(first)?, at + 1);
        }
    }
    let year = plain_year(tokens, i)?;
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    moment(first, NaiveDate::from_ymd_opt(year, 12, 31)?, i + 1)
}

fn last_of_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(chrono::Months::new(1))?.pred_opt()
}

/// The year at token `i`, unless it is part of something longer.
fn plain_year(tokens: &Tokens, i: usize) -> Option<i32> {
    // `1998-2005`
    let ranged = i > 1 && tokens.is_sign(i - 1, '-') && year_at(tokens, i - 2).is_some();
    let year = year_at(tokens, i).or_else(|| four_digits(tokens, i).filter(|_| ranged))?;
    let touched = tokens.touches(i + 1);
    let decade = touched && tokens.kind(i + 1) == Some(Kind::Word);
    let dash = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–' | '/'))) && touched;
    let season = dash
        && tokens.touches(i + 2)
        && tokens.get(i + 2).is_some_and(|t| t.kind == Kind::Digits && t.span.len() < 4);
    let before = i.checked_sub(1).filter(|_| tokens.touches(i));
    let tied = before.is_some_and(|at| {
        tokens.kind(at) == Some(Kind::Word)
            || tokens.is_sign(at, '-') && at > 0 && tokens.kind(at - 1) == Some(Kind::Word)
    });
    let own = tokens.kind(i + 1) == Some(Kind::Possessive);
    (!decade && !season && !tied && !own).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::moment_at;
    use crate::segment::Tokens;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut tokens = Tokens::new();
        tokens.read(text, Span::new(0, text.len()));
        let found = moment_at(&tokens, 0);
        let found = found.map_or_else(String::new, |(m, _)| format!("{}..{}", m.first, m.last));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_with_a_year_are_as_long_as_they_are_vague() {
        check("2003 and", "2003-01-01..2003-12-31");
        check("May 2003", "2003-05-01..2003-05-31");
        check("14 May 2003", "2003-05-14..2003-05-14");
        check("May 14, 2003, and", "2003-05-14..2003-05-14");
        check("04/05/2003", "2003-04-05..2003-05-04");
    }

    #[test]
    fn decades_seasons_and_days_without_a_year_are_none() {
        for text in ["1950s", "2003-04 was", "2003/04", "May 14", "2003's", "2003bn"] {
            check(text, "");
        }
    }
}
