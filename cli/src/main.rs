//! The `waaklicht` binary.

fn main() {}
