//! Cues: words that say what a number near them is about. The program's rows and those of a
//! folder are read by the same reader, and for the same words those of the later table count.

use crate::number::Decimal;
use crate::quantity::{Kind, Quantity};
use crate::reference::cells::Row;
use crate::reference::error::Error;
use crate::reference::measure::MeasureId;
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::{CueRole, Indicator};
use crate::segment::{Dictionary, Phrases, Tokens};
use crate::text::At;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row of a table of cues.
#[derive(Debug)]
pub struct CueRow {
    /// What the number is about.
    pub indicator: Indicator,
    /// The measure, where the words say that too.
    pub measure: Option<MeasureId>,
    /// Where the words stand against the number.
    pub role: CueRole,
    /// What the number has to count.
    pub counts: Counts,
    /// The words.
    pub words: Vec<Text>,
    /// Words of which none may stand in the sentence.
    pub unless: Vec<Text>,
    /// A text in which `[…]` marks a number that the row reads.
    pub example: Text,
    /// Where the example stands.
    pub at: At,
    /// The row as people look it up: `reference-data/cues.csv:12`.
    pub place: String,
}

/// What a number has to count for a cue to speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counts {
    /// Anything.
    Any,
    /// People, named or meant.
    People,
    /// Anything but people.
    Things,
    /// Cases and the ill, in a text that speaks of an illness.
    Disease,
    /// Money.
    Money,
    /// Money from a million on: what is spent, not what a thing costs its buyer.
    Sum,
    /// Money below a million: what a thing costs its buyer.
    Price,
    /// Money in a sentence that names a state or a body of states.
    Aid,
    /// Shares and changes in percent.
    Percent,
    /// Volumes, and measures of kinds of their own.
    Measure,
    /// These units; of counts, these nouns in the singular.
    Units(Vec<Text>),
}

const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

impl Counts {
    fn of(cell: Vec<Text>) -> Self {
        let one = if let [one] = &cell[..] { Some(&**one) } else { None };
        match one {
            Some("any") => Self::Any,
            Some("people") => Self::People,
            Some("things") => Self::Things,
            Some("disease") => Self::Disease,
            Some("money") => Self::Money,
            Some("sum") => Self::Sum,
            Some("price") => Self::Price,
            Some("aid") => Self::Aid,
            Some("percent") => Self::Percent,
            Some("measure") => Self::Measure,
            _ if cell.is_empty() => Self::Any,
            _ => Self::Units(cell),
        }
    }

    /// Whether the quantity is such. That people are counted, or that a state is named, is known
    /// to the sentence.
    fn fits(&self, quantity: &Quantity, people: bool, names_state: impl Fn() -> bool) -> bool {
        let kind = quantity.kind;
        match self {
            Self::Any => true,
            Self::People => {
                people && matches!(kind, Kind::Count | Kind::Ratio | Kind::Percent | Kind::Points)
            }
            Self::Things => kind == Kind::Count && !people,
            Self::Disease => kind == Kind::Count,
            Self::Money => kind == Kind::Money,
            Self::Sum => kind == Kind::Money && quantity.upper >= MILLION,
            Self::Price => kind == Kind::Money && quantity.upper < MILLION,
            Self::Aid => kind == Kind::Money && names_state(),
            Self::Percent => matches!(kind, Kind::Percent | Kind::Points),
            Self::Measure => matches!(kind, Kind::Volume | Kind::Other),
            Self::Units(units) => quantity.unit.as_deref().is_some_and(|unit| {
                units.iter().any(|known| known == unit || known == "person" && people)
            }),
        }
    }
}

/// A cue as it is looked up: its row, and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    pub(crate) indicator: Indicator,
    pub(crate) measure: Option<MeasureId>,
    /// Its row, by its index among all rows.
    pub(crate) row: usize,
    counts: Counts,
    unless: Option<Arc<Phrases<()>>>,
}

impl Cue {
    /// Whether the cue speaks of such a quantity in the sentence of these tokens.
    pub(crate) fn fits(
        &self,
        (quantity, people): (&Quantity, bool),
        tokens: &Tokens,
        names_state: impl Fn() -> bool,
    ) -> bool {
        let silenced =
            |words: &Arc<Phrases<()>>| (0..tokens.len()).any(|i| words.at(tokens, i).is_some());
        self.counts.fits(quantity, people, names_state)
            && !self.unless.as_ref().is_some_and(silenced)
    }

    /// Whether it speaks only in a text that speaks of an illness.
    pub(crate) fn is_of_disease(&self) -> bool {
        self.counts == Counts::Disease
    }
}

/// The cues of all tables by their words; for each, what its rows say.
#[derive(Debug)]
pub(crate) struct Cues {
    /// Counted nouns, in the singular.
    pub(crate) heads: Dictionary<Vec<Cue>>,
    /// Weapons, which are attacks where something fires them.
    pub(crate) fired: Dictionary<Vec<Cue>>,
    pub(crate) left: Phrases<Vec<Cue>>,
    pub(crate) right: Phrases<Vec<Cue>>,
    pub(crate) near: Phrases<Vec<Cue>>,
    /// The units that some row asks for by name.
    units: Dictionary<()>,
}

impl Cues {
    /// The cues of rows of which the earlier count for the same words.
    pub(crate) fn new(rows: &[CueRow]) -> Self {
        let of = |role: CueRole| {
            let mut words: BTreeMap<&str, Vec<Cue>> = BTreeMap::new();
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.role == role) {
                let unless = row.unless.iter().map(|word| (word, ()));
                let cue = Cue {
                    indicator: row.indicator,
                    measure: row.measure,
                    row: at,
                    counts: row.counts.clone(),
                    unless: (unless.len() > 0).then(|| Arc::new(Phrases::new(unless))),
                };
                for word in &row.words {
                    words.entry(word).or_default().push(cue.clone());
                }
            }
            words
        };
        let units = rows.iter().filter_map(|row| match &row.counts {
            Counts::Units(units) => Some(units),
            _ => None,
        });
        Self {
            heads: Dictionary::new(of(CueRole::Head)),
            fired: Dictionary::new(of(CueRole::Fired)),
            left: Phrases::new(of(CueRole::Left)),
            right: Phrases::new(of(CueRole::Right)),
            near: Phrases::new(of(CueRole::Near)),
            units: Dictionary::new(units.flatten().map(|unit| (unit, ()))),
        }
    }

    /// Whether some row asks for this unit by name.
    pub(crate) fn ask_for(&self, unit: &str) -> bool {
        self.units.get(unit).is_some()
    }
}

/// The columns of a table of cues.
#[derive(Debug)]
pub(crate) struct Columns {
    indicator: Column,
    measure: Column,
    role: Column,
    counts: Column,
    words: Column,
    unless: Column,
    example: Column,
}

impl Columns {
    pub(crate) fn of(table: &Table<'_>) -> Result<Self, Error> {
        Ok(Self {
            indicator: table.column("indicator"),
            measure: table.column("measure"),
            role: table.needs("role")?,
            counts: table.needs("counts")?,
            words: table.needs("words")?,
            unless: table.column("unless"),
            example: table.needs("example")?,
        })
    }

    /// The cue of a row; `measure` finds the measure of a key and the indicator of its claims.
    pub(crate) fn cue(
        &self,
        row: &mut Row<'_, '_>,
        measure: impl Fn(&str) -> Option<(MeasureId, Indicator)>,
        nearest: impl Fn(&Row<'_, '_>, &str) -> String,
    ) -> Option<CueRow> {
        let key = row.text(self.measure);
        let found = measure(&key);
        if found.is_none() && !key.is_empty() {
            let help = nearest(row, &key);
            row.fault(self.measure, format!("no indicator is called `{key}`"), help);
        }
        let said: Option<Indicator> = row.word(self.indicator);
        if let (Some(said), Some((_, own))) = (said, found)
            && said != own
        {
            let message = format!("`{key}` is a measure of `{}`", own.name());
            row.fault(self.indicator, message, format!("write {}, or leave it empty", own.name()));
        }
        let indicator = said.or(found.map(|(_, own)| own));
        if indicator.is_none() && key.is_empty() {
            let message = "the row has neither `indicator` nor `measure`".to_owned();
            row.fault(self.measure, message, "give it one of the two".to_owned());
        }
        row.need(self.words);
        let example = row.filled(self.example);
        let one = example.matches('[').count() == 1 && example.matches(']').count() == 1;
        if !one && !example.is_empty() {
            let message = "the example marks no number, or more than one".to_owned();
            row.fault(self.example, message, "put [ ] around the number".to_owned());
        }
        let role = row.needed_word(self.role);
        let cue = CueRow {
            indicator: indicator?,
            measure: found.map(|(id, _)| id),
            role: role?,
            counts: Counts::of(row.list(self.counts, '|')),
            words: row.list(self.words, '|'),
            unless: row.list(self.unless, '|'),
            example,
            at: row.at(self.example),
            place: format!("{}:{}", row.table().name, row.line()),
        };
        row.is_sound().then_some(cue)
    }
}
