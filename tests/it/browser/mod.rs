//! A real browser: Chromium without a window, led over a pipe in its own protocol.

mod report;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::env;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// The names that Chromium goes by, the lightest first.
const NAMES: &[&str] = &[
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
];

/// What `tests/run` sets, so that no test is left out there.
const REQUIRED: &str = "NUMCHECK_BROWSER";

/// How long the browser may be silent.
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser with one page in it.
pub(crate) struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: Option<String>,
    last: u64,
    /// What the page has told since it was opened.
    events: Vec<Value>,
}

/// Where Chromium is.
fn program() -> Option<PathBuf> {
    if env::var_os(REQUIRED).is_some_and(|set| set == "skip") {
        return None;
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    let places = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// Whether what is missing may be left out; says so by name if it may.
fn left_out(what: &str, missing: &str) {
    let must = env::var_os(REQUIRED).is_some_and(|set| set == "required");
    assert!(!must, "{what}: {missing} is not there, and tests/run should have brought it");
    // Past the test harness, which shows what a test prints only when it fails.
    let _ = writeln!(io::stderr(), "skipped: {what}; {missing} is not there (tests/run brings it)");
}

impl Browser {
    /// A browser, or a word that the test is left out.
    pub(crate) fn start(what: &str) -> Option<Self> {
        let Some(program) = program() else {
            left_out(what, "Chromium");
            return None;
        };
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(format!(
            "{}-{}",
            std::process::id(),
            what.len()
        ));
        let _ = fs::remove_dir_all(&profile);
        // The browser reads what it is told from its third file and answers on its fourth.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh"])
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--disable-dev-shm-usage", "--disable-background-networking"])
            .args(["--remote-debugging-pipe", "--hide-scrollbars"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, receive) = channel();
        thread::spawn(move || {
            let mut from = BufReader::new(from);
            let mut message = Vec::new();
            while from.read_until(0, &mut message).is_ok_and(|read| read > 0) {
                message.pop();
                let Ok(value) = serde_json::from_slice(&message) else { break };
                if send.send(value).is_err() {
                    break;
                }
                message.clear();
            }
        });
        let mut browser =
            Self { child, to, from: receive, session: None, last: 0, events: Vec::new() };
        let page = browser.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let target = json!({ "targetId": page["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", &target);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        browser.size(1280, 900);
        Some(browser)
    }

    /// Tells the browser something and waits for the answer.
    #[track_caller]
    pub(crate) fn call(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap();
        loop {
            let answer = self.next(method);
            if answer["id"] == json!(self.last) {
                assert!(answer.get("error").is_none(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
        }
    }

    /// The next thing the browser says.
    #[track_caller]
    fn next(&mut self, waiting_for: &str) -> Value {
        let said = self.from.recv_timeout(PATIENCE);
        let said = said.unwrap_or_else(|_| panic!("the browser is silent about {waiting_for}"));
        if said.get("method").is_some() {
            self.events.push(said.clone());
        }
        said
    }

    /// Opens an address and waits until it is loaded.
    #[track_caller]
    pub(crate) fn open(&mut self, file: &Path, anchor: &str) {
        // An address that differs behind the # only would not be loaded again.
        self.load("about:blank");
        self.load(&format!("file://{}{anchor}", file.display()));
    }

    #[track_caller]
    fn load(&mut self, address: &str) {
        self.events.clear();
        let went = self.call("Page.navigate", &json!({ "url": address }));
        assert!(went.get("errorText").is_none(), "{address}: {}", went["errorText"]);
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            self.next(address);
        }
    }

    /// What an expression of the page comes to.
    #[track_caller]
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", &params);
        let failed = answer.get("exceptionDetails");
        assert!(failed.is_none(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// How many elements there are that take room on the page.
    #[track_caller]
    pub(crate) fn seen(&mut self, query: &str) -> u64 {
        let script = format!(
            "[...document.querySelectorAll({query:?})].filter(e => e.checkVisibility()).length"
        );
        self.value(&script).as_u64().unwrap()
    }

    /// Presses a key.
    #[track_caller]
    pub(crate) fn press(&mut self, key: &str) {
        let mut params = json!({ "type": "keyDown", "key": key });
        if key.chars().count() == 1 {
            params["text"] = json!(key);
        }
        self.call("Input.dispatchKeyEvent", &params);
        self.call("Input.dispatchKeyEvent", &json!({ "type": "keyUp", "key": key }));
    }

    /// Clicks the first element that fits, where it is seen.
    #[track_caller]
    pub(crate) fn click(&mut self, query: &str) {
        let script = format!(
            "(() => {{ const e = document.querySelector({query:?}); e.scrollIntoView({{block: \
             'center', behavior: 'instant'}}); const r = e.getClientRects()[0]; \
             return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        );
        let at = self.value(&script);
        for kind in ["mousePressed", "mouseReleased"] {
            let params =
                json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", &params);
        }
    }

    /// Sets the size of the window.
    pub(crate) fn size(&mut self, width: u32, height: u32) {
        let params =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &params);
    }

    /// Sets the medium and what the reader prefers: `[("prefers-color-scheme", "dark")]`.
    pub(crate) fn medium(&mut self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<_> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.call("Emulation.setEmulatedMedia", &json!({ "media": medium, "features": features }));
    }

    /// Lets no script of the page run.
    pub(crate) fn without_scripts(&mut self) {
        self.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    }

    /// What went wrong on the page since it was opened: errors of the console, of scripts, of the
    /// policy, and windows that popped up.
    pub(crate) fn faults(&mut self) -> Vec<String> {
        // What was said before this answer has arrived with it.
        self.value("0");
        let is_fault = |event: &&Value| match event["method"].as_str() {
            Some("Runtime.exceptionThrown" | "Page.javascriptDialogOpening") => true,
            Some("Runtime.consoleAPICalled") => event["params"]["type"] == "error",
            Some("Log.entryAdded") => event["params"]["entry"]["level"] == "error",
            _ => false,
        };
        self.events.iter().filter(is_fault).map(ToString::to_string).collect()
    }

    /// Keeps what is seen as a picture, to be looked at.
    pub(crate) fn picture(&mut self, name: &str) {
        let taken = self.call("Page.captureScreenshot", &json!({ "format": "png" }));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        fs::create_dir_all(&folder).unwrap();
        let bytes = STANDARD.decode(taken["data"].as_str().unwrap()).unwrap();
        fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    /// What axe, the checker of accessibility, finds serious or worse; `None` where it is not there.
    pub(crate) fn barriers(&mut self) -> Option<Vec<String>> {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/axe.min.js");
        let Ok(axe) = fs::read_to_string(&place) else {
            left_out("faults of accessibility", "axe-core");
            return None;
        };
        self.value(&format!("{axe}; 0"));
        let found = self.value(
            "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(\
             v.impact)).map(v => v.id + ': ' + v.nodes.length + ' × ' + v.nodes[0].html + ' ' + \
             v.nodes[0].failureSummary))",
        );
        Some(found.as_array().unwrap().iter().map(ToString::to_string).collect())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
