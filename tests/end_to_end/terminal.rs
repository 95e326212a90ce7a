//! Issue 2, looks and ways out: a full-screen session on terminals of every size, and how it leaves them.

use crate::person::{Person, Proof, Terminal};
use crate::server::Hob;

/// Everything a session may have switched on is off again.
fn assert_restored(person: &Person) {
    person.emulator(|screen| {
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        assert!(
            !screen.application_cursor() && !screen.application_keypad(),
            "keys still send their other codes"
        );
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still taken");
        assert!(
            !screen.bold() && !screen.inverse() && screen.fgcolor() == vt100::Color::Default,
            "colours stay on"
        );
    });
    let sent = person.raw();
    assert!(!sent.windows(4).any(|bytes| bytes == b"\x1b[3J"), "it erased the terminal's own scrollback");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_leaves_finds_the_terminal_as_it_was() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("home").await;
    assert!(ana.emulator(vt100::Screen::alternate_screen), "a session has a screen of its own");
    ana.keys("q").await;
    assert_eq!(ana.wait_for_end().await, Some(0));
    assert_restored(&ana);
    assert_eq!(ana.keys_pressed, 1, "one key, and no question, when nothing would be lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_restores_the_terminals_first() {
    let mut hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("home").await;
    let ended = hob.stop();
    assert!(ended.success(), "SIGTERM with a session open: {ended}");
    ana.wait_for_end().await;
    assert_restored(&ana);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_size_is_drawn_to_its_last_row() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter_on(&hob, "ana", Proof::Key(&key), Terminal::sized(160, 50)).await;
    for (columns, rows) in [(160, 50), (40, 12), (80, 24), (20, 5), (200, 60)] {
        ana.resize(columns, rows).await;
        let last_row = usize::from(rows) - 1;
        let has_footer =
            move |screen: &str| screen.lines().nth(last_row).is_some_and(|line| line.contains("help"));
        ana.wait_until(&format!("a footer in row {rows} of {columns}x{rows}"), has_footer).await;
    }
}

/// Each terminal gets the colours and characters that it knows, and no others.
#[tokio::test(flavor = "multi_thread")]
async fn looks_suit_the_terminal_that_the_client_names() {
    const UTF8: (&str, &str) = ("LANG", "en_GB.UTF-8");
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    /// The terminal's name, what its client sends, what a frame holds, whether lines are drawn in Unicode.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str], bool);
    let cases: [Case<'_>; 6] = [
        ("xterm-256color", &[UTF8, ("COLORTERM", "truecolor")], &["8;2;"], true),
        ("xterm-256color", &[UTF8], &["8;5;"], true),
        ("linux", &[UTF8], &[], true),
        ("vt100", &[], &[], false),
        ("xterm-256color", &[UTF8, ("NO_COLOR", "1")], &[], true),
        ("xterm-256color", &[("LANG", "C")], &["8;5;"], false),
    ];
    for (term, env, deep, unicode) in cases {
        let mut ana = Person::enter_on(&hob, "ana", Proof::Key(&key), Terminal::called(term, env)).await;
        ana.sees("home").await;
        ana.keys("?").await;
        ana.sees("help").await;
        let sent = String::from_utf8(ana.raw()).unwrap();
        for colours in ["8;2;", "8;5;"] {
            assert_eq!(
                sent.contains(colours),
                deep.contains(&colours),
                "{colours} for {term} with {env:?}:\n{sent:?}"
            );
        }
        assert!(unicode || sent.is_ascii(), "{term} with {env:?} got more than ASCII:\n{sent:?}");
    }
}

/// SAFETY.md, Terminal: if the line dies, what stays switched on is harmless. Nobody could switch it off any more.
#[tokio::test(flavor = "multi_thread")]
async fn terminal_a_line_that_dies_leaves_nothing_harmful_switched_on() {
    let mut hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("home").await;
    ana.keys("?").await;
    ana.sees("· help").await;
    hob.kill();
    ana.wait_for_end().await;
    ana.emulator(|screen| {
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still taken");
        assert!(!screen.application_cursor() && !screen.application_keypad(), "keys send other codes");
        assert_eq!(screen.fgcolor(), vt100::Color::Default, "colours stay on");
    });
    let sent = ana.raw();
    assert!(!sent.windows(4).any(|bytes| bytes == b"\x1b[3J"), "it erased the terminal's own scrollback");
    assert!(!sent.windows(4).any(|bytes| bytes == b"\x1b]4;"), "it changed the palette");
}
