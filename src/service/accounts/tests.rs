//! The host's tools.
