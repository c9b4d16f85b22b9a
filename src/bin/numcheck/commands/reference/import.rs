//! `numcheck reference import`: a table of another form gets its mapping, by what it looks like and
//! what a person says of it.

use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::files::{replace, text_if_there};
use crate::output::to_stdout;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::reference::{Catalog, Draft, Missing, Observation, Store, Wishes, with_resource};
use numcheck::text::Sources;
use std::fs;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

pub(crate) static TASK: Command = Command {
    name: "import",
    about: "Draft how a CSV of another form is to be read, and describe it in datapackage.json",
    options,
    run,
};

/// How many rows are shown.
const SHOWN: usize = 3;

/// The columns of a table of sources that is new.
const SOURCES_HEADER: &str = "publisher,title,type,rank,party,url\n";

#[derive(Debug, Args)]
struct Options {
    /// The table
    #[arg(value_name = "FILE")]
    table: PathBuf,
    /// What is measured: a key of indicators.csv
    #[arg(long, value_name = "INDICATOR")]
    measure: Option<String>,
    /// The column of the values; repeat it for several, each with its indicator behind `=`
    #[arg(long, value_name = "COLUMN[=INDICATOR]")]
    value: Vec<String>,
    /// The column of the date; repeat it for a year, a month and a day in columns of their own
    #[arg(long, value_name = "COLUMN")]
    date: Vec<String>,
    /// How dates are written, as %d.%m.%Y
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,
    /// Whose figures they are: a column, or a name
    #[arg(long, value_name = "COLUMN|NAME")]
    entity: Option<String>,
    /// Where, or who receives: a column, or a name
    #[arg(long, value_name = "COLUMN|NAME")]
    place: Option<String>,
    /// Who or what is counted: a column, or a key of subjects.csv
    #[arg(long, value_name = "COLUMN|SUBJECT")]
    subject: Option<String>,
    /// Who publishes the figures; a new name gets a row in sources.csv
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// The unit: a column, or person, USD, %, km …
    #[arg(long, value_name = "COLUMN|UNIT")]
    unit: Option<String>,
    /// The power of ten that the values are times: 3 for thousands, 9 for billions
    #[arg(long, value_name = "COLUMN|POWER")]
    scale: Option<String>,
    /// What a value counts over time: stock, cumulative, flow or rate
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// From when running totals count; with --kind flow, the values are added up from then on
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// When the table was published
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// How firm the figures are: official, estimate, provisional …, or the column that says it
    #[arg(long, value_name = "COLUMN|STATUS")]
    status: Option<String>,
    /// A nought stands for nothing known
    #[arg(long)]
    drop_zero: bool,
    /// Read only rows with that word in that column
    #[arg(long = "where", value_name = "COLUMN=WORD")]
    filters: Vec<String>,
    /// The folder of tables that it is put into; by default the one it is in
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Show what is understood, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Options {
    fn wishes(&self) -> Wishes {
        Wishes {
            measure: self.measure.clone(),
            values: self.value.clone(),
            dates: self.date.clone(),
            date_format: self.date_format.clone(),
            entity: self.entity.clone(),
            place: self.place.clone(),
            subject: self.subject.clone(),
            publisher: self.publisher.clone(),
            unit: self.unit.clone(),
            scale: self.scale.clone(),
            kind: self.kind.clone(),
            since: self.since.clone(),
            published: self.published.clone(),
            status: self.status.clone(),
            drop_zero: self.drop_zero,
            filters: self.filters.clone(),
        }
    }
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let target = Target::of(&options)?;
    let table = Store::table(&options.table)?;
    let known = Store::trial(Some(&target.dir), &[], &mut Sources::new())?;
    let draft = complete(&options, table.text(), &target.file, &known.catalog)?;
    let resource = draft.resource(&target.name(), &target.file);
    let package = target.package(&resource)?;
    let publisher = draft.new_publisher.as_deref();
    let new_sources = publisher.map(|name| source_row(SOURCES_HEADER, name)).transpose()?;
    let alone = with_resource(None, &resource, &target.file).map_err(Complaint::new)?;
    let mut files = vec![("datapackage.json", &*alone), (&*target.file, table.text())];
    files.extend(new_sources.as_deref().map(|text| ("sources.csv", text)));
    let mut sources = Sources::new();
    let trial = Store::trial(Some(&target.dir), &files, &mut sources)?;
    let rows = show(&draft, &trial, &sources)?;
    if rows == 0 {
        let complaint = Complaint::new(format!("no row of {} can be read so", target.file));
        return Err(complaint.help("see what is said above, and say otherwise with a flag"));
    }
    if options.dry_run {
        to_stdout(|out| writeln!(out, "\n{alone}"))?;
    } else {
        target.write(&options.table, &package, publisher)?;
        let (dir, file) = (target.dir.display(), &target.file);
        to_stdout(|out| {
            writeln!(out, "\n{dir}: datapackage.json says how to read {file}; look it over with")?;
            writeln!(out, "  numcheck reference validate {dir}")
        })?;
    }
    Ok(Outcome::Clean)
}

/// The draft with all that it needs. Where somebody sits at a terminal, what is missing is asked.
fn complete(
    options: &Options,
    text: &str,
    file: &str,
    catalog: &Catalog,
) -> Result<Draft, Complaint> {
    let mut wishes = options.wishes();
    let can_ask = io::stdin().is_terminal() && io::stderr().is_terminal();
    loop {
        let draft = Draft::of(text, file, &wishes, catalog);
        let Some(first) = draft.missing.first() else {
            if draft.is_complete() {
                return Ok(draft);
            }
            return Err(Complaint::new(format!("there is no table in {file}")));
        };
        if !can_ask {
            return Err(lacking(&draft));
        }
        let asked = ask(first, &mut io::stdin().lock(), &mut io::stderr().lock());
        let answer = asked.map_err(|error| Complaint::new(format!("cannot ask: {error}")))?;
        match answer {
            Some(answer) => put(&mut wishes, first.flag, answer),
            None => return Err(lacking(&draft)),
        }
    }
}

/// What is missing, with the flag that says it.
fn lacking(draft: &Draft) -> Complaint {
    let lines = draft.missing.iter().map(|one| {
        let choices = match &one.choices[..] {
            [] => String::new(),
            choices => format!(" ({})", choices.join(", ")),
        };
        format!("--{}: {}{choices}", one.flag, one.question)
    });
    let lines: Vec<_> = lines.collect();
    let lines = lines.join("; ");
    Complaint::new(format!("some things are not to be seen in the table: {lines}"))
        .help("say them with these flags, or at a terminal, where they are asked")
}

/// Asks a person; nothing where nobody answers.
fn ask(
    missing: &Missing,
    input: &mut dyn BufRead,
    err: &mut dyn Write,
) -> io::Result<Option<String>> {
    writeln!(err, "{}", missing.question)?;
    for (i, choice) in (1..).zip(&missing.choices) {
        writeln!(err, "  {i}  {choice}")?;
    }
    write!(err, "> ")?;
    err.flush()?;
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 || line.trim().is_empty() {
        return Ok(None);
    }
    let typed = line.trim();
    let chosen = typed.parse::<usize>().ok().and_then(|i| missing.choices.get(i.checked_sub(1)?));
    // A number may be the answer itself, as a scale is.
    let is_choice = missing.choices.iter().any(|choice| choice == typed);
    Ok(Some(chosen.filter(|_| !is_choice).map_or(typed, String::as_str).to_owned()))
}

fn put(wishes: &mut Wishes, flag: &str, answer: String) {
    let slot = match flag {
        "value" => {
            wishes.values = vec![answer];
            return;
        }
        "date" => {
            wishes.dates = vec![answer];
            return;
        }
        "where" => {
            wishes.filters = vec![answer];
            return;
        }
        "measure" => {
            // One that was said for a column was no indicator either.
            for value in &mut wishes.values {
                value.truncate(value.find('=').unwrap_or(value.len()));
            }
            &mut wishes.measure
        }
        "date-format" => &mut wishes.date_format,
        "entity" => &mut wishes.entity,
        "place" => &mut wishes.place,
        "subject" => &mut wishes.subject,
        "publisher" => &mut wishes.publisher,
        "unit" => &mut wishes.unit,
        "scale" => &mut wishes.scale,
        "kind" => &mut wishes.kind,
        "since" => &mut wishes.since,
        "published" => &mut wishes.published,
        _ => &mut wishes.status,
    };
    *slot = Some(answer);
}

/// Says what was understood, and shows rows as they are read; how many there are.
fn show(draft: &Draft, trial: &Store, sources: &Sources) -> Result<usize, Complaint> {
    let rows = trial.observations().count();
    to_stdout(|out| {
        for sentence in &draft.understood {
            writeln!(out, "- {sentence}")?;
        }
        for fault in &trial.faults {
            let place = sources.place(fault.at);
            let what = if fault.doubt { "note" } else { "fault" };
            let (path, line, column) = (&place.path, place.line, place.column);
            writeln!(out, "- {what} at {path}:{line}:{column}: {}; {}", fault.message, fault.help)?;
        }
        writeln!(out, "\n{rows} rows, as they are read:")?;
        trial.observations().take(SHOWN).try_for_each(|row| writeln!(out, "  {}", line(row, trial)))
    })?;
    Ok(rows)
}

fn line(row: &Observation, store: &Store) -> String {
    let catalog = &store.catalog;
    let whose = row.entity.map(|id| catalog.entity(id).name().to_owned());
    let place = row
        .place
        .map(|id| catalog.place(id).name.to_string())
        .filter(|name| whose.as_ref() != Some(name));
    let names: Vec<_> = whose.into_iter().chain(place.map(|place| format!("in {place}"))).collect();
    format!(
        "line {}: {} {} {}: {} {}, {} ({}, {})",
        row.line,
        catalog.measure(row.measure).key,
        row.kind.name(),
        row.as_of,
        row.lower(),
        row.unit,
        names.join(" "),
        row.publisher,
        row.status.name(),
    )
}

/// Where the table and its description go.
struct Target {
    dir: PathBuf,
    /// The table's name in the folder.
    file: String,
    /// Whether it has to be copied there.
    copied: bool,
}

impl Target {
    fn of(options: &Options) -> Result<Self, Complaint> {
        let name = options.table.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(file) = name else {
            return Err(Complaint::new(format!("{} is no file", options.table.display())));
        };
        let parent = options.table.parent().filter(|parent| !parent.as_os_str().is_empty());
        let home = parent.unwrap_or(Path::new("."));
        let dir = options.output.clone().unwrap_or_else(|| home.to_owned());
        let same = |one: &Path, two: &Path| {
            one == two
                || fs::canonicalize(one).ok().is_some_and(|a| Some(a) == fs::canonicalize(two).ok())
        };
        let copied = !same(&dir, home);
        if copied && dir.join(&file).exists() {
            let there = dir.join(&file);
            return Err(Complaint::new(format!("{} is there already", there.display()))
                .help("describe that one, or take it out first"));
        }
        Ok(Self { dir, file, copied })
    }

    /// What the package calls the table.
    fn name(&self) -> String {
        let stem = self.file.rsplit_once('.').map_or(&*self.file, |(stem, _)| stem);
        let sign = |sign: char| if sign.is_ascii_alphanumeric() { sign } else { '-' };
        stem.to_lowercase().chars().map(sign).collect()
    }

    /// The package with the table in it.
    fn package(&self, resource: &str) -> Result<String, Complaint> {
        let path = self.dir.join("datapackage.json");
        let old = text_if_there(&path)?;
        with_resource(old.as_deref(), resource, &self.file)
            .map_err(|what| Complaint::new(format!("cannot add to {}: {what}", path.display())))
    }

    /// Writes everything; the description, which makes a table of it, last.
    fn write(&self, table: &Path, package: &str, publisher: Option<&str>) -> Result<(), Complaint> {
        let failed = |path: &Path, error: io::Error| {
            Complaint::new(format!("cannot write {}: {error}", path.display()))
        };
        fs::create_dir_all(&self.dir).map_err(|error| failed(&self.dir, error))?;
        if self.copied {
            let (to, beside) =
                (self.dir.join(&self.file), self.dir.join(format!(".{}.tmp", self.file)));
            fs::copy(table, &beside)
                .and_then(|_| fs::rename(&beside, &to))
                .map_err(|error| failed(&to, error))?;
        }
        if let Some(name) = publisher {
            let path = self.dir.join("sources.csv");
            let old = text_if_there(&path)?.unwrap_or_else(|| SOURCES_HEADER.to_owned());
            let text = source_row(&old, name)?;
            replace(&path, |out| out.write_all(text.as_bytes()))
                .map_err(|error| failed(&path, error))?;
        }
        let path = self.dir.join("datapackage.json");
        replace(&path, |out| out.write_all(package.as_bytes()))
            .map_err(|error| failed(&path, error))
    }
}

/// A table of sources with a row for a publisher that has no side.
fn source_row(table: &str, publisher: &str) -> Result<String, Complaint> {
    let bad = |error: csv::Error| Complaint::new(format!("cannot add to sources.csv: {error}"));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().map_err(bad)?.clone();
    let cells = header.iter().map(|title| match title.trim_start_matches('\u{feff}') {
        "publisher" | "title" => publisher,
        "rank" => "2",
        "party" => "no",
        _ => "",
    });
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(bad)?;
    let row = writer.into_inner().map_err(|error| Complaint::new(error.to_string()))?;
    let gap = if table.ends_with('\n') { "" } else { "\n" };
    Ok(format!("{table}{gap}{}", String::from_utf8_lossy(&row)))
}

#[cfg(test)]
mod tests {
    use super::{ask, put, source_row};
    use numcheck::reference::{Missing, Wishes};

    #[track_caller]
    fn check(choices: &[&str], typed: &str, expected: Option<&str>) {
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        let missing = Missing { flag: "unit", question: "which?".to_owned(), choices };
        let mut asked = Vec::new();
        let answer = ask(&missing, &mut typed.as_bytes(), &mut asked).unwrap();
        assert_eq!(answer.as_deref(), expected, "{typed}");
        assert!(asked.starts_with(b"which?\n"));
    }

    #[test]
    fn an_answer_is_a_choice_by_its_number_or_a_word() {
        check(&["EUR", "USD"], "2\n", Some("USD"));
        check(&["EUR", "USD"], "GBP\n", Some("GBP"));
        check(&["6", "9"], "6\n", Some("6"));
        check(&["6", "9"], "7\n", Some("7"));
        check(&[], "\n", None);
        check(&[], "", None);
    }

    #[test]
    fn an_answer_goes_where_its_flag_goes() {
        let mut wishes = Wishes { values: vec!["a=wrong".to_owned()], ..Wishes::default() };
        put(&mut wishes, "measure", "idps".to_owned());
        put(&mut wishes, "since", "2022".to_owned());
        assert_eq!(
            (wishes.measure.as_deref(), wishes.since.as_deref()),
            (Some("idps"), Some("2022"))
        );
        assert_eq!(wishes.values, ["a"]);
    }

    #[test]
    fn a_new_publisher_gets_a_row_under_the_titles_that_are_there() {
        let text = source_row("rank,publisher,note,title,party\n1,A,,A,no", "B, and C").unwrap();
        assert!(text.ends_with("no\n2,\"B, and C\",,\"B, and C\",no\n"), "{text}");
    }
}
