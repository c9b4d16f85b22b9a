//! Countries, alliances, bodies and groups: whose a figure is, or who says it.

use crate::reference::cells::Row;
use crate::reference::error::Error;
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::EntityKind;

/// Names one entity of the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub(crate) usize);

/// A country, alliance, body or group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Alpha-3 for a country, else an upper-case slug.
    pub id: Text,
    /// What it is.
    pub kind: EntityKind,
    /// What it is called; the first is shown.
    pub names: Vec<Text>,
    /// Its adjectives and what its people are called.
    pub demonyms: Vec<Text>,
    /// What stands for it when it speaks or acts: `Kremlin`, `Moscow`.
    pub agents: Vec<Text>,
    /// The capital of a country; else empty.
    pub capital: Text,
    /// The country, or another body, that it acts for.
    pub country: Option<EntityId>,
    /// Whether its names are for tables alone and not looked for in prose.
    pub table_only: bool,
    /// Whether a name of it has another meaning too.
    pub ambiguous: bool,
    /// What the table remarks.
    pub note: Text,
}

/// Which of its names an entity was met by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameForm {
    /// Its name.
    Name,
    /// An adjective, or what its people are called: `Russian`, `Afghans`.
    Adjective,
    /// What stands for it when it speaks or acts: `the Kremlin`.
    Agent,
}

/// An entity met in prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityMatch {
    /// The token behind the name.
    pub end: usize,
    /// Whose name it is.
    pub entity: EntityId,
    /// Which of its names.
    pub form: NameForm,
}

impl Entity {
    /// What it is called.
    pub fn name(&self) -> &str {
        self.names.first().map_or(&self.id, |name| name)
    }

    /// The key of a place that has the same name, as its note says: `namesake USA-Georgia`.
    pub(crate) fn namesake(&self) -> Option<&str> {
        self.note.split(';').find_map(|part| part.trim().strip_prefix("namesake "))
    }

    /// The entity that it acts for, as its note says: `of RUS`.
    pub(crate) fn acts_for(&self) -> Option<&str> {
        let slug = self.note.split(';').find_map(|part| part.trim().strip_prefix("of "))?;
        let shaped =
            |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'_' | b'+');
        Some(slug).filter(|slug| slug.bytes().all(shaped))
    }
}

/// The columns of a table of entities.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) id: Column,
    kind: Column,
    pub(crate) names: Column,
    demonyms: Column,
    agents: Column,
    capital: Column,
    pub(crate) note: Column,
}

impl Columns {
    pub(crate) fn of(table: &Table<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: table.needs("id")?,
            kind: table.needs("kind")?,
            names: table.needs("names")?,
            demonyms: table.column("demonyms"),
            agents: table.column("agents"),
            capital: table.column("capital"),
            note: table.column("note"),
        })
    }

    /// The entity of a row.
    pub(crate) fn entity(&self, row: &mut Row<'_, '_>) -> Option<Entity> {
        let (id, kind) = (row.filled(self.id), row.needed_word(self.kind));
        row.need(self.names);
        let note = row.kept(self.note);
        let entity = Entity {
            id,
            kind: kind?,
            names: row.list(self.names, '|'),
            demonyms: row.list(self.demonyms, '|'),
            agents: row.list(self.agents, '|'),
            capital: row.kept(self.capital),
            country: None,
            table_only: note.contains("table-only"),
            ambiguous: note.contains("ambiguous") || note.contains("capitals"),
            note,
        };
        row.is_sound().then_some(entity)
    }
}

#[cfg(test)]
mod tests {
    use super::Entity;
    use crate::reference::vocabulary::EntityKind;

    #[track_caller]
    fn check(note: &'static str, expected: Option<&str>) {
        let entity = Entity {
            id: "X".into(),
            kind: EntityKind::Agency,
            names: Vec::new(),
            demonyms: Vec::new(),
            agents: Vec::new(),
            capital: "".into(),
            country: None,
            table_only: false,
            ambiguous: false,
            note: note.into(),
        };
        assert_eq!(entity.acts_for(), expected, "{note}");
        assert_eq!(entity.name(), "X");
        assert_eq!(entity.namesake(), note.contains("USA-Georgia").then_some("USA-Georgia"));
    }

    #[test]
    fn the_note_says_for_whom_it_acts() {
        check("of UN; capitals only", Some("UN"));
        check("ambiguous; of AFRICAN_UNION", Some("AFRICAN_UNION"));
        check("of the region", None);
        check("until 1991", None);
        check("ambiguous: also the US state; namesake USA-Georgia", None);
    }
}
