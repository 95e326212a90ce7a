//! A member's own keys of the keyboard, as they are kept.

use crate::domain::policy::EditProfile;
use crate::domain::text::is_forbidden;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::profiles;

/// The choice in which a member's own keys of the keyboard are kept, as lines of `scope.command key`.
pub const KEYS_CHOICE: &str = "keys";

/// Longest text of changed keys, in bytes: 200 lines of the longest names.
const KEYS_BYTES_MAX: usize = 12 * 1_024;

/// Keeps the member's own keys of the keyboard. What the lines mean is for the screens; what they cannot use they pass
/// over.
#[derive(Clone, Debug)]
pub struct SetKeys {
    /// The lines; empty for the usual keys.
    pub lines: String,
}

impl Request for SetKeys {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "set keys";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let me = cx.me()?;
        let grant = cx.allow(&EditProfile { member: me })?;
        if self.lines.len() > KEYS_BYTES_MAX || self.lines.chars().any(|c| c != '\n' && is_forbidden(c)) {
            return Err(Error::invalid("Those are too many keys to keep. Reset some of them first."));
        }
        profiles::choose(cx.conn(), &grant, me, KEYS_CHOICE, &self.lines).await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}
