//! `hob backup`: a checked copy of the database, made while it is in use.

use std::path::Path;

use anyhow::Result;

use super::data_dir::DataDir;
use super::serve::{open, runtime};
use crate::service::console::{back_up, folder};

/// Makes a backup and says where it lies.
pub fn backup(dir: &Path) -> Result<()> {
    let data = DataDir::at(dir);
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(&data).await?;
        let made = back_up(&service).await?;
        println!("made and checked {} ({} bytes)", folder(&service).join(&made.name).display(), made.bytes);
        service.store().close().await;
        Ok(())
    })
}
