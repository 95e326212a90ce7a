//! The index follows what is done to posts and threads: it holds what is shown, and nothing of what is not. Each case goes
//! through the acts themselves, and is compared with an index that is made anew.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::leaving::LeavingWay;
use crate::domain::moderation::{Deed, NO_RULE, Thing};
use crate::service::cases::scene::{Scene, write};
use crate::service::mine::AskToLeave;
use crate::service::moderation::{Moderate, Moderated, SplitThread, UndoAct};
use crate::service::settings::DAY_S;
use crate::service::tags::SetTags;
use crate::service::upkeep::{index_all, nightly};
use crate::service::writing::{DeletePost, EditPost, StartThread};
use crate::store::testing::index_faults;

const FOOLS: &str = "fools";

/// Brings everything into the index and looks whether it is right.
async fn settle(scene: &Scene, when: &str) {
    index_all(&scene.place.service).await.unwrap();
    assert_eq!(index_faults(scene.place.service.store()).await, [] as [&str; 0], "{when}");
}

/// How many posts a search finds.
async fn found(scene: &Scene, words: &str) -> usize {
    let request = SearchPosts { text: words.to_owned(), order: Order::Newest, before: None };
    scene.call(&scene.ann, request).await.unwrap().hits.len()
}

async fn act(scene: &Scene, deed: Deed) -> Moderated {
    scene.call(&scene.mo, scene.moderate(deed)).await.unwrap()
}

/// Acts on a thread.
async fn tidy(scene: &Scene, thread: ThreadId, deed: Deed) -> Moderated {
    let request = Moderate { thing: Thing::Thread(thread), deed, rule_no: NO_RULE, reason: String::new() };
    scene.call(&scene.mo, request).await.unwrap()
}

/// bo writes the post that is acted on anew.
async fn edit(scene: &Scene, body: &str) {
    let request = EditPost { thread: scene.thread, no: PostNo(2), body: body.to_owned() };
    scene.call(&scene.bo, request).await.unwrap();
}

#[tokio::test]
async fn r7_what_staff_take_down_leaves_the_index_and_comes_back_with_it() {
    let scene = Scene::new().await;
    settle(&scene, "at first").await;
    assert_eq!(found(&scene, FOOLS).await, 1);
    let done = act(&scene, Deed::RemovePost).await;
    settle(&scene, "taken down").await;
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    settle(&scene, "undone").await;
    assert_eq!(found(&scene, FOOLS).await, 1);
    for deed in [Deed::CollapsePost, Deed::RemovePost, Deed::RestorePost] {
        act(&scene, deed).await;
        settle(&scene, deed.kind().as_str()).await;
    }
    assert_eq!(found(&scene, FOOLS).await, 1);
    // Moved while it is not shown, in a row or one by one.
    for at_once in [true, false] {
        for (deed, to) in [(Deed::RemovePost, scene.attic), (Deed::RestorePost, scene.talk)] {
            act(&scene, deed).await;
            if !at_once {
                settle(&scene, "before it is moved").await;
            }
            tidy(&scene, scene.thread, Deed::MoveThread(to)).await;
            settle(&scene, "moved").await;
        }
        assert_eq!(found(&scene, "fools board:talk").await, 1);
    }
}

#[tokio::test]
async fn r7_what_is_taken_down_before_it_was_indexed_is_found_once_it_is_back() {
    let scene = Scene::new().await;
    let done = act(&scene, Deed::RemovePost).await;
    settle(&scene, "taken down at once").await;
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    settle(&scene, "undone").await;
    assert_eq!(found(&scene, FOOLS).await, 1);
    // What the index is told to forget it must hold: it would fail for ever.
    let done = act(&scene, Deed::RemovePost).await;
    settle(&scene, "taken down").await;
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    edit(&scene, "You are all wise.").await;
    settle(&scene, "written anew").await;
    assert_eq!((found(&scene, FOOLS).await, found(&scene, "wise").await), (0, 1));
    scene.call(&scene.bo, DeletePost { thread: scene.thread, no: PostNo(2) }).await.unwrap();
    settle(&scene, "deleted").await;
    assert_eq!(found(&scene, "wise").await, 0);
}

/// SAFETY.md: what was taken down is forgotten after 90 days, and what its author withdraws with them.
#[tokio::test]
async fn no_word_of_a_forgotten_text_stays_in_the_index() {
    for (leaves, merges) in [(false, false), (false, true), (true, false), (true, true)] {
        let scene = Scene::new().await;
        let title = "Trams".to_owned();
        let start = StartThread { board: scene.talk, title, body: "Or trams?".to_owned() };
        let trams = scene.call(&scene.ann, start).await.unwrap().thread;
        let answer = write(&scene.place, &scene.bo, trams, "Splendid folly!").await.post;
        nightly(&scene.place.service).await.unwrap();
        settle(&scene, "at first").await;
        act(&scene, Deed::RemovePost).await;
        let remove = Moderate { thing: Thing::Post(answer), ..scene.moderate(Deed::RemovePost) };
        scene.call(&scene.mo, remove).await.unwrap();
        if merges {
            tidy(&scene, trams, Deed::MergeThread(scene.thread)).await;
        }
        if leaves {
            let ask = AskToLeave { way: LeavingWay::Withdraw, handle: "bo".to_owned() };
            scene.call(&scene.bo, ask).await.unwrap();
        }
        scene.place.clock.advance(91 * DAY_S);
        assert!(nightly(&scene.place.service).await.unwrap());
        settle(&scene, "forgotten").await;
    }
}

/// A thread whose first post is taken down keeps its title out of the index wherever it goes.
#[tokio::test]
async fn a_removed_first_post_goes_along_and_is_found_when_it_is_back() {
    let scene = Scene::new().await;
    let start = StartThread { board: scene.talk, title: "Trams".to_owned(), body: "Or zebras?".to_owned() };
    let trams = scene.call(&scene.ann, start).await.unwrap();
    settle(&scene, "at first").await;
    let on_first = |deed| Moderate { thing: Thing::Post(trams.post), ..scene.moderate(deed) };
    scene.call(&scene.mo, on_first(Deed::RemovePost)).await.unwrap();
    tidy(&scene, trams.thread, Deed::MergeThread(scene.thread)).await;
    settle(&scene, "merged").await;
    scene.call(&scene.mo, on_first(Deed::RestorePost)).await.unwrap();
    settle(&scene, "restored").await;
    assert_eq!(found(&scene, "zebras").await, 1);
}

/// A post is found by the tags of the thread that it is in, wherever it came from.
#[tokio::test]
async fn r7_a_merged_thread_has_the_tags_of_the_other_one_and_its_own_again_when_that_is_undone() {
    let scene = Scene::new().await;
    let start = StartThread { board: scene.talk, title: "Boats".to_owned(), body: "Boats!".to_owned() };
    let boats = scene.call(&scene.ann, start).await.unwrap().thread;
    write(&scene.place, &scene.bo, boats, "Many boats.").await;
    // A tag is known as long as some thread has it.
    let start = StartThread { board: scene.talk, title: "Docks".to_owned(), body: "Docks!".to_owned() };
    let docks = scene.call(&scene.ann, start).await.unwrap().thread;
    for (thread, tags) in [(scene.thread, "rails"), (boats, "sea"), (docks, "sea")] {
        scene.call(&scene.ann, SetTags { thread, tags: tags.to_owned() }).await.unwrap();
    }
    settle(&scene, "tagged").await;
    let by_tag = async || (found(&scene, "tag:rails").await, found(&scene, "tag:sea").await);
    assert_eq!(by_tag().await, (2, 3));
    let merged = tidy(&scene, boats, Deed::MergeThread(scene.thread)).await;
    settle(&scene, "merged").await;
    assert_eq!(by_tag().await, (4, 1));
    scene.call(&scene.mo, UndoAct { act: merged.act }).await.unwrap();
    settle(&scene, "undone").await;
    assert_eq!(by_tag().await, (2, 3));
    let split = SplitThread { post: scene.post, title: "Fools".to_owned() };
    let split = scene.call(&scene.mo, split).await.unwrap();
    settle(&scene, "split").await;
    assert_eq!((by_tag().await, found(&scene, "fools").await), ((2, 3), 1));
    scene.call(&scene.mo, UndoAct { act: split.act }).await.unwrap();
    settle(&scene, "in one again").await;
    assert_eq!(by_tag().await, (2, 3));
}
