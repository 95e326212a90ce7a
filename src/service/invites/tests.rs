//! Invites: each refusal with its reason.
