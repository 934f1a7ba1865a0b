//! The archive: what was asked and what was answered, as WARC 1.1 records.
//!
//! One visit is three records (response, request, metadata), each a gzip member of its own, one
//! after the other: the bytes of [`model::Capture::record`]. Standard tools read them.
//!
//! What is written is the body after transfer-decoding and before content-decoding: its digest is
//! the same however the server cut it into chunks (chunked digests are wrong in many tools). The
//! header that would contradict it, `Transfer-Encoding`, is kept under another name.
//!
//! Invariant: a page read back from its record is the page that was received, so that extraction
//! can be run again.

mod read;
mod write;

pub use read::{ArchiveError, ArchivedAnswer, ArchivedRecord, page, records};
pub use write::{Truncated, WarcVisit, record};

#[cfg(test)]
mod tests;
