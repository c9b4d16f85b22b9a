//! Two versions of an article in Markdown: a table of figures, the sentences, the corrections.

use crate::check::Review;
use crate::report::correction::corrections;
use crate::report::markdown::escaped;
use crate::report::revised::{Count, Figure, Passage, Revised, Word, revised, words};
use crate::report::{Renderer, View};
use std::fmt::Write as _;
use std::io;

/// Two versions in Markdown.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "markdown", media_type: "text/markdown; charset=utf-8", render };

fn render(review: &Review, _: &View, out: &mut dyn io::Write) -> io::Result<()> {
    for (nth, revised) in revised(review).iter().enumerate() {
        if nth > 0 {
            writeln!(out)?;
        }
        article(revised, out)?;
    }
    Ok(())
}

fn article(revised: &Revised<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (old, new) = (escaped(&revised.old.name), escaped(&revised.new.name));
    writeln!(out, "## {old} → {new}\n\n{}.", Count::of(revised).words())?;
    let corrections = corrections(revised);
    if !corrections.is_empty() {
        writeln!(out)?;
    }
    for line in corrections {
        writeln!(out, "- {}", escaped(&line))?;
    }
    if revised.passages.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| figure | before | now |\n| --- | --- | --- |")?;
    for passage in &revised.passages {
        row(passage, out)?;
    }
    Ok(())
}

fn row(passage: &Passage<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let figures: Vec<_> = passage.figures.iter().map(figure).collect();
    let (old, new) = (passage.old.unwrap_or_default(), passage.new.unwrap_or_default());
    let (was, is) = words(old, new);
    let (was, is) = (marked(&was, "~~"), marked(&is, "**"));
    writeln!(out, "| {} | {was} | {is} |", figures.join("<br>"))
}

fn figure(figure: &Figure<'_>) -> String {
    let mut text = match (&figure.old, &figure.new) {
        (Some(old), Some(new)) => {
            let (old, now) = (escaped(&old.shown()), escaped(&new.shown()));
            format!("changed {}: {old} → **{now}**", new.spot.located())
        }
        (None, Some(new)) => format!("added {}: **{}**", new.spot.located(), escaped(&new.shown())),
        (Some(old), None) => format!("removed: {}", escaped(&old.shown())),
        (None, None) => String::new(),
    };
    for left in &figure.left {
        let (shown, place) = (escaped(&left.shown()), escaped(&left.place()));
        let located = left.spot.located();
        let _ = write!(text, "<br>**left behind** {located}: {shown} ({place})");
    }
    text
}

/// The words, with those that the other version has not between `mark`s.
fn marked(words: &[Word<'_>], mark: &str) -> String {
    let runs = words.chunk_by(|a, b| a.1 == b.1);
    let run = |run: &[Word<'_>]| {
        let text = run.iter().map(|(word, _)| escaped(word)).collect::<Vec<_>>().join(" ");
        if run.first().is_some_and(|word| word.1) { format!("{mark}{text}{mark}") } else { text }
    };
    runs.map(run).collect::<Vec<_>>().join(" ")
}
