//! JSONL: many articles in a file, one object a line.
//!
//! Collections hold several versions of an article under one id; from the second on, `@` and the
//! line's number set them apart.

use crate::ingest::address::outlet;
use crate::ingest::draft::{About, Draft};
use crate::ingest::plain::{self, Head, Headline};
use crate::ingest::{Article, BlockKind, Error, Format, Input, LIMIT, Limit, Read, date};
use crate::text::{Source, Sources};
use serde::Deserialize;
use std::collections::HashSet;
use std::fmt;

/// JSONL.
pub(crate) static FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    limit: Limit::Line,
    fits,
    read: Read::Text(read),
};

/// One line. Fields of other names are passed over.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object with a text")]
struct Row {
    id: Option<Scalar>,
    title: Option<String>,
    date: Option<Scalar>,
    url: Option<String>,
    source: Option<String>,
    text: Option<String>,
}

/// A string, or a number for it.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a string or a number")]
enum Scalar {
    Text(String),
    Number(serde_json::Number),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

pub(crate) fn fits(text: &str) -> bool {
    let line = plain::first_line(text).map(|(_, line)| line);
    line.is_some_and(|line| line.starts_with('{') && row(line).is_ok_and(|row| row.text.is_some()))
}

pub(crate) fn read(input: Input<'_>, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let Input { name, text } = input;
    let mut rows = Rows::read(name, text.as_str(), 1)?;
    Ids::default().give(&mut rows);
    let articles = rows.articles(sources)?;
    if articles.is_empty() { Err(Error::Empty { path: name.to_owned() }) } else { Ok(articles) }
}

/// Rows of one file that are no articles yet.
#[derive(Debug)]
pub struct Rows {
    file: String,
    /// Each with the number of its line and its id.
    rows: Vec<(usize, String, Row)>,
}

/// The ids of a file's rows so far.
#[derive(Debug, Default)]
pub struct Ids {
    given: HashSet<String>,
}

impl Ids {
    /// Gives the rows their ids, which set them apart from each other and from those before them.
    pub fn give(&mut self, rows: &mut Rows) {
        for (number, id, row) in &mut rows.rows {
            let given = row.id.take().map(|id| id.to_string()).filter(|id| !id.is_empty());
            *id = given.unwrap_or_else(|| number.to_string());
            while !self.given.insert(id.clone()) {
                *id = format!("{id}@{number}");
            }
        }
    }
}

impl Rows {
    /// The rows in some lines of the file `name`; the first of them has the number `first`.
    pub(crate) fn read(name: &str, text: &str, first: usize) -> Result<Self, Error> {
        let mut rows = Vec::new();
        let mut rest = text;
        let mut number = first;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let (line, after) = rest.split_at(end);
            rest = after.get(1..).unwrap_or_default();
            if line.len() > LIMIT {
                return Err(Error::TooLarge { path: name.to_owned(), line: Some(number) });
            }
            if !line.trim().is_empty() {
                let row = row(line).map_err(|fault| fault.at(name, number))?;
                rows.push((number, String::new(), row));
            }
            number += 1;
        }
        Ok(Self { file: name.to_owned(), rows })
    }

    /// The rows as articles.
    ///
    /// # Errors
    /// When a row has no text.
    pub fn articles(self, sources: &mut Sources) -> Result<Vec<Article>, Error> {
        let Self { file, rows } = self;
        let article = |(line, id, row)| {
            article(row, &file, id, sources)
                .ok_or_else(|| Error::NoText { path: file.clone(), line })
        };
        rows.into_iter().map(article).collect()
    }
}

/// Why a line is no row, and where in it.
struct Fault {
    column: usize,
    why: String,
}

impl Fault {
    fn at(self, path: &str, line: usize) -> Error {
        Error::Row { path: path.to_owned(), line, column: self.column, why: self.why }
    }
}

fn row(line: &str) -> Result<Row, Fault> {
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let column = |bytes: usize| line.get(..indent + bytes).unwrap_or(line).chars().count() + 1;
    if !trimmed.starts_with('{') {
        return Err(Fault { column: column(0), why: "the line is no JSON object".to_owned() });
    }
    serde_json::from_str(trimmed.trim_end()).map_err(|error| {
        let why = if error.is_eof() {
            "the JSON object does not end on its line".to_owned()
        } else {
            let text = error.to_string();
            text.rfind(" at line ").and_then(|end| text.get(..end)).unwrap_or(&text).to_owned()
        };
        Fault { column: column(error.column().saturating_sub(1)), why }
    })
}

/// The article of a row; none if it has no text.
fn article(row: Row, file: &str, id: String, sources: &mut Sources) -> Option<Article> {
    let filled = |field: Option<String>| {
        field.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let (title, url, publisher) = (filled(row.title), filled(row.url), filled(row.source));
    let text = row.text?;
    let name = format!("{file}#{id}");
    let headline = match &title {
        None => Headline::Sought,
        Some(title) if plain::first_line(&text).is_some_and(|(_, first)| first == title) => {
            Headline::First
        }
        Some(_) => Headline::Elsewhere,
    };
    let source = sources.add(Source::new(name.as_str(), text));
    let mut draft = Draft::new(source);
    if let (Headline::Elsewhere, Some(title)) = (headline, title) {
        let above = sources.add(Source::new(name.as_str(), title));
        draft.block(BlockKind::Headline, above, 0, sources.get(above).text());
    }
    let Head { published, url: above } =
        plain::blocks(sources.get(source).text(), headline, &mut draft);
    let url = url.or(above);
    let about = About {
        name,
        id,
        published: row.date.and_then(|day| date::field(&day.to_string())).or(published),
        outlet: publisher.or_else(|| url.as_deref().and_then(outlet)),
        url,
    };
    draft.finish(about).ok()
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Article, BlockKind, read};
    use crate::text::{Sources, Span};

    fn rows(text: &str, sources: &mut Sources) -> Vec<Article> {
        read("a.jsonl", text.as_bytes(), None, sources).unwrap()
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let error = read("a.jsonl", text.as_bytes(), None, &mut Sources::new()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    /// Reads one row and holds that `figure` is found in the field that `kind` says, at `place`.
    #[track_caller]
    fn check_place(row: &str, kind: BlockKind, figure: &str, place: (usize, usize, usize)) {
        let mut sources = Sources::new();
        let articles = rows(row, &mut sources);
        let article = articles.first().unwrap();
        let found = article.blocks.iter().filter(|block| block.kind == kind).find_map(|block| {
            let at = block.span.start() + block.span.of(&article.prose).find(figure)?;
            Some(Span::new(at, at + figure.len()))
        });
        let found = sources.place(article.locate(found.unwrap()));
        assert_eq!(found.text, figure);
        assert_eq!(found.path, article.name);
        assert_eq!((found.start, found.line, found.column), place);
    }

    #[test]
    fn rows_are_articles() {
        let mut sources = Sources::new();
        let text = "{\"id\":7,\"title\":\"Up 4%\",\"date\":\"2022-01-28T10:00:00Z\",\
                    \"url\":\"https://www.example.org/a\",\"source\":\"Wire\",\"x\":[1],\
                    \"text\":\"One.\\nTwo.\"}\n\n{\"title\":null,\"date\":null,\"text\":\"Three\"}";
        let articles = rows(text, &mut sources);
        let [first, second] = articles.as_slice() else { panic!() };
        assert_eq!((first.name.as_str(), first.id.as_str()), ("a.jsonl#7", "7"));
        assert_eq!(first.title.as_deref(), Some("Up 4%"));
        assert_eq!(first.published.unwrap().to_string(), "2022-01-28");
        assert_eq!(first.outlet.as_deref(), Some("Wire"));
        assert_eq!(first.prose, "Up 4%\nOne.\nTwo.");
        assert_eq!((second.id.as_str(), second.title.as_deref()), ("3", None));
        assert_eq!(sources.get(first.source).text(), "One.\nTwo.");
    }

    #[test]
    fn offsets_count_within_the_field() {
        let row = r#"{"id":"a","title":"Up 4%","text":"“One\" \u20ac5.\nTwo 3%."}"#;
        check_place(row, BlockKind::Body, "€5", (8, 1, 7));
        check_place(row, BlockKind::Body, "3%", (18, 2, 5));
        check_place(row, BlockKind::Headline, "4%", (3, 1, 4));
    }

    #[test]
    fn a_title_that_opens_the_text_is_found_there() {
        let row = r#"{"id":"a","title":"Up 4%.","text":"\n Up 4%.\nTwo 3%."}"#;
        check_place(row, BlockKind::Headline, "4%", (5, 2, 5));
        let articles = rows(row, &mut Sources::new());
        assert_eq!(articles.first().unwrap().blocks.len(), 2);
    }

    #[test]
    fn a_row_without_title_is_read_like_plain_text() {
        let row = r#"{"id":"a","text":"Up 4%\n20220128\nhttps://www.example.org/a\nTwo."}"#;
        let articles = rows(row, &mut Sources::new());
        let article = articles.first().unwrap();
        assert_eq!(article.title.as_deref(), Some("Up 4%"));
        assert_eq!(article.published.unwrap().to_string(), "2022-01-28");
        assert_eq!(article.outlet.as_deref(), Some("example.org"));
        assert_eq!(article.prose, "Up 4%\nTwo.");
    }

    #[test]
    fn a_headline_alone_is_an_article() {
        let articles = rows(r#"{"title":"Up 4%","text":""}"#, &mut Sources::new());
        assert_eq!(articles.first().unwrap().prose, "Up 4%");
    }

    #[test]
    fn versions_under_one_id_are_set_apart() {
        let row = r#"{"id":"a","text":"One."}"#;
        let articles = rows(&format!("{row}\n{row}\n"), &mut Sources::new());
        let names: Vec<_> = articles.iter().map(|article| article.name.as_str()).collect();
        assert_eq!(names, ["a.jsonl#a", "a.jsonl#a@2"]);
    }

    #[test]
    fn bad_rows_are_named() {
        let good = r#"{"id":"a","text":"One."}"#;
        let bad = |row: &str| format!("{good}\n{row}\n");
        check_error(&bad(r#"{"id":"é","text" "b"}"#), "cannot read a.jsonl:2:18: expected `:`");
        check_error(
            &bad("{\"id\":"),
            "cannot read a.jsonl:2:6: the JSON object does not end on its line",
        );
        check_error(&bad("[1]"), "cannot read a.jsonl:2:1: the line is no JSON object");
        check_error(&bad(r#"{"id":"b"}"#), "cannot read a.jsonl:2: the row has no text");
        check_error(&bad(r#"{"text":" \n"}"#), "cannot read a.jsonl:2: the row has no text");
        check_error(
            &bad(r#"{"id":[],"text":"b"}"#),
            "cannot read a.jsonl:2:8: expected a string or a number",
        );
        check_error("\n \n", "cannot read a.jsonl: it is empty");
    }
}
