//! The two logs: the mod log that every member reads, and the audit log of the staff. Both are rows of one
//! append-only, hash-chained table; `hob audit verify` walks it with `store::audit::first_broken`.

mod read;
mod words;

#[cfg(test)]
mod tests;

pub use read::{LogEntry, LogPage, LogPlace, ReadAuditLog, ReadModLog};
