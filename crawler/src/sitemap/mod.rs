//! Sitemaps: `urlset` and `sitemapindex` in XML, plain text, also gzipped.
//!
//! Written for hostile input: at most [`ENTRIES_LIMIT`] entries and [`BYTES_LIMIT`] bytes, no
//! DTD, no entities but the five of XML. A broken sitemap yields what came before the break, with
//! the problem. Feeds (RSS, Atom) are not sitemaps here.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::charset;
use crate::decompress::{self, Expanded};

/// Most addresses of one sitemap (sitemaps.org protocol).
pub(crate) const ENTRIES_LIMIT: usize = 50_000;
/// Most bytes of one sitemap, uncompressed (sitemaps.org protocol).
pub(crate) const BYTES_LIMIT: usize = 50 * 1024 * 1024;
/// How deep an index may lead: an index names sitemaps, those name pages.
pub(crate) const LEVELS_LIMIT: u16 = 2;
/// Longest address that is taken; anything longer is no address that we follow.
const ADDRESS_LIMIT_BYTES: usize = 4_096;

/// What a sitemap names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitemap {
    /// Whether it names further sitemaps or pages.
    pub kind: SitemapKind,
    /// The addresses, as written.
    pub entries: Vec<SitemapEntry>,
    /// Why the rest is missing, where it is.
    pub problem: Option<String>,
}

/// What the addresses of a sitemap are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitemapKind {
    /// Pages.
    Pages,
    /// Further sitemaps.
    Sitemaps,
}

/// An address of a sitemap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitemapEntry {
    /// The address.
    pub location: String,
    /// When it last changed, as written.
    pub last_modified: Option<String>,
}

/// Whether a body is worth reading as a sitemap: XML with one of the two roots, or gzip.
pub(crate) fn looks_like_sitemap(body: &[u8]) -> bool {
    if body.starts_with(&[0x1F, 0x8B]) {
        return true;
    }
    let start = &body[..body.len().min(1_024)];
    let has = |wanted: &[u8]| start.windows(wanted.len()).any(|window| window == wanted);
    has(b"<urlset") || has(b"<sitemapindex")
}

/// Reads a sitemap.
///
/// # Errors
/// Why nothing of it can be read, for people.
pub(crate) fn parse(body: &[u8]) -> Result<Sitemap, String> {
    let mut cut = None;
    let expanded;
    let body = if body.starts_with(&[0x1F, 0x8B]) {
        let Expanded { bytes, problem } = decompress::gzip(body, BYTES_LIMIT, None);
        cut = problem.map(|problem| problem.to_string());
        expanded = bytes;
        &expanded
    } else {
        body
    };
    if body.len() > BYTES_LIMIT {
        return Err(format!("sitemap of more than {BYTES_LIMIT} bytes"));
    }
    let decoded = charset::decode(body, None, declared_encoding(body));
    let text = decoded
        .text
        .trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{FEFF}');
    let mut sitemap = if text.starts_with('<') {
        xml(text)?
    } else {
        plain(text)?
    };
    if sitemap.problem.is_none() {
        sitemap.problem = cut;
    }
    Ok(sitemap)
}

fn declared_encoding(body: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
    let (_, after) = start.split_once("encoding=")?;
    let quote = after.chars().next().filter(|sign| "\"'".contains(*sign))?;
    let label = after[1..].split(quote).next()?;
    encoding_rs::Encoding::for_label(label.as_bytes())
}

fn plain(text: &str) -> Result<Sitemap, String> {
    let mut entries = Vec::new();
    let mut problem = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_address = line.starts_with("http://") || line.starts_with("https://");
        if !is_address || line.len() > ADDRESS_LIMIT_BYTES {
            problem = Some("lines that are no address".to_owned());
            continue;
        }
        if entries.len() == ENTRIES_LIMIT {
            problem = Some(too_many());
            break;
        }
        entries.push(SitemapEntry {
            location: line.to_owned(),
            last_modified: None,
        });
    }
    if entries.is_empty() {
        return Err("neither XML nor a list of addresses".to_owned());
    }
    Ok(Sitemap {
        kind: SitemapKind::Pages,
        entries,
        problem,
    })
}

fn too_many() -> String {
    format!("more than {ENTRIES_LIMIT} addresses: the rest is left out")
}

/// Which text is being collected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Collecting {
    Nothing,
    Location,
    LastModified,
}

fn xml(text: &str) -> Result<Sitemap, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut state = State::default();
    let problem = loop {
        match reader.read_event() {
            Ok(Event::Eof) => break state.unfinished(),
            Ok(Event::DocType(_)) => return Err("a sitemap with a DTD is not read".to_owned()),
            Ok(Event::Start(tag)) => state.open(local(tag.name().as_ref()))?,
            Ok(Event::Empty(tag)) => {
                state.open(local(tag.name().as_ref()))?;
                state.close();
            }
            Ok(Event::End(_)) => state.close(),
            Ok(Event::Text(text)) => state.text(&text),
            Ok(Event::CData(text)) => state.text(&text),
            Ok(Event::GeneralRef(reference)) => {
                let sign = match reference.resolve_char_ref() {
                    Ok(Some(sign)) => Some(sign),
                    _ => named_sign(&reference),
                };
                match sign {
                    Some(sign) => state.text(sign.encode_utf8(&mut [0; 4])),
                    None => break Some("an entity that is not XML's own".to_owned()),
                }
            }
            Ok(_) => {}
            Err(error) => {
                // The `<` at which reading stopped ended the text before it.
                state.close();
                break Some(format!("not well-formed: {error}"));
            }
        }
        if state.entries.len() >= ENTRIES_LIMIT {
            break Some(too_many());
        }
    };
    let kind = match state.root.as_deref() {
        Some("urlset") => SitemapKind::Pages,
        Some("sitemapindex") => SitemapKind::Sitemaps,
        Some(_) => return Err("the root is neither `urlset` nor `sitemapindex`".to_owned()),
        None => return Err("no XML element".to_owned()),
    };
    if state.entries.is_empty()
        && let Some(problem) = problem
    {
        return Err(problem);
    }
    Ok(Sitemap {
        kind,
        entries: state.entries,
        problem,
    })
}

/// The name without its prefix.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn named_sign(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// Most open elements; a sitemap needs four, its extensions a few more.
const DEPTH_LIMIT: usize = 32;

#[derive(Default)]
struct State {
    root: Option<String>,
    open: Vec<String>,
    collected: String,
    last_modified: Option<String>,
    since_entry: bool,
    entries: Vec<SitemapEntry>,
}

impl State {
    fn open(&mut self, name: String) -> Result<(), String> {
        if self.open.len() == DEPTH_LIMIT {
            return Err(format!("elements nested deeper than {DEPTH_LIMIT}"));
        }
        if self.root.is_none() {
            self.root = Some(name.clone());
        }
        if self.open.len() <= 2 {
            self.collected.clear();
        }
        if matches!(name.as_str(), "url" | "sitemap") && self.open.len() == 1 {
            self.since_entry = false;
            self.last_modified = None;
        }
        self.open.push(name);
        Ok(())
    }

    /// What the open elements say that text means: a `loc` right under an entry, whatever stands
    /// within it.
    fn collecting(&self) -> Collecting {
        let within = |name: &str| self.open.get(2).is_some_and(|open| open == name);
        if within("loc") {
            Collecting::Location
        } else if within("lastmod") {
            Collecting::LastModified
        } else if self.open.len() == 2 && !self.since_entry {
            // Some indexes leave out `loc` and write the address right into the entry.
            Collecting::Location
        } else {
            Collecting::Nothing
        }
    }

    fn text(&mut self, text: &str) {
        if self.collecting() != Collecting::Nothing && self.collected.len() <= ADDRESS_LIMIT_BYTES {
            self.collected.push_str(text);
        }
    }

    fn close(&mut self) {
        let collecting = self.collecting();
        if matches!(self.open.len(), 2 | 3) {
            let collected = self.collected.trim().to_owned();
            match collecting {
                Collecting::Location => self.location(collected),
                Collecting::LastModified => self.last_modified(collected),
                Collecting::Nothing => {}
            }
            self.collected.clear();
        }
        self.open.pop();
    }

    fn location(&mut self, location: String) {
        if !location.contains("://") || location.len() > ADDRESS_LIMIT_BYTES {
            return;
        }
        self.entries.push(SitemapEntry {
            location,
            last_modified: self.last_modified.take(),
        });
        self.since_entry = true;
    }

    /// Belongs to the address before it in the same entry, else to the one after it.
    fn last_modified(&mut self, when: String) {
        if self.since_entry
            && let Some(entry) = self.entries.last_mut()
            && entry.last_modified.is_none()
        {
            entry.last_modified = Some(when);
        } else {
            self.last_modified = Some(when);
        }
    }

    /// A file that ends in the middle: an address that is cut off is no address.
    fn unfinished(&self) -> Option<String> {
        (!self.open.is_empty()).then(|| "the file ends in the middle".to_owned())
    }
}

#[cfg(test)]
mod tests;
