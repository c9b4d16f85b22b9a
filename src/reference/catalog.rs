//! What tables and articles are about: measures, entities, subjects, places and publishers, and
//! their names in prose.

use crate::reference::cells::Row;
use crate::reference::cue::{self, CueRow, Cues};
use crate::reference::entity::{self, Entity, EntityId, EntityMatch, NameForm};
use crate::reference::error::Error;
use crate::reference::fault::{TableFault, nearest};
use crate::reference::keyed::Keyed;
use crate::reference::lattice::{Lattice, Relation};
use crate::reference::measure::{
    Measure, MeasureColumns, MeasureId, Subject, SubjectColumns, SubjectId,
};
use crate::reference::names::Names;
use crate::reference::place::{self, Place, PlaceId, PlaceMatch};
use crate::reference::publisher::{self, Publisher, PublisherId};
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::{EntityKind, PlaceKind};
use crate::segment::Tokens;
use crate::text::{At, Span};
use std::sync::OnceLock;

/// What a name in prose stands for.
#[derive(Debug, Clone, Copy)]
enum Named {
    Entity(EntityId, NameForm),
    Place(PlaceId),
}

/// Everything that rows and claims refer to by key or by name.
#[derive(Debug)]
pub struct Catalog {
    measures: Keyed<Measure>,
    entities: Keyed<Entity>,
    subjects: Keyed<Subject>,
    places: Keyed<Place>,
    publishers: Keyed<Publisher>,
    names: OnceLock<Names<Named>>,
    lattice: OnceLock<Lattice>,
    cue_rows: Vec<CueRow>,
    cues: OnceLock<Cues>,
    speakers: OnceLock<Vec<OnceLock<Option<EntityId>>>>,
}

impl Catalog {
    pub(crate) fn new() -> Self {
        Self {
            measures: Keyed::with_room(100),
            entities: Keyed::with_room(800),
            subjects: Keyed::with_room(100),
            places: Keyed::with_room(8000),
            publishers: Keyed::with_room(150),
            names: OnceLock::new(),
            lattice: OnceLock::new(),
            cue_rows: Vec::new(),
            cues: OnceLock::new(),
            speakers: OnceLock::new(),
        }
    }

    /// The measure of that id.
    ///
    /// # Panics
    /// Here and below, only for an id that another catalog gave out.
    pub fn measure(&self, id: MeasureId) -> &Measure {
        self.measures.get(id.0)
    }

    /// The measure with that key.
    pub fn measure_named(&self, key: &str) -> Option<MeasureId> {
        self.measures.find(key).map(MeasureId)
    }

    /// All measures, in the order of the table.
    pub fn measures(&self) -> impl Iterator<Item = (MeasureId, &Measure)> {
        self.measures.iter().enumerate().map(|(i, measure)| (MeasureId(i), measure))
    }

    /// The measures that stand in a relation to one, and in which, the nearer relation first.
    pub fn relatives(&self, id: MeasureId) -> &[(Relation, MeasureId)] {
        let find = |key: &str| self.measures.find(key);
        self.lattice.get_or_init(|| Lattice::new(self.measures.all(), find)).of(id)
    }

    /// What the measure `other` is to the measure `id`.
    pub fn relation(&self, id: MeasureId, other: MeasureId) -> Option<Relation> {
        self.relatives(id).iter().find(|(_, known)| *known == other).map(|(relation, _)| *relation)
    }

    /// The rows of all tables of cues, the last table first.
    pub fn cue_rows(&self) -> &[CueRow] {
        &self.cue_rows
    }

    /// The cues by their words.
    pub(crate) fn cues(&self) -> &Cues {
        self.cues.get_or_init(|| Cues::new(&self.cue_rows))
    }

    /// The entity of that id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        self.entities.get(id.0)
    }

    /// The entity with that slug: `RUS`, `NATO`.
    pub fn entity_named(&self, slug: &str) -> Option<EntityId> {
        self.entities.find(slug).map(EntityId)
    }

    /// All entities, in the order of the table.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.entities.iter().enumerate().map(|(i, entity)| (EntityId(i), entity))
    }

    /// The entity that stands for everybody: a claim without subject meets its rows.
    pub fn everybody(&self) -> Option<EntityId> {
        self.entity_named("WORLD")
    }

    /// The subject of that id.
    pub fn subject(&self, id: SubjectId) -> &Subject {
        self.subjects.get(id.0)
    }

    /// The subject with that key.
    pub fn subject_named(&self, key: &str) -> Option<SubjectId> {
        self.subjects.find(key).map(SubjectId)
    }

    /// All subjects, in the order of the table.
    pub fn subjects(&self) -> impl Iterator<Item = (SubjectId, &Subject)> {
        self.subjects.iter().enumerate().map(|(i, subject)| (SubjectId(i), subject))
    }

    /// The place of that id.
    pub fn place(&self, id: PlaceId) -> &Place {
        self.places.get(id.0)
    }

    /// The place with that key: `UKR-Donbas`, or alpha-3 for a country.
    pub fn place_named(&self, key: &str) -> Option<PlaceId> {
        self.places.find(key).map(PlaceId)
    }

    /// All places: those of the table in its order, and the countries.
    pub fn places(&self) -> impl Iterator<Item = (PlaceId, &Place)> {
        self.places.iter().enumerate().map(|(i, place)| (PlaceId(i), place))
    }

    /// The whole world, as a place.
    pub fn world(&self) -> Option<PlaceId> {
        self.place_named("World")
    }

    /// The place that a country is; also that of countries which some row counts together (`EU`).
    pub fn country_place(&self, entity: EntityId) -> Option<PlaceId> {
        let place = self.place_named(&self.entity(entity).id)?;
        (self.place(place).kind == PlaceKind::Country).then_some(place)
    }

    /// The publisher of that id.
    pub fn publisher(&self, id: PublisherId) -> &Publisher {
        self.publishers.get(id.0)
    }

    /// The publisher of that name.
    pub fn publisher_named(&self, name: &str) -> Option<PublisherId> {
        self.publishers.find(name).map(PublisherId)
    }

    /// All publishers, in the order of the table.
    pub fn publishers(&self) -> impl Iterator<Item = (PublisherId, &Publisher)> {
        self.publishers.iter().enumerate().map(|(i, publisher)| (PublisherId(i), publisher))
    }

    /// The entity that a publisher is, if its name or title is that of one or opens with it:
    /// `OHCHR`, `US intelligence (declassified)`.
    pub fn publisher_entity(&self, id: PublisherId) -> Option<EntityId> {
        let unknown = || self.publishers.iter().map(|_| OnceLock::new()).collect();
        let known = self.speakers.get_or_init(unknown).get(id.0)?;
        *known.get_or_init(|| self.speaker(self.publisher(id)))
    }

    fn speaker(&self, publisher: &Publisher) -> Option<EntityId> {
        let mut tokens = Tokens::new();
        let mut opening = |text: &str| {
            tokens.read(text, Span::new(0, text.len()));
            let found = self.entity_at(&tokens, 0).filter(|found| found.form == NameForm::Name)?;
            Some((found.entity, found.end == tokens.len()))
        };
        let (name, title) = (opening(&publisher.name), opening(&publisher.title));
        let whole = [name, title].into_iter().flatten().find(|(_, whole)| *whole);
        whole.or(name).or(title).map(|(entity, _)| entity)
    }

    /// The entity and the place whose names are the longest that start at token `i`. A possessive
    /// `'s` stays outside; countries are entities: see [`Self::country_place`].
    pub fn named_at(&self, tokens: &Tokens, i: usize) -> (Option<EntityMatch>, Option<PlaceMatch>) {
        let names = self.names.get_or_init(|| self.all_names());
        let mut found: (Option<EntityMatch>, Option<PlaceMatch>) = (None, None);
        for (end, named) in names.at(tokens, i) {
            match *named {
                Named::Entity(entity, form) if found.0.is_none_or(|longest| end > longest.end) => {
                    found.0 = Some(EntityMatch { end, entity, form });
                }
                Named::Place(place) if found.1.is_none_or(|longest| end > longest.end) => {
                    found.1 = Some(PlaceMatch { end, place });
                }
                _ => {}
            }
        }
        found
    }

    /// The entity whose name is the longest that starts at token `i`.
    pub fn entity_at(&self, tokens: &Tokens, i: usize) -> Option<EntityMatch> {
        self.named_at(tokens, i).0
    }

    /// The place whose name is the longest that starts at token `i`.
    pub fn place_at(&self, tokens: &Tokens, i: usize) -> Option<PlaceMatch> {
        self.named_at(tokens, i).1
    }

    /// The entity that is called `name` and nothing more: by slug, or by name.
    pub(crate) fn entity_called(&self, name: &str) -> Option<EntityId> {
        self.entity_named(name).or_else(|| {
            let mut tokens = Tokens::new();
            tokens.read(name, Span::new(0, name.len()));
            let found = self.entity_at(&tokens, 0)?;
            let whole = found.form == NameForm::Name && found.end == tokens.len();
            whole.then_some(found.entity)
        })
    }

    /// The subject that is called `name`: of the table of subjects, or an entity; everybody if it is
    /// empty.
    pub(crate) fn subject_called(&self, name: &str) -> Option<Subject> {
        if let Some(found) = self.subject_named(name) {
            return Some(self.subject(found).clone());
        }
        let entity = self.entity_called(name).map(|id| self.entity(id).id.clone());
        (entity.is_some() || name.is_empty()).then(|| Subject {
            key: Text::Owned(name.to_owned()),
            title: Text::Owned(name.to_owned()),
            entity: entity.unwrap_or_default(),
            ..Subject::default()
        })
    }

    /// Whether a place is called `name` and nothing more: by key, by name, or as an entity.
    pub(crate) fn is_place(&self, name: &str) -> bool {
        self.place_known(name).is_some()
    }

    /// The place that is called `name` and nothing more; an entity that is none yet is made one.
    pub(crate) fn place_called(&mut self, name: &str) -> Option<PlaceId> {
        Some(self.place_known(name)?.unwrap_or_else(|entity| self.entity_place(entity)))
    }

    /// The place that is called `name` and nothing more: by key, by name, or as an entity; the
    /// entity where it is none yet, see [`Self::entity_place`].
    pub(crate) fn place_known(&self, name: &str) -> Option<Result<PlaceId, EntityId>> {
        let of_entity = |id: EntityId| self.country_place(id).ok_or(id);
        if let Some(place) = self.place_named(name) {
            return Some(Ok(place));
        }
        if let Some(entity) = self.entity_named(name) {
            return Some(of_entity(entity));
        }
        let mut tokens = Tokens::new();
        tokens.read(name, Span::new(0, name.len()));
        match self.place_at(&tokens, 0).filter(|found| found.end == tokens.len()) {
            Some(found) => Some(Ok(found.place)),
            None => self.entity_called(name).map(of_entity),
        }
    }

    /// The place that an entity is; one is made if there is none.
    pub(crate) fn entity_place(&mut self, id: EntityId) -> PlaceId {
        self.country_place(id).unwrap_or_else(|| {
            let entity = self.entity(id);
            let key = entity.id.clone();
            let place = Place {
                id: key.clone(),
                name: entity.names.first().cloned().unwrap_or_else(|| key.clone()),
                aliases: Vec::new(),
                country: (entity.kind == EntityKind::Country).then_some(id),
                kind: PlaceKind::Country,
            };
            PlaceId(self.places.put(key, place))
        })
    }

    fn all_names(&self) -> Names<Named> {
        let mut names = Names::with_room(self.entities.len() * 6 + self.places.len() * 5 / 4);
        for (id, entity) in self.entities().filter(|(_, entity)| !entity.table_only) {
            for (list, form) in [
                (&entity.agents, NameForm::Agent),
                (&entity.demonyms, NameForm::Adjective),
                (&entity.names, NameForm::Name),
            ] {
                for name in list {
                    names.add(name, Named::Entity(id, form), entity.ambiguous);
                }
            }
        }
        for (id, place) in self.places().filter(|(_, place)| place.kind != PlaceKind::Country) {
            // In prose `World` opens other names; that the world is meant its aliases say.
            if place.kind != PlaceKind::World {
                names.add(&place.name, Named::Place(id), false);
            }
            for alias in &place.aliases {
                names.add(alias, Named::Place(id), false);
            }
        }
        names
    }
}

/// Reading the tables that make the catalog.
impl Catalog {
    pub(crate) fn read_entities(
        &mut self,
        table: &Table<'_>,
        faults: &mut Vec<TableFault>,
    ) -> Result<(), Error> {
        let columns = entity::Columns::of(table)?;
        let before = self.entities.len();
        table.each(faults, |row| {
            if let Some(entity) = columns.entity(row) {
                put(&mut self.entities, before, row, columns.id, entity.id.clone(), entity);
            }
        });
        // Only now is every entity there that a note may name.
        let mut unknown = Vec::new();
        for i in 0..self.entities.len() {
            let entity = self.entities.get(i);
            let acts_for = entity.acts_for().map(|slug| (slug, self.entity_named(slug)));
            match acts_for {
                Some((_, Some(found))) => self.entities.get_mut(i).country = Some(found),
                Some((slug, None)) => unknown.push((entity.id.clone(), slug.to_owned())),
                None => {}
            }
        }
        if !unknown.is_empty() {
            table.each(&mut Vec::new(), |row| {
                let id = row.text(columns.id);
                if let Some(i) = unknown.iter().position(|(unknown, _)| *unknown == id) {
                    let (_, slug) = unknown.swap_remove(i);
                    faults.push(unknown_entity(row.at(columns.note), &slug));
                }
            });
        }
        (self.names, self.speakers) = (OnceLock::new(), OnceLock::new());
        Ok(())
    }

    pub(crate) fn read_places(
        &mut self,
        table: &Table<'_>,
        faults: &mut Vec<TableFault>,
    ) -> Result<(), Error> {
        let columns = place::Columns::of(table)?;
        let before = self.places.len();
        let entities = &self.entities;
        table.each(faults, |row| {
            let country = |slug: &str| entities.find(slug).map(EntityId);
            if let Some(place) = columns.place(row, country) {
                put(&mut self.places, before, row, columns.id, place.id.clone(), place);
            }
        });
        (self.names, self.speakers) = (OnceLock::new(), OnceLock::new());
        Ok(())
    }

    /// Makes every country a place.
    pub(crate) fn place_countries(&mut self) {
        for i in 0..self.entities.len() {
            if self.entities.get(i).kind == EntityKind::Country {
                self.entity_place(EntityId(i));
            }
        }
    }

    pub(crate) fn read_measures(
        &mut self,
        table: &Table<'_>,
        faults: &mut Vec<TableFault>,
    ) -> Result<(), Error> {
        let columns = MeasureColumns::of(table)?;
        let before = self.measures.len();
        table.slips(&["needs_words", "part_of", "leads_to", "unlike"], faults);
        let mut named = Vec::new();
        table.each(faults, |row| {
            if let Some(measure) = columns.measure(row) {
                let relations = columns.relations(row).into_iter();
                named.extend(relations.map(|(column, key)| (row.at(column), key)));
                put(&mut self.measures, before, row, columns.key, measure.key.clone(), measure);
            }
        });
        // Only now is every measure there that a row may name.
        for (at, key) in named {
            if self.measures.find(&key).is_none() {
                let near = nearest(&key, self.measures.iter().map(|measure| &*measure.key));
                let message = format!("no indicator is called `{key}`");
                faults.push(TableFault::new(at, message, offer(near, "indicators.csv")));
            }
        }
        self.lattice = OnceLock::new();
        Ok(())
    }

    pub(crate) fn read_cues(
        &mut self,
        table: &Table<'_>,
        faults: &mut Vec<TableFault>,
    ) -> Result<(), Error> {
        let columns = cue::Columns::of(table)?;
        table.slips(&["indicator", "measure", "unless"], faults);
        let measures = &self.measures;
        let measure = |key: &str| {
            let at = measures.find(key)?;
            Some((MeasureId(at), measures.get(at).claim_indicator))
        };
        let help = |row: &Row<'_, '_>, key: &str| {
            let keys = measures.iter().map(|measure| &*measure.key);
            offer(row.nearest(key, keys), "indicators.csv")
        };
        let mut rows = Vec::new();
        table.each(faults, |row| rows.extend(columns.cue(row, measure, help)));
        self.cue_rows.splice(0..0, rows);
        self.cues = OnceLock::new();
        Ok(())
    }

    pub(crate) fn read_subjects(
        &mut self,
        table: &Table<'_>,
        faults: &mut Vec<TableFault>,
    ) -> Result<(), Error> {
        let columns = SubjectColumns::of(table)?;
        let before = self.subjects.len();
        table.each(faults, |row| {
            let Some(subject) = columns.subject(row) else { return };
            if subject.entity.is_empty() || self.entity_named(&subject.entity).is_some() {
                put(&mut self.subjects, before, row, columns.key, subject.key.clone(), subject);
            } else {
                let slugs = self.entities.iter().map(|entity| &*entity.id);
                let help = offer(row.nearest(&subject.entity, slugs), "entities.csv");
                let message = format!("no entity is called `{}`", subject.entity);
                row.fault(columns.entity, message, help);
            }
        });
        Ok(())
    }

    pub(crate) fn read_publishers(
        &mut self,
        table: &Table<'_>,
        faults: &mut Vec<TableFault>,
    ) -> Result<(), Error> {
        let columns = publisher::Columns::of(table)?;
        let before = self.publishers.len();
        table.each(faults, |row| {
            if let Some(publisher) = columns.publisher(row, |slug| self.entity_named(slug)) {
                let name = publisher.name.clone();
                put(&mut self.publishers, before, row, columns.name, name, publisher);
            }
        });
        self.speakers = OnceLock::new();
        Ok(())
    }
}

/// What to write instead of a name that is not known.
pub(crate) fn offer(near: Option<&str>, table: &str) -> String {
    match near {
        Some(near) => format!("write `{near}`, or add a row to {table}"),
        None => format!("add a row to {table}"),
    }
}

fn unknown_entity(at: At, slug: &str) -> TableFault {
    let help = "write the slug of an entity behind `of`".to_owned();
    TableFault::new(at, format!("no entity is called `{slug}`"), help)
}

/// Takes what a row says in, in place of an earlier table's row with the same key. Two rows of one
/// table with the same key are a fault; `before` is how many there were before this table.
fn put<T>(
    all: &mut Keyed<T>,
    before: usize,
    row: &mut Row<'_, '_>,
    column: Column,
    key: Text,
    item: T,
) {
    if all.find(&key).is_some_and(|at| at >= before) {
        let help = "give one of the two another key, or take it out".to_owned();
        row.fault(column, format!("`{key}` stands in the table twice"), help);
    } else {
        all.put(key, item);
    }
}

#[cfg(test)]
mod tests {
    use crate::reference::{Catalog, NameForm, PlaceKind, Store};
    use crate::segment::Tokens;
    use crate::text::{Sources, Span};

    fn catalog() -> Catalog {
        Store::builtin(&mut Sources::new()).catalog
    }

    fn tokens(text: &str) -> Tokens {
        let mut tokens = Tokens::new();
        tokens.read(text, Span::new(0, text.len()));
        tokens
    }

    #[test]
    fn every_name_in_the_tables_finds_its_owner() {
        let catalog = catalog();
        for (id, entity) in catalog.entities().filter(|(_, entity)| !entity.table_only) {
            let names = entity.names.iter().chain(&entity.demonyms).chain(&entity.agents);
            for name in names {
                let tokens = tokens(name);
                let found = catalog.entity_at(&tokens, 0).map(|found| (found.end, found.entity));
                assert_eq!(found, Some((tokens.len(), id)), "{name}");
            }
        }
        let in_prose = |kind| !matches!(kind, PlaceKind::Country | PlaceKind::World);
        for (id, place) in catalog.places().filter(|(_, place)| in_prose(place.kind)) {
            for name in place.aliases.iter().chain([&place.name]) {
                let tokens = tokens(name);
                let found = catalog.place_at(&tokens, 0).map(|found| (found.end, found.place));
                assert_eq!(found, Some((tokens.len(), id)), "{name}");
            }
        }
    }

    /// The entities and places in `text`: `RUS` by name, `RUS~` by adjective, `RUS!` by agent,
    /// places in brackets.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let catalog = catalog();
        let tokens = tokens(text);
        let (mut found, mut i) = (Vec::new(), 0);
        while i < tokens.len() {
            let entity = catalog.entity_at(&tokens, i);
            let place = catalog.place_at(&tokens, i);
            let ends = (entity.map_or(0, |found| found.end), place.map_or(0, |found| found.end));
            i = ends.0.max(ends.1).max(i + 1);
            if let Some(entity) = entity.filter(|entity| entity.end == i) {
                let mark = match entity.form {
                    NameForm::Name => "",
                    NameForm::Adjective => "~",
                    NameForm::Agent => "!",
                };
                found.push(format!("{}{mark}", catalog.entity(entity.entity).id));
            }
            if let Some(place) = place.filter(|place| place.end == i) {
                found.push(format!("[{}]", catalog.place(place.place).id));
            }
        }
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn names_in_prose_are_met_by_their_form() {
        check("Russia told us that the US and U.S. officials know", "RUS USA US_OFFICIALS");
        check("Russian troops near Ukraine’s border", "RUS_ARMED_FORCES [UKR-border]");
        check("Who is it? The WHO, Turkey says, is right", "WHO TUR");
        check("Afghans and the Kremlin's men in eastern Ukraine", "AFG~ RUS! [UKR-Donbas]");
        check("turkey and china on the us market", "");
        check("rebels of Guinea-Bissau and Côte d’Ivoire's north", "REBELS GNB CIV");
    }

    #[test]
    fn a_longer_name_hides_the_shorter_ones_in_it() {
        check("the Republic of Congo and the Congo", "COG COD");
        check("South Sudan, Sudan, South Korea, Mexico City", "SSD SDN KOR MEX! [MEX-MexicoCity]");
        check("New Mexico and Mexico", "[USA-NewMexico] MEX");
        check("the World War and the World Bank worldwide", "WORLD_BANK [World]");
        check("Kyiv, Moscow", "UKR! [UKR-Kyiv] RUS! [RUS-Moscow]");
    }

    #[test]
    fn countries_are_places_too() {
        let catalog = catalog();
        let germany = catalog.entity_named("DEU").unwrap();
        let place = catalog.country_place(germany).unwrap();
        assert_eq!(catalog.place_named("DEU"), Some(place));
        assert_eq!(&*catalog.place(place).name, "Germany");
        assert_eq!(catalog.country_place(catalog.entity_named("NATO").unwrap()), None);
    }
}
