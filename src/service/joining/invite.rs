//! An invite that comes after the account: entered while joining, or while an application waits.

use super::admit::admit_invited;
use super::state::{self, Joining};
use crate::domain::invite::InviteCode;
use crate::domain::member::Standing;
use crate::domain::policy::{Actor, EnterInvite};
use crate::service::invites::look_up;
use crate::service::{Caller, Cx, Error, Request, Result, Service, Writes};
use crate::store::applications;

/// Enters an invite. One who has applied already is approved at once, and one who waits for a seat goes before those
/// whom nobody knows; one who is still joining goes on, and is approved at the end.
#[derive(Clone, Debug)]
pub struct UseInvite {
    /// Its code.
    pub code: InviteCode,
}

impl Request for UseInvite {
    type Reply = Joining;
    type Access = Writes;
    const NAME: &'static str = "use invite";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        // What is wrong with the code is said below, to those who may enter one.
        match look_up(service, caller, &self.code).await {
            Err(why @ Error::TooSoon { .. }) => Err(why),
            _ => Ok(()),
        }
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Joining> {
        let grant = cx.allow(&EnterInvite)?;
        let me = cx.me()?;
        let application = applications::of_member(cx.conn(), me).await?;
        if application.is_some_and(|row| row.invite_id.is_some()) {
            return Err(Error::conflict(
                "You have entered an invite already. Keep this one for somebody else.",
            ));
        }
        crate::service::invites::redeem(cx, &grant, me, &self.code).await?;
        if matches!(cx.actor, Actor::Account { standing: Standing::Applied | Standing::Waiting, .. }) {
            admit_invited(cx, &grant, me).await?;
        }
        state::load(cx).await
    }
}
