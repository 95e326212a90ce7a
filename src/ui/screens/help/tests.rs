//! The help says what works on the screen it was opened from, and nothing else.

use crate::service::boards::{BoardList, ListBoards};
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
