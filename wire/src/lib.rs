//! The formats of the contract: readers and writers with row types of their own.
