//! The settings screen, over a real community.

use super::{Item, items};
use crate::service::members::{CHOICES, Kind, Section};
use crate::service::testing::Blocking;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

/// The keys that choose the choice of that name.
fn to(name: &str) -> String {
    let at = items().iter().position(|item| matches!(item, Item::Choice(choice) if choice.name == name));
    "j".repeat(at.expect("there is such a choice"))
}

#[test]
fn a_choice_goes_round_and_holds_at_once() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    h.keys("gs");
    assert!(h.screen().contains("Signs                  automatic"), "{}", h.screen());
    h.keys(&to("signs")).keys("<Enter><Enter>");
    let screen = h.screen();
    assert!(screen.contains("Signs                  ASCII"), "{screen}");
    assert!(screen.is_ascii(), "the whole screen follows the choice:\n{screen}");
    h.keys("<Enter>");
    assert!(!h.screen().is_ascii());
}

#[test]
fn l4_quiet_hours_and_the_zone_are_typed_and_what_is_wrong_is_said() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    h.keys("gs").keys(&to("quiet")).keys("<Enter>22-7<Enter>");
    assert!(h.screen().contains("Quiet hours            22:00-07:00"), "{}", h.screen());
    h.keys("<Enter><^U>late<Enter>");
    let screen = h.screen();
    assert!(screen.contains("Write two times of day") && screen.contains("22:00-07:00"), "{screen}");
    h.keys("<Enter><^U><Enter>");
    assert!(h.screen().contains("Quiet hours            none"), "{}", h.screen());

    h.keys("<").keys(&to("zone")).keys("<Enter><^U>europe/berlin<Enter>");
    assert!(h.screen().contains("Time zone              Europe/Berlin"), "{}", h.screen());
    h.keys("<Enter><^U>moon<Enter>");
    let screen = h.screen();
    assert!(screen.contains("No time zone has that name") && screen.contains("Europe/Berlin"), "{screen}");
}

#[test]
fn every_choice_stands_under_its_heading_with_its_help_at_every_size() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in
        [(Capabilities::COMMON, 40, 12), (Capabilities::COMMON, 80, 24), (ascii, 160, 50)]
    {
        let mut h = Harness::live_at(&live, &alice, terminal, columns, rows);
        h.keys("gs");
        assert!(h.screen().contains("Looks"), "{}", h.screen());
        for item in items() {
            let screen = h.screen();
            let label = match item {
                Item::Choice(choice) => {
                    let begins = choice.help.split(' ').take(3).collect::<Vec<_>>().join(" ");
                    assert!(screen.contains(&begins), "no help for {}:\n{screen}", choice.label);
                    choice.label
                }
                Item::Place(place) => place.label,
            };
            let shown = label.chars().take(12).collect::<String>();
            assert!(screen.contains(&shown), "{label} is not shown:\n{screen}");
            h.keys("j");
        }
    }
}

#[test]
fn choices_are_named_once_and_begin_with_their_default() {
    for choice in CHOICES {
        assert_eq!(CHOICES.iter().filter(|other| other.name == choice.name).count(), 1, "{}", choice.name);
        assert!(Section::ALL.contains(&choice.section) && choice.help.ends_with('.'), "{}", choice.name);
        if let Kind::OneOf(values) = choice.kind {
            assert_eq!(values[0].0, "", "{}: the first value is the default", choice.name);
        }
    }
}
