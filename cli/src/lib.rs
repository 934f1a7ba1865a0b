//! The waaklicht binary: configuration, subcommands, messages.
