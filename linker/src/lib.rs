//! Which listings belong together and on what evidence; pure.
