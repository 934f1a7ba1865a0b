//! A browser that is driven through chromedriver. WebDriver is JSON over HTTP, and on loopback that
//! is a page of code, for which a client crate would bring some thirty packages.
//!
//! Every wait has an end: for an element, a page, a script, an answer, and for the whole test.

use std::fmt::Display;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::program::Program;

/// Longest wait for chromedriver to listen.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// Longest wait for chromedriver's answer: above those that it keeps itself.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(150);
/// Longest wait for an element to appear, a page to load, a script to end.
const ELEMENT_TIMEOUT_MS: u64 = 20_000;
const PAGE_TIMEOUT_MS: u64 = 60_000;
const SCRIPT_TIMEOUT_MS: u64 = 120_000;

/// How often Tab is pressed at most on the way to a control.
const TABS_MAX: usize = 400;

/// The name of a reference to an element in an answer (WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys by their code points (WebDriver, section 17.4.2).
pub(super) const TAB: char = '\u{e004}';
pub(super) const ENTER: char = '\u{e007}';
pub(super) const DOWN: char = '\u{e015}';

/// Whether pages may run scripts. The driver itself may in any case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    Allowed,
    Off,
}

/// One window of a browser of its own, which is closed on drop.
pub(super) struct Window {
    port: u16,
    session: String,
    deadline: Instant,
    _driver: Program,
    _folder: TempDir,
}

impl Window {
    pub(super) fn open(scripts: Scripts, deadline: Instant) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").env("TMPDIR", folder.path());
        let (driver, port) = Program::start(&mut command, START_TIMEOUT, |line| {
            let (_, rest) = line.split_once("started successfully on port ")?;
            rest.trim_end_matches('.').parse().ok()
        });
        let mut window = Self {
            port,
            session: String::new(),
            deadline,
            _driver: driver,
            _folder: folder,
        };
        let mut options = json!({ "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--window-size=1400,1000",
        ]});
        if scripts == Scripts::Off {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let timeouts = json!({
            "implicit": ELEMENT_TIMEOUT_MS,
            "pageLoad": PAGE_TIMEOUT_MS,
            "script": SCRIPT_TIMEOUT_MS,
        });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options, "timeouts": timeouts,
        }}});
        let opened = window.asked("POST", "/session", &wanted);
        opened["sessionId"]
            .as_str()
            .unwrap()
            .clone_into(&mut window.session);
        window
    }

    #[track_caller]
    pub(super) fn go_to(&self, address: &str) {
        self.command("url", &json!({ "url": address }));
    }

    #[track_caller]
    pub(super) fn address(&self) -> String {
        let address = self.asked("GET", &self.path("url"), &Value::Null);
        address.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script on the page and gives what it returns.
    #[track_caller]
    pub(super) fn script(&self, script: &str, arguments: &[Value]) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.command("execute/sync", &body)
    }

    /// Runs a script that hands its result to its last argument.
    #[track_caller]
    pub(super) fn script_with_callback(&self, script: &str, arguments: &[Value]) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.command("execute/async", &body)
    }

    /// The words of the first element that is found; waits until there is one. After a key or a
    /// click that leads elsewhere it must be one that the page before does not have: that page may
    /// still be there.
    #[track_caller]
    pub(super) fn text(&self, css: &str) -> String {
        let element = self.element(css);
        let path = self.path(&format!("element/{element}/text"));
        let text = self.asked("GET", &path, &Value::Null);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The values of an attribute of all elements that are there now, in the order of the page.
    #[track_caller]
    pub(super) fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])]\
                      .map(element => element.getAttribute(arguments[1]))";
        let found = self.script(script, &[json!(css), json!(name)]);
        let found = found.as_array().into_iter().flatten();
        found.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Presses keys where the focus is.
    #[track_caller]
    pub(super) fn press(&self, keys: impl Display) {
        let strokes: Vec<Value> = keys
            .to_string()
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|way| json!({ "type": way, "value": key })))
            .collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.command("actions", &json!({ "actions": [keyboard] }));
    }

    /// Presses Tab until the focus is on what is meant.
    #[track_caller]
    pub(super) fn tab_to(&self, css: &str) {
        self.element(css);
        let is_there = "return document.activeElement.matches(arguments[0])";
        for _ in 0..TABS_MAX {
            if self.script(is_there, &[json!(css)]) == json!(true) {
                return;
            }
            self.press(TAB);
        }
        let page = self.address();
        panic!("{page}: pressing Tab {TABS_MAX} times does not lead to `{css}`");
    }

    /// Types into an element, whatever has the focus.
    #[track_caller]
    pub(super) fn type_into(&self, css: &str, keys: impl Display) {
        let element = self.element(css);
        let keys = json!({ "text": keys.to_string() });
        self.command(&format!("element/{element}/value"), &keys);
    }

    #[track_caller]
    pub(super) fn click(&self, css: &str) {
        let element = self.element(css);
        self.command(&format!("element/{element}/click"), &json!({}));
    }

    #[track_caller]
    pub(super) fn set_width(&self, px: u32) {
        let screen =
            json!({ "width": px, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
        self.tool("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// Shows pages as to somebody who prefers the scheme `dark` or `light`.
    #[track_caller]
    pub(super) fn set_scheme(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.tool(
            "Emulation.setEmulatedMedia",
            &json!({ "features": [feature] }),
        );
    }

    /// The cookies that the browser holds for the page.
    #[track_caller]
    pub(super) fn cookies(&self) -> Vec<Value> {
        let cookies = self.asked("GET", &self.path("cookie"), &Value::Null);
        cookies.as_array().cloned().unwrap_or_default()
    }

    /// A command of Chromium's own developer tools.
    #[track_caller]
    fn tool(&self, name: &str, parameters: &Value) {
        let body = json!({ "cmd": name, "params": parameters });
        self.command("goog/cdp/execute", &body);
    }

    #[track_caller]
    fn element(&self, css: &str) -> String {
        let body = json!({ "using": "css selector", "value": css });
        let found = self.command("element", &body);
        found[ELEMENT].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn command(&self, name: &str, body: &Value) -> Value {
        self.asked("POST", &self.path(name), body)
    }

    fn path(&self, name: &str) -> String {
        format!("/session/{}/{name}", self.session)
    }

    /// The value of the driver's answer. It says in words what failed, such as the selector of an
    /// element that is not there; the page is added.
    #[track_caller]
    fn asked(&self, method: &str, path: &str, body: &Value) -> Value {
        assert!(Instant::now() < self.deadline, "the test took too long");
        let mut answer = exchange(self.port, ANSWER_TIMEOUT, method, path, body)
            .unwrap_or_else(|error| panic!("chromedriver, {method} {path}: {error}"));
        if let Some(message) = answer["value"]["message"].as_str() {
            let page = exchange(
                self.port,
                ANSWER_TIMEOUT,
                "GET",
                &self.path("url"),
                &Value::Null,
            );
            let page = page.map_or(Value::Null, |mut page| page["value"].take());
            let first_lines: Vec<&str> = message.lines().take(3).collect();
            panic!(
                "on {page}: {method} {path} {body:.200}: {}",
                first_lines.join(" ")
            );
        }
        answer["value"].take()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // Without this the browser would outlive its driver.
            let path = format!("/session/{}", self.session);
            let timeout = Duration::from_secs(20);
            let _ = exchange(self.port, timeout, "DELETE", &path, &Value::Null);
        }
    }
}

/// One request of HTTP on loopback, and the JSON of its answer.
fn exchange(
    port: u16,
    timeout: Duration,
    method: &str,
    path: &str,
    body: &Value,
) -> io::Result<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(timeout))?;
    let body = match method {
        "POST" => body.to_string(),
        _ => String::new(),
    };
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        answer.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            None if line.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    serde_json::from_slice(&body).map_err(io::Error::other)
}
