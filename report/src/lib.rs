//! Dossiers, exports and trend tables; reads only.
