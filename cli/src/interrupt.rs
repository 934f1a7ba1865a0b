//! Ctrl-C and a polite kill: a command is told to stop and cleans up. When it does not, because it
//! waits for input that never comes, or when somebody asks again, this ends it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::error::ErrorContext;
use crate::{CliError, ExitCode, Messages};

/// How long a command may take to stop by itself.
const GRACE: Duration = Duration::from_secs(1);

/// A flag that Ctrl-C and SIGTERM set. `half` is a file that must not be left behind.
///
/// # Errors
/// When the system gives no thread or no signals.
pub(crate) fn flag(half: Option<PathBuf>, messages: Messages) -> Result<Arc<AtomicBool>, CliError> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context(|| "cannot watch for Ctrl-C".to_owned())?;
    // Here and not on the thread, so that no signal comes too early to be seen.
    let mut signals = {
        let _inside = runtime.enter();
        Signals::watch().context(|| "cannot watch for Ctrl-C".to_owned())?
    };
    std::thread::Builder::new()
        .name("interrupt".to_owned())
        .spawn(move || {
            runtime.block_on(signals.next());
            asked.store(true, Ordering::Relaxed);
            // Asked again, or the time is over: both end the wait.
            let _ = runtime.block_on(async { tokio::time::timeout(GRACE, signals.next()).await });
            if let Some(half) = half {
                let _ = std::fs::remove_file(half);
            }
            messages.error(&CliError::failed("stopped; nothing was kept"));
            std::process::exit(i32::from(ExitCode::Failed.number()));
        })
        .context(|| "cannot watch for Ctrl-C".to_owned())?;
    Ok(stop)
}

/// The signals by which somebody asks the program to stop.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// From here on they are seen, and end the program no more. Inside a runtime only.
    fn watch() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// A watch that turns true when somebody asks the program to stop. The second time the program
/// ends at once, after `last_words`. Inside a runtime only.
///
/// From here on no signal ends the program by itself: what is made after this call can be removed.
///
/// # Errors
/// When the system gives no signals.
pub(crate) fn watched(
    last_words: impl FnOnce() + Send + 'static,
) -> Result<watch::Receiver<bool>, CliError> {
    // Here and not in the task, so that no signal comes too early to be seen.
    let mut signals = Signals::watch().context(|| "cannot watch for Ctrl-C".to_owned())?;
    let (send, receive) = watch::channel(false);
    tokio::spawn(async move {
        signals.next().await;
        // Nobody listens any more when the command is over.
        let _ = send.send(true);
        signals.next().await;
        last_words();
        std::process::exit(i32::from(ExitCode::Failed.number()));
    });
    Ok(receive)
}
