//! Keeps everything: narrow traits joined in a unit of work, SQLite behind them.
//!
//! [`open`] gives a [`Handle`]; its [`Handle::write`] and [`Handle::read`] run closures over a
//! [`Tx`], which joins the traits in `traits/`, one file a concern. Nobody else knows SQL, files
//! of keys, or threads: a crawler and a review page speak to the same handle.
//!
//! Where things are: `run/` puts closures on threads, `seal/` keeps texts from standing in plain
//! anywhere, `sqlite/` is the backend with one file a trait, `reopening.rs` and `chain.rs` are the
//! rules that every backend shares.
//!
//! Invariant: looks at case data leave an audit row in the same transaction (`chain.rs`).
//! Invariant: no text, no phone number and no picture hash stands in plain in a file (`seal/`).
//! Invariant: what was acknowledged is kept (`run/`), by one process at a time (`sqlite/`).

mod chain;
mod error;
mod handle;
mod options;
mod reopening;
mod run;
mod seal;
mod sqlite;
mod traits;
mod url;

pub use error::{Result, StoreError};
pub use handle::{Handle, open};
pub use options::Options;
pub use run::{Pending, Priority};
pub use seal::{DestroyedKey, KeyReceipt, SealClass};
pub use traits::*;
pub use url::StoreUrl;
