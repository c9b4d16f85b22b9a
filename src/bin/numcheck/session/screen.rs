//! The session on a terminal: the article on one side, what is said of it on the other.

use crate::complaint::Complaint;
use crate::session::card::{self, Line as Said, Tone};
use crate::session::{Act, Reach, Session, Way};
use numcheck::compare::Status;
use numcheck::finding::Severity;
use numcheck::report::{Tally, printable};
use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Paragraph, Wrap};
use unicode_width::UnicodeWidthChar as _;

const KEYS: &str = "n/p finding  N/P number  f fix  e edit  w waive  t tick  u outdated  s skip  \
                    x explain  o rows  / search  ? help  q leave";

const HELP: &str = "\
n p  j k      next, previous finding
N P           next, previous number
f             put the certain correction in place
e             edit the figure
w             waive, with a reason
t             tick as checked by hand, with where
u             the reference is out of date
s             skip for now
x             how the number was read
o             the rows it was held against
/             search
q  Esc        leave; what was decided is kept
F W T U S     the same for all alike: the findings
              of the rule, the numbers of the figure

✓ supported   ✗ contradicted   ↻ outdated
≠ disputed    · unchecked

Every decision is in numcheck-decisions.toml beside
the article at once; every change is in the article.";

/// Reasons that a digit gives.
const REASONS: &[&str] =
    &["quoted as said", "other source", "definition differs", "reference stale"];

/// What the reader is doing.
#[derive(Debug)]
enum Mode {
    Moving,
    /// Typing what an act needs.
    Typing {
        what: Wanted,
        text: String,
    },
    /// Reading a page that lies over the rest.
    Reading {
        title: &'static str,
        lines: Vec<Said>,
        down: u16,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Figure,
    Reason(Reach),
    Note(Reach),
    Words,
}

/// What a key led to.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Stay,
    Leave,
}

/// Works through the article on the terminal until the reader leaves.
pub(crate) fn run(session: &mut Session) -> Result<(), Complaint> {
    let cannot =
        |error: std::io::Error| Complaint::new(format!("cannot use the terminal: {error}"));
    let mut terminal = ratatui::try_init().map_err(cannot)?;
    let mut mode = Mode::Moving;
    let worked = loop {
        if let Err(error) = terminal.draw(|frame| draw(frame, session, &mode)) {
            break Err(error);
        }
        match event::read() {
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                if pressed(session, &mut mode, key) == Next::Leave {
                    break Ok(());
                }
            }
            Ok(_) => {}
            Err(error) => break Err(error),
        }
    };
    ratatui::restore();
    worked.map_err(cannot)
}

fn pressed(session: &mut Session, mode: &mut Mode, key: KeyEvent) -> Next {
    if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
        return Next::Leave;
    }
    match mode {
        Mode::Moving => return moving(session, mode, key.code),
        Mode::Typing { what, text } => match key.code {
            KeyCode::Char(c) => text.push(c),
            KeyCode::Backspace => drop(text.pop()),
            KeyCode::Esc => *mode = Mode::Moving,
            KeyCode::Enter => {
                let act = typed(*what, std::mem::take(text));
                *mode = Mode::Moving;
                session.act(act);
            }
            _ => {}
        },
        Mode::Reading { down, .. } => match key.code {
            KeyCode::Char('j' | ' ') | KeyCode::Down => *down = down.saturating_add(1),
            KeyCode::Char('k') | KeyCode::Up => *down = down.saturating_sub(1),
            KeyCode::PageDown => *down = down.saturating_add(10),
            KeyCode::PageUp => *down = down.saturating_sub(10),
            _ => *mode = Mode::Moving,
        },
    }
    Next::Stay
}

fn typed(what: Wanted, text: String) -> Act {
    match what {
        Wanted::Figure => Act::Edit(text),
        Wanted::Words => Act::Search(text),
        Wanted::Note(reach) => Act::Tick(reach, text),
        Wanted::Reason(reach) => {
            let known = text.trim().parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
            let known = known.and_then(|index| REASONS.get(index));
            Act::Waive(reach, known.map_or(text, |reason| (*reason).to_owned()))
        }
    }
}

fn moving(session: &mut Session, mode: &mut Mode, key: KeyCode) -> Next {
    let wants = |what| Mode::Typing { what, text: String::new() };
    let reads = |title, lines| Mode::Reading { title, lines, down: 0 };
    let reach = match key {
        KeyCode::Char(c) if c.is_uppercase() => Reach::Alike,
        _ => Reach::This,
    };
    let act = match key {
        KeyCode::Char('q') | KeyCode::Esc => return Next::Leave,
        KeyCode::Char('n' | 'j') | KeyCode::Down => Act::ToFinding(Way::On),
        KeyCode::Char('p' | 'k') | KeyCode::Up => Act::ToFinding(Way::Back),
        KeyCode::Char('N') | KeyCode::Right => Act::ToNumber(Way::On),
        KeyCode::Char('P') | KeyCode::Left => Act::ToNumber(Way::Back),
        KeyCode::Char('f' | 'F') => Act::Fix(reach),
        KeyCode::Char('u' | 'U') => Act::Outdated(reach),
        KeyCode::Char('s' | 'S') => Act::Skip(reach),
        other => {
            match other {
                KeyCode::Char('e') => {
                    let text = figure(session);
                    *mode = Mode::Typing { what: Wanted::Figure, text };
                }
                KeyCode::Char('w' | 'W') => *mode = wants(Wanted::Reason(reach)),
                KeyCode::Char('t' | 'T') => *mode = wants(Wanted::Note(reach)),
                KeyCode::Char('/') => *mode = wants(Wanted::Words),
                KeyCode::Char('x') => {
                    *mode = reads("How it was read", card::explained(session, 76));
                }
                KeyCode::Char('o') => *mode = reads("Held against", card::rows(session)),
                KeyCode::Char('?') => {
                    let lines = HELP.lines().map(|line| (Tone::Plain, line.to_owned()));
                    *mode = reads("Keys", lines.collect());
                }
                _ => {}
            }
            return Next::Stay;
        }
    };
    session.act(act);
    Next::Stay
}

/// The figure as it stands, to be changed.
fn figure(session: &Session) -> String {
    let claim = session.number().and_then(|index| session.review().claims.get(index));
    let words = claim.zip(session.article()).map(|(c, a)| c.quantity.span.of(&a.prose));
    words.unwrap_or_default().to_owned()
}

// Drawing

fn draw(frame: &mut Frame<'_>, session: &Session, mode: &Mode) {
    let [head, body, foot] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(2)])
            .areas(frame.area());
    let name = session.article().map_or("", |article| &article.name);
    let title = format!(" {}  {}", printable(name), Tally::of(session.review()));
    let reversed = Style::new().add_modifier(Modifier::REVERSED);
    let line = Line::styled(padded(&title, head.width), reversed);
    frame.render_widget(line, head);
    let wide = body.width >= 100;
    let halves = [Constraint::Percentage(50), Constraint::Percentage(50)];
    let [text, card] = if wide {
        Layout::horizontal(halves).areas(body)
    } else {
        Layout::vertical(halves).areas(body)
    };
    article(frame, session, text);
    let side = if wide { Borders::LEFT } else { Borders::TOP };
    let block = Block::new().borders(side).border_style(Style::new().add_modifier(Modifier::DIM));
    let lines = said(&card::card(session));
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).block(block), card);
    footer(frame, session, mode, foot);
    if let Mode::Reading { title, lines, down } = mode {
        let page = inset(frame.area());
        frame.render_widget(Clear, page);
        let block =
            Block::bordered().title(format!(" {title} ")).title_bottom(" any key goes back ");
        let text = Paragraph::new(said(lines)).wrap(Wrap { trim: false });
        frame.render_widget(text.scroll((*down, 0)).block(block), page);
    }
}

fn footer(frame: &mut Frame<'_>, session: &Session, mode: &Mode, area: Rect) {
    let (first, second) = match mode {
        Mode::Typing { what, text } => {
            let asks = match what {
                Wanted::Figure => "Figure: ",
                Wanted::Words => "Search: ",
                Wanted::Note(_) => "Looked up where? ",
                Wanted::Reason(_) => "Reason: ",
            };
            let hint = match what {
                Wanted::Reason(_) => {
                    let named =
                        (1..).zip(REASONS).map(|(digit, reason)| format!("{digit} {reason}"));
                    format!(
                        "{}, or your own words; Enter keeps it, Esc does not",
                        named.collect::<Vec<_>>().join(", ")
                    )
                }
                _ => "Enter keeps it, Esc does not".to_owned(),
            };
            (format!("{asks}{text}▏"), hint)
        }
        Mode::Moving | Mode::Reading { .. } => (session.said().to_owned(), KEYS.to_owned()),
    };
    let dim = Style::new().add_modifier(Modifier::DIM);
    let lines = vec![Line::raw(printable(&first).into_owned()), Line::styled(second, dim)];
    frame.render_widget(Paragraph::new(lines), area);
}

/// A page over the middle.
fn inset(area: Rect) -> Rect {
    let width = area.width.min(82);
    let height = area.height.saturating_sub(2).max(1);
    let (x, y) = ((area.width - width) / 2, (area.height - height) / 2);
    Rect { x: area.x + x, y: area.y + y, width, height }
}

fn padded(text: &str, width: u16) -> String {
    format!("{text:<width$}", width = usize::from(width))
}

fn said(lines: &[Said]) -> Vec<Line<'static>> {
    let line = |(tone, text): &Said| Line::styled(printable(text).into_owned(), style(*tone));
    lines.iter().map(line).collect()
}

fn style(tone: Tone) -> Style {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    match tone {
        Tone::Plain => Style::new(),
        Tone::Quiet => Style::new().add_modifier(Modifier::DIM),
        Tone::Severity(Severity::Error) => bold.fg(Color::Red),
        Tone::Severity(Severity::Warning) => bold.fg(Color::Yellow),
        Tone::Severity(Severity::Note) => bold.fg(Color::Blue),
        Tone::Status(status) => bold.fg(colour(status)),
    }
}

fn colour(status: Status) -> Color {
    match status {
        Status::Supported => Color::Green,
        Status::Contradicted => Color::Red,
        Status::Outdated => Color::Yellow,
        Status::Disputed => Color::Magenta,
        Status::Unchecked => Color::Reset,
    }
}

/// The sign behind a number: what a colour says to those who see it.
fn sign(status: Status) -> char {
    match status {
        Status::Supported => '✓',
        Status::Contradicted => '✗',
        Status::Outdated => '↻',
        Status::Disputed => '≠',
        Status::Unchecked => '·',
    }
}

/// A character of the article and the number it belongs to.
type Cell = (char, Option<usize>);

/// The article around the place where the reader stands.
fn article(frame: &mut Frame<'_>, session: &Session, area: Rect) {
    let width = usize::from(area.width.saturating_sub(2)).max(10);
    let rows = laid_out(session, width);
    let here = session.number();
    let place = rows
        .iter()
        .position(|row| row.iter().any(|(_, number)| number.is_some() && *number == here));
    let height = usize::from(area.height);
    let top = place.unwrap_or(0).saturating_sub(height / 2);
    let top = top.min(rows.len().saturating_sub(height));
    let lines: Vec<_> =
        rows.iter().skip(top).take(height).map(|row| drawn(session, row, here)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// The article in rows of at most `width` columns, an empty one between blocks.
fn laid_out(session: &Session, width: usize) -> Vec<Vec<Cell>> {
    let Some(article) = session.article() else { return Vec::new() };
    let mut rows = Vec::new();
    for block in &article.blocks {
        let cells = cells(session, block.span.start(), block.span.end());
        let mut row: Vec<Cell> = Vec::new();
        let mut taken = 0;
        for word in cells.split(|(c, _)| c.is_whitespace()).filter(|word| !word.is_empty()) {
            let wide: usize = word.iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
            if taken > 0 && taken + 1 + wide > width {
                rows.push(std::mem::take(&mut row));
                taken = 0;
            }
            if taken > 0 {
                row.push((' ', None));
                taken += 1;
            }
            for cell in word {
                let one = cell.0.width().unwrap_or(0);
                // A word that is wider than a row is broken where the row ends.
                if taken + one > width {
                    rows.push(std::mem::take(&mut row));
                    taken = 0;
                }
                row.push(*cell);
                taken += one;
            }
        }
        rows.extend([row, Vec::new()]);
    }
    rows
}

/// The characters of a block, each number with its sign behind it.
fn cells(session: &Session, from: usize, to: usize) -> Vec<Cell> {
    let (Some(article), review) = (session.article(), session.review()) else { return Vec::new() };
    let mut cells = Vec::new();
    let mut add = |start: usize, end: usize, number: Option<usize>| {
        let text = article.prose.get(start..end).unwrap_or_default();
        cells.extend(printable(text).chars().map(|c| (c, number)));
    };
    let mut at = from;
    let mut signs = Vec::new();
    for (index, claim) in review.claims.iter().enumerate() {
        let span = claim.quantity.span;
        if span.start() < at || span.end() > to {
            continue;
        }
        add(at, span.start(), None);
        add(span.start(), span.end(), Some(index));
        signs.push(index);
        at = span.end();
    }
    add(at, to, None);
    with_signs(session, cells)
}

/// Adds the sign of its status behind each number.
fn with_signs(session: &Session, cells: Vec<Cell>) -> Vec<Cell> {
    let verdicts = &session.review().verdicts;
    let mut signed: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut cells = cells.into_iter().peekable();
    while let Some((c, number)) = cells.next() {
        signed.push((c, number));
        let ends = cells.peek().is_none_or(|(_, next)| *next != number);
        if let Some(verdict) = number.filter(|_| ends).and_then(|index| verdicts.get(index)) {
            signed.push((sign(verdict.status), number));
        }
    }
    signed
}

fn drawn(session: &Session, row: &[Cell], here: Option<usize>) -> Line<'static> {
    let spans = row.chunk_by(|a, b| a.1 == b.1).map(|run| {
        let text: String = run.iter().map(|(c, _)| c).collect();
        let number = run.first().and_then(|(_, number)| *number);
        let verdict = number.and_then(|index| session.review().verdicts.get(index));
        let style = verdict.map_or(Style::new(), |verdict| {
            let style = Style::new().fg(colour(verdict.status)).add_modifier(Modifier::UNDERLINED);
            if number == here { style.add_modifier(Modifier::REVERSED) } else { style }
        });
        Span::styled(text, style)
    });
    Line::from(spans.collect::<Vec<_>>())
}
