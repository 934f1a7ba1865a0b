//! A site on loopback whose pages a test sets and changes, and the profile that visits it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Short, as the interval itself is tested elsewhere (`crawler/tests/rounds/politeness.rs`, and
/// `invariants.rs` here).
pub(crate) const DELAY_MS: u64 = 5;

/// What stands at an address.
#[derive(Clone)]
struct Reply {
    status: u16,
    media_type: &'static str,
    body: Vec<u8>,
}

#[derive(Default)]
struct Shown {
    replies: BTreeMap<String, Reply>,
    asked: Vec<String>,
    is_over: bool,
}

/// The site. Ends when dropped.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    shown: Arc<Mutex<Shown>>,
}

impl Site {
    /// An empty site on a free port.
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shown: Arc<Mutex<Shown>> = Arc::default();
        let serving = Arc::clone(&shown);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.lock().unwrap().is_over {
                    return;
                }
                // Whoever hangs up early is no failure of the site.
                let _ = answer(stream.unwrap(), &serving);
            }
        });
        Self { address, shown }
    }

    /// A site with these listings, `(key, text)`, and a front page that links to them.
    pub(crate) fn with(listings: &[(&str, &str)]) -> Self {
        let site = Self::open();
        let front: String = listings.iter().fold(String::new(), |mut page, (key, _)| {
            let _ = write!(page, "<p><a href='/ad/{key}'>{key}</a>");
            page
        });
        site.show("/", "text/html; charset=utf-8", front);
        for (key, text) in listings {
            site.listing(key, text, "");
        }
        site
    }

    /// Sets the page of a listing. `more` is further markup.
    pub(crate) fn listing(&self, key: &str, text: &str, more: &str) {
        let page = format!("<h1>Advertisement {key}</h1><div class=text>{text}</div>{more}");
        self.show(&format!("/ad/{key}"), "text/html; charset=utf-8", page);
    }

    /// Sets what stands at an address.
    pub(crate) fn show(&self, path: &str, media_type: &'static str, body: impl Into<Vec<u8>>) {
        let reply = Reply {
            status: 200,
            media_type,
            body: body.into(),
        };
        let mut shown = self.shown.lock().unwrap();
        shown.replies.insert(path.to_owned(), reply);
    }

    /// The addresses that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.shown.lock().unwrap().asked.clone()
    }

    /// How often an address was asked for.
    pub(crate) fn n_asked(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == path).count()
    }

    /// The profile that visits this site, with stretches of it replaced.
    pub(crate) fn profile(&self, name: &str, replaced: &[(&str, &str)]) -> String {
        let mut profile = format!(
            r#"id = "{name}"
name = "Imitation {name}"
collect = "text"
photos = true

[legal]
ground = "none needed: imitation site, no personal data"
purpose = "a test on loopback"
approver = "test"
contact = "crawl@operator.example"
contact_page = "https://operator.example/crawl"
review_by = 2999-01-01

[retention]
text_days = 7
feature_days = 180
photo_hash_days = 90

[visit]
start = ["http://{address}/"]
hosts = ["{address}"]
delay_ms = {DELAY_MS}
requests_per_day = 10000
megabytes_per_day = 100
revisit_minutes = 0
sitemaps = false
allow_loopback = true

[links]
listing = '^/ad/(?<key>[\w.-]+)$'
list = ['^/$']

[listing]
title = "h1"
text = ".text"
age = ".age"
city = ".city"
phones = ".phone"
images = {{ css = "img", attr = "src" }}
author_name = ".name"
"#,
            address = self.address
        );
        for (from, to) in replaced {
            assert!(profile.contains(from), "the profile has no `{from}`");
            profile = profile.replace(from, to);
        }
        profile
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shown.lock().unwrap().is_over = true;
        // Wakes the thread that waits for the next one to call.
        let _ = TcpStream::connect(self.address);
    }
}

fn answer(mut stream: TcpStream, shown: &Mutex<Shown>) -> std::io::Result<()> {
    let mut head = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    head.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? <= 2 {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let reply = {
        let mut shown = shown.lock().unwrap();
        shown.asked.push(path.clone());
        shown.replies.get(&path).cloned()
    };
    let reply = reply.unwrap_or_else(|| Reply {
        status: 404,
        media_type: "text/html",
        body: b"<h1>Not here</h1>".to_vec(),
    });
    let head = format!(
        "HTTP/1.1 {} X\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        reply.status,
        reply.media_type,
        reply.body.len()
    );
    stream.write_all(&[head.as_bytes(), &reply.body].concat())
}
