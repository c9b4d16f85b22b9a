//! The terms of a draft: unit and scale, what a value counts over time, and who says so.

use crate::number::Decimal;
use crate::quantity::Kind;
use crate::reference::date::PartialDate;
use crate::reference::draft::{column, list, quoted};
use crate::reference::drafter::{Drafter, Value};
use crate::reference::hints::{scale_in, unit_in};
use crate::reference::measure::Measure;
use crate::reference::plan::Digits;
use crate::reference::reading::measured;
use crate::reference::vocabulary::{RowKind, RowStatus};

impl Drafter<'_> {
    /// In which unit and scale the values are.
    pub(crate) fn unit(&mut self, values: &[Value<'_>], measure: Option<&Measure>) {
        let look = self.look;
        let coded = |words: &[&str]| {
            look.columns.iter().find(|seen| {
                let title = seen.title.to_lowercase();
                words.contains(&title.as_str())
            })
        };
        let mut hints: Vec<String> =
            values.first().map(|v| v.seen.title.to_lowercase()).into_iter().collect();
        let titled = look.columns.iter().filter(|seen| {
            seen.cells.len() == 1 && seen.is_called(&["indicator", "unit", "series", "variable"])
        });
        hints.extend(titled.flat_map(|seen| seen.cells.keys().map(|cell| cell.to_lowercase())));
        let hint = hints.join(" ");
        if let Some(wish) = &self.wishes.unit {
            self.one("unit", wish, |word| measured(word).is_some());
        } else if let Some(seen) = coded(&["unit_measure"]) {
            self.say(format!("the unit is in `{}`", seen.title));
            self.map("unit", column(&seen.title));
        } else if let Some(unit) = unit_in(&hint) {
            self.say(format!("the unit is {unit}, by its name"));
            self.map("unit", quoted(unit));
        } else if let Some(measure) = measure {
            if measured(&measure.unit) == Some(Kind::Money) {
                let question = "in which currency are the values?";
                self.ask("unit", question, vec![measure.unit.to_string()]);
            } else {
                self.say(format!("the unit is {}, that of the indicator", measure.unit));
                self.map("unit", quoted(&measure.unit));
            }
        }
        if let Some(wish) = &self.wishes.scale {
            self.one("scale", wish, |word| word.parse::<i8>().is_ok());
        } else if let Some(seen) = coded(&["unit_mult"]) {
            self.say(format!("the power of ten is in `{}`", seen.title));
            self.map("scale", column(&seen.title));
        } else if let Some((scale, word)) = scale_in(&hint) {
            self.say(format!("the values are in {word}, by their name"));
            self.map("scale", scale.to_string());
        } else if let Some(measure) = measure {
            self.likely_scale(values, measure);
        }
    }

    /// Values that are none of their indicator's need a scale.
    fn likely_scale(&mut self, values: &[Value<'_>], measure: &Measure) {
        let digits = Digits { decimal: self.look.decimal, group: self.look.group };
        let cells = values.iter().flat_map(|value| value.seen.cells.keys());
        let found: Vec<_> = cells.filter_map(|cell| digits.number(cell)).map(|n| n.value).collect();
        let fits = |power: u32| {
            let factor = (0..power).fold(Decimal::ONE, |all, _| all * Decimal::TEN);
            let within = |value: &&Decimal| {
                let value = value.checked_mul(factor).unwrap_or(Decimal::MAX);
                value.is_zero() || value >= measure.plausible_min && value <= measure.plausible_max
            };
            found.iter().filter(within).count() * 10 >= found.len() * 9
        };
        if fits(0) {
            return;
        }
        let likely = [3, 6, 9].into_iter().filter(|power| fits(*power));
        let choices = likely.map(|power| power.to_string()).collect();
        let (least, most) = (measure.plausible_min, measure.plausible_max);
        let question = format!(
            "which power of ten are the values times? as they stand they are not between {least} \
             and {most}, as `{}` is (3 for thousands, 6 for millions, 9 for billions)",
            measure.key
        );
        self.ask("scale", question, choices);
    }

    /// What the values count over time.
    pub(crate) fn kind(&mut self, measure: Option<&Measure>) {
        let Some(measure) = measure else { return };
        let kind = match &self.wishes.kind {
            Some(word) => RowKind::from_name(word),
            None => Some(measure.kind),
        };
        let Some(kind) = kind else {
            let names = RowKind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
            self.ask("kind", "what do the values count over time?", names);
            return;
        };
        let how = match kind {
            RowKind::Stock => "what there was on its day",
            RowKind::Cumulative => "a running total",
            RowKind::Flow => "what came in its period",
            RowKind::Rate => "a rate",
        };
        let whence = if self.wishes.kind.is_some() { "" } else { " (--kind says otherwise)" };
        self.say(format!("each value is {how}{whence}"));
        self.map("kind", quoted(kind.name()));
        match self.wishes.since.as_ref().map(|day| (day, PartialDate::parse(day))) {
            Some((day, Some(_))) if kind == RowKind::Flow => {
                self.say(format!("the values are added up from {day} on"));
                let from = quoted(day);
                self.map("accumulate", format!("{{\"as\": \"cumulative\", \"from\": {from}}}"));
            }
            Some((day, Some(_))) => self.map("period_start", quoted(day)),
            Some((day, None)) => {
                self.ask("since", format!("`{day}` is no date; from when?"), Vec::new());
            }
            None if kind == RowKind::Cumulative => {
                self.ask("since", "from when on do the totals count? (a date)", Vec::new());
            }
            None => {}
        }
    }

    /// Who says so, when, and how firmly.
    pub(crate) fn who(&mut self) {
        let (catalog, look) = (self.catalog, self.look);
        let coded = look.columns.iter().find(|seen| seen.title.eq_ignore_ascii_case("obs_status"));
        if let Some(wish) = &self.wishes.status {
            let is_status = |word: &str| RowStatus::from_name(word).is_some();
            self.one("status", wish, is_status);
        } else if let Some(seen) = coded {
            let codes = [("A", "official"), ("E", "estimate"), ("P", "provisional")];
            let codes =
                codes.into_iter().chain([("F", "forecast"), ("M", "missing"), ("", "official")]);
            let pairs = codes.filter(|(code, _)| seen.cells.contains_key(*code));
            let pairs: Vec<_> =
                pairs.map(|(code, word)| format!("\"{code}\": \"{word}\"")).collect();
            self.say(format!("how firm a figure is says `{}`", seen.title));
            let title = quoted(&seen.title);
            let map = pairs.join(", ");
            self.map("status", format!("{{\"column\": {title}, \"map\": {{{map}}}}}"));
        } else {
            self.say("the figures are estimates (--status says otherwise)");
            self.map("status", quoted("estimate"));
        }
        match &self.wishes.publisher {
            Some(name) if catalog.publisher_named(name).is_some() => {
                self.map("publisher", quoted(name));
            }
            Some(name) => {
                self.say(format!("{name} is a new publisher: it gets a row in sources.csv"));
                self.map("publisher", quoted(name));
                self.draft.new_publisher = Some(name.clone());
            }
            None => self.ask("publisher", "who publishes the figures?", Vec::new()),
        }
        match (&self.wishes.published, &look.released) {
            (Some(day), _) if PartialDate::parse(day).is_some() => {
                self.map("published", quoted(day));
            }
            (Some(day), _) => {
                self.ask("published", format!("`{day}` is no date; when was it?"), Vec::new());
            }
            (None, Some((row, cell, day))) => {
                self.say(format!("it was published on {day}, says line {row}"));
                self.map("published", format!("{{\"row\": {row}, \"column\": {cell}}}"));
            }
            (None, None) => {
                self.say("when it was published is not known (--published says it)");
            }
        }
    }

    /// Which rows are read.
    pub(crate) fn filters(&mut self) {
        let mut filters = Vec::new();
        for wish in &self.wishes.filters {
            let found = wish.split_once('=').filter(|(title, _)| self.look.column(title).is_some());
            if let Some((title, word)) = found {
                let (title, word) = (quoted(title), list([word]));
                filters.push(format!("{{\"column\": {title}, \"is\": {word}}}"));
            } else {
                let question = format!("`{wish}` names no column; which rows are read?");
                self.ask("where", question, Vec::new());
            }
        }
        if !filters.is_empty() {
            self.map("where", format!("[{}]", filters.join(", ")));
        }
    }
}
