//! The report as a browser shows it: filters, search, links, keys, and every kind of reader.

use crate::browser::Browser;
use crate::report::{folder, hostile, numcheck, root};
use serde_json::json;
use std::path::PathBuf;

/// The report of all sample articles on one page.
fn samples(name: &str) -> PathBuf {
    written(name, &["tests/articles"], "report.html")
}

fn written(name: &str, paths: &[&str], out: &str) -> PathBuf {
    let file = folder(name).join(out);
    let to = format!("{}{}", file.display(), if out.ends_with('/') { "/" } else { "" });
    let args = [&["report", "--fail-on", "never", "-o", &to], paths].concat();
    let output = numcheck(root(), &args, None);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    file
}

/// A page of the sample in pages.
fn pages(name: &str) -> PathBuf {
    written(
        name,
        &["tests/articles/january-build-up.txt", "tests/articles/outdated-toll.md"],
        "pages/",
    )
}

#[track_caller]
fn sound(browser: &mut Browser) {
    let faults = browser.faults();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn filters_leave_what_fits_and_stand_in_the_address() {
    let Some(mut page) = Browser::start("filters of the report") else { return };
    let file = samples("filters");
    page.open(&file, "");
    assert_eq!(page.seen("#tools"), 1);
    let all = page.seen(".findings > li");
    page.click("#tools [data-status=contradicted]");
    assert_eq!(page.value("location.hash"), "#status=contradicted");
    assert_eq!(page.value("document.querySelector('#tools [data-status]').ariaPressed"), "true");
    assert_eq!(page.seen(".findings > li"), 3);
    assert_eq!(page.seen("details.story"), 3, "articles without such a number are away");
    assert_eq!(page.value("document.querySelector('#shown').textContent"), "3 shown");
    let left = "[...document.querySelectorAll('.card:not(.away)')].map(c => c.dataset.s).join()";
    assert_eq!(page.value(left), "contradicted,contradicted,contradicted");
    // The address leads back to what was seen.
    page.open(&file, "#status=outdated&topic=killed");
    assert_eq!(page.value("document.querySelector('[name=topic]').value"), "killed");
    let left = "[...document.querySelectorAll('.card:not(.away)')].every(c => c.dataset.s === \
                'outdated' && c.dataset.i === 'killed')";
    assert_eq!(page.value(left), true);
    page.press("Escape");
    assert_eq!(page.value("location.hash"), "");
    assert_eq!(page.seen(".findings > li"), all);
    for (name, value, count) in
        [("rule", "wrong-subject", 1), ("article", "tests/articles/troops-including.txt", 1)]
    {
        page.value(&format!(
            "(() => {{ const s = document.querySelector('[name={name}]'); s.value = '{value}'; \
             s.dispatchEvent(new Event('change')); }})()"
        ));
        assert_eq!(page.seen(".findings > li"), count, "{name}");
        assert_eq!(page.seen("details.story"), 1, "{name}");
        page.press("Escape");
    }
    page.picture("filters");
    sound(&mut page);
}

#[test]
fn search_finds_words_of_numbers_findings_and_articles() {
    let Some(mut page) = Browser::start("search of the report") else { return };
    page.open(&samples("search"), "");
    page.press("/");
    assert_eq!(page.value("document.activeElement.id"), "q");
    for key in "paratroopers".chars() {
        page.press(&key.to_string());
    }
    assert_eq!(page.value("document.querySelector('#q').value"), "paratroopers");
    assert_eq!(page.value("location.hash"), "#q=paratroopers");
    assert_eq!(page.seen("details.story"), 1);
    assert_eq!(page.seen(".findings > li"), 1);
    page.press("Escape");
    assert_eq!(page.value("document.activeElement.tagName"), "BODY");
    assert!(page.seen("details.story") > 10);
    sound(&mut page);
}

#[test]
fn a_link_leads_to_its_finding() {
    let Some(mut page) = Browser::start("links to findings") else { return };
    let file = samples("links");
    page.open(&file, "");
    let anchor = page.value("document.querySelector('.findings a').getAttribute('href')");
    let anchor = anchor.as_str().unwrap().to_owned();
    page.open(&file, &anchor);
    let shown = format!("document.querySelector('{anchor}')");
    assert_eq!(page.value(&format!("{shown}.checkVisibility()")), true, "its card is open");
    let inside = format!(
        "(() => {{ const r = {shown}.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; }})()"
    );
    assert_eq!(page.value(&inside), true, "it is in sight");
    assert_eq!(page.seen("a.n.on"), 1, "its number is marked");
    page.picture("deep-link");
    // A number leads to its card, and the address to both.
    page.click("details.story[open] a.n.supported");
    assert_eq!(page.seen(".card.on .in"), 1);
    let hash = page.value("location.hash");
    assert_eq!(page.value("document.querySelector('a.n.on').hash"), hash);
    sound(&mut page);
}

#[test]
fn keys_lead_through_findings_articles_and_pages() {
    let Some(mut page) = Browser::start("keys of the report") else { return };
    page.open(&samples("keys"), "");
    let on = "[...document.querySelectorAll('.findings > li')].findIndex(l => l.classList.contains('on'))";
    for (key, expected) in [("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)] {
        page.press(key);
        assert_eq!(page.value(on), json!(expected), "{key}");
    }
    let first = page.value("document.querySelector('.findings a').hash");
    assert_eq!(page.value("location.hash"), first);
    assert_eq!(page.value("document.activeElement.closest('.card').open"), true);
    page.press("]");
    page.press("]");
    assert_eq!(
        page.value(
            "[...document.querySelectorAll('.story')].findIndex(s => s.classList.contains('now'))"
        ),
        json!(1)
    );
    page.press("[");
    assert_eq!(page.value("document.activeElement.parentElement.id"), "a-1");
    page.press("?");
    assert_eq!(page.value("document.querySelector('#help').open"), true);
    page.picture("help");
    page.press("Escape");
    page.value("document.querySelector('#help').close()");
    sound(&mut page);
    // In a folder, the brackets turn pages, and `u` leads back to the index.
    let index = pages("keys-in-pages").join("index.html");
    page.open(&index, "");
    page.press("j");
    let link = page.value("document.activeElement.getAttribute('href')");
    assert!(link.as_str().unwrap().contains(".html#f-"), "{link}");
    page.click(".index a");
    settled(&mut page, "january");
    page.press("]");
    settled(&mut page, "outdated");
    page.press("[");
    settled(&mut page, "january");
    page.press("u");
    settled(&mut page, "index");
}

/// Waits until a page is there whose address has that word.
#[track_caller]
fn settled(page: &mut Browser, word: &str) {
    for _ in 0..200 {
        let there =
            format!("location.href.includes('{word}') && document.readyState === 'complete'");
        if page.value(&there) == true {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("no page comes whose address has `{word}`");
}

#[test]
fn dark_and_forced_colours_and_paper_are_readable() {
    let Some(mut page) = Browser::start("dark, forced colours and paper") else { return };
    let file = written("media", &["tests/articles/january-build-up.txt"], "report.html");
    page.open(&file, "");
    let lightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0)";
    assert!(page.value(lightness).as_u64().unwrap() > 700);
    page.medium("screen", &[("prefers-color-scheme", "dark")]);
    assert!(page.value(lightness).as_u64().unwrap() < 120);
    page.picture("dark");
    page.medium("screen", &[("forced-colors", "active")]);
    let shapes = "new Set(['supported', 'contradicted', 'unchecked'].map(s => getComputedStyle(document.querySelector('a.n.' + s)).textDecorationStyle)).size";
    assert_eq!(page.value(shapes), json!(3), "the shapes tell the statuses apart");
    page.picture("forced-colours");
    assert_eq!(page.seen(".card .in"), 0);
    page.medium("print", &[]);
    let cards = page.value("document.querySelectorAll('.card').length");
    let laid_out = "[...document.querySelectorAll('.card .in')].filter(e => e.getBoundingClientRect().height > 20).length";
    assert_eq!(page.value(laid_out), cards, "on paper every card is open");
    assert_eq!(page.seen("#tools"), 0);
    page.picture("paper");
    sound(&mut page);
}

#[test]
fn without_scripts_everything_can_be_read() {
    let Some(mut page) = Browser::start("the report without scripts") else { return };
    let file = samples("no-script");
    page.without_scripts();
    page.open(&file, "");
    assert_eq!(page.seen("#tools"), 0, "filters that would do nothing are not there");
    assert!(page.seen(".findings > li") > 5);
    assert!(page.seen("details.story > summary") > 10);
    page.click("details.story > summary");
    assert!(page.seen("details.story[open] .row") > 2);
    // The browser itself opens what a link leads into.
    page.click(".findings a");
    let target = page.value("document.querySelector(':target').checkVisibility()");
    assert_eq!(target, true, "a link opens the card of its finding");
    page.picture("no-script");
    sound(&mut page);
}

#[test]
fn a_phone_shows_it_in_one_column() {
    let Some(mut page) = Browser::start("the report on a phone") else { return };
    let file = written("phone", &["tests/articles/january-build-up.txt"], "report.html");
    page.size(390, 844);
    page.open(&file, "");
    for opened in ["", "for (const d of document.querySelectorAll('details')) d.open = true;"] {
        page.value(&format!("(() => {{ {opened} }})()"));
        assert_eq!(page.value("document.documentElement.scrollWidth"), json!(390));
    }
    let below = "(() => { const r = document.querySelector('.row:has(.cards)'); return r.children[1].getBoundingClientRect().top >= r.children[0].getBoundingClientRect().bottom; })()";
    assert_eq!(page.value(below), true, "cards stand below their paragraph");
    let size = "parseFloat(getComputedStyle(document.querySelector('.text')).fontSize) >= 16";
    assert_eq!(page.value(size), true);
    page.picture("phone");
    sound(&mut page);
}

#[test]
fn axe_finds_no_serious_fault() {
    let Some(mut page) = Browser::start("accessibility of the report") else { return };
    let one = written("axe", &["tests/articles/january-build-up.txt"], "report.html");
    let many = samples("axe-many");
    let index = pages("axe-pages").join("index.html");
    for (file, scheme, width) in [
        (&one, "light", 1280),
        (&one, "dark", 1280),
        (&one, "light", 390),
        (&many, "light", 1280),
        (&index, "dark", 1280),
    ] {
        page.size(width, 900);
        page.medium("screen", &[("prefers-color-scheme", scheme)]);
        page.open(file, "");
        page.value("for (const d of document.querySelectorAll('details')) d.open = true");
        let Some(barriers) = page.barriers() else { return };
        assert!(barriers.is_empty(), "{} {scheme} {width}: {barriers:#?}", file.display());
    }
}

#[test]
fn nothing_from_outside_runs_and_the_page_stays_usable() {
    let Some(mut page) = Browser::start("a hostile article in the report") else { return };
    let dir = folder("hostile-page");
    hostile(&dir);
    let args = [
        "report",
        "evil<script>alert(8)<.md",
        "--reference",
        "tables",
        "--fail-on",
        "never",
        "-o",
        "evil.html",
    ];
    assert_eq!(numcheck(&dir, &args, None).status.code(), Some(0));
    page.call("Performance.enable", &json!({ "timeDomain": "threadTicks" }));
    page.open(&dir.join("evil.html"), "");
    let metrics = page.call("Performance.getMetrics", &json!({}));
    let spent = metrics["metrics"].as_array().unwrap().iter().find(|m| m["name"] == "TaskDuration");
    let spent = spent.unwrap()["value"].as_f64().unwrap();
    // On a machine of its own it takes half a second; a busy one counts waiting for memory as work.
    assert!(spent < 3.0, "5,000 numbers take {spent} s to open");
    // An alert would be a window that popped up, and a script of the article a fault of the policy.
    sound(&mut page);
    assert!(
        page.value("document.title").as_str().unwrap().starts_with("<script>alert(1)</script>")
    );
    assert_eq!(page.value("document.scripts.length"), json!(1));
    assert!(page.seen("a.n") > 5_000);
    page.press("j");
    assert_eq!(page.value("document.querySelector('.card.on').open"), true);
    page.press("/");
    for key in "14999".chars() {
        page.press(&key.to_string());
    }
    assert_eq!(page.value("document.querySelectorAll('.card:not(.away)').length"), json!(1));
    page.size(390, 844);
    assert_eq!(page.value("document.documentElement.scrollWidth"), json!(390));
    page.picture("hostile");
    sound(&mut page);
}
