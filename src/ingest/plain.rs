//! Plain text: the wire layout, headline and body, or bare text.
//!
//! What a line is follows from where it stands and how it is built, never from its words.

use crate::ingest::address::{is_url, outlet};
use crate::ingest::draft::{About, Draft};
use crate::ingest::{Article, BlockKind, Error, Format, Input, Limit, Read, date, delivery};
use crate::text::Sources;
use chrono::NaiveDate;
use std::path::Path;

/// Plain text.
pub(crate) static FORMAT: Format = Format {
    name: "text",
    extensions: &["txt"],
    limit: Limit::File,
    fits: |_| true,
    read: Read::Text(read),
};

/// How many lines at the top may hold a date or an address.
const HEAD: usize = 4;

/// The longest headline, in characters; longer first lines are sentences.
const LONGEST_HEADLINE: usize = 160;

/// Hard-wrapped lines are as long as a page is wide, in characters: wire printers stopped at 63,
/// e-mail at 72 or 78, and nothing wraps beyond 100.
const WRAPPED: std::ops::RangeInclusive<usize> = 40..=100;

/// Where the headline of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Headline {
    /// In the first line, if that looks like one.
    Sought,
    /// In the first line.
    First,
    /// Not in the text.
    Elsewhere,
}

/// What the lines above a text say.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The day it was published.
    pub(crate) published: Option<NaiveDate>,
    /// Where it was published.
    pub(crate) url: Option<String>,
}

fn read(input: Input<'_>, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let Input { name, text } = input;
    let source = sources.add(text.source(name));
    if let Some(articles) = delivery::listed(name, source, sources) {
        return Ok(articles);
    }
    let mut draft = Draft::new(source);
    let Head { published, url } = blocks(sources.get(source).text(), Headline::Sought, &mut draft);
    let about = About {
        name: name.to_owned(),
        id: name.to_owned(),
        published: published.or_else(|| of_name(name)),
        outlet: url.as_deref().and_then(outlet),
        url,
    };
    Ok(vec![draft.finish(about)?])
}

/// The day that a file's name begins with.
pub(crate) fn of_name(path: &str) -> Option<NaiveDate> {
    date::leading(Path::new(path).file_name()?.to_str()?)
}

/// The first line of `text` that is not blank, and where it stands.
pub(crate) fn first_line(text: &str) -> Option<(usize, &str)> {
    Lines::of(text).next().map(|line| (line.at, line.text))
}

/// Reads `text`, which is what the draft's source holds, into blocks.
pub(crate) fn blocks(text: &str, headline: Headline, draft: &mut Draft) -> Head {
    part(text, 0, headline, draft)
}

/// The same from byte `at` on.
pub(crate) fn part(text: &str, at: usize, headline: Headline, draft: &mut Draft) -> Head {
    let lines: Vec<_> = Lines { text, at }.collect();
    let (head, marks) = head(&lines);
    let is_mark = |at: usize| marks.get(at).is_some_and(|mark| *mark != Mark::Text);
    let prose: Vec<_> = (0..lines.len()).filter(|at| !is_mark(*at)).collect();
    let prose: Vec<_> = prose.iter().filter_map(|at| lines.get(*at)).collect();
    let indent = prose.iter().map(|line| line.indent).min().unwrap_or(0);
    let wrapped = is_wrapped(&prose, indent);
    let titled = match headline {
        Headline::Elsewhere => false,
        Headline::First => true,
        Headline::Sought => has_headline(&prose, &marks, wrapped),
    };
    let (title, body) = prose.split_at(usize::from(titled).min(prose.len()));
    for line in title {
        draft.open(BlockKind::Headline);
        draft.line(line);
        draft.close();
    }
    let mut before: Option<&Line<'_>> = None;
    for line in body {
        match before {
            Some(before) if wrapped && line.continues(indent) => {
                let end = before.at + before.text.len();
                draft.white(end, text.get(end..line.at).unwrap_or_default());
            }
            _ => draft.open(BlockKind::Body),
        }
        draft.line(line);
        before = Some(line);
    }
    draft.close();
    head
}

impl Draft {
    fn line(&mut self, line: &Line<'_>) {
        self.run(&crate::ingest::draft::Run::Copied { at: line.at, text: line.text });
    }
}

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    /// Where its text stands.
    at: usize,
    /// Its text without the white space around it.
    text: &'a str,
    /// How many bytes of white space stand before it.
    indent: usize,
    /// Whether a blank line stands before it.
    after_blank: bool,
}

impl Line<'_> {
    /// Whether it goes on with the paragraph of the line before it, in a hard-wrapped text whose
    /// lines are indented by `indent`.
    fn continues(&self, indent: usize) -> bool {
        !self.after_blank && self.indent <= indent + 1 && !is_item(self.text)
    }
}

/// The lines of a text that are not blank and do not speak to this program.
#[derive(Debug)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let mut after_blank = false;
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = rest.get(..end).unwrap_or_default();
            let start = self.at;
            self.at += end + 1;
            let text = line.trim_start();
            let indent = line.len() - text.len();
            let text = text.trim_end();
            if text.is_empty() {
                after_blank = true;
            } else if !is_remark(text) {
                return Some(Line { at: start + indent, text, indent, after_blank });
            }
        }
    }
}

/// Whether a line is a remark to this program: `// numcheck-disable …`.
fn is_remark(text: &str) -> bool {
    let slashes = text.strip_prefix("//").map(str::trim_start);
    let comment = text.strip_prefix("<!--").filter(|_| text.ends_with("-->")).map(str::trim_start);
    slashes.or(comment).is_some_and(|rest| rest.starts_with("numcheck-"))
}

/// Whether a line is the item of a list.
fn is_item(text: &str) -> bool {
    ["- ", "* ", "• ", "– ", "— ", "-- "].iter().any(|mark| text.starts_with(mark))
}

/// What a line near the top is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Date,
    Url,
    Text,
}

fn head(lines: &[Line<'_>]) -> (Head, Vec<Mark>) {
    let mut head = Head::default();
    let mut marks = Vec::with_capacity(HEAD);
    for line in lines.iter().take(HEAD) {
        marks.push(if let Some(found) = date::line(line.text) {
            head.published = head.published.or(found.day);
            Mark::Date
        } else if is_url(line.text) {
            head.url.get_or_insert_with(|| line.text.to_owned());
            Mark::Url
        } else {
            Mark::Text
        });
    }
    (head, marks)
}

/// Whether the first line of the prose is a headline.
fn has_headline(prose: &[&Line<'_>], marks: &[Mark], wrapped: bool) -> bool {
    let [first, second, ..] = prose else { return false };
    // In the wire layout the place alone decides.
    match marks {
        [Mark::Text, Mark::Date, Mark::Url, ..] => return true,
        [Mark::Text, Mark::Date, ..] if is_short(first.text) => return true,
        _ => {}
    }
    let is_apart = second.after_blank || second.indent > first.indent + 1;
    (!wrapped || is_apart) && is_like_headline(first.text)
}

fn is_short(text: &str) -> bool {
    text.chars().nth(LONGEST_HEADLINE).is_none()
}

fn is_like_headline(text: &str) -> bool {
    let letters = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    is_short(text)
        && !is_item(text)
        && letters.starts_with(|c: char| !c.is_lowercase())
        && !ends_sentence(text)
        && !text.ends_with([',', ';', ':'])
}

/// Whether a line ends in a full stop, other than that of an abbreviation like `U.S.` or an
/// ellipsis.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    let Some(before) = text.strip_suffix('.') else { return false };
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    !before.ends_with('.') && !word.contains('.')
}

/// Whether paragraphs were broken into lines of one width.
///
/// Then many lines stop short of a sentence's end where the next one goes on in lower case; or
/// fewer do, but most are of such a width and stop short of an end.
fn is_wrapped(lines: &[&Line<'_>], indent: usize) -> bool {
    let (mut pairs, mut open, mut flowing) = (0_usize, 0_usize, 0_usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if !next.continues(indent) {
            continue;
        }
        pairs += 1;
        let (width, next_width) = (width(line.text), width(next.text));
        let is_open = width.max(next_width) <= *WRAPPED.end()
            && !line.text.ends_with(['.', '?', '!', ':', '"', '”', '…']);
        open += usize::from(is_open && WRAPPED.contains(&width));
        flowing += usize::from(is_open && next.text.starts_with(char::is_lowercase));
    }
    pairs > 0 && (flowing * 2 >= pairs || (open * 2 > pairs && flowing * 4 >= pairs))
}

/// How wide a line is, in characters; beyond the widest page it does not matter.
fn width(text: &str) -> usize {
    text.chars().take(WRAPPED.end() + 1).count()
}

#[cfg(test)]
mod tests {
    use crate::ingest::{BlockKind, read};
    use crate::text::Sources;
    use std::fmt::Write;

    /// Reads `text` and writes its blocks one a line: `H headline`, `B body`; line breaks within
    /// a block show as `/`. Every block must stand in the file as it stands in the prose.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_named("a.txt", text, expected);
    }

    #[track_caller]
    fn check_named(name: &str, text: &str, expected: &str) {
        let mut sources = Sources::new();
        let articles = read(name, text.as_bytes(), None, &mut sources).unwrap();
        let [article] = articles.as_slice() else { panic!("{} articles", articles.len()) };
        let mut shown = String::new();
        if let Some(day) = article.published {
            writeln!(shown, "@{day}").unwrap();
        }
        if let Some(outlet) = &article.outlet {
            writeln!(shown, "@{outlet}").unwrap();
        }
        for block in &article.blocks {
            let prose = block.span.of(&article.prose);
            let place = sources.place(article.locate(block.span));
            assert_eq!(place.text.replace("\r\n", "\n"), prose, "{name}");
            let kind = if block.kind == BlockKind::Headline { "H" } else { "B" };
            writeln!(shown, "{kind} {}", prose.replace('\n', "/")).unwrap();
            let after = article.prose.get(block.span.end()..).unwrap();
            assert!(after.is_empty() || after.starts_with('\n'));
        }
        assert_eq!(shown.trim_end(), expected);
    }

    #[test]
    fn wire_layout() {
        check(
            "14 die. More follow.\n20220128\nhttps://www.example.org/a\nOne.\nTwo in the U.S.\n",
            "@2022-01-28\n@example.org\nH 14 die. More follow.\nB One.\nB Two in the U.S.",
        );
        check(
            "Fourteen die\r\n2022-01-28\r\nhttps://www.example.org/a\r\n\r\nOne.\r\nTwo.\r\n",
            "@2022-01-28\n@example.org\nH Fourteen die\nB One.\nB Two.",
        );
    }

    #[test]
    fn headline_and_body() {
        check("Fourteen die\n\nOne.", "H Fourteen die\nB One.");
        check("Fourteen die\nOne.", "H Fourteen die\nB One.");
        check("Why did 14 die?\nOne.", "H Why did 14 die?\nB One.");
        check("'14 die'\nOne.", "H '14 die'\nB One.");
        check("Aid reaches the U.S.\nOne.", "H Aid reaches the U.S.\nB One.");
        check("Fourteen die\nJanuary 28, 2022\nOne.", "@2022-01-28\nH Fourteen die\nB One.");
        check(
            "Fourteen die\n\nBy A Writer\n\nUpdated Feb. 17, 2020, 11:29 p.m. ET\n\nOne.",
            "@2020-02-17\nH Fourteen die\nB By A Writer\nB One.",
        );
    }

    #[test]
    fn bare_text() {
        check("Fourteen die", "B Fourteen die");
        check("Fourteen died.\nOne.", "B Fourteen died.\nB One.");
        check("He said “14 died.”\nOne.", "B He said “14 died.”\nB One.");
        check("and 14 died\nOne.", "B and 14 died\nB One.");
        check("- 14 dead\n- 15 hurt", "B - 14 dead\nB - 15 hurt");
        check("January 28, 2022\n14 died.\nTwo.", "@2022-01-28\nB 14 died.\nB Two.");
        check(
            &format!("{}\nOne.", "word ".repeat(40).trim_end()),
            &format!("B {}\nB One.", "word ".repeat(40).trim_end()),
        );
    }

    #[test]
    fn days_in_file_names_come_last() {
        check_named("x/20240703_bbc.com_a.txt", "One.", "@2024-07-03\nB One.");
        check_named("20240703_a.txt", "20220128\nOne.", "@2022-01-28\nB One.");
    }

    #[test]
    fn hard_wrapped_paragraphs_are_joined() {
        check(
            "CANADA PLANS BOND ISSUE\n\nCanada plans a three part, one billion dollar issue on\n\
             Tuesday, which will be dated and delivered on May 1, the\r\nfinance department said. \
             The bonds will be issued as follows.\n    - 8-1/2 pct bonds due March 1, 1992,\n    \
             - 9 pct bonds due 2011.\n    The nine pct bonds are part of an issue that was sold\n\
             in an earlier offering, the department said on Monday.\n",
            "H CANADA PLANS BOND ISSUE\n\
             B Canada plans a three part, one billion dollar issue on/Tuesday, which will be dated \
             and delivered on May 1, the/finance department said. The bonds will be issued as \
             follows.\nB - 8-1/2 pct bonds due March 1, 1992,\nB - 9 pct bonds due 2011.\n\
             B The nine pct bonds are part of an issue that was sold/in an earlier offering, the \
             department said on Monday.",
        );
    }

    #[test]
    fn a_wrapped_text_without_headline_has_none() {
        let text = "Canada plans a three part, one billion dollar issue on\nTuesday, which will \
                    be dated and delivered on May 1, the\nfinance department said on Monday night \
                    in a statement\nto reporters.";
        check(text, &format!("B {}", text.replace('\n', "/")));
    }

    #[test]
    fn remarks_are_no_prose() {
        check(
            "Fourteen die\n// numcheck-disable-next-line headline-mismatch -- sic\nOne.\n\
             <!-- numcheck-enable -->\n// Two.",
            "H Fourteen die\nB One.\nB // Two.",
        );
    }
}
