//! Tests of formats told apart, of files and folders.

use crate::ingest::{Error, LIMIT, files, open, read};
use crate::text::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("numcheck-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    #[expect(clippy::disallowed_methods, reason = "tests write the files they read")]
    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Reads `text` as `name` and holds how many articles of which first prose it gives.
#[track_caller]
fn check_format(name: &str, format: Option<&str>, text: &str, expected: &[&str]) {
    let articles = read(name, text.as_bytes(), format, &mut Sources::new()).unwrap();
    let prose: Vec<_> = articles.iter().map(|article| article.prose.as_str()).collect();
    assert_eq!(prose, expected);
}

#[track_caller]
fn check_files(folder: &Folder, expected: &[&str]) {
    let found = files(folder.path()).unwrap();
    let found: Vec<_> =
        found.iter().map(|path| path.strip_prefix(folder.path()).unwrap()).collect();
    assert_eq!(found, expected.iter().map(Path::new).collect::<Vec<_>>());
}

#[track_caller]
fn check_error(path: &Path, expected: &str) {
    let error = open(path, &mut Sources::new()).unwrap_err();
    assert_eq!(error.to_string(), format!("cannot read {}: {expected}", path.display()));
    assert_eq!(error.path(), path.display().to_string());
}

#[test]
fn formats_are_told_apart() {
    let row = "\n {\"text\":\"One.\"}\n{\"text\":\"Two.\"}";
    check_format("-", None, row, &["One.", "Two."]);
    check_format("a.ndjson", None, row, &["One.", "Two."]);
    check_format("-", None, "---\ntitle: Up\n---\n**One.**", &["Up\nOne."]);
    check_format("a.txt", None, "+++\ntitle = 'Up'\n+++\n**One.**", &["Up\nOne."]);
    check_format("a.MD", None, "**One.**", &["One."]);
    check_format("-", Some("markdown"), "**One.**", &["One."]);
    check_format("a.md", Some("text"), "**One.**", &["**One.**"]);
    check_format("-", None, "---\nOne.\n---\n", &["---\nOne.\n---"]);
    check_format("-", None, "{\"a\":\"One.\"}", &["{\"a\":\"One.\"}"]);
    let unknown = read("-", b"One.", Some("rtf"), &mut Sources::new());
    assert!(matches!(unknown, Err(Error::UnknownFormat { .. })));
}

#[test]
fn folders_give_their_articles_in_order() {
    let folder = Folder::new("folder")
        .with("b.txt", "One.")
        .with("a/c.md", "One.")
        .with("a/d.JSONL", "{}")
        .with("a/e.csv", "One.")
        .with(".hidden.txt", "One.")
        .with("README.md", "One.")
        .with(".git/x.txt", "One.")
        .with(".gitignore", "drafts/\n")
        .with("drafts/f.txt", "One.");
    check_files(&folder, &["a/c.md", "a/d.JSONL", "b.txt"]);
    let file = folder.path().join("a/e.csv");
    assert_eq!(files(&file).unwrap(), [file]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_do_no_harm() {
    let folder = Folder::new("links").with("a/b.txt", "One.");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink("b.txt", folder.path().join("a/c.txt")).unwrap();
    check_files(&folder, &["a/b.txt", "a/c.txt"]);
}

#[test]
fn a_folder_without_articles_is_an_error() {
    let folder = Folder::new("none").with("a.csv", "One.");
    let error = files(folder.path()).unwrap_err();
    assert!(matches!(error, Error::NoArticles { .. }), "{error}");
    let error = files(&folder.path().join("b.txt")).unwrap_err();
    assert!(matches!(error, Error::Missing { .. }), "{error}");
}

#[test]
fn what_cannot_be_read() {
    let large = "a ".repeat(LIMIT / 2 + 1);
    let folder = Folder::new("bad")
        .with("empty.txt", " \n\u{feff}".trim_end_matches('\u{feff}'))
        .with("head.txt", "20220128\nhttps://example.org/a\n")
        .with("empty.md", "---\ndate: 2022-01-28\n---\n")
        .with("binary.txt", b"PK\x03\x05")
        .with("large.txt", &large);
    let path = |name| folder.path().join(name);
    check_error(&path("missing.txt"), "no such file or folder");
    check_error(folder.path(), "it is a folder");
    check_error(&path("empty.txt"), "it is empty");
    check_error(&path("head.txt"), "it is empty");
    check_error(&path("empty.md"), "it is empty");
    check_error(&path("binary.txt"), "byte 2 is 0x03, which no text has");
    check_error(&path("large.txt"), "it is larger than 4 MiB");
}

#[test]
fn a_large_text_on_one_line_is_read() {
    let text = "It rose by 4% in May. ".repeat(LIMIT / 22);
    let mut sources = Sources::new();
    let articles = read("a.txt", text.as_bytes(), None, &mut sources).unwrap();
    assert_eq!(articles.first().unwrap().prose, text.trim_end());
    let articles = read("a.md", text.as_bytes(), None, &mut sources).unwrap();
    assert_eq!(articles.first().unwrap().prose, text.trim_end());
}

#[test]
fn stored_offsets_go_through_decoding() {
    let text = "\u{feff}Up 4%\n\nIt cost €5.";
    let bytes: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut sources = Sources::new();
    let articles = read("a.txt", &bytes, None, &mut sources).unwrap();
    let article = articles.first().unwrap();
    let at = article.prose.find('5').unwrap();
    let place = sources.place(article.locate(crate::text::Span::new(at, at + 1)));
    assert_eq!((place.text.as_str(), place.line, place.column), ("5", 3, 10));
    assert_eq!(bytes.get(place.start..place.end), Some(b"5\0".as_slice()));
}
