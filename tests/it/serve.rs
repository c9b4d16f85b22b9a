//! The page and its API, and who is not let in: over plain sockets, as an attacker would.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

const WRONG: &str = "Allies move troops\n\nThe 2,000 troops, including 1,700 in Poland and 800 in \
                     Germany, arrived.\n";

/// A server that ends with the test.
struct Server {
    child: Child,
    /// Kept open: whoever prints to a closed pipe is told so.
    _out: BufReader<ChildStdout>,
    port: u16,
    address: String,
}

impl Server {
    fn start(words: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
        command.arg("serve").args(words).env_clear().stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("numcheck is at ").expect(&line).to_owned();
        let (_, rest) = address.split_once("http://").unwrap();
        let (host, _) = rest.split_once('/').unwrap();
        let port = host.rsplit_once(':').unwrap().1.parse().unwrap();
        Self { child, _out: out, port, address }
    }

    fn local(words: &[&str]) -> Self {
        Self::start(&[&["--addr", "127.0.0.1:0"], words].concat())
    }

    fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// What is answered to a request as it is written here: status, head and body.
    fn raw(&self, request: &[u8]) -> (u16, String, Vec<u8>) {
        let mut stream = self.open();
        // A server that turns a large request away may close before all of it is sent.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head, answer[end..].to_vec())
    }

    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.raw(
            format!("GET {path} HTTP/1.1\r\n{}Connection: close\r\n\r\n", self.host()).as_bytes(),
        )
    }

    fn host(&self) -> String {
        format!("Host: localhost:{}\r\n", self.port)
    }

    fn post(&self, path: &str, headers: &str, body: &str) -> (u16, String, Vec<u8>) {
        let head = format!(
            "POST {path} HTTP/1.1\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        self.raw(&[head.as_bytes(), body.as_bytes()].concat())
    }

    #[track_caller]
    fn ask(&self, path: &str, body: &Value) -> Vec<u8> {
        let headers = format!("{}Content-Type: application/json\r\n", self.host());
        let (status, head, answer) = self.post(path, &headers, &body.to_string());
        assert_eq!(status, 200, "{head}{}", String::from_utf8_lossy(&answer));
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("articles/local")).unwrap();
    fs::write(dir.join("secret.txt"), "The secret has 40 words.").unwrap();
    fs::write(dir.join("articles/local/troops.txt"), WRONG).unwrap();
    dir
}

#[test]
fn a_text_is_answered_with_its_review() {
    let server = Server::local(&[]);
    let answer = server.ask("/api/check", &json!({ "text": WRONG, "date": "2022-02-09" }));
    let review: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(review["schema"], "numcheck/review/v1");
    assert_eq!(review["articles"][0]["published"], "2022-02-09");
    assert_eq!(review["findings"][0]["rule"], "parts-exceed-total");
    let page: Value =
        serde_json::from_slice(&server.ask("/api/page", &json!({ "text": WRONG }))).unwrap();
    assert_eq!(page["review"]["findings"][0]["rule"], "parts-exceed-total");
    assert!(page["html"][0].as_str().unwrap().contains("contradicted"));
    let report = server.ask("/api/report", &json!({ "text": WRONG }));
    assert!(report.starts_with(b"<!doctype html>"));
}

#[test]
fn decisions_are_a_file_that_check_honours() {
    let server = Server::local(&[]);
    let review: Value =
        serde_json::from_slice(&server.ask("/api/check", &json!({ "text": WRONG }))).unwrap();
    let finding = review["findings"][0]["fingerprint"].as_str().unwrap();
    let number = review["claims"][1]["id"].as_str().unwrap();
    let decided = json!([
        { "action": "waive", "about": finding, "reason": "quoted as said" },
        { "action": "tick", "about": number, "reason": "the list" },
    ]);
    let body =
        json!({ "text": WRONG, "name": "troops.txt", "decided": decided, "author": "An Editor" });
    let toml = server.ask("/api/decisions", &body);
    let dir = folder("decisions");
    fs::write(dir.join("numcheck-decisions.toml"), toml).unwrap();
    fs::write(dir.join("troops.txt"), WRONG).unwrap();
    let check = Command::new(env!("CARGO_BIN_EXE_numcheck"))
        .current_dir(&dir)
        .args(["check", "troops.txt"])
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(check.status.code(), Some(0), "{check:?}");
}

#[test]
fn what_cannot_be_read_is_said_in_words() {
    let server = Server::local(&[]);
    let headers = format!("{}Content-Type: application/json\r\n", server.host());
    for (body, says) in [
        ("{}", "missing field `text`"),
        (r#"{"text":"5 men","txet":1}"#, "unknown field `txet`"),
        (r#"{"text":"5 men","date":"soon"}"#, "soon is no day"),
        (r#"{"text":"5 men","format":"papyrus"}"#, "papyrus"),
        ("not json", "the request is no text to check"),
    ] {
        let (status, _, answer) = server.post("/api/check", &headers, body);
        let error: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(status, 422, "{body}: {error}");
        assert!(error["error"].as_str().unwrap().contains(says), "{body}: {error}");
    }
    assert_eq!(server.get("/nowhere").0, 404);
}

#[test]
fn the_page_runs_nothing_but_its_own() {
    let server = Server::local(&[]);
    for path in ["/", "/style.css", "/page.js", "/api/reference", "/nowhere"] {
        let (_, head, _) = server.get(path);
        let head = head.to_lowercase();
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "cache-control: no-store",
        ] {
            assert!(head.contains(header), "{path}: {head}");
        }
        assert!(!head.contains("access-control-allow-origin"), "{path}: {head}");
    }
    let (status, _, page) = server.get("/");
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    assert!(!page.contains("style=") && !page.contains("onclick") && !page.contains("<script>"));
}

#[test]
fn other_pages_and_other_hosts_are_turned_away() {
    let server = Server::local(&[]);
    let body = json!({ "text": WRONG }).to_string();
    let (host, json) = (server.host(), "Content-Type: application/json\r\n");
    let post = |headers: String| server.post("/api/check", &headers, &body).0;
    assert_eq!(post(format!("{host}{json}")), 200);
    assert_eq!(post(format!("Host: evil.example:{}\r\n{json}", server.port)), 421);
    assert_eq!(post(format!("{host}{json}Origin: http://evil.example\r\n")), 403);
    assert_eq!(post(format!("{host}{json}Origin: null\r\n")), 403);
    assert_eq!(post(format!("{host}{json}Sec-Fetch-Site: cross-site\r\n")), 403);
    assert_eq!(post(format!("{host}Content-Type: text/plain\r\n")), 415);
    assert_eq!(post(host), 415);
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let dir = folder("paths");
    let articles = dir.join("articles");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(dir.join("secret.txt"), articles.join("link.txt")).unwrap();
        std::os::unix::fs::symlink(&dir, articles.join("up")).unwrap();
    }
    let server = Server::local(&[articles.to_str().unwrap()]);
    let (status, _, listed) = server.get("/api/files");
    let listed: Vec<String> = serde_json::from_slice(&listed).unwrap();
    assert_eq!(status, 200);
    assert!(listed.contains(&"local/troops.txt".to_owned()), "{listed:?}");
    let (status, _, text) = server.get("/api/files/local/troops.txt");
    assert_eq!((status, String::from_utf8(text).unwrap().as_str()), (200, WRONG));
    for path in [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "local/../../secret.txt",
        "local/%2e%2e/%2e%2e/secret.txt",
        "..%5csecret.txt",
        "link.txt",
        "up/secret.txt",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "local/troops.txt%00",
        "",
    ] {
        let (status, _, body) = server.get(&format!("/api/files/{path}"));
        let body = String::from_utf8_lossy(&body);
        assert!(status == 404 || status == 400, "{path}: {status} {body}");
        assert!(!body.contains("secret") && !body.contains("root:"), "{path}: {body}");
    }
}

#[test]
fn what_is_too_large_is_refused_and_nothing_grows() {
    let server = Server::local(&[]);
    let headers = format!("{}Content-Type: application/json\r\n", server.host());
    let large = json!({ "text": "5 men. ".repeat(2 << 20) }).to_string();
    assert_eq!(server.post("/api/check", &headers, &large).0, 413);
    // A length that is only claimed makes no room.
    let claimed =
        format!("POST /api/check HTTP/1.1\r\n{headers}Content-Length: 99999999999\r\n\r\n{{");
    let mut stream = server.open();
    stream.write_all(claimed.as_bytes()).unwrap();
    drop(stream);
    assert_eq!(server.get("/").0, 200);
}

#[test]
fn a_slow_request_does_not_hold_up_others() {
    let server = Server::local(&["--jobs", "1"]);
    let headers = format!("{}Content-Type: application/json\r\n", server.host());
    let mut slow: Vec<_> = (0..50).map(|_| server.open()).collect();
    for stream in &mut slow {
        let head =
            format!("POST /api/check HTTP/1.1\r\n{headers}Content-Length: 1000\r\n\r\n{{\"te");
        stream.write_all(head.as_bytes()).unwrap();
    }
    server.ask("/api/check", &json!({ "text": WRONG }));
}

#[test]
fn two_hundred_checks_at_once_are_all_right() {
    let server = Server::local(&[]);
    let found = std::thread::scope(|scope| {
        let ask = |i: usize| {
            let server = &server;
            scope.spawn(move || {
                let text = format!("{WRONG}\nParagraph {i} has {i} dogs.\n");
                let review = server.ask("/api/check", &json!({ "text": text }));
                let review: Value = serde_json::from_slice(&review).unwrap();
                let dogs = review["claims"].as_array().unwrap().last().unwrap()["lower"].clone();
                (review["findings"].as_array().unwrap().len(), dogs)
            })
        };
        let threads: Vec<_> = (10..210).map(ask).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    for (i, (findings, dogs)) in (10..210).zip(found) {
        assert_eq!((findings, dogs.as_str()), (1, Some(&*i.to_string())));
    }
}

#[test]
fn nothing_listens_to_other_machines_unless_asked() {
    let refused = Command::new(env!("CARGO_BIN_EXE_numcheck"))
        .args(["serve", "--addr", "0.0.0.0:0"])
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--allow-remote"));
    let server = Server::start(&["--addr", "0.0.0.0:0", "--allow-remote"]);
    let (_, token) = server.address.split_once("?token=").expect("a token in the address");
    assert_eq!(token.len(), 32);
    let far = |extra: &str, path: &str| {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: desk.example\r\n{extra}Connection: close\r\n\r\n"
        );
        server.raw(request.as_bytes())
    };
    assert_eq!(far("", "/").0, 401);
    assert_eq!(far("Authorization: Bearer 0000\r\n", "/").0, 401);
    let (status, head, _) = far("", &format!("/?token={token}"));
    assert_eq!(status, 200);
    assert!(head.to_lowercase().contains("set-cookie: numcheck-token="), "{head}");
    assert_eq!(far(&format!("Cookie: numcheck-token={token}\r\n"), "/page.js").0, 200);
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    let mut server = Server::local(&[]);
    let told = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status();
    assert!(told.unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}
