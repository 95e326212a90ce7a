//! The help says what works on the screen it was opened from, and nothing else.

use crate::service::boards::{BoardList, ListBoards};
use crate::service::members::ListMembers;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::keys::{BINDINGS, Command, Scope};

#[test]
fn it_names_the_keys_of_the_screen_below_and_the_places() {
    let mut h = Harness::member("alice");
    h.keys("gb").answer::<ListBoards>(|_| {
        Ok(BoardList { boards: Vec::new(), newest: crate::domain::ids::PostId(0) })
    });
    h.keys("?");
    let screen = h.screen();
    assert!(screen.contains("On this screen: boards"), "{screen}");
    for binding in BINDINGS.iter().filter(|b| b.scope == Scope::Boards && b.command != Command::Undo) {
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

#[test]
fn a_guest_is_told_of_nothing_that_is_for_members() {
    let live = crate::service::testing::Blocking::new();
    let guest = crate::service::Caller::GUEST;
    let mut h = Harness::live(&live, &guest);
    let seen = h.keys("?").screen();
    assert!(seen.contains("Back to where you were"), "{seen}");
    for word in ["Places", "Palette", "Members", "Read on", "Queue"] {
        assert!(!seen.contains(word), "{word} is for members:\n{seen}");
    }
}

#[test]
fn a_member_is_told_of_nothing_that_is_for_staff() {
    let mut h = Harness::member("alice");
    let mut seen = h.keys("?").screen();
    for _ in 0..3 {
        seen.push_str(&h.keys("<PgDn>").screen());
    }
    assert!(seen.contains("Mod log") && !seen.contains("Queue") && !seen.contains("Audit"), "{seen}");
}

#[test]
fn what_makes_no_sense_just_now_is_left_out_and_typing_is_said() {
    let live = crate::service::testing::Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    // A password cannot be removed where none is set, and no key revoked where there is none.
    let seen = h.keys("gs<End><Enter>?").screen();
    assert!(
        seen.contains("Add a key") && !seen.contains("Revoke") && !seen.contains("Remove your"),
        "{seen}"
    );
    let seen = h.keys("<Esc><Esc><Up><Up><Enter><^O>").screen();
    assert!(seen.contains("Save your profile") && seen.contains("Wherever you are not typing"), "{seen}");
}

/// PRODUCT.md section 3: the help shows a key as the member has it.
#[test]
fn changed_keys_stand_in_the_help_and_in_the_footer() {
    let mut me = crate::ui::harness::me("alice");
    me.choices.push(("keys".to_owned(), "boards.mark-board-read ^K\neverywhere.go-drafts g 9\n".to_owned()));
    let mut h = Harness::new(me);
    h.keys("gb").answer::<ListBoards>(|_| {
        Ok(BoardList { boards: Vec::new(), newest: crate::domain::ids::PostId(0) })
    });
    assert!(
        h.screen().lines().last().is_some_and(|footer| footer.contains("^K mark read")),
        "{}",
        h.screen()
    );
    h.keys("g");
    assert!(h.screen().lines().any(|line| line.contains("9 drafts")), "{}", h.screen());
    let seen = h.keys("<Esc>?/mark<Enter>").screen();
    assert!(seen.lines().any(|line| line.contains("^K") && line.contains("Mark the whole board")), "{seen}");
    let seen = h.keys("<Esc>?/drafts").screen();
    assert!(seen.lines().any(|line| line.contains("g 9") && line.contains("Drafts")), "{seen}");
}

#[test]
fn the_slash_narrows_the_help_and_escape_shows_all_again() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::at(crate::ui::harness::me("alice"), Capabilities::COMMON, columns, rows);
        h.keys("gm").answer::<ListMembers>(|_| Ok(Vec::new()));
        let seen = h.keys("?/order").screen();
        assert!(seen.contains("filter: order") && seen.contains("Another order"), "{seen}");
        assert!(!seen.contains("Everywhere") && !seen.contains("One down"), "{seen}");
        assert!(h.cursor.is_some(), "the cursor stands in the filter");
        // A key is found too, and what fits nothing is said.
        let seen = h.keys("<^U>^B").screen();
        assert!(seen.contains("A page up") && !seen.contains("A page down"), "{seen}");
        assert!(h.keys("<^U>xyzzy").screen().contains("No key here does that"));
        let seen = h.keys("<Esc>").screen();
        assert!(!seen.contains("filter:") && seen.contains("On this screen: members"), "{seen}");
        h.keys("<Esc>");
        assert!(!h.screen().contains("On this screen"));
    }
}
