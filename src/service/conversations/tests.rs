//! Conversations through the door (L3): who may open them, who sees what, what counts as unread.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::conversation::{MessageKind, PEOPLE_MAX};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::MessageNo;
use crate::domain::member::{Level, Role};
use crate::service::blocks::BlockMember;
use crate::service::cases::scene::id;
use crate::service::drafts::{ListDrafts, LoadDraft, SaveDraft};
use crate::service::members::SetChoice;
use crate::service::notifications::CountNotifications;
use crate::service::testing::Place;
use crate::service::writing::{PrepareWriting, StartThread, WriteReply};
use crate::service::{Caller, Result, Who};

/// Opens a conversation.
pub(crate) async fn start(place: &Place, by: &Caller, to: &[&str], body: &str) -> Result<Sent> {
    let to = to.iter().map(|handle| (*handle).to_owned()).collect();
    let request = StartConversation { to, title: String::new(), body: body.to_owned(), draft: None };
    place.call(by, request).await
}

/// Says something.
pub(crate) async fn say(
    place: &Place,
    by: &Caller,
    conversation: ConversationId,
    body: &str,
) -> Result<Sent> {
    place.call(by, WriteMessage { conversation, body: body.to_owned() }).await
}

async fn read(place: &Place, by: &Caller, conversation: ConversationId) -> Result<ConversationView> {
    place.call(by, ReadConversation { conversation }).await
}

async fn unread(place: &Place, by: &Caller) -> i64 {
    let list = place.call(by, ListConversations).await.unwrap();
    let listed: i64 = list.iter().filter(|row| !row.muted).map(|row| row.unread).sum();
    assert_eq!(place.call(by, CountMessages).await.unwrap(), listed, "the count is what the list adds up to");
    listed
}

fn bodies(view: &ConversationView) -> Vec<String> {
    let words = |message: &MessageView| match (&message.body, message.kind) {
        (None, _) => "(deleted)".to_owned(),
        (Some(body), MessageKind::Message | MessageKind::Nudge) => body.clone(),
        (Some(body), kind) => format!("{kind} {body}"),
    };
    view.messages.iter().map(words).collect()
}

async fn choose(place: &Place, by: &Caller, name: &str, value: &str) {
    place.call(by, SetChoice { name: name.to_owned(), value: value.to_owned() }).await.unwrap();
}

async fn block(place: &Place, by: &Caller, whom: &Caller, blocked: bool) {
    place.call(by, BlockMember { member: id(whom), blocked }).await.unwrap();
}

#[tokio::test]
async fn two_talk_and_unread_is_what_was_not_shown() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let sent = start(&place, &ann, &["@Bo"], "Tea?").await.unwrap();
    assert_eq!((unread(&place, &ann).await, unread(&place, &bo).await), (0, 1));
    let again = start(&place, &bo, &["ann"], "With milk.").await.unwrap();
    assert_eq!(again.conversation, sent.conversation, "two people have one conversation");
    let view = read(&place, &ann, sent.conversation).await.unwrap();
    assert_eq!((view.first_unread, view.head.name.as_str()), (Some(MessageNo(2)), "bo"));
    assert_eq!(bodies(&view), ["Tea?", "With milk."]);
    let mark = MarkMessagesRead { conversation: sent.conversation, upto: MessageNo(99) };
    assert_eq!(
        place.call(&ann, CountNotifications).await.unwrap(),
        1,
        "L4: it is in the list of what is for one"
    );
    place.call(&ann, mark).await.unwrap();
    assert_eq!(place.call(&ann, CountNotifications).await.unwrap(), 0, "and reading it clears that");
    assert_eq!((unread(&place, &ann).await, unread(&place, &bo).await), (0, 1), "a mark is one's own");
    say(&place, &bo, sent.conversation, "Hot?").await.unwrap();
    assert_eq!(unread(&place, &ann).await, 1, "a mark beyond the end reads nothing that is yet to come");
    assert_eq!(
        place.call(&ann, FindConversation { with: id(&bo) }).await.unwrap().conversation,
        Some(sent.conversation)
    );
}

#[tokio::test]
async fn a_conversation_has_two_to_eight_people() {
    let place = Place::new().await;
    let ann = place.regular("ann").await;
    let handles: Vec<String> = (0..PEOPLE_MAX).map(|n| format!("friend{n}")).collect();
    for handle in &handles {
        place.regular(handle).await;
    }
    let names: Vec<&str> = handles.iter().map(String::as_str).collect();
    assert!(start(&place, &ann, &[], "hello").await.is_err());
    assert!(start(&place, &ann, &["ann"], "hello").await.is_err(), "with oneself alone");
    assert!(start(&place, &ann, &["nobody"], "hello").await.is_err());
    assert!(start(&place, &ann, &names, "hello").await.is_err(), "nine are a board");
    let sent = start(&place, &ann, &names[..7], "hello").await.unwrap();
    assert_eq!(read(&place, &ann, sent.conversation).await.unwrap().head.people.len(), PEOPLE_MAX);
    let add = AddPerson { conversation: sent.conversation, handle: names[7].to_owned() };
    assert!(place.call(&ann, add).await.is_err());
}

#[tokio::test]
async fn section_5_newcomers_answer_but_do_not_open_and_the_suspended_say_nothing() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let nell = place.member("nell", Level::Newcomer, Role::Member).await;
    let why = start(&place, &nell, &["ann"], "hello").await.unwrap_err();
    assert!(why.to_string().contains("Newcomers answer"), "{why}");
    let opens = PrepareWriting { target: DraftTarget::NewConversation, answers: None };
    let told = place.call(&nell, opens.clone()).await.unwrap().refusal;
    assert_eq!(told, Some(why.to_string()), "L3: said before anything is written");
    assert_eq!(place.call(&ann, opens).await.unwrap().refusal, None);
    let sent = start(&place, &ann, &["nell"], "Welcome!").await.unwrap();
    say(&place, &nell, sent.conversation, "Thank you.").await.unwrap();
    let add = AddPerson { conversation: sent.conversation, handle: "bo".to_owned() };
    assert!(place.call(&nell, add).await.is_err(), "adding is opening");
    place.suspend(&nell).await;
    for refused in
        [say(&place, &nell, sent.conversation, "x").await, start(&place, &nell, &["bo"], "x").await]
    {
        assert!(refused.unwrap_err().to_string().contains("suspended"));
    }
    assert!(read(&place, &nell, sent.conversation).await.is_err());
    assert_eq!(unread(&place, &bo).await, 0);
}

#[tokio::test]
async fn a_choice_says_who_may_begin_and_a_block_says_the_same_words() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    choose(&place, &bo, "messages", "nobody").await;
    let nobody = start(&place, &ann, &["bo"], "hi").await.unwrap_err().to_string();
    choose(&place, &bo, "messages", "").await;
    block(&place, &bo, &ann, true).await;
    let blocked = start(&place, &ann, &["bo"], "hi").await.unwrap_err().to_string();
    assert_eq!(blocked, nobody, "a block is not announced");
    let both_ways = start(&place, &bo, &["ann"], "hi").await.unwrap_err().to_string();
    assert_eq!(both_ways, nobody);
    let to = DraftTarget::MessageTo(id(&bo));
    let prepared = place.call(&ann, PrepareWriting { target: to, answers: None }).await.unwrap();
    assert_eq!(prepared.refusal, Some(nobody), "the composer says it before one has written");
    block(&place, &bo, &ann, false).await;
    let sent = start(&place, &ann, &["bo"], "hi").await.unwrap();
    choose(&place, &bo, "messages", "nobody").await;
    assert!(say(&place, &ann, sent.conversation, "?").await.is_err(), "unanswered, the choice still counts");
    say(&place, &bo, sent.conversation, "yes?").await.unwrap();
    say(&place, &ann, sent.conversation, "hello").await.unwrap();
    block(&place, &bo, &ann, true).await;
    assert!(say(&place, &ann, sent.conversation, "more").await.is_err());
    assert_eq!(bodies(&read(&place, &ann, sent.conversation).await.unwrap()).len(), 3, "what was said stays");
}

#[tokio::test]
async fn people_i_know_have_exchanged_replies_or_talked() {
    let place = Place::new().await;
    let (ann, bo, cy) = (place.regular("ann").await, place.regular("bo").await, place.regular("cy").await);
    choose(&place, &bo, "messages", "known").await;
    assert!(start(&place, &ann, &["bo"], "hi").await.is_err());
    let board = place.board("talk").await;
    let begin = StartThread { board, title: "Tea".to_owned(), body: "Who?".to_owned() };
    let thread = place.call(&ann, begin).await.unwrap().thread;
    let reply = |to: i64| WriteReply {
        thread,
        reply_to: Some(crate::domain::ids::PostNo(to)),
        body: "me".to_owned(),
    };
    place.call(&bo, reply(1)).await.unwrap();
    assert!(start(&place, &ann, &["bo"], "hi").await.is_err(), "one way is no exchange");
    place.call(&ann, reply(2)).await.unwrap();
    start(&place, &ann, &["bo"], "hi").await.unwrap();
    assert!(start(&place, &cy, &["bo"], "hi").await.is_err());
    let sent = start(&place, &bo, &["cy", "ann"], "all").await.unwrap();
    say(&place, &cy, sent.conversation, "yes").await.unwrap();
    choose(&place, &cy, "messages", "known").await;
    start(&place, &bo, &["cy"], "alone").await.unwrap();
}

/// A stranger, a moderator and a sysop get nothing of somebody else's conversation by any request, and cannot tell
/// it from one that is not there (M7).
#[tokio::test]
async fn nobody_outside_a_conversation_gets_anything_of_it() {
    let mut place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let sent = start(&place, &ann, &["bo"], "our secret").await.unwrap();
    let left = place.regular("lee").await;
    let group = start(&place, &ann, &["bo", "lee"], "our secret").await.unwrap();
    place.call(&left, LeaveConversation { conversation: group.conversation }).await.unwrap();
    let host = Caller::host();
    let guest = Caller::GUEST;
    let others = [
        place.regular("eve").await,
        place.moderator("mo").await,
        place.member("sue", Level::Regular, Role::Sysop).await,
        left,
        guest,
        host,
    ];
    place.published();
    for other in &others {
        for (there, missing) in [(sent, 777), (group, 778)] {
            for conversation in [there.conversation, ConversationId(missing)] {
                let mut words = Vec::new();
                macro_rules! refused {
                    ($request:expr) => {
                        words.push(place.call(other, $request).await.map(|_| ()).unwrap_err().to_string())
                    };
                }
                let no = there.no;
                let body = "x".to_owned();
                refused!(ReadConversation { conversation });
                refused!(ReadPage { conversation, page: ConversationPage::From(no) });
                refused!(WriteMessage { conversation, body: body.clone() });
                refused!(EditMessage { conversation, no, body: body.clone() });
                refused!(DeleteMessage { conversation, no });
                refused!(RenameConversation { conversation, title: body.clone() });
                refused!(MuteConversation { conversation, muted: true });
                refused!(LeaveConversation { conversation });
                refused!(AddPerson { conversation, handle: "eve".to_owned() });
                refused!(MarkMessagesRead { conversation, upto: no });
                words.dedup();
                assert_eq!(words.len(), 1, "the same words for all: {words:?}");
                assert!(!words[0].contains("secret") && !words[0].contains("bo"), "{}", words[0]);
            }
        }
        if matches!(other.who, Who::Member(_)) {
            let list = place.call(other, ListConversations).await.unwrap();
            assert!(list.is_empty(), "{list:?}");
            assert_eq!(place.call(other, CountMessages).await.unwrap(), 0);
            let target = DraftTarget::Message(sent.conversation);
            let prepared = place.call(other, PrepareWriting { target, answers: None }).await.unwrap();
            assert!(prepared.thread.is_empty() && prepared.text.is_empty(), "{prepared:?}");
            let nudge = place.call(other, crate::service::nudges::ReadNudge { message: sent.message }).await;
            assert_eq!(nudge.unwrap(), None);
        }
    }
    assert_eq!(place.published(), [], "nothing that was refused is heard of");
    say(&place, &ann, sent.conversation, "more").await.unwrap();
    for event in place.published() {
        let member = match event {
            DomainEvent::MessageAdded { member, .. } | DomainEvent::Notified { member } => member,
            other => panic!("{other:?}"),
        };
        assert!([id(&ann), id(&bo)].contains(&member), "events name only those who take part");
    }
}

#[tokio::test]
async fn whoever_is_added_sees_from_then_on_and_all_are_told() {
    let place = Place::new().await;
    let (ann, bo, cy) = (place.regular("ann").await, place.regular("bo").await, place.regular("cy").await);
    let sent = start(&place, &ann, &["bo"], "before").await.unwrap();
    let add = AddPerson { conversation: sent.conversation, handle: "cy".to_owned() };
    assert_eq!(place.call(&bo, add.clone()).await.unwrap(), "cy");
    assert!(place.call(&bo, add).await.is_err(), "twice");
    assert_eq!(unread(&place, &cy).await, 0, "hob's own lines are never unread");
    say(&place, &ann, sent.conversation, "after").await.unwrap();
    assert_eq!(bodies(&read(&place, &cy, sent.conversation).await.unwrap()), ["added cy", "after"]);
    assert_eq!(
        bodies(&read(&place, &ann, sent.conversation).await.unwrap()),
        ["before", "added cy", "after"]
    );
    let page = ReadPage { conversation: sent.conversation, page: ConversationPage::From(MessageNo(1)) };
    assert_eq!(bodies(&place.call(&cy, page).await.unwrap()), ["added cy", "after"]);
    let before = ReadPage { conversation: sent.conversation, page: ConversationPage::Before(MessageNo(2)) };
    assert!(place.call(&cy, before).await.unwrap().messages.is_empty());
    let own = start(&place, &ann, &["bo"], "between us").await.unwrap();
    assert_ne!(own.conversation, sent.conversation, "three were in that one");
}

#[tokio::test]
async fn in_a_group_two_who_blocked_each_other_do_not_hear_each_other() {
    let place = Place::new().await;
    let (ann, bo, cy) = (place.regular("ann").await, place.regular("bo").await, place.regular("cy").await);
    let sent = start(&place, &ann, &["bo", "cy"], "all three").await.unwrap();
    say(&place, &bo, sent.conversation, "before").await.unwrap();
    place.clock.advance(60);
    block(&place, &cy, &bo, true).await;
    place.clock.advance(60);
    say(&place, &bo, sent.conversation, "from bo").await.unwrap();
    say(&place, &cy, sent.conversation, "from cy").await.unwrap();
    let of = async |who: &Caller| bodies(&read(&place, who, sent.conversation).await.unwrap());
    assert_eq!(of(&ann).await, ["all three", "before", "from bo", "from cy"]);
    assert_eq!(of(&bo).await, ["all three", "before", "from bo"]);
    assert_eq!(of(&cy).await, ["all three", "before", "from cy"]);
    assert_eq!(unread(&place, &cy).await, 2, "the opening and what came before the block");
    assert_eq!(unread(&place, &bo).await, 1);
    let dee = place.regular("dee").await;
    block(&place, &dee, &cy, true).await;
    let add = AddPerson { conversation: sent.conversation, handle: "dee".to_owned() };
    let why = place.call(&ann, add).await.unwrap_err().to_string();
    assert_eq!(why, crate::domain::policy::Denied::NotReachable.to_string());
    assert!(start(&place, &ann, &["cy", "dee"], "both").await.is_err());
}

#[tokio::test]
async fn one_changes_ones_words_in_the_silent_minutes_and_deletes_them_at_any_time() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let sent = start(&place, &ann, &["bo"], "teh").await.unwrap();
    let edit =
        |body: &str| EditMessage { conversation: sent.conversation, no: sent.no, body: body.to_owned() };
    assert!(place.call(&bo, edit("mine")).await.is_err());
    place.call(&ann, edit("the")).await.unwrap();
    place.clock.advance(place.service.settings().silent_edit_s + 1);
    assert!(place.call(&ann, edit("late")).await.is_err());
    assert_eq!(bodies(&read(&place, &bo, sent.conversation).await.unwrap()), ["the"]);
    let delete = DeleteMessage { conversation: sent.conversation, no: sent.no };
    assert!(place.call(&bo, delete).await.is_err());
    place.call(&ann, delete).await.unwrap();
    assert!(place.call(&ann, delete).await.is_err(), "twice");
    assert_eq!(bodies(&read(&place, &bo, sent.conversation).await.unwrap()), ["(deleted)"]);
    assert_eq!(unread(&place, &bo).await, 0, "nothing is left to be read");
}

#[tokio::test]
async fn a_muted_conversation_is_listed_and_not_counted_and_a_left_one_is_over() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let conversation = start(&place, &ann, &["bo"], "one").await.unwrap().conversation;
    place.call(&bo, MuteConversation { conversation, muted: true }).await.unwrap();
    assert_eq!(unread(&place, &bo).await, 0);
    assert_eq!(place.call(&bo, ListConversations).await.unwrap()[0].unread, 1);
    place.call(&bo, MuteConversation { conversation, muted: false }).await.unwrap();
    assert_eq!(unread(&place, &bo).await, 1);
    place.call(&ann, RenameConversation { conversation, title: "Tea".to_owned() }).await.unwrap();
    assert_eq!(place.call(&bo, ListConversations).await.unwrap()[0].name(), "Tea");
    place.call(&bo, LeaveConversation { conversation }).await.unwrap();
    assert!(place.call(&bo, ListConversations).await.unwrap().is_empty());
    let why = say(&place, &ann, conversation, "hello?").await.unwrap_err();
    assert!(why.to_string().contains("Nobody else"), "{why}");
    assert_eq!(bodies(&read(&place, &ann, conversation).await.unwrap()), ["one", "renamed Tea", "left "]);
    let again = start(&place, &ann, &["bo"], "anew").await.unwrap();
    assert_ne!(again.conversation, conversation);
}

#[tokio::test]
async fn w2_each_conversation_has_its_draft_and_sending_drops_that_one_alone() {
    let place = Place::new().await;
    let (ann, _bo, _cy) = (place.regular("ann").await, place.regular("bo").await, place.regular("cy").await);
    let with_bo = start(&place, &ann, &["bo"], "hi").await.unwrap().conversation;
    let with_cy = start(&place, &ann, &["cy"], "hi").await.unwrap().conversation;
    for (conversation, body) in [(with_bo, "for bo"), (with_cy, "for cy")] {
        let target = DraftTarget::Message(conversation);
        let save = SaveDraft { target, title: String::new(), body: body.to_owned(), reply_to: None };
        place.call(&ann, save).await.unwrap();
    }
    let list = place.call(&ann, ListDrafts).await.unwrap();
    let names: Vec<Option<&str>> = list.iter().map(|draft| draft.thread.as_deref()).collect();
    assert!(names.contains(&Some("bo")) && names.contains(&Some("cy")), "{names:?}");
    assert!(say(&place, &ann, with_bo, &"x".repeat(70_000)).await.is_err());
    let bo_draft = LoadDraft { target: DraftTarget::Message(with_bo) };
    assert!(place.call(&ann, bo_draft.clone()).await.unwrap().is_some(), "a refusal keeps it");
    say(&place, &ann, with_bo, "for bo").await.unwrap();
    assert_eq!(place.call(&ann, bo_draft).await.unwrap(), None);
    let cy_draft = place.call(&ann, LoadDraft { target: DraftTarget::Message(with_cy) }).await.unwrap();
    assert_eq!(cy_draft.unwrap().body, "for cy");
}

#[tokio::test]
async fn a_long_conversation_comes_in_pages_without_a_gap() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let conversation = start(&place, &ann, &["bo"], "1").await.unwrap().conversation;
    for n in 2..=150 {
        place.clock.advance(30);
        say(&place, &ann, conversation, &n.to_string()).await.unwrap();
    }
    let end = read(&place, &ann, conversation).await.unwrap();
    assert!(end.more_before && !end.more_after);
    assert_eq!(bodies(&end).last().map(String::as_str), Some("150"));
    let mut all = bodies(&end);
    let mut first = end.messages[0].no;
    loop {
        let page = ReadPage { conversation, page: ConversationPage::Before(first) };
        let view = place.call(&ann, page).await.unwrap();
        all.splice(0..0, bodies(&view));
        if !view.more_before {
            break;
        }
        first = view.messages[0].no;
    }
    let expected: Vec<String> = (1..=150).map(|n| n.to_string()).collect();
    assert_eq!(all, expected);
    let unread = read(&place, &bo, conversation).await.unwrap();
    assert_eq!((unread.first_unread, unread.more_after), (Some(MessageNo(1)), true));
}

#[tokio::test]
async fn nobody_floods_and_nobody_opens_without_end() {
    let place = Place::new().await;
    let (ann, _bo) = (place.regular("ann").await, place.regular("bo").await);
    let conversation = start(&place, &ann, &["bo"], "1").await.unwrap().conversation;
    let mut sent = 1;
    let why = loop {
        match say(&place, &ann, conversation, "again").await {
            Ok(_) => sent += 1,
            Err(why) => break why,
        }
    };
    assert_eq!(sent, 60);
    assert!(matches!(why, crate::service::Error::TooSoon { .. }), "{why}");
    place.clock.advance(601);
    say(&place, &ann, conversation, "later").await.unwrap();
}
