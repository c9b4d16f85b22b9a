//! The input formats: what is read from the samples of our own, that every place leads to the
//! bytes of the file in every encoding, and what is no article.

use flate2::read::GzDecoder;
use numcheck::check::{Settings, check};
use numcheck::claim::Claim;
use numcheck::ingest::{self, Article, BlockKind};
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SAMPLES: &str = "tests/formats";

/// The tables, read once.
static TABLES: LazyLock<(Sources, Arc<Store>)> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let store = Arc::new(Store::builtin(&mut sources));
    (sources, store)
});

/// The samples with their bytes.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut samples = Vec::new();
    for entry in fs::read_dir(SAMPLES).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !["README.md", "expected.txt", "shared.csv"].contains(&&*name) {
            samples.push((name, fs::read(path).unwrap()));
        }
    }
    samples.sort();
    samples
}

/// What is to be read of an article.
#[derive(Debug, Default)]
struct Expected {
    /// The lines about it and its blocks.
    lines: Vec<String>,
    /// Its numbers that are written otherwise, and how.
    written: Vec<(String, String)>,
}

/// What the page says is read, by article.
fn expected() -> BTreeMap<String, Expected> {
    let page = fs::read_to_string(Path::new(SAMPLES).join("expected.txt")).unwrap();
    let mut all: BTreeMap<String, Expected> = BTreeMap::new();
    let mut name = String::new();
    for line in page.lines().filter(|line| !line.is_empty()) {
        if let Some(inner) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            inner.clone_into(&mut name);
            all.entry(name.clone()).or_default();
        } else if let Some(number) = line.strip_prefix("# ") {
            let (text, stands) = number.split_once(" = ").unwrap();
            let known = all.get_mut(&name).unwrap();
            known.written.push((text.to_owned(), stands.to_owned()));
        } else {
            all.get_mut(&name).unwrap().lines.push(line.to_owned());
        }
    }
    all
}

/// White space of any kind as spaces, as `expected.txt` has it.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() && c != '\n' && c != '\t' { ' ' } else { c })
        .collect()
}

fn shown(article: &Article) -> Vec<String> {
    let mut lines = Vec::new();
    let mut about = "@".to_owned();
    if let Some(day) = article.published {
        write!(about, " {day}").unwrap();
    }
    if let Some(outlet) = &article.outlet {
        write!(about, " {outlet}").unwrap();
    }
    lines.push(about);
    for block in &article.blocks {
        let kind = match block.kind {
            BlockKind::Headline => 'H',
            BlockKind::Standfirst => 'S',
            BlockKind::Body => 'B',
            BlockKind::Caption => 'C',
            BlockKind::Table => 'T',
        };
        let prose = plain(block.span.of(&article.prose)).replace('\n', "/").replace('\t', "|");
        lines.push(format!("{kind} {prose}"));
    }
    lines
}

/// Whether the places of a format count in the file, rather than in an extracted text.
fn is_stored(name: &str) -> bool {
    Path::new(name).extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("docx"))
}

/// A number of an article.
struct Number {
    text: String,
    article: String,
    /// The bytes that stand at its place in the file.
    stands: Vec<u8>,
}

/// Every number of a file.
fn numbers(name: &str, bytes: &[u8]) -> Vec<Number> {
    let (mut sources, store) = TABLES.clone();
    let articles = ingest::read(name, bytes, None, &mut sources).unwrap();
    let review = check(articles, sources, store, &Settings::default());
    assert!(review.is_sound(), "{name}: {:?}", review.unsound());
    let number = |claim: &Claim| {
        let article = &review.articles[claim.article];
        let span = claim.quantity.span;
        let place = review.sources.place(article.locate(span));
        let stands = bytes.get(place.start..place.end).unwrap_or_default().to_vec();
        Number { text: span.of(&article.prose).to_owned(), article: article.name.clone(), stands }
    };
    review.claims.iter().map(number).collect()
}

#[test]
fn samples_are_read_as_expected() {
    let mut expected = expected();
    let mut faults = String::new();
    for (name, bytes) in samples() {
        let articles = ingest::read(&name, &bytes, None, &mut Sources::new()).unwrap();
        for article in &articles {
            let Expected { lines, .. } = expected.remove(&article.name).unwrap_or_default();
            if shown(article) != lines {
                let found = shown(article).join("\n");
                write!(faults, "[{}]\n{found}\n\n", article.name).unwrap();
            }
        }
    }
    let missing: Vec<_> = expected.keys().collect();
    assert!(faults.is_empty(), "read otherwise than expected:\n\n{faults}");
    assert!(missing.is_empty(), "not read: {missing:?}");
}

#[test]
fn numbers_lead_to_their_bytes() {
    let expected = expected();
    for (name, bytes) in samples().into_iter().filter(|(name, _)| is_stored(name)) {
        let found = numbers(&name, &bytes);
        assert!(!found.is_empty(), "{name} has no number");
        let mut otherwise: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for Number { text, article, stands } in found {
            let stands = String::from_utf8(stands).unwrap();
            if stands != text {
                otherwise.entry(article).or_default().push((plain(&text), stands));
            }
        }
        for (article, Expected { written, .. }) in
            expected.iter().filter(|(article, _)| article.split('#').next() == Some(&*name))
        {
            let found = otherwise.remove(article).unwrap_or_default();
            assert_eq!(&found, written, "{article}");
        }
    }
}

/// An encoding, a text in it, and how its bytes are read back.
type Encoded = (&'static str, Vec<u8>, fn(&[u8]) -> String);

/// A text in the encodings that an article may come in, with how to read it back.
fn encoded(text: &str) -> Vec<Encoded> {
    fn utf8(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }
    fn utf16_le(bytes: &[u8]) -> String {
        encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
    }
    fn utf16_be(bytes: &[u8]) -> String {
        encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned()
    }
    fn windows(bytes: &[u8]) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }
    let marked = format!("\u{feff}{text}");
    let units = || marked.encode_utf16();
    let mut all: Vec<Encoded> = vec![
        ("UTF-8 behind its mark", marked.clone().into_bytes(), utf8),
        ("UTF-16, little end first", units().flat_map(u16::to_le_bytes).collect(), utf16_le),
        ("UTF-16, big end first", units().flat_map(u16::to_be_bytes).collect(), utf16_be),
        ("lines that end in CRLF", text.replace('\n', "\r\n").into_bytes(), utf8),
    ];
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    if !lost {
        all.push(("Windows-1252", bytes.into_owned(), windows));
    }
    all
}

#[test]
fn samples_are_the_same_in_every_encoding() {
    for (name, bytes) in samples().into_iter().filter(|(name, _)| is_stored(name)) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let plainly = numbers(&name, &bytes);
        for (encoding, bytes, decoded) in encoded(&text) {
            let found = numbers(&name, &bytes);
            assert_eq!(found.len(), plainly.len(), "{name} as {encoding}");
            for (found, plainly) in found.iter().zip(&plainly) {
                assert_eq!(found.text, plainly.text, "{name} as {encoding}");
                let stands = decoded(&found.stands).replace("\r\n", "\n");
                let expected = String::from_utf8(plainly.stands.clone()).unwrap();
                assert_eq!(stands, expected, "{name} as {encoding}");
            }
        }
    }
}

#[test]
fn absurd_markup_is_read_in_bounded_time() {
    let read = |name: &str, text: &str| {
        ingest::read(name, text.as_bytes(), None, &mut Sources::new()).map(|mut all| all.remove(0))
    };
    let deep = format!("<html><body>{}<p>It rose by 4%.</p>", "<div><b><p><table>".repeat(10_000));
    assert_eq!(read("deep.html", &deep).unwrap().prose, "It rose by 4%.");
    let closed =
        format!("<html><body>{}<p>It rose by 4%.</p>", "<b></div></i></table>".repeat(25_000));
    assert_eq!(read("closed.html", &closed).unwrap().prose, "It rose by 4%.");
    let long = format!("<html><body><p class='{}'>It rose by 4%.</p>", "x ".repeat(500_000));
    assert_eq!(read("long.html", &long).unwrap().prose, "It rose by 4%.");
    let entities = format!("<html><body><p>{}4%</p>", "&amp;".repeat(200_000));
    assert_eq!(read("entities.html", &entities).unwrap().prose.len(), 200_002);
    let nested = format!(
        "{{\"uri\":\"u\",\"x\":{}{},\"body_text\":\"It rose by 4%.\"}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(read("nested.json", &nested).unwrap().prose, "It rose by 4%.");
}

#[test]
fn bombs_are_refused_or_left_packed() {
    let read = |name: &str, bytes: &[u8]| {
        ingest::read(name, bytes, None, &mut Sources::new()).map(|mut all| all.remove(0).prose)
    };
    let mut bomb = "<!DOCTYPE nitf [<!ENTITY a0 \"ten\">".to_owned();
    for n in 1..30 {
        write!(bomb, "<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1).unwrap();
    }
    bomb.push_str("]><nitf><body><body.content><p>&a29; 4%</p></body.content></body></nitf>");
    assert_eq!(read("bomb.xml", bomb.as_bytes()).unwrap(), "&a29; 4%");
    let deep = format!("<nitf>{}", "<p>".repeat(100_000));
    let error = read("deep.xml", deep.as_bytes()).unwrap_err();
    assert!(error.to_string().ends_with("elements stand 512 deep in each other"), "{error}");
    let long = format!(
        "<nitf><body><body.content><p a='{}'>4%</p></body.content></body></nitf>",
        "x".repeat(1 << 20)
    );
    assert_eq!(read("long.xml", long.as_bytes()).unwrap(), "4%");
    // A hundred megabytes of one letter pack to a hundred kilobytes.
    let packed = archive("word/document.xml", &vec![b'a'; 100 << 20]);
    assert!(packed.len() < 1 << 20);
    let error = read("bomb.docx", &packed).unwrap_err();
    assert_eq!(error.to_string(), "cannot read bomb.docx: it is larger than 4 MiB");
    let error = read("other.docx", &archive("a.txt", b"Ten.")).unwrap_err();
    assert!(error.is_no_article(), "{error}");
    let whole = fs::read(Path::new(SAMPLES).join("library.docx")).unwrap();
    let error = read("cut.docx", &whole[..whole.len() / 2]).unwrap_err();
    assert!(
        error.to_string().starts_with("cannot read cut.docx: it cannot be unpacked:"),
        "{error}"
    );
    let error = read("old.docx", b"Ten people came.").unwrap_err();
    assert!(error.to_string().contains("no Word document"), "{error}");
}

/// A zip file with one part.
fn archive(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_story_says_what_it_is() {
    let check = |name: &str, text: &str, expected: &str| {
        let error = ingest::read(name, text.as_bytes(), None, &mut Sources::new()).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot read {name}{expected}"));
        assert!(error.help().is_some());
    };
    check("sitemap.xml", "<urlset><url/></urlset>", ": it is XML of <urlset>, no article");
    check("p.xml", "<packageItem guid='u'/>", ": it is a NewsML <packageItem>, no article");
    check("c.xml", "<conceptItem/>", ": it is a NewsML <conceptItem>, no article");
    check(
        "s.xml",
        "<newsItem><contentSet><inlineXML><sports-content>9</sports-content></inlineXML></contentSet></newsItem>",
        ": it is a NewsML <newsItem> without a text, no article",
    );
    check(
        "f.rss",
        "<rss><channel><title>T</title></channel></rss>",
        ": it is a feed without a story, no article",
    );
    check(
        "n.xml",
        "<nitf><body>\n é<p></body>",
        ":2:6: ill-formed document: expected `</p>`, but `</body>` was found",
    );
    check("n.nitf", "<nitf>", ":1:7: the element <nitf> does not end");
}

#[test]
fn a_page_without_text_is_an_error() {
    let error =
        ingest::read("a.html", b"<html><body><p> </p></body></html>", None, &mut Sources::new());
    assert_eq!(error.unwrap_err().to_string(), "cannot read a.html: it is empty");
}

/// The samples that are not part of this repository.
const SHARED: &str = "../shared/formats/samples";

/// What `shared.csv` says of a sample, which a person has held against it: how many articles it
/// has, and of the first one the day, the length of the headline in characters, the number of
/// blocks and their length together.
fn about_shared(name: &str, bytes: &[u8]) -> String {
    let mut sources = Sources::new();
    match ingest::read(name, bytes, None, &mut sources) {
        Err(error) if error.is_no_article() => "0,,,,".to_owned(),
        Err(error) => panic!("{error}"),
        Ok(articles) => {
            let first = articles.first().unwrap();
            let day = first.published.map(|day| day.to_string()).unwrap_or_default();
            let title = first.title.as_deref().unwrap_or_default().chars().count();
            let prose = |article: &Article| {
                let blocks = article.blocks.iter();
                blocks.map(|block| block.span.of(&article.prose).chars().count()).sum::<usize>()
            };
            let blocks = first.blocks.len();
            format!("{},{day},{title},{blocks},{}", articles.len(), prose(first))
        }
    }
}

/// The samples: folder and name, and their bytes, unpacked.
fn shared() -> Option<Vec<(String, Vec<u8>)>> {
    let mut samples = Vec::new();
    for folder in fs::read_dir(SHARED).ok()? {
        let folder = folder.unwrap().path();
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.strip_prefix(SHARED).unwrap().to_str().unwrap().to_owned();
            let mut bytes = fs::read(&path).unwrap();
            let name = if let Some(inner) = name.strip_suffix(".gz") {
                let mut unpacked = Vec::new();
                GzDecoder::new(&*bytes).read_to_end(&mut unpacked).unwrap();
                bytes = unpacked;
                inner.to_owned()
            } else {
                name
            };
            // What other programs make of the samples is none.
            if !name.contains("__expected") {
                samples.push((name, bytes));
            }
        }
    }
    samples.sort();
    Some(samples)
}

#[test]
fn samples_of_publishers_are_read() {
    let Some(samples) = shared() else {
        println!("skipped: {SHARED} is not here");
        return;
    };
    let page = fs::read_to_string(Path::new(SAMPLES).join("shared.csv")).unwrap();
    let known: BTreeMap<&str, &str> =
        page.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
    let mut faults = String::new();
    for (name, bytes) in &samples {
        let about = about_shared(name, bytes);
        let expected = known.get(&**name).copied().unwrap_or_default();
        if about != expected {
            writeln!(faults, "{name},{about}\n    expected {expected}").unwrap();
        }
    }
    assert!(faults.is_empty(), "read otherwise than expected:\n{faults}");
    assert_eq!(samples.len(), known.len(), "a sample is missing");
}

/// The digits of a text as it is written: without tags, and with references to characters meant.
fn digits(written: &str) -> String {
    let mut text = String::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            '<' => rest.find('>').map(|at| at + 1),
            '&' => rest.find(';').filter(|at| *at < 12).map(|at| at + 1),
            '\\' if rest.starts_with("\\u") => Some(6),
            _ => None,
        };
        if skip.is_none() && c.is_ascii_digit() {
            text.push(c);
        }
        rest = rest.get(skip.unwrap_or(c.len_utf8())..).unwrap_or_default();
    }
    text
}

#[test]
fn numbers_of_publishers_samples_lead_to_their_bytes() {
    let Some(samples) = shared() else {
        println!("skipped: {SHARED} is not here");
        return;
    };
    let mut count = 0;
    for (name, bytes) in samples.iter().filter(|(name, _)| is_stored(name)) {
        if about_shared(name, bytes).starts_with('0') {
            continue;
        }
        for Number { text, stands, .. } in numbers(name, bytes) {
            let stands = String::from_utf8_lossy(&stands).into_owned();
            assert_eq!(digits(&stands), digits(&text), "{name}: {text} at {stands}");
            count += usize::from(stands == text);
        }
    }
    assert!(count > 800, "only {count} numbers stand as they are read");
}
