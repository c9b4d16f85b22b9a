//! The closed vocabularies of claims and tables.

use crate::quantity::Hedge;

/// A closed set of words that a cell may hold.
pub(crate) trait Vocabulary: Sized {
    /// Every word, as it is written in tables.
    const NAMES: &'static [&'static str];

    /// What the word stands for.
    fn named(name: &str) -> Option<Self>;
}

macro_rules! vocabulary {
    ($(#[$about:meta])* $set:ident { $($(#[$note:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $set {
            $($(#[$note])* $variant,)+
        }

        impl $set {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in claims and tables.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The one of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl Vocabulary for $set {
            const NAMES: &'static [&'static str] = &[$($name,)+];

            fn named(name: &str) -> Option<Self> {
                Self::from_name(name)
            }
        }
    };
}

vocabulary! {
    /// What a number is about.
    Indicator {
        /// Troops deployed, planned, on alert, or in all.
        Troops = "troops",
        /// People killed.
        Killed = "killed",
        /// People wounded or injured.
        Wounded = "wounded",
        /// Killed and wounded together, or `casualties`.
        Casualties = "casualties",
        /// People missing.
        Missing = "missing",
        /// Prisoners, hostages, people detained.
        Captured = "captured",
        /// People driven from their homes, within their country or unspecific.
        Displaced = "displaced",
        /// People who crossed a border.
        Refugees = "refugees",
        /// People brought away.
        Evacuated = "evacuated",
        /// Arms and money for arms.
        AidMilitary = "aid_military",
        /// Relief.
        AidHumanitarian = "aid_humanitarian",
        /// Budget support and loans.
        AidFinancial = "aid_financial",
        /// Aid, unspecific or mixed.
        AidOther = "aid_other",
        /// Arms and vehicles supplied, deployed or lost.
        Equipment = "equipment",
        /// Strikes, missiles or drones fired, incidents.
        Attacks = "attacks",
        /// Cases of a disease.
        DiseaseCases = "disease_cases",
        /// Deaths from a disease.
        DiseaseDeaths = "disease_deaths",
        /// People who live somewhere.
        Population = "population",
        /// Votes and seats.
        Votes = "votes",
        /// Energy made, moved or used.
        Energy = "energy",
        /// Imports and exports.
        Trade = "trade",
        /// What something costs.
        Price = "price",
        /// What a state or body spends or may spend.
        Budget = "budget",
        /// Measures against a state or its people.
        Sanctions = "sanctions",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// How far along a thing is, or over which stretch it is counted.
    Aspect {
        /// Troops that are there.
        Deployed = "deployed",
        /// Troops ready to go.
        Alert = "alert",
        /// Troops to come.
        Planned = "planned",
        /// Troops that left.
        Withdrawn = "withdrawn",
        /// Troops in all.
        Total = "total",
        /// Promised, proposed, announced.
        Pledged = "pledged",
        /// Decided.
        Approved = "approved",
        /// Handed over.
        Delivered = "delivered",
        /// Destroyed or taken.
        Lost = "lost",
        /// Asked for.
        Requested = "requested",
        /// Of this event or stretch alone.
        New = "new",
        /// Since a start, so far, in all.
        Cumulative = "cumulative",
    }
}

vocabulary! {
    /// What a row counts over time.
    RowKind {
        /// How many there are at a moment.
        Stock = "stock",
        /// How many there have been since a start.
        Cumulative = "cumulative",
        /// How many came within a stretch.
        Flow = "flow",
        /// How many there are to something else.
        Rate = "rate",
    }
}

vocabulary! {
    /// How firm a row is.
    RowStatus {
        /// Said by a body in its own office.
        Official = "official",
        /// Reckoned, not counted.
        Estimate = "estimate",
        /// Counted one by one; the true figure is higher.
        VerifiedMinimum = "verified_minimum",
        /// To be revised.
        Provisional = "provisional",
        /// Not to be revised.
        Final = "final",
        /// Said by a party to the conflict.
        PartyClaim = "party_claim",
        /// Said by the press.
        Media = "media",
        /// About the future.
        Forecast = "forecast",
        /// Taken back by its publisher.
        Withdrawn = "withdrawn",
    }
}

vocabulary! {
    /// A column of an observation that a claim's slot is held against.
    RowColumn {
        /// `entity`.
        Entity = "entity",
        /// `subject`, by the entity it stands for.
        Subject = "subject",
        /// `place`.
        Place = "place",
    }
}

vocabulary! {
    /// Where a cue stands against its number.
    CueRole {
        /// It is the counted noun.
        Head = "head",
        /// It is the counted noun, and something fires it.
        Fired = "fired",
        /// It stands before and governs.
        Left = "left",
        /// It follows the noun phrase.
        Right = "right",
        /// It stands near, before or behind.
        Near = "near",
    }
}

vocabulary! {
    /// What an entity is.
    EntityKind {
        /// A state or territory.
        Country = "country",
        /// States taken together.
        Alliance = "alliance",
        /// A body of its own.
        Organisation = "organisation",
        /// A body that acts for another entity.
        Agency = "agency",
        /// Fighters.
        ArmedGroup = "armed_group",
        /// A party, or a group of people.
        Party = "party",
    }
}

vocabulary! {
    /// What a place is.
    PlaceKind {
        /// A state or territory, or states counted together.
        Country = "country",
        /// A part of a country, or of the world.
        Region = "region",
        /// A state of a federation.
        State = "state",
        /// A town.
        City = "city",
        /// One spot: a camp, a plant, a bridge.
        Site = "site",
        /// A border.
        Border = "border",
        /// A sea, river or strait.
        Water = "water",
        /// A continent.
        Continent = "continent",
        /// Everywhere, or everywhere but somewhere.
        World = "world",
        /// From one place to another.
        Route = "route",
    }
}

vocabulary! {
    /// Whether a publisher has a side in a conflict.
    Party {
        /// None.
        No = "no",
        /// On the side of a party.
        Ally = "ally",
        /// It is a party.
        Party = "party",
    }
}

/// The words of the column `bound`.
impl Vocabulary for Hedge {
    const NAMES: &'static [&'static str] =
        &["exact", "about", "nearly", "at_least", "more_than", "up_to", "less_than", "range"];

    fn named(name: &str) -> Option<Self> {
        let bounds = [
            Self::Exact,
            Self::About,
            Self::Nearly,
            Self::AtLeast,
            Self::MoreThan,
            Self::UpTo,
            Self::LessThan,
            Self::Range,
        ];
        bounds.into_iter().find(|bound| bound.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Aspect, EntityKind, Indicator, PlaceKind, RowKind, RowStatus, Vocabulary};
    use crate::quantity::Hedge;

    #[track_caller]
    fn check<T: Vocabulary>(name: fn(T) -> &'static str) {
        for word in T::NAMES {
            assert_eq!(T::named(word).map(name), Some(*word));
        }
        assert!(T::named("").is_none() && T::named("Killed").is_none());
    }

    #[test]
    fn every_word_reads_back() {
        check(Indicator::name);
        check(Aspect::name);
        check(RowKind::name);
        check(RowStatus::name);
        check(EntityKind::name);
        check(PlaceKind::name);
        check(Hedge::name);
        assert_eq!(Indicator::ALL.len(), 25);
        assert_eq!(Aspect::ALL.len(), 12);
    }
}
