//! A tag as a group of people (P3): who has joined it, who looks after it, what it is for.

use crate::domain::ids::{MemberId, TagId};
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{self, Action, LookAround};
use crate::domain::tag::JOINED_MAX;
use crate::domain::text::clean_line;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::notifications::{self, NewNotification};
use crate::store::tag_people::{self, TagHeadRow};
use crate::store::{cohorts, contacts, tags};

/// Longest description of a tag, in characters.
pub const DESCRIPTION_CHARS_MAX: usize = 240;

/// Reads what a tag is for and who is in it.
#[derive(Clone, Copy, Debug)]
pub struct ReadTag {
    /// The tag.
    pub tag: TagId,
}

/// A tag, besides its threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagPage {
    /// Its name, without a `#`.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Who looks after it.
    pub champion: Option<(MemberId, String)>,
    /// Who has joined it, by handle, and whether they are here now.
    pub people: Vec<(MemberId, String, bool)>,
    /// The caller is in it.
    pub joined: bool,
    /// It stands by the caller's handle.
    pub shown: bool,
    /// The caller may say what it is for.
    pub may_describe: bool,
}

/// The tag, if the caller may know of it.
async fn find<A: Access>(cx: &mut Cx<'_, A>, tag: TagId) -> Result<TagHeadRow> {
    let clearance = cx.actor.clearance();
    let known = tag_people::known(cx.conn(), clearance).await?;
    if !known.iter().any(|(id, _)| *id == tag) {
        return Err(Error::NotFound("tag"));
    }
    tag_people::head(cx.conn(), tag).await?.ok_or(Error::NotFound("tag"))
}

impl Request for ReadTag {
    type Reply = TagPage;
    type Access = Reads;
    const NAME: &'static str = "read tag";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<TagPage> {
        cx.allow(&LookAround)?;
        let (me, now, tag) = (cx.me()?, cx.now, self.tag);
        let head = find(cx, tag).await?;
        let people = tag_people::people(cx.conn(), tag, now).await?;
        let shown = tag_people::shown(cx.conn(), Some(me)).await?.contains(&(me, tag));
        // Between whom a mute or a block stands, one is never here for the other (P7).
        let apart = contacts::apart(cx.conn(), me).await?;
        let mut here = cx.presence().members();
        here.retain(|here| !apart.contains(&here.member));
        let is_here = |id: MemberId| here.iter().any(|here| here.member == id);
        Ok(TagPage {
            name: head.name,
            description: head.description,
            champion: head.champion_id.zip(head.champion),
            joined: people.iter().any(|(id, _)| *id == me),
            people: people.into_iter().map(|(id, handle)| (id, handle, is_here(id))).collect(),
            shown,
            may_describe: policy::DescribeTag { champion: head.champion_id }.decide(&cx.actor).is_ok(),
        })
    }
}

/// Joins a tag, or leaves it. Its champion is told who came, to greet them.
#[derive(Clone, Copy, Debug)]
pub struct JoinTag {
    /// The tag.
    pub tag: TagId,
    /// Join it; else leave it.
    pub join: bool,
}

impl Request for JoinTag {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "join tag";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::JoinTag)?;
        let (me, now) = (cx.me()?, cx.now);
        let head = find(cx, self.tag).await?;
        if !self.join {
            tag_people::leave(cx.conn(), &grant, self.tag).await?;
            cx.publish(DomainEvent::MemberChanged { member: me });
            return Ok(());
        }
        if let Some((cohort, false)) = cohorts::of_tag(cx.conn(), self.tag, me).await? {
            return Err(Error::invalid(format!("This tag is for those who were in {cohort} to the end.")));
        }
        let joined = tag_people::joined(cx.conn(), Some(me)).await?;
        if joined.contains(&(me, self.tag)) {
            return Ok(());
        }
        if i64::try_from(joined.len()).unwrap_or(i64::MAX) >= JOINED_MAX {
            return Err(Error::invalid(format!(
                "You are in {JOINED_MAX} tags, which is the most. Leave one first."
            )));
        }
        tags::join(cx.conn(), &grant, now, self.tag, JOINED_MAX).await?;
        let champion = head.champion_id.filter(|champion| *champion != me);
        let reached = match champion {
            Some(champion) => !contacts::is_apart(cx.conn(), champion, me).await?,
            None => false,
        };
        if let Some(champion) = champion.filter(|_| reached) {
            let place = NotificationPlace::new(PlaceKind::Member, me.0);
            let kind = NotificationKind::TagJoined;
            let news = NewNotification { member: champion, kind, place, actor: Some(me), at: now };
            notifications::put(cx.conn(), &grant, &news).await?;
            cx.publish(DomainEvent::Notified { member: champion });
        }
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}

/// Lets a tag that one has joined stand by one's handle, or none.
#[derive(Clone, Copy, Debug)]
pub struct ShowTag {
    /// The tag; none for none.
    pub tag: Option<TagId>,
}

impl Request for ShowTag {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "show tag";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::JoinTag)?;
        let me = cx.me()?;
        if let Some(tag) = self.tag
            && !tag_people::joined(cx.conn(), Some(me)).await?.contains(&(me, tag))
        {
            return Err(Error::invalid("Join the tag first; then it can stand by your handle."));
        }
        tag_people::show(cx.conn(), &grant, self.tag).await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}

/// Says what a tag is for.
#[derive(Clone, Debug)]
pub struct DescribeTag {
    /// The tag.
    pub tag: TagId,
    /// The words; empty for none.
    pub words: String,
}

impl Request for DescribeTag {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "describe tag";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        cx.allow(&LookAround)?;
        let head = find(cx, self.tag).await?;
        let grant = cx.allow(&policy::DescribeTag { champion: head.champion_id })?;
        let words = clean_line(&self.words);
        let chars = words.chars().count();
        if chars > DESCRIPTION_CHARS_MAX {
            let most = DESCRIPTION_CHARS_MAX;
            return Err(Error::invalid(format!(
                "What the tag is for: {chars} characters; {most} is the most."
            )));
        }
        tag_people::describe(cx.conn(), &grant, self.tag, &words).await?;
        cx.publish(DomainEvent::MemberChanged { member: cx.me()? });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::board::Audience;
    use crate::domain::ids::PostNo;
    use crate::domain::member::{Level, Role};
    use crate::service::members::{ListMembers, ReadProfile};
    use crate::service::notifications::ListNotifications;
    use crate::service::posts::{From, ListPosts};
    use crate::service::roles::{AnswerOffer, Duty, OfferRole};
    use crate::service::tags::{ListTags, SetTags};
    use crate::service::testing::Place;
    use crate::service::writing::StartThread;
    use crate::service::{Caller, Who};

    fn id(caller: &Caller) -> MemberId {
        let Who::Member(member) = caller.who else { panic!("a member") };
        member
    }

    async fn tagged(place: &Place, who: &Caller, board: crate::domain::ids::BoardId, name: &str) -> TagId {
        let (title, body) = (name.to_owned(), "words".to_owned());
        let thread = place.call(who, StartThread { board, title, body }).await.unwrap().thread;
        place.call(who, SetTags { thread, tags: name.to_owned() }).await.unwrap();
        let tags = place.call(who, ListTags).await.unwrap();
        tags.iter().find(|tag| tag.name == name).unwrap().id
    }

    /// P3: members join up to ten, one shown by the handle; the champion is told, and says what it is for.
    #[tokio::test]
    async fn p3_members_join_tags_and_show_one() {
        let place = Place::new().await;
        let (ann, mo) = (place.regular("ann").await, place.moderator("mo").await);
        let bo = place.member("bo", Level::Newcomer, Role::Member).await;
        let board = place.board("general").await;
        let mut tags = Vec::new();
        for name in 0..11 {
            tags.push(tagged(&place, &ann, board, &format!("tag-{name}")).await);
        }
        let offer = OfferRole { member: id(&ann), duty: Duty::Champion(tags[0]), days: None };
        let term = place.call(&mo, offer).await.unwrap();
        place.call(&ann, AnswerOffer { term, accept: true }).await.unwrap();
        for tag in &tags[..10] {
            place.call(&bo, JoinTag { tag: *tag, join: true }).await.unwrap();
        }
        let eleventh = place.call(&bo, JoinTag { tag: tags[10], join: true }).await;
        assert!(matches!(eleventh, Err(Error::Invalid(_))));
        let rows = place.call(&ann, ListNotifications).await.unwrap().rows;
        let told: Vec<_> = rows.iter().filter(|row| row.kind == NotificationKind::TagJoined).collect();
        assert_eq!(told.len(), 1, "only whoever looks after the tag is told, of that tag");
        assert!(place.call(&bo, ShowTag { tag: Some(tags[10]) }).await.is_err());
        place.call(&bo, ShowTag { tag: Some(tags[0]) }).await.unwrap();
        let list = place.call(&ann, ListMembers).await.unwrap();
        let listed = list.iter().find(|member| member.handle == "bo").unwrap();
        assert_eq!((listed.tags.len(), listed.shown_tag.as_deref()), (10, Some("tag-0")));
        let (title, body) = ("Leaves".to_owned(), "I like them.".to_owned());
        let thread = place.call(&bo, StartThread { board, title, body }).await.unwrap().thread;
        let beside = async |who: &Caller| {
            let posts = ListPosts { thread, from: From::Only(PostNo(1)) };
            place.call(who, posts).await.unwrap().posts.remove(0).tag
        };
        assert_eq!(beside(&ann).await.as_deref(), Some("tag-0"), "it stands beside their posts, too");
        let words = "Cups and leaves".to_owned();
        assert!(place.call(&bo, DescribeTag { tag: tags[0], words: words.clone() }).await.is_err());
        place.call(&ann, DescribeTag { tag: tags[0], words: words.clone() }).await.unwrap();
        let page = place.call(&bo, ReadTag { tag: tags[0] }).await.unwrap();
        assert_eq!((page.description, page.joined, page.shown), (words, true, true));
        assert_eq!(page.champion, Some((id(&ann), "ann".to_owned())));
        place.call(&bo, JoinTag { tag: tags[0], join: false }).await.unwrap();
        let profile = place.call(&ann, ReadProfile { member: id(&bo) }).await.unwrap();
        assert_eq!((profile.tags.len(), profile.shown_tag), (9, None), "what one left is not shown");
        assert_eq!(beside(&ann).await, None);
    }

    /// P3: a tag that only hidden threads have is known by nothing: not by its page, not by who has joined it.
    #[tokio::test]
    async fn p3_a_tag_of_hidden_threads_stays_hidden() {
        let place = Place::new().await;
        let (ann, bo) = (place.regular("ann").await, place.member("bo", Level::Member, Role::Member).await);
        let den = place.board_for("den", Audience::Regulars, Audience::Regulars).await;
        let tag = tagged(&place, &ann, den, "secret").await;
        place.call(&ann, JoinTag { tag, join: true }).await.unwrap();
        assert!(place.call(&bo, ReadTag { tag }).await.is_err());
        assert!(place.call(&bo, JoinTag { tag, join: true }).await.is_err());
        let list = place.call(&bo, ListMembers).await.unwrap();
        assert!(list.iter().all(|member| member.tags.is_empty()));
        let profile = place.call(&bo, ReadProfile { member: id(&ann) }).await.unwrap();
        assert!(profile.tags.is_empty());
        place.call(&ann, ShowTag { tag: Some(tag) }).await.unwrap();
        let hall = place.board("hall").await;
        let (title, body) = ("Hello".to_owned(), "words".to_owned());
        let thread = place.call(&ann, StartThread { board: hall, title, body }).await.unwrap().thread;
        for (who, shown) in [(&ann, Some("secret".to_owned())), (&bo, None)] {
            let posts = ListPosts { thread, from: From::Only(PostNo(1)) };
            assert_eq!(place.call(who, posts).await.unwrap().posts[0].tag, shown);
        }
    }

    /// P1: never met: neither has answered the other, and there is no conversation of both.
    #[tokio::test]
    async fn p1_who_was_met_is_known_by_replies_either_way() {
        use crate::service::writing::WriteReply;
        let place = Place::new().await;
        let board = place.board("general").await;
        let people = [place.regular("ann").await, place.regular("bo").await, place.regular("cleo").await];
        let (title, body) = ("Hello".to_owned(), "words".to_owned());
        let thread =
            place.call(&people[0], StartThread { board, title, body: body.clone() }).await.unwrap().thread;
        let reply_to = Some(crate::domain::ids::PostNo(1));
        place.call(&people[1], WriteReply { thread, reply_to, body }).await.unwrap();
        for (who, met) in [(0, [true, true, false]), (1, [true, true, false]), (2, [false, false, true])] {
            let list = place.call(&people[who], ListMembers).await.unwrap();
            assert_eq!(list.iter().map(|member| member.met).collect::<Vec<_>>(), met, "{who}");
        }
        // Both have written in that thread, cleo has not.
        let shared = place.call(&people[0], ReadProfile { member: id(&people[1]) }).await.unwrap().shared;
        assert_eq!(shared.len(), 1);
        let shared = place.call(&people[0], ReadProfile { member: id(&people[2]) }).await.unwrap().shared;
        assert!(shared.is_empty());
    }
}
