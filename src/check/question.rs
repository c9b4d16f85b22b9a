//! What a claim would be held against: a question of a few words, read as an article is.

use crate::check::{AsOf, Review, Settings, check};
use crate::claim::Claim;
use crate::compare::{Candidate, Role, Surroundings, candidates};
use crate::ingest::{month, read};
use crate::reference::{Indicator, MeasureId, PartialDate, Store};
use crate::text::Sources;
use chrono::NaiveDate;
use std::sync::Arc;

/// The figure that is put in where a question has none; rows are found without looking at it.
const FIGURE: &str = "1,234";

/// Ways to put a figure to words, the plainest first.
const FRAMES: &[(&str, &str)] = &[
    ("1,234 ", ""),
    ("", " of 1,234"),
    ("", " is 1,234"),
    ("1,234 people ", ""),
    ("$1,234 million in ", ""),
    ("", " of $1,234 million"),
    ("", " of 1,234%"),
];

/// Words before a date that go with it.
const BEFORE_DATES: &[&str] = &["on", "by", "at", "in", "of", "as"];

/// A question, and what the tables hold for it.
#[derive(Debug)]
pub struct Answer {
    /// The question without its date.
    pub words: String,
    /// The day it is judged by.
    pub day: NaiveDate,
    /// Whether rows that were published later count as well.
    pub hindsight: bool,
    /// Whether the figure was put in.
    pub neutral: bool,
    /// The question as it was read, with its claims.
    pub review: Review,
    /// What each of its numbers would be held against.
    pub numbers: Vec<Looked>,
}

/// A number of a question, and the rows of its measure.
#[derive(Debug)]
pub struct Looked {
    /// The claim, by its index in the review.
    pub claim: usize,
    /// The series it belongs to, if the tables know any.
    pub measure: Option<MeasureId>,
    /// The rows of the series, in the order in which the claim would be held against them.
    pub candidates: Vec<Candidate>,
}

impl Answer {
    /// Asks the tables. The day is `as_of`, else the question's own, else `today`.
    pub fn new(
        question: &str,
        as_of: AsOf,
        today: NaiveDate,
        store: &Arc<Store>,
        sources: &Sources,
    ) -> Self {
        let (words, own) = dated(question);
        let (day, hindsight) = match as_of {
            AsOf::Day(day) => (day, false),
            AsOf::Now => (own.unwrap_or(today), true),
            AsOf::Published => (own.unwrap_or(today), false),
        };
        let free = as_of == AsOf::Published && own.is_none();
        let ask = |text: String, neutral: bool| {
            let ask = |day| {
                let review = reviewed(&text, day, hindsight, store, sources);
                let asked = (words.clone(), day);
                Self::of(review, asked, hindsight, neutral)
            };
            // A date in words is the article's day too, where nothing else is.
            let first = ask(day);
            match first.named_day().filter(|named| free && *named < day) {
                Some(named) => ask(named),
                None => first,
            }
        };
        let written = ask(sentence(&words), false);
        if !written.numbers.is_empty() {
            return written;
        }
        let mut best = written;
        for (before, behind) in FRAMES {
            let read = ask(sentence(&format!("{before}{words}{behind}")), true);
            if read.rank() > best.rank() {
                best = read;
            }
        }
        best
    }

    fn of(
        review: Review,
        (words, day): (String, NaiveDate),
        hindsight: bool,
        neutral: bool,
    ) -> Self {
        let is_own = |claim: &Claim| {
            let prose = review.articles.first().map_or("", |article| &article.prose);
            !neutral || claim.quantity.span.of(prose).contains(FIGURE)
        };
        let of = |(index, claim): (usize, &Claim)| looked(&review, index, claim, neutral);
        let claims = review.claims.iter().enumerate();
        let numbers = claims.filter(|(_, claim)| is_own(claim)).map(of).collect();
        Self { words, day, hindsight, neutral, review, numbers }
    }

    /// The last day that the question names in words.
    fn named_day(&self) -> Option<NaiveDate> {
        let claim = self.review.claims.get(self.numbers.first()?.claim)?;
        claim.when.as_ref()?.value.end
    }

    /// How much of it the tables know: the better of two readings has more.
    fn rank(&self) -> usize {
        let Some(first) = self.numbers.first() else { return 0 };
        let best = first.candidates.first().map(|candidate| candidate.role);
        let known = self.review.claims.get(first.claim).map(|claim| claim.indicator.value);
        match (first.measure, best) {
            (_, Some(role)) if role.is_held() => 6,
            (_, Some(role)) if role < Role::OtherPeriod => 5,
            (_, Some(role)) if role < Role::OtherUnit => 4,
            (_, Some(_)) => 3,
            (Some(_), None) => 2,
            (None, _) if known != Some(Indicator::Other) => 2,
            (None, _) => 1,
        }
    }
}

/// What a claim would be held against. Of the series that it may belong to, a figure says which;
/// one that was put in says nothing, and the first counts that has rows.
fn looked(review: &Review, index: usize, claim: &Claim, neutral: bool) -> Looked {
    let store = &review.store;
    let sentence = review.articles.first().map_or("", |a| claim.sentence.of(&a.prose));
    let hindsight = review.settings.as_of == AsOf::Now;
    let day = review.articles.first().and_then(|article| article.published);
    let around = Surroundings { sentence, day, hindsight, addresses: &[] };
    let own = claim.measure.as_ref().map(|slot| slot.value);
    let rivals = claim.rivals.iter().copied().filter(|_| neutral);
    let all = own.into_iter().chain(rivals).map(|id| Looked {
        claim: index,
        measure: Some(id),
        candidates: candidates(store, claim, around, id),
    });
    let role = |looked: &Looked| looked.candidates.first().map_or(Role::OtherSubject, |c| c.role);
    let found = all.min_by_key(role);
    found.unwrap_or(Looked { claim: index, measure: own, candidates: Vec::new() })
}

/// The question as an article of that day.
fn reviewed(
    text: &str,
    day: NaiveDate,
    hindsight: bool,
    store: &Arc<Store>,
    sources: &Sources,
) -> Review {
    let article = format!(
        "{{\"id\":\"query\",\"title\":\"What is known\",\"date\":\"{day}\",\"text\":{}}}",
        serde_json::Value::from(text)
    );
    let mut sources = sources.clone();
    let articles = read("query", article.as_bytes(), Some("jsonl"), &mut sources);
    let as_of = if hindsight { AsOf::Now } else { AsOf::Day(day) };
    let settings = Settings { as_of, across: false, ..Settings::default() };
    check(articles.unwrap_or_default(), sources, Arc::clone(store), &settings)
}

/// The words as a sentence.
fn sentence(words: &str) -> String {
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}

/// The question without the date in figures that it has, and that date: `2022-01-28`, `2022-01`
/// anywhere, a year alone at the end.
fn dated(question: &str) -> (String, Option<NaiveDate>) {
    let mut words: Vec<&str> = question.split_whitespace().collect();
    let bare = |word: &str| PartialDate::parse(word.trim_matches(['.', ',', ';', '(', ')']));
    let long = |word: &&str| word.len() >= "2022-01".len();
    let found = words.iter().rposition(|word| long(word) && bare(word).is_some()).or_else(|| {
        let last = words.len().checked_sub(1)?;
        let before = words.get(last.checked_sub(1)?)?.trim_end_matches(',').to_lowercase();
        // Of `in 2014` and `28 January 2022` the reading of articles makes more.
        let read =
            before == "since" || BEFORE_DATES.contains(&&*before) || month(&before).is_some();
        words.get(last).filter(|word| !read && bare(word).is_some()).map(|_| last)
    });
    let Some(at) = found else { return (words.join(" "), None) };
    let since = |word: &&str| ["since", "from", "until"].contains(&word.to_lowercase().as_str());
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    if before.is_some_and(since) {
        return (words.join(" "), None);
    }
    let date = bare(words.remove(at)).map(PartialDate::last_day);
    let mut at = at;
    while at > 0
        && words.get(at - 1).is_some_and(|w| BEFORE_DATES.contains(&w.to_lowercase().as_str()))
    {
        at -= 1;
        words.remove(at);
    }
    (words.join(" ").trim_end_matches([',', ';']).to_owned(), date)
}

#[cfg(test)]
mod tests {
    use super::dated;

    #[track_caller]
    fn check(question: &str, words: &str, day: Option<&str>) {
        let day = day.map(|day| day.parse().unwrap());
        assert_eq!(dated(question), (words.to_owned(), day));
    }

    #[test]
    fn the_date_of_a_question_is_taken_out_of_it() {
        check(
            "Russian troops near Ukraine 2022-01-28",
            "Russian troops near Ukraine",
            Some("2022-01-28"),
        );
        check("refugees in Poland, as of 2022-03.", "refugees in Poland", Some("2022-03-31"));
        check("On 2022-01-28 troops stood there", "troops stood there", Some("2022-01-28"));
        check("population of Germany 2021", "population of Germany", Some("2021-12-31"));
    }

    #[test]
    fn dates_that_bound_a_count_stay() {
        check("people killed in Donbas since 2014", "people killed in Donbas since 2014", None);
        check("killed since 2022-02-24", "killed since 2022-02-24", None);
        check("killed in 2014", "killed in 2014", None);
        check("2014", "2014", None);
        check("killed on 28 January 2022", "killed on 28 January 2022", None);
    }
}
