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
    /// Whether it has a side.
    pub party: Party,
    /// The parties to the conflict in which it has a side.
    pub party_to: Vec<EntityId>,
    /// Where it publishes.
    pub url: Text,
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
        let mut party_to = Vec::new();
        for slug in row.list(self.party_to, '-') {
            let found = entity(&slug);
            if found.is_none() {
                let help = "write slugs of entities.csv, as UKR-RUS".to_owned();
                row.fault(self.party_to, format!("no entity is called `{slug}`"), help);
            }
            party_to.extend(found);
        }
        let url = row.kept(self.url);
        let publisher = Publisher { name, title, rank: rank?, party: party?, party_to, url };
        row.is_sound().then_some(publisher)
    }
}
