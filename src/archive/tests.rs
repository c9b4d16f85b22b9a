//! What an archive promises, held against it.

#![expect(clippy::disallowed_methods, reason = "a test writes files")]

use crate::archive::{Added, Archive, Bond, Entry, Error, Filed, Key, Query, Wanted};
use crate::claim::{Claim, claims};
use crate::ingest::{Article, read};
use crate::reference::Store;
use crate::text::Sources;
use std::path::PathBuf;
use std::sync::LazyLock;

static STORE: LazyLock<Store> = LazyLock::new(|| Store::builtin(&mut Sources::new()));

/// A file of its own for a test; nothing is there.
pub(crate) fn file(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("numcheck-archive-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let path = dir.join(format!("{name}.db"));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    path
}

/// A story that one outlet published on one day.
fn story(outlet: &str, day: &str, text: &str) -> Article {
    let file = format!("Flood in Lagos\n{day}\nhttps://{outlet}/flood\n{text}\n");
    read("a.txt", file.as_bytes(), None, &mut Sources::new()).unwrap().remove(0)
}

fn filed(claim: &Claim) -> Filed<'_> {
    let key = Key {
        indicator: claim.indicator.value.name().to_owned(),
        place: "NGA-Lagos".to_owned(),
        kind: claim.quantity.kind.name().to_owned(),
        unit: "person".to_owned(),
    };
    Filed { claim, key, measure: None, at: None, bond: Some(flood()) }
}

fn flood() -> Bond {
    Bond { own: "NGA-Lagos".to_owned(), ..Bond::default() }
}

#[track_caller]
fn add(archive: &mut Archive, articles: &[Article]) -> Vec<Added> {
    let all: Vec<Vec<Claim>> = articles.iter().map(|a| claims(a, 0, &STORE.catalog)).collect();
    let entries: Vec<Entry<'_>> = articles
        .iter()
        .zip(&all)
        .map(|(article, claims)| {
            let filed = claims.iter().map(|c| filed(c));
            Entry { article, claims: filed.collect() }
        })
        .collect();
    let added = archive.add(&entries).unwrap();
    assert_eq!(archive.faults().unwrap(), Vec::<String>::new());
    added
}

fn killed(from: &str, to: &str) -> Wanted {
    let key = Key {
        indicator: "killed".to_owned(),
        place: "NGA-Lagos".to_owned(),
        kind: "count".to_owned(),
        unit: "person".to_owned(),
    };
    Wanted { key, bond: flood(), from: from.parse().unwrap(), to: to.parse().unwrap() }
}

#[test]
fn the_same_article_is_added_once_and_a_changed_one_takes_its_place() {
    let mut archive = Archive::create(&file("versions")).unwrap();
    let first = story("a.example", "20240703", "The flood killed 12 people.");
    let second = story("a.example", "20240703", "The flood killed 14 people.");
    assert_eq!(add(&mut archive, std::slice::from_ref(&first)), [Added::New(1)]);
    assert_eq!(add(&mut archive, std::slice::from_ref(&first)), [Added::Known(1)]);
    assert_eq!(add(&mut archive, std::slice::from_ref(&second)), [Added::Changed(2)]);
    // The old version is known, and does not come back.
    assert_eq!(add(&mut archive, &[first, second]), [Added::Known(1), Added::Known(2)]);
    assert_eq!(archive.size().unwrap(), (1, 1));
    let found = archive.query(&Query { limit: 9, ..Query::default() }).unwrap();
    assert_eq!(found.iter().map(|claim| &*claim.number).collect::<Vec<_>>(), ["14"]);
    let versions: Vec<_> = archive.list().unwrap().iter().map(|a| a.replaced_by).collect();
    assert_eq!(versions, [Some(2), None]);
    assert_eq!(archive.remove("https://a.example/flood").unwrap(), 2);
    assert_eq!(archive.size().unwrap(), (0, 0));
    assert!(matches!(archive.remove("1"), Err(Error::Unknown { .. })));
    assert_eq!(archive.faults().unwrap(), Vec::<String>::new());
}

#[test]
fn two_versions_in_one_batch_leave_the_later_one() {
    let mut archive = Archive::create(&file("batch")).unwrap();
    let versions = ["The flood killed 12 people.", "The flood killed 14 people."]
        .map(|text| story("a.example", "20240703", text));
    assert_eq!(add(&mut archive, &versions), [Added::New(1), Added::Changed(2)]);
    assert_eq!(archive.size().unwrap(), (1, 1));
}

#[test]
fn claims_are_found_by_key_and_day() {
    let mut archive = Archive::create(&file("near")).unwrap();
    let days = ["20240701", "20240703", "20240705"];
    let text = "The flood killed 12 people and left 3 missing.";
    add(&mut archive, &days.map(|day| story(&format!("{day}.example"), day, text)));
    let near = |from, to| archive.near(&[killed(from, to)]).unwrap();
    assert_eq!(near("2024-07-01", "2024-07-03"), [1, 2]);
    assert_eq!(near("2024-07-02", "2024-07-04"), [2]);
    assert_eq!(near("2024-07-06", "2024-07-09"), Vec::<i64>::new());
    let mut sources = Sources::new();
    let restored = archive.articles(&[2], &mut sources).unwrap().remove(0);
    let original = story("20240703.example", "20240703", text);
    assert_eq!(restored.prose, original.prose);
    assert_eq!(restored.title, original.title);
    let again = claims(&restored, 0, &STORE.catalog);
    let before = claims(&original, 0, &STORE.catalog);
    assert_eq!(
        again.iter().map(|c| &c.id).collect::<Vec<_>>(),
        before.iter().map(|c| &c.id).collect::<Vec<_>>()
    );
    let place = sources.place(restored.locate(again[0].quantity.span));
    assert_eq!((&*place.text, place.path.ends_with(".db#2")), ("12", true));
}

#[test]
fn claims_are_found_by_words_and_slots() {
    let mut archive = Archive::create(&file("query")).unwrap();
    let dam = story("a.example", "20240703", "The dam broke. The flood killed 12 people at night.");
    let road = story("b.example", "20240705", "The flood left 30 people missing on the road.");
    add(&mut archive, &[dam, road]);
    let numbers = |query: &Query| -> Vec<String> {
        archive.query(query).unwrap().into_iter().map(|claim| claim.number).collect()
    };
    let any = Query { limit: 9, ..Query::default() };
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    assert_eq!(numbers(&any), ["30", "12"]);
    assert_eq!(numbers(&Query { words: words("flood night"), ..any.clone() }), ["12"]);
    assert_eq!(numbers(&Query { words: words("Lagos"), ..any.clone() }), ["30", "12"]);
    assert_eq!(numbers(&Query { words: words("\" OR x"), ..any.clone() }), Vec::<String>::new());
    assert_eq!(numbers(&Query { measure: Some("missing".into()), ..any.clone() }), ["30"]);
    let until = "2024-07-04".parse().ok();
    assert_eq!(numbers(&Query { until, ..any.clone() }), ["12"]);
    assert_eq!(numbers(&Query { since: until, ..any.clone() }), ["30"]);
    assert_eq!(numbers(&Query { limit: 1, ..any }), ["30"]);
}

#[test]
fn a_full_disk_is_said_and_leaves_what_was_there() {
    let mut archive = Archive::create(&file("full")).unwrap();
    add(&mut archive, &[story("a.example", "20240703", "The flood killed 12 people.")]);
    let pages: i64 = archive.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    archive.db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    let long = "The flood killed 12 people. ".repeat(4_000);
    let article = story("b.example", "20240704", &long);
    let claims = claims(&article, 0, &STORE.catalog);
    let filed = claims.iter().map(|c| filed(c)).collect();
    let error = archive.add(&[Entry { article: &article, claims: filed }]).unwrap_err();
    assert!(error.to_string().ends_with("the disk is full"), "{error}");
    assert!(error.help().is_some_and(|help| help.contains("make room")));
    assert_eq!(archive.size().unwrap(), (1, 1));
    assert_eq!(archive.faults().unwrap(), Vec::<String>::new());
}

#[test]
fn many_read_while_one_writes() {
    let path = file("readers");
    let mut archive = Archive::create(&path).unwrap();
    let text = "The flood killed 12 people.";
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut last = 0;
                    while !done.load(std::sync::atomic::Ordering::Relaxed) {
                        let reader = Archive::open(&path).unwrap();
                        let (articles, claims) = reader.size().unwrap();
                        assert_eq!(articles, claims);
                        assert!(articles >= last, "{articles} after {last}");
                        last = articles;
                    }
                    last
                })
            })
            .collect();
        for n in 0..40 {
            let articles: Vec<_> =
                (0..5).map(|k| story(&format!("{n}-{k}.example"), "20240703", text)).collect();
            add(&mut archive, &articles);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        for reader in readers {
            assert!(reader.join().unwrap() <= 200);
        }
    });
    assert_eq!(archive.size().unwrap(), (200, 200));
}

#[test]
fn what_is_no_archive_is_said_to_be_none() {
    let missing = Archive::open(&file("missing")).unwrap_err();
    assert!(missing.to_string().ends_with("no such file"), "{missing}");
    let path = file("text");
    std::fs::write(
        &path,
        "Not a database, but a text that is longer than the header of one, \
        which has a hundred bytes and begins with its own name.",
    )
    .unwrap();
    for opened in [Archive::open(&path), Archive::create(&path), Archive::change(&path)] {
        let error = opened.unwrap_err();
        assert!(error.to_string().ends_with("it is no database"), "{error}");
    }
    let folder = Archive::create(&std::env::temp_dir().join("no such folder/a.db")).unwrap_err();
    assert!(folder.to_string().ends_with("the file cannot be opened"), "{folder}");
}
