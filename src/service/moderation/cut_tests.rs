//! Taking a part out of a post, splitting and merging threads (M3): numbers stay right, old ones lead on, and what was
//! read stays read (R3).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::moderation::{Deed, NO_RULE, REDACTED, Span, Thing};
use crate::service::cases::ReportThing;
use crate::service::cases::scene::{Scene, write};
use crate::service::held::HandIn;
use crate::service::held::tests::newcomer;
use crate::service::posts::{From, ListPosts, PostHistory};
use crate::service::reading::{MarkBoardRead, MarkRead};
use crate::service::tags::{ListTags, SetTags};
use crate::service::threads::{At, Begin, OpenThread, ThreadView};
use crate::service::writing::{EditPost, StartThread, WriteReply};
use crate::service::{Caller, Error};

async fn open(scene: &Scene, who: &Caller, thread: ThreadId, at: At) -> ThreadView {
    scene.call(who, OpenThread { thread, at }).await.unwrap()
}

async fn unread(scene: &Scene, who: &Caller, thread: ThreadId) -> i64 {
    let head = open(scene, who, thread, At::End).await.head;
    head.last.0 - head.read_to.0
}

async fn read(scene: &Scene, who: &Caller, thread: ThreadId, upto: i64) {
    scene.call(who, MarkRead { thread, upto: PostNo(upto) }).await.unwrap();
}

/// Trains has six posts then: ann's first, bo's second, and four more.
async fn six(scene: &Scene) {
    for body in ["three", "four", "five", "six"] {
        write(&scene.place, &scene.bo, scene.thread, body).await;
    }
}

fn merge(thread: ThreadId, into: ThreadId) -> Moderate {
    let (thing, deed) = (Thing::Thread(thread), Deed::MergeThread(into));
    Moderate { thing, deed, rule_no: NO_RULE, reason: String::new() }
}

fn bodies(view: &ThreadView) -> Vec<(i64, &str)> {
    view.posts
        .iter()
        .filter(|post| !post.is_elsewhere())
        .map(|post| (post.no.0, post.body.as_str()))
        .collect()
}

#[tokio::test]
async fn m3_a_split_thread_keeps_its_numbers_and_old_ones_lead_on() {
    let scene = Scene::new().await;
    six(&scene).await;
    let carl = scene.place.regular("carl").await;
    read(&scene, &carl, scene.thread, 5).await;
    let new = (unread(&scene, &scene.mia, scene.thread).await, unread(&scene, &carl, scene.thread).await);
    assert_eq!(new, (6, 1));
    let four = open(&scene, &scene.mo, scene.thread, At::Post(PostNo(4))).await;
    let post = four.posts.iter().find(|post| post.no.0 == 4).unwrap().id;
    let split = SplitThread { post, title: "Boats".to_owned() };
    let ask = PreviewCut { thing: Thing::Post(post), to: CutTo::New("Boats".to_owned()) };
    let preview = scene.call(&scene.mo, ask.clone()).await.unwrap().words();
    assert!(
        preview.starts_with("From \"Trains\": 3 posts by 1 member, #4 to #6, become #1 to #3 of \"Boats\"."),
        "{preview}"
    );
    assert!(scene.call(&scene.ann, ask).await.is_err(), "for those who may do it");
    let done = scene.call(&scene.mo, split.clone()).await.unwrap();

    let view = open(&scene, &scene.ann, scene.thread, At::Post(PostNo(1))).await;
    assert_eq!(bodies(&view), [(1, "Who likes trains?"), (2, "You are all fools."), (3, "three")]);
    assert_eq!(view.head.last.0, 6, "numbers are never given twice");
    let there = open(&scene, &scene.ann, scene.thread, At::Post(PostNo(5))).await;
    assert_eq!((there.head.title.as_str(), there.begin), ("Boats", Begin::Top(PostNo(2))));
    assert_eq!(bodies(&there), [(1, "four"), (2, "five"), (3, "six")]);
    // Carl had read all that stays, and all but one of what went.
    assert_eq!(unread(&scene, &carl, scene.thread).await, 0);
    assert_eq!(unread(&scene, &carl, there.head.id).await, 1);
    assert_eq!(unread(&scene, &scene.mia, there.head.id).await, 3);
    let next = write(&scene.place, &scene.bo, scene.thread, "seven").await;
    assert_eq!(next.no.0, 7);
    assert_eq!(unread(&scene, &carl, scene.thread).await, 1);
    // What is in another thread does not go a second time from here.
    let again = scene.call(&scene.mo, merge(scene.thread, there.head.id)).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let ask = |from, into| PreviewCut { thing: Thing::Thread(from), to: CutTo::EndOf(into) };
    let refused = scene.call(&scene.mo, ask(scene.thread, there.head.id)).await.unwrap_err().to_string();
    assert!(refused.contains("merge that other thread into this one"), "{refused}");
    // What the refusal says can be done, can be done.
    let preview = scene.call(&scene.mo, ask(there.head.id, scene.thread)).await.unwrap().words();
    assert!(preview.contains("#1 to #3, become #8 to #10 of \"Trains\", which is hidden"), "{preview}");
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    let view = open(&scene, &scene.ann, scene.thread, At::Post(PostNo(1))).await;
    assert_eq!(view.posts.iter().map(|post| post.no.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
    // What was written meanwhile has its number, and the next one follows.
    assert_eq!((view.head.last.0, unread(&scene, &carl, scene.thread).await), (7, 2));
    assert_eq!(write(&scene.place, &scene.bo, scene.thread, "eight").await.no.0, 8);
}

/// A new thread that has a life of its own is not undone away, and the moderator is told why.
#[tokio::test]
async fn m3_a_split_stands_once_something_has_become_of_the_new_thread() {
    for what in ["nothing", "moved", "locked", "held", "reported", "tag"] {
        let scene = Scene::new().await;
        six(&scene).await;
        scene.call(&scene.ann, SetTags { thread: scene.thread, tags: "silly".to_owned() }).await.unwrap();
        let newcomer = newcomer(&scene.place, &scene.mo, "dan").await;
        let split = SplitThread { post: scene.post, title: "Fools".to_owned() };
        let done = scene.call(&scene.mo, split).await.unwrap();
        let there = open(&scene, &scene.ann, scene.thread, At::Post(PostNo(2))).await.head.id;
        let on_it = |deed| Moderate { thing: Thing::Thread(there), ..scene.moderate(deed) };
        match what {
            "moved" => drop(scene.call(&scene.mo, on_it(Deed::MoveThread(scene.attic))).await.unwrap()),
            "locked" => drop(scene.call(&scene.mo, on_it(Deed::LockThread)).await.unwrap()),
            "held" => {
                let text = WriteReply { thread: there, reply_to: None, body: "Hello.".to_owned() };
                scene.call(&newcomer, HandIn { text, keep_draft: false }).await.map(drop).unwrap();
            }
            "reported" => {
                let report = ReportThing { thing: Thing::Thread(there), ..scene.report_it() };
                scene.call(&scene.ann, report).await.map(drop).unwrap();
            }
            "tag" => {
                let tag = scene.call(&scene.ann, ListTags).await.unwrap()[0].id;
                let take = Moderate { thing: Thing::Tag(tag), ..scene.moderate(Deed::RemoveTag) };
                scene.call(&scene.mo, take).await.map(drop).unwrap();
            }
            _ => {}
        }
        let undone = scene.call(&scene.mo, UndoAct { act: done.act }).await;
        if matches!(what, "nothing" | "tag") {
            undone.unwrap();
            let view = open(&scene, &scene.ann, scene.thread, At::Post(PostNo(1))).await;
            assert_eq!(bodies(&view).len(), 6, "{what}");
        } else {
            let refused = undone.unwrap_err().to_string();
            assert!(refused.contains("It has changed since"), "{what}: {refused}");
        }
    }
}

/// R3: what was read while posts were elsewhere stays read when they are put back, and what comes then is all that is new.
#[tokio::test]
async fn r3_an_undone_cut_leaves_read_what_was_read_since() {
    for (marks_board, splits) in [(true, false), (false, false), (true, true), (false, true)] {
        let scene = Scene::new().await;
        six(&scene).await;
        let start = StartThread { board: scene.talk, title: "Boats".to_owned(), body: "Boats!".to_owned() };
        let boats = scene.call(&scene.ann, start).await.unwrap().thread;
        let upto = write(&scene.place, &scene.bo, boats, "Many boats.").await.post;
        let carl = scene.place.regular("carl").await;
        read(&scene, &carl, scene.thread, 2).await;
        let done = if splits {
            let four = open(&scene, &scene.mo, scene.thread, At::Post(PostNo(4))).await;
            let post = four.posts.iter().find(|post| post.no.0 == 4).unwrap().id;
            scene.call(&scene.mo, SplitThread { post, title: "Ships".to_owned() }).await.unwrap()
        } else {
            scene.call(&scene.mo, merge(boats, scene.thread)).await.unwrap()
        };
        if marks_board {
            scene.call(&carl, MarkBoardRead { board: scene.talk, upto }).await.unwrap();
        } else {
            let there = if splits {
                open(&scene, &carl, scene.thread, At::Post(PostNo(4))).await.head.id
            } else {
                scene.thread
            };
            read(&scene, &carl, scene.thread, 6).await;
            read(&scene, &carl, there, 8).await;
        }
        scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
        let both = async || [unread(&scene, &carl, scene.thread).await, unread(&scene, &carl, boats).await];
        let boats_read = marks_board || !splits;
        assert_eq!(both().await, [0, if boats_read { 0 } else { 2 }], "{marks_board} {splits}");
        write(&scene.place, &scene.bo, scene.thread, "new").await;
        write(&scene.place, &scene.bo, boats, "new").await;
        assert_eq!(both().await, [1, if boats_read { 1 } else { 3 }], "{marks_board} {splits}");
    }
}

/// What is left of a merged thread, and the places that are left of posts, are not shown again without what was there.
#[tokio::test]
async fn m3_what_is_elsewhere_is_not_brought_back_empty() {
    let scene = Scene::new().await;
    let start = StartThread { board: scene.talk, title: "Boats".to_owned(), body: "Boats!".to_owned() };
    let boats = scene.call(&scene.ann, start).await.unwrap().thread;
    let on_boats = |deed| Moderate { thing: Thing::Thread(boats), ..scene.moderate(deed) };
    let removed = scene.call(&scene.mo, on_boats(Deed::RemoveThread)).await.unwrap();
    scene.call(&scene.mo, on_boats(Deed::RestoreThread)).await.unwrap();
    scene.call(&scene.mo, merge(boats, scene.thread)).await.unwrap();
    let refused = scene.call(&scene.mo, on_boats(Deed::RestoreThread)).await.unwrap_err();
    assert!(refused.to_string().contains("part of \"Trains\" now"), "{refused}");
    let file = scene.call(&scene.mo, LookAtThing { thing: Thing::Thread(boats) }).await.unwrap();
    assert!(file.deeds.iter().all(|possible| possible.deed != Deed::RestoreThread), "{:?}", file.deeds);
    scene.call(&scene.mo, UndoAct { act: removed.act }).await.unwrap_err();

    let split = SplitThread { post: scene.post, title: "Fools".to_owned() };
    scene.call(&scene.mo, split).await.unwrap();
    let view = open(&scene, &scene.mo, scene.thread, At::Post(PostNo(1))).await;
    let place = view.posts.iter().find(|post| post.is_elsewhere()).unwrap().id;
    let restore = Moderate { thing: Thing::Post(place), ..scene.moderate(Deed::RestorePost) };
    let refused = scene.call(&scene.mo, restore).await.unwrap_err();
    assert!(refused.to_string().contains("part of \"Fools\" now"), "{refused}");
}

#[tokio::test]
async fn m3_an_undo_of_a_split_never_loses_what_was_written_since() {
    let scene = Scene::new().await;
    six(&scene).await;
    let split = SplitThread { post: scene.post, title: "Fools".to_owned() };
    let done = scene.call(&scene.mo, split).await.unwrap();
    let there = open(&scene, &scene.ann, scene.thread, At::Post(PostNo(2))).await.head.id;
    write(&scene.place, &scene.bo, there, "more").await;
    assert!(matches!(scene.call(&scene.mo, UndoAct { act: done.act }).await, Err(Error::Conflict(_))));
    // Merging it back is the way then.
    scene.call(&scene.mo, merge(there, scene.thread)).await.unwrap();
    let view = open(&scene, &scene.ann, scene.thread, At::Post(PostNo(1))).await;
    assert_eq!((view.head.last.0, bodies(&view).last().copied()), (12, Some((12, "more"))));
    // Both its first number and the one in between lead to the post.
    for (thread, no) in [(scene.thread, 2), (there, 1)] {
        let led = open(&scene, &scene.ann, thread, At::Post(PostNo(no))).await;
        assert_eq!((led.head.id, led.begin), (scene.thread, Begin::Top(PostNo(7))));
    }
}

#[tokio::test]
async fn m3_a_merged_thread_leads_on_and_nothing_unread_becomes_read() {
    let scene = Scene::new().await;
    let start = StartThread { board: scene.talk, title: "Boats".to_owned(), body: "Boats!".to_owned() };
    let boats = scene.call(&scene.ann, start).await.unwrap().thread;
    let carl = scene.place.regular("carl").await;
    write(&scene.place, &scene.bo, scene.thread, "three").await;
    read(&scene, &carl, boats, 1).await;
    read(&scene, &scene.mia, scene.thread, 3).await;
    scene.call(&scene.mo, merge(boats, scene.thread)).await.unwrap();
    let led = open(&scene, &scene.ann, boats, At::FirstUnread).await;
    assert_eq!(led.head.id, scene.thread);
    let led = open(&scene, &scene.ann, boats, At::Post(PostNo(1))).await;
    assert_eq!(led.begin, Begin::Top(PostNo(4)));
    let gone = scene.call(&scene.ann, ListPosts { thread: boats, from: From::No(PostNo(1)) }).await;
    assert!(matches!(&gone, Err(Error::Conflict(words)) if words.contains(".4")), "{gone:?}");
    assert_eq!(unread(&scene, &carl, scene.thread).await, 4, "he has read none of what it is now part of");
    assert_eq!(unread(&scene, &scene.mia, scene.thread).await, 1);
}

#[tokio::test]
async fn m3_what_is_taken_out_is_gone_for_readers_and_kept_for_the_undo() {
    let scene = Scene::new().await;
    let no = PostNo(2);
    scene.place.clock.advance(16 * 60);
    let edit = |body: &str| EditPost { thread: scene.thread, no, body: body.to_owned() };
    scene.call(&scene.bo, edit("Fools live at 5 Elm Road.\nYes.")).await.unwrap();
    scene.place.clock.advance(60);
    let redact = scene.moderate(Deed::RedactPost(Span { from: 0, to: 25 }));
    scene.call(&scene.mo, redact.clone()).await.unwrap();
    let view = open(&scene, &scene.ann, scene.thread, At::Post(no)).await;
    let body = &view.posts.iter().find(|post| post.no == no).unwrap().body;
    assert_eq!(*body, format!("{REDACTED}\nYes."));
    let history = scene.call(&scene.ann, PostHistory { thread: scene.thread, no }).await.unwrap();
    assert!(!format!("{history:?}").contains("fools"), "{history:?}");
    // Beyond the ten minutes the inverse is an act of its own.
    scene.place.clock.advance(60 * 60);
    scene.call(&scene.mo, scene.moderate(Deed::UnredactPost)).await.unwrap();
    let view = open(&scene, &scene.ann, scene.thread, At::Post(no)).await;
    assert!(view.posts.iter().any(|post| post.body.contains("Elm Road")));
    // Once its author has written it anew there is nothing to put back into.
    scene.call(&scene.mo, redact).await.unwrap();
    scene.call(&scene.bo, edit("Sorry.")).await.unwrap();
    let back = scene.call(&scene.mo, scene.moderate(Deed::UnredactPost)).await;
    assert!(matches!(back, Err(Error::Conflict(_))), "{back:?}");
    let whole = scene.call(&scene.mo, scene.moderate(Deed::RedactPost(Span { from: 0, to: 6 }))).await;
    assert!(matches!(whole, Err(Error::Conflict(_))), "{whole:?}");
}

/// A part stays out of the history until that very part is put back, whatever else is taken out and put back.
#[tokio::test]
async fn m3_the_history_hides_every_part_that_is_out() {
    let scene = Scene::new().await;
    let no = PostNo(2);
    let edit = |body: &str| EditPost { thread: scene.thread, no, body: body.to_owned() };
    let redact = |from, to| scene.moderate(Deed::RedactPost(Span { from, to }));
    let old = async || {
        let history = scene.call(&scene.ann, PostHistory { thread: scene.thread, no }).await.unwrap();
        let words = format!("{history:?}");
        ["fools", "Elm Road", "Oak Lane"].map(|part| words.contains(part))
    };
    let later = || scene.place.clock.advance(60 * 60);
    later();
    for body in ["Elm Road 5!\nOr Oak Lane 7?\nYes.", "Elm Road 5.\nOak Lane 7.\nYes."] {
        scene.call(&scene.bo, edit(body)).await.unwrap();
        later();
    }
    assert_eq!(old().await, [true, true, true]);
    scene.call(&scene.mo, redact(0, 11)).await.unwrap();
    later();
    let second = REDACTED.len() + 1;
    scene.call(&scene.mo, redact(second, second + 11)).await.unwrap();
    later();
    scene.call(&scene.mo, scene.moderate(Deed::UnredactPost)).await.unwrap();
    assert_eq!(old().await, [false; 3], "the first part is still out");
    // Written anew, what it said without the part may be read; what it said before may not.
    later();
    scene.call(&scene.bo, edit("We have moved to Oak Lane 9.\nYes.")).await.unwrap();
    later();
    scene.call(&scene.bo, edit("We have moved again.\nYes.")).await.unwrap();
    assert_eq!(old().await, [false, false, true]);
    later();
    let again = scene.call(&scene.mo, redact(0, 20)).await.unwrap();
    assert_eq!(old().await, [false; 3]);
    scene.call(&scene.mo, UndoAct { act: again.act }).await.unwrap();
    assert_eq!(old().await, [false, false, true], "undone as if it had never been");
    scene.call(&scene.mo, redact(0, 20)).await.unwrap();
    later();
    let back = scene.call(&scene.mo, scene.moderate(Deed::UnredactPost)).await.unwrap();
    assert_eq!(old().await, [false, false, true]);
    scene.call(&scene.mo, UndoAct { act: back.act }).await.unwrap();
    assert_eq!(old().await, [false; 3], "it is out again");
}
