//! What a ban is about (M6).

use crate::domain::words::words;

words! {
    /// What a ban is about.
    "kind of ban" BanKind {
        /// A key, wherever it comes from.
        Key = "key",
        /// Whoever comes from there.
        Network = "network",
    }
}
