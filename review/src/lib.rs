//! Cases, queue, decisions, audit and their web pages.
