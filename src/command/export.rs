//! The command that takes one's own words along (W6).

use std::time::Duration;

use tokio::time::timeout;

use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::service::mine::ExportMine;

/// Bytes that are handed to the line at a time.
const PIECE: usize = 64 * 1024;
/// How long it may take to fetch: a place of many years through a modem. Until then it lies in memory.
const FETCHED_WITHIN: Duration = Duration::from_secs(60 * 60);

/// `export > me.tar`
pub(super) async fn export(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("export", &why))?;
    if desk.io.is_terminal() {
        return Err(usage("export", "An archive is nothing for a terminal: send it into a file."));
    }
    let archive = desk.call(ExportMine::default()).await?;
    let fetched = async {
        for piece in archive.tar.chunks(PIECE) {
            desk.print(Output::file(piece.to_vec())).await?;
        }
        Ok::<(), Failure>(())
    };
    let late =
        |_| Failure::Input("It took more than an hour to fetch, and is not whole. Try a faster line.".into());
    timeout(FETCHED_WITHIN, fetched).await.map_err(late)??;
    desk.note(&format!("{} bytes; tar -xf unpacks them into {}", archive.tar.len(), archive.folder)).await;
    Ok(Output::nothing())
}
