//! What databases of articles deliver in one document: a list of contents, then one article after
//! the other, each with its title, outlet and day above the label `Body` and `End of Document`
//! below.

use crate::ingest::draft::{About, Draft};
use crate::ingest::{Article, BlockKind, date};
use crate::text::{SourceId, Sources};

/// The lines that set the articles apart, and the texts from what is said of them.
const BODY: &str = "Body";
const END: &str = "End of Document";

/// Lines below a text that say more of it.
const BELOW: &[&str] = &["Load-Date:", "Notes", "Graphic", "Classification"];

/// How far above its text an article's day may stand, in lines.
const HEAD: usize = 12;

/// A line and where it stands.
type Line<'a> = (usize, &'a str);

/// The articles of a delivery; none if the text is no delivery.
pub(crate) fn articles(file: &str, source: SourceId, sources: &Sources) -> Option<Vec<Article>> {
    let text = sources.get(source).text();
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        lines.push((at, line));
        at += line.len() + 1;
    }
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
