//! ninjs 1 to 3: news items in JSON (IPTC).
//!
//! An item often holds its body twice, as plain text and with markup; one of them is read. The
//! names of fields changed their case and their number between the versions, so they are
//! compared without.

use crate::ingest::address::{is_url, outlet};
use crate::ingest::draft::{About, Draft};
use crate::ingest::flow;
use crate::ingest::html::{is_markup, markup_or_lines, tree};
use crate::ingest::json::Json;
use crate::ingest::tree::ROOT;
use crate::ingest::unescaped::Unescaped;
use crate::ingest::{Article, BlockKind, Error, Format, Input, Limit, Read, date, jsonl};
use crate::text::{Source, SourceId, Sources};

/// ninjs.
pub(crate) static FORMAT: Format = Format {
    name: "ninjs",
    extensions: &["json"],
    limit: Limit::File,
    fits,
    read: Read::Text(read),
};

/// How the names of fields begin that only items of news have.
const MARKS: &[&str] = &["headline", "body_", "bodies", "versioncreated", "pubstatus"];

fn fits(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
        && Json::new(0, text).is_ok_and(|json| {
            json.each().into_iter().next().is_some_and(|json| Item::of(json).is_one())
        })
}

fn read(input: Input<'_>, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    if jsonl::fits(input.text.as_str()) {
        return jsonl::read(input, sources);
    }
    let Input { name, text } = input;
    let id = sources.add(text.source(name));
    let source = sources.get(id);
    let json = Json::new(0, source.text()).map_err(|error| bad(source, name, &error))?;
    let items: Vec<_> = json.each().into_iter().map(Item::of).collect();
    let many = items.len() > 1;
    if !items.iter().any(Item::is_one) {
        let what = "JSON that is no ninjs item".to_owned();
        return Err(Error::NoArticle { path: name.to_owned(), what });
    }
    let mut articles = Vec::new();
    for item in items.iter().filter(|item| item.is_one()) {
        if let Some(draft) = item.draft(id) {
            articles.push(draft.finish(item.about(name, many))?);
        }
    }
    if articles.is_empty() {
        let kind = items.iter().find_map(|item| item.text("type"));
        let of = kind.map(|kind| format!(" of type {kind}")).unwrap_or_default();
        let what = format!("a ninjs item{of} without a text");
        return Err(Error::NoArticle { path: name.to_owned(), what });
    }
    Ok(articles)
}

/// The error for a text that is no JSON. Where nothing says that it was meant to be an item of
/// news, it is none.
fn bad(source: &Source, name: &str, error: &serde_json::Error) -> Error {
    let text = error.to_string();
    let why = text.rfind(" at line ").and_then(|end| text.get(..end)).unwrap_or(&text);
    let path = name.to_owned();
    let is_meant = MARKS.iter().any(|mark| source.text().contains(&format!("\"{mark}")));
    let (line, byte) = (error.line().max(1), error.column().saturating_sub(1));
    if is_meant {
        let before = source.line(line).get(..byte).unwrap_or_default();
        let column = before.chars().count() + 1;
        Error::Markup { path, line, column, why: format!("no JSON: {why}") }
    } else {
        Error::NoArticle { path, what: format!("no JSON (line {line}: {why})") }
    }
}

/// An item of news.
struct Item<'a> {
    /// Its fields, their names in lower case.
    fields: Vec<(String, Json<'a>)>,
}

impl<'a> Item<'a> {
    fn of(json: Json<'a>) -> Self {
        let fields = json.fields().into_iter();
        Self { fields: fields.map(|(name, value)| (name.to_ascii_lowercase(), value)).collect() }
    }

    fn field(&self, name: &str) -> Option<Json<'a>> {
        self.fields.iter().find(|(found, _)| found == name).map(|(_, value)| *value)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.field(name)?.text()
    }

    /// Whether it is an item of news, or says that it is.
    fn is_one(&self) -> bool {
        let standard = || self.field("standard")?.field("name")?.text();
        let has_mark =
            || self.fields.iter().any(|(name, _)| MARKS.iter().any(|mark| name.starts_with(mark)));
        standard().is_some_and(|name| name.eq_ignore_ascii_case("ninjs"))
            || (self.text("uri").is_some() && has_mark())
    }

    /// The texts of one sort: `body_text`, `body_xhtml` … of version 1, `bodies` of later ones.
    /// Those of the main role come first.
    fn texts(&self, one: &str, many: &str) -> Vec<Unescaped> {
        let mut texts: Vec<(bool, Unescaped)> = Vec::new();
        for (name, value) in &self.fields {
            if name == many {
                for entry in value.each().into_iter().map(Self::of) {
                    let role = entry.text("role").unwrap_or_else(|| "main".to_owned());
                    let text = entry.field("value").and_then(Json::string);
                    texts.extend(text.map(|text| (role.eq_ignore_ascii_case("main"), text)));
                }
            } else if name
                .strip_prefix(one)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            {
                let is_main = ["", "_main"].contains(&name.strip_prefix(one).unwrap_or_default());
                texts.extend(value.string().map(|text| (is_main, text)));
            }
        }
        texts.retain(|(_, text)| text.as_str().contains(char::is_alphanumeric));
        texts.sort_by_key(|(is_main, _)| !is_main);
        texts.into_iter().map(|(_, text)| text).collect()
    }

    /// The body: the longest of its forms, rather with markup.
    fn body(&self) -> Option<Unescaped> {
        let bodies = self.texts("body", "bodies");
        let length = |text: &Unescaped| {
            let tree = tree(text.as_str(), None);
            tree.text(ROOT).chars().filter(|c| c.is_alphanumeric()).count()
        };
        let lengths: Vec<_> = bodies.iter().map(length).collect();
        let longest = lengths.iter().max().copied().unwrap_or_default();
        let whole = |at: &usize| lengths.get(*at).is_some_and(|length| length * 5 >= longest * 4);
        let with_markup = |at: &usize| bodies.get(*at).is_some_and(|text| is_markup(text.as_str()));
        let all = || (0..bodies.len()).filter(whole);
        let chosen = all().find(with_markup).or_else(|| all().next())?;
        bodies.into_iter().nth(chosen)
    }

    /// The article in the making; none if it has no text of its own.
    fn draft(&self, source: SourceId) -> Option<Draft> {
        let body = self.body()?;
        let mut draft = Draft::new(source);
        if let Some(headline) = self.texts("headline", "headlines").first() {
            let tree = tree(headline.as_str(), Some(headline));
            flow::block(BlockKind::Headline, tree.runs(ROOT), &mut draft);
        }
        markup_or_lines(&body, BlockKind::Body, &mut draft);
        for item in self.associated() {
            if let Some(text) = item.texts("description", "descriptions").first() {
                markup_or_lines(text, BlockKind::Caption, &mut draft);
            }
        }
        Some(draft)
    }

    /// The items that belong to this one.
    fn associated(&self) -> Vec<Self> {
        let Some(all) = self.field("associations") else { return Vec::new() };
        if all.is_object() {
            all.fields().into_iter().map(|(_, item)| Self::of(item)).collect()
        } else {
            all.each().into_iter().map(Self::of).collect()
        }
    }

    fn about(&self, path: &str, many: bool) -> About {
        let uri = self.text("uri");
        let days = ["versioncreated", "contentcreated", "firstcreated"];
        let published = days.iter().find_map(|name| date::field(&self.text(name)?));
        let source = || {
            let sources = self.field("infosources").or_else(|| self.field("infosource"))?;
            sources.each().first()?.field("name")?.text()
        };
        let holder = || self.text("copyrightholder");
        let host = || uri.as_deref().filter(|uri| is_url(uri)).and_then(outlet);
        let outlet = source().or_else(holder).or_else(host);
        let (name, id) = match &uri {
            Some(uri) if many => (format!("{path}#{uri}"), uri.clone()),
            _ => (path.to_owned(), path.to_owned()),
        };
        About { name, id, published, outlet, url: None }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Article, read};
    use crate::text::{Sources, Span};

    #[track_caller]
    fn articles(text: &str) -> Vec<Article> {
        read("a.json", text.as_bytes(), None, &mut Sources::new()).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let articles = articles(text);
        let prose: Vec<_> = articles.iter().map(|article| article.prose.as_str()).collect();
        assert_eq!(prose.join("\n--\n"), expected);
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let error = read("a.json", text.as_bytes(), None, &mut Sources::new()).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot read a.json{expected}"));
    }

    #[test]
    fn a_body_that_stands_twice_is_read_once() {
        check(
            r#"{"uri":"urn:a","versioncreated":"2026-03-04T12:00:00Z","headline":"Up 4%",
                "body_text":"It rose 4%.\nTwo more.","body_xhtml":"<p>It <b>rose</b> 4%.</p><p>Two more.</p>"}"#,
            "Up 4%\nIt rose 4%.\nTwo more.",
        );
        check(
            r#"{"uri":"urn:a","headlines":[{"role":"short","value":"Up"},{"role":"main","value":"Up 4% &amp; more"}],
                "bodies":[{"contentType":"text/plain","value":"It rose 4%."},
                          {"contentType":"body_xhtml","value":"<p>It rose 4%.</p>"}]}"#,
            "Up 4% & more\nIt rose 4%.",
        );
    }

    #[test]
    fn pictures_give_captions_and_texts_beside_it_nothing() {
        check(
            r#"{"uri":"urn:a","headline":"Up","body_text":"One.","associations":{
                "p":{"uri":"urn:p","type":"picture","description_text":"Two by the sea."},
                "t":{"uri":"urn:t","type":"text","body_text":"Another 9%."}}}"#,
            "Up\nOne.\nTwo by the sea.",
        );
    }

    #[test]
    fn several_items_are_several_articles() {
        let text = r#"[{"uri":"urn:a","headline":"A","body_text":"One."},
                       {"uri":"urn:b","headline":"B","body_text":"Two."}]"#;
        check(text, "A\nOne.\n--\nB\nTwo.");
        let articles = articles(text);
        assert_eq!(articles.first().unwrap().name, "a.json#urn:a");
    }

    #[test]
    fn escapes_and_references_lead_back() {
        let text =
            r#"{"uri":"urn:a","body_xhtml":"<p>It was 1\u00a0000 &amp; 1&nbsp;200.<\/p>\n"}"#;
        let mut sources = Sources::new();
        let article = read("a.json", text.as_bytes(), None, &mut sources).unwrap().pop().unwrap();
        for (figure, stands) in [("1\u{a0}000", "1\\u00a0000"), ("1\u{a0}200", "1&nbsp;200")] {
            let at = article.prose.find(figure).unwrap();
            let place = sources.place(article.locate(Span::new(at, at + figure.len())));
            assert_eq!(place.text, stands);
        }
    }

    #[test]
    fn rows_in_a_json_file_are_rows() {
        check(
            "{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"text\":\"Two.\"}",
            "One.\n--\nTwo.",
        );
    }

    #[test]
    fn what_is_no_article_says_what_it_is() {
        check_error("{\"name\":\"x\"}", ": it is JSON that is no ninjs item, no article");
        check_error("{// x", ": it is no JSON (line 1: key must be a string), no article");
        check_error(
            r#"{"uri":"urn:p","type":"picture","headline":"H","description_text":"D"}"#,
            ": it is a ninjs item of type picture without a text, no article",
        );
        check_error("{\n\"headline\": \"é\" \"x\"}", ":2:17: no JSON: expected `,` or `}`");
    }
}
