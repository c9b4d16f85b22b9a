//! The words that fill slots: verbs of saying, words of plan, doubt and denial, the prepositions of
//! places, the units of time, and what stands around a cue.

use crate::segment::{Dictionary, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("lexicon.csv");

/// A class of words that a slot is read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Word {
    /// Verbs of saying.
    Says,
    /// Those that are nouns as well: `estimates of`.
    SaysNoun,
    /// Verbs of saying that say whom: `told reporters`.
    Tells,
    /// Verbs that name a source: `Interfax quoted witnesses as saying`.
    Quotes,
    /// Who may stand behind `as` when the words are his own: `as saying`.
    AsSaying,
    /// Who speaks in a headline's `Police: 40 killed`.
    Voice,
    /// Who speaks without a name, so that the paragraph has to tell.
    Speaker,
    /// `will`.
    Will,
    /// Verbs of plan that need no `to`.
    Plans,
    /// Words of plan before `to`: `expected to`.
    ToCome,
    /// The same, whose `to` is what makes them a plan: `set to`.
    Set,
    /// Words of doubt.
    Might,
    /// Verbs of doubt behind their number: `40 people could die`.
    MightBehind,
    /// Verbs of denial.
    Denies,
    /// Between a denial and a number that it does not reach.
    PastDenial,
    /// Verbs of what has happened, between a word of plan and the number.
    Done,
    /// Verbs by which `would` is a plan that is told.
    Promised,
    /// What ends the look behind a number for `will` and `could`.
    Closes,
    /// Whose figure is known whatever comes of it: `its 40 shops`.
    Known,
    /// `the next six months`.
    Coming,
    /// Behind a place's name it is part of another name: `Washington Post`.
    NameTail,
    /// Places and countries that people and things are called by too: `Jordan Smith`.
    NameToo,
    /// Nouns that make the dead and wounded civilians.
    Civilian,
    /// Nouns behind a people's name that say it lost the number's people.
    Losses,
    /// Whose budget is a country's.
    Public,
    /// Verbs by which somebody moves, fields or loses troops and arms.
    Acts,
    /// Verbs of going away.
    Leaves,
    /// What a name after a nation's adjective may be, for the nation to give.
    Office,
    /// Prepositions and verbs whose name receives and does not give.
    Receives,
    /// Prepositions whose name is the scene, not who acts.
    Scene,
    /// Prepositions and verbs that govern a place.
    Into,
    /// What may stand between these and the name.
    Within,
    /// Nouns that make a place of an adjective: `Ukrainian border`.
    Site,
    /// Nouns behind a possessive that leave the country a place: `Ukraine's capital`.
    OwnSite,
    /// Words before whom aid is for.
    For,
    /// `Ukraine aid`.
    Aid,
    /// Stretches of time.
    Unit,
    /// Before `the past year`.
    Over,
    /// `past`, `last`.
    Past,
    /// Prepositions of a date.
    Dated,
    /// Prepositions of a date up to which is counted: `by June`.
    UpTo,
    /// What may stand between these and the date.
    Part,
    /// `today`, `overnight`.
    Today,
    /// What else words of time may start with, beside names of days.
    Time,
    /// What may stand behind a weekday: `Friday night`.
    Daytime,
    /// Words behind which another clause begins.
    Clause,
    /// Words that a verb phrase may hold.
    Light,
    /// What is looked at beside another: `than`, `compared`.
    Versus,
    /// Verbs that go on behind a parenthesis: `40 people, most of them women, were killed`.
    Finite,
    /// Opens where or of what the counted are: `40 people in Kabul were killed`.
    PlaceLead,
    /// What stands before it governs no number behind it.
    Barrier,
    /// Words of illness: with them deaths and cases are of a disease.
    Illness,
    /// Beside them weapons are attacks.
    Fires,
    /// Beside them lives are lost.
    TakesLives,
    /// Beside them bodies are dead people.
    FindsBodies,
    /// Verbs of giving: what is given to a country is aid.
    Gives,
    /// What is reckoned up: `the number of people killed has risen to 40`.
    Tally,
    /// Between what is reckoned up and its number: `reached`, `to`.
    Reaches,
    /// Causes of death that are no illness.
    OtherCause,
    /// What no illness does, unless the sentence names one.
    Kills,
    /// In a text of an illness, the people are ill and not wounded.
    InHospital,
    /// Verbs whose subject loses the soldiers that are counted.
    Suffers,
    /// Bodies of troops, which stand for whoever owns them.
    Force,
    /// Verbs by which money is given or promised: to a country it is aid.
    Commits,
    /// Ways of lending: money in one for a country is financial aid.
    Facility,
}

#[derive(Debug, Deserialize)]
struct Row {
    class: Word,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    slot: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    value: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static CLASSES: LazyLock<Dictionary<u128>> = LazyLock::new(|| {
    let table: Vec<Row> = rows(TABLE);
    let words = table.iter().flat_map(|row| parts(&row.words).map(|word| (word, bit(row.class))));
    Dictionary::merged(words, |old, new| *old |= new)
});

#[expect(clippy::as_conversions, reason = "a class is the number of its bit")]
const fn bit(class: Word) -> u128 {
    1 << (class as u32)
}

/// Whether the token at `i` is a word of `class`.
pub(crate) fn is(tokens: &Tokens, i: usize, class: Word) -> bool {
    tokens.look_up(i, &CLASSES).is_some_and(|classes| classes & bit(class) != 0)
}

/// Whether the token at `i` is a word of one of `classes`.
pub(crate) fn is_any(tokens: &Tokens, i: usize, classes: &[Word]) -> bool {
    let wanted = classes.iter().fold(0, |bits, class| bits | bit(*class));
    tokens.look_up(i, &CLASSES).is_some_and(|classes| classes & wanted != 0)
}

/// Whether `word`, in lower case, is one of `class`.
pub(crate) fn lists(word: &str, class: Word) -> bool {
    CLASSES.get(word).is_some_and(|classes| classes & bit(class) != 0)
}

/// Whether the token `back` places before `i` is a word of `class`.
pub(crate) fn is_before(tokens: &Tokens, i: usize, back: usize, class: Word) -> bool {
    i.checked_sub(back).is_some_and(|at| is(tokens, at, class))
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::claim::Claim;
    use crate::claim::test_support::read_marked;
    use crate::text::{parts, rows, rows_written};

    /// What the claim says in a slot, as the table writes it.
    fn said(claim: &Claim, prose: &str, slot: &str) -> Option<String> {
        match slot {
            "subject" => claim.subject.as_ref().map(|s| s.value.slug().to_owned()),
            "place" => claim.place.as_ref().map(|s| s.value.shown.clone()),
            "when" => claim.when.as_ref()?.value.text.map(|text| text.of(prose).to_owned()),
            "modality" => Some(claim.modality.value.name().to_owned()),
            "indicator" => Some(claim.indicator.value.name().to_owned()),
            _ => claim.attributed_to.as_ref().map(|s| s.value.0.clone()),
        }
    }

    #[test]
    fn every_word_reads_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        let mut wrong = Vec::new();
        for row in &table {
            for word in parts(&row.words) {
                let name = word[..1].to_uppercase() + &word[1..];
                let (example, value) = (
                    row.example.replace('*', word).replace('^', &name),
                    row.value.replace('*', word),
                );
                let read = read_marked(&example, row.slot == "heading");
                let found = read.and_then(|(claim, prose)| said(&claim, &prose, &row.slot));
                let found = found.unwrap_or_else(|| "null".to_owned());
                if found != value {
                    wrong.push(format!("{:?}: {example}: want {value}, got {found}", row.class));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
