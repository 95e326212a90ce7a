//! P7: what a mute and a block do, cell by cell: {mute, block} x {post, reply, message, mention, introduction, digest, home,
//! search, presence, event}. For each cell that exists the table says whether the one is met by the other, before and
//! after, and for a block from both sides. Introductions, digests and events are not there yet: their cells are listed,
//! so that whoever builds them fills them in.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{PostNo, ThreadId};
use crate::service::Caller;
use crate::service::cases::scene::id;
use crate::service::conversations::{CountMessages, ListConversations, StartConversation};
use crate::service::home::ShowHome;
use crate::service::members::{ListMembers, ReadProfile};
use crate::service::notifications::{CountNotifications, ListNotifications, NotificationKind};
use crate::service::posts::{From, ListPosts};
use crate::service::reading::{NextUnread, NextUp};
use crate::service::search::{Order, SearchPosts};
use crate::service::testing::Place;
use crate::service::upkeep::index_all;
use crate::service::wall::WriteOnWall;
use crate::service::writing::{StartThread, WriteReply};
use crate::store::reading::Why;

/// A way in which one member meets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meets {
    Post,
    Reply,
    Message,
    Mention,
    Home,
    Search,
    Presence,
    /// Not built yet: nobody is met this way.
    Nothing(&'static str),
}

/// The table: a way, whether who muted still meets the other so, whether who blocked does, whether who was blocked does.
/// The last column is yes where hiding it would tell: what is public stays public for them.
const TABLE: &[(Meets, bool, bool, bool)] = &[
    (Meets::Post, false, false, true),
    (Meets::Reply, false, false, false),
    (Meets::Message, false, false, false),
    (Meets::Mention, false, false, false),
    (Meets::Nothing("introduction"), false, false, false),
    (Meets::Nothing("digest"), false, false, false),
    (Meets::Home, false, false, true),
    (Meets::Search, false, false, true),
    (Meets::Presence, false, false, false),
    (Meets::Nothing("event"), false, false, false),
];

/// Two members and a board. `ann` is who looks, `bo` who is met, or not.
struct Town {
    place: Place,
    ann: Caller,
    bo: Caller,
}

impl Town {
    /// ann has written a thread; bo is here, wrote a line on the wall and a thread, answered, mentioned and wrote to ann.
    async fn new(before: impl AsyncFnOnce(&Place, &Caller, &Caller)) -> Self {
        let place = Place::new().await;
        let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
        let board = place.board("talk").await;
        let start =
            |title: &str, body: &str| StartThread { board, title: title.to_owned(), body: body.to_owned() };
        let trains = place.call(&ann, start("Trains", "Who likes trains?")).await.unwrap().thread;
        before(&place, &ann, &bo).await;
        for who in [&ann, &bo] {
            place.service.presence().enter(id(who), place.service.now());
        }
        let answer = WriteReply { thread: trains, reply_to: Some(PostNo(1)), body: "A kettle.".to_owned() };
        place.call(&bo, answer).await.unwrap();
        let mention = WriteReply { thread: trains, reply_to: None, body: "Look, @ann".to_owned() };
        place.call(&bo, mention).await.unwrap();
        place.call(&bo, start("Steam", "Another kettle.")).await.unwrap();
        place.call(&bo, WriteOnWall { text: "Good morning.".to_owned() }).await.unwrap();
        let (to, body) = (vec!["ann".to_owned()], "Psst.".to_owned());
        // A block refuses it; a mute does not say a word.
        let _ = place.call(&bo, StartConversation { to, title: String::new(), body, draft: None }).await;
        index_all(&place.service).await.unwrap();
        Self { place, ann, bo }
    }

    async fn meets(&self, way: Meets) -> bool {
        let (place, ann) = (&self.place, &self.ann);
        let told = place.call(ann, ListNotifications).await.unwrap();
        let told_of = |kind| told.rows.iter().any(|row| row.kind == kind);
        match way {
            Meets::Post => {
                let page = ListPosts { thread: ThreadId(1), from: From::No(PostNo(1)) };
                let page = place.call(ann, page).await.unwrap();
                let theirs: Vec<_> = page.posts.iter().filter(|post| post.author == "bo").collect();
                assert_eq!(theirs.len(), 2, "reading stays coherent: the posts are there, folded or not");
                theirs.iter().all(|post| !post.muted)
            }
            Meets::Reply => told_of(NotificationKind::Reply),
            Meets::Mention => told_of(NotificationKind::Mention),
            Meets::Message => {
                let unread = place.call(ann, CountMessages).await.unwrap();
                let list = place.call(ann, ListConversations).await.unwrap();
                assert_eq!(list.iter().map(|row| row.unread).sum::<i64>(), unread);
                assert_eq!(told_of(NotificationKind::Message), unread > 0);
                unread > 0
            }
            Meets::Home => {
                let home = place.call(ann, ShowHome).await.unwrap();
                let wall = home.wall.is_some_and(|line| line.author == "bo");
                let new = home.joined.iter().any(|person| person.handle == "bo");
                let threads: Vec<_> = home.others.iter().filter(|thread| thread.title == "Steam").collect();
                let named = home.others.iter().any(|thread| thread.last_author == "bo");
                assert_eq!(
                    (wall, new, named),
                    (!threads.is_empty(), !threads.is_empty(), !threads.is_empty())
                );
                wall
            }
            Meets::Search => {
                let search =
                    |text: &str| SearchPosts { text: text.to_owned(), order: Order::Newest, before: None };
                let by_name = place.call(ann, search("kettle from:bo")).await.unwrap();
                assert_eq!(by_name.hits.len(), 2, "who asks for somebody by name finds them");
                !place.call(ann, search("kettle")).await.unwrap().hits.is_empty()
            }
            Meets::Presence => {
                let listed = place.call(ann, ListMembers).await.unwrap();
                let listed = listed.iter().find(|member| member.handle == "bo").unwrap().here;
                let profile = place.call(ann, ReadProfile { member: id(&self.bo) }).await.unwrap();
                let home = place.call(ann, ShowHome).await.unwrap();
                let home = home.company.here.iter().any(|here| here.handle == "bo");
                assert_eq!((profile.here, home), (listed, listed), "all places agree");
                listed
            }
            Meets::Nothing(_) => false,
        }
    }
}

#[tokio::test]
async fn p7_every_cell_of_mute_and_block() {
    assert_eq!(TABLE.len(), 10);
    let plain = Town::new(async |_, _, _| {}).await;
    let muted = Town::new(async |place, ann, bo| {
        place.call(ann, MuteMember { member: id(bo), muted: true }).await.unwrap();
    })
    .await;
    let blocks = Town::new(async |place, ann, bo| {
        place.call(ann, BlockMember { member: id(bo), blocked: true }).await.unwrap();
    })
    .await;
    let blocked = Town::new(async |place, ann, bo| {
        place.call(bo, BlockMember { member: id(ann), blocked: true }).await.unwrap();
    })
    .await;
    for (way, who_muted, who_blocks, who_is_blocked) in TABLE {
        let built = !matches!(way, Meets::Nothing(_));
        assert_eq!(plain.meets(*way).await, built, "{way:?}, with nothing between them");
        assert_eq!(muted.meets(*way).await, *who_muted, "{way:?}, muted");
        assert_eq!(blocks.meets(*way).await, *who_blocks, "{way:?}, blocked by the one who looks");
        assert_eq!(blocked.meets(*way).await, *who_is_blocked, "{way:?}, blocked by the other one");
    }
    // Space does not lead with them either, and nothing of theirs is counted as news.
    for town in [&muted, &blocks, &blocked] {
        assert_eq!(town.place.call(&town.ann, CountNotifications).await.unwrap(), 0);
        let next = town.place.call(&town.ann, NextUnread::default()).await.unwrap();
        assert!(matches!(next, Some(NextUp::Thread(next)) if next.why == Why::InOrder), "{next:?}");
    }
    let home = muted.place.call(&muted.ann, ShowHome).await.unwrap();
    assert_eq!(home.unread_posts, 3, "R3: counts still are what the lists show");
}

/// A mute is one's own: the other one notices nothing, and all comes back with it.
#[tokio::test]
async fn p7_a_mute_goes_one_way_and_is_taken_back() {
    let town = Town::new(async |place, ann, bo| {
        place.call(ann, MuteMember { member: id(bo), muted: true }).await.unwrap();
    })
    .await;
    let (place, ann, bo) = (&town.place, &town.ann, &town.bo);
    let theirs = place.call(bo, ListBlocks).await.unwrap();
    assert!(theirs.is_empty());
    let profile = place.call(bo, ReadProfile { member: id(ann) }).await.unwrap();
    assert!(profile.here && !profile.muted && !profile.blocked, "bo sees ann as ever");
    let mine = place.call(ann, ListBlocks).await.unwrap();
    assert_eq!(mine.iter().map(|row| (row.handle.as_str(), row.muted)).collect::<Vec<_>>(), [("bo", true)]);
    place.call(ann, MuteMember { member: id(bo), muted: false }).await.unwrap();
    for way in [Meets::Post, Meets::Reply, Meets::Message, Meets::Mention, Meets::Home, Meets::Presence] {
        if way != Meets::Message {
            assert!(town.meets(way).await, "{way:?}");
        }
    }
    assert_eq!(place.call(ann, CountMessages).await.unwrap(), 1, "what was said meanwhile is there again");
    assert!(place.call(ann, MuteMember { member: id(ann), muted: true }).await.is_err());
}
