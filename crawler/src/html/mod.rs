//! HTML: a tree under caps, and the plain text of its parts.
//!
//! Invariant: no page takes quadratic time. html5ever is quadratic in nesting depth and in the
//! number of attributes of one element; both are capped before it sees them (`tree`).
//! Invariant: no function recurses over the tree.

mod text;
mod tree;

pub(crate) use text::plain_text;
pub(crate) use tree::Tree;
