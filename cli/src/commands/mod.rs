//! The subcommands. A new one is a file here and a line in the list below.

use clap::Subcommand;

use crate::{CliError, Context, ExitCode};

/// What a subcommand does with its arguments.
pub(crate) trait Run {
    /// Does it. `Ok` says how the program ends: [`ExitCode::Refused`] when parts of the input were.
    fn run(self, context: &Context) -> Result<ExitCode, CliError>;
}

macro_rules! commands {
    ($($module:ident::$command:ident,)+) => {
        $(mod $module;)+

        /// One of the subcommands, in the order of the help.
        #[derive(Debug, Subcommand)]
        pub(crate) enum Command {
            $($command($module::$command),)+
        }

        impl Command {
            pub(crate) fn run(self, context: &Context) -> Result<ExitCode, CliError> {
                match self {
                    $(Self::$command(command) => command.run(context),)+
                }
            }
        }
    };
}

commands! {
    demo::Demo,
    scan::Scan,
    explain::Explain,
    crawl::Crawl,
    review::Review,
    run::Run,
    export::Export,
    rules::Rules,
    site::Site,
    store::Store,
    audit::Audit,
    user::User,
    config::Config,
    completions::Completions,
    man::Man,
}
