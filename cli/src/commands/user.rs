//! `waaklicht user`: who may sign in to the review pages.

use std::io::{BufRead, IsTerminal, Read};

use clap::{Args, Subcommand};
use model::{Actor, AuditAction, AuditEntry, AuditObject, Role};
use review::users;
use store::{Priority, Tx, User as StoredUser};

use super::Run;
use crate::error::ErrorContext;
use crate::{CliError, Context, ExitCode};

/// Manage who may sign in to the review pages.
#[derive(Debug, Args)]
pub(crate) struct User {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a user. The password is asked for twice, or read from standard input.
    Add {
        /// The name to sign in with; it stands in the audit too.
        #[arg(value_parser = actor)]
        name: Actor,
        /// What the user may do; repeat it for more than one.
        #[arg(long = "role", value_name = "ROLE", required = true, value_parser = role)]
        roles: Vec<Role>,
        /// Read the password from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
        /// Give a known user this password and these roles instead of the present ones.
        #[arg(long)]
        replace: bool,
    },
    /// Let a user sign in no more, and end all sessions.
    Disable {
        /// The user's name.
        #[arg(value_parser = actor)]
        name: Actor,
    },
}

fn actor(name: &str) -> Result<Actor, String> {
    Actor::new(name).map_err(|error| error.to_string())
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("known: {}", known.join(", "))
    })
}

impl Run for User {
    fn run(self, context: &Context) -> Result<ExitCode, CliError> {
        match self.action {
            Action::Add {
                name,
                roles,
                password_stdin,
                replace,
            } => add(context, name, roles, password_stdin, replace),
            Action::Disable { name } => disable(context, name),
        }
    }
}

fn add(
    context: &Context,
    name: Actor,
    mut roles: Vec<Role>,
    password_stdin: bool,
    replace: bool,
) -> Result<ExitCode, CliError> {
    roles.sort_unstable();
    roles.dedup();
    let config = context.config()?;
    let password = password(password_stdin)?;
    let password_hash =
        users::hash_password(&password, &*context.entropy, config.review.password_cost())?;
    let user = StoredUser {
        name: name.clone(),
        password_hash,
        roles,
        disabled: false,
    };
    let audit = audit(context, &name, "add");
    let store = context.store(&config)?;
    let added = store
        .write(Priority::Interactive, move |tx: &mut dyn Tx| {
            if tx.user(&user.name)?.is_some() && !replace {
                return Ok(false);
            }
            tx.save_user(&user, &audit)?;
            Ok(true)
        })
        .wait()
        .context(|| format!("cannot add `{name}`"))?;
    if !added {
        return Err(CliError::failed(format!(
            "`{name}` is a user already; give a new password and new roles with `--replace`"
        )));
    }
    context.messages.note(format!("`{name}` may sign in"));
    Ok(ExitCode::Done)
}

fn disable(context: &Context, name: Actor) -> Result<ExitCode, CliError> {
    let config = context.config()?;
    let audit = audit(context, &name, "disable");
    let store = context.store(&config)?;
    let user = name.clone();
    let known = store
        .write(Priority::Interactive, move |tx: &mut dyn Tx| {
            let Some(mut user) = tx.user(&user)? else {
                return Ok(false);
            };
            user.disabled = true;
            tx.save_user(&user, &audit)?;
            Ok(true)
        })
        .wait()
        .context(|| format!("cannot disable `{name}`"))?;
    if !known {
        return Err(CliError::failed(format!("there is no user `{name}`")));
    }
    context.messages.note(format!(
        "`{name}` can sign in no more; all sessions have ended"
    ));
    Ok(ExitCode::Done)
}

fn audit(context: &Context, user: &Actor, purpose: &str) -> AuditEntry {
    AuditEntry {
        at: context.clock.now(),
        by: Actor::process("cli"),
        action: AuditAction::Configure,
        object: AuditObject::User(user.clone()),
        purpose: purpose.to_owned(),
    }
}

fn password(from_stdin: bool) -> Result<String, CliError> {
    if from_stdin {
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .take(users::MAX_PASSWORD_BYTES as u64 + 2)
            .read_line(&mut line)
            .context(|| "cannot read the password from standard input".to_owned())?;
        let length = line.trim_end_matches(['\r', '\n']).len();
        line.truncate(length);
        return Ok(line);
    }
    if !std::io::stdin().is_terminal() {
        return Err(CliError::usage(
            "there is no terminal to ask for the password on; give it with `--password-stdin`",
        ));
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).context(|| "cannot ask for the password".to_owned())
    };
    let once = ask("Password: ")?;
    if once != ask("Again: ")? {
        return Err(CliError::failed(
            "the two passwords differ; nothing was changed",
        ));
    }
    Ok(once)
}
