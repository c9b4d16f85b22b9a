//! How measures stand to each other: parts and wholes, earlier and later stages, and neighbours
//! that are taken for one another.

use crate::reference::measure::{Measure, MeasureId};
use crate::reference::table::Text;
use crate::reference::vocabulary::Indicator;
use std::collections::BTreeMap;

/// How another measure stands to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It counts a part of it: the killed of the casualties.
    Part,
    /// It counts more, of which this is a part.
    Whole,
    /// It is a stage before it: pledged before delivered.
    Earlier,
    /// It is a stage after it.
    Later,
    /// It counts something else that is taken for it: border crossings for refugees.
    Unlike,
    /// Both are parts of one whole: the wounded beside the killed.
    Sibling,
    /// It counts the same otherwise: how many there are, how many there have been, how many came.
    OtherKind,
}

impl Relation {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Whole => "whole",
            Self::Earlier => "earlier stage",
            Self::Later => "later stage",
            Self::Unlike => "something else",
            Self::Sibling => "sibling",
            Self::OtherKind => "count of another kind",
        }
    }

    /// How near it is: the two ends of one arrow are equally near.
    fn rank(self) -> Self {
        match self {
            Self::Whole => Self::Part,
            Self::Later => Self::Earlier,
            same => same,
        }
    }

    fn reversed(self) -> Self {
        match self {
            Self::Part => Self::Whole,
            Self::Whole => Self::Part,
            Self::Earlier => Self::Later,
            Self::Later => Self::Earlier,
            same => same,
        }
    }
}

/// The relatives of every measure, the nearer relation first.
#[derive(Debug)]
pub(crate) struct Lattice {
    relatives: Vec<Vec<(Relation, MeasureId)>>,
}

impl Lattice {
    /// Of measures whose relations name each other by key; `find` knows the keys.
    pub(crate) fn new(measures: &[Measure], find: impl Fn(&str) -> Option<usize>) -> Self {
        let ids =
            |keys: &[Text]| -> Vec<usize> { keys.iter().filter_map(|key| find(key)).collect() };
        let wholes = closed(&measures.iter().map(|m| ids(&m.part_of)).collect::<Vec<_>>());
        let later = closed(&measures.iter().map(|m| ids(&m.leads_to)).collect::<Vec<_>>());
        let mut all: Vec<BTreeMap<usize, Relation>> = vec![BTreeMap::new(); measures.len()];
        // Of two relations the nearer counts, of two equally near ones the first.
        let mut relate = |a: usize, b: usize, relation: Relation| {
            let known = all.get(a).and_then(|known| known.get(&b));
            if a == b || known.is_some_and(|known| known.rank() <= relation.rank()) {
                return;
            }
            for (one, other, relation) in [(a, b, relation), (b, a, relation.reversed())] {
                if let Some(known) = all.get_mut(one) {
                    known.insert(other, relation);
                }
            }
        };
        for (a, measure) in measures.iter().enumerate() {
            let of = |lists: &[Vec<usize>], at: usize| lists.get(at).cloned().unwrap_or_default();
            let whole = of(&wholes, a);
            let arrows = [
                (whole.clone(), Relation::Whole),
                (of(&later, a), Relation::Later),
                (ids(&measure.unlike), Relation::Unlike),
            ];
            for (targets, relation) in arrows {
                for b in targets {
                    relate(a, b, relation);
                }
            }
            for (b, other) in measures.iter().enumerate().take(a) {
                if of(&wholes, b).iter().any(|shared| whole.contains(shared)) {
                    relate(a, b, Relation::Sibling);
                }
                if other.claim_indicator == measure.claim_indicator
                    && measure.claim_indicator != Indicator::Other
                    && other.unit == measure.unit
                    && other.kind != measure.kind
                {
                    relate(a, b, Relation::OtherKind);
                }
            }
        }
        let listed = |known: BTreeMap<usize, Relation>| {
            let mut list: Vec<_> = known.into_iter().map(|(b, r)| (r, MeasureId(b))).collect();
            list.sort_unstable();
            list
        };
        Self { relatives: all.into_iter().map(listed).collect() }
    }

    /// The relatives of a measure, the nearer relation first.
    pub(crate) fn of(&self, id: MeasureId) -> &[(Relation, MeasureId)] {
        self.relatives.get(id.0).map_or(&[], Vec::as_slice)
    }
}

/// Everything that is reached from each along the arrows, itself left out.
fn closed(arrows: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let reached = |from: usize| {
        let mut found = arrows.get(from).cloned().unwrap_or_default();
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            let more = arrows.get(next).map_or(&[][..], Vec::as_slice);
            found.extend(more.iter().filter(|b| !found.contains(b)).copied().collect::<Vec<_>>());
            at += 1;
        }
        found.retain(|b| *b != from);
        found
    };
    (0..arrows.len()).map(reached).collect()
}

#[cfg(test)]
mod tests {
    use super::Relation;
    use crate::reference::test_support::with;
    use crate::reference::{Catalog, Store};
    use crate::text::Sources;

    /// What `other` is to `key`.
    #[track_caller]
    fn check(catalog: &Catalog, key: &str, other: &str, expected: Option<Relation>) {
        let named = |key: &str| catalog.measure_named(key).unwrap();
        assert_eq!(catalog.relation(named(key), named(other)), expected, "{key}, {other}");
    }

    #[test]
    fn relations_read_both_ways_and_through() {
        let catalog = Store::builtin(&mut Sources::new()).catalog;
        let check = |key, other, expected| check(&catalog, key, other, expected);
        check("conflict_casualties", "conflict_deaths", Some(Relation::Part));
        check("conflict_deaths", "conflict_casualties", Some(Relation::Whole));
        check("civilians_killed", "conflict_casualties", Some(Relation::Whole));
        check("conflict_deaths", "conflict_injured", Some(Relation::Sibling));
        check("aid_commitments", "aid_disbursed", Some(Relation::Later));
        check("aid_disbursed", "aid_commitments", Some(Relation::Earlier));
        check("refugees_recorded", "border_crossings_out", Some(Relation::Unlike));
        check("refugees_recorded", "refugees_left", Some(Relation::OtherKind));
        check("population", "conflict_deaths", None);
        check("population", "population", None);
    }

    #[test]
    fn the_nearer_relation_comes_first() {
        let catalog = Store::builtin(&mut Sources::new()).catalog;
        for (id, measure) in catalog.measures() {
            let relatives = catalog.relatives(id);
            assert!(relatives.is_sorted(), "{}", measure.key);
            assert!(relatives.iter().all(|(_, other)| *other != id), "{}", measure.key);
            for (relation, other) in relatives {
                let back = catalog.relation(*other, id);
                assert_eq!(back, Some(relation.reversed()), "{}", measure.key);
            }
        }
    }
    #[test]
    fn a_relation_to_nothing_is_a_fault_at_its_name() {
        let text = "indicator,title,unit,kind,claim_indicator,claim_aspect,whose,where,\
                    max_age_days,plausible_min,plausible_max,monotone,words,part_of\n\
                    a,A,item,flow,other,,,,9,1,9,no,,b\nb,B,item,flow,other,,,,9,1,9,no,,a\n\
                    c,C,item,flow,other,,,,9,1,9,no,,populatoin\n";
        let (store, sources) = with(&[("d/indicators.csv", text)]).unwrap();
        let [fault] = &store.faults[..] else { panic!("{:?}", store.faults) };
        let place = sources.place(fault.at);
        assert_eq!((place.line, place.column, &*place.text), (4, 34, "populatoin"));
        assert_eq!(fault.message, "no indicator is called `populatoin`");
        assert_eq!(fault.help, "write `population`, or add a row to indicators.csv");
        check(&store.catalog, "a", "b", Some(Relation::Whole));
    }
}
