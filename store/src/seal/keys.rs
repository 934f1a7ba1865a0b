use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{Digest, Entropy, FingerprintKey, Timestamp};

use super::SealClass;
use super::files::{
    KEY_BYTES, make_private_folder, names_in, overwrite, read_key, read_text, remove_unfinished,
    restrict_folder, sync_folder, write_private,
};
use crate::{Result, StoreError};

/// The keys folder: `text-2026-03-03.key` for each class and day, `fingerprint.key`, `folder.id`
/// which the database knows it by, and `text.destroyed-before` with the date of the first day
/// whose key may live.
///
/// Invariant: a key is on disk before anything is sealed under it, and the folder (0700) and its
/// files (0600) are for their owner only.
pub(crate) struct Keys {
    folder: PathBuf,
    entropy: Arc<dyn Entropy>,
    fingerprint: FingerprintKey,
    id: String,
    cache_max: usize,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    keys: BTreeMap<(SealClass, i64), DataKey>,
    destroyed_before: BTreeMap<SealClass, i64>,
}

type DataKey = [u8; KEY_BYTES];

/// Proof that data keys were destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyReceipt {
    /// The class.
    pub class: SealClass,
    /// Keys of days before this one (UTC, days since the epoch) are gone.
    pub before_day: i64,
    /// Those that this call destroyed, by day.
    pub destroyed: Vec<DestroyedKey>,
    /// When.
    pub at: Timestamp,
}

/// A key that is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DestroyedKey {
    /// Its day.
    pub day: i64,
    /// A digest of the key (BLAKE3 with a context of its own): names it, and opens nothing.
    pub check: Digest,
}

/// Whether the keys folder may be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folder {
    /// The database is new.
    MayBegin,
    /// The database knows a folder of this id.
    Has,
}

const FINGERPRINT_FILE: &str = "fingerprint.key";
const ID_FILE: &str = "folder.id";
const KEY_ENDING: &str = ".key";
const WATERMARK_ENDING: &str = ".destroyed-before";

impl Keys {
    /// Opens the folder, or begins it where it may be begun.
    pub(crate) fn open(
        folder: &Path,
        state: Folder,
        cache_max: usize,
        entropy: Arc<dyn Entropy>,
        lost: impl Fn(String) -> StoreError,
    ) -> Result<Self> {
        match fs::symlink_metadata(folder) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound && state == Folder::MayBegin => {
                make_private_folder(folder)?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(lost("there is no such folder".to_owned()));
            }
            Err(error) => return Err(StoreError::file("open the keys folder", folder)(error)),
        }
        match state {
            Folder::MayBegin => refuse_a_folder_of_something_else(folder)?,
            Folder::Has if !folder.join(ID_FILE).exists() => {
                return Err(lost(format!("`{ID_FILE}` is missing")));
            }
            Folder::Has => {}
        }
        restrict_folder(folder)?;
        let mut destroyed_before = BTreeMap::new();
        for class in SealClass::ALL {
            if let Some(day) = read_watermark(folder, class)? {
                destroyed_before.insert(class, day);
            }
        }
        remove_unfinished(folder)?;
        let fingerprint = match read_key(&folder.join(FINGERPRINT_FILE))? {
            Some(key) => key,
            None if state == Folder::MayBegin => {
                make_key(folder, FINGERPRINT_FILE, entropy.as_ref())?
            }
            None => return Err(lost(format!("`{FINGERPRINT_FILE}` is missing"))),
        };
        let id = match read_text(&folder.join(ID_FILE))? {
            Some(id) => id,
            None if state == Folder::MayBegin => {
                let mut bytes = [0; 16];
                fill(entropy.as_ref(), &mut bytes, "the name of the keys folder")?;
                let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                write_private(folder, ID_FILE, id.as_bytes())?;
                id
            }
            None => return Err(lost(format!("`{ID_FILE}` is missing"))),
        };
        let keys = Self {
            folder: folder.to_owned(),
            entropy,
            fingerprint: FingerprintKey::new(fingerprint),
            id,
            cache_max,
            held: Mutex::new(Held {
                keys: BTreeMap::new(),
                destroyed_before,
            }),
        };
        keys.finish_destroying()?;
        Ok(keys)
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn fingerprint_key(&self) -> FingerprintKey {
        self.fingerprint.clone()
    }

    /// The key to seal with on this day, made when it is the first of its day; with the day that
    /// it belongs to.
    pub(crate) fn sealing_key(&self, class: SealClass, day: i64) -> Result<(i64, DataKey)> {
        let mut held = self.held();
        let day = held
            .destroyed_before
            .get(&class)
            .map_or(day, |first| day.max(*first));
        if let Some(key) = held.keys.get(&(class, day)) {
            return Ok((day, *key));
        }
        let name = key_name(class, day);
        let key = match read_key(&self.folder.join(&name))? {
            Some(key) => key,
            None => make_key(&self.folder, &name, self.entropy.as_ref())?,
        };
        self.hold(&mut held, class, day, key);
        Ok((day, key))
    }

    /// The key to open with; `None` once it is destroyed.
    pub(crate) fn opening_key(&self, class: SealClass, day: i64) -> Result<Option<DataKey>> {
        let mut held = self.held();
        if held
            .destroyed_before
            .get(&class)
            .is_some_and(|first| day < *first)
        {
            return Ok(None);
        }
        if let Some(key) = held.keys.get(&(class, day)) {
            return Ok(Some(*key));
        }
        let path = self.folder.join(key_name(class, day));
        let Some(key) = read_key(&path)? else {
            return Err(StoreError::KeyMissing { path });
        };
        self.hold(&mut held, class, day, key);
        Ok(Some(key))
    }

    /// Destroys all keys of the class of days before this one. First the watermark, then the keys:
    /// after a kill in between, [`Keys::open`] goes on.
    pub(crate) fn destroy_before(
        &self,
        class: SealClass,
        day: i64,
        at: Timestamp,
    ) -> Result<KeyReceipt> {
        let mut held = self.held();
        let known = held.destroyed_before.get(&class).copied();
        if known.is_none_or(|known| known < day) {
            write_private(
                &self.folder,
                &watermark_name(class),
                date_of(day).as_bytes(),
            )?;
            held.destroyed_before.insert(class, day);
        }
        held.keys
            .retain(|(of, of_day), _| *of != class || *of_day >= day);
        let destroyed = remove_keys(&self.folder, class, day)?;
        Ok(KeyReceipt {
            class,
            before_day: day,
            destroyed,
            at,
        })
    }

    fn finish_destroying(&self) -> Result<()> {
        let marks = self.held().destroyed_before.clone();
        for (class, day) in marks {
            remove_keys(&self.folder, class, day)?;
        }
        Ok(())
    }

    fn hold(&self, held: &mut Held, class: SealClass, day: i64, key: DataKey) {
        if held.keys.len() >= self.cache_max {
            held.keys.clear();
        }
        held.keys.insert((class, day), key);
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key_name(class: SealClass, day: i64) -> String {
    format!("{class}-{}{KEY_ENDING}", date_of(day))
}

fn watermark_name(class: SealClass) -> String {
    format!("{class}{WATERMARK_ENDING}")
}

fn date_of(day: i64) -> String {
    Timestamp::from_ms(0).plus_days(day).date()
}

fn day_of(date: &str) -> Option<i64> {
    date.parse::<Timestamp>().ok().map(Timestamp::day)
}

/// A folder that holds other things is not taken over: its permissions would change under them. Nor
/// is one with data keys, which belong to another database: a purge of one would destroy the keys
/// of both.
fn refuse_a_folder_of_something_else(folder: &Path) -> Result<()> {
    // What there is when a beginning was broken off; data keys come after it.
    let ours = |name: &String| name.starts_with(FINGERPRINT_FILE) || name.starts_with(ID_FILE);
    if names_in(folder)?.iter().all(ours) {
        return Ok(());
    }
    Err(StoreError::KeysFolder {
        folder: folder.to_owned(),
    })
}

fn read_watermark(folder: &Path, class: SealClass) -> Result<Option<i64>> {
    let path = folder.join(watermark_name(class));
    let Some(date) = read_text(&path)? else {
        return Ok(None);
    };
    day_of(date.trim())
        .map(Some)
        .ok_or_else(|| StoreError::KeyDamaged {
            path,
            why: "it holds no date such as `2026-03-03`".to_owned(),
        })
}

/// Removes the key files of the class of days before this one, by day.
fn remove_keys(folder: &Path, class: SealClass, before: i64) -> Result<Vec<DestroyedKey>> {
    let mut destroyed = Vec::new();
    for name in names_in(folder)? {
        let day = name
            .strip_prefix(class.name())
            .and_then(|rest| rest.strip_prefix('-'))
            .and_then(|rest| rest.strip_suffix(KEY_ENDING))
            .and_then(day_of);
        let Some(day) = day.filter(|day| *day < before) else {
            continue;
        };
        let path = folder.join(&name);
        let bytes = fs::read(&path).map_err(StoreError::file("read the key file", &path))?;
        overwrite(&path, bytes.len())?;
        fs::remove_file(&path).map_err(StoreError::file("remove the key file", &path))?;
        destroyed.push(DestroyedKey {
            day,
            check: Digest::of_parts([b"waaklicht destroyed key".as_slice(), &bytes]),
        });
    }
    if !destroyed.is_empty() {
        sync_folder(folder)?;
    }
    destroyed.sort_by_key(|key| key.day);
    Ok(destroyed)
}

fn make_key(folder: &Path, name: &str, entropy: &dyn Entropy) -> Result<DataKey> {
    let mut key = [0; KEY_BYTES];
    fill(entropy, &mut key, "a key")?;
    write_private(folder, name, &key)?;
    Ok(key)
}

fn fill(entropy: &dyn Entropy, bytes: &mut [u8], purpose: &'static str) -> Result<()> {
    entropy
        .fill(bytes)
        .map_err(|why| StoreError::Entropy { purpose, why })
}
