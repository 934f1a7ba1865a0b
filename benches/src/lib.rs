//! Benchmarks that print value and unit.
