//! A store with users and cases made by hand, and a browser that keeps cookies.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use model::{Actor, AuditAction, AuditEntry, AuditObject, Clock, Digest, Entropy, Role, Timestamp};
use store::{Handle, Priority, StoreUrl, User};
use tempfile::TempDir;
use tower::ServiceExt;

use super::seeds::{Seed, driver, links, minor, office, quiet, site};
use crate::users::{PasswordCost, hash_password};
use crate::web::{Address, Options, ReviewState, router};

pub(super) const PASSWORD: &str = "zestien stille schepen";

/// A clock that a test turns.
pub(super) struct HandClock(Mutex<Timestamp>);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Digests of a counter: all different, the same in every run.
struct Counted(AtomicU64);

impl Entropy for Counted {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), String> {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let digest = Digest::of(&count.to_le_bytes());
            chunk.copy_from_slice(&digest.as_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

pub(super) struct Stage {
    pub(super) state: Arc<ReviewState>,
    clock: Arc<HandClock>,
    _folder: TempDir,
}

pub(super) fn at(written: &str) -> Timestamp {
    written.parse().unwrap()
}

fn entry(action: AuditAction, object: AuditObject) -> AuditEntry {
    AuditEntry {
        at: at("2026-03-03T08:00:00Z"),
        by: Actor::process("test"),
        action,
        object,
        purpose: "test".into(),
    }
}

impl Stage {
    /// A store with one user for each role, named after it, and no cases.
    pub(super) async fn empty(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(HandClock(Mutex::new(at("2026-03-03T09:30:00Z"))));
        let entropy = Arc::new(Counted(AtomicU64::new(0)));
        let store = store::open(
            &StoreUrl::sqlite(folder.path().join("waaklicht.db")),
            store::Options::default(),
            clock.clone(),
            entropy.clone(),
        )
        .unwrap();
        let options = Options {
            password_cost: PasswordCost {
                memory_kib: 8,
                passes: 1,
            },
            ..options
        };
        for role in Role::ALL {
            let user = User {
                name: Actor::new(role.name()).unwrap(),
                password_hash: hash_password(PASSWORD, entropy.as_ref(), options.password_cost)
                    .unwrap(),
                roles: vec![*role],
                disabled: false,
            };
            save_user(&store, user).await;
        }
        let state = ReviewState::new(store, clock.clone(), entropy, options).unwrap();
        Self {
            state: Arc::new(state),
            clock,
            _folder: folder,
        }
    }

    /// With a case in the minor lane, and one of three listings in the organised lane.
    pub(super) async fn new() -> Self {
        let stage = Self::empty(Options::default()).await;
        stage.seed(&[minor(), driver(), office(), quiet()]).await;
        stage
    }

    /// Keeps listings with their assessments and makes cases of all that were kept by this call.
    pub(super) async fn seed(&self, seeds: &[Seed]) {
        let seeds = seeds.to_vec();
        self.state
            .store
            .write(Priority::Interactive, move |tx| {
                tx.save_site(&site())?;
                let seen = at("2026-03-01T10:00:00Z");
                let mut assessments = Vec::new();
                for seed in &seeds {
                    let content = Digest::of(seed.version.text.as_bytes());
                    tx.record_version(&seed.version, content, None, seen)?;
                    if let Some(assessment) = &seed.assessment {
                        tx.save_assessment(assessment, seen)?;
                        assessments.push(assessment.clone());
                    }
                }
                tx.replace_links(&links(&assessments), &[])?;
                let look = entry(AuditAction::Combine, AuditObject::Class("cases".into()));
                tx.combine(&crate::triage(&assessments), &look)?;
                Ok(())
            })
            .await
            .unwrap();
    }

    pub(super) fn turn_clock(&self, ms: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.plus_ms(ms);
    }

    /// The audit as `by action object purpose`, without the rows of the seeding.
    pub(super) async fn audit(&self) -> Vec<String> {
        let rows = self
            .state
            .store
            .read(|tx| tx.audit(None, 1_000))
            .await
            .unwrap();
        rows.iter()
            .map(|row| &row.entry)
            .filter(|entry| entry.by != Actor::process("test"))
            .map(|entry| {
                format!(
                    "{} {} {} {}",
                    entry.by, entry.action, entry.object, entry.purpose
                )
            })
            .collect()
    }

    pub(super) fn browser(&self) -> Browser {
        Browser {
            router: router(Arc::clone(&self.state)),
            host: match &self.state.options.address {
                Address::Loopback => "localhost:8080".to_owned(),
                Address::Public { origin } => origin["https://".len()..].to_owned(),
            },
            origin: match &self.state.options.address {
                Address::Loopback => "http://localhost:8080".to_owned(),
                Address::Public { origin } => origin.clone(),
            },
            cookies: BTreeMap::new(),
            language: "en",
        }
    }

    /// A browser in which the user of this role has signed in.
    pub(super) async fn signed_in(&self, role: Role) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(role.name(), PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }
}

pub(super) async fn save_user(store: &Handle, user: User) {
    let audit = entry(AuditAction::Configure, AuditObject::User(user.name.clone()));
    store
        .write(Priority::Interactive, move |tx| tx.save_user(&user, &audit))
        .await
        .unwrap();
}

pub(super) struct Browser {
    router: axum::Router,
    pub(super) host: String,
    pub(super) origin: String,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) language: &'static str,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn location(&self) -> &str {
        self.header("location")
    }

    /// The value of a hidden field.
    pub(super) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self
            .body
            .split_once(&start)
            .unwrap_or_else(|| panic!("no {name}: {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The words of the page, without marks and with one space between.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for sign in self.body.chars() {
            match sign {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    words.push(' ');
                }
                _ if inside => {}
                _ => words.push(sign),
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub(super) fn shows(&self, text: &str) {
        assert!(
            self.words().contains(text),
            "`{text}` is not in: {}",
            self.words()
        );
    }

    #[track_caller]
    pub(super) fn hides(&self, text: &str) {
        assert!(!self.body.contains(text), "`{text}` is in: {}", self.body);
    }
}

impl Browser {
    pub(super) async fn send(
        &mut self,
        request: axum::http::request::Builder,
        body: String,
    ) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = request
            .header(header::HOST, &self.host)
            .header(header::ACCEPT_LANGUAGE, self.language);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, 4 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    /// Posts a form with the origin of the pages and whatever fields are given.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::ORIGIN, &self.origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, form(fields)).await
    }

    pub(super) async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        let token = self.get("/sign-in").await.hidden("form-token");
        let fields = [
            ("form-token", token.as_str()),
            ("name", name),
            ("password", password),
        ];
        self.post("/sign-in", &fields).await
    }
}

pub(super) fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect::<Vec<_>>()
        .join("&")
}
