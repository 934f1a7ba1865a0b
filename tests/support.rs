//! Runs the program as a person does: arguments and files in, whole outputs out.
//!
//! Each test has a folder of its own, which is the working folder, the home and the temporary
//! folder of the program; nothing of the machine's environment comes through.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// One run of the program and what is expected of it. Standard output and error are compared whole;
/// unset, they must be empty.
pub(crate) struct Test {
    folder: TempDir,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    stdin: String,
    stdout: Expected,
    stderr: Expected,
    status: i32,
}

/// What is expected of an output.
enum Expected {
    /// This, whole. `[DIR]` stands for the test's folder.
    Text(String),
    /// The golden file of this name, whole but for the digests of rules and policy, which change
    /// with every rule.
    Golden(String),
    /// All of these parts.
    Parts(Vec<String>),
}

/// What a run left behind.
pub(crate) struct Ran {
    folder: TempDir,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Test {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            arguments: Vec::new(),
            variables: Vec::new(),
            stdin: String::new(),
            stdout: Expected::Text(String::new()),
            stderr: Expected::Text(String::new()),
            status: 0,
        }
    }

    /// A further run in the folder of one before.
    pub(crate) fn after(ran: Ran) -> Self {
        Self {
            folder: ran.folder,
            ..Self::new()
        }
    }

    /// Arguments, with spaces between them.
    pub(crate) fn args(mut self, arguments: &str) -> Self {
        self.arguments
            .extend(arguments.split_whitespace().map(str::to_owned));
        self
    }

    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self
    }

    pub(crate) fn stdout(mut self, expected: &str) -> Self {
        self.stdout = Expected::Text(expected.to_owned());
        self
    }

    pub(crate) fn stdout_golden(mut self, name: &str) -> Self {
        self.stdout = Expected::Golden(name.to_owned());
        self
    }

    pub(crate) fn stdout_has(mut self, parts: &[&str]) -> Self {
        self.stdout = Expected::Parts(parts.iter().map(|part| (*part).to_owned()).collect());
        self
    }

    pub(crate) fn stderr(mut self, expected: &str) -> Self {
        self.stderr = Expected::Text(expected.to_owned());
        self
    }

    pub(crate) fn stderr_has(mut self, parts: &[&str]) -> Self {
        self.stderr = Expected::Parts(parts.iter().map(|part| (*part).to_owned()).collect());
        self
    }

    pub(crate) const fn status(mut self, status: i32) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program with this test's arguments and surroundings, not started yet.
    pub(crate) fn command(&self) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_waaklicht"));
        command
            .args(&self.arguments)
            .current_dir(folder)
            .env_clear()
            .env("HOME", folder)
            .env("TMPDIR", folder)
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    #[track_caller]
    pub(crate) fn run(self) -> Ran {
        let mut child = self
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut input, bytes) = (child.stdin.take().unwrap(), self.stdin.into_bytes());
        // On a thread, as the program may answer before it has read all; it may also not read.
        let feeding = std::thread::spawn(move || input.write_all(&bytes));
        let output = child.wait_with_output().unwrap();
        let _ = feeding.join().unwrap();
        let folder = self.folder.path().to_str().unwrap();
        let told = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec())
                .unwrap()
                .replace(folder, "[DIR]")
        };
        let (stdout, stderr) = (told(&output.stdout), told(&output.stderr));
        let status = output.status.code().unwrap();
        assert!(
            status == self.status,
            "status {status} instead of {}; standard error:\n{stderr}",
            self.status
        );
        self.stderr.check("standard error", &stderr);
        self.stdout.check("standard output", &stdout);
        Ran {
            folder: self.folder,
            stdout,
            stderr,
        }
    }
}

impl Ran {
    /// The content of a file in the test's folder.
    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// Where a file of the test's folder is, as long as this lives.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The names in the test's folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Expected {
    #[track_caller]
    fn check(&self, what: &str, found: &str) {
        match self {
            Self::Text(expected) => assert_eq!(found, expected, "{what}"),
            Self::Golden(name) => check_golden(name, &without_digests(found)),
            Self::Parts(parts) => {
                for part in parts {
                    assert!(found.contains(part), "{what} lacks `{part}`:\n{found}");
                }
            }
        }
    }
}

fn without_digests(text: &str) -> String {
    const KEY: &str = "\"digest\":\"blake3:";
    let mut parts = text.split(KEY);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(KEY);
        kept.push('…');
        kept.push_str(part.trim_start_matches(|sign: char| sign.is_ascii_hexdigit()));
    }
    kept
}

/// Compares with a file in `tests/golden`; `UPDATE_GOLDEN=1` rewrites it.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "a test asks whether to rewrite its golden file"
)]
pub(crate) fn check_golden(name: &str, found: &str) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found,
        expected,
        "{} differs; UPDATE_GOLDEN=1 rewrites it",
        path.display()
    );
}
