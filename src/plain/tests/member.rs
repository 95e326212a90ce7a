//! A member's session.

use super::harness::{Person, session};
use crate::domain::moderation::{Deed, SuspendFor, Thing};
use crate::service::cases::scene::{Cast, id, write};
use crate::service::drafts::ListDrafts;
use crate::service::home::ShowHome;
use crate::service::members::{SetChoice, WhoAmI};
use crate::service::moderation::Moderate;
use crate::service::testing::Place;
use crate::service::writing::StartThread;

async fn scene() -> (Place, Cast) {
    let place = Place::new().await;
    let cast = Cast::on(&place).await;
    (place, cast)
}

/// A terminal that shows only ASCII gets nothing else, neither of people's words nor of hob's.
#[tokio::test]
async fn x2_only_ascii_goes_to_a_terminal_that_shows_nothing_else() {
    let (place, cast) = scene().await;
    write(&place, &cast.mia, cast.thread, "Grüße, “naïve” — 日本 …").await;
    let ann = Person::sits_with(&place, &cast.ann, true, true).await;
    ann.types("n\r\rq\r");
    let paper = ann.ended().await;
    assert!(paper.contains("Grusse, \"naive\" - ?? ..."), "{paper}");
    assert!(paper.is_ascii(), "{paper}");
}

#[tokio::test]
async fn x2_a_member_reads_on_answers_and_leaves() {
    let (place, cast) = scene().await;
    write(
        &place,
        &cast.mia,
        cast.thread,
        "I do.\n\n> The *old* ones\n\n- with steam\n- and [tracks](https://example.org)",
    )
    .await;
    let transcript = session(
        &place,
        &cast.ann,
        &[
            "n",
            "",
            "quote",
            "And what is your favourite?",
            "~p",
            ".",
            "send",
            "",
            "boards",
            "1",
            "b",
            "who",
            "q",
        ],
    )
    .await;
    insta::assert_snapshot!("a_member_reads_answers_and_leaves", transcript);
}

#[tokio::test]
async fn x2_what_was_printed_whole_is_read_and_nothing_else() {
    let (place, cast) = scene().await;
    let unread = || async { place.call(&cast.mia, ShowHome).await.unwrap().unread_posts };
    assert_eq!(unread().await, 2);
    session(&place, &cast.mia, &["n"]).await;
    assert_eq!(unread().await, 1);
    // Jumping over a post reads neither.
    write(&place, &cast.bo, cast.thread, "Again.").await;
    session(&place, &cast.mia, &["open 1.3"]).await;
    assert_eq!(unread().await, 2);
    session(&place, &cast.mia, &["", "", ""]).await;
    assert_eq!(unread().await, 0);
}

#[tokio::test]
async fn x2_a_post_that_was_stopped_in_the_middle_stays_unread() {
    let (place, cast) = scene().await;
    let pages = SetChoice { name: "plain_page".to_owned(), value: "10".to_owned() };
    place.call(&cast.mia, pages).await.unwrap();
    let long: String = (1..=30).map(|line| format!("line {line}\n\n")).collect();
    let start = StartThread { board: cast.talk, title: "Long".to_owned(), body: long };
    place.call(&cast.ann, start).await.unwrap();
    let transcript = session(&place, &cast.mia, &["open 2", "s"]).await;
    assert!(transcript.contains("more? (Enter, s stop)> s"), "{transcript}");
    assert!(!transcript.contains("line 30"), "{transcript}");
    assert_eq!(place.call(&cast.mia, ShowHome).await.unwrap().unread_posts, 3);
    let transcript = session(&place, &cast.mia, &["open 2", "", "", "", "", "", ""]).await;
    assert!(transcript.contains("line 30"), "{transcript}");
    assert_eq!(place.call(&cast.mia, ShowHome).await.unwrap().unread_posts, 2);
}

#[tokio::test]
async fn x2_w2_a_text_is_kept_when_the_line_breaks_and_offered_again() {
    let (place, cast) = scene().await;
    let mut person = Person::sits_down(&place, &cast.ann).await;
    person.at("home", "open 1.2").await;
    person.at("post 2 of 2", "reply").await;
    person.reads("Write line by line.").await;
    person.types("First line.\rSecond li");
    person.reads("Second li").await;
    person.vanishes().await;
    let transcript = session(&place, &cast.ann, &["open 1.2", "r", "1", "Third.", ".", "1"]).await;
    assert!(transcript.contains("A draft of 2 lines waits, kept just now:"), "{transcript}");
    assert!(transcript.contains("\nSecond li\n"), "{transcript}");
    assert!(transcript.contains("Posted as 1.3."), "{transcript}");
    let transcript = session(&place, &cast.bo, &["open 1.3"]).await;
    assert!(transcript.contains("First line.\nSecond li\nThird."), "{transcript}");
    assert!(place.call(&cast.ann, ListDrafts).await.unwrap().is_empty());
}

#[tokio::test]
async fn x2_w2_a_text_is_kept_while_it_is_typed_and_when_the_server_stops() {
    let (place, cast) = scene().await;
    let mut person = Person::sits_down(&place, &cast.ann).await;
    person.at("home", "open 1.2").await;
    person.at("post 2 of 2", "reply").await;
    person.reads("Write line by line.").await;
    person.types("Half a sen");
    // Nobody presses Enter: the draft is kept by itself.
    let waiting = async {
        while place.call(&cast.ann, ListDrafts).await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await.expect("it is kept");
    person.types("tence");
    person.reads("sentence").await;
    let transcript = person.server_stops().await;
    assert!(transcript.ends_with("What you wrote is kept; come back in a moment.\n"), "{transcript}");
    let drafts = place.call(&cast.ann, ListDrafts).await.unwrap();
    assert_eq!(drafts[0].excerpt, "Half a sentence");
}

#[tokio::test]
async fn x2_the_text_can_be_looked_at_and_changed() {
    let (place, cast) = scene().await;
    let transcript = session(
        &place,
        &cast.ann,
        &[
            "boards",
            "2",
            "w",
            "Tea",
            "one",
            "tow",
            "..",
            "~~q",
            "three",
            "~e 2",
            "two",
            "~d 5",
            "~e 9",
            "~v",
            "~p",
            ".",
            "edit",
            "Tea at four",
            "more",
            ".",
            "preview",
            "send",
            "q",
        ],
    )
    .await;
    insta::assert_snapshot!("a_thread_is_written", transcript);
}

#[tokio::test]
async fn x2_nothing_is_sent_by_a_slip_of_a_finger() {
    let (place, cast) = scene().await;
    for lines in [
        &["open 1.2", "r", "No.", ".", ""][..],
        &["open 1.2", "r", "No.", "~q"],
        &["open 1.2", "r", "No.\u{3}"],
    ] {
        session(&place, &cast.ann, lines).await;
        let view = place.call(
            &cast.ann,
            crate::service::posts::ListPosts {
                thread: cast.thread,
                from: crate::service::posts::From::No(crate::domain::ids::PostNo(1)),
            },
        );
        assert_eq!(view.await.unwrap().posts.len(), 2);
        let drafts = place.call(&cast.ann, ListDrafts).await.unwrap();
        assert_eq!(drafts[0].excerpt, "No.");
        let target = drafts[0].target.clone();
        place.call(&cast.ann, crate::service::drafts::DropDraft { target }).await.unwrap();
    }
}

#[tokio::test]
async fn x2_news_come_between_prompts_and_never_into_what_is_typed() {
    let (place, cast) = scene().await;
    let mut person = Person::sits_down(&place, &cast.ann).await;
    person.is_asked("home").await;
    person.types("boa");
    person.reads("home> boa").await;
    write(&place, &cast.bo, cast.thread, "One.").await;
    write(&place, &cast.bo, cast.thread, "Two.").await;
    // Nobody else hears of what is on a board that they do not see.
    let attic = place
        .board_for("cellar", crate::domain::board::Audience::Staff, crate::domain::board::Audience::Staff)
        .await;
    let start = StartThread { board: attic, title: "Quiet".to_owned(), body: "Us.".to_owned() };
    place.call(&cast.mo, start).await.unwrap();
    person.types("rds\r");
    person.is_asked("boards").await;
    let transcript = person.transcript();
    assert!(transcript.contains("home> boards\n"), "{transcript}");
    assert!(transcript.contains("2 new posts since.\nboards> "), "{transcript}");
    person.types("q\r");
    assert_eq!(person.ended().await.matches("since.").count(), 1);
}

#[tokio::test]
async fn x2_m5_a_suspension_bites_at_the_next_line_and_keeps_the_text() {
    let (place, cast) = scene().await;
    let mut person = Person::sits_down(&place, &cast.bo).await;
    person.at("home", "open 1.2").await;
    person.at("post 2 of 2", "r").await;
    person.reads("Write line by line.").await;
    person.types("You are all");
    person.reads("You are all").await;
    let suspend = Moderate {
        thing: Thing::Member(id(&cast.bo)),
        deed: Deed::Suspend(SuspendFor::Hours24),
        rule_no: 1,
        reason: "It calls people fools.".to_owned(),
    };
    cast.up_the_ladder(&place).await;
    place.call(&cast.mo, suspend).await.unwrap();
    person.types(" fools.\r");
    person.is_asked("at the door").await;
    let transcript = person.transcript();
    assert!(transcript.contains("bo, your membership is suspended."), "{transcript}");
    assert!(transcript.contains("It calls people fools."), "{transcript}");
    person.types("boards\r");
    person.at("boards", "n").await;
    person.types("q\r");
    let transcript = person.ended().await;
    assert!(!transcript.contains("Trains\nat"), "{transcript}");
    let drafts = place.call(&cast.bo, ListDrafts).await.unwrap();
    assert_eq!(drafts[0].excerpt, "You are all fools.");
}

#[tokio::test]
async fn x2_without_a_pty_nothing_is_echoed_and_the_end_of_input_leaves() {
    let (place, cast) = scene().await;
    let person = Person::sits_at(&place, &cast.ann, false).await;
    person.types("open 1.2\nreply\nFine.\n.\nsend\n");
    let transcript = person.vanishes().await;
    assert!(transcript.contains("home> Trains. Thread 1 in talk"), "{transcript}");
    assert!(transcript.contains("Posted as 1.3."), "{transcript}");
}

#[tokio::test]
async fn x2_profile_search_logs_and_help_are_there() {
    let (place, cast) = scene().await;
    write(&place, &cast.mia, cast.thread, "Steam engines, of course.").await;
    let transcript = session(
        &place,
        &cast.ann,
        &[
            "h",
            "profile ann",
            "edit",
            "4",
            "tea and cake",
            "save",
            "b",
            "profile bo",
            "report",
            "1",
            "",
            "yes",
            "search engines",
            "1",
            "mine",
            "log",
            "drafts",
            "keys",
            "invites",
            "open nowhere",
            "x",
            "s",
            "q",
        ],
    )
    .await;
    insta::assert_snapshot!("many_places", transcript);
}

#[tokio::test]
async fn x2_a_choice_is_made_by_its_name_or_its_number() {
    let (place, cast) = scene().await;
    let transcript =
        session(&place, &cast.ann, &["settings", "mode", "plain", "plain pages", "4", "q"]).await;
    assert!(transcript.contains("Mode: plain, from now on."), "{transcript}");
    assert!(transcript.contains("Plain pages: 20 lines, from now on."), "{transcript}");
    assert!(crate::plain::is_chosen(&place.call(&cast.ann, WhoAmI).await.unwrap()));
    assert!(!crate::plain::is_chosen(&place.call(&cast.bo, WhoAmI).await.unwrap()));
}
