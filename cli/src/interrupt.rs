//! Ctrl-C and a polite kill: a command is told to stop and cleans up; the second time ends it at
//! once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::CliError;
use crate::error::ErrorContext;

/// A flag that Ctrl-C and SIGTERM set.
///
/// # Errors
/// When the system gives no thread or no signals.
pub(crate) fn flag() -> Result<Arc<AtomicBool>, CliError> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .context(|| "cannot watch for Ctrl-C".to_owned())?;
    std::thread::Builder::new()
        .name("interrupt".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                if asked_to_stop().await.is_ok() {
                    asked.store(true, Ordering::Relaxed);
                }
                if asked_to_stop().await.is_ok() {
                    std::process::exit(i32::from(crate::ExitCode::Failed.number()));
                }
            });
        })
        .context(|| "cannot watch for Ctrl-C".to_owned())?;
    Ok(stop)
}

/// Returns when somebody asks the program to stop.
///
/// # Errors
/// When the system gives no signals.
pub(crate) async fn asked_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}
