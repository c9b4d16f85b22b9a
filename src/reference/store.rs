//! The reference tables of a run: what is known, in which series, and what is wrong with them.

use crate::reference::audit;
use crate::reference::catalog::Catalog;
use crate::reference::date::PartialDate;
use crate::reference::error::Error;
use crate::reference::fault::TableFault;
use crate::reference::folder::{package_in, stored, tables_in};
use crate::reference::foreign::Remarks;
use crate::reference::measure::MeasureId;
use crate::reference::observation::{Observation, ObservationId};
use crate::reference::package::{Layout, PACKAGE, resources};
use crate::reference::rates::{Rate, Rates};
use crate::reference::reader::{About, Care, Input, Reader, builtin_tables, read_rates};
use crate::reference::shelf::{Held, kept};
use crate::reference::slots::{Owner, Slots};
use crate::reference::vocabulary::{Party, RowStatus};
use crate::text::{At, Source, SourceId, Sources};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The reference tables of a run.
#[derive(Debug)]
pub struct Store {
    /// What the rows and the articles refer to.
    pub catalog: Catalog,
    /// Cells and rows that were left out, in the order of the tables.
    pub faults: Vec<TableFault>,
    pub(crate) observations: Slots,
    pub(crate) tables: Vec<SourceId>,
    pub(crate) given: Vec<SourceId>,
    pub(crate) rates: OnceLock<Rates>,
    /// The program's tables of rates, to be read when the first rate is asked for.
    pub(crate) own_rates: Vec<Input<'static>>,
}

impl Store {
    /// The tables that are part of the program. Their texts are put to the sources.
    pub fn builtin(sources: &mut Sources) -> Self {
        let own = builtin_tables(sources);
        // The tests hold that every built-in table can be read.
        let read = Self::read(&own, &[], sources, Care::Usual).map(|(store, _)| store);
        read.unwrap_or_else(|_| Reader::new(Care::Usual).store(OnceLock::new(), own))
    }

    /// The tables in `dirs`, and before them those of the program if `builtin` says so. A folder
    /// may add rows to the catalog in `indicators.csv`, `cues.csv`, `entities.csv`, `places.csv`,
    /// `subjects.csv` and `sources.csv`; each of its other `.csv` files holds observations. A row
    /// with the key of an earlier table's row takes its place.
    ///
    /// # Errors
    /// When a folder or a table cannot be read at all. A bad cell is no error but a fault.
    pub fn open(dirs: &[&Path], builtin: bool, sources: &mut Sources) -> Result<Self, Error> {
        let own = if builtin { builtin_tables(sources) } else { Vec::new() };
        let (added, slips) = added(dirs, sources)?;
        let (store, remarks) = Self::read(&own, &added, sources, Care::Usual)?;
        match slips.iter().chain(&remarks.slips).next() {
            Some(slip) => Err(Error::package(slip, sources)),
            None => Ok(store),
        }
    }

    /// The same, and everything that a person may have got wrong in the tables of `dirs`: to the
    /// store's faults come what can be read but is hardly meant, and tables without a column that
    /// they need.
    ///
    /// # Errors
    /// When a folder or a file cannot be read.
    pub fn examine(dirs: &[&Path], builtin: bool, sources: &mut Sources) -> Result<Self, Error> {
        let own = if builtin { builtin_tables(sources) } else { Vec::new() };
        let (added, mut faults) = added(dirs, sources)?;
        let (mut store, mut remarks) = Self::read(&own, &added, sources, Care::Thorough)?;
        faults.append(&mut store.faults);
        faults.append(&mut remarks.slips);
        faults.append(&mut remarks.doubts);
        for input in added.iter().map(|table| given(table, sources)) {
            if let Ok(table) = input.table() {
                match input.about() {
                    About::Observations if input.layout.is_none() => {
                        audit::rows(&store, &table, &mut faults);
                    }
                    About::Entities => audit::names(&store.catalog, &table, &mut faults),
                    _ => {}
                }
            }
        }
        let is_foreign = |table: &&Added| table.layout.is_some();
        let foreign: Vec<_> = added.iter().filter(is_foreign).map(|table| table.source).collect();
        let given = audit::Given { tables: &store.given, foreign: &foreign };
        audit::series(&store, given, sources, &mut faults);
        faults.sort_by_key(|fault| fault.at);
        store.faults = faults;
        Ok(store)
    }

    /// A table of any form, to be looked at.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn table(path: &Path) -> Result<Source, Error> {
        stored(path)
    }

    /// What texts would be as files of a folder, beside the catalog that the folder brings and that
    /// of the program: by name, among them a `datapackage.json` that describes the others.
    ///
    /// # Errors
    /// When the folder's catalog cannot be read.
    pub fn trial(
        dir: Option<&Path>,
        files: &[(&str, &str)],
        sources: &mut Sources,
    ) -> Result<Self, Error> {
        let mut own = builtin_tables(sources);
        own.retain(|input| input.about() != About::Observations);
        let mut added = Vec::new();
        let paths = dir.map_or(Ok(Vec::new()), |dir| tables_in(dir, Vec::new()));
        // A folder that is not there, or has nothing in it, brings nothing.
        for (path, _) in paths.unwrap_or_default() {
            if About::of(&path.to_string_lossy()) != About::Observations {
                added.push(Added { source: sources.add(stored(&path)?), layout: None });
            }
        }
        let (mut described, mut faults) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let source = sources.add(Source::new(*name, *text));
            if *name == PACKAGE {
                (described, faults) = resources(text, source);
                continue;
            }
            let resource = described.iter().find(|resource| resource.path == *name);
            let layout = resource.map(|resource| Arc::new(resource.layout.clone()));
            added.push(Added { source, layout });
        }
        let (mut store, mut remarks) = Self::read(&own, &added, sources, Care::Thorough)?;
        faults.append(&mut store.faults);
        faults.append(&mut remarks.slips);
        faults.append(&mut remarks.doubts);
        store.faults = faults;
        Ok(store)
    }

    /// Reads the program's tables in `own`, and then those that were `added` to the sources.
    fn read(
        own: &[Input<'static>],
        added: &[Added],
        sources: &Sources,
        care: Care,
    ) -> Result<(Self, Remarks), Error> {
        let given: Vec<Input<'_>> = added.iter().map(|table| given(table, sources)).collect();
        let mut reader = Reader::new(care);
        for about in About::ORDER {
            reader.read(about, own)?;
            reader.read(about, &given)?;
        }
        let own_rates = about_rates(own);
        let given_rates = about_rates(&given);
        let rates = if given_rates.is_empty() {
            OnceLock::new()
        } else {
            let (mut rates, catalog) = (Rates::default(), &reader.catalog);
            read_rates(&mut rates, &own_rates, catalog, &mut reader.faults)?;
            read_rates(&mut rates, &given_rates, catalog, &mut reader.faults)?;
            OnceLock::from(rates)
        };
        let remarks = std::mem::take(&mut reader.remarks);
        reader.faults.extend_from_slice(&remarks.faults);
        let mut store = reader.store(rates, own_rates);
        store.given = added.iter().map(|table| table.source).collect();
        Ok((store, remarks))
    }

    /// The program's catalog without its observations, and the tables that were `added`.
    #[cfg(test)]
    pub(crate) fn planted(added: &[SourceId], sources: &mut Sources) -> Result<Self, Error> {
        let added: Vec<Added> =
            added.iter().map(|id| Added { source: *id, layout: None }).collect();
        let mut own = builtin_tables(sources);
        own.retain(|input| input.about() != About::Observations);
        Self::read(&own, &added, sources, Care::Usual).map(|(store, _)| store)
    }

    /// The observation of that id.
    ///
    /// # Panics
    /// Only for an id that another store gave out.
    pub fn observation(&self, id: ObservationId) -> &Observation {
        self.observations.get(id.0, &self.catalog)
    }

    /// The observation with that key, of those that have one of their own.
    pub fn observation_named(&self, key: &str) -> Option<ObservationId> {
        self.observations.find(key).map(ObservationId)
    }

    /// The observation whose cell stands there.
    pub fn row_at(&self, at: At) -> Option<ObservationId> {
        self.observations.at(at, &self.catalog).map(ObservationId)
    }

    /// All observations, in the order of the tables.
    pub fn observations(&self) -> impl Iterator<Item = &Observation> {
        self.ids().map(|id| self.observation(id))
    }

    /// The ids of all observations, in the order of the tables.
    pub fn ids(&self) -> impl Iterator<Item = ObservationId> + use<> {
        (0..self.observations.len()).map(ObservationId)
    }

    /// The rows of a measure, by the last day that their `as_of` may mean, then by publication.
    pub fn rows(&self, measure: MeasureId) -> &[ObservationId] {
        self.observations.by_day(measure)
    }

    /// The series of a measure: rows of one subject, entity, place, unit, kind, status and
    /// publisher, and counted from one year; each by its days.
    pub fn series(&self, measure: MeasureId) -> impl Iterator<Item = &[ObservationId]> {
        self.observations.series(measure)
    }

    /// The series of a measure that have to do with one of these.
    pub fn series_of(
        &self,
        measure: MeasureId,
        owners: &[Owner],
    ) -> impl Iterator<Item = &[ObservationId]> {
        self.observations.series_of(measure, owners)
    }

    /// The last day that a row's `as_of` may mean, and the day it is known from; the row itself is
    /// not read for it.
    pub fn days(&self, id: ObservationId) -> (NaiveDate, NaiveDate) {
        self.observations.days(id)
    }

    /// The side of whoever says so in what the row is about: its publisher's, where the row's
    /// entity, subject or place is a belligerent, or acts for one, in a conflict in which the
    /// publisher has a side. What the table itself calls a party's claim is one.
    pub fn side(&self, row: &Observation) -> Party {
        if row.status == RowStatus::PartyClaim {
            return Party::Party;
        }
        let country = row.place.and_then(|place| self.catalog.place(place).country);
        let named = [row.entity, row.subject_entity, country].into_iter().flatten();
        let concerned = named.flat_map(|id| [Some(id), self.catalog.entity(id).country]).flatten();
        self.catalog.publisher(row.publisher_id).side(concerned)
    }

    /// How much of the currency `to` one of `from` bought (ISO 4217 codes), on average of the month
    /// that `when` is or lies in, or of all months of a year; with the cells that say so. `None`
    /// where a month or a currency is not in the tables.
    pub fn rate(&self, from: &str, to: &str, when: PartialDate) -> Option<Rate> {
        let rates = self.rates.get_or_init(|| {
            let mut rates = Rates::default();
            // The tests hold that the program's rates have no fault.
            let _ = read_rates(&mut rates, &self.own_rates, &self.catalog, &mut Vec::new());
            rates
        });
        rates.rate(from, to, when)
    }

    /// The sources of all tables: those of the program, then those of the folders in their order.
    pub fn tables(&self) -> &[SourceId] {
        &self.tables
    }

    /// Those of the tables that were given, not the program's.
    pub fn given(&self) -> &[SourceId] {
        &self.given
    }
}

/// A table of a folder, among the sources.
#[derive(Debug)]
struct Added {
    source: SourceId,
    layout: Option<Arc<Layout>>,
}

/// Puts the tables of folders to the sources, foreign ones with the way to read them; and what is
/// wrong with the packages that say it. A folder that is named twice is read once.
fn added(dirs: &[&Path], sources: &mut Sources) -> Result<(Vec<Added>, Vec<TableFault>), Error> {
    let (mut added, mut slips) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for dir in dirs.iter().filter(|dir| seen.insert(**dir)) {
        let mut described = Vec::new();
        if let Some(package) = package_in(dir)? {
            let text = package.text().to_owned();
            let (found, wrong) = resources(&text, sources.add(package));
            described.extend(found);
            slips.extend(wrong);
        }
        for (path, layout) in tables_in(dir, described)? {
            if let Some(layout) = layout.as_ref().filter(|_| !path.is_file()) {
                let message = format!("there is no file {}", path.display());
                let help = "write the path from the folder of the package on";
                slips.push(TableFault::new(layout.at, message, help));
                continue;
            }
            let source = sources.add(stored(&path)?);
            added.push(Added { source, layout: layout.map(Arc::new) });
        }
    }
    Ok((added, slips))
}

/// A table that was added to the sources.
fn given<'s>(table: &Added, sources: &'s Sources) -> Input<'s> {
    let source = sources.get(table.source);
    Input {
        name: source.name().to_owned().into(),
        source: table.source,
        text: source.text(),
        keep: kept,
        layout: table.layout.clone(),
        held: Held::Given(sources.shared(table.source)),
    }
}

/// Those of the tables that hold exchange rates.
fn about_rates<'a>(inputs: &[Input<'a>]) -> Vec<Input<'a>> {
    let is_about = |input: &&Input<'_>| input.about() == About::Rates;
    inputs.iter().filter(is_about).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::Store;
    use crate::reference::builtin::BUILTIN;
    use crate::reference::test_support::{table_of, with};
    use crate::reference::vocabulary::{Party, RowColumn};
    use crate::reference::{EntityId, Error, PlaceKind};
    use crate::text::{Sources, rows_written};
    use std::path::PathBuf;

    #[test]
    fn the_built_in_tables_have_no_fault() {
        let mut sources = Sources::new();
        let store = Store::builtin(&mut sources);
        let shown: Vec<_> =
            store.faults.iter().map(|fault| (sources.place(fault.at), &fault.message)).collect();
        assert!(shown.is_empty(), "{shown:#?}");
        let catalog =
            ["cues", "entities", "exchange-rates", "indicators", "places", "sources", "subjects"];
        let is_catalog = |name: &str| catalog.iter().any(|c| name.ends_with(&format!("/{c}.csv")));
        let rows = BUILTIN.iter().filter(|(name, _)| !is_catalog(name));
        assert_eq!(store.ids().count(), rows.map(|(_, text)| rows_written(text)).sum::<usize>());
        assert_eq!(store.tables().len(), BUILTIN.len());
    }

    #[test]
    fn every_built_in_row_resolves_and_stands_where_it_says() {
        let mut sources = Sources::new();
        let store = Store::builtin(&mut sources);
        for row in store.observations() {
            let place = sources.place(row.at);
            assert_eq!((&*row.table, row.line), (&*place.path, place.line), "{}", row.id);
            let ends = if row.lower() == row.upper() {
                row.lower().to_string()
            } else {
                format!("{},{}", row.lower(), row.upper())
            };
            assert_eq!(place.text, ends, "{}", row.id);
            assert!(row.entity.is_some(), "{}", row.id);
            let measure = store.catalog.measure(row.measure);
            let placed = row.place.is_some() || measure.place != Some(RowColumn::Place);
            assert!(placed, "{}", row.id);
            assert_eq!(store.catalog.publisher(row.publisher_id).name, row.publisher);
            assert!(row.known_from() >= row.as_of.first_day(), "{}", row.id);
        }
    }

    #[test]
    fn rows_of_a_measure_are_in_the_order_of_their_days() {
        let store = Store::builtin(&mut Sources::new());
        let mut count = 0;
        for (id, _) in store.catalog.measures() {
            let rows = store.rows(id).iter().map(|id| store.observation(*id));
            let days: Vec<_> =
                rows.clone().map(|row| (row.as_of_last_day(), row.known_from())).collect();
            assert!(days.is_sorted());
            assert!(rows.clone().all(|row| row.measure == id));
            count += days.len();
        }
        assert_eq!(count, store.ids().count());
    }

    #[test]
    fn the_catalog_knows_who_is_who() {
        let store = Store::builtin(&mut Sources::new());
        let catalog = &store.catalog;
        let named = |slug: &str| catalog.entity_named(slug).unwrap();
        assert_eq!(catalog.entity(named("RUS_DEFENCE_MINISTRY")).country, Some(named("RUS")));
        assert_eq!(catalog.entity(named("RUS")).country, None);
        assert!(catalog.entity(catalog.everybody().unwrap()).table_only);
        let publisher = |name: &str| catalog.publisher_named(name).unwrap();
        let ministry = catalog.publisher(publisher("Ministry of Defence of Russia"));
        assert_eq!(ministry.party, Party::Party);
        assert_eq!(ministry.party_to, [[named("UKR"), named("RUS")]]);
        let entity = |name: &str| -> Option<EntityId> { catalog.publisher_entity(publisher(name)) };
        assert_eq!(entity("OHCHR"), Some(named("OHCHR")));
        assert_eq!(entity("Ministry of Defence of Russia"), Some(named("RUS_DEFENCE_MINISTRY")));
        assert_eq!(entity("US intelligence (declassified)"), Some(named("US_INTELLIGENCE")));
        assert_eq!(entity("press"), None);
        let place = catalog.place(catalog.country_place(named("UKR")).unwrap());
        assert_eq!(
            (&*place.id, place.kind, place.country),
            ("UKR", PlaceKind::Country, Some(named("UKR")))
        );
        assert!(catalog.country_place(named("EU")).is_some(), "rows count it as one place");
        assert_eq!(catalog.country_place(named("HAMAS")), None);
        assert_eq!(catalog.place(catalog.world().unwrap()).kind, PlaceKind::World);
    }

    #[test]
    fn a_publisher_has_a_side_in_its_own_conflict_only() {
        let row = "indicator,entity,place,value,bound,unit,kind,as_of,status,publisher\n\
                   conflict_deaths,UKR,UKR-Donbas,5,exact,person,stock,2022,official,A\n\
                   conflict_deaths,RUS_ARMED_FORCES,,5,exact,person,stock,2022,official,A\n\
                   conflict_deaths,SYR,SYR,5,exact,person,stock,2022,official,A\n\
                   conflict_deaths,SYR,SYR,5,exact,person,stock,2022,official,B\n\
                   conflict_deaths,ISR,,5,exact,person,stock,2022,official,C\n\
                   conflict_deaths,SYR,,5,exact,person,stock,2022,party_claim,C\n";
        let sources = "publisher,title,rank,party,party_to\n\
                       A,A,3,party,UKR-RUS\nB,B,3,party,\nC,C,2,ally,UKR-RUS|ISR-PSE\n";
        let (store, _) = with(&[("d/rows.csv", row), ("d/sources.csv", sources)]).unwrap();
        assert_eq!(store.faults, []);
        let sides: Vec<_> = store.observations().map(|row| store.side(row)).collect();
        let expected =
            [Party::Party, Party::Party, Party::No, Party::Party, Party::Ally, Party::Party];
        assert_eq!(sides, expected);
    }

    #[test]
    fn a_folder_adds_to_the_catalog_and_replaces_in_it() {
        let tables = [
            (
                "d/entities.csv",
                "id,kind,names,note\nRUS,country,Rusland,\nMARS,country,Mars,\nMOM,agency,Mars Ministry,of MARS\n",
            ),
            (
                "d/places.csv",
                "id,name,aliases,country,kind\nMARS-Olympus,Olympus,Olympus Mons,MARS,region\n",
            ),
            (
                "d/indicators.csv",
                "indicator,title,unit,kind,claim_indicator,claim_aspect,whose,where,max_age_days,plausible_min,plausible_max,monotone,words,needs_words\nfloods,Floods,item,flow,other,,,place,10,1,99,no,flood;floods,yes\n",
            ),
            (
                "d/sources.csv",
                "publisher,title,rank,party,party_to\nMars Ministry,The ministry,1,party,MARS-UKR|ISR-PSE\n",
            ),
            ("d/subjects.csv", "subject,entity,title\nmarsians,MARS,Marsians\n"),
            (
                "d/floods.csv",
                "indicator,subject,entity,place,value,bound,unit,kind,as_of,status,publisher\nfloods,marsians,Mars,Olympus Mons,12,exact,item,flow,2031,official,Mars Ministry\n",
            ),
        ];
        let (store, _) = with(&tables).unwrap();
        assert_eq!(store.faults, []);
        let catalog = &store.catalog;
        let mars = catalog.entity_named("MARS").unwrap();
        assert_eq!(catalog.entity(catalog.entity_named("RUS").unwrap()).name(), "Rusland");
        assert_eq!(catalog.entity(catalog.entity_named("MOM").unwrap()).country, Some(mars));
        let measure = catalog.measure_named("floods").unwrap();
        assert!(catalog.measure(measure).needs_words);
        let [id] = store.rows(measure) else { panic!("one row") };
        let row = store.observation(*id);
        assert_eq!((row.entity, row.subject_entity), (Some(mars), Some(mars)));
        assert_eq!(&*catalog.place(row.place.unwrap()).id, "MARS-Olympus");
        assert_eq!(&*row.id, "d/floods.csv:2");
    }

    #[test]
    fn a_later_table_replaces_rows_and_one_table_does_not_repeat_them() {
        let header =
            "id,indicator,subject,entity,place,value,bound,unit,kind,as_of,status,publisher\n";
        let row = |value: u32| {
            format!(
                "x,conflict_deaths,deaths,UKR,UKR,{value},exact,person,cumulative,2022,final,OHCHR\n"
            )
        };
        let (first, second) =
            (format!("{header}{}", row(5)), format!("{header}{}{}", row(6), row(7)));
        let (store, sources) = with(&[("a/a.csv", &first), ("b/b.csv", &second)]).unwrap();
        let [fault] = &store.faults[..] else { panic!("{:?}", store.faults) };
        assert_eq!(fault.message, "`x` stands in the table twice");
        assert_eq!(
            (sources.place(fault.at).path.as_str(), sources.place(fault.at).line),
            ("b/b.csv", 3)
        );
        let row = store.observation(store.observation_named("x").unwrap());
        assert_eq!((row.lower().to_string().as_str(), &*row.table), ("6", "b/b.csv"));
        assert_eq!(store.ids().count(), 1);
    }

    #[test]
    fn keys_that_are_unknown_or_twice_are_faults_in_the_catalog_too() {
        let tables = [
            (
                "entities.csv",
                "id,kind,names,note\nA,agency,Aha,of NOWHERE\nB,band,Be,\nA,agency,Oho,\n",
            ),
            ("places.csv", "id,name,country,kind\nX-Y,Yps,XXX,city\n"),
            ("subjects.csv", "subject,title,entity\ns,S,NOBODY\n"),
            ("sources.csv", "publisher,title,rank,party,party_to\nP,P,one,party,UKR-ZZZ\n"),
        ];
        let (store, sources) = with(&tables).unwrap();
        let shown: Vec<String> = store
            .faults
            .iter()
            .map(|fault| {
                let place = sources.place(fault.at);
                format!("{}:{}:{} {}", place.path, place.line, place.column, fault.message)
            })
            .collect();
        let expected = [
            "entities.csv:2:14 no entity is called `NOWHERE`",
            "entities.csv:3:3 `band` is no `kind`",
            "entities.csv:4:1 `A` stands in the table twice",
            "places.csv:2:9 no country is called `XXX`",
            "subjects.csv:2:5 no entity is called `NOBODY`",
            "sources.csv:2:5 `one` is no plain number",
            "sources.csv:2:15 no entity is called `ZZZ`",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_table_without_a_column_it_needs_cannot_be_read() {
        let error = with(&[("d/a.csv", "indicator,asof\n")]).unwrap_err();
        assert_eq!(error.to_string(), "cannot read d/a.csv: it has no column `value`");
        let error = with(&[("d/a.csv", "")]).unwrap_err();
        assert!(matches!(error, Error::NoHeader { .. }));
        assert_eq!(table_of(&[]).0.ids().count(), 0);
    }

    /// A folder of the test's own, away when it is dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("numcheck-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        #[expect(clippy::disallowed_methods, reason = "the test makes the files it reads")]
        fn put(&self, name: &str, bytes: &[u8]) {
            std::fs::write(self.0.join(name), bytes).unwrap();
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn folders_are_read_from_disk() {
        let folder = Folder::new("reference");
        folder.put("notes.txt", b"no table");
        let open = |builtin| Store::open(&[&folder.0], builtin, &mut Sources::new());
        assert!(matches!(open(true), Err(Error::NoTables { .. })));
        let header = "\u{feff}indicator,entity,value,bound,unit,kind,as_of,status,publisher\n";
        let row = "population,UKR,five,exact,person,stock,2022,final,OHCHR\n";
        folder.put("b.csv", format!("{header}{row}").as_bytes());
        let mut sources = Sources::new();
        let store = Store::open(&[&folder.0], true, &mut sources).unwrap();
        let [fault] = &store.faults[..] else { panic!("{:?}", store.faults) };
        let place = sources.place(fault.at);
        assert!(place.path.ends_with("b.csv"), "{}", place.path);
        assert_eq!((place.line, place.column, &*place.text), (2, 16, "five"));
        assert_eq!(place.start, header.len() + 15, "offsets are those of the file as stored");
        assert_eq!(open(false).unwrap().faults.len(), 4, "without the catalog more is unknown");
        folder.put("c.csv", b"indicator\n\xff\n");
        assert!(matches!(open(true), Err(Error::NotUtf8 { offset: 10, .. })));
        let missing = folder.0.join("none");
        let error = Store::open(&[&missing], true, &mut Sources::new()).unwrap_err();
        assert!(matches!(error, Error::Missing { .. }));
    }
}
