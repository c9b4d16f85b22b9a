//! Numerals in, quantities out: units, money, shares, hedges, ranges, and the noun that is counted.
//!
//! What is no quantity (dates, names, scores, idioms) is left out here and nowhere else.

mod age;
mod calendar;
mod clock;
mod code;
mod compound;
mod counted;
mod currency;
mod excluded;
mod gate;
mod hedge;
mod idiom;
mod indefinite;
mod interval;
mod label;
mod lexicon;
mod money;
mod multiple;
mod name;
mod noun;
mod pairs;
mod phrase;
mod piece;
mod range;
mod reading;
mod score;
mod share;
mod unit;
mod year;

pub use crate::quantity::currency::{dollar_of, is_currency};
pub use crate::quantity::gate::Gate;
pub use crate::quantity::hedge::Hedge;
pub use crate::quantity::interval::{Interval, Written};
pub use crate::quantity::lexicon::{WordClass, ends_phrase, is_class};
pub use crate::quantity::noun::{Noun, is_person, singular};
pub use crate::quantity::reading::{Context, quantities};
pub use crate::quantity::unit::{Unit, factor_between, unit};

use crate::number::{Decimal, Exact};
use crate::text::{Prose, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a quantity measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// So many of a thing.
    Count,
    /// A sum of money.
    Money,
    /// A share, or a rate in percent.
    Percent,
    /// Percentage points.
    Points,
    /// So many times.
    Ratio,
    /// How long or how far.
    Length,
    /// A surface.
    Area,
    /// A volume.
    Volume,
    /// A mass.
    Mass,
    /// A span of time.
    Duration,
    /// An age.
    Age,
    /// A temperature.
    Temperature,
    /// A speed.
    Speed,
    /// Energy or power.
    Energy,
    /// Another measurement.
    Other,
}

impl Kind {
    /// Its name in claims and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Points => "points",
            Self::Ratio => "ratio",
            Self::Length => "length",
            Self::Area => "area",
            Self::Volume => "volume",
            Self::Mass => "mass",
            Self::Duration => "duration",
            Self::Age => "age",
            Self::Temperature => "temperature",
            Self::Speed => "speed",
            Self::Energy => "energy",
            Self::Other => "other",
        }
    }
}

/// A number in the text with what it measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number expression: with currency sign, scale word and unit sign, without hedges.
    pub span: Span<Prose>,
    /// The expression with its hedge, its unit and the noun it counts.
    pub phrase: Span<Prose>,
    /// The literal lower end.
    pub lower: Decimal,
    /// The literal upper end; equal to `lower` for a single number.
    pub upper: Decimal,
    /// One unit of the last digit written, at both ends.
    pub steps: (Decimal, Decimal),
    /// Whether the greater end is written first: `between 300 and 200`.
    pub reversed: bool,
    /// How it is bounded.
    pub hedge: Hedge,
    /// The words that say so.
    pub hedge_span: Option<Span<Prose>>,
    /// What it measures.
    pub kind: Kind,
    /// The unit's name: ISO 4217, `%`, `km` …; for a count the noun's singular; `None` if unknown.
    pub unit: Option<Cow<'static, str>>,
    /// The noun that is counted, or the unit as it is written.
    pub noun: Option<Noun>,
    /// Another value the digits may have.
    pub other: Option<Decimal>,
}

impl Quantity {
    /// The number as written, ready to be compared.
    pub fn written(&self) -> Written {
        Written {
            lower: Exact { value: self.lower, step: self.steps.0 },
            upper: Exact { value: self.upper, step: self.steps.1 },
            hedge: self.hedge,
            count: self.kind == Kind::Count,
        }
    }

    /// Whether what is counted is people.
    pub fn is_people(&self) -> bool {
        self.kind == Kind::Count && self.noun.as_ref().is_some_and(|n| is_person(&n.singular))
    }
}

#[cfg(test)]
pub(crate) mod test_support {
    use crate::quantity::{Context, Quantity, quantities};
    use crate::segment::Tokens;
    use crate::text::Span;

    /// Every quantity of a text that is one sentence.
    pub(crate) fn read_all(text: &str) -> Vec<Quantity> {
        let mut tokens = Tokens::new();
        tokens.read(text, Span::new(0, text.len()));
        quantities(text, &tokens, Context::default())
    }

    /// A text with its quantities between `[` and `]`, whatever stood there before.
    pub(crate) fn marked(text: &str) -> String {
        let mut marked = text.replace(['[', ']'], "");
        for q in read_all(&marked.clone()).iter().rev() {
            marked.insert(q.span.end(), ']');
            marked.insert(q.span.start(), '[');
        }
        marked
    }

    /// The quantity that stands between `[` and `]`, and the text without them.
    pub(crate) fn read_marked(marked: &str) -> (String, Option<Quantity>) {
        let start = marked.find('[').unwrap_or_default();
        let end = marked.find(']').unwrap_or_default().saturating_sub(1);
        let text = marked.replace(['[', ']'], "");
        let found = read_all(&text).into_iter().find(|q| q.span == Span::new(start, end));
        (text, found)
    }
}
