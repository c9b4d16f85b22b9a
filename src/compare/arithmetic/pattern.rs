//! Patterns of relations: how English says that numbers belong together, one row a wording.
//!
//! A pattern is a row of elements with spaces between them:
//!
//! | element | stands for |
//! | --- | --- |
//! | `PART` | a number in that role, with its hedge and its noun |
//! | `BORN` | a date with its year in that role, in `elapsed.csv` |
//! | `LIST` | numbers in a row: `14 killed, 31 wounded and 6 missing` |
//! | `of\|out_of` | one of these words, or several in a row joined by `_` |
//! | `@rose` | a word of that class in `words.csv` |
//! | `~4` | up to four words or times: no other number, no sign, and in a change no other word of change |
//! | `~,4` | the same, where commas may stand between |
//! | `!of\|than` | what comes next is none of these |
//! | `$` | no word and no number comes next |
//! | `OF` | `of`, `out of`, and what makes the whole definite: `of the team's` |
//! | `LIST~` | a list whose members may be named first: `oil 44%, gas 29%` |
//! | `.` | the end of the sentence; the next one follows at once |
//! | `..` | the same, or with a sentence without numbers between |
//!
//! `?` before words makes them optional.

use crate::compare::arithmetic::line::{Item, Line};
use crate::quantity::Kind;
use crate::segment::Dictionary;
use crate::text::{parts, rows};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!("relations.csv");
pub(crate) const ELAPSED: &str = include_str!("elapsed.csv");
pub(crate) const WORDS: &str = include_str!("words.csv");

/// How many items, and how many words, may stand between two numbers of a list.
const LIST_GAP: usize = 16;
const LIST_WORDS: usize = 10;

/// Which calculation a pattern asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sort {
    /// PART of WHOLE is SHARE.
    Share,
    /// From FROM to TO by BY.
    Change,
    /// LIST makes TOTAL.
    Sum,
    /// LIST makes TOTAL, if it is one of men and women.
    Sexes,
    /// LIST is among TOTAL.
    Excess,
    /// COUNT times EACH is TOTAL.
    Rate,
    /// PART in WHOLE is EACH in PER.
    Capita,
    /// The LIST of shares is of one whole.
    Whole,
    /// MEAN lies in RANGE, or between FROM and TO.
    Mean,
    /// Who was born BORN and died DIED was AGE.
    Life,
    /// Who was born BORN is AGE on the day of the article.
    Alive,
    /// From START to END it is TIME.
    Span,
    /// From START to the day of the article it is TIME.
    Ago,
}

/// What a number is in its relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Part,
    Whole,
    Share,
    From,
    To,
    By,
    Total,
    Count,
    Each,
    Per,
    Range,
    Mean,
    List,
    Age,
    Time,
    Born,
    Died,
    Start,
    End,
}

impl Role {
    /// Whether it is a date that has the role.
    fn is_date(self) -> bool {
        matches!(self, Self::Born | Self::Died | Self::Start | Self::End)
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "PART" => Self::Part,
            "WHOLE" => Self::Whole,
            "SHARE" => Self::Share,
            "FROM" => Self::From,
            "TO" => Self::To,
            "BY" => Self::By,
            "TOTAL" => Self::Total,
            "COUNT" => Self::Count,
            "EACH" => Self::Each,
            "PER" => Self::Per,
            "RANGE" => Self::Range,
            "MEAN" => Self::Mean,
            "AGE" => Self::Age,
            "TIME" => Self::Time,
            "BORN" => Self::Born,
            "DIED" => Self::Died,
            "START" => Self::Start,
            "END" => Self::End,
            _ => return None,
        })
    }
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Up,
    Down,
}

#[derive(Debug)]
enum Element {
    Slot(Role),
    List { named: bool },
    Of,
    End,
    Words { options: Vec<Vec<String>>, optional: bool },
    Class { name: String, optional: bool },
    Gap { most: usize, commas: bool },
    Not(Vec<Vec<String>>),
    Stop { far: bool },
}

/// One row of the table.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) sort: Sort,
    elements: Vec<Element>,
    #[cfg(test)]
    pub(crate) text: String,
    /// A text in which the pattern fits and its calculation holds.
    #[cfg(test)]
    pub(crate) example: String,
}

/// Which number has which role, and which way the change goes.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    pub(crate) sort: Sort,
    roles: Vec<(Role, usize)>,
    pub(crate) direction: Option<Direction>,
    /// The first item of the match, and the one behind it.
    pub(crate) items: (usize, usize),
}

impl Match {
    /// The number in a role, by its place among the line's claims.
    pub(crate) fn role(&self, role: Role) -> Option<usize> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, number)| *number)
    }

    /// The numbers in a role.
    pub(crate) fn all(&self, role: Role) -> Vec<usize> {
        let own = self.roles.iter().filter(|(known, _)| *known == role);
        own.map(|(_, number)| *number).collect()
    }
}

#[derive(Debug, Deserialize)]
struct Row {
    relation: Sort,
    pattern: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ClassRow {
    pub(crate) class: String,
    words: String,
    /// Words with one of the class between brackets.
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    pub(crate) example: String,
}

impl ClassRow {
    /// The class, and the one that takes in both ways of a change.
    fn classes(&self) -> Vec<String> {
        let moved = matches!(self.class.as_str(), "rose" | "fell").then(|| "moved".to_owned());
        std::iter::once(self.class.clone()).chain(moved).collect()
    }
}

/// The classes of a word.
static CLASSES: LazyLock<Dictionary<Vec<String>>> = LazyLock::new(|| {
    let table = rows::<ClassRow>(WORDS);
    let words =
        table.iter().flat_map(|row| parts(&row.words).map(|word| (word.to_owned(), row.classes())));
    Dictionary::merged(words, Vec::extend)
});

/// The patterns of a table, and which may start with a number or with a given word.
pub(crate) struct Book {
    pub(crate) patterns: Vec<Pattern>,
    by_word: BTreeMap<String, Vec<usize>>,
    by_number: Vec<usize>,
}

/// How numbers belong together.
pub(crate) static BOOK: LazyLock<Book> = LazyLock::new(|| book(TABLE));

/// How ages and years belong to dates.
pub(crate) static ELAPSED_BOOK: LazyLock<Book> = LazyLock::new(|| book(ELAPSED));

fn book(table: &'static str) -> Book {
    let patterns: Vec<Pattern> = rows::<Row>(table)
        .into_iter()
        .map(|row| Pattern {
            sort: row.relation,
            elements: row.pattern.split(' ').filter_map(element).collect(),
            #[cfg(test)]
            text: row.pattern,
            #[cfg(test)]
            example: row.example,
        })
        .collect();
    let mut book = Book { patterns: Vec::new(), by_word: BTreeMap::new(), by_number: Vec::new() };
    for (at, pattern) in patterns.iter().enumerate() {
        for word in pattern.openings() {
            book.by_word.entry(word).or_default().push(at);
        }
        if matches!(pattern.elements.first(), Some(Element::Slot(_) | Element::List { .. })) {
            book.by_number.push(at);
        }
    }
    book.patterns = patterns;
    book
}

fn element(text: &str) -> Option<Element> {
    let phrases = |text: &str| {
        text.split('|').map(|option| option.split('_').map(str::to_owned).collect()).collect()
    };
    match text {
        "LIST" | "LIST~" => return Some(Element::List { named: text == "LIST~" }),
        "OF" => return Some(Element::Of),
        "$" => return Some(Element::End),
        "." | ".." => return Some(Element::Stop { far: text == ".." }),
        _ => {}
    }
    if let Some(role) = Role::named(text) {
        return Some(Element::Slot(role));
    }
    if let Some(gap) = text.strip_prefix('~') {
        let commas = gap.starts_with(',');
        return Some(Element::Gap { most: gap.trim_start_matches(',').parse().ok()?, commas });
    }
    if let Some(words) = text.strip_prefix('!') {
        return Some(Element::Not(phrases(words)));
    }
    let (optional, text) = text.strip_prefix('?').map_or((false, text), |rest| (true, rest));
    Some(match text.strip_prefix('@') {
        Some(name) => Element::Class { name: name.to_owned(), optional },
        None => Element::Words { options: phrases(text), optional },
    })
}

/// Whether the word belongs to the class.
pub(crate) fn is_in(word: &str, class: &str) -> bool {
    CLASSES.get(word).is_some_and(|classes| classes.iter().any(|known| known == class))
}

/// Which way the word says that something goes.
pub(crate) fn direction(word: &str) -> Option<Direction> {
    let classes = CLASSES.get(word)?;
    let any = |names: [&str; 2]| classes.iter().any(|class| names.contains(&class.as_str()));
    if any(["rose", "rise"]) {
        Some(Direction::Up)
    } else {
        any(["fell", "fall"]).then_some(Direction::Down)
    }
}

impl Pattern {
    /// The words that the pattern may start with.
    fn openings(&self) -> Vec<String> {
        match self.elements.first() {
            Some(Element::Words { options, .. }) => {
                options.iter().filter_map(|words| words.first().cloned()).collect()
            }
            Some(Element::Class { name, .. }) => CLASSES
                .iter()
                .filter(|(_, classes)| classes.contains(name))
                .map(|(word, _)| word.to_owned())
                .collect(),
            _ => Vec::new(),
        }
    }

    fn at(&self, line: &Line<'_, '_>, start: usize) -> Option<Match> {
        let mut walk = Walk { line, sort: self.sort, roles: Vec::new(), direction: None };
        let end = walk.follow(&self.elements, start)?;
        let Walk { roles, direction, .. } = walk;
        Some(Match { sort: self.sort, roles, direction, items: (start, end) })
    }
}

impl Book {
    /// What the patterns find in a line, with the row that says so.
    pub(crate) fn matches(&self, line: &Line<'_, '_>) -> Vec<(usize, Match)> {
        let mut found = Vec::new();
        for start in 0..line.first {
            let candidates = match line.items.get(start) {
                Some(Item::Number(_) | Item::Date(_)) => Some(&self.by_number),
                Some(Item::Word(word)) => self.by_word.get(*word),
                Some(Item::Sign(sign)) => self.by_word.get(sign.to_string().as_str()),
                _ => None,
            };
            for at in candidates.into_iter().flatten() {
                let fits = self.patterns.get(*at).and_then(|pattern| pattern.at(line, start));
                found.extend(fits.map(|fits| (*at, fits)));
            }
        }
        found
    }
}

/// A pattern on its way through a line.
struct Walk<'l, 't, 'a> {
    line: &'l Line<'t, 'a>,
    sort: Sort,
    roles: Vec<(Role, usize)>,
    direction: Option<Direction>,
}

impl Walk<'_, '_, '_> {
    /// The item behind the elements, if they fit from item `at` on.
    fn follow(&mut self, elements: &[Element], at: usize) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(at) };
        let item = self.line.items.get(at).copied();
        match element {
            Element::List { named } => self.list(rest, at, *named),
            Element::Of => self.whole(rest, at),
            Element::End => match item {
                Some(Item::Word(_) | Item::Name(_) | Item::Number(_) | Item::Date(_)) => None,
                _ => self.follow(rest, at),
            },
            Element::Slot(role) => {
                let ((Some(Item::Number(place)), false) | (Some(Item::Date(place)), true)) =
                    (item, role.is_date())
                else {
                    return None;
                };
                self.bind(*role, place, rest, at + 1)
            }
            Element::Words { options, optional } => {
                for words in options {
                    let Some(end) = self.words(words, at) else { continue };
                    let found = self.turned(self.line.word(at), rest, end);
                    if found.is_some() {
                        return found;
                    }
                }
                if *optional { self.follow(rest, at) } else { None }
            }
            Element::Class { name, optional } => {
                let word = self.line.word(at);
                let found = if is_in(word, name) { self.turned(word, rest, at + 1) } else { None };
                if found.is_some() {
                    return found;
                }
                if *optional { self.follow(rest, at) } else { None }
            }
            Element::Gap { most, commas } => self.gap(rest, at, *most, *commas),
            Element::Not(options) => {
                let stands = options.iter().any(|words| self.words(words, at).is_some());
                if stands { None } else { self.follow(rest, at) }
            }
            Element::Stop { far } => match item {
                Some(Item::Stop(near)) if near || *far => self.follow(rest, at + 1),
                Some(Item::Sign('.' | '!' | '?')) => self.follow(elements, at + 1),
                _ => None,
            },
        }
    }

    /// Up to `most` words, the fewest that let the rest fit.
    fn gap(&mut self, rest: &[Element], at: usize, most: usize, commas: bool) -> Option<usize> {
        let mut end = at;
        let mut words = 0;
        loop {
            if let Some(found) = self.follow(rest, end) {
                return Some(found);
            }
            match *self.line.items.get(end)? {
                Item::Word(word) if !self.turns(word) && words < most => words += 1,
                Item::Name(_) if words < most => words += 1,
                // `for the next three years`
                Item::Number(number) if self.is_time(number) && words < most => words += 1,
                Item::Sign(',') if commas => {}
                Item::Sign('-' | '\'' | '&') => {}
                _ => return None,
            }
            end += 1;
        }
    }

    /// `of`, `out of` and up to four words that make a whole definite.
    fn whole(&mut self, rest: &[Element], at: usize) -> Option<usize> {
        let of = match (self.line.word(at), self.line.word(at + 1)) {
            ("of", _) => at + 1,
            ("out", "of") => at + 2,
            _ => return None,
        };
        for end in of..=of + 4 {
            let found = self.follow(rest, end);
            if found.is_some() {
                return found;
            }
            match self.line.items.get(end)? {
                Item::Name(_) => {}
                Item::Word(word) if !is_in(word, "stray") && !self.turns(word) => {}
                _ => return None,
            }
        }
        None
    }

    /// Two numbers or more in a row, the most that let the rest fit.
    fn list(&mut self, rest: &[Element], at: usize, named: bool) -> Option<usize> {
        let mut members = Vec::new();
        let mut next = Some(at);
        while let Some(place) = next {
            let Some(Item::Number(number)) = self.line.items.get(place).copied() else { break };
            members.push((place, number));
            next = self.joined(place + 1, named);
        }
        while members.len() > 1 {
            let known = self.roles.len();
            self.roles.extend(members.iter().map(|(_, number)| (Role::List, *number)));
            let end = members.last().and_then(|(place, _)| self.follow(rest, place + 1));
            if end.is_some() {
                return end;
            }
            self.roles.truncate(known);
            members.pop();
        }
        None
    }

    /// The number that goes on with the list behind item `at`: `14 killed and [31] wounded`.
    fn joined(&self, at: usize, named: bool) -> Option<usize> {
        let mut joint = false;
        let mut words = 0;
        for place in at..at + LIST_GAP {
            match self.line.items.get(place)? {
                Item::Number(_) => return joint.then_some(place),
                Item::Word("and" | "plus") | Item::Sign(',' | '&') => joint = true,
                Item::Word("another" | "a" | "further" | "the" | "other") if joint => {}
                Item::Word(word) if is_in(word, "turn") || direction(word).is_some() => {
                    return None;
                }
                Item::Sign('(' | ')') if named => {}
                Item::Word(_) | Item::Name(_) | Item::Sign('-' | '\'') => {
                    joint = joint && named;
                    words += 1;
                }
                _ => return None,
            }
            if words > LIST_WORDS {
                return None;
            }
        }
        None
    }

    /// Whether the word speaks of a change of its own.
    fn turns(&self, word: &str) -> bool {
        self.sort == Sort::Change && (direction(word).is_some() || is_in(word, "clause"))
    }

    fn is_time(&self, number: usize) -> bool {
        self.line.quantity(number).is_some_and(|quantity| quantity.kind == Kind::Duration)
    }

    /// Goes on behind a word that may say which way a change goes.
    fn turned(&mut self, word: &str, rest: &[Element], at: usize) -> Option<usize> {
        let before = self.direction;
        self.direction = direction(word).or(before);
        let end = self.follow(rest, at);
        if end.is_none() {
            self.direction = before;
        }
        end
    }

    fn bind(&mut self, role: Role, number: usize, rest: &[Element], at: usize) -> Option<usize> {
        self.roles.push((role, number));
        let end = self.follow(rest, at);
        if end.is_none() {
            self.roles.pop();
        }
        end
    }

    /// The item behind the words, if they stand at item `at`.
    fn words(&self, words: &[String], at: usize) -> Option<usize> {
        let fits = |(k, word): (usize, &String)| match self.line.items.get(at + k) {
            Some(Item::Word(own)) => {
                word.strip_prefix('@').map_or(own == word, |class| is_in(own, class))
            }
            Some(Item::Name(own)) => own == word,
            Some(Item::Sign(own)) => word.chars().eq([*own]),
            _ => false,
        };
        words.iter().enumerate().all(fits).then_some(at + words.len())
    }
}
