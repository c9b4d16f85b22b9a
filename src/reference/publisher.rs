//! Publishers: who says so, how near to the counting, and on whose side.

use crate::reference::cells::Row;
use crate::reference::entity::EntityId;
use crate::reference::error::Error;
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::Party;

/// Names one publisher of the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublisherId(pub(crate) usize);

/// A body whose figures stand in tables: a row of the table of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// Its key, as rows name it.
    pub name: Text,
    /// What it is called in full.
    pub title: Text,
    /// How near it is to the counting: 1 is nearest.
    pub rank: u8,
    /// On whose side it is in the conflicts of `party_to`.
    pub party: Party,
    /// The conflicts in which it has a side, each as its belligerents. A publisher that has a side
    /// and names no conflict has it everywhere.
    pub party_to: Vec<Vec<EntityId>>,
    /// Where it publishes.
    pub url: Text,
}

impl Publisher {
    /// The side it has in a figure that concerns these entities: the publisher's own, if one of
    /// them is a belligerent in a conflict in which the publisher has a side.
    pub fn side(&self, concerned: impl IntoIterator<Item = EntityId>) -> Party {
        let everywhere = self.party_to.is_empty();
        let mut concerned = concerned.into_iter();
        let in_conflict = |id| self.party_to.iter().any(|conflict| conflict.contains(&id));
        if everywhere || concerned.any(in_conflict) { self.party } else { Party::No }
    }
}

/// The columns of a table of sources.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) name: Column,
    title: Column,
    rank: Column,
    party: Column,
    party_to: Column,
    url: Column,
}

impl Columns {
    pub(crate) fn of(table: &Table<'_>) -> Result<Self, Error> {
        Ok(Self {
            name: table.needs("publisher")?,
            title: table.needs("title")?,
            rank: table.needs("rank")?,
            party: table.needs("party")?,
            party_to: table.column("party_to"),
            url: table.column("url"),
        })
    }

    /// The publisher of a row; `entity` finds an entity by its slug.
    pub(crate) fn publisher(
        &self,
        row: &mut Row<'_, '_>,
        entity: impl Fn(&str) -> Option<EntityId>,
    ) -> Option<Publisher> {
        let (name, title) = (row.filled(self.name), row.kept(self.title));
        let party = row.needed_word(self.party);
        let ranks = "1 for who counts, 2 for who reckons, 3 for who repeats";
        let rank = row.whole(self.rank, ranks);
        if rank.is_some_and(|rank: u8| !(1..=3).contains(&rank)) {
            let message = format!("`{}` is no rank", row.text(self.rank));
            row.fault(self.rank, message, format!("write {ranks}"));
        }
        let mut party_to = Vec::new();
        for conflict in row.list(self.party_to, '|') {
            let mut belligerents = Vec::new();
            for slug in conflict.split('-') {
                let found = entity(slug.trim());
                if found.is_none() {
                    let help = "write slugs of entities.csv, as UKR-RUS or UKR-RUS|ISR-PSE";
                    let message = format!("no entity is called `{slug}`");
                    row.fault(self.party_to, message, help.to_owned());
                }
                belligerents.extend(found);
            }
            party_to.push(belligerents);
        }
        if party == Some(Party::No) && !party_to.is_empty() {
            let help = "write `party` or `ally` in the column `party`, or leave the conflict out";
            row.fault(self.party_to, "it has no side".to_owned(), help.to_owned());
        }
        let url = row.kept(self.url);
        let publisher = Publisher { name, title, rank: rank?, party: party?, party_to, url };
        row.is_sound().then_some(publisher)
    }
}
