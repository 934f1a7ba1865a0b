//! Picture bytes in, hashes out, under limits.
