//! A listing and its links in, an explained score out; pure.
