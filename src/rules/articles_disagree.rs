//! Articles that say different things of one fact at one time.

use crate::claim::Claim;
use crate::compare::{Series, conflicts, decreases};
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Another article gives another figure for the same fact at the same time.
        ///
        /// One of the two is wrong, or older by some hours, or counts something else (a toll with
        /// or without the gunman). Each article that says so gets a finding, with the others
        /// beside it.
        ///
        /// ```article
        /// Quake levels a market in Indonesia
        /// 20240912
        /// https://example.org/a
        /// The earthquake killed 2,901 people in Medan on Tuesday, officials said.
        ///                       ^^^^^ articles-disagree
        /// ```
        ///
        /// ```article and
        /// Hospitals fill after tremor in Indonesia
        /// 20240912
        /// https://example.net/b
        /// Rescue teams dug through the night with bare hands and borrowed spades.
        /// The earthquake killed 2,091 people in Medan on Tuesday, officials said.
        ///                       ^^^^^ articles-disagree
        /// ```
        ///
        /// ```article
        /// Quake levels a market in Indonesia
        /// 20240912
        /// https://example.org/a
        /// The earthquake killed 2,901 people in Medan on Tuesday, officials said.
        /// ```
        ///
        /// ```article and
        /// Hospitals fill after tremor in Indonesia
        /// 20240912
        /// https://example.net/b
        /// Rescue teams dug through the night with bare hands and borrowed spades.
        /// The earthquake killed about 2,900 people in Medan on Tuesday, officials said.
        /// ```
        ///
        /// How it reads the numbers: as intervals, after rounding and with every hedge; "at least
        /// 20" does not disagree with 29. Articles that copy one agency's story are one source.
        /// It speaks of figures of one day or two neighbouring ones, of one event (told by place,
        /// date and what the articles are about) or one running total, that are near enough to
        /// mean the same, if no other figure in the two articles fits.
        ///
        /// Limits: figures of different speakers are a disagreement of theirs, not of the papers.
        /// Quotations, vague words and parts are left alone, and so are sentences that count
        /// several events, or a hospital's or a county's share. Of what happens again and again in
        /// one place (strikes, fires) both must name the day. A total that is lower than the day
        /// before is `cumulative-decreased`; where an article says that a count was revised, nobody
        /// disagrees.
        ///
        /// Measured: on 6,201 real articles 11 findings, all of them figures apart for one fact
        /// (three events); half are hours apart rather than wrong, so this stays a warning. The rule
        /// was tuned on these same articles.
        "articles-disagree", "articles give different figures for one fact", Warning, since "0.1.0"
    },
    check: Check::Run(check),
};

fn check(facts: &Facts<'_>, sink: &mut Sink<'_>) {
    for series in facts.series {
        let falls = decreases(series, facts.articles, facts.claims, facts.store);
        let fell = |a: usize, b: usize| {
            falls.iter().any(|fall| (fall.claim, fall.before) == (a, b))
                || falls.iter().any(|fall| (fall.before, fall.claim) == (a, b))
        };
        for (index, mut against) in conflicts(series, facts.articles, facts.claims) {
            // A total that falls from one day to the next is told once.
            against.retain(|other| !fell(index, *other));
            let Some(claim) = facts.claim(index) else { continue };
            let told = |other: &usize| Some((*other, facts.claim(*other)?));
            let others: Vec<(usize, &Claim)> = against.iter().filter_map(told).collect();
            let Some((_, first)) = others.first() else { continue };
            let more = match others.len() {
                1 => String::new(),
                2 => " and another".to_owned(),
                many => format!(" and {} others", many - 1),
            };
            let message = format!(
                "{} here, {} in {}{more}{}",
                facts.shown(claim),
                facts.shown(first),
                facts.told_by(first),
                about(series),
            );
            let beside = others
                .iter()
                .filter_map(|(other, claim)| facts.at_claim(*other, facts.says(claim)));
            sink.report(index, Say::new(message).beside(beside));
        }
    }
}

/// What the figures are of, in brackets: ` (killed, earthquake MAR 2023-09-12)`.
fn about(series: &Series) -> String {
    let key = &series.key;
    let of = key.event.as_deref().or(key.place.as_deref()).unwrap_or_default();
    format!(" ({}, {of})", key.indicator)
}
