use std::time::{Duration, Instant};

use super::{Connection, Priority, Queue, Work};
use crate::{Options, Result};

/// How long batches are, and how often passing failures are tried again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) batch: Duration,
    pub(crate) batch_writes_max: usize,
    pub(crate) reruns_max: u32,
}

impl Pace {
    pub(crate) fn of(options: &Options) -> Self {
        Self {
            batch: Duration::from_millis(options.batch_ms),
            batch_writes_max: options.batch_writes_max,
            reruns_max: options.reruns_max,
        }
    }
}

/// Should a thread of the store die, nobody waits for it in vain.
struct Alive<'q>(&'q Queue);

impl Drop for Alive<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.abandon();
        }
    }
}

/// The life of a reading thread.
pub(crate) fn read(mut connection: impl Connection, queue: &Queue, pace: Pace) {
    let _alive = Alive(queue);
    while let Some((_, work)) = queue.take() {
        alone(&mut connection, work, pace);
    }
    connection.close();
}

/// The life of the writing thread: what waits is committed together, since a commit costs a flush
/// of the disk whether it holds one row or a thousand. Nobody gets an answer before that commit.
pub(crate) fn write(mut connection: impl Connection, queue: &Queue, pace: Pace) {
    let _alive = Alive(queue);
    while let Some((priority, first)) = queue.take() {
        batch(&mut connection, queue, priority, first, pace);
    }
    connection.close();
}

fn batch(
    connection: &mut impl Connection,
    queue: &Queue,
    priority: Priority,
    first: Box<dyn Work>,
    pace: Pace,
) {
    if connection.begin().is_err() {
        return alone(connection, first, pace);
    }
    let began = Instant::now();
    let mut done: Vec<Box<dyn Work>> = Vec::new();
    let mut next = Some(first);
    while let Some(mut work) = next {
        match connection.run(&mut |tx| work.run(tx)) {
            Ok(()) => done.push(work),
            Err(error) if error.is_passing() => {
                connection.roll_back();
                done.push(work);
                return each_alone(connection, done, pace);
            }
            Err(error) => work.answer(Err(error)),
        }
        if !connection.in_transaction() {
            // A full disk undoes the whole transaction, not only the work that met it.
            return each_alone(connection, done, pace);
        }
        let room = done.len() < pace.batch_writes_max && began.elapsed() < pace.batch;
        next = if room {
            queue.take_more(priority)
        } else {
            None
        };
    }
    match connection.commit() {
        Ok(()) => done.into_iter().for_each(|work| work.answer(Ok(()))),
        Err(_) => {
            connection.roll_back();
            each_alone(connection, done, pace);
        }
    }
}

fn each_alone(connection: &mut impl Connection, batch: Vec<Box<dyn Work>>, pace: Pace) {
    for work in batch {
        alone(connection, work, pace);
    }
}

fn alone(connection: &mut impl Connection, mut work: Box<dyn Work>, pace: Pace) {
    let mut reruns = 0;
    loop {
        match attempt(connection, work.as_mut()) {
            Err(error) if error.is_passing() && reruns < pace.reruns_max => {
                reruns += 1;
                tracing::debug!(reruns, %error, "the store runs a closure again");
            }
            outcome => return work.answer(outcome),
        }
    }
}

fn attempt(connection: &mut impl Connection, work: &mut dyn Work) -> Result<()> {
    connection.begin()?;
    let outcome = connection
        .run(&mut |tx| work.run(tx))
        .and_then(|()| connection.commit());
    if outcome.is_err() {
        connection.roll_back();
    }
    outcome
}
