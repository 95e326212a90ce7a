//! An invite from the host: the first sysop's, for one.

use crate::domain::member::Role;
use crate::domain::policy::MakeAccount;
use crate::service::invites::{MadeInvite, fresh_code, hash_of};
use crate::service::{Cx, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::invites::{self, NewInvite};

/// Makes an invite that gives a role. Nobody's limit counts it.
#[derive(Clone, Copy, Debug)]
pub struct MakeHostInvite {
    /// What it makes of the one who uses it.
    pub role: Role,
    /// How long it is good for, in seconds; none: as long as a member's.
    pub ttl_s: Option<i64>,
}

impl Request for MakeHostInvite {
    type Reply = MadeInvite;
    type Access = Writes;
    const NAME: &'static str = "make host invite";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MadeInvite> {
        let grant = cx.allow(&MakeAccount)?;
        let now = cx.now;
        let expires_at = now.plus(self.ttl_s.unwrap_or(cx.settings().invite_ttl_s));
        let code = fresh_code()?;
        let new =
            NewInvite { code_hash: &hash_of(&code), role: self.role, created_by: None, note: "", expires_at };
        let id = invites::insert(cx.conn(), &grant, now, &new).await?;
        cx.audit(NewAudit {
            action: "invite.make",
            thing: "invite",
            thing_id: id.0,
            target: None,
            rule_no: None,
            reason: "",
            detail: &format!("for a {}, from the host", self.role),
            public: false,
        })
        .await?;
        Ok(MadeInvite { id, code, expires_at })
    }
}
