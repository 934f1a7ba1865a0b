use std::cell::Cell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::sync::{AcquireError, oneshot};

use super::{Priority, Queue, Room, Work};
use crate::{Result, StoreError, Tx};

/// An answer of the store that is on its way: await it, or [`Pending::wait`] for it.
///
/// The work is queued at once when the queue has room; when it is full, it is queued as soon as
/// somebody awaits or waits and room has come. Dropping a `Pending` does not take back work that
/// is queued already.
#[must_use = "nobody learns whether it was kept, and with a full queue it is never begun"]
pub struct Pending<T> {
    stage: Stage,
    answer: oneshot::Receiver<Result<T>>,
}

enum Stage {
    WaitsForRoom {
        room: Pin<Box<dyn Future<Output = std::result::Result<Room, AcquireError>> + Send>>,
        queue: Arc<Queue>,
        priority: Priority,
        work: Box<dyn Work>,
    },
    Queued,
}

/// Queues a closure.
pub(crate) fn submit<T, F>(queue: &Arc<Queue>, priority: Priority, closure: F) -> Pending<T>
where
    T: Send + 'static,
    F: FnMut(&mut dyn Tx) -> Result<T> + Send + 'static,
{
    let (sender, answer) = oneshot::channel();
    let work = Box::new(Typed {
        closure,
        value: None,
        sender,
    });
    let semaphore = Arc::clone(queue.room(priority));
    let stage = match Arc::clone(&semaphore).try_acquire_owned() {
        Ok(room) => {
            put(queue, priority, work, room);
            Stage::Queued
        }
        Err(_) => Stage::WaitsForRoom {
            room: Box::pin(semaphore.acquire_owned()),
            queue: Arc::clone(queue),
            priority,
            work,
        },
    };
    Pending { stage, answer }
}

fn put(queue: &Queue, priority: Priority, work: Box<dyn Work>, room: Room) {
    if let Err(work) = queue.put(priority, work, room) {
        work.answer(Err(StoreError::Closed));
    }
}

impl<T> Pending<T> {
    /// Waits for the answer. For threads that may block: not for async code, which awaits.
    ///
    /// # Errors
    /// What the closure or the store said; [`StoreError::Nested`] inside a closure of the store,
    /// whose own thread would have to give the answer.
    pub fn wait(mut self) -> Result<T> {
        if IN_STORE.get() {
            return Err(StoreError::Nested);
        }
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        loop {
            match Pin::new(&mut self).poll(&mut context) {
                Poll::Ready(outcome) => return outcome,
                Poll::Pending => thread::park(),
            }
        }
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Stage::WaitsForRoom { room, .. } = &mut self.stage {
            let Poll::Ready(room) = room.as_mut().poll(context) else {
                return Poll::Pending;
            };
            let Stage::WaitsForRoom {
                queue,
                priority,
                work,
                ..
            } = std::mem::replace(&mut self.stage, Stage::Queued)
            else {
                return Poll::Ready(Err(StoreError::Closed));
            };
            match room {
                Ok(room) => put(&queue, priority, work, room),
                Err(_) => return Poll::Ready(Err(StoreError::Closed)),
            }
        }
        Pin::new(&mut self.answer)
            .poll(context)
            .map(|answer| answer.unwrap_or(Err(StoreError::Closed)))
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

thread_local! {
    static IN_STORE: Cell<bool> = const { Cell::new(false) };
}

struct Typed<T, F> {
    closure: F,
    value: Option<T>,
    sender: oneshot::Sender<Result<T>>,
}

impl<T, F> Work for Typed<T, F>
where
    T: Send,
    F: FnMut(&mut dyn Tx) -> Result<T> + Send,
{
    fn run(&mut self, tx: &mut dyn Tx) -> Result<()> {
        IN_STORE.set(true);
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx)));
        IN_STORE.set(false);
        self.value = Some(outcome.unwrap_or_else(|panic| {
            Err(StoreError::Panicked {
                message: message_of(panic.as_ref()),
            })
        })?);
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let Self { value, sender, .. } = *self;
        let outcome = outcome.and_then(|()| value.ok_or(StoreError::Closed));
        // Whoever asked may have gone; the work is done all the same.
        let _ = sender.send(outcome);
    }
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|message| (*message).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}
