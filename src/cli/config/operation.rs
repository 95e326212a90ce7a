//! What is set for the sake of whoever runs the place: backups, metrics.

use std::path::{Path, PathBuf};

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

/// Where the metrics are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Metrics {
    socket: String,
}

impl Metrics {
    /// The socket's file; none when they are off. A relative path begins in the data folder.
    pub fn socket(&self, data: &Path) -> Option<PathBuf> {
        (!self.socket.is_empty()).then(|| data.join(&self.socket))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o_metrics_are_off_until_they_have_a_place() {
        let at = |socket: &str| Metrics { socket: socket.to_owned() }.socket(Path::new("/srv/hob"));
        assert_eq!(at(""), None);
        assert_eq!(at("metrics"), Some(PathBuf::from("/srv/hob/metrics")));
        assert_eq!(at("/run/hob/metrics"), Some(PathBuf::from("/run/hob/metrics")));
    }
}
