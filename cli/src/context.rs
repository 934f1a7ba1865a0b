//! What every subcommand is handed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::{Clock, Entropy, Timestamp};
use store::{Handle, StoreUrl};

use crate::args::{Color, Global};
use crate::error::ErrorContext;
use crate::system::SetClock;
use crate::{CliError, Config, Messages, SystemClock, SystemEntropy, system};

/// The clock, the randomness, the folders and the way to speak to people.
pub struct Context {
    /// The moment it is: the system's clock, or one that begins at `--as-of`.
    pub clock: Arc<dyn Clock>,
    /// The moment that `--as-of` names.
    pub as_of: Option<Timestamp>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The way to standard error.
    pub messages: Messages,
    /// When what is printed is coloured.
    pub(crate) color: Color,
    config: ConfigFile,
    data: Option<PathBuf>,
}

/// Which file the configuration comes from.
enum ConfigFile {
    /// Named by `--config` or `WAAKLICHT_CONFIG`: it must be there.
    Named(PathBuf),
    /// The user's own: without it the defaults hold.
    Users(PathBuf),
    /// The user has no home.
    None,
}

/// The name of the configuration file in the user's folder.
const CONFIG_FILE: &str = "waaklicht.toml";
/// The name of the database in the data folder.
const DATABASE_FILE: &str = "waaklicht.db";

impl Context {
    pub(crate) fn new(global: Global, messages: Messages) -> Result<Self, CliError> {
        let folders = system::folders();
        let config = match (global.config, &folders) {
            (Some(named), _) => ConfigFile::Named(named),
            (None, Some(folders)) => ConfigFile::Users(folders.config.join(CONFIG_FILE)),
            (None, None) => ConfigFile::None,
        };
        let clock: Arc<dyn Clock> = match global.as_of {
            Some(moment) => Arc::new(SetClock::to(moment)),
            None => Arc::new(SystemClock),
        };
        Ok(Self {
            clock,
            as_of: global.as_of,
            entropy: Arc::new(SystemEntropy),
            messages,
            color: global.color,
            config,
            data: global.data.or_else(|| folders.map(|folders| folders.data)),
        })
    }

    /// The configuration file that is read, or would be if it were there.
    ///
    /// # Errors
    /// For a user without a home who names no file.
    pub fn config_path(&self) -> Result<&Path, CliError> {
        match &self.config {
            ConfigFile::Named(path) | ConfigFile::Users(path) => Ok(path),
            ConfigFile::None => Err(CliError::usage(
                "this user has no home folder; name a configuration file with `--config FILE`",
            )),
        }
    }

    /// The configuration.
    ///
    /// # Errors
    /// When the file that was named is not there, or the file is wrong; each problem names
    /// `FILE:LINE`.
    pub fn config(&self) -> Result<Config, CliError> {
        let (path, must_be_there) = match &self.config {
            ConfigFile::Named(path) => (path, true),
            ConfigFile::Users(path) => (path, false),
            ConfigFile::None => return Ok(Config::default()),
        };
        match fs::read_to_string(path) {
            Ok(text) => Ok(Config::parse(&path.display().to_string(), &text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_be_there => {
                Ok(Config::default())
            }
            Err(error) => Err(error).context(|| {
                format!(
                    "cannot read the configuration `{}` (make one with `waaklicht config init`)",
                    path.display()
                )
            }),
        }
    }

    /// The folder of site profiles: `crawl.sites` of the configuration, or `sites` beside its file.
    ///
    /// # Errors
    /// For a user without a home who names neither.
    pub fn sites_folder(&self, config: &Config) -> Result<PathBuf, CliError> {
        if config.crawl.sites.is_empty() {
            return Ok(self.config_path()?.with_file_name("sites"));
        }
        Ok(PathBuf::from(&config.crawl.sites))
    }

    /// The data folder, made if it is missing and open to its owner only.
    ///
    /// # Errors
    /// When it cannot be made, or for a user without a home who names none.
    pub fn data_folder(&self) -> Result<PathBuf, CliError> {
        let Some(folder) = &self.data else {
            return Err(CliError::usage(
                "this user has no home folder; name a data folder with `--data DIR`",
            ));
        };
        make_private(folder)
            .context(|| format!("cannot make the data folder `{}`", folder.display()))?;
        Ok(folder.clone())
    }

    /// Where the store is: `store.url` of the configuration, or a file in the data folder.
    ///
    /// # Errors
    /// When the address or the data folder is wrong.
    pub fn store_url(&self, config: &Config) -> Result<StoreUrl, CliError> {
        if config.store.url.is_empty() {
            return Ok(StoreUrl::sqlite(self.data_folder()?.join(DATABASE_FILE)));
        }
        config
            .store
            .url
            .parse()
            .context(|| "`store.url` of the configuration".to_owned())
    }

    /// Opens the store; a new one is made where there is none.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn store(&self, config: &Config) -> Result<Handle, CliError> {
        let url = self.store_url(config)?;
        let options = config.store_limits.limits(config.store.size_limit_bytes());
        store::open(
            &url,
            options,
            Arc::clone(&self.clock),
            Arc::clone(&self.entropy),
        )
        .context(|| format!("cannot open the store `{url}`"))
    }

    /// A runtime for commands that have sockets.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn runtime(&self) -> Result<tokio::runtime::Runtime, CliError> {
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context(|| "cannot start the network threads".to_owned())
    }
}

fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}
