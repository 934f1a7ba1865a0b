use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Priority, Work};

/// The right to one place in a queue; given back when the work leaves it.
pub(crate) type Room = OwnedSemaphorePermit;

/// Work that waits for a thread: bounded, people's before bulk, else in order of arrival.
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
    interactive_room: Arc<Semaphore>,
    bulk_room: Arc<Semaphore>,
}

#[derive(Default)]
struct Waiting {
    interactive: VecDeque<(Box<dyn Work>, Room)>,
    bulk: VecDeque<(Box<dyn Work>, Room)>,
    closed: bool,
}

impl Queue {
    pub(crate) fn new(interactive_max: usize, bulk_max: usize) -> Self {
        let room = |n: usize| Arc::new(Semaphore::new(n.min(Semaphore::MAX_PERMITS)));
        Self {
            waiting: Mutex::default(),
            arrived: Condvar::new(),
            interactive_room: room(interactive_max),
            bulk_room: room(bulk_max),
        }
    }

    pub(crate) fn room(&self, priority: Priority) -> &Arc<Semaphore> {
        match priority {
            Priority::Interactive => &self.interactive_room,
            Priority::Bulk => &self.bulk_room,
        }
    }

    /// Puts work in, or gives it back when the queue is closed.
    pub(crate) fn put(
        &self,
        priority: Priority,
        work: Box<dyn Work>,
        room: Room,
    ) -> Result<(), Box<dyn Work>> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(work);
        }
        match priority {
            Priority::Interactive => waiting.interactive.push_back((work, room)),
            Priority::Bulk => waiting.bulk.push_back((work, room)),
        }
        drop(waiting);
        self.arrived.notify_one();
        Ok(())
    }

    /// The next work; waits for it. `None` once the queue is closed and empty.
    pub(crate) fn take(&self) -> Option<(Priority, Box<dyn Work>)> {
        let mut waiting = self.lock();
        loop {
            if let Some((work, _room)) = waiting.interactive.pop_front() {
                return Some((Priority::Interactive, work));
            }
            if let Some((work, _room)) = waiting.bulk.pop_front() {
                return Some((Priority::Bulk, work));
            }
            if waiting.closed {
                return None;
            }
            waiting = self
                .arrived
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// More work to join a batch of this priority; does not wait. Bulk work is not given while
    /// somebody waits.
    pub(crate) fn take_more(&self, priority: Priority) -> Option<Box<dyn Work>> {
        let mut waiting = self.lock();
        let next = match priority {
            Priority::Interactive => waiting.interactive.pop_front(),
            Priority::Bulk if waiting.interactive.is_empty() => waiting.bulk.pop_front(),
            Priority::Bulk => None,
        };
        next.map(|(work, _room)| work)
    }

    /// Takes no more work in. What is in is still done.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.interactive_room.close();
        self.bulk_room.close();
        self.arrived.notify_all();
    }

    /// Lets go of what waits: whoever asked learns that it will not be done.
    pub(crate) fn abandon(&self) {
        self.close();
        let mut waiting = self.lock();
        waiting.interactive.clear();
        waiting.bulk.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
