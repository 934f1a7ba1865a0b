//! Runs closures as transactions on threads that own the connections.
//!
//! [`crate::Handle`] puts work into a bounded queue ([`Queue`]), a thread takes it out and runs it
//! on its connection ([`worker`]), and the answer travels back in a [`Pending`]. Nothing here knows
//! SQL: a backend brings a [`Connection`] for each thread.

mod pending;
mod queue;
mod worker;

pub use pending::Pending;
pub(crate) use pending::submit;
pub(crate) use queue::{Queue, Room};
pub(crate) use worker::{Pace, read, write};

use crate::{Result, Tx};

/// Whose work goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody waits for it: a decision, a page, a lease.
    Interactive,
    /// The flow of data; committed in batches.
    Bulk,
}

/// One backend's connection, owned by one thread.
pub(crate) trait Connection: Send {
    /// Begins a transaction.
    fn begin(&mut self) -> Result<()>;

    /// Runs work inside it. When the work fails, what it did is undone; what was done before it
    /// in the same transaction stays, unless [`Self::in_transaction`] says otherwise.
    fn run(&mut self, work: &mut dyn FnMut(&mut dyn Tx) -> Result<()>) -> Result<()>;

    /// Whether the transaction still stands.
    fn in_transaction(&self) -> bool;

    /// Keeps what was done.
    fn commit(&mut self) -> Result<()>;

    /// Undoes it all.
    fn roll_back(&mut self);

    /// Leaves everything in order. Called once, at the end.
    fn close(&mut self);
}

/// A closure on its way, with the place for its answer.
pub(crate) trait Work: Send {
    /// Runs the closure once more.
    fn run(&mut self, tx: &mut dyn Tx) -> Result<()>;

    /// Sends the answer. `Ok` hands over what the last run returned.
    fn answer(self: Box<Self>, outcome: Result<()>);
}
