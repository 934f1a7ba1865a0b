use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use model::{Actor, AuditAction, AuditEntry, AuditObject, Clock, Entropy, FingerprintKey};

use crate::run::{self, Connection, Pace, Queue, submit};
use crate::seal::{KeyReceipt, Keys, SealClass};
use crate::sqlite::{self, Opened};
use crate::{Options, Pending, Priority, Result, Stats, StoreError, StoreUrl, Tx};

/// Opens a store: makes what is missing, brings an older database up to date, starts the threads.
///
/// `clock` says the moment that a deletion is dated with; `entropy` gives keys, nonces and the name
/// of this process's audit chain.
///
/// # Errors
/// When another process writes there ([`StoreError::InUse`]), when the database is newer than the
/// program or none of ours, when its keys are gone, or a file cannot be used. Each says the way out.
pub fn open(
    url: &StoreUrl,
    options: Options,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> Result<Handle> {
    options.check()?;
    let StoreUrl::Sqlite { database, keys } = url;
    let opened = sqlite::open(database, keys, &options, entropy)?;
    Handle::start(opened, &options, clock)
}

/// The only door to the store. Cheap to clone; all clones are one.
///
/// Invariant: a closure's work is kept whole or not at all, and is on disk before its answer is
/// given. When the last clone is dropped, or at [`Handle::shutdown`], what is queued is still done.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

struct Shared {
    reads: Arc<Queue>,
    writes: Arc<Queue>,
    readers: Mutex<Vec<JoinHandle<()>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    keys: Arc<Keys>,
    clock: Arc<dyn Clock>,
}

impl Handle {
    fn start<C: Connection + 'static>(
        opened: Opened<C>,
        options: &Options,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let pace = Pace::of(options);
        let reads = Arc::new(Queue::new(options.read_queue_max, 1));
        let writes = Arc::new(Queue::new(
            options.interactive_queue_max,
            options.bulk_queue_max,
        ));
        // Built first: should a thread not start, dropping it ends those that did.
        let handle = Self {
            shared: Arc::new(Shared {
                reads: Arc::clone(&reads),
                writes: Arc::clone(&writes),
                readers: Mutex::default(),
                writer: Mutex::default(),
                keys: opened.keys,
                clock,
            }),
        };
        for connection in opened.readers {
            let queue = Arc::clone(&reads);
            let thread = spawn("store-reader", move || run::read(connection, &queue, pace))?;
            lock(&handle.shared.readers).push(thread);
        }
        let writer = opened.writer;
        let thread = spawn("store-writer", move || run::write(writer, &writes, pace))?;
        *lock(&handle.shared.writer) = Some(thread);
        Ok(handle)
    }

    /// Runs the closure as a transaction that may write. It may be run more than once: only what
    /// its last run did is kept. All of it is kept or, when it returns an error, nothing.
    pub fn write<T, F>(&self, priority: Priority, closure: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx) -> Result<T> + Send + 'static,
    {
        submit(&self.shared.writes, priority, closure)
    }

    /// Runs the closure as a transaction that only reads, beside the writer: it sees what was
    /// acknowledged before it began. It may be run more than once.
    pub fn read<T, F>(&self, closure: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx) -> Result<T> + Send + 'static,
    {
        submit(&self.shared.reads, Priority::Interactive, closure)
    }

    /// The key under which fingerprints of contacts are made. Never in the database.
    pub fn fingerprint_key(&self) -> FingerprintKey {
        self.shared.keys.fingerprint_key()
    }

    /// Destroys the data keys of a class of all days before `day` (UTC, days since the epoch):
    /// what was sealed under them cannot be opened by anybody, in journals and backups neither.
    /// Idempotent. Leaves an audit row (`erase`, the class, purpose `retention`).
    pub fn destroy_keys_before(
        &self,
        class: SealClass,
        day: i64,
        by: Actor,
    ) -> Pending<KeyReceipt> {
        let keys = Arc::clone(&self.shared.keys);
        let at = self.shared.clock.now();
        let mut receipt: Option<KeyReceipt> = None;
        let audit = AuditEntry {
            at,
            by,
            action: AuditAction::Erase,
            object: AuditObject::Class(class.name().to_owned()),
            purpose: "retention".to_owned(),
        };
        self.write(Priority::Bulk, move |tx| {
            // On the writing thread, so that no text is just being sealed under such a key; and
            // before the audit row, which may then be missing after a kill but never be untrue.
            let destroyed = match receipt.take() {
                Some(known) => known,
                None => keys.destroy_before(class, day, at)?,
            };
            receipt = Some(destroyed.clone());
            tx.append_audit(&audit)?;
            Ok(destroyed)
        })
    }

    /// How much is kept.
    pub fn stats(&self) -> Pending<Stats> {
        self.read(|tx| tx.stats())
    }

    /// Does what is queued, leaves the files in order and gives the database free. Every later
    /// call on any clone is answered with [`StoreError::Closed`]. Doing it twice does no harm.
    pub fn shutdown(&self) {
        self.shared.shutdown();
    }
}

impl Shared {
    fn shutdown(&self) {
        self.reads.close();
        let readers = std::mem::take(&mut *lock(&self.readers));
        readers.into_iter().for_each(join);
        self.writes.close();
        let writer = lock(&self.writer).take();
        writer.into_iter().for_each(join);
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.shutdown();
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn spawn(name: &str, life: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(life)
        .map_err(StoreError::file("start the thread", name))
}

/// The last handle may have been dropped by a closure, on one of the threads to be joined: that
/// thread ends by itself.
fn join(thread: JoinHandle<()>) {
    if thread.thread().id() != thread::current().id() {
        // Closures' panics are caught; a thread that panicked has no more to say than its message.
        let _ = thread.join();
    }
}
