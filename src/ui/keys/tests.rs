//! The table has no collisions, and everything it promises can be typed anywhere.

use std::collections::HashSet;

use super::*;

#[test]
fn no_two_commands_of_a_scope_share_a_key() {
    let mut seen = HashSet::new();
    for binding in BINDINGS {
        for chord in binding.chords {
            assert!(
                seen.insert((binding.scope, *chord)),
                "{} is bound twice in {:?}",
                chord.name(),
                binding.scope
            );
        }
    }
}

#[test]
fn every_command_has_a_key_that_every_keyboard_has() {
    for binding in BINDINGS {
        let plain = binding.chords.iter().any(|chord| match chord {
            Chord::Press(press) => !press.alt && !matches!(press.key, Key::F(_) | Key::Insert),
            Chord::Go(letter) => letter.is_ascii_lowercase(),
        });
        assert!(plain, "{:?} in {:?} needs a key that every layout has", binding.command, binding.scope);
    }
}

#[test]
fn g_alone_is_free_in_every_scope() {
    for binding in BINDINGS {
        assert!(!binding.chords.contains(&Chord::Press(GO_PREFIX)), "{:?}: g goes to places", binding.scope);
    }
}

#[test]
fn fields_bind_no_key_that_types() {
    for binding in BINDINGS.iter().filter(|b| b.scope.takes_text()) {
        for chord in binding.chords {
            let types =
                matches!(chord, Chord::Press(KeyPress { key: Key::Char(_), ctrl: false, alt: false, .. }));
            assert!(!types, "{} would never reach the text", chord.name());
        }
    }
}

#[test]
fn every_key_says_in_the_help_what_it_does() {
    for binding in BINDINGS {
        let help = binding.help;
        let begins = help.chars().next().is_some_and(|first| first.is_uppercase());
        assert!(begins && !help.ends_with('.'), "{:?} in {:?}: {help:?}", binding.command, binding.scope);
        // What stands in the footer is short; the words are in the help.
        assert!(binding.label.chars().count() <= 14, "{:?}: {}", binding.command, binding.label);
        let keys: Vec<String> = binding.chords.iter().map(Chord::name).collect();
        assert!(keys.iter().all(|name| name.len() <= 6), "{keys:?}");
    }
}
