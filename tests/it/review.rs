//! One article, interactively: through a pseudo-terminal as a person would, and line by line.

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const ARTICLE: &str = "---\r
title: Allies move troops\r
date: 2022-02-09\r
---\r
\r
The 2,000 troops, including 1,700 in Poland and 800 in Germany, arrived – at last.\r
\r
Another 900 guards, including 700 in Riga and 400 in Tartu, left on Monday.\r
";

/// A folder with the article.
fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("review").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("troops.md"), ARTICLE).unwrap();
    dir
}

fn article(dir: &Path) -> String {
    fs::read_to_string(dir.join("troops.md")).unwrap()
}

/// The decisions as they are kept.
fn decisions(dir: &Path) -> Vec<toml::Table> {
    let text = fs::read_to_string(dir.join("numcheck-decisions.toml")).unwrap_or_default();
    let read: toml::Table = toml::from_str(&text).unwrap();
    let all = read.get("decision").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    all.into_iter().map(|entry| entry.as_table().unwrap().clone()).collect()
}

/// Runs the program without a terminal.
fn run(dir: &Path, words: &[&str], typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(dir).args(words).env_clear().stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

// On a terminal

fn parser(rows: u16, cols: u16) -> vt100::Parser {
    vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0)
}

/// A session in a pseudo-terminal.
struct Terminal {
    screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Terminal {
    fn open(dir: &Path, (rows, cols): (u16, u16)) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_numcheck"));
        command.args(["review", "--author", "An Editor", "troops.md"]);
        command.cwd(dir);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (to, output) = channel();
        std::thread::spawn(move || {
            // The terminal lives as long as it is read from.
            let _master = pair.master;
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if to.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { screen: parser(rows, cols), output, keys, child }
    }

    /// Waits until the screen shows some words.
    #[track_caller]
    fn shows(&mut self, words: &str) {
        while !self.text().contains(words) {
            match self.output.recv_timeout(Duration::from_secs(60)) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(error) => {
                    panic!("{error}: no {words:?} on\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    /// The screen, its lines joined where they were wrapped.
    fn text(&self) -> String {
        self.screen.screen().contents().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for the end: the exit code.
    fn leave(mut self) -> u32 {
        self.press("q");
        while self.output.recv_timeout(Duration::from_secs(60)).is_ok() {}
        self.child.wait().unwrap().exit_code()
    }
}

#[test]
fn a_session_fixes_waives_ticks_and_is_resumed() {
    let dir = folder("session");
    let mut terminal = Terminal::open(&dir, (24, 80));
    terminal.shows("finding 1 of 2");
    terminal.shows("1,700 + 800 = 2,500, more than 2,000");
    // The total was wrong.
    terminal.press("e");
    terminal.shows("Figure: 2,000");
    terminal.press("\x7f\x7f\x7f\x7f\x7f2,500\r");
    terminal.shows("changed to 2,500");
    terminal.shows("finding 1 of 1");
    assert_eq!(article(&dir), ARTICLE.replace("2,000", "2,500"), "all else stays, byte for byte");
    assert_eq!(terminal.leave(), 1, "an error is left");

    let mut terminal = Terminal::open(&dir, (60, 200));
    terminal.shows("700 + 400 = 1,100, more than 900");
    terminal.press("w");
    terminal.shows("1 quoted as said");
    terminal.press("1\r");
    terminal.shows("waived: quoted as said");
    terminal.press("P");
    terminal.press("t");
    terminal.shows("Looked up where?");
    terminal.press("the ministry's list\r");
    terminal.shows("ticked as checked by hand");
    assert_eq!(terminal.leave(), 0);

    let kept = decisions(&dir);
    let actions: Vec<_> = kept.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["waive", "tick"]);
    assert!(kept.iter().all(|entry| entry["author"].as_str() == Some("An Editor")));
    assert_eq!(kept[0]["number"].as_str(), Some("900"));
    assert_eq!(kept[0]["reason"].as_str(), Some("quoted as said"));
    assert_eq!(kept[1]["reason"].as_str(), Some("the ministry's list"));
    let checked = run(&dir, &["check", "troops.md"], "");
    assert_eq!(checked.status.code(), Some(0), "check honours what was decided: {checked:?}");
}

#[test]
fn a_killed_session_has_lost_nothing() {
    let dir = folder("killed");
    let mut terminal = Terminal::open(&dir, (24, 80));
    terminal.shows("finding 1 of 2");
    terminal.press("W");
    terminal.shows("Reason:");
    terminal.press("as the ministry said it\r");
    terminal.shows("2 findings waived");
    terminal.child.kill().unwrap();
    let numbers: Vec<_> =
        decisions(&dir).iter().map(|entry| entry["number"].as_str().unwrap().to_owned()).collect();
    assert_eq!(numbers, ["2,000", "900"]);
    let mut terminal = Terminal::open(&dir, (24, 80));
    terminal.press("n");
    terminal.shows("no finding is left");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn pages_explain_and_numbers_are_found() {
    let dir = folder("pages");
    let mut terminal = Terminal::open(&dir, (40, 120));
    terminal.shows("finding 1 of 2");
    terminal.press("x");
    terminal.shows("read as");
    terminal.press("\r?");
    terminal.shows("the same for all alike");
    terminal.press("\r/");
    terminal.shows("Search:");
    terminal.press("tartu\r");
    terminal.shows("900 guards");
    terminal.press("N");
    terminal.shows("number 5 of");
    terminal.press("s");
    terminal.shows("troops.md");
    assert_eq!(terminal.leave(), 1);
}

// Line by line

#[test]
fn the_prompt_reads_its_keys_from_a_pipe() {
    let dir = folder("prompt");
    let words = ["review", "--prompt", "--author", "An Editor", "troops.md"];
    let typed = "x\ne 2,500\nw other source\nN\nt\nthe list\nq\n";
    let output = run(&dir, &words, typed);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    for words in
        ["read as", "changed to 2,500", "waived: other source", "ticked as checked by hand"]
    {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    assert_eq!(article(&dir), ARTICLE.replace("2,000", "2,500"));
    assert_eq!(decisions(&dir).len(), 2);
}

#[test]
fn an_end_of_input_keeps_what_is_done() {
    let dir = folder("end");
    let output = run(&dir, &["review", "--prompt", "troops.md"], "w quoted as said\n");
    assert_eq!(output.status.code(), Some(1), "one error is left");
    assert_eq!(decisions(&dir).len(), 1);
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    let dir = folder("refused");
    let output = run(&dir, &["review", "--prompt", "troops.md"], "e <b>5</b>\ne\n\nq\n");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("'<' would not be read as text"), "{text}");
    assert!(text.contains("nothing was changed"), "{text}");
    assert_eq!(article(&dir), ARTICLE);
}

#[test]
fn without_a_terminal_it_says_what_to_run_instead() {
    let dir = folder("no-terminal");
    let output = run(&dir, &["review", "troops.md"], "");
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text.contains("review needs a terminal") && text.contains("numcheck check"), "{text}");
}
