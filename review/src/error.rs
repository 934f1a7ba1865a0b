//! What can go wrong outside of a request: pages have their own answers (`web::problem`).

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The password cannot be taken.
    #[error("cannot take this password: {why}")]
    Password {
        /// What is wrong with it and what is accepted.
        why: String,
    },
    /// A stored hash cannot be read.
    #[error(
        "cannot read the stored password hash of a user: {why}; give the user a new password with `waaklicht user add`"
    )]
    Hash {
        /// What the hash library said.
        why: String,
    },
    /// The cost of the password hash is outside of what argon2 allows.
    #[error("cannot hash with {memory_kib} KiB and {passes} passes: {why}")]
    Cost {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes over it.
        passes: u32,
        /// What the hash library said.
        why: String,
    },
    /// The system has no randomness to give.
    #[error("cannot draw random bytes for {what}: {why}")]
    Entropy {
        /// What they were for.
        what: &'static str,
        /// What the system said.
        why: String,
    },
    /// The public address is no `https://` origin.
    #[error(
        "`{written}` is no public address: write the scheme and the host as people type them, such as `https://review.example.org`"
    )]
    PublicOrigin {
        /// What was given.
        written: String,
    },
}
