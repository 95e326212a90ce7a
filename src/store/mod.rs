//! The only SQL: one file per table family, its row types and their tests.
