//! What tells parts from each other, and what a total can hold.

use crate::compare::arithmetic::sentence::{Indexed, Sentence, head, is_name, words};
use crate::quantity::{Kind, Noun, Quantity, WordClass, is_class};

/// Words before a number that make it one more, not one of those before.
pub(crate) const MORE: &[&str] =
    &["another", "other", "others", "more", "additional", "further", "extra", "new"];

/// Nouns that are no people but count them.
const OF_PEOPLE: &[&str] =
    &["death", "injury", "casualty", "fatality", "victim", "arrest", "case", "infection"];

/// Nouns for several people at once, which may hold more people than there are of them.
const GROUPS: &[&str] = &[
    "crew",
    "infantry",
    "militia",
    "group",
    "family",
    "couple",
    "team",
    "household",
    "generation",
    "general",
    "donor",
    "user",
    "client",
    "customer",
    "owner",
    "member",
    "representative",
];

/// By what a list of parts tells them apart. Numbers of one sort exclude each other; numbers of
/// two (`eight foreigners and six children`) may count the same people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    SexOrAge,
    Nation,
    Role,
    State,
    Placed,
    Thing,
    Amount,
    /// Nothing tells it apart.
    Alone,
}

impl Sentence<'_, '_> {
    /// What sort of part the number is.
    pub(crate) fn sort(&self, at: usize) -> Sort {
        let Some((_, claim)) = self.claims.get(at) else { return Sort::Alone };
        let quantity = &claim.quantity;
        if quantity.kind != Kind::Count {
            return Sort::Amount;
        }
        let behind = self.behind_phrase(at);
        let next = words(&behind).next().unwrap_or_default();
        // `40 were soldiers` names its noun behind the verb.
        let stated =
            |noun: &&Noun| !noun.phrase.is_empty() || is_being(next) && noun.singular != "person";
        let Some(noun) = quantity.noun.as_ref().filter(stated) else {
            return if is_class(next, WordClass::State) && !MORE.contains(&next) {
                Sort::State
            } else if is_class(next, WordClass::Preposition) || is_placed(next) {
                Sort::Placed
            } else {
                Sort::Alone
            };
        };
        let head = head(self.prose, noun);
        if is_class(head, WordClass::State) {
            Sort::State
        } else if sex_or_age(&noun.singular).is_some() {
            Sort::SexOrAge
        } else if is_name(head) {
            Sort::Nation
        } else if quantity.is_people() {
            Sort::Role
        } else {
            Sort::Thing
        }
    }

    /// Whether the number at `at` may count some of those that `parts` count already.
    pub(crate) fn overlapping(&self, parts: &[Indexed<'_>], at: usize) -> bool {
        let Some((_, claim)) = self.claims.get(at) else { return true };
        match self.sort(at) {
            Sort::Alone => true,
            Sort::State | Sort::Placed | Sort::Amount => false,
            Sort::SexOrAge | Sort::Nation | Sort::Role | Sort::Thing => parts
                .iter()
                .any(|(_, part)| may_overlap(&part.quantity, &claim.quantity, self.prose)),
        }
    }
}

pub(crate) fn is_being(word: &str) -> bool {
    matches!(word, "were" | "was" | "are" | "is")
}

/// Words behind a bare number that place it: `1,700 bound for Poland`.
pub(crate) fn is_placed(word: &str) -> bool {
    matches!(word, "bound" | "based" | "stationed" | "deployed" | "destined" | "headed" | "sent")
}

pub(crate) fn sex_or_age(noun: &str) -> Option<&'static str> {
    match noun {
        "woman" | "female" => Some("woman"),
        "man" | "male" => Some("man"),
        "child" | "minor" | "kid" | "infant" | "baby" | "toddler" | "schoolchild" => Some("child"),
        "boy" => Some("boy"),
        "girl" => Some("girl"),
        _ => None,
    }
}

/// Whether two numbers of one sort may count the same things.
pub(crate) fn may_overlap(a: &Quantity, b: &Quantity, prose: &str) -> bool {
    let (Some(a), Some(b)) = (&a.noun, &b.noun) else { return true };
    if let (Some(x), Some(y)) = (sex_or_age(&a.singular), sex_or_age(&b.singular)) {
        let young = |class| matches!(class, "child" | "boy" | "girl");
        return x == y || young(x) && young(y) && (x == "child" || y == "child");
    }
    if a.singular != b.singular {
        // A general and an officer, a leader and a fighter: ranks and roles may go together.
        let general = |noun: &str| {
            matches!(
                noun,
                "officer"
                    | "official"
                    | "leader"
                    | "commander"
                    | "general"
                    | "civilian"
                    | "person"
                    | "member"
                    | "victim"
                    | "resident"
                    | "citizen"
                    | "foreigner"
                    | "national"
                    | "student"
                    | "worker"
                    | "employee"
                    | "adult"
                    | "teenager"
                    | "parent"
                    | "tourist"
            )
        };
        return general(&a.singular) || general(&b.singular);
    }
    // `12 Russian soldiers and 8 Chechen soldiers`
    let (x, y) = (a.phrase.of(prose), b.phrase.of(prose));
    x == y || !is_name(x) || !is_name(y)
}

/// Whether `part` can be counted among `total`.
pub(crate) fn can_hold(prose: &str, total: &Quantity, part: &Quantity) -> bool {
    if total.kind != part.kind {
        return false;
    }
    match total.kind {
        Kind::Count => counts_hold(prose, total, part),
        Kind::Money | Kind::Area | Kind::Volume | Kind::Mass => {
            total.unit.is_some() && total.unit == part.unit
        }
        _ => false,
    }
}

pub(crate) fn counts_hold(prose: &str, total: &Quantity, part: &Quantity) -> bool {
    // A capital makes `Canadians` people among people.
    let people = |q: &Quantity| {
        q.is_people()
            || q.noun.as_ref().is_some_and(|noun| {
                OF_PEOPLE.contains(&noun.singular.as_str()) || is_name(head(prose, noun))
            })
    };
    let Some(whole) = &total.noun else { return false };
    if GROUPS.contains(&whole.singular.as_str()) {
        return false;
    }
    match &part.noun {
        None => true,
        Some(noun) if noun.singular == whole.singular => true,
        // A noun that is only guessed may be any.
        Some(noun) if noun.phrase.is_empty() && noun.singular == "person" => true,
        Some(_) => people(total) && people(part),
    }
}
