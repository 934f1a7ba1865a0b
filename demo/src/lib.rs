//! Imitation advertisement sites on loopback, with planted situations and their known answers.
