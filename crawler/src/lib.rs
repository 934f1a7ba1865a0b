//! From a site to an archived capture and an extracted listing, politely.
