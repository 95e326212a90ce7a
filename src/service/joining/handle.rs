//! Whether a handle is free.

use sqlx::SqliteConnection;

use crate::domain::handle::Handle;
use crate::domain::policy::StandAtDoor;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::accounts;

/// Asks whether a handle can be taken, before anything else is asked for it. Open to everybody.
#[derive(Clone, Debug)]
pub struct CheckHandle {
    /// As it was typed.
    pub handle: String,
}

impl Request for CheckHandle {
    type Reply = Handle;
    type Access = Reads;
    const NAME: &'static str = "check handle";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Handle> {
        cx.allow(&StandAtDoor)?;
        let handle = Handle::parse(&self.handle)?;
        refuse_taken(cx.conn(), &handle).await?;
        Ok(handle)
    }
}

/// Refuses a handle that somebody has or had, or that looks like one. The words do not say which: who is a member is
/// for members to see.
pub(in crate::service) async fn refuse_taken(conn: &mut SqliteConnection, handle: &Handle) -> Result<()> {
    if accounts::is_taken(conn, &handle.fold(), &handle.skeleton()).await? {
        return Err(Error::conflict(format!(
            "{handle} is taken, or looks too much like a handle that is. Choose another."
        )));
    }
    Ok(())
}
