//! The review pages in a real browser, with the cases of the demo: a reader finds them, reads them
//! in both languages, decides one by keyboard alone, and every page on the way passes the rules of
//! WCAG 2.2 AA (axe-core). A second browser, whose pages may run no script, does the same work.
//!
//! `scripts/test` installs what this needs; it sets `WAAKLICHT_SKIP_BROWSER` where it cannot, and
//! says so.

#![expect(
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

mod program;
mod webdriver;

use std::fmt::Display;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use self::program::Program;
use self::webdriver::{DOWN, ENTER, Scripts, Window};
use crate::support::Test;

/// The whole test. It takes some two minutes alone on two cores.
const TEST_TIMEOUT: Duration = Duration::from_secs(900);

/// Longest silence of the demo while it crawls its sites: tests are hardly optimised and run
/// beside each other.
const DEMO_TIMEOUT: Duration = Duration::from_secs(400);

/// The rules of axe-core that are run: WCAG 2.0 to 2.2, levels A and AA.
const RULES: [&str; 6] = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa",
];

/// The lanes of the queue, each with a case of the demo.
const LANES: [&str; 4] = ["minor", "victim-help", "recruitment", "organised"];

const LANGUAGES: [&str; 2] = ["nl", "en"];

/// As wide as a page is at 400 % on a screen of 2,000, or a large phone.
const NARROW_PX: u32 = 500;

#[test]
fn people_find_read_and_decide_cases_in_a_browser() {
    if std::env::vars_os().any(|(name, _)| name == "WAAKLICHT_SKIP_BROWSER") {
        return;
    }
    let deadline = Instant::now() + TEST_TIMEOUT;
    let demo = Demo::start();
    let pages = Pages {
        window: Window::open(Scripts::Allowed, deadline),
        axe: read_axe(),
        demo: &demo,
    };

    pages.rules_find_faults();
    pages.are_accessible(&["sign-in".to_owned()]);
    pages.fit_narrow_windows(&["sign-in".to_owned()]);
    pages.sign_in_by_keyboard();
    pages.keep_cookies_from_scripts();

    let cases = pages.list_the_cases();
    pages.show_lit_words(&cases);
    let mut all = cases.clone();
    all.extend(LANES.map(|lane| format!("queue?lane={lane}")));
    all.extend(["queue", "audit", "audit?verify=1", "case/nothing"].map(str::to_owned));
    pages.are_accessible(&all);
    pages.are_accessible_in_the_dark(&all);
    pages.fit_narrow_windows(&all);

    let decided = pages.decide_by_keyboard("organised");
    pages.are_accessible(&[decided, "queue?state=held".to_owned()]);
    pages.sign_out_by_keyboard();

    pages.explanations_are_accessible();

    work_without_scripts(&demo, deadline);
}

/// The rules as a script.
fn read_axe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/browser/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        let file = file.display();
        panic!("cannot read {file}: {error}; run `npm ci --prefix tests/browser`")
    })
}

/// The program with its imitation sites and the pages that it opens.
struct Demo {
    /// With a `/` at its end.
    address: String,
    user: String,
    password: String,
    _program: Program,
    _folder: TempDir,
}

impl Demo {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_waaklicht"));
        command.args(["demo", "--serve", "0"]).env_clear();
        for variable in ["HOME", "TMPDIR"] {
            command.env(variable, folder.path());
        }
        let (program, (address, user, password)) =
            Program::start(&mut command, DEMO_TIMEOUT, |line| {
                let (_, rest) = line.split_once("review pages: ")?;
                let (address, rest) = rest.split_once("  user: ")?;
                let (user, password) = rest.split_once("  password: ")?;
                Some((address.to_owned(), user.to_owned(), password.to_owned()))
            });
        Self {
            address,
            user,
            password,
            _program: program,
            _folder: folder,
        }
    }

    fn page(&self, path: &str) -> String {
        format!("{}{}", self.address, path.trim_start_matches('/'))
    }
}

/// The pages of the demo as somebody sees them.
struct Pages<'a> {
    window: Window,
    axe: String,
    demo: &'a Demo,
}

impl Pages<'_> {
    fn open(&self, path: &str) {
        self.window.go_to(&self.demo.page(path));
    }

    fn open_in(&self, path: &str, language: &str) {
        let mark = if path.contains('?') { '&' } else { '?' };
        self.open(&format!("{path}{mark}lang={language}"));
        let shown = self
            .window
            .script("return document.documentElement.lang", &[]);
        assert_eq!(shown, json!(language), "the language of {path}");
    }

    fn are_accessible(&self, paths: &[String]) {
        for language in LANGUAGES {
            for path in paths {
                self.open_in(path, language);
                self.assert_accessible(format!("{path} in {language}"));
                self.assert_nothing_from_outside(path);
            }
        }
    }

    /// Colours are the only thing that changes: one language is enough.
    fn are_accessible_in_the_dark(&self, paths: &[String]) {
        self.window.set_scheme("dark");
        for path in paths {
            self.open_in(path, "en");
            self.assert_accessible(format!("{path} in the dark"));
        }
        self.window.set_scheme("light");
    }

    fn assert_accessible(&self, page: impl Display) {
        let (checked, broken) = self.run_rules();
        assert!(
            checked > 5,
            "{page}: only {checked} rules had something to check"
        );
        assert!(broken.is_empty(), "{page}: {broken:#?}");
    }

    /// Runs the rules on the page that is shown, with everything on it unfolded: how many had
    /// something to check, and which are broken.
    fn run_rules(&self) -> (usize, Vec<String>) {
        let unfold = "document.querySelectorAll('details').forEach(one => one.open = true)";
        self.window.script(unfold, &[]);
        self.window.script(&self.axe, &[]);
        let run = "const [rules, done] = arguments; \
                   axe.run(document, { runOnly: { type: 'tag', values: rules } }).then(done)";
        let result = self.window.script_with_callback(run, &[json!(RULES)]);
        let checked = result["passes"].as_array().map_or(0, Vec::len);
        let broken = result["violations"].as_array().unwrap();
        (checked, broken.iter().map(violation).collect())
    }

    /// The rules are there and run: of a page with two faults they name both.
    fn rules_find_faults(&self) {
        self.window
            .go_to("data:text/html,<html lang=en><title>A</title><img src=b><input name=c>");
        let (_, broken) = self.run_rules();
        for fault in ["image-alt", "label"] {
            let found = broken.iter().any(|one| one.contains(fault));
            assert!(found, "`{fault}` is not in {broken:?}");
        }
    }

    /// Every file that the page asked for came from the pages' own address.
    fn assert_nothing_from_outside(&self, page: &str) {
        let names = "return performance.getEntriesByType('resource').map(one => one.name)";
        let asked = self.window.script(names, &[]);
        for name in asked.as_array().unwrap() {
            let name = name.as_str().unwrap();
            assert!(
                name.starts_with(&self.demo.address),
                "{page} asks for {name}"
            );
        }
    }

    fn fit_narrow_windows(&self, paths: &[String]) {
        self.window.set_width(NARROW_PX);
        for path in paths {
            self.open(path);
            let width = "return document.documentElement.scrollWidth";
            let width = self.window.script(width, &[]);
            assert!(
                width.as_u64() <= Some(u64::from(NARROW_PX)),
                "{path} is {width} wide in a window of {NARROW_PX}"
            );
        }
        self.window.set_width(1400);
    }

    /// The page of `waaklicht explain`, opened as a file: every theme, in both languages and schemes.
    fn explanations_are_accessible(&self) {
        const TEXT: &str = "Ik ben l7 jaar, 16 jaar ervaring. Onze telefoniste: nul zes 1234 0001, \
                            24/7, Utrecht. Nee is nee. Meisjes gezocht, goed verdienen.";
        for language in LANGUAGES {
            let ran = Test::new()
                .file("a.txt", TEXT)
                .args("explain a.txt --text --html -o page.html --lang")
                .args(language)
                .run();
            let page = format!("file://{}", ran.path("page.html").display());
            for scheme in ["light", "dark"] {
                self.window.set_scheme(scheme);
                self.window.go_to(&page);
                self.assert_accessible(format!("the explanation in {language}, {scheme}"));
            }
            self.window.set_scheme("light");
            self.window.set_width(NARROW_PX);
            let width = "return document.documentElement.scrollWidth";
            let width = self.window.script(width, &[]);
            assert!(width.as_u64() <= Some(u64::from(NARROW_PX)), "{width} wide");
            self.window.set_width(1400);
            self.window.click("blockquote sup a");
            let target = "return document.querySelector(':target').textContent";
            let target = self.window.script(target, &[]);
            assert!(
                target.as_str().is_some_and(|words| words.contains("Ik")),
                "{target}"
            );
        }
    }

    fn sign_in_by_keyboard(&self) {
        self.open("sign-in?lang=en");
        self.window.tab_to("input[name=name]");
        self.window.press(&self.demo.user);
        self.window.tab_to("input[name=password]");
        self.window.press(&self.demo.password);
        self.window.press(ENTER);
        assert_eq!(
            self.window.text(".queue h2"),
            "All lanes",
            "after signing in"
        );
    }

    fn sign_out_by_keyboard(&self) {
        self.open("queue?lang=en");
        self.window.tab_to("form[action='/sign-out'] button");
        self.window.press(ENTER);
        assert_eq!(
            self.window.text("main [role=status]"),
            "You are signed out."
        );
        self.open("queue");
        let address = self.window.address();
        assert!(
            address.ends_with("/sign-in"),
            "signed out, yet {address} opens"
        );
    }

    fn keep_cookies_from_scripts(&self) {
        let readable = self.window.script("return document.cookie", &[]);
        assert_eq!(readable, json!(""), "cookies that scripts can read");
        let cookies = self.window.cookies();
        assert!(!cookies.is_empty(), "a session is kept in a cookie");
        for cookie in cookies {
            assert_eq!(cookie["httpOnly"], json!(true), "{cookie}");
            assert_eq!(cookie["sameSite"], json!("Strict"), "{cookie}");
        }
    }

    /// The paths of all open cases; each lane has one.
    fn list_the_cases(&self) -> Vec<String> {
        let mut cases = Vec::new();
        for lane in LANES {
            let waiting = self.waiting(lane);
            assert!(!waiting.is_empty(), "no case waits in the lane {lane}");
            cases.extend(waiting);
        }
        cases
    }

    fn waiting(&self, lane: &str) -> Vec<String> {
        self.open(&format!("queue?lane={lane}&state=open"));
        self.window.attributes("tbody a[href^='/case/']", "href")
    }

    /// Every quote of a finding leads to words of the text that are lit with a colour and a line;
    /// the lane for minors shows such words in each of its cases.
    fn show_lit_words(&self, cases: &[String]) {
        for case in cases {
            self.open(case);
            for target in self.window.attributes(".rests-on a[href*='-m']", "href") {
                let look = "const lit = document.querySelector(`${arguments[0]} ~ mark`); \
                            if (!lit) return 'nothing'; \
                            const style = getComputedStyle(lit); \
                            return [lit.textContent.trim() && 'words', style.textDecorationLine, \
                                style.backgroundColor === getComputedStyle(document.body)\
                                    .backgroundColor ? 'dull' : 'bright'].join(' ')";
                let seen = self.window.script(look, &[json!(target)]);
                assert_eq!(seen, json!("words underline bright"), "{case}{target}");
            }
        }
        for case in self.waiting("minor") {
            self.open(&case);
            let lit = self.window.text("blockquote mark.look-minor");
            assert!(
                !lit.is_empty(),
                "{case}: no words of a minor finding are lit"
            );
        }
    }

    /// Decides the first case of a lane without a mouse and gives its path.
    fn decide_by_keyboard(&self, lane: &str) -> String {
        let waiting = self.waiting(lane);
        let case = waiting[0].clone();
        self.open(&format!("queue?lane={lane}&lang=en"));
        self.window.tab_to(&format!("a[href='{case}']"));
        self.window.press(ENTER);
        assert!(self.window.text(".case-head h1").starts_with("Case "));

        self.window.tab_to("input[name=disposition]");
        self.window.press(' ');
        self.window.press(DOWN);
        self.window.tab_to("select[name=reason]");
        self.window.press("Too little");
        self.window.tab_to("textarea[name=note]");
        self.window.press("read on the keyboard");
        self.window.tab_to("form[action$='/decision'] button");
        self.window.press(ENTER);

        let said = self.window.text("main [role=status]");
        assert!(
            said.starts_with("Your decision is recorded."),
            "{case}: {said}"
        );
        let decision = self.window.text(".decisions li");
        for part in [
            "Watch:",
            "Too little to go by",
            "read on the keyboard",
            &self.demo.user,
        ] {
            assert!(
                decision.contains(part),
                "{case}: `{part}` is not in {decision}"
            );
        }
        assert_eq!(
            self.waiting(lane),
            waiting[1..],
            "{case} has left the open cases"
        );
        self.open(&format!("queue?lane={lane}&state=held"));
        let held = self.window.attributes("tbody a[href^='/case/']", "href");
        assert_eq!(held, [case.as_str()], "a watched case is held");
        case
    }
}

/// A rule that is broken, and where.
fn violation(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let places: Vec<&str> = nodes
        .filter_map(|node| node["html"].as_str())
        .take(3)
        .collect();
    format!("{}: {} in {places:?}", violation["id"], violation["help"])
}

/// Everything is a link or a form: sign in, open a case, decide it.
fn work_without_scripts(demo: &Demo, deadline: Instant) {
    let window = Window::open(Scripts::Off, deadline);
    window.go_to("data:text/html,<p>off</p><script>document.querySelector('p').remove()</script>");
    assert_eq!(window.text("p"), "off", "scripts of pages do not run");

    window.go_to(&demo.page("sign-in?lang=en"));
    window.type_into("input[name=name]", &demo.user);
    window.type_into("input[name=password]", format!("{}{ENTER}", demo.password));
    window.click("tbody a[href^='/case/']");
    assert!(window.text(".case-head h1").starts_with("Case "));
    assert!(
        !window.text("blockquote .body").is_empty(),
        "the text of the listing"
    );
    assert!(
        !window.text(".findings .what").is_empty(),
        "what was found in it"
    );

    window.click("input[name=disposition][value=cannot-tell]");
    window.type_into("select[name=reason]", "Too little");
    window.click("form[action$='/decision'] button");
    let said = window.text("main [role=status]");
    assert!(said.starts_with("Your decision is recorded."), "{said}");
}
