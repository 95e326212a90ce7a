//! The log: what is said and how. Which level is said can change while hob runs.

use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;

use super::config::Server;
use crate::service::console::Logbook;

/// Changes what is logged.
pub struct Log {
    set: Box<dyn Fn(EnvFilter) -> Result<()> + Send + Sync>,
}

impl Log {
    /// Logs to standard error, as the config says.
    ///
    /// # Errors
    /// When the level is none.
    pub fn start(server: &Server) -> Result<Self> {
        let log = tracing_subscriber::fmt().with_env_filter(filter(server)?).with_writer(|| Logbook);
        // A second start in one process (tests) keeps the first log.
        if server.log_json {
            let log = log.json().with_filter_reloading();
            let handle = log.reload_handle();
            let _ = log.try_init();
            Ok(Self { set: Box::new(move |filter| Ok(handle.reload(filter)?)) })
        } else {
            let log = log.with_filter_reloading();
            let handle = log.reload_handle();
            let _ = log.try_init();
            Ok(Self { set: Box::new(move |filter| Ok(handle.reload(filter)?)) })
        }
    }

    /// Logs at the level that the config says now.
    ///
    /// # Errors
    /// When the level is none.
    pub fn change(&self, server: &Server) -> Result<()> {
        (self.set)(filter(server)?)
    }
}

fn filter(server: &Server) -> Result<EnvFilter> {
    EnvFilter::try_new(&server.log).with_context(|| format!("log = \"{}\" is no log level", server.log))
}
