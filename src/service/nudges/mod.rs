//! Nudges (L7): one line to somebody who is here, shown at once above the footer. It stands in the conversation of
//! the two as well, so that nothing is lost: whoever is away finds it there as a message.

#[cfg(test)]
mod tests;

use crate::domain::conversation::{MessageKind, NudgeText, PEOPLE_MAX};
use crate::domain::ids::{ConversationId, MemberId, MessageId, MessageNo};
use crate::domain::policy::{self, Grant, KeepMarks, LookAround};
use crate::service::conversations::{self as talk, NUDGES};
use crate::service::notifications::see_place;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::contacts::{self, ContactRow};
use crate::store::{conversations, messages};

/// Nudges that one member may send in ten minutes.
const NUDGES_MAX: i64 = 5;
/// Those ten minutes.
const NUDGES_WINDOW_S: i64 = 10 * 60;
/// What the conversation with several of the staff is called.
const ON_DUTY_TITLE: &str = "A question to the moderators";

/// Whom to nudge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NudgeTo {
    /// One member.
    Member(MemberId),
    /// One member, by handle.
    Handle(String),
    /// Whoever of the staff is here; when nobody is, all of them find it as a message.
    OnDuty,
}

/// Sends a nudge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendNudge {
    /// To whom.
    pub to: NudgeTo,
    /// The line.
    pub text: String,
}

/// It was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nudged {
    /// The conversation that it stands in.
    pub conversation: ConversationId,
    /// The handles of those who see it now.
    pub seen_by: Vec<String>,
    /// The handles of those who are away and find it as a message.
    pub left_for: Vec<String>,
}

impl Request for SendNudge {
    type Reply = Nudged;
    type Access = Writes;
    const NAME: &'static str = "send nudge";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Nudged> {
        cx.allow(&LookAround)?;
        let text = NudgeText::parse(&self.text).map_err(|why| Error::invalid(why.to_string()))?;
        let to = match self.to {
            NudgeTo::Member(id) => vec![talk::contact(cx, id, NUDGES).await?],
            NudgeTo::Handle(handle) => {
                let id = talk::by_handle(cx, &handle).await?;
                vec![talk::contact(cx, id, NUDGES).await?]
            }
            NudgeTo::OnDuty => on_duty(cx).await?,
        };
        let grant = allow_all(cx, &to).await?;
        let (me, now) = (cx.me()?, cx.now);
        let since = now.plus(-NUDGES_WINDOW_S);
        let (count, first) = messages::written_since(cx.conn(), me, MessageKind::Nudge, since).await?;
        let what = "That is a lot of nudges at once; a message waits quietly.";
        talk::bounded(count, NUDGES_MAX, first, NUDGES_WINDOW_S, now, what)?;
        let ids: Vec<MemberId> = to.iter().map(|row| row.id).collect();
        let conversation = match conversations::between(cx.conn(), me, &ids).await? {
            Some(conversation) => conversation,
            None => {
                talk::may_open(cx).await?;
                let title = if ids.len() > 1 { ON_DUTY_TITLE } else { "" };
                talk::open(cx, &grant, &ids, title).await?
            }
        };
        let sent = talk::say(cx, &grant, conversation, MessageKind::Nudge, text.as_str()).await?;
        // Whoever is here unseen sees it too; the answer does not say so.
        for row in to.iter().filter(|row| cx.presence().since(row.id).is_some()).collect::<Vec<_>>() {
            cx.publish(DomainEvent::Nudged { member: row.id, message: sent.message });
        }
        let (here, away): (Vec<ContactRow>, Vec<ContactRow>) =
            to.into_iter().partition(|row| cx.presence().is_here(row.id));
        let handles = |rows: Vec<ContactRow>| rows.into_iter().map(|row| row.handle).collect();
        Ok(Nudged { conversation, seen_by: handles(here), left_for: handles(away) })
    }
}

/// The staff who are here and can be nudged; when none is, all who can.
async fn on_duty(cx: &mut Cx<'_, Writes>) -> Result<Vec<ContactRow>> {
    let (me, now) = (cx.me()?, cx.now);
    let mut open = Vec::new();
    for id in contacts::staff(cx.conn(), now).await?.into_iter().filter(|id| *id != me) {
        let row = talk::contact(cx, id, NUDGES).await?;
        if row.reach().is_open() {
            open.push(row);
        }
    }
    let (here, away): (Vec<ContactRow>, Vec<ContactRow>) =
        open.into_iter().partition(|row| cx.presence().is_here(row.id));
    let mut found = if here.is_empty() { away } else { here };
    found.truncate(PEOPLE_MAX - 1);
    if found.is_empty() {
        return Err(Error::conflict("There is no moderator to be reached. A report (!) waits until one is."));
    }
    Ok(found)
}

/// The policy's yes for each. Staff are on duty while they are here; a question to all of them is one as well.
async fn allow_all(cx: &mut Cx<'_, Writes>, to: &[ContactRow]) -> Result<Grant<policy::Nudge>> {
    let mut granted = None;
    for row in to {
        let on_duty = talk::is_staff(row);
        granted = Some(cx.allow(&policy::Nudge { member: row.id, to: row.reach(), on_duty })?);
    }
    granted.ok_or(Error::NotFound("member"))
}

/// Asks for a nudge to the caller, to be shown above the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadNudge {
    /// The line.
    pub message: MessageId,
}

/// A nudge as the one who was nudged sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NudgeView {
    /// The conversation that it stands in.
    pub conversation: ConversationId,
    /// Its number there.
    pub no: MessageNo,
    /// Who sent it.
    pub author: String,
    /// The line.
    pub text: String,
}

impl Request for ReadNudge {
    /// None when it was deleted meanwhile.
    type Reply = Option<NudgeView>;
    type Access = Reads;
    const NAME: &'static str = "read nudge";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<NudgeView>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let found = conversations::message(cx.conn(), me, self.message).await?;
        let shown = found.filter(|(_, row)| {
            row.kind == MessageKind::Nudge && row.deleted_at.is_none() && row.author_id != me
        });
        Ok(shown.map(|(conversation, row)| NudgeView {
            conversation,
            no: row.no,
            author: row.author,
            text: row.body,
        }))
    }
}

/// Notes that a nudge was shown. It counts as read when nothing before it in its conversation is unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeeNudge {
    /// The conversation.
    pub conversation: ConversationId,
    /// Its number there.
    pub no: MessageNo,
}

impl Request for SeeNudge {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "see nudge";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { conversation, no } = self;
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        if conversations::first_unread(cx.conn(), me, conversation).await? == Some(no)
            && messages::mark_read(cx.conn(), &grant, conversation, me, no).await?
        {
            cx.publish(DomainEvent::MarksChanged { member: me });
            see_place(cx, &grant, talk::place_of(conversation)).await?;
        }
        Ok(())
    }
}
