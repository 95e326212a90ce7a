//! The command that takes one's own words along (W6).

use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::service::mine::ExportMine;

/// Bytes that are handed to the line at a time: whoever reads slowly holds no more than that.
const PIECE: usize = 64 * 1024;

/// `export > me.tar`
pub(super) async fn export(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("export", &why))?;
    if desk.io.is_terminal() {
        return Err(usage("export", "An archive is nothing for a terminal: send it into a file."));
    }
    let archive = desk.call(ExportMine).await?;
    for piece in archive.tar.chunks(PIECE) {
        desk.print(Output::file(piece.to_vec())).await?;
    }
    desk.note(&format!("{} bytes; tar -xf unpacks them into {}", archive.tar.len(), archive.folder)).await;
    Ok(Output::nothing())
}
