//! Rust files as the laws of `architecture.rs` see them: code without comments, literals and tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A Rust file as written, and what is left of it as code. Lines stay where they are.
pub(crate) struct Code {
    pub(crate) path: String,
    pub(crate) written: String,
    /// Without comments and without the insides of literals.
    pub(crate) bare: String,
    /// The same without what is compiled for tests only.
    pub(crate) product: String,
    /// Whether another file declares it for tests only.
    pub(crate) for_tests: bool,
    /// Files that it declares for tests only.
    test_files: Vec<String>,
}

impl Code {
    pub(crate) fn new(path: &str, written: &str) -> Self {
        let bare = without_comments(written);
        let (product, test_modules) = without_tests(&bare);
        let dir = folder_of_children(path);
        let files = |name: &String| [format!("{dir}/{name}.rs"), format!("{dir}/{name}/mod.rs")];
        let test_files = test_modules.iter().flat_map(files).collect();
        let (path, written) = (path.to_owned(), written.to_owned());
        Self { path, written, bare, product, for_tests: false, test_files }
    }

    /// The folder or file below `src/` that it belongs to; `None` for the root and the program.
    pub(crate) fn layer(&self) -> Option<&str> {
        let first = self.path.strip_prefix("src/")?.split('/').next()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(name, "lib" | "main" | "bin")).then_some(name)
    }

    pub(crate) fn is_program(&self) -> bool {
        self.path.starts_with("src/bin/")
    }

    /// What is compiled for tests only.
    pub(crate) fn tests(&self) -> String {
        if self.for_tests {
            return self.bare.clone();
        }
        let (all, product) = (self.bare.chars(), self.product.chars());
        all.zip(product).map(|(all, product)| if all == product { ' ' } else { all }).collect()
    }
}

/// The files of the folders `src`, `tests/it` and `benches` of this crate.
pub(crate) fn house() -> Vec<Code> {
    let mut files = Vec::new();
    for folder in ["src", "tests/it", "benches"] {
        files_below(Path::new(folder), "rs", &mut files);
    }
    assert!(files.len() > 50, "run the tests from the crate's root");
    furnished(files.into_iter().map(|(path, text)| Code::new(&path, &text)).collect())
}

/// Files that another one declares for tests only hold no product.
pub(crate) fn furnished(mut files: Vec<Code>) -> Vec<Code> {
    let tests: BTreeSet<_> = files.iter().flat_map(|file| file.test_files.clone()).collect();
    for file in &mut files {
        if tests.contains(&file.path) {
            file.for_tests = true;
            file.product = String::new();
        }
    }
    files
}

pub(crate) fn files_below(folder: &Path, extension: &str, found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_below(&path, extension, found);
        } else if path.extension().is_some_and(|own| own == extension) {
            let name = path.to_str().unwrap().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Where the modules lie that a file declares.
pub(crate) fn folder_of_children(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or((".", path));
    match file {
        "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", file.trim_end_matches(".rs")),
    }
}

/// Puts blanks in the place of comments and of what stands between quotation marks.
fn without_comments(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let end = match (at(i), at(i + 1)) {
            ('/', '/') => (i..chars.len()).find(|k| at(*k) == '\n').unwrap_or(chars.len()),
            ('/', '*') => end_of_block(&chars, i),
            ('"', _) => end_of_string(&chars, i, raw_marks(&chars, i)),
            ('\'', '\\') => (i + 3..chars.len()).find(|k| at(*k) == '\'').unwrap_or(i) + 1,
            ('\'', _) if at(i + 2) == '\'' => i + 3,
            (one, _) => {
                out.push(one);
                i += 1;
                continue;
            }
        };
        let end = end.min(chars.len());
        out.extend(chars[i..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        i = end;
    }
    out
}

fn end_of_block(chars: &[char], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut i = start;
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                i += 1;
                continue;
            }
        }
        i += 2;
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

/// How many `#` a raw string has before its quotation mark; `None` if it is not raw.
fn raw_marks(chars: &[char], quote: usize) -> Option<usize> {
    let before = chars[..quote].iter().rev();
    let marks = before.clone().take_while(|c| **c == '#').count();
    before.clone().nth(marks).is_some_and(|c| *c == 'r').then_some(marks)
}

fn end_of_string(chars: &[char], quote: usize, raw: Option<usize>) -> usize {
    let mut i = quote + 1;
    while i < chars.len() {
        match (chars[i], raw) {
            ('\\', None) => i += 1,
            ('"', None) => return i + 1,
            ('"', Some(marks)) if chars[i + 1..].iter().take(marks).all(|c| *c == '#') => {
                return i + 1 + marks;
            }
            _ => {}
        }
        i += 1;
    }
    chars.len()
}

/// Puts blanks in the place of items under `#[cfg(test)]`; also the files declared so.
fn without_tests(code: &str) -> (String, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let mut out = code.to_owned();
    let mut modules = Vec::new();
    while let Some(start) = out.find(MARK) {
        let end = start + MARK.len() + end_of_item(&out[start + MARK.len()..]);
        let item = &out[start + MARK.len()..end];
        if let Some((_, name)) = item.trim_end_matches(';').split_once("mod ")
            && item.ends_with(';')
        {
            modules.push(name.trim().to_owned());
        }
        let blank: String =
            out[start..end].chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    (out, modules)
}

/// Where the first item of `code` ends: behind its block, or behind its semicolon.
fn end_of_item(code: &str) -> usize {
    let mut depth = 0_usize;
    for (i, c) in code.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return i + 1;
                }
            }
            ';' if depth == 0 => return i + 1,
            _ => {}
        }
    }
    code.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where `word` stands in `code` as a word of its own.
pub(crate) fn found<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + use<'a> {
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !code[..*at].ends_with(is_word) && !code[at + word.len()..].starts_with(is_word)
    })
}

pub(crate) fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// What code names of its crate, with lines: `crate::a::B` and `crate::{a, b::C}` name `a` and
/// `b`. The whole crate under another name counts as `crate`.
pub(crate) fn named(code: &str) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for at in found(code, "crate") {
        let rest = &code[at + "crate".len()..];
        let Some(path) = rest.trim_start().strip_prefix("::") else {
            let visibility = rest.starts_with(')');
            names.extend((!visibility).then(|| (line_of(code, at), "crate".to_owned())));
            continue;
        };
        let start = code.len() - path.len();
        let Some(group) = path.trim_start().strip_prefix('{') else {
            names.push((line_of(code, at), first_word(path)));
            continue;
        };
        let mut depth = 1_usize;
        let mut opens = true;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 1 => break,
                '}' => depth -= 1,
                ',' if depth == 1 => opens = true,
                c if opens && !c.is_whitespace() => {
                    opens = false;
                    let here = start + (path.len() - group.len()) + i;
                    names.push((line_of(code, here), first_word(&group[i..])));
                }
                _ => {}
            }
        }
    }
    names
}

pub(crate) fn first_word(path: &str) -> String {
    let path = path.trim_start();
    let end = path.find(|c| !is_word(c)).unwrap_or(path.len());
    path.get(..end.max(1)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Code, furnished, named};

    #[track_caller]
    fn check_code(written: &str, expected: &str) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&Code::new("src/a.rs", written).product), words(expected), "{written}");
    }

    #[test]
    fn comments_literals_and_tests_are_no_product() {
        check_code("a(); // crate::b", "a();");
        check_code("a(/* x /* y */ crate::b */ 1);", "a( 1);");
        check_code(r#"a("crate::b \" // c", 'x', '"', '\'', '\u{27}', 'é');"#, "a( , , , , , );");
        check_code(r##"a(r#"crate::b " x"#, br"\", b'"'); c()"##, "a(r# , br , b ); c()");
        check_code(
            "fn a<'b>(c: &'b str) -> &'b str { c }",
            "fn a<'b>(c: &'b str) -> &'b str { c }",
        );
        check_code("a();\n#[cfg(test)]\nmod tests { fn b() { c() } }\nd();", "a(); d();");
        check_code("#[cfg(test)]\npub(crate) fn b(c: [u8; 3]) -> u8 { c[0] }\nd();", "d();");
        check_code("#[cfg(test)]\n#[expect(x)]\nuse crate::{b, c};\nd();", "; d();");
    }

    #[test]
    fn every_way_to_name_a_layer_is_seen() {
        let names = |code: &str| {
            named(code).into_iter().map(|(line, name)| format!("{line} {name}")).collect::<Vec<_>>()
        };
        assert_eq!(names("use crate::a::{b, c};"), ["1 a"]);
        assert_eq!(
            names("use crate::{\n    a::{b, c},\n    d,\n    e as f,\n};"),
            ["2 a", "3 d", "4 e"]
        );
        assert_eq!(
            names("pub use crate::a;\nfn f() -> crate::b::C { $crate::d!() }"),
            ["1 a", "2 b", "2 d"]
        );
        assert_eq!(names("pub(crate) fn f() {} pub(in crate::a) fn g() {}"), ["1 a"]);
        assert_eq!(
            names("use crate as all; use crate::*; use crate::{self as x};"),
            ["1 crate", "1 *", "1 self"]
        );
        assert_eq!(names("use crate\n    :: a ::b; my_crate::c; crates::d;"), ["1 a"]);
    }

    #[test]
    fn files_declared_for_tests_are_no_product() {
        let mother = Code::new("src/a/mod.rs", "#[cfg(test)]\npub(crate) mod tests;\nmod b;");
        let tests = Code::new("src/a/tests.rs", "use crate::z;");
        let other = Code::new("src/a/b.rs", "#[cfg(test)] mod tests; use crate::y;");
        let nested = Code::new("src/a/b/tests.rs", "use crate::x;");
        let left =
            furnished(vec![mother, tests, other, nested]).into_iter().map(|file| file.product);
        assert_eq!(
            left.map(|code| code.trim().to_owned()).collect::<Vec<_>>(),
            ["mod b;", "", "use crate::y;", ""]
        );
    }
}
