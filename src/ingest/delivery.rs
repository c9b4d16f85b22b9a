//! What databases of articles deliver in one file, in two forms. In documents a list of contents
//! comes first, then the articles, each with title, outlet and day above the label `Body` and
//! `End of Document` below. In plain text `3 of 10 DOCUMENTS` stands above each, then outlet, day,
//! title and labels in capitals (`LENGTH: 355 words`), then the text, then more labels.

use crate::ingest::draft::{About, Draft, Run};
use crate::ingest::plain::{self, Headline};
use crate::ingest::{Article, BlockKind, date};
use crate::text::{SourceId, Sources};

/// The lines that set the articles apart, and the texts from what is said of them.
const BODY: &str = "Body";
const END: &str = "End of Document";

/// What stands behind the turn of an article in plain text.
const DOCUMENTS: &str = "DOCUMENTS";

/// Lines below a text that say more of it.
const BELOW: &[&str] = &["Load-Date:", "Notes", "Graphic", "Classification"];

/// How far above its text an article's day may stand, in lines.
const HEAD: usize = 12;

/// A line and where it stands.
type Line<'a> = (usize, &'a str);

/// The lines of a text.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        lines.push((at, line));
        at += line.len() + 1;
    }
    lines
}

/// The articles of a delivery; none if the text is no delivery.
pub(crate) fn articles(file: &str, source: SourceId, sources: &Sources) -> Option<Vec<Article>> {
    let text = sources.get(source).text();
    let lines = lines(text);
    let mut articles = Vec::new();
    let mut parts: Vec<_> = lines.split(|(_, line)| line.trim() == END).collect();
    // Behind the last mark stands nothing.
    parts.pop();
    for (turn, part) in (1..).zip(parts) {
        articles.extend(article(file, turn, part, source));
    }
    (!articles.is_empty()).then_some(articles)
}

fn article(file: &str, turn: usize, lines: &[Line<'_>], source: SourceId) -> Option<Article> {
    let body = lines.iter().position(|(_, line)| line.trim() == BODY)?;
    let (head, text) = lines.split_at_checked(body)?;
    let near = head.len().saturating_sub(HEAD);
    let is_day =
        |at: &usize| head.get(*at).is_some_and(|(_, line)| date::line(line.trim()).is_some());
    let day = (near..head.len()).find(is_day)?;
    let (title_at, title) = *head.get(day.checked_sub(2)?)?;
    let outlet = head.get(day.checked_sub(1)?)?.1.trim().to_owned();
    let published = date::line(head.get(day)?.1.trim()).and_then(|line| line.day);
    let mut draft = Draft::new(source);
    draft.block(BlockKind::Headline, source, title_at, title);
    for (at, line) in text.iter().skip(1) {
        if BELOW.iter().any(|label| line.trim_start().starts_with(label)) {
            break;
        }
        draft.block(BlockKind::Body, source, *at, line);
    }
    let about = About {
        name: format!("{file}#{turn}"),
        id: turn.to_string(),
        published,
        outlet: (!outlet.is_empty()).then_some(outlet),
        url: None,
    };
    draft.finish(about).ok()
}

/// The articles of a delivery in plain text; none if the text is no delivery.
pub(crate) fn listed(file: &str, source: SourceId, sources: &Sources) -> Option<Vec<Article>> {
    let text = sources.get(source).text();
    memchr::memmem::find(text.as_bytes(), DOCUMENTS.as_bytes())?;
    let lines = lines(text);
    let mut parts = lines.split(|(_, line)| is_count(line));
    // Above the first stands who asked for what.
    parts.next();
    let articles: Vec<_> =
        (1..).zip(parts).filter_map(|(turn, part)| entry(file, turn, part, source, text)).collect();
    (!articles.is_empty()).then_some(articles)
}

/// Whether a line is `3 of 10 DOCUMENTS` and nothing else.
fn is_count(line: &str) -> bool {
    let Some(count) = line.trim().strip_suffix(DOCUMENTS) else { return false };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    count.split_once(" of ").is_some_and(|(turn, all)| is_number(turn) && is_number(all.trim()))
}

/// Whether a line begins with a label: `BYLINE:`, `LOAD-DATE:`.
fn is_label(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| {
        label.len() > 3 && label.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
    })
}

fn entry(
    file: &str,
    turn: usize,
    lines: &[Line<'_>],
    source: SourceId,
    text: &str,
) -> Option<Article> {
    let filled: Vec<_> = lines.iter().filter(|(_, line)| !line.trim().is_empty()).collect();
    let day = filled.iter().take(HEAD).position(|(_, line)| date::line(line.trim()).is_some())?;
    let published = date::line(filled.get(day)?.1.trim()).and_then(|line| line.day);
    let outlet = day.checked_sub(1).and_then(|at| filled.get(at)).map(|(_, line)| line.trim());
    let first = filled.iter().skip(day + 1).position(|(_, line)| is_label(line))? + day + 1;
    let last = filled.iter().skip(first).take_while(|(_, line)| is_label(line)).count() + first;
    let (begin, _) = filled.get(last)?;
    let below = filled.iter().skip(last).find(|(_, line)| is_label(line));
    let end = below
        .or(filled.last())
        .map_or(text.len(), |(at, line)| if below.is_some() { *at } else { at + line.len() });
    // The title is the last paragraph above the labels; others name the edition.
    let head = filled.get(day + 1..first)?;
    let joins = |pair: &[&Line<'_>]| matches!(pair, [(at, line), (next, _)] if at + line.len() + 1 == *next);
    let begins = head.windows(2).rposition(|pair| !joins(pair)).map_or(0, |at| at + 1);
    let mut draft = Draft::new(source);
    draft.open(BlockKind::Headline);
    for (at, line) in head.iter().skip(begins) {
        draft.spaced(&Run::Replaced { at: *at, len: 0, text: " ".into() });
        let indent = line.len() - line.trim_start().len();
        draft.spaced(&Run::Copied { at: at + indent, text: line.trim() });
    }
    draft.close();
    plain::part(text.get(..end)?, *begin, Headline::Elsewhere, &mut draft);
    let about = About {
        name: format!("{file}#{turn}"),
        id: turn.to_string(),
        published,
        outlet: outlet.filter(|outlet| !outlet.is_empty()).map(str::to_owned),
        url: None,
    };
    draft.finish(about).ok()
}

#[cfg(test)]
mod tests {
    use crate::ingest::read;
    use crate::text::{Sources, Span};

    #[test]
    fn a_delivery_in_plain_text_is_several_articles() {
        let text = "Download Request: 1-2\n\n                 1 of 2 DOCUMENTS\n\n      The Quay\n\n   \
                    March 3, 2026 Tuesday\n\nPort adds 12\ncranes\n\nBYLINE: A. Writer\n\nLENGTH: \
                    15 words\n\nThe port will add 12 cranes this year,\nit said.\n\nIt has 31.\n\n\
                    LOAD-DATE: March 4, 2026\n\nLANGUAGE: ENGLISH\n\n     2 of 2 DOCUMENTS\n\n \
                    The Quay\n\n March 4, 2026 Wednesday\n\nEdition 1;\n\nShort\n\nLENGTH: 3 words\n\nTen came.\n";
        let mut sources = Sources::new();
        let articles = read("a.txt", text.as_bytes(), None, &mut sources).unwrap();
        let [first, second] = articles.as_slice() else { panic!("{}", articles.len()) };
        assert_eq!((first.name.as_str(), first.outlet.as_deref()), ("a.txt#1", Some("The Quay")));
        assert_eq!(first.published.unwrap().to_string(), "2026-03-03");
        assert_eq!(first.title.as_deref(), Some("Port adds 12 cranes"));
        assert!(first.prose.contains("12 cranes this year") && first.prose.ends_with("It has 31."));
        assert_eq!(second.prose, "Short\nTen came.");
        let at = first.prose.find("31").unwrap();
        let place = sources.place(first.locate(Span::new(at, at + 2)));
        assert_eq!(text.get(place.start..place.end), Some("31"));
    }

    #[test]
    fn a_text_that_counts_documents_is_no_delivery() {
        let text = "Leak\n\nThe court saw 3 of 10 DOCUMENTS on Monday.\n";
        assert_eq!(read("a.txt", text.as_bytes(), None, &mut Sources::new()).unwrap().len(), 1);
    }
}
