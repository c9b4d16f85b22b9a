//! The lexicon: words by what they are in a sentence, and by what they say of a number near them.
//!
//! A word's classes are one set of bits, found with one look-up by the key its token carries.

use crate::segment::{Dictionary, Kind, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

/// Parts of speech, and words that mean people.
const LEXICON: &str = include_str!("lexicon.csv");
/// Words that say something of a number near them.
const CONTEXT: &str = include_str!("context.csv");

/// A class of words in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordClass {
    /// `of`, `in`, `including` …
    Preposition,
    /// `and`, `which` …
    Conjunction,
    /// `the`, `their` …
    Determiner,
    /// `he`, `them` …
    Pronoun,
    /// `is`, `would` …
    Auxiliary,
    /// `still`, `alone` …
    Adverb,
    /// `said`, `fled` … : forms that end a noun phrase.
    Verb,
    /// `dead`, `wounded`, `others`: words that stand for people in a state.
    State,
    /// `killed`, `toll` …: before a number without a noun, people are meant.
    Harm,
    /// `elections`, `attacks` …: a four-digit number before them is a year.
    Event,
    /// `population`, `nation` …: what is `of` a number is of so many people.
    Crowd,
    /// Articles and their like: `the 737 line`, `its 2014 budget`.
    Definite,
    /// `in her 50s`: whose age it is.
    Owner,
    /// Between `age` and the number.
    AgeJoint,
    /// Behind the age of a name: `Maria Keller, 44, of`.
    AgeTail,
    /// People whose age may follow: `a boy of 12`, `his son, 12,`.
    Kin,
    /// Before an age that bounds a group: `people over 65`.
    AgeLimit,
    /// Groups that an age may bound.
    Group,
    /// `was 26 when`.
    Being,
    /// Behind the end of a clause.
    ClauseOpener,
    /// Names of months, written with a capital.
    Month,
    /// Words that join two numbers of one name or date: `May 5 and 6`.
    Joint,
    /// What makes an ordinal of digits: `21st`.
    OrdinalEnding,
    /// `44 BC`, written in capitals.
    Era,
    /// Before a month without a day: `in March 20 people died`.
    MonthLead,
    /// Words that go on with a number, which is then no name or date.
    Scaling,
    /// Behind four digits: `0400 hours`.
    MilitaryHours,
    /// Marks of a time of day: `5 pm`.
    Clock,
    /// Time zones, written in capitals: `0401 GMT`.
    Zone,
    /// Before `of` and a year: `the summer of 2014`.
    YearPart,
    /// Before four digits that count: `about 1500 trees`.
    YearHedge,
    /// Behind four digits that count: `1500 jobs`.
    YearCounted,
    /// Before a year: `since 2014`.
    YearLead,
    /// What several countries call their money: `Canadian dollars`.
    SharedMoney,
    /// Money only behind a scale or a nation: `2 billion won`.
    WordlikeMoney,
    /// Currency letters that need only one capital: `Rs 500`.
    MixedCode,
    /// Currency codes that are no words, so need no capitals: `20 usd`.
    PlainCode,
    /// Currency letters that are words as well, unless they are capitals or touch the number.
    WordlikeCode,
    /// `twenty-first`, `two hundredth`.
    Ordinal,
    /// Before the shares of two sides: `leads 48% to 44%`.
    Contest,
    /// Phone numbers that open with it: `888-MPHotline`.
    TollFree,
    /// Before the name of a place: `from Kent County`.
    PlaceLead,
    /// Law books that are cited by number: `18 U.S.C. Section 401`.
    LawBook,
    /// Before a record of games: `went 61-101`.
    Record,
    /// Before `doubles` the game: `men's doubles`.
    DoublesLead,
    /// Before the age of somebody who died: `dies at 53`.
    Dying,
    /// What only people do: `40 have died`.
    PeopleDone,
    /// Behind `half` or `quarter` that is part of a name: `half-year results`.
    HalfName,
    /// Ordinals that any number may stand before: `two hundredth`.
    OrdinalScale,
    /// The first half of a spoken year: `nineteen eighty-four`.
    Century,
    /// Before postal codes and numbers to text.
    CodeLead,
    /// What makes a name of a number behind a hyphen: `pre-2014`.
    Prefix,
    /// What may touch a number and leave it one: `50p`.
    NumberTail,
    /// Near a pair of numbers that counts votes: `a 5-4 ruling`.
    Vote,
    /// Names of numbers that end with a full stop: `No. 5`.
    Abbreviated,
    /// Names of numbers in words: `phase two`.
    SpelledName,
    /// Before a lower-case word that is a noun rather than a name: `each week 12 people`.
    NameLead,
    /// Words that name by numbers with a capital only: `Group 4`.
    CommonName,
    /// Words of the former that name by digits in any case: `zone 3`.
    PlaceName,
    /// The numbers that stock indices and rankings are called by.
    IndexNumber,
    /// `10 Downing Street`, with capitals.
    Street,
    /// Streets that come before their name: `10 Rue Royale`.
    StreetLead,
    /// Near a pair of numbers that is a score.
    Game,
    /// Before `past` that is a hedge: `climbed past 40`.
    PastLead,
    /// Before `over`, `about` and their like that are no hedges: `talks about 40 people`.
    NotBound,
    /// Verbs whose own `up` stands before `to`: `went up to 53`.
    Upward,
    /// Hedges that are prepositions as well, so must stand at the number.
    LooseBound,
    /// Hedges that must stand at the number.
    TightBound,
    /// What may stand between a hedge and its number: `at least another 40`.
    HedgeFiller,
    /// Before `double` that is a multiple: `nearly double`.
    MultipleLead,
    /// Behind `double` that is no multiple: `double down`.
    DoubleIdiom,
    /// What a multiple compares with: `twice as many`.
    Comparison,
    /// Plurals that stand before another plural: `weapons emplacements`.
    PluralModifier,
    /// People in a state or a group before the noun proper: `elderly patients`.
    PeopleModifier,
    /// Words that end a phrase but may stand inside it before a plural: `40 living veterans`.
    Modifier,
    /// Words in -ed and -ing that never modify: `40 including children`.
    NotModifier,
    /// Behind `of` that opens no noun phrase: `40 of them`.
    OfOther,
    /// What may stand behind `of` and before the noun: `40 of the tanks`.
    InnerDeterminer,
    /// What may stand between a number and its noun: `40 more tanks`.
    More,
    /// Verbs behind a number of people: `40 were wounded`.
    PeopleVerb,
    /// Verbs between a noun and its number: `cases topped 40`.
    Reach,
    /// Between a verb of change and its number: `rose to 40`.
    ChangeJoint,
    /// Verbs of no change before a number: `cases stood at 40`.
    Standing,
    /// Plurals that are never what changed: `in recent years rose to 40`.
    TimePlural,
    /// A hedge inside a range: `between 6 and about 7`.
    InnerHedge,
    /// Before `from 5 to 8` that is a range: `ranging from`.
    Ranging,
    /// Words of change, behind which `from 41 to 53` is no range.
    Change,
    /// Hedges that make no length of `a year`: `within a year`.
    WeakHedge,
    /// Before `over` that bounds a time rather than lasts it: `for over two years`.
    OverLead,
    /// Before `a year` that is a rate: `once a decade`.
    RateLead,
    /// Behind `one in five` that is no share: `two in five games`.
    ProportionNoun,
    /// Behind `100m` that is a length: `the 100m race`.
    Race,
    /// What vague sums are spent on: `billions in aid`.
    Fund,
    /// Sentences whose points are percentage points.
    Poll,
    /// Sentences whose points are scores.
    Scoring,
    /// Before `few` that counts: `the few weeks`.
    FewLead,
    /// Before `scores` that are results: `test scores`.
    ScoreLead,
    /// Verbs before `one` that counts: `won one game`.
    Outcome,
    /// Nouns that `one` does not count: `won one day`.
    IdleOne,
    /// What may stand between a number and its unit: `three more years`.
    UnitFiller,
    /// Unit letters that are capitals: `30C`.
    CapitalUnit,
    /// Unit letters that are no capitals: `50g`, never `5G`.
    LowerUnit,
    /// Unit letters that are words behind a space: `40 in the town`.
    JoinedUnit,
}

/// The classes that end a noun phrase: function words and verbs.
const ENDS_PHRASE: Classes = Classes::of(&[
    WordClass::Preposition,
    WordClass::Conjunction,
    WordClass::Determiner,
    WordClass::Pronoun,
    WordClass::Auxiliary,
    WordClass::Adverb,
    WordClass::Verb,
]);

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classes(u128);

impl Classes {
    #[expect(clippy::as_conversions, reason = "a class is the number of its bit")]
    pub(crate) const fn of(classes: &[WordClass]) -> Self {
        let mut bits = 0;
        let mut rest = classes;
        while let [class, more @ ..] = rest {
            bits |= 1 << (*class as u32);
            rest = more;
        }
        Self(bits)
    }

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[derive(Debug, Deserialize)]
struct Row {
    class: WordClass,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static CLASSES: LazyLock<Dictionary<Classes>> = LazyLock::new(|| {
    let table: Vec<Row> = [LEXICON, CONTEXT].into_iter().flat_map(rows).collect();
    let words = table
        .iter()
        .flat_map(|row| parts(&row.words).map(|word| (word, Classes::of(&[row.class]))));
    Dictionary::merged(words, |old, new| *old = Classes(old.0 | new.0))
});

/// Whether `word` belongs to `class`.
pub fn is_class(word: &str, class: WordClass) -> bool {
    CLASSES.get(word).is_some_and(|classes| classes.meets(Classes::of(&[class])))
}

/// Whether the word ends a noun phrase: a function word or a verb.
pub fn ends_phrase(word: &str) -> bool {
    CLASSES.get(word).is_some_and(|classes| classes.meets(ENDS_PHRASE))
}

/// Whether the token at `i` belongs to one of the classes `wanted`.
pub(crate) fn is_any(tokens: &Tokens, i: usize, wanted: Classes) -> bool {
    matches!(tokens.kind(i), Some(Kind::Word | Kind::Digits))
        && tokens.look_up(i, &CLASSES).is_some_and(|classes| classes.meets(wanted))
}

/// Whether the token at `i` belongs to `class`.
pub(crate) fn is(tokens: &Tokens, i: usize, class: WordClass) -> bool {
    is_any(tokens, i, Classes::of(&[class]))
}

/// Whether the token `back` places before `i` belongs to `class`.
pub(crate) fn is_before(tokens: &Tokens, i: usize, back: usize, class: WordClass) -> bool {
    i.checked_sub(back).is_some_and(|at| is(tokens, at, class))
}

/// Whether the token at `i` ends a noun phrase: a function word or a verb.
pub(crate) fn ends_phrase_at(tokens: &Tokens, i: usize) -> bool {
    is_any(tokens, i, ENDS_PHRASE)
}

#[cfg(test)]
mod tests {
    use super::{CONTEXT, LEXICON, Row};
    use crate::quantity::test_support::marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_class_is_read_as_its_example_says() {
        let mut wrong = Vec::new();
        for table in [LEXICON, CONTEXT] {
            let classes = rows::<Row>(table);
            assert_eq!(classes.len(), rows_written(table), "a row does not parse");
            let examples = classes.into_iter().map(|row| row.example);
            wrong.extend(examples.map(|e| (marked(&e), e)).filter(|(found, e)| found != e));
        }
        assert!(wrong.is_empty(), "found, expected: {wrong:#?}");
    }
}
