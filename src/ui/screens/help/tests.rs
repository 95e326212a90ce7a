//! The help says what works on the screen it was opened from, and nothing else.

use crate::service::boards::{BoardList, ListBoards};
use crate::service::members::ListMembers;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::keys::{BINDINGS, Scope};

#[test]
fn it_names_the_keys_of_the_screen_below_and_the_places() {
    let mut h = Harness::member("alice");
    h.keys("gb").answer::<ListBoards>(|_| {
        Ok(BoardList { boards: Vec::new(), newest: crate::domain::ids::PostId(0) })
    });
    h.keys("?");
    let screen = h.screen();
    assert!(screen.contains("On this screen: boards"), "{screen}");
    for binding in BINDINGS.iter().filter(|b| b.scope == Scope::Boards) {
        assert!(screen.contains(&binding.help[..20.min(binding.help.len())]), "{} is missing", binding.help);
    }
}

#[test]
fn escape_leads_back_to_the_screen_it_was_opened_from() {
    let mut h = Harness::member("alice");
    h.keys("?");
    assert!(h.screen().contains("Everywhere"));
    h.keys("<Esc>");
    assert!(!h.screen().contains("Everywhere"));
}

#[test]
fn a_small_terminal_gets_every_word_on_further_lines() {
    let mut h = Harness::at(crate::ui::harness::me("alice"), Capabilities::COMMON, 40, 12);
    h.keys("gm").answer::<ListMembers>(|_| Ok(Vec::new()));
    h.keys("?");
    let mut seen = h.screen();
    for _ in 0..20 {
        h.keys("<PgDn>");
        seen.push_str(&h.screen());
    }
    let words = BINDINGS.iter().filter(|b| b.scope == Scope::Members).flat_map(|b| b.help.split_whitespace());
    for word in words {
        assert!(seen.contains(word), "{word} is cut off");
    }
}
