//! What is set for the sake of whoever runs the place: backups.

use serde::Deserialize;

use crate::domain::rotation::Rotation;

/// Which backups stay.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Backups {
    daily: usize,
    weekly: usize,
}

impl Backups {
    /// As the rotation takes them.
    pub fn rotation(&self) -> Rotation {
        Rotation { daily: self.daily, weekly: self.weekly }
    }
}

impl Default for Backups {
    fn default() -> Self {
        let Rotation { daily, weekly } = Rotation::default();
        Self { daily, weekly }
    }
}
