//! Places: where a figure was counted, or who receives.

use crate::reference::cells::Row;
use crate::reference::entity::EntityId;
use crate::reference::error::Error;
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::PlaceKind;

/// Names one place of the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(crate) usize);

/// A place: a row of the table of places, or a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its key: `UKR-Donbas`; alpha-3 for a country.
    pub id: Text,
    /// What it is called.
    pub name: Text,
    /// What else it is called.
    pub aliases: Vec<Text>,
    /// The country it lies in, or is.
    pub country: Option<EntityId>,
    /// What it is.
    pub kind: PlaceKind,
}

/// A place met in prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceMatch {
    /// The token behind the name.
    pub end: usize,
    /// Which place.
    pub place: PlaceId,
}

/// The columns of a table of places.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) id: Column,
    name: Column,
    aliases: Column,
    country: Column,
    kind: Column,
}

impl Columns {
    pub(crate) fn of(table: &Table<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: table.needs("id")?,
            name: table.needs("name")?,
            aliases: table.column("aliases"),
            country: table.column("country"),
            kind: table.needs("kind")?,
        })
    }

    /// The place of a row; `country` finds a country by its slug.
    pub(crate) fn place(
        &self,
        row: &mut Row<'_, '_>,
        country: impl Fn(&str) -> Option<EntityId>,
    ) -> Option<Place> {
        let (id, name) = (row.filled(self.id), row.filled(self.name));
        let kind = row.needed_word(self.kind);
        let slug = row.text(self.country);
        let found = if slug.is_empty() { None } else { country(&slug) };
        if found.is_none() && !slug.is_empty() {
            let help = "write the alpha-3 code, or add the country to entities.csv";
            row.fault(self.country, format!("no country is called `{slug}`"), help.to_owned());
        }
        let aliases = row.list(self.aliases, '|');
        let place = Place { id, name, aliases, country: found, kind: kind? };
        row.is_sound().then_some(place)
    }
}
