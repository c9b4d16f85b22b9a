//! The session line by line, for screen readers and scripts: what `git add -p` is to a commit.

use crate::complaint::Complaint;
use crate::session::card::{self, Line};
use crate::session::{Act, Reach, Session, Stop, Way};
use numcheck::report::printable;
use std::io::{self, BufRead, Write};

const KEYS: &str = "[n]ext [p]revious [N]umber [f]ix [e]dit [w]aive [t]ick [u]pdate-reference [s]kip \
                    [x]plain [o]bserved [/]search [q]uit [?]help";

const HELP: &str = "\
n, p          next and previous finding
N, P          next and previous number
f             put the certain correction in place
e FIGURE      put another figure in place
w REASON      waive the finding
t NOTE        tick the number as checked by hand, with where
u             the reference is out of date
s             skip the finding for now
x             how the number was read, and what it was held against
o             the rows that it was held against
/WORDS        to the next number that stands with these words
q             leave; what was decided is kept
F, W, T, U, S do the same for all findings of the rule, or all numbers alike";

/// Works through the article, a line of input at a time, until `q` or the end of the input.
pub(crate) fn run(
    session: &mut Session,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<(), Complaint> {
    let result = work(session, input, out);
    result.map_err(|error| Complaint::new(format!("cannot go on: {error}")))
}

fn work(session: &mut Session, input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<()> {
    let mut shown = None;
    loop {
        // The same place is not read out twice.
        let here = (session.stop(), session.review().findings.len());
        if shown.replace(here) != Some(here) {
            context(session, out)?;
            lines(&card::card(session), out)?;
        }
        write!(out, "{KEYS}\n> ")?;
        out.flush()?;
        let Some(typed) = read(input)? else { return Ok(()) };
        let (key, rest) = split(typed.trim());
        match key {
            'q' => return Ok(()),
            '?' => writeln!(out, "{HELP}")?,
            'x' => lines(&card::explained(session, 80), out)?,
            'o' => lines(&card::rows(session), out)?,
            key => {
                let Some(act) = act(key, rest, input, out)? else { continue };
                session.act(act);
                if !session.said().is_empty() {
                    writeln!(out, "{}", printable(session.said()))?;
                }
            }
        }
    }
}

fn act(
    key: char,
    rest: &str,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> io::Result<Option<Act>> {
    let mut ask = |what: &str| -> io::Result<String> {
        if !rest.is_empty() {
            return Ok(rest.to_owned());
        }
        write!(out, "{what}: ")?;
        out.flush()?;
        Ok(read(input)?.unwrap_or_default())
    };
    let reach = if key.is_uppercase() { Reach::Alike } else { Reach::This };
    Ok(Some(match key {
        'n' | 'j' => Act::ToFinding(Way::On),
        'p' | 'k' => Act::ToFinding(Way::Back),
        'N' => Act::ToNumber(Way::On),
        'P' => Act::ToNumber(Way::Back),
        'f' | 'F' => Act::Fix(reach),
        'e' => Act::Edit(ask("the figure")?),
        'w' | 'W' => Act::Waive(reach, ask("the reason")?),
        't' | 'T' => Act::Tick(reach, ask("where it was looked up")?),
        'u' | 'U' => Act::Outdated(reach),
        's' | 'S' => Act::Skip(reach),
        '/' => Act::Search(ask("the words")?),
        _ => {
            writeln!(out, "? lists the keys")?;
            return Ok(None);
        }
    }))
}

/// A line without its break; `None` at the end of the input.
fn read(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = input.read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned()))
}

/// The key and what was typed behind it.
fn split(typed: &str) -> (char, &str) {
    let mut chars = typed.chars();
    // Enter alone goes on.
    let key = chars.next().unwrap_or('n');
    (key, chars.as_str().trim())
}

/// The sentence that the reader stands at.
fn context(session: &Session, out: &mut dyn Write) -> io::Result<()> {
    let review = session.review();
    if session.stop() == Stop::Nowhere {
        return Ok(());
    }
    writeln!(out)?;
    if let Some(finding) = session.finding() {
        let place = review.sources.place(finding.primary.at);
        writeln!(out, "{}:{}:{}", printable(&place.path), place.line, place.column)?;
    }
    let claim = session.number().and_then(|index| review.claims.get(index));
    if let (Some(claim), Some(article)) = (claim, session.article()) {
        let sentence = claim.sentence.of(&article.prose).split_whitespace();
        writeln!(out, "  {}", printable(&sentence.collect::<Vec<_>>().join(" ")))?;
    }
    Ok(())
}

fn lines(lines: &[Line], out: &mut dyn Write) -> io::Result<()> {
    lines.iter().try_for_each(|(_, text)| writeln!(out, "{}", printable(text)))
}
