//! The columns of a draft: where the date stands, where the values, what they measure, and whose
//! they are.

use crate::reference::catalog::Catalog;
use crate::reference::draft::{Draft, Missing, Wishes, column, list, quoted};
use crate::reference::foreign_date::Format;
use crate::reference::hints::{likely_measures, measure_named, measure_of};
use crate::reference::look::{Holds, Look, Seen, words_of};
use crate::reference::measure::Measure;
use crate::reference::vocabulary::RowColumn;

/// A draft in the making.
pub(crate) struct Drafter<'x> {
    pub(crate) look: &'x Look,
    pub(crate) file: &'x str,
    pub(crate) wishes: &'x Wishes,
    pub(crate) catalog: &'x Catalog,
    pub(crate) draft: &'x mut Draft,
}

impl<'x> Drafter<'x> {
    /// Reads all that can be read.
    pub(crate) fn all(&mut self) {
        let look = self.look;
        self.shape();
        let wide = self.time();
        let values = self.values(wide);
        let measure = self.measures(&values, wide);
        self.whose(measure);
        self.unit(&values, measure);
        self.kind(measure);
        self.who();
        self.filters();
        let mut nothings: Vec<&str> =
            values.iter().flat_map(|value| value.seen.nothings()).collect();
        nothings.sort_unstable();
        nothings.dedup();
        if !nothings.is_empty() {
            self.say(format!("{} in it stand for no value", nothings.join(" and ")));
            self.map("missing", list(nothings));
        }
        let zeros = values
            .iter()
            .filter(|value| {
                value.seen.cells.contains_key("0") || value.seen.cells.contains_key("0.0")
            })
            .count();
        if zeros > 0 && !self.wishes.drop_zero {
            self.say("a nought is read as nought (--drop-zero takes it for nothing known)");
        }
        if self.wishes.drop_zero {
            self.map("drop_zero", "true".to_owned());
        }
        if look.decimal != '.' {
            self.map("decimal", quoted(&look.decimal.to_string()));
        }
        if let Some(group) = look.group {
            self.map("group", quoted(&group.to_string()));
        }
    }

    /// Notes what was understood.
    pub(crate) fn say(&mut self, sentence: impl Into<String>) {
        self.draft.understood.push(sentence.into());
    }

    /// Notes what is missing.
    pub(crate) fn ask(
        &mut self,
        flag: &'static str,
        question: impl Into<String>,
        choices: Vec<String>,
    ) {
        self.draft.missing.push(Missing { flag, question: question.into(), choices });
    }

    /// Puts a key into the mapping.
    pub(crate) fn map(&mut self, key: &'static str, value: String) {
        self.draft.mapping.push((key, value));
    }

    /// Where the table is in the file.
    fn shape(&mut self) {
        let look = self.look;
        let sign = match look.delimiter {
            b';' => "semicolons",
            b'\t' => "tabs",
            b'|' => "upright strokes",
            _ => "commas",
        };
        let (line, columns) = (look.header_row, look.columns.len());
        self.say(format!("line {line} names {columns} columns, parted by {sign}"));
        if line > 1 {
            self.draft.dialect.push(("headerRows", format!("[{line}]")));
        }
        if look.delimiter == b'|' {
            self.draft.dialect.push(("delimiter", quoted("|")));
        }
    }

    /// The columns of the date, or those whose names are dates; says whether it is these.
    fn time(&mut self) -> bool {
        let look = self.look;
        if !self.wishes.dates.is_empty() {
            let dates = self.wishes.dates.clone();
            self.dates(&dates.iter().map(String::as_str).collect::<Vec<_>>());
            return false;
        }
        let is_wide = |seen: &&Seen| Format::Ours.date(&seen.title).is_some();
        let wide: Vec<_> = look.columns.iter().filter(is_wide).collect();
        if let [first, .., last] = &wide[..] {
            let pattern = match first.title.len() {
                4 => "^[0-9]{4}$",
                7 => "^[0-9]{4}-[0-9]{2}$",
                _ => "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            };
            let (first, last, count) = (&first.title, &last.title, wide.len());
            self.say(format!("the names of {count} columns are dates, {first} to {last}"));
            self.map("time", format!("{{\"headers\": {}}}", quoted(pattern)));
            return true;
        }
        let titled = |words: &'static [&'static str]| {
            look.columns.iter().find(|seen| seen.is_called(words) && seen.holds != Holds::Words)
        };
        let dated = look.columns.iter().find(|seen| matches!(seen.holds, Holds::Dates(_)));
        let years: Vec<_> = look.columns.iter().filter(|seen| seen.holds == Holds::Years).collect();
        let year = titled(&["year", "yr"]).filter(|seen| seen.holds == Holds::Years);
        let year = year.or(years.first().copied().filter(|_| years.len() == 1));
        match (dated, year) {
            (Some(dated), _) => self.dates(&[&dated.title]),
            (None, Some(year)) => {
                let month = titled(&["month", "mon"]).filter(|seen| is_among(seen, 12));
                let day = titled(&["day"]).filter(|seen| is_among(seen, 31));
                let mut columns = vec![year.title.as_str()];
                columns.extend(month.map(|seen| seen.title.as_str()));
                columns.extend(day.filter(|_| month.is_some()).map(|seen| seen.title.as_str()));
                self.dates(&columns);
            }
            (None, None) => {
                let titles = look.columns.iter().map(|seen| seen.title.clone()).collect();
                self.ask("date", "in which column is the date?", titles);
            }
        }
        false
    }

    fn dates(&mut self, titles: &[&str]) {
        let look = self.look;
        if let Some(title) = titles.iter().find(|title| look.column(title).is_none()) {
            let titles = look.columns.iter().map(|seen| seen.title.clone()).collect();
            self.ask("date", format!("there is no column `{title}`; which has the date?"), titles);
            return;
        }
        let formats = titles.first().and_then(|title| look.column(title)).map(|seen| &seen.holds);
        let mut format = self.wishes.date_format.clone();
        if let (None, Some(Holds::Dates(formats))) = (&format, formats) {
            let patterns: Vec<_> = formats.iter().filter_map(pattern).collect();
            match &patterns[..] {
                [] => {}
                [one] => format = Some(one.clone()),
                several => {
                    let question = "day or month first? the dates can be read in either way";
                    self.ask("date-format", question, several.to_vec());
                }
            }
        }
        let named = titles.join("` and `");
        let written = format.as_ref().map_or(String::new(), |format| format!(", written {format}"));
        self.say(format!("the date is in `{named}`{written}"));
        let format = format.map_or(String::new(), |f| format!(", \"format\": {}", quoted(&f)));
        self.map("time", format!("{{\"columns\": {}{format}}}", list(titles.iter().copied())));
    }

    /// The columns of values, each with the indicator that was said for it.
    fn values(&mut self, wide: bool) -> Vec<Value<'x>> {
        let look = self.look;
        let value = |seen| Value { seen, measure: None };
        if wide {
            let dated = look.columns.iter().filter(|s| Format::Ours.date(&s.title).is_some());
            return dated.map(value).collect();
        }
        let is_number = |seen: &&Seen| {
            let other =
                ["year", "month", "day", "lat", "lon", "latitude", "longitude", "rank", "id"];
            let taken =
                self.draft.mapping.iter().any(|(_, text)| text.contains(&quoted(&seen.title)));
            matches!(seen.holds, Holds::Numbers | Holds::Years)
                && !taken
                && !seen.is_called(&other)
                && !seen.is_called(&["mult", "code"])
        };
        let numbers: Vec<_> = look.columns.iter().filter(is_number).collect();
        let titles: Vec<_> = numbers.iter().map(|seen| seen.title.clone()).collect();
        let mut found = Vec::new();
        for wish in &self.wishes.values {
            let (title, measure) = match wish.split_once('=') {
                Some((title, measure)) if look.column(wish).is_none() => (title, Some(measure)),
                _ => (wish.as_str(), None),
            };
            if let Some(seen) = look.column(title) {
                found.push(Value { seen, measure: measure.map(str::to_owned) });
            } else {
                let question = format!("there is no column `{title}`; which has the values?");
                self.ask("value", question, titles.clone());
            }
        }
        if !self.wishes.values.is_empty() {
            return found;
        }
        let plain = numbers.iter().find(|seen| seen.is_called(&["value", "obs_value"]));
        if let Some(one) = plain.or(numbers.first().filter(|_| numbers.len() == 1)) {
            return vec![value(one)];
        }
        let telling = numbers.iter().map(|seen| {
            let measure = measure_named(&seen.title, self.catalog);
            Value { seen, measure: measure.map(|measure| measure.key.to_string()) }
        });
        let telling: Vec<_> = telling.filter(|value| value.measure.is_some()).collect();
        if !telling.is_empty() && self.wishes.measure.is_none() {
            let is_told = |title: &&String| telling.iter().any(|one| one.seen.title == **title);
            let others: Vec<_> = titles.iter().filter(|title| !is_told(title)).cloned().collect();
            if !others.is_empty() {
                let others = others.join("`, `");
                self.draft.understood.push(format!("not read: `{others}` (--value reads them)"));
            }
            return telling;
        }
        self.ask("value", "in which column are the values?", titles);
        Vec::new()
    }

    /// What is measured; the first of the indicators.
    fn measures(&mut self, values: &[Value<'_>], wide: bool) -> Option<&'x Measure> {
        let catalog = self.catalog;
        let named = |key: &str| catalog.measure_named(key).map(|id| catalog.measure(id));
        let mut words = words_of(self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem));
        let titled = |seen: &&Seen| seen.is_called(&["indicator", "variable", "series"]);
        for seen in self.look.columns.iter().filter(titled).filter(|seen| seen.cells.len() == 1) {
            words.extend(seen.cells.keys().flat_map(|cell| words_of(cell)));
        }
        let mut first = None;
        let mut mapped = Vec::new();
        for value in values.iter().take(if wide { 1 } else { usize::MAX }) {
            let mut all = words.clone();
            all.extend(words_of(&value.seen.title));
            let said = value.measure.clone().or_else(|| self.wishes.measure.clone());
            let measure = match &said {
                Some(key) => named(key),
                None => measure_of(&all, catalog),
            };
            let Some(measure) = measure else {
                let likely = likely_measures(&all, catalog);
                let question = match said {
                    Some(key) => format!("no indicator is called `{key}`; what is measured?"),
                    None => "what is measured? (a key of indicators.csv)".to_owned(),
                };
                self.ask("measure", question, likely);
                return None;
            };
            first = first.or(Some(measure));
            mapped.push((value.seen.title.clone(), measure));
        }
        let first = first?;
        if wide || mapped.len() == 1 {
            let column =
                if wide { "those columns".to_owned() } else { format!("`{}`", mapped[0].0) };
            self.say(format!("the values in {column} are `{}`: {}", first.key, first.title));
            self.map("indicator", quoted(&first.key));
            if !wide {
                self.map("value", quoted(&mapped[0].0));
            }
            return Some(first);
        }
        let mut measures = Vec::new();
        for (title, measure) in &mapped {
            let key = &measure.key;
            self.say(format!("the values in `{title}` are `{key}`: {}", measure.title));
            measures.push(format!(
                "          {{\"column\": {}, \"indicator\": {}}}",
                quoted(title),
                quoted(key)
            ));
        }
        self.map("measures", format!("[\n{}\n        ]", measures.join(",\n")));
        Some(first)
    }

    /// Whose figures they are, and where.
    fn whose(&mut self, measure: Option<&Measure>) {
        let (catalog, look) = (self.catalog, self.look);
        let mut columns: Vec<_> =
            look.columns.iter().filter(|seen| seen.holds == Holds::Entities).collect();
        // What is known best comes first, and codes before names; what is given twice is read once.
        columns.sort_by_key(|seen| (100 - seen.known, seen.cells.keys().map(String::len).max()));
        let is_to = |seen: &&&Seen| {
            seen.is_called(&["coa", "asylum", "host", "destination", "recipient", "to", "partner"])
        };
        let to = columns.iter().find(is_to).copied();
        let from: Vec<_> = columns.iter().filter(|seen| !is_to(seen)).copied().collect();
        let needs =
            |column| measure.is_some_and(|one| [one.whose, one.place].contains(&Some(column)));
        if let Some(wish) = &self.wishes.entity {
            self.one("entity", wish, |word| catalog.entity_called(word).is_some());
        } else if let Some(first) = from.first() {
            let is_same = |seen: &&&Seen| owner(&seen.title) == owner(&first.title);
            let same = from.iter().skip(1).find(is_same);
            let other = from.iter().skip(1).find(|seen| !is_same(seen));
            if let Some(other) = other {
                let titles = from.iter().map(|seen| seen.title.clone()).collect();
                let question =
                    format!("whose figures are they, `{}` or `{}`?", first.title, other.title);
                self.ask("entity", question, titles);
            }
            self.say(format!("whose figure it is says `{}`", first.title));
            let title = quoted(&first.title);
            let second = same.map_or(String::new(), |same| {
                format!(", \"else_column\": {}", quoted(&same.title))
            });
            self.map("entity", format!("{{\"column\": {title}{second}}}"));
        } else if needs(RowColumn::Entity) || needs(RowColumn::Place) && self.wishes.place.is_none()
        {
            self.ask("entity", "whose figures are they? (a column, or a name)", Vec::new());
        }
        let place = look.columns.iter().find(|seen| seen.holds == Holds::Places).or(to);
        if let Some(wish) = &self.wishes.place {
            self.one("place", wish, |word| catalog.is_place(word));
        } else if let Some(place) = place {
            self.say(format!("where it holds says `{}`", place.title));
            self.map("place", column(&place.title));
        } else if needs(RowColumn::Place) && needs(RowColumn::Entity) {
            self.ask("place", "where, or who receives? (a column, or a name)", Vec::new());
        }
        if let Some(wish) = &self.wishes.subject {
            self.one("subject", wish, |word| catalog.subject_called(word).is_some());
        } else if needs(RowColumn::Subject) {
            self.say("everybody is counted, not a group among them (--subject says otherwise)");
            self.map("subject", quoted("all"));
        }
    }

    /// A column of that name, or a word that holds for all rows.
    pub(crate) fn one(&mut self, key: &'static str, wish: &str, is_known: impl Fn(&str) -> bool) {
        // A column of numbers says nobody's name: `total` is a subject there, not the column.
        let fits =
            |seen: &&Seen| key == "scale" || !matches!(seen.holds, Holds::Numbers | Holds::Years);
        if let Some(seen) = self.look.column(wish).filter(fits) {
            self.say(format!("{key}: the column `{}`", seen.title));
            self.map(key, column(&seen.title));
        } else if is_known(wish) {
            self.say(format!("{key}: {wish}, in all rows"));
            self.map(key, quoted(wish));
        } else {
            let question =
                format!("`{wish}` is no column and no {key} that is known; which is it?");
            self.ask(key, question, Vec::new());
        }
    }
}

/// A column of values, and the indicator that was said for it.
pub(crate) struct Value<'x> {
    pub(crate) seen: &'x Seen,
    pub(crate) measure: Option<String>,
}

fn pattern(format: &Format) -> Option<String> {
    if let Format::Pattern(pattern) = format { Some(pattern.clone()) } else { None }
}

/// Whether a column holds whole numbers from 1 to `most`.
fn is_among(seen: &Seen, most: u32) -> bool {
    seen.cells.keys().all(|cell| {
        let number: Option<u32> = cell.strip_suffix(".0").unwrap_or(cell).parse().ok();
        number.is_some_and(|number| (1..=most).contains(&number))
    })
}

/// The words of a title that say whose it is: of `coo_iso` and `coo_name` that is `coo`.
fn owner(title: &str) -> Vec<String> {
    let form = ["code", "name", "iso", "iso2", "iso3", "country", "entity", "id", "ref", "area"];
    words_of(title).into_iter().filter(|word| !form.contains(&word.as_str())).collect()
}
