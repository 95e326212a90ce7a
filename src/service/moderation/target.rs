//! The thing that is acted on, with everything around it that acts and words need.

use super::loose::{Loose, LooseState};
use crate::domain::ids::{BoardId, InviteId, MemberId, MessageId, PostNo};
use crate::domain::member::Standing;
use crate::domain::moderation::{Curb, Thing, ThingKind};
use crate::domain::policy::{SeeQueue, SeeThread};
use crate::service::charter::{self, Rule};
use crate::service::{Access, Cx, Error, Result};
use crate::store::boards::{self, BoardRow};
use crate::store::cases;
use crate::store::conversations::{self, ReportedRow};
use crate::store::curbs::{self, CurbTerm};
use crate::store::cuts;
use crate::store::moderated::{self, MemberThing, PostThing, ThreadThing};
use crate::store::redactions::{self, RedactionRow};

/// A thing, where it is and whose it is.
pub(in crate::service) struct Target {
    /// What was named.
    pub thing: Thing,
    /// The post, if it is one.
    pub post: Option<PostThing>,
    /// The thread it is, or is in.
    pub thread: Option<ThreadThing>,
    /// The board that is on.
    pub board: Option<BoardRow>,
    /// The message, if it is one.
    pub message: Option<ReportedRow>,
    /// What it is, if it is a line, a tag or an invite.
    pub loose: Option<Loose>,
    /// Whose it is.
    pub author: MemberThing,
    curbs: Vec<(Curb, CurbTerm)>,
    /// What was taken out of the post last, or put back.
    pub redaction: Option<RedactionRow>,
    /// The title of the thread that it is part of now, where it is a place that was left behind.
    pub part_of: Option<String>,
}

impl Target {
    /// Loads a thing that the actor may see; the words for one that is not there are the same.
    pub async fn load<A: Access>(cx: &mut Cx<'_, A>, thing: Thing) -> Result<Self> {
        let loose = match thing {
            Thing::Post(_) | Thing::Thread(_) | Thing::Member(_) | Thing::Message(_) => None,
            Thing::Line(_) | Thing::Wall(_) | Thing::Tag(_) | Thing::Invite(_) => {
                Some(Loose::load(cx, thing).await?)
            }
        };
        Self::with(cx, thing, loose).await
    }

    /// Loads the invite whose code somebody has shown.
    pub async fn of_invite<A: Access>(cx: &mut Cx<'_, A>, invite: InviteId) -> Result<Self> {
        let loose = Loose::of_invite(cx, invite).await?;
        Self::with(cx, Thing::Invite(invite), Some(loose)).await
    }

    async fn with<A: Access>(cx: &mut Cx<'_, A>, thing: Thing, loose: Option<Loose>) -> Result<Self> {
        let missing = || Error::NotFound(thing.kind().noun());
        let post = match thing {
            Thing::Post(id) => Some(moderated::post(cx.conn(), id).await?.ok_or_else(missing)?),
            _ => None,
        };
        let message = match thing {
            Thing::Message(id) => Some(reported(cx, id).await?),
            _ => None,
        };
        let thread_id = match (thing, &post) {
            (Thing::Thread(id), _) => Some(id),
            (_, Some(post)) => Some(post.thread_id),
            _ => None,
        };
        let (mut thread, mut board) = (None, None);
        if let Some(id) = thread_id {
            let found = moderated::thread(cx.conn(), id).await?.ok_or_else(missing)?;
            let on = boards::get(cx.conn(), found.board_id).await?.ok_or_else(missing)?;
            let facts = crate::domain::board::ThreadFacts {
                locked: found.locked,
                removed: found.removed,
                author: found.author_id,
            };
            cx.allow(&SeeThread { board: on.facts(), thread: facts }).map_err(|_| missing())?;
            (thread, board) = (Some(found), Some(on));
        }
        if let Some(id) = loose.as_ref().and_then(|loose| loose.board_id) {
            board = boards::get(cx.conn(), id).await?;
        }
        let author_id = match (thing, &post, &thread) {
            (Thing::Member(id), ..) => id,
            (Thing::Message(_), ..) => message.as_ref().ok_or_else(missing)?.author_id,
            (_, Some(post), _) => post.author_id,
            (_, None, Some(thread)) => thread.author_id,
            (_, None, None) => loose.as_ref().ok_or_else(missing)?.author_id,
        };
        let author = moderated::member(cx.conn(), author_id).await?.ok_or_else(missing)?;
        let has_joined =
            !matches!(author.standing, Standing::Joining | Standing::Applied | Standing::Declined);
        if thing.kind() == ThingKind::Member && !has_joined {
            return Err(missing());
        }
        let redaction = match &post {
            Some(post) => redactions::last(cx.conn(), post.id).await?,
            None => None,
        };
        let no = post.as_ref().map_or(PostNo(1), |post| post.no);
        let part_of = match &thread {
            Some(thread) => cuts::part_of(cx.conn(), thread.id, no).await?,
            None => None,
        };
        let mut found = Vec::new();
        for curb in Curb::ALL {
            if let Some(term) = curbs::get(cx.conn(), author.id, *curb).await? {
                found.push((*curb, term));
            }
        }
        Ok(Self { thing, post, thread, board, message, loose, author, curbs: found, redaction, part_of })
    }

    /// The curb of a kind that its author is under, or was until it ran out.
    pub fn curb(&self, curb: Curb) -> Option<CurbTerm> {
        self.curbs.iter().find(|(kind, _)| *kind == curb).map(|(_, term)| *term)
    }

    /// The post.
    ///
    /// # Errors
    /// When the thing is not a post.
    pub fn post(&self) -> Result<&PostThing> {
        self.post.as_ref().ok_or_else(|| Error::invalid("That is for a post. Choose one first."))
    }

    /// The message.
    ///
    /// # Errors
    /// When the thing is not a message.
    pub fn message(&self) -> Result<&ReportedRow> {
        self.message.as_ref().ok_or_else(|| Error::invalid("That is for a message. Choose one first."))
    }

    /// What it is, of a line, a tag or an invite.
    ///
    /// # Errors
    /// When the thing is of no such kind.
    pub fn loose(&self, kind: ThingKind) -> Result<&Loose> {
        let found = self.loose.as_ref().filter(|_| self.thing.kind() == kind);
        found.ok_or_else(|| Error::invalid(format!("That is for {}. Choose one first.", kind.one())))
    }

    /// The thread it is, or is in.
    ///
    /// # Errors
    /// When the thing is a member.
    pub fn thread(&self) -> Result<&ThreadThing> {
        self.thread.as_ref().ok_or_else(|| Error::invalid("That is for a thread. Choose one first."))
    }

    /// The board it is on.
    ///
    /// # Errors
    /// When the thing is a member.
    pub fn board(&self) -> Result<&BoardRow> {
        self.board.as_ref().ok_or_else(|| Error::invalid("That is for a thread. Choose one first."))
    }

    /// What an act on this kind of thing is written down for: a deed on the author of a post concerns the member.
    pub fn object(&self, kind: ThingKind) -> Result<Thing> {
        Ok(match kind {
            ThingKind::Post => Thing::Post(self.post()?.id),
            ThingKind::Thread => Thing::Thread(self.thread()?.id),
            ThingKind::Member => Thing::Member(self.author.id),
            ThingKind::Message => Thing::Message(self.message()?.id),
            ThingKind::Line | ThingKind::Wall | ThingKind::Tag | ThingKind::Invite => {
                self.loose(kind)?;
                self.thing
            }
        })
    }

    /// Whose the thing of this kind is: a thread's author is who started it.
    pub fn owner(&self, kind: ThingKind) -> Result<MemberId> {
        Ok(match kind {
            ThingKind::Thread => self.thread()?.author_id,
            _ => self.author.id,
        })
    }

    /// What it is called, for staff and logs: `post #3 in "Trains"`.
    pub fn label(&self) -> String {
        label(self.thing.kind(), self.post.as_ref().map(|post| post.no.0), self.title(), &self.author.handle)
    }

    /// The thread's title; a tag's name.
    pub fn title(&self) -> Option<&str> {
        let name = self.loose.as_ref().and_then(|loose| loose.name.as_deref());
        self.thread.as_ref().map(|thread| thread.title.as_str()).or(name)
    }

    /// The board's id.
    pub fn board_id(&self) -> Option<BoardId> {
        self.board.as_ref().map(|board| board.id)
    }

    /// The text that a report keeps: what the thing says now.
    pub async fn text<A: Access>(&self, cx: &mut Cx<'_, A>) -> Result<String> {
        Ok(match self.thing {
            Thing::Post(_) => self.post()?.body.clone(),
            Thing::Message(_) => self.message()?.body.clone(),
            Thing::Line(_) | Thing::Wall(_) | Thing::Tag(_) | Thing::Invite(_) => {
                self.loose(self.thing.kind())?.text.clone()
            }
            Thing::Member(_) => {
                let lines: Vec<&str> = self.author.profile.lines().filter(|line| !line.is_empty()).collect();
                lines.join("\n")
            }
            Thing::Thread(id) => {
                let first = crate::domain::ids::PostNo(1);
                let opening = moderated::posts_between(cx.conn(), id, first, first).await?;
                // What was taken down or withdrawn is not to be read by reporting the thread.
                let body =
                    opening.first().filter(|post| !is_tombstone(post)).map_or("", |post| post.body.as_str());
                format!("{}\n\n{body}", self.thread()?.title)
            }
        })
    }

    /// Whether members can see it as it stands: a tombstone cannot be reported.
    pub fn is_gone(&self) -> bool {
        let hidden = self.thread.as_ref().is_some_and(|thread| thread.removed);
        let taken = |message: &ReportedRow| message.deleted || message.removed_at.is_some();
        // Of an invite that was used there is still something to say.
        let over = |loose: &Loose| matches!(loose.state, LooseState::Gone | LooseState::Over);
        hidden
            || self.post.as_ref().is_some_and(is_tombstone)
            || self.message.as_ref().is_some_and(taken)
            || self.loose.as_ref().is_some_and(over)
    }
}

/// A message, for those who see it where it stands and for the staff whose case it is: nobody else finds it (M7).
async fn reported<A: Access>(cx: &mut Cx<'_, A>, message: MessageId) -> Result<ReportedRow> {
    let missing = || Error::NotFound(ThingKind::Message.as_str());
    let me = cx.actor.id();
    let found = conversations::reported(cx.conn(), me, message).await?.ok_or_else(missing)?;
    if found.shown {
        return Ok(found);
    }
    cx.allow(&SeeQueue).map_err(|_| missing())?;
    let case = cases::last_on(cx.conn(), Thing::Message(message), me).await?.ok_or_else(missing)?;
    cx.allow(&case.facts()).map_err(|_| missing())?;
    Ok(found)
}

fn is_tombstone(post: &PostThing) -> bool {
    post.state.is_tombstone()
}

/// What a thing is called: `post #3 in "Trains"`, `thread "Trains"`, `member bo`.
pub(in crate::service) fn label(
    kind: ThingKind,
    post_no: Option<i64>,
    title: Option<&str>,
    author: &str,
) -> String {
    if let (ThingKind::Tag, Some(name)) = (kind, title) {
        return format!("tag {name}");
    }
    let title = title.unwrap_or("a thread");
    match (kind, post_no) {
        (ThingKind::Post, Some(no)) => format!("post #{no} in \"{title}\""),
        (ThingKind::Post, None) => format!("post in \"{title}\""),
        (ThingKind::Thread, _) => format!("thread \"{title}\""),
        (ThingKind::Member, _) => format!("member {author}"),
        (ThingKind::Line, _) => "line in a room".to_owned(),
        (ThingKind::Wall, _) => "line on the wall".to_owned(),
        (ThingKind::Message | ThingKind::Tag | ThingKind::Invite, _) => kind.as_str().to_owned(),
    }
}

/// The rules of the charter in force.
pub(in crate::service) async fn rules<A: Access>(cx: &mut Cx<'_, A>) -> Result<Vec<Rule>> {
    Ok(charter::load(cx.conn()).await?.rules)
}
