//! R3, R4, K12: reading on with Space, over a real connection.

use russh::keys::PrivateKey;

use crate::person::{Person, Proof, say};
use crate::server::Hob;

/// The unread posts of K12: five in two threads of one board, four and three in one of two others.
const THREADS: [(&str, &str, usize); 4] =
    [("general", "Tea", 3), ("general", "Coffee", 2), ("help", "Kettles", 4), ("library", "Books", 3)];

/// What is seen after each key that makes a quote, the last one in the editor.
const QUOTE_SHOWS: [&str; 3] = ["Nothing chosen yet", "5 lines chosen", "> A line of it."];

/// How many posts a member has not read, as `unread` counts them.
async fn unread(hob: &Hob, user: &str, key: &PrivateKey) -> u64 {
    let lines = say(hob, user, key, "unread --json", "").await;
    let threads = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    threads.map(|thread| thread["unread"].as_u64().unwrap()).sum()
}

/// Writes the twelve posts; each ends with its own words, after as many lines as `lines` says for it.
async fn write_twelve(hob: &Hob, writer: &PrivateKey, lines: impl Fn(usize) -> usize) -> Vec<String> {
    let mut ends = Vec::new();
    for (thread, (board, title, posts)) in THREADS.into_iter().enumerate() {
        for no in 1..=posts {
            let end = format!("{title} ends {no}.");
            let text = "A line of it.\n\n".repeat(lines(ends.len()) / 2) + &end;
            let line =
                if no == 1 { format!("post {board} -t {title}") } else { format!("reply {}", thread + 1) };
            say(hob, "ben", writer, &line, &text).await;
            ends.push(end);
        }
    }
    ends
}

/// Reads everything with Space alone, answers the post that is chosen then with a quote of five of its lines and leaves;
/// returns the keys it took. `quote` are the keys that make the quote of just these lines.
async fn read_answer_and_leave(lines: impl Fn(usize) -> usize, quote: &[&str]) -> usize {
    let hob = Hob::start();
    let (ana_key, ben_key) = (hob.add_member("ana", "member"), hob.add_member("ben", "sysop"));
    let mut unseen = write_twelve(&hob, &ben_key, lines).await;
    assert_eq!(unseen.len(), 12);
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    ana.sees("12 unread posts").await;
    while !ana.screen().contains("You are caught up.") {
        let before = ana.screen();
        ana.keys("Space").await;
        ana.wait_until("the next screen after Space", |screen| screen != before).await;
        let screen = ana.screen();
        unseen.retain(|end| !screen.contains(end.as_str()));
        assert!(unread(&hob, "ana", &ana_key).await >= unseen.len() as u64, "marked read unseen:\n{screen}");
    }
    assert_eq!(unseen, [] as [&str; 0], "caught up without having shown these");
    assert_eq!(unread(&hob, "ana", &ana_key).await, 0);
    for (key, shows) in quote.iter().zip(QUOTE_SHOWS.iter().skip(QUOTE_SHOWS.len() - quote.len())) {
        ana.keys(key).await;
        ana.sees(shows).await;
    }
    ana.types("So do I.").await;
    ana.keys("C-s").await;
    ana.wait_until("the answer in its thread", |screen| {
        screen.contains("So do I.") && screen.contains("ana")
    })
    .await;
    ana.keys("q").await;
    assert_eq!(ana.wait_for_end().await, Some(0));
    let thread = say(&hob, "ben", &ben_key, "read 4", "").await;
    assert!(thread.contains("So do I."), "{thread}");
    let quoted = thread.lines().filter(|line| line.trim_start().starts_with("> ")).count();
    assert_eq!(quoted, 5, "a quote of five lines:\n{thread}");
    ana.keys_pressed
}

/// The first post of the last thread is the one that is chosen where all of that thread shares a screen. It has six
/// lines, of which five are chosen.
#[tokio::test(flavor = "multi_thread")]
async fn k12_ten_keys_where_short_posts_share_a_screen() {
    let lines = |post| if post == 9 { 10 } else { 0 };
    let keys = read_answer_and_leave(lines, &["Q", "5", "Enter"]).await;
    assert!(keys <= 10, "{keys} keys");
}

/// The last post has five lines, which are quoted whole.
#[tokio::test(flavor = "multi_thread")]
async fn k12_sixteen_keys_where_every_post_fills_one() {
    let keys = read_answer_and_leave(|post| if post == 11 { 8 } else { 16 }, &["Q"]).await;
    assert!(keys <= 16, "{keys} keys");
}
