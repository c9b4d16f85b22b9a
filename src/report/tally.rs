//! How many numbers have which status.

use crate::check::Review;
use crate::compare::{Status, Verdict};
use crate::number::Decimal;
use crate::report::entries_of;
use serde::Serialize;
use std::fmt;

/// How many numbers have which status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[expect(missing_docs, reason = "the names are the contract's own")]
pub struct Tally {
    pub total: usize,
    pub supported: usize,
    pub contradicted: usize,
    pub outdated: usize,
    pub disputed: usize,
    pub unchecked: usize,
}

impl Tally {
    /// The numbers of a whole review.
    pub fn of(review: &Review) -> Self {
        review.verdicts.iter().collect()
    }

    /// The numbers of one article.
    pub fn of_article(review: &Review, article: usize) -> Self {
        entries_of(review, article).map(|entry| entry.verdict).collect()
    }

    /// How many numbers are not unchecked.
    pub fn checked(&self) -> usize {
        self.total - self.unchecked
    }

    /// The share of numbers that are not unchecked, in whole percent, rounded down; 100 where
    /// there are none.
    pub fn coverage(&self) -> usize {
        (self.checked() * 100).checked_div(self.total).unwrap_or(100)
    }

    /// Whether less than `percent` of the numbers are checked.
    pub fn is_below(&self, percent: Decimal) -> bool {
        let hundredths = Decimal::from(self.checked()).checked_mul(Decimal::ONE_HUNDRED);
        let wanted = Decimal::from(self.total).checked_mul(percent);
        hundredths < wanted
    }
}

impl<'a> FromIterator<&'a Verdict> for Tally {
    fn from_iter<I: IntoIterator<Item = &'a Verdict>>(verdicts: I) -> Self {
        let mut tally = Self::default();
        for verdict in verdicts {
            tally.total += 1;
            *match verdict.status {
                Status::Supported => &mut tally.supported,
                Status::Contradicted => &mut tally.contradicted,
                Status::Outdated => &mut tally.outdated,
                Status::Disputed => &mut tally.disputed,
                Status::Unchecked => &mut tally.unchecked,
            } += 1;
        }
        tally
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { total, supported, contradicted, outdated, disputed, unchecked } = self;
        match total {
            0 => return f.write_str("no numbers"),
            1 => f.write_str("1 number: ")?,
            _ => write!(f, "{total} numbers: ")?,
        }
        write!(
            f,
            "{supported} supported, {contradicted} contradicted, {outdated} outdated, \
             {disputed} disputed, {unchecked} unchecked"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::compare::{Reason, Verdict};
    use crate::number::Decimal;

    #[test]
    fn coverage_counts_what_is_not_unchecked() {
        let tally = Tally { total: 3, supported: 2, unchecked: 1, ..Tally::default() };
        assert_eq!((tally.checked(), tally.coverage()), (2, 66));
        assert!(tally.is_below(Decimal::from(67)));
        assert!(!tally.is_below(Decimal::from(66)));
        assert!(!Tally::default().is_below(Decimal::ONE_HUNDRED));
    }

    #[test]
    fn says_every_status() {
        let tally: Tally = [Verdict::unchecked(Reason::Vague)].iter().collect();
        assert_eq!(
            tally.to_string(),
            "1 number: 0 supported, 0 contradicted, 0 outdated, 0 disputed, 1 unchecked"
        );
    }
}
