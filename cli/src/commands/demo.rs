//! `waaklicht demo`: the whole house on three imitation sites.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use clap::Args;
use crawler::{CrawlReport, SiteProfile};
use demo::{Served, World};
use model::{Actor, AuditAction, AuditEntry, AuditObject, Role};
use pipeline::{Relinked, Stages};
use review::users;
use store::{Handle, Priority, StoreUrl, Tx, User};
use tempfile::TempDir;
use tokio::sync::watch;

use super::Run;
use crate::demo_summary::{self, Rounds};
use crate::error::ErrorContext;
use crate::output::Output;
use crate::pages::Pages;
use crate::progress::CrawlProgress;
use crate::stages::stages;
use crate::{CliError, Config, Context, ExitCode, interrupt};

/// Show everything at once: imitation sites on this machine are crawled, scored, linked and turned
/// into cases.
///
/// Three imitation advertisement sites are served on loopback, visited twice by the rules that hold
/// for real sites, and what is found is held against the answers that were planted. Then the review
/// pages open, until Ctrl-C. Nothing leaves this machine, and unless `--keep` says otherwise nothing
/// is left on it.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// End after the summary: exit code 0 when everything planted was found as expected and no
    /// request was against a robots.txt, else 1.
    #[arg(long)]
    exit: bool,

    /// The port of the review pages; 0 takes a free one.
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        conflicts_with = "exit"
    )]
    serve: u16,

    /// Keep the database and its keys in this folder, which must be empty or missing.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// The user of the demo.
const USER: &str = "demo";

/// Where the demo keeps its data.
enum Folder {
    /// Removed when it is dropped.
    Passing(TempDir),
    Kept(PathBuf),
}

impl Folder {
    fn new(keep: Option<PathBuf>) -> Result<Self, CliError> {
        let Some(path) = keep else {
            return tempfile::Builder::new().prefix("waaklicht-demo-").tempdir().map(Self::Passing).context(|| {
                "cannot make a temporary folder (set `TMPDIR` to one that can be written, or name \
                 one with `--keep DIR`)"
                    .to_owned()
            });
        };
        let tried = || format!("cannot keep the demo in `{}`", path.display());
        std::fs::create_dir_all(&path).context(tried)?;
        if std::fs::read_dir(&path).context(tried)?.next().is_some() {
            return Err(CliError::failed(format!(
                "`{}` is not empty; name a new folder",
                path.display()
            )));
        }
        Ok(Self::Kept(path))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Passing(folder) => folder.path(),
            Self::Kept(path) => path,
        }
    }

    /// Removes it when it is a passing one.
    fn close(self) -> Result<(), CliError> {
        match self {
            Self::Passing(folder) => {
                let path = folder.path().to_owned();
                folder
                    .close()
                    .context(|| format!("cannot remove `{}`", path.display()))
            }
            Self::Kept(_) => Ok(()),
        }
    }
}

impl Run for Demo {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        let runtime = context.runtime()?;
        let passing: Arc<OnceLock<PathBuf>> = Arc::default();
        let stop = {
            let _inside = runtime.enter();
            let passing = Arc::clone(&passing);
            interrupt::watched(move || {
                if let Some(path) = passing.get() {
                    // The program is ended at once; what cannot be removed now stays.
                    let _ = std::fs::remove_dir_all(path);
                }
            })?
        };
        let folder = Folder::new(self.keep.clone())?;
        if let Folder::Passing(folder) = &folder {
            passing.get_or_init(|| folder.path().to_owned());
        }
        let shown = runtime.block_on(self.show(context, folder.path(), stop));
        runtime.shutdown_timeout(Duration::from_secs(5));
        let closed = folder.close();
        let code = shown?;
        closed?;
        Ok(code)
    }
}

impl Demo {
    async fn show(
        &self,
        context: &Context,
        folder: &Path,
        stop: watch::Receiver<bool>,
    ) -> Result<ExitCode, CliError> {
        let config = Config::default();
        let store = open_store(context, &config, folder)?;
        let shown = self.show_in(context, &config, folder, &store, stop).await;
        store.shutdown();
        shown
    }

    async fn show_in(
        &self,
        context: &Context,
        config: &Config,
        folder: &Path,
        store: &Handle,
        stop: watch::Receiver<bool>,
    ) -> Result<ExitCode, CliError> {
        // Bound before anything else: a port in use is told at once, not after the crawl.
        let socket = SocketAddr::from((Ipv4Addr::LOCALHOST, self.serve));
        let pages = match self.exit {
            true => None,
            false => Some(Pages::open(context, config, store.clone(), socket).await?),
        };
        let begun = Instant::now();
        let world = World::new(context.clock.now());
        let served = world.serve().await?;
        let stages = stages(context, config, store.clone())?;
        let rounds = two_rounds(context, &stages, &world, &served, &stop).await;
        let Some(rounds) = rounds.context(|| place(folder))? else {
            context.messages.note(match &self.keep {
                None => "stopped; nothing was kept".to_owned(),
                Some(path) => format!("stopped; what was crawled is in `{}`", path.display()),
            });
            return Ok(ExitCode::Failed);
        };
        served.shutdown().await;

        let differences = demo_summary::differences(&world, &rounds.linked);
        let summary = demo_summary::summary(&world, &rounds, &differences, begun.elapsed());
        say(&summary)?;
        if let Some(pages) = pages {
            let password = add_user(context, config, store).await?;
            say(&format!(
                "\nreview pages: {}  user: {USER}  password: {password}\n\
                 Open the address in a browser. Ctrl-C ends the demo{}.\n",
                pages.address,
                if self.keep.is_some() {
                    ""
                } else {
                    " and removes its data"
                },
            ))?;
            pages.serve(stop).await?;
        }
        Ok(if differences.is_empty() && rounds.n_forbidden == 0 {
            ExitCode::Done
        } else {
            ExitCode::Failed
        })
    }
}

/// What goes wrong on the way is about this place, most of the time.
fn place(folder: &Path) -> String {
    format!(
        "the demo keeps its data in `{}` (give it another place with `--keep DIR` or `TMPDIR`)",
        folder.display()
    )
}

fn open_store(context: &Context, config: &Config, folder: &Path) -> Result<Handle, CliError> {
    store::open(
        &StoreUrl::sqlite(folder.join("waaklicht.db")),
        config.store_limits.limits(None),
        Arc::clone(&context.clock),
        Arc::clone(&context.entropy),
    )
    .context(|| place(folder))
}

/// Crawls and links twice, with the changes of the second round in between; `None` when somebody
/// asked to stop.
async fn two_rounds(
    context: &Context,
    stages: &Stages,
    world: &World,
    served: &Served,
    stop: &watch::Receiver<bool>,
) -> Result<Option<Rounds>, CliError> {
    let profiles: Vec<SiteProfile> = world
        .profiles(served)
        .iter()
        .map(|(name, text)| SiteProfile::parse(&format!("{name}.toml"), text))
        .collect::<Result<_, _>>()?;
    let mut crawls: Vec<CrawlReport> = Vec::new();
    let mut linked: Option<Relinked> = None;
    for round in [1, 2] {
        served.set_round(round);
        context.messages.note(format!(
            "Round {round}: three imitation sites, {} ms between two requests to a host",
            demo::DELAY_MS
        ));
        let progress = Arc::new(CrawlProgress::new(context.messages));
        let report = stages.crawl(&profiles, progress, stop.clone()).await?;
        if report.stopped {
            return Ok(None);
        }
        crawls.push(report);
        linked = Some(stages.relink().await?);
    }
    let n_forbidden = served
        .requests()
        .iter()
        .flat_map(|site| &site.requests)
        .filter(|request| request.forbidden)
        .count();
    Ok(linked.map(|linked| Rounds {
        crawls,
        linked,
        n_forbidden,
    }))
}

async fn add_user(context: &Context, config: &Config, store: &Handle) -> Result<String, CliError> {
    let password = users::one_time_password(&*context.entropy)?;
    let (entropy, cost) = (Arc::clone(&context.entropy), config.review.password_cost());
    let hashed = password.clone();
    let password_hash =
        tokio::task::spawn_blocking(move || users::hash_password(&hashed, &*entropy, cost))
            .await??;
    let name = Actor::new(USER)?;
    let audit = AuditEntry {
        at: context.clock.now(),
        by: Actor::process("demo"),
        action: AuditAction::Configure,
        object: AuditObject::User(name.clone()),
        purpose: "add".to_owned(),
    };
    let roles = vec![
        Role::Reviewer,
        Role::MinorReviewer,
        Role::Lead,
        Role::Auditor,
    ];
    let user = User {
        name,
        password_hash,
        roles,
        disabled: false,
    };
    store
        .write(Priority::Interactive, move |tx: &mut dyn Tx| {
            tx.save_user(&user, &audit)
        })
        .await?;
    Ok(password)
}

fn say(text: &str) -> Result<(), CliError> {
    use std::io::Write;
    let mut output = Output::open(None)?;
    output.write_all(text.as_bytes())?;
    output.finish()
}
