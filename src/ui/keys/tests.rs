//! The table has no collisions, and everything it promises can be typed anywhere.

#![allow(clippy::unwrap_used)]

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
            Chord::Go(letter) => letter.is_ascii_alphabetic(),
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

#[test]
fn a_command_stands_once_in_a_scope_and_has_a_name_that_is_read_back() {
    let mut names = HashSet::new();
    for binding in BINDINGS {
        let name = format!("{}.{}", binding.scope.name(), binding.command.name());
        let plain =
            name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '.' | '(' | ')' | '0'..='9'));
        assert!(plain && names.insert(name.clone()), "{name}");
    }
    assert!(names.contains("thread.mark-thread-read") && names.contains("everywhere.go-boards"));
}

#[test]
fn every_key_of_the_table_is_read_back_as_it_is_written() {
    for chord in BINDINGS.iter().flat_map(|binding| binding.chords) {
        assert_eq!(Chord::parse(&chord.name()), Some(*chord), "{}", chord.name());
    }
    for name in ["", "^", "M-", "g", "F0", "F13", "xy", "Hom", "g bb", "^ä", "\u{7}", " ", "M-F3", "^PgUp"] {
        let read = Chord::parse(name);
        assert!(read.is_none_or(|chord| chord.name().eq_ignore_ascii_case(name)), "{name:?}: {read:?}");
    }
}

fn binding(scope: Scope, command: Command) -> &'static Binding {
    BINDINGS.iter().find(|b| b.scope == scope && b.command == command).unwrap()
}

fn chord(name: &str) -> Chord {
    Chord::parse(name).unwrap()
}

fn chord_names(keys: &Keymap, of: &'static Binding) -> String {
    keys.chords(of).iter().map(Chord::name).collect::<Vec<_>>().join(" ")
}

#[test]
fn without_a_change_the_table_holds() {
    let keys = Keymap::default();
    for binding in BINDINGS {
        assert_eq!(keys.chords(binding), binding.chords);
        for chord in binding.chords {
            assert_eq!(keys.find(&[binding.scope], *chord), Some(binding));
        }
    }
}

#[test]
fn a_changed_key_takes_the_place_of_the_letters_and_leaves_the_arrows() {
    let (down, reply) = (binding(Scope::List, Command::Down), binding(Scope::Thread, Command::Reply));
    let keys = Keymap::new("list.down %\nthread.reply ^R\n", "");
    assert_eq!(chord_names(&keys, down), "% Down");
    assert_eq!(chord_names(&keys, reply), "^R");
    assert_eq!(keys.find(&[Scope::Board, Scope::List], chord("%")), Some(down));
    assert_eq!(keys.find(&[Scope::List], chord("j")), None);
    assert_eq!(keys.find(&[Scope::Thread], chord("r")), None);
    assert!(keys.is_own(down) && !keys.is_own(binding(Scope::List, Command::Up)));
}

#[test]
fn a_members_key_goes_before_the_places() {
    let reply = binding(Scope::Thread, Command::Reply);
    let place = "thread.reply =\nthread.quote ~\n";
    assert_eq!(chord_names(&Keymap::new("", place), reply), "=");
    let keys = Keymap::new("thread.reply %\n", place);
    assert_eq!(chord_names(&keys, reply), "%");
    assert_eq!(keys.find(&[Scope::Thread], chord("=")), None);
    assert_eq!(chord_names(&keys, binding(Scope::Thread, Command::Quote)), "~");
    // Reset, it is the place's again; and what is stored is one's own only.
    assert_eq!(keys.without(reply).unwrap(), "");
    assert_eq!(keys.with(reply, chord("+")).unwrap(), "thread.reply +\n");
}

#[test]
fn a_key_that_is_taken_is_refused_with_the_words_of_what_has_it() {
    let keys = Keymap::new("thread.quote %\n", "");
    let reply = binding(Scope::Thread, Command::Reply);
    let refused = |keys: &Keymap, of, name| keys.with(of, chord(name)).unwrap_err().to_string();
    assert_eq!(
        refused(&keys, reply, "e"),
        "e is taken: \"Edit your own post\", in a thread. Take another key."
    );
    assert!(refused(&keys, reply, "%").contains("is taken: \"Answer this post with"));
    assert!(refused(&keys, reply, "q").contains("Leave"), "what holds everywhere holds here too");
    // What a list or every screen has must not cover the keys of any screen.
    assert!(refused(&keys, binding(Scope::List, Command::Down), "n").contains("is taken"));
    assert!(refused(&keys, binding(Scope::Everywhere, Command::Search), "s").contains("is taken"));
    // Q is free now that the quote has another key, and the quote cannot have it back meanwhile.
    let lines = keys.with(reply, chord("Q")).unwrap();
    let keys = Keymap::new(&lines, "");
    let why = keys.without(binding(Scope::Thread, Command::Quote)).unwrap_err().to_string();
    assert!(why.contains("Q is taken: \"Answer this post\""), "{why}");
}

#[test]
fn nobody_can_lock_themselves_out() {
    let open = binding(Scope::List, Command::Open);
    for name in ["Enter", "Esc", "?", "^P", "^L", "^C", "^Z", "g"] {
        assert!(Keymap::default().with(open, chord(name)).is_err(), "{name}");
        let line = format!("everywhere.next {name}\n");
        assert_eq!(Keymap::new(&line, &line), Keymap::default(), "{name}: stored by hand it is passed over");
    }
    // Whatever is stored, the ways out are there on every screen.
    let greedy = "everywhere.next q\nthread.reply q\nlist.open o\neverywhere.help h\neverywhere.palette ;\n\
                  everywhere.back b\nconfirm.yes 1\nchoose.open 2\nfield.accept ^T\npalette.open ^T\n";
    let keys = Keymap::new(greedy, "");
    let does = |scopes: &[Scope], name: &str| keys.find(scopes, chord(name)).map(|b| b.command);
    for scope in [Scope::Thread, Scope::List, Scope::Boards] {
        assert_eq!(does(&[scope, Scope::Everywhere], "q"), Some(Command::Quit), "{scope:?}");
    }
    assert_eq!(does(&[Scope::Everywhere], "?"), Some(Command::Help));
    assert_eq!(does(&[Scope::Everywhere], "h"), Some(Command::Help));
    assert_eq!(does(&[Scope::Everywhere], "^P"), Some(Command::Palette));
    assert_eq!(does(&[Scope::Everywhere], "Esc"), Some(Command::Back));
    assert_eq!(does(&[Scope::List], "Enter"), Some(Command::Open));
    assert_eq!(does(&[Scope::Confirm], "Enter"), Some(Command::Yes));
    assert_eq!(does(&[Scope::Field], "Enter"), Some(Command::Accept));
    assert_eq!(does(&[Scope::Palette], "Enter"), Some(Command::Open));
}

#[test]
fn what_would_type_is_refused_where_one_types_and_numbers_stay() {
    let send = binding(Scope::Compose, Command::Send);
    for name in ["s", "Space", "g s"] {
        assert!(Keymap::default().with(send, chord(name)).is_err(), "{name}");
        let line = format!("compose.send {name}\n");
        assert!(!Keymap::new(&line, "").has_own(), "{name}");
    }
    assert!(Keymap::default().with(send, chord("^T")).is_err(), "the preview has it");
    assert!(Keymap::default().with(send, chord("^Q")).is_ok());
    assert!(Keymap::default().with(binding(Scope::Choose, Command::Pick(1)), chord("%")).is_err());
}

#[test]
fn places_can_have_another_letter_or_a_key_of_their_own() {
    let boards = binding(Scope::Everywhere, Command::GoBoards);
    let keys = Keymap::new("everywhere.go-boards g 9\neverywhere.go-home }\n", "");
    assert_eq!(keys.find(&[Scope::Everywhere], Chord::Go('9')), Some(boards));
    assert_eq!(keys.find(&[Scope::Everywhere], Chord::Go('b')), None);
    assert_eq!(chord_names(&keys, binding(Scope::Everywhere, Command::GoHome)), "}");
    assert!(keys.with(boards, Chord::Go('m')).unwrap_err().to_string().contains("Members"));
}

#[test]
fn lines_of_another_version_and_hostile_ones_are_passed_over() {
    let long = "thread.reply %\n".repeat(10_000);
    let many = Keymap::new(&long, &long);
    assert_eq!(chord_names(&many, binding(Scope::Thread, Command::Reply)), "%");
    for line in ["", ".", " ", "thread.reply", "thread.reply ", "thread %", "thread.nothing 9", "\u{1b}[2J %"]
    {
        assert_eq!(Keymap::new(line, line), Keymap::default(), "{line:?}");
        assert!(line.is_empty() || Keymap::check_place(line).is_err(), "{line:?}");
    }
    assert!(Keymap::check_place("thread.reply =\nlist.down ^Y\n").is_ok());
    let refused = Keymap::check_place("co\0\0\u{2}mmand=\u{1b}[2J x").unwrap_err().to_string();
    assert!(!refused.contains(|c: char| c.is_control()), "{refused:?}");
    assert!(Keymap::check_place("thread.reply =\nthread.quote =\n").is_err(), "the same key twice");
}
