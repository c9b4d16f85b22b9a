//! The report as bytes: what is on it, that nothing from outside is markup, and that its links lead
//! somewhere. What a browser makes of it is held in `browser.rs`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for a test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

pub(crate) fn numcheck(dir: &Path, args: &[&str], epoch: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(dir).args(args).env_clear();
    if let Some(epoch) = epoch {
        command.env("SOURCE_DATE_EPOCH", epoch);
    }
    command.output().unwrap()
}

/// The report of the sample articles, or of some paths.
#[track_caller]
fn report(dir: &Path, paths: &[&str]) -> String {
    let args = [&["report", "--fail-on", "never"], paths].concat();
    let output = numcheck(dir, &args, None);
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), &*complaints), (Some(0), ""));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What stands behind every `mark` up to the next quotation mark.
fn values<'a>(page: &'a str, mark: &str) -> Vec<&'a str> {
    let found = page.split(mark).skip(1);
    found.filter_map(|rest| rest.split('\'').next()).collect()
}

#[test]
fn every_number_is_underlined_and_has_a_card() {
    let page = report(root(), &["tests/articles"]);
    let claims =
        numcheck(root(), &["claims", "--across", "--format", "jsonl", "tests/articles"], None);
    let claims = String::from_utf8(claims.stdout).unwrap();
    let mut expected = BTreeMap::<String, usize>::new();
    for line in claims.lines() {
        let claim: serde_json::Value = serde_json::from_str(line).unwrap();
        *expected.entry(claim["status"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let counted = |mark: &str| {
        let mut found = BTreeMap::<String, usize>::new();
        for status in values(&page, mark) {
            *found.entry(status.to_owned()).or_default() += 1;
        }
        found
    };
    assert!(expected["supported"] > 5 && expected["contradicted"] > 0, "{expected:?}");
    assert_eq!(counted("<a class='n "), expected);
    assert_eq!(counted("<details class='card "), expected);
}

#[test]
fn every_link_within_a_page_leads_somewhere_and_no_name_is_given_twice() {
    let page = report(root(), &["tests/articles"]);
    let ids = values(&page, " id='");
    let set: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len(), "an id stands twice");
    let links = values(&page, " href='#");
    assert!(links.len() > 100, "{} links", links.len());
    for link in links {
        assert!(set.contains(link), "#{link} is nowhere");
    }
    let findings = numcheck(root(), &["check", "--format", "jsonl", "tests/articles"], None);
    let findings = String::from_utf8(findings.stdout).unwrap();
    assert!(findings.lines().count() > 5);
    for line in findings.lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let anchor = format!("f-{}", finding["fingerprint"].as_str().unwrap());
        assert!(set.contains(&*anchor), "{anchor} has no place on the page");
    }
}

#[test]
fn a_folder_has_an_index_and_a_page_for_each_article() {
    let dir = folder("pages");
    let out = dir.join("out/").display().to_string();
    let args = ["report", "--fail-on", "never", "tests/articles", "-o", &*out];
    let output = numcheck(root(), &args, None);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        pages.insert(name, fs::read_to_string(&path).unwrap());
    }
    let index = &pages["index.html"];
    assert_eq!(values(index, "<li data-a='").len(), 16);
    for (name, page) in &pages {
        for link in values(page, " href='").into_iter().filter(|link| !link.contains(':')) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { name.as_str() } else { file };
            let there = pages.get(file).unwrap_or_else(|| panic!("{name}: no page {file}"));
            let is_there = anchor.is_empty() || there.contains(&format!(" id='{anchor}'"));
            assert!(is_there, "{name}: {file} has no {anchor}");
        }
    }
    assert!(pages["tests-articles-january-build-up-txt.html"].contains("rel='next'"));
}

#[test]
fn the_policy_names_what_the_page_holds() {
    let page = report(root(), &["tests/articles/january-build-up.txt"]);
    let (policy, _) =
        page.split_once("Content-Security-Policy' content='").unwrap().1.split_once("'>").unwrap();
    let policy = policy.replace("&#39;", "'");
    for name in ["style", "script"] {
        let (_, rest) = page.split_once(&format!("<{name}>")).unwrap();
        let (text, rest) = rest.split_once(&format!("</{name}>")).unwrap();
        assert!(!rest.contains(&format!("<{name}")), "there is a second <{name}>");
        let hash = STANDARD.encode(Sha256::digest(text));
        assert!(policy.contains(&format!("{name}-src 'sha256-{hash}'")), "{name}: {policy}");
    }
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    // What the policy forbids would be silently without effect.
    for attribute in [" style='", " onclick='", " onload='", " src='"] {
        assert!(!page.contains(attribute), "the page has {attribute}");
    }
}

#[test]
fn a_report_says_when_it_was_made_only_if_it_is_asked_to() {
    let args = ["report", "tests/articles/january-build-up.txt", "--fail-on", "never"];
    let [one, two] = [(); 2].map(|()| numcheck(root(), &args, None).stdout);
    assert_eq!(one, two);
    let stamped = numcheck(root(), &args, Some("1700000000"));
    let stamped = String::from_utf8(stamped.stdout).unwrap();
    assert!(stamped.contains("Made at 2023-11-14 22:13:20 UTC."), "no time is given");
    let without = stamped.replace(" Made at 2023-11-14 22:13:20 UTC.", "");
    assert_eq!(without.as_bytes(), one);
    let wrong = numcheck(root(), &args, Some("yesterday"));
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert_eq!(wrong.status.code(), Some(2), "{said}");
    assert!(said.contains("SOURCE_DATE_EPOCH is no count of seconds since 1970"), "{said}");
}

#[test]
fn report_ends_like_check() {
    let dir = folder("codes");
    fs::write(
        dir.join("a.txt"),
        "Donbas\n20220128\n\nThe war in Donbas has killed 17,000 people since 2014.\n",
    )
    .unwrap();
    let code = |args: &[&str]| numcheck(&dir, args, None).status.code();
    assert_eq!(code(&["report", "a.txt", "-o", "a.html"]), Some(1));
    assert_eq!(code(&["report", "a.txt", "-o", "a.html", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["report", "none.txt", "-o", "b.html"]), Some(2));
    assert_eq!(code(&["report", "a.txt", "-o", "none/b.html"]), Some(2));
    assert_eq!(code(&["check", "a.txt", "--format", "html", "-o", "c.html"]), Some(1));
    assert_eq!(fs::read(dir.join("a.html")).unwrap(), fs::read(dir.join("c.html")).unwrap());
}

/// An article that would like to run something, with a table that would as well.
pub(crate) fn hostile(dir: &Path) {
    let word = "x".repeat(10_000);
    let numbers: String =
        (0..5_000).fold(String::new(), |text, i| text + &format!("{} geese, ", 10_000 + i));
    let article = format!(
        "---\ntitle: \"<script>alert(1)</script></title></style><img src=x onerror=alert(2)>\"\n\
         date: 2024-01-04\nurl: \"javascript:alert(3)//://\"\nsource: \"'><svg/onload=alert(4)>\"\n---\n\n\
         The earthquake in Japan has killed 46 people, the </script><script>alert(5)</script> said.\n\n\
         It hurt \u{202e}000,12\u{2066} people &lt;b onmouseover='alert(6)'&gt; and \"><em> {word} 14 people.\n\n\
         </details></div></main></body></html><script>alert(7)</script>\n\nThere were {numbers}too.\n"
    );
    fs::write(dir.join("evil<script>alert(8)<.md"), article).unwrap();
    fs::create_dir_all(dir.join("tables")).unwrap();
    fs::write(
        dir.join("tables/sources.csv"),
        "publisher,title,type,rank,party\n<script>alert(9)</script>,A,government,1,no\n",
    )
    .unwrap();
    fs::write(
        dir.join("tables/quakes.csv"),
        "indicator,subject,entity,place,value,bound,unit,kind,period_start,as_of,published,status,publisher,source_url\n\
         earthquake_deaths,deaths,JPN,JPN,64,exact,person,cumulative,2024-01-01,2024-01-03,2024-01-03,official,<script>alert(9)</script>,javascript:alert(10)\n",
    )
    .unwrap();
}

#[test]
fn nothing_from_outside_is_markup() {
    let dir = folder("hostile");
    hostile(&dir);
    let page = report(&dir, &["evil<script>alert(8)<.md", "--reference", "tables"]);
    assert!(page.contains("64 (&lt;script&gt;alert(9)&lt;/script&gt;, as of 2024-01-03)"));
    assert_eq!(page.matches("<script").count(), 1, "a script got in");
    assert_eq!(page.matches("<style").count(), 1);
    for tag in ["<img", "<svg/", "<em>", "<b onmouseover"] {
        assert!(!page.contains(tag), "{tag} got in");
    }
    for link in values(&page, " href='") {
        let safe = link.starts_with('#') || link.starts_with("http") || link == "data:,";
        assert!(safe, "{link}");
    }
    assert!(!page.contains(['\u{202e}', '\u{2066}']), "the direction of writing is turned");
    assert!(values(&page, "<a class='n ").len() > 5_000);
}
