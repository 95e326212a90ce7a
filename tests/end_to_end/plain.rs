//! X2: plain mode through the real program and the real `ssh`: a dumb terminal, no terminal at all, the name `plain`.

use std::process::Command;

use russh::keys::PrivateKey;

use crate::person::{Person, Proof, Terminal, say};
use crate::programs::openssh;
use crate::server::{Hob, both, new_key, run};

/// OpenSSH at a terminal that calls itself dumb.
pub fn at_a_dumb_terminal(hob: &Hob, key: &PrivateKey, user: &str) -> Command {
    let mut command = openssh(hob, key);
    command.env("TERM", "dumb").args(["-tt", &format!("{user}@127.0.0.1")]);
    command
}

/// Runs a whole session whose lines are all there from the beginning; gives what was printed, which holds no escape.
pub fn session(command: &mut Command, lines: &[&str]) -> String {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let output = run(command, input.as_bytes());
    assert!(output.status.success(), "{}", both(&output));
    assert!(!output.stdout.contains(&0x1b), "{}", both(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn x2_a_guest_joins_and_writes_a_first_post_at_a_dumb_terminal() {
    let hob = Hob::start();
    let (key, code) = (new_key(), hob.invite());
    let mut lines = vec!["charter", "invite", &code, "wren", "1"];
    lines.extend(["accept"; 5]);
    // Nothing chosen and no introduction: the first post shall be one that is typed.
    lines.extend(["", ".", "send", "boards", "general", "w", "Tea", "Who wants", "some?", ".", "send", "q"]);
    let printed = session(&mut at_a_dumb_terminal(&hob, &key, "join"), &lines);
    for words in
        ["door> charter\r\n", "You are in. Welcome.", "Posted as 1.1.", "Goodbye. Come back soon.\r\n"]
    {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    assert!(say(&hob, "wren", &key, "read 1", "").await.contains("some?"));
}

#[tokio::test]
async fn x2_without_a_terminal_lines_are_read_and_answered() {
    let hob = Hob::start();
    let (ann, bo) = (hob.add_member("ann", "member"), hob.add_member("bo", "member"));
    say(&hob, "ann", &ann, "post general -t Tea", "Who wants some?").await;
    let mut command = openssh(&hob, &bo);
    command.args(["-T", "bo@127.0.0.1"]);
    let printed = session(&mut command, &["n", "r", "I do.", "Two sugars.", ".", "send", "n", "q"]);
    for words in ["Who wants some?", "Posted as 1.2.", "You are caught up."] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    assert!(!printed.contains("Two sugars."), "the other side shows what is typed: {printed}");
    assert!(say(&hob, "ann", &ann, "read 1.2", "").await.contains("Two sugars."));
}

#[tokio::test]
async fn x2_a_moderator_decides_a_case_at_a_dumb_terminal() {
    let hob = Hob::start();
    let (ann, bo) = (hob.add_member("ann", "member"), hob.add_member("bo", "member"));
    let mo = hob.add_member("mo", "moderator");
    say(&hob, "bo", &bo, "post general -t Trains", "You are all fools.").await;
    let report = ["open 1.1", "report", "1", "rude", "yes", "q"];
    let printed = session(&mut at_a_dumb_terminal(&hob, &ann, "ann"), &report);
    assert!(printed.contains("Reported."), "{printed}");
    let decide = ["queue", "1", "claim", "decide", "2", "1", "It calls people fools.", "1", "next", "q"];
    let printed = session(&mut at_a_dumb_terminal(&hob, &mo, "mo"), &decide);
    for words in ["bo will read:", "Done. undo takes it back for 10 minutes.", "Nothing else waits."] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    let printed = session(&mut at_a_dumb_terminal(&hob, &bo, "bo"), &["open 1", "read", "q"]);
    assert!(printed.contains("A word from the staff"), "{printed}");
    let printed = session(&mut at_a_dumb_terminal(&hob, &ann, "ann"), &["mine", "q"]);
    assert!(printed.contains("the post was removed"), "{printed}");
}

#[tokio::test]
async fn x2_the_name_plain_asks_for_handle_and_password() {
    let hob = Hob::start();
    hob.add_member_with_password("ann", "member", "an open fire");
    let mut ann = Person::enter(&hob, "plain", Proof::Answers(&["ann", "an open fire"])).await;
    ann.sees("home>").await;
    ann.types("q\n").await;
    assert_eq!(ann.wait_for_end().await, Some(0));
    assert!(!ann.raw().contains(&0x1b));
    let mut guest = Person::enter(&hob, "plain", Proof::Answers(&["ann", "wrong", ""])).await;
    guest.sees("door>").await;
    guest.types("q\n").await;
    guest.wait_for_end().await;
    // A known key says who it is.
    let bo = hob.add_member("bo", "member");
    let mut bo = Person::enter(&hob, "plain", Proof::Key(&bo)).await;
    bo.sees("Welcome to").await;
    bo.sees("home>").await;
}

#[tokio::test]
async fn x2_w2_a_lost_line_and_a_killed_server_keep_the_text() {
    let mut hob = Hob::start();
    let key = hob.add_member("ann", "member");
    let dumb = || Terminal::called("dumb", &[]);
    let mut ann = Person::enter_on(&hob, "ann", Proof::Key(&key), dumb()).await;
    ann.types("open general\nw\nTea\nOne line.\nAnd a half").await;
    ann.sees("And a half").await;
    ann.vanishes();
    hob.sees_the_end_of(1);
    hob.kill();
    let hob = hob.again();
    let mut ann = Person::enter_on(&hob, "ann", Proof::Key(&key), dumb()).await;
    ann.types("drafts\n1\n1\n\n.\nsend\nq\n").await;
    ann.sees("Posted as 1.1.").await;
    assert_eq!(ann.wait_for_end().await, Some(0));
    assert!(say(&hob, "ann", &key, "read 1", "").await.contains("And a half"));
}

#[tokio::test]
async fn x2_a_member_chooses_plain_mode_for_good() {
    let hob = Hob::start();
    let key = hob.add_member("ann", "member");
    session(&mut at_a_dumb_terminal(&hob, &key, "ann"), &["settings", "mode", "plain", "q"]);
    let mut ann = Person::enter(&hob, "ann", Proof::Key(&key)).await;
    ann.sees("home>").await;
    assert!(!ann.raw().contains(&0x1b));
}
