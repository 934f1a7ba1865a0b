//! Reads records back, and a page out of them.

use model::Timestamp;
use url::Url;

use super::write::digest;
use crate::decompress;
use crate::extract::Page;

/// Most bytes that a record file unpacks to.
const LIMIT_BYTES: usize = 64 * 1024 * 1024;
/// Most bytes that a page unpacks to, as when it was fetched.
const PAGE_LIMIT_BYTES: usize = 10_000_000;

/// Why an archive record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// The gzip member is damaged.
    #[error("archive record cannot be unpacked: {0}")]
    Packed(String),
    /// It is not WARC.
    #[error("archive record is not WARC: {0}")]
    Shape(&'static str),
    /// Its bytes are not those that were written.
    #[error("archive record fails its {0} digest: it was changed after it was written")]
    Digest(&'static str),
    /// It holds no answer.
    #[error("archive record holds no response")]
    NoResponse,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedRecord {
    /// Its fields, names in lower case, in order.
    pub fields: Vec<(String, String)>,
    /// Its block.
    pub block: Vec<u8>,
}

impl ArchivedRecord {
    /// The first value of a field, by its name in lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }
}

/// An answer out of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedAnswer {
    /// HTTP status.
    pub status: u16,
    /// The page, content-decoded, ready to be extracted again.
    pub page: Page,
}

/// The page of a visit's record. Digests are checked.
///
/// # Errors
/// When the record is damaged, changed, or holds no answer.
pub fn page(record: &[u8]) -> Result<ArchivedAnswer, ArchiveError> {
    let records = records(record)?;
    let response = records
        .iter()
        .find(|record| record.field("warc-type") == Some("response"))
        .ok_or(ArchiveError::NoResponse)?;
    let url = response
        .field("warc-target-uri")
        .and_then(|url| Url::parse(url).ok())
        .ok_or(ArchiveError::Shape("no target address"))?;
    let seen_at: Timestamp = response
        .field("warc-date")
        .and_then(|date| date.parse().ok())
        .ok_or(ArchiveError::Shape("no date"))?;
    let (head, body) = split_head(&response.block).ok_or(ArchiveError::Shape("no HTTP head"))?;
    if let Some(expected) = response.field("warc-payload-digest")
        && expected.starts_with("sha256:")
        && expected != digest(body)
    {
        return Err(ArchiveError::Digest("payload"));
    }
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|status| status.parse().ok())
        .ok_or(ArchiveError::Shape("no HTTP status"))?;
    let header = |wanted: &str| {
        head.lines().skip(1).find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(wanted)
                .then(|| value.trim().to_owned())
        })
    };
    let encoding = header("content-encoding").unwrap_or_default();
    let page = Page {
        url,
        content_type: header("content-type"),
        body: decompress::expand(body, &encoding, PAGE_LIMIT_BYTES).bytes,
        seen_at,
    };
    Ok(ArchivedAnswer { status, page })
}

/// The records of a file, gzipped or plain. Block digests of SHA-256 are checked.
///
/// # Errors
/// When a record is damaged or changed.
pub fn records(file: &[u8]) -> Result<Vec<ArchivedRecord>, ArchiveError> {
    let unpacked;
    let mut rest = if file.starts_with(&[0x1F, 0x8B]) {
        let expanded = decompress::gzip(file, LIMIT_BYTES, None);
        if let Some(problem) = expanded.problem {
            return Err(ArchiveError::Packed(problem.to_string()));
        }
        unpacked = expanded.bytes;
        unpacked.as_slice()
    } else {
        file
    };
    let mut found = Vec::new();
    while !rest.trim_ascii_start().is_empty() {
        let (record, after) = one_record(rest.trim_ascii_start())?;
        if let Some(expected) = record.field("warc-block-digest")
            && expected.starts_with("sha256:")
            && expected != digest(&record.block)
        {
            return Err(ArchiveError::Digest("block"));
        }
        found.push(record);
        rest = after;
    }
    Ok(found)
}

fn one_record(bytes: &[u8]) -> Result<(ArchivedRecord, &[u8]), ArchiveError> {
    if !bytes.starts_with(b"WARC/1.") {
        return Err(ArchiveError::Shape("no `WARC/1.` where a record begins"));
    }
    let (head, after) = split_head(bytes).ok_or(ArchiveError::Shape("head without an end"))?;
    let head = String::from_utf8_lossy(head);
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.lines().skip(1) {
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let mut record = ArchivedRecord {
        fields,
        block: Vec::new(),
    };
    let length: usize = record
        .field("content-length")
        .and_then(|length| length.parse().ok())
        .ok_or(ArchiveError::Shape("no length"))?;
    let block = after
        .get(..length)
        .ok_or(ArchiveError::Shape("ends in the middle"))?;
    record.block = block.to_vec();
    Ok((record, &after[length..]))
}

/// Head and what follows the empty line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((&bytes[..end], &bytes[end + 4..]))
}
