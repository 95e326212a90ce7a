//! A tar archive whose bytes depend on what is in it and on nothing else: no owner, no date, files in a fixed order.

use crate::domain::text::safe;
use crate::service::{Error, Result};

/// Packs files into an archive, all below one folder. `ustar` headers, readable by everybody's `tar`. Names are made of
/// plain characters, and what people wrote goes through the last gate of all that is printed (SAFETY.md, Terminal).
///
/// # Errors
/// When a file cannot be packed.
pub(super) fn pack(folder: &str, files: &[(String, String)]) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    let folder = plain(folder);
    for (name, text) in files {
        let (name, text) = (plain(name), safe(text));
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(0);
        header.set_entry_type(tar::EntryType::Regular);
        archive.append_data(&mut header, format!("{folder}/{name}"), text.as_bytes()).map_err(broken)?;
    }
    archive.into_inner().map_err(broken)
}

/// A file's name without anything that a shell, a terminal or another system takes for more than a name.
fn plain(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || "/._-".contains(c) { c } else { '_' };
    name.chars().map(kept).collect::<String>().replace("..", "__")
}

fn broken(cause: std::io::Error) -> Error {
    tracing::error!(%cause, "an archive could not be packed");
    Error::conflict("The archive could not be packed just now. Try again in a moment.")
}
