//! A tar archive whose bytes depend on what is in it and on nothing else: no owner, no date, files in a fixed order.

use crate::service::{Error, Result};

/// Packs files into an archive, all below one folder. `ustar` headers, readable by everybody's `tar`.
///
/// # Errors
/// When a file cannot be packed.
pub(super) fn pack(folder: &str, files: &[(String, String)]) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, text) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(0);
        header.set_entry_type(tar::EntryType::Regular);
        archive.append_data(&mut header, format!("{folder}/{name}"), text.as_bytes()).map_err(broken)?;
    }
    archive.into_inner().map_err(broken)
}

fn broken(cause: std::io::Error) -> Error {
    tracing::error!(%cause, "an archive could not be packed");
    Error::conflict("The archive could not be packed just now. Try again in a moment.")
}
