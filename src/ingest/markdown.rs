//! Markdown: front matter, then text with markup.

use crate::ingest::address::{is_url, outlet};
use crate::ingest::draft::{About, Draft, Run};
use crate::ingest::front_matter::{self, FrontMatter};
use crate::ingest::plain::of_name;
use crate::ingest::shortcodes::without_shortcodes;
use crate::ingest::tags::{Piece, Tag, pieces};
use crate::ingest::{Article, BlockKind, Error, Format, Input, Limit, Read, date, entity};
use crate::text::Sources;
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag as Start, TagEnd,
};
use std::borrow::Cow;
use std::ops::Range;

/// Markdown.
pub(crate) static FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown"],
    limit: Limit::File,
    fits: front_matter::is_at_start,
    read: Read::Text(read),
};

const DATES: &[&str] = &["date", "published", "pubDate", "publishDate", "datePublished"];
const STANDFIRSTS: &[&str] = &["standfirst", "subtitle", "description", "summary"];

/// The HTML elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "ul",
];

/// The HTML elements whose text is not said: struck out, or not shown.
const UNSAID: &[&str] =
    &["del", "s", "strike", "script", "style", "iframe", "noscript", "svg", "template"];

fn read(input: Input<'_>, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let Input { name, text } = input;
    let id = sources.add(text.source(name));
    let source = sources.get(id);
    let front = FrontMatter::read(source.text()).map_err(|fault| {
        let (line, column) = source.line_column(fault.at);
        Error::FrontMatter { path: name.to_owned(), line, column, why: fault.why }
    })?;
    let mut draft = Draft::new(id);
    let title = front.field(&["title", "headline"]);
    for (kind, value) in
        [(BlockKind::Headline, title), (BlockKind::Standfirst, front.field(STANDFIRSTS))]
    {
        draft.open(kind);
        for run in value.unwrap_or_default() {
            draft.run(run);
        }
        draft.close();
    }
    let written = source.text().get(front.len..).unwrap_or_default();
    let body = without_shortcodes(written);
    Walk::new(written, &body, front.len, &mut draft, title.is_none()).run();

    let addresses = ["url", "link", "canonical"];
    let url = addresses.iter().find_map(|name| front.text(&[name]).filter(|url| is_url(url)));
    let publisher = front.text(&["outlet"]).or_else(|| front.text(&["source"]));
    let about = About {
        name: name.to_owned(),
        id: name.to_owned(),
        published: front.text(DATES).and_then(|day| date::field(&day)).or_else(|| of_name(name)),
        outlet: publisher
            .filter(|publisher| !is_url(publisher))
            .or_else(|| url.as_deref().and_then(outlet)),
        url,
    };
    Ok(vec![draft.finish(about)?])
}

/// One way through the events of a text.
struct Walk<'a, 'd> {
    /// The body as it stands in the file.
    written: &'a str,
    /// The same without shortcodes.
    body: &'a str,
    /// Where the body begins in the file.
    base: usize,
    draft: &'d mut Draft,
    /// Whether the first heading is the headline.
    titleless: bool,
    /// Markdown elements around, whose text is not said.
    unsaid: usize,
    /// The same of HTML, where elements may stay open.
    unsaid_html: usize,
    in_fence: bool,
    in_note: bool,
    /// How many cells the open row has, if one is open.
    cells: Option<usize>,
    /// The HTML block that is being gathered.
    html: Range<usize>,
    image: Option<Image<'a>>,
    /// Captions of the open block's pictures.
    captions: Vec<Vec<Run<'a>>>,
}

/// A picture whose description is being read.
struct Image<'a> {
    description: Vec<Run<'a>>,
    title: CowStr<'a>,
}

impl<'a, 'd> Walk<'a, 'd> {
    fn new(
        written: &'a str,
        body: &'a str,
        base: usize,
        draft: &'d mut Draft,
        titleless: bool,
    ) -> Self {
        Self {
            written,
            body,
            base,
            draft,
            titleless,
            unsaid: 0,
            unsaid_html: 0,
            in_fence: false,
            in_note: false,
            cells: None,
            html: 0..0,
            image: None,
            captions: Vec::new(),
        }
    }

    fn run(mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        for (event, range) in Parser::new_ext(self.body, options).into_offset_iter() {
            match event {
                Event::Start(tag) => self.start(tag, &range),
                Event::End(tag) => self.end(tag, &range),
                Event::Text(text) => self.text(&text, &range),
                Event::Code(text) => self.code(&text, &range),
                Event::SoftBreak | Event::HardBreak => self.line_break(&range),
                Event::InlineHtml(_) => self.html(range),
                Event::Html(_) if self.html.end == range.start => self.html.end = range.end,
                Event::Html(_) => {
                    let before = std::mem::replace(&mut self.html, range);
                    self.html(before);
                }
                Event::Rule => self.close(),
                _ => {}
            }
        }
        self.close();
    }

    fn start(&mut self, tag: Start<'a>, range: &Range<usize>) {
        match tag {
            Start::Heading { level: HeadingLevel::H1, .. } => self.open_heading(),
            Start::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.close();
                self.in_fence = true;
            }
            Start::HtmlBlock => {
                self.close();
                self.html = range.start..range.start;
            }
            Start::TableHead | Start::TableRow => self.open_row(),
            Start::TableCell => self.open_cell(range.start),
            Start::Image { title, .. } => {
                self.image = Some(Image { description: Vec::new(), title });
            }
            Start::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.unsaid += 1,
            Start::Strikethrough if self.is_struck(range) => self.unsaid += 1,
            Start::Emphasis | Start::Strong | Start::Strikethrough | Start::Link { .. } => {}
            _ => self.close(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::CodeBlock => {
                self.close();
                self.in_fence = false;
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.html(html);
                self.close();
            }
            TagEnd::Image => self.end_image(range),
            TagEnd::Link if self.slice(range).starts_with('<') => self.unsaid -= 1,
            TagEnd::Strikethrough if self.is_struck(range) => self.unsaid -= 1,
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::TableCell => {}
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(),
            _ => self.close(),
        }
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.body.get(range.clone()).unwrap_or_default()
    }

    /// Two tildes strike out; one is more often "about".
    fn is_struck(&self, range: &Range<usize>) -> bool {
        self.slice(range).starts_with("~~")
    }

    fn push(&mut self, run: Run<'a>) {
        if self.unsaid > 0 || self.unsaid_html > 0 || self.in_fence || !self.is_written(&run) {
            return;
        }
        match &mut self.image {
            Some(image) => image.description.push(run),
            None => self.draft.run(&run),
        }
    }

    /// Whether the run is the article's own, and no shortcode in a place where no comment is.
    fn is_written(&self, run: &Run<'_>) -> bool {
        let Run::Copied { at, text } = run else { return true };
        let start = at - self.base;
        self.written.get(start..start + text.len()) == Some(*text)
    }

    /// Text that stands at `range`, or is meant by what stands there.
    fn text(&mut self, text: &str, range: &Range<usize>) {
        let at = self.base + range.start;
        let stands = self.slice(range);
        self.push(if stands == text {
            Run::Copied { at, text: stands }
        } else {
            Run::Replaced { at, len: range.len(), text: Cow::Owned(text.to_owned()) }
        });
    }

    /// The text of a code span, somewhere between its backticks.
    fn code(&mut self, text: &str, range: &Range<usize>) {
        let start = range.start + self.slice(range).find(text).unwrap_or(0);
        let within = start..start + text.len();
        let is_there = self.slice(&within) == text;
        self.text(text, if is_there { &within } else { range });
    }

    fn line_break(&mut self, range: &Range<usize>) {
        let (at, text) = (self.base + range.start, self.slice(range));
        match &mut self.image {
            Some(image) => {
                let text = Cow::Borrowed(" ");
                image.description.push(Run::Replaced { at, len: range.len(), text });
            }
            None => self.draft.white(at, text),
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.close();
        self.draft.open(kind);
    }

    fn open_heading(&mut self) {
        let is_headline = std::mem::take(&mut self.titleless);
        self.open(if is_headline { BlockKind::Headline } else { BlockKind::Body });
    }

    fn open_row(&mut self) {
        self.open(BlockKind::Table);
        self.cells = Some(0);
    }

    fn open_cell(&mut self, at: usize) {
        let cells = self.cells.get_or_insert(0);
        *cells += 1;
        if *cells > 1 {
            let (at, text) = (self.base + at, Cow::Borrowed("\t"));
            self.draft.run(&Run::Replaced { at, len: 0, text });
        }
    }

    fn close_row(&mut self) {
        self.cells = None;
        self.close();
    }

    /// Ends the open block; the captions of its pictures follow it.
    fn close(&mut self) {
        self.draft.close();
        (self.unsaid_html, self.in_note) = (0, false);
        for caption in std::mem::take(&mut self.captions) {
            self.draft.open(BlockKind::Caption);
            for run in caption {
                if self.is_written(&run) {
                    self.draft.run(&run);
                }
            }
            self.draft.close();
        }
    }

    fn end_image(&mut self, range: &Range<usize>) {
        let Some(Image { description, title }) = self.image.take() else { return };
        if self.unsaid > 0 || self.in_fence {
            return;
        }
        let described: String = description.iter().map(Run::text).collect();
        if !title.trim().is_empty() && *title != *described {
            let whole = self.slice(range);
            let found = whole.rfind(&*title).and_then(|at| Some((at, whole.get(at..)?)));
            let run = match found.and_then(|(at, rest)| Some((at, rest.get(..title.len())?))) {
                Some((at, text)) => Run::Copied { at: self.base + range.start + at, text },
                None => Run::Replaced {
                    at: self.base + range.start,
                    len: range.len(),
                    text: Cow::Owned(title.into_string()),
                },
            };
            self.captions.push(description);
            self.captions.push(vec![run]);
        } else {
            self.captions.push(description);
        }
    }

    fn html(&mut self, range: Range<usize>) {
        for piece in pieces(range.start, self.slice(&range)) {
            match piece {
                Piece::Text { at, text } => {
                    for run in entity::runs(self.base + at, text) {
                        self.push(run);
                    }
                }
                Piece::Tag(tag) => self.tag(&tag),
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'a>) {
        let range = tag.at..tag.at + tag.text.len();
        if tag.is(&["br"]) {
            self.line_break(&range);
        } else if tag.is(UNSAID) {
            self.unsaid_html =
                if tag.closes { self.unsaid_html.saturating_sub(1) } else { self.unsaid_html + 1 };
        } else if tag.is(&["sup"]) {
            self.raised(tag);
        } else if tag.is(&["img"]) {
            let (at, text) = tag.attribute("alt").unwrap_or_default();
            self.captions.push(entity::runs(self.base + at, text));
        } else if tag.is(&["td", "th"]) && !tag.closes {
            self.open_cell(tag.at);
        } else if tag.is(&["tr"]) {
            if tag.closes { self.close_row() } else { self.open_row() }
        } else if tag.is(&["h1"]) && !tag.closes {
            self.open_heading();
        } else if tag.is(&["figcaption", "caption"]) && !tag.closes {
            self.open(BlockKind::Caption);
        } else if tag.is(&["h1", "figcaption", "caption"])
            || (tag.is(BLOCKS) && self.cells.is_none())
        {
            self.close();
        }
    }

    /// A raised figure is the mark of a note and would run into the figure before it, as in
    /// `13,000<sup>2</sup>`; unless it is the power of a unit, as in `km<sup>2</sup>`.
    fn raised(&mut self, tag: &Tag<'a>) {
        if tag.closes {
            self.unsaid_html = self.unsaid_html.saturating_sub(usize::from(self.in_note));
            self.in_note = false;
            return;
        }
        let after = self.body.get(tag.at + tag.text.len()..).unwrap_or_default();
        // A link's tag may stand before the mark, and little else.
        let near = after.char_indices().nth(500).map_or(after.len(), |(at, _)| at);
        let after = after.get(..near).unwrap_or_default();
        let first = pieces(0, after).find_map(|piece| match piece {
            Piece::Text { text, .. } => text.trim_start().chars().next(),
            Piece::Tag(_) => None,
        });
        let is_mark = first.is_some_and(|c| c.is_ascii_digit() || "[(*†".contains(c));
        if is_mark && self.draft.last() != Some('m') && !self.in_note {
            self.unsaid_html += 1;
            self.in_note = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Article, BlockKind, read};
    use crate::text::{Sources, Span};
    use std::fmt::Write;

    fn article(text: &str, sources: &mut Sources) -> Article {
        read("a.md", text.as_bytes(), None, sources).unwrap().pop().unwrap()
    }

    /// Reads `text` and writes its blocks one a line: kind, then prose; line breaks as `/`.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut shown = String::new();
        let article = article(text, &mut Sources::new());
        for block in &article.blocks {
            let kind = match block.kind {
                BlockKind::Headline => 'H',
                BlockKind::Standfirst => 'S',
                BlockKind::Body => 'B',
                BlockKind::Caption => 'C',
                BlockKind::Table => 'T',
            };
            let prose = block.span.of(&article.prose).replace('\n', "/").replace('\t', "|");
            writeln!(shown, "{kind} {prose}").unwrap();
        }
        assert_eq!(shown.trim_end(), expected);
    }

    /// Holds that `figure` of the prose stands in the file as `stands`, at its only place.
    #[track_caller]
    fn check_place(text: &str, figure: &str, stands: &str) {
        let mut sources = Sources::new();
        let article = article(text, &mut sources);
        let at = article.prose.find(figure).unwrap();
        let place = sources.place(article.locate(Span::new(at, at + figure.len())));
        assert_eq!(place.text, stands);
        assert_eq!(text.find(stands), Some(place.start));
    }

    #[test]
    fn front_matter_gives_headline_and_standfirst() {
        let text = "---\ntitle: \"Up 4% in \\\"May\\\"\"\ndate: 2026-01-28T10:00:00+02:00\n\
                    lastmod: 2026-02-01\ndescription: 'It''s 5&nbsp;%'\n\
                    link: https://www.example.org/a\nsource: 'https://feeds.example.com'\n---\n\
                    # Heading\n\nText 6%.";
        check(text, "H Up 4% in \"May\"\nS It's 5\u{a0}%\nB Heading\nB Text 6%.");
        check_place(text, "4%", "4%");
        check_place(text, "in \"May\"", "in \\\"May\\\"");
        check_place(text, "5\u{a0}%", "5&nbsp;%");
        check_place(text, "6%", "6%");
        let article = article(text, &mut Sources::new());
        assert_eq!(article.title.as_deref(), Some("Up 4% in \"May\""));
        assert_eq!(article.published.unwrap().to_string(), "2026-01-28");
        assert_eq!(article.outlet.as_deref(), Some("example.org"));
        check("+++\ntitle = \"Up\"\ndate = 2026-01-28\n+++\nText.", "H Up\nB Text.");
    }

    #[test]
    fn blocks() {
        check("# Up 4%\n\nOne\ntwo.  \nThree.\n\n## Sub\n", "H Up 4%\nB One/two./Three.\nB Sub");
        check("- one\n- two\n  more\n\n  three\n\n1. four", "B one\nB two/more\nB three\nB four");
        check("> one\n> two\n\nthree", "B one/two\nB three");
        check("One.\r\nTwo.\r\n\r\nThree.\r\n", "B One./Two.\nB Three.");
        check("|A|B|\n|-|-|\n|1|**2%**|\n||x|", "T A|B\nT 1|2%\nT x");
        check("Text.[^1]\n\n[^1]: Note.", "B Text.\nB Note.");
        check("One.\n***\n    indented\n", "B One.\nB indented");
        check("One.\n```\n14\n```\n<!-- 15 -->\nTwo `16`.", "B One.\nB Two 16.");
    }

    #[test]
    fn markup_vanishes_and_offsets_stay() {
        let text = "Rose **6.4%** to [1,000](http://x/77) or 2&nbsp;000 \\* of _3_ `4.5` <http://x/88> <a7@b.org>\n\
                    [5,000][r] ~~6,000~~ ~7,000\n\n[r]: http://x/99";
        check(text, "B Rose 6.4% to 1,000 or 2\u{a0}000 * of 3 4.5  /5,000  ~7,000");
        for figure in ["6.4%", "1,000", "3", "4.5", "5,000", "~7,000"] {
            check_place(text, figure, figure);
        }
        check_place(text, "2\u{a0}000", "2&nbsp;000");
        check_place(text, "6.4% to 1,000", "6.4%** to [1,000");
    }

    #[test]
    fn pictures_have_captions() {
        let text = "One ![14 dead](a.jpg \"File, 2015\") two.\n\nThree ![x][r]\n\n[r]: b \"Y\"";
        check(text, "B One  two.\nC 14 dead\nC File, 2015\nB Three\nC x\nC Y");
        check_place(text, "14 dead", "14 dead");
        check_place(text, "2015", "2015");
        check_place(text, "Y", "![x][r]");
    }

    #[test]
    fn html_keeps_its_text() {
        let text = "<p>Rose <b>6.4%</b>&nbsp;to <a href=\"/77\">1,000</a>.</p><p>Two<br>lines</p>\n\
                    <script>88</script><figure><img alt=\"14 dead\"><figcaption>15 hurt</figcaption>\
                    </figure><table><tr><td>1</td><td><p>2</p></td></tr></table>\n\nOne<br/>two 3 \
                    <del>4</del> 5<sup>6</sup> km<sup>2</sup> 7<sup>th</sup>.";
        check(
            text,
            "B Rose 6.4%\u{a0}to 1,000.\nB Two/lines\nC 14 dead\nC 15 hurt\nT 1|2\n\
             B One/two 3  5 km2 7th.",
        );
        for figure in ["6.4%", "1,000", "14 dead", "15 hurt", "5 km"] {
            let stands = if figure == "5 km" { "5<sup>6</sup> km" } else { figure };
            check_place(text, figure, stands);
        }
    }

    #[test]
    fn shortcodes_are_left_out() {
        let text = "{{< figure src=\"é\" width=\"600\" >}}\n\nOne {% include 700 %} 5%. {{x}} `{{ é 8 }}` \\{{ 9 }}";
        check(text, "B One  5%. {{x}}  {{ 9 }}");
        check_place(text, "5%", "5%");
    }

    #[test]
    fn days_in_file_names_count() {
        let read = |name| read(name, b"Text.", None, &mut Sources::new()).unwrap().pop().unwrap();
        assert!(read("2026-01-28-up.md").published.is_some());
        assert!(read("up.md").published.is_none());
    }

    #[test]
    fn a_bad_front_matter_is_named() {
        let text = b"---\ntitle: \"Up\n---\nText.";
        let error = read("a.md", text, None, &mut Sources::new()).unwrap_err();
        assert_eq!(error.to_string(), "cannot read a.md:2:8: the quoted text does not end");
    }
}
