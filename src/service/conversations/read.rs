//! Reading a conversation, and noting what was shown.

use super::list::name;
use super::{Person, load, place_of};
use crate::domain::conversation::MessageKind;
use crate::domain::ids::{ConversationId, MemberId, MessageId, MessageNo};
use crate::domain::policy::{KeepMarks, LookAround};
use crate::domain::time::Timestamp;
use crate::service::notifications::see_place;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::conversations::{self, MessageRow};
use crate::store::{members, messages};

/// Lines that come at once.
const PAGE: i64 = 60;
/// Bytes that come at once, as far as one line allows.
const PAGE_BYTES: usize = 64 * 1024;
/// Lines before the first unread one that come with it: what it answers.
const BEFORE_UNREAD: i64 = 20;

/// Opens a conversation at its first unread message, or at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadConversation {
    /// Which.
    pub conversation: ConversationId,
}

/// Which lines to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConversationPage {
    /// From a number on.
    From(MessageNo),
    /// The ones before a number.
    Before(MessageNo),
}

/// Reads more of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadPage {
    /// Which.
    pub conversation: ConversationId,
    /// Which lines.
    pub page: ConversationPage,
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationHead {
    /// Which.
    pub id: ConversationId,
    /// Its title; empty when it is called after its people.
    pub title: String,
    /// Everybody who takes part, the caller too.
    pub people: Vec<Person>,
    /// What it is called for the caller.
    pub name: String,
    /// The caller does not want it counted.
    pub muted: bool,
    /// The last number that was shown to the caller.
    pub read_no: MessageNo,
    /// The last number there is.
    pub last_no: MessageNo,
}

/// A conversation with some of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationView {
    /// About it.
    pub head: ConversationHead,
    /// The first unread message, when it was opened.
    pub first_unread: Option<MessageNo>,
    /// The lines, in order.
    pub messages: Vec<MessageView>,
    /// There are lines before these.
    pub more_before: bool,
    /// There are lines after these.
    pub more_after: bool,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageView {
    /// The line.
    pub id: MessageId,
    /// Its number.
    pub no: MessageNo,
    /// Who said or did it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// What kind of line it is.
    pub kind: MessageKind,
    /// What was said; none for a tombstone.
    pub body: Option<String>,
    /// The staff removed it.
    pub removed: bool,
    /// When.
    pub at: Timestamp,
}

impl From<MessageRow> for MessageView {
    fn from(row: MessageRow) -> Self {
        let MessageRow { id, no, author_id, author, kind, body, created_at, deleted_at, removed } = row;
        let body = deleted_at.is_none().then_some(body);
        Self { id, no, author_id, author, kind, body, removed, at: created_at }
    }
}

impl Request for ReadConversation {
    type Reply = ConversationView;
    type Access = Reads;
    const NAME: &'static str = "read conversation";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ConversationView> {
        let conversation = self.conversation;
        let head = load(cx, conversation).await?;
        let me = cx.me()?;
        let first_unread = conversations::first_unread(cx.conn(), me, conversation).await?;
        let page = match first_unread {
            Some(no) => {
                let before = conversations::before(cx.conn(), me, conversation, no, BEFORE_UNREAD).await?;
                ConversationPage::From(before.last().map_or(no, |row| row.no))
            }
            None => ConversationPage::Before(MessageNo(head.last_no.0 + 1)),
        };
        let mut view = read(cx, conversation, page).await?;
        view.first_unread = first_unread;
        Ok(view)
    }
}

impl Request for ReadPage {
    type Reply = ConversationView;
    type Access = Reads;
    const NAME: &'static str = "read page";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ConversationView> {
        read(cx, self.conversation, self.page).await
    }
}

async fn read(
    cx: &mut Cx<'_, Reads>,
    conversation: ConversationId,
    page: ConversationPage,
) -> Result<ConversationView> {
    let head = head(cx, conversation).await?;
    let me = cx.me()?;
    let conn = cx.conn();
    let (rows, more) = match page {
        ConversationPage::From(no) => {
            cut(conversations::from_no(conn, me, conversation, no, PAGE + 1).await?)
        }
        ConversationPage::Before(no) => {
            let (mut rows, more) = cut(conversations::before(conn, me, conversation, no, PAGE + 1).await?);
            rows.reverse();
            (rows, more)
        }
    };
    let forward = matches!(page, ConversationPage::From(_));
    let first = rows.first().map_or(MessageNo(1), |row| row.no);
    let last = rows.last().map_or(head.last_no, |row| row.no);
    let more_before = match forward {
        true => !conversations::before(cx.conn(), me, conversation, first, 1).await?.is_empty(),
        false => more,
    };
    let after = MessageNo(last.0 + 1);
    let more_after = match forward {
        true => more,
        false => !conversations::from_no(cx.conn(), me, conversation, after, 1).await?.is_empty(),
    };
    let messages = rows.into_iter().map(MessageView::from).collect();
    Ok(ConversationView { head, first_unread: None, messages, more_before, more_after })
}

/// As many rows as come at once, and whether any were left out.
fn cut(mut rows: Vec<MessageRow>) -> (Vec<MessageRow>, bool) {
    let mut bytes = 0;
    let fits = rows.iter().enumerate().take_while(|(index, row)| {
        bytes += row.body.len();
        *index == 0 || (bytes <= PAGE_BYTES && i64::try_from(*index).is_ok_and(|index| index < PAGE))
    });
    let kept = fits.count();
    let more = rows.len() > kept;
    rows.truncate(kept);
    (rows, more)
}

async fn head<A: Access>(cx: &mut Cx<'_, A>, conversation: ConversationId) -> Result<ConversationHead> {
    let row = load(cx, conversation).await?;
    let me = cx.me()?;
    let people = conversations::people(cx.conn(), conversation).await?;
    let others = people.iter().filter(|person| person.id != me).map(|person| person.handle.as_str());
    Ok(ConversationHead {
        id: row.id,
        name: name(&row.title, others),
        title: row.title,
        muted: row.muted,
        read_no: row.read_no,
        last_no: row.last_no,
        people,
    })
}

/// Looks for the conversation that the caller and one member are alone in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FindConversation {
    /// The other one.
    pub with: MemberId,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Their handle.
    pub handle: String,
    /// The conversation, if there is one already.
    pub conversation: Option<ConversationId>,
}

impl Request for FindConversation {
    type Reply = Found;
    type Access = Reads;
    const NAME: &'static str = "find conversation";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Found> {
        cx.allow(&LookAround)?;
        let (me, now) = (cx.me()?, cx.now);
        if me == self.with {
            return Err(Error::invalid("That is you. Drafts (g d) keep what you write for yourself."));
        }
        let account = members::account(cx.conn(), self.with, now).await?.ok_or(Error::NotFound("member"))?;
        let conversation = conversations::between(cx.conn(), me, &[self.with]).await?;
        Ok(Found { handle: account.handle, conversation })
    }
}

/// Notes that everything up to a message was shown to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkMessagesRead {
    /// The conversation.
    pub conversation: ConversationId,
    /// The last message that was shown.
    pub upto: MessageNo,
}

impl Request for MarkMessagesRead {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "mark messages read";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { conversation, upto } = self;
        load(cx, conversation).await?;
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        if messages::mark_read(cx.conn(), &grant, conversation, me, upto).await? {
            cx.publish(DomainEvent::MarksChanged { member: me });
        }
        see_place(cx, &grant, place_of(conversation)).await
    }
}
