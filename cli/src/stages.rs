//! The pipeline as the configuration sets it up, and the sites that may be visited.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crawler::SiteProfile;
use model::{SiteId, Timestamp};
use pipeline::Stages;
use store::Handle;

use crate::error::ErrorContext;
use crate::{CliError, Config, Context, packs};

/// The largest profile that is read, in bytes; profiles have some kilobytes.
const MAX_PROFILE_BYTES: u64 = 1 << 20;

/// The stages around this store, with the policy and the rules of the configuration.
///
/// # Errors
/// When the policy or the rules are refused.
pub(crate) fn stages(
    context: &Context,
    config: &Config,
    store: Handle,
) -> Result<Stages, CliError> {
    let rules = Some(Path::new(&config.scoring.rules)).filter(|folder| *folder != Path::new(""));
    Ok(Stages {
        store,
        scorer: Arc::new(packs::scorer(&config.scoring.policy, rules)?),
        clock: Arc::clone(&context.clock),
        crawl: config.crawl_limits.limits(config.request_limits.limits()),
        linking: config.linking.limits(),
        relink: config.relink_limits.limits(),
    })
}

/// The profiles of the sites that may be visited, and those that were refused.
pub(crate) struct Profiles {
    /// In order, by file name.
    pub(crate) fit: Vec<SiteProfile>,
    /// Everything that is wrong, each `FILE:LINE: why` or `FILE: why`.
    pub(crate) refused: Vec<String>,
}

/// Reads the profiles in the folder of the configuration; `wanted` names sites, none means all.
///
/// # Errors
/// When the folder cannot be read, or a wanted site has no profile.
pub(crate) fn profiles(
    context: &Context,
    config: &Config,
    wanted: &[String],
) -> Result<Profiles, CliError> {
    let folder = context.sites_folder(config)?;
    let now = context.clock.now();
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<_, _>>()
        })
        .context(|| {
            format!(
                "cannot read the site profiles in `{}` (name another folder with `crawl.sites` in \
                 the configuration)",
                folder.display()
            )
        })?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    let mut found = Profiles {
        fit: Vec::new(),
        refused: Vec::new(),
    };
    let mut taken: BTreeMap<SiteId, &Path> = BTreeMap::new();
    let mut twins: Vec<(SiteId, String)> = Vec::new();
    for path in &paths {
        match profile(path, now) {
            Ok(profile) => match taken.get(&profile.id) {
                Some(first) => {
                    let why = format!(
                        "{}: `{}` is the name of `{}` already; give each site its own",
                        path.display(),
                        profile.id,
                        first.display()
                    );
                    twins.push((profile.id, why));
                }
                None => {
                    taken.insert(profile.id.clone(), path);
                    found.fit.push(profile);
                }
            },
            Err(problems) => found.refused.extend(problems),
        }
    }
    if !wanted.is_empty() {
        let missing: Vec<&str> = wanted
            .iter()
            .filter(|name| !found.fit.iter().any(|profile| profile.id.as_str() == *name))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            let refused: String = found
                .refused
                .iter()
                .map(|line| format!("\n  {line}"))
                .collect();
            return Err(CliError::failed(format!(
                "no fit profile for `{}` in `{}`{refused}",
                missing.join("`, `"),
                folder.display()
            )));
        }
        found
            .fit
            .retain(|profile| wanted.iter().any(|name| profile.id.as_str() == name));
        // Nobody asked for the others.
        found.refused.clear();
        twins.retain(|(id, _)| wanted.iter().any(|name| id.as_str() == name));
    }
    found.refused.extend(twins.into_iter().map(|(_, why)| why));
    if found.fit.is_empty() && found.refused.is_empty() {
        return Err(CliError::failed(format!(
            "no site profile in `{}`: a site is visited only with a profile that states its legal \
             ground (`waaklicht site check` says what a profile needs)",
            folder.display()
        )));
    }
    Ok(found)
}

/// A profile that may be used at this moment, or everything that is wrong with it.
pub(crate) fn profile(path: &Path, now: Timestamp) -> Result<SiteProfile, Vec<String>> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| vec![format!("{name}: cannot read it: {error}")];
    let n_bytes = fs::metadata(path).map_err(unreadable)?.len();
    if n_bytes > MAX_PROFILE_BYTES {
        return Err(vec![format!(
            "{name}: {n_bytes} bytes; a site profile has at most {MAX_PROFILE_BYTES}"
        )]);
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let profile = SiteProfile::parse(&name, &text).map_err(|error| error.0)?;
    profile.check(now).map_err(|error| error.0)?;
    Ok(profile)
}
