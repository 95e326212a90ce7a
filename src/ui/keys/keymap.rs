//! The keys as a place and a member have changed them. The table stays the truth; this lies over it: for a command in
//! a scope another key. A change takes the place of the command's letters and Control keys; arrows, Enter, Esc and
//! their like stay, so that nobody is locked out.

use std::borrow::Cow;

use std::fmt::Write as _;

use super::{BINDINGS, Binding, Chord, Command, GO_PREFIX, Scope, types};
use crate::domain::text::clean_line;
use crate::ui::input::{Key, KeyPress};

/// Most changes that count, of a place and of a member each; more lines are not read.
pub const CHANGES_MAX: usize = 200;

/// Another key for a command in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    binding: &'static Binding,
    chord: Chord,
}

/// Why a line of changed keys cannot be used, in words for whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeyError(String);

impl KeyError {
    /// For what is no key that has a name.
    pub fn unknown() -> Self {
        Self("That is no key that can be kept. Take another one.".to_owned())
    }
}

/// The keys that hold for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// The member's own, then the place's.
    changes: Vec<Change>,
    /// How many of them are the member's own.
    own: usize,
}

impl Keymap {
    /// The keys of a member (`own`) at a place (`place`): lines of `scope.command key`. Lines that cannot be used, such
    /// as those of another version, are passed over; the default then holds.
    pub fn new(own: &str, place: &str) -> Self {
        let mut keymap = Self::default();
        keymap.take_over(own);
        keymap.own = keymap.changes.len();
        keymap.take_over(place);
        keymap
    }

    fn take_over(&mut self, text: &str) {
        for change in text.lines().take(CHANGES_MAX).filter_map(|line| parse(line).ok()) {
            if self.has_room_for(change) {
                self.changes.push(change);
            }
        }
    }

    /// Looks at a place's keys as the file of settings has them.
    ///
    /// # Errors
    /// With the first line that cannot be used, and why.
    pub fn check_place(text: &str) -> Result<(), KeyError> {
        let mut keymap = Self::default();
        for line in text.lines() {
            let change = parse(line)?;
            keymap.check(change.binding, change.chord)?;
            keymap.changes.push(change);
        }
        Ok(())
    }

    /// The binding for a chord in the first of these scopes that has one.
    pub fn find(&self, scopes: &[Scope], chord: Chord) -> Option<&'static Binding> {
        scopes.iter().find_map(|scope| {
            let changed =
                self.changes.iter().find(|change| change.binding.scope == *scope && change.chord == chord);
            let fits = |b: &&Binding| b.scope == *scope && b.chords.contains(&chord) && self.keeps(b, chord);
            changed.map(|change| change.binding).or_else(|| BINDINGS.iter().find(fits))
        })
    }

    /// All bindings that hold in these scopes, in the order of the scopes; shadowed keys are left out.
    pub fn in_scopes(&self, scopes: &[Scope]) -> Vec<&'static Binding> {
        let mut found: Vec<&'static Binding> = Vec::new();
        let mut taken: Vec<Chord> = Vec::new();
        for scope in scopes {
            for binding in BINDINGS.iter().filter(|b| b.scope == *scope) {
                let chords = self.chords(binding);
                // A command whose keys went to others can still be found by name.
                if chords.is_empty() || chords.iter().any(|chord| !taken.contains(chord)) {
                    taken.extend_from_slice(&chords);
                    found.push(binding);
                }
            }
        }
        found
    }

    /// The keys of a binding; the first one is shown in footers.
    pub fn chords(&self, binding: &'static Binding) -> Cow<'static, [Chord]> {
        // Every frame asks for those of all that the screen offers.
        if self.changes.is_empty() {
            return Cow::Borrowed(binding.chords);
        }
        let changed = self.change(binding).map(|change| change.chord);
        let mut chords: Vec<Chord> = changed.into_iter().collect();
        for chord in binding.chords {
            let taken = |change: &Change| change.binding.scope == binding.scope && change.chord == *chord;
            if self.keeps(binding, *chord) && !self.changes.iter().any(taken) {
                chords.push(*chord);
            }
        }
        Cow::Owned(chords)
    }

    /// The key of a command in a scope, as it is written on screens; none when it has none there.
    pub fn name_of(&self, scope: Scope, command: Command) -> Option<String> {
        let binding = BINDINGS.iter().find(|b| b.scope == scope && b.command == command)?;
        self.chords(binding).first().map(Chord::name)
    }

    /// Whether the member has given it a key of their own.
    pub fn is_own(&self, binding: &'static Binding) -> bool {
        self.changes[..self.own].iter().any(|change| is_same(change.binding, binding))
    }

    /// Whether the member has changed any key.
    pub fn has_own(&self) -> bool {
        self.own > 0
    }

    /// The member's own keys with one more, as the lines that are stored.
    ///
    /// # Errors
    /// When the key is taken, or is one that keeps its meaning everywhere; the words say which command has it.
    pub fn with(&self, binding: &'static Binding, chord: Chord) -> Result<String, KeyError> {
        self.check(binding, chord)?;
        let mut own: Vec<Change> = self.own_without(binding);
        own.push(Change { binding, chord });
        Ok(lines(&own))
    }

    /// The member's own keys without that of one command, which goes back to the place's.
    ///
    /// # Errors
    /// When another command has been given that key in the meantime.
    pub fn without(&self, binding: &'static Binding) -> Result<String, KeyError> {
        let own = self.own_without(binding);
        let place = self.changes[self.own..].iter().find(|change| is_same(change.binding, binding));
        let back: Vec<Chord> = match place {
            Some(change) => vec![change.chord],
            None => binding.chords.to_vec(),
        };
        if let Some(other) = own.iter().find(|c| c.binding.scope == binding.scope && back.contains(&c.chord))
        {
            return Err(taken(other.chord, other.binding));
        }
        Ok(lines(&own))
    }

    fn own_without(&self, binding: &'static Binding) -> Vec<Change> {
        self.changes[..self.own].iter().filter(|change| !is_same(change.binding, binding)).copied().collect()
    }

    /// Whether a key may be given to a command.
    fn check(&self, binding: &'static Binding, chord: Chord) -> Result<(), KeyError> {
        may_be_given(binding, chord)?;
        for other in BINDINGS.iter().filter(|other| together(binding.scope, other.scope)) {
            if !is_same(other, binding) && self.chords(other).contains(&chord) {
                return Err(taken(chord, other));
            }
        }
        Ok(())
    }

    fn change(&self, binding: &'static Binding) -> Option<&Change> {
        self.changes.iter().find(|change| is_same(change.binding, binding))
    }

    /// Whether a binding still has one of its keys of the table.
    fn keeps(&self, binding: &Binding, chord: Chord) -> bool {
        stays(chord) || !self.changes.iter().any(|change| is_same(change.binding, binding))
    }

    /// Whether a change can be taken over as it was stored: neither the command nor the key in that scope has one
    /// already, and the way out is not lost.
    fn has_room_for(&self, new: Change) -> bool {
        let twice = |change: &Change| {
            is_same(change.binding, new.binding)
                || (change.binding.scope == new.binding.scope && change.chord == new.chord)
        };
        let quits = |b: &&Binding| b.scope == Scope::Everywhere && b.command == Command::Quit;
        let takes_the_way_out = new.binding.command != Command::Quit
            && together(new.binding.scope, Scope::Everywhere)
            && BINDINGS.iter().find(quits).is_some_and(|quit| self.chords(quit).contains(&new.chord));
        may_be_given(new.binding, new.chord).is_ok() && !self.changes.iter().any(twice) && !takes_the_way_out
    }
}

/// Whether a binding's key may be changed at all: numbers choose by position, and vi's keys are a language of their
/// own.
pub fn is_changeable(binding: &Binding) -> bool {
    !matches!(binding.command, Command::Pick(_) | Command::Vi(_))
}

/// Keys of the table that a command keeps when it gets another one.
fn stays(chord: Chord) -> bool {
    match chord {
        Chord::Press(KeyPress { key: Key::Char(_), .. }) => means_the_same_everywhere(chord),
        Chord::Press(_) => true,
        Chord::Go(_) => false,
    }
}

/// Keys that lead out of anything and to anything.
fn means_the_same_everywhere(chord: Chord) -> bool {
    let Chord::Press(press) = chord else { return false };
    [KeyPress::plain(Key::Enter), KeyPress::plain(Key::Esc), KeyPress::plain(Key::Char('?'))].contains(&press)
        || [KeyPress::ctrl('p'), KeyPress::ctrl('l')].contains(&press)
}

fn may_be_given(binding: &Binding, chord: Chord) -> Result<(), KeyError> {
    let why = if !is_changeable(binding) {
        "The numbers choose by position and stay as they are.".to_owned()
    } else if means_the_same_everywhere(chord) {
        format!(
            "{} means the same everywhere, so that nobody is ever locked out. Take another key.",
            chord.name()
        )
    } else if chord == Chord::Press(GO_PREFIX) {
        "g goes to places: press g and then a letter, or take another key.".to_owned()
    } else if [KeyPress::ctrl('c'), KeyPress::ctrl('z')].map(Chord::Press).contains(&chord) {
        format!("{} does no harm anywhere, and that must stay so. Take another key.", chord.name())
    } else if binding.scope.takes_text() && types(chord) {
        format!("{} goes into the text there. Take Control with a letter.", chord.name())
    } else {
        return Ok(());
    };
    Err(KeyError(why))
}

/// Whether the keys of two scopes can hold at the same moment. Rather yes than no.
fn together(one: Scope, other: Scope) -> bool {
    use Scope as S;
    if one == other {
        return true;
    }
    match (one.takes_text(), other.takes_text()) {
        (false, false) => {
            let shared = [S::Everywhere, S::List, S::Pager];
            // A question is answered before anything else, and lists and running text do not share a screen.
            let questions = [S::Confirm, S::Choose];
            let alone = questions.contains(&one) || questions.contains(&other);
            !alone && (shared.contains(&one) || shared.contains(&other)) && !(is_hand(one) && is_hand(other))
        }
        (true, true) => {
            let pair = |a, b| (one, other) == (a, b) || (one, other) == (b, a);
            pair(S::Editor, S::Compose)
                || pair(S::Editor, S::ProfileForm)
                || pair(S::Editor, S::DoorWrite)
                || pair(S::Field, S::Compose)
                || pair(S::ComposeTitle, S::Compose)
                || pair(S::ComposeTitle, S::Field)
                || pair(S::Form, S::ProfileForm)
        }
        _ => false,
    }
}

fn is_hand(scope: Scope) -> bool {
    matches!(scope, Scope::List | Scope::Pager)
}

fn taken(chord: Chord, by: &Binding) -> KeyError {
    let mut what = by.help.split([':', ';', ',']).next().unwrap_or(by.help).to_owned();
    what = what.trim().to_owned();
    KeyError(format!("{} is taken: \"{what}\", {}. Take another key.", chord.name(), by.scope.words()))
}

fn is_same(one: &Binding, other: &Binding) -> bool {
    one.scope == other.scope && one.command == other.command
}

/// Reads `scope.command key`. What is no such line is named in the refusal, which goes to terminals and logs.
fn parse(line: &str) -> Result<Change, KeyError> {
    let line = clean_line(line);
    let (name, key) = line.split_once(' ').unwrap_or((&line, ""));
    let binding = BINDINGS.iter().find(|b| {
        name.split_once('.')
            .is_some_and(|(scope, command)| b.scope.name() == scope && b.command.name() == command)
    });
    let Some(binding) = binding else {
        return Err(KeyError(format!("There is no command \"{name}\": see Your keyboard in the settings.")));
    };
    let chord = Chord::parse(key).ok_or_else(|| {
        KeyError(format!("{name}: \"{key}\" is no key. Write it as x, ^X, Space, PgDn or g x."))
    })?;
    Ok(Change { binding, chord })
}

fn lines(changes: &[Change]) -> String {
    changes.iter().fold(String::new(), |mut text, change| {
        let (scope, command) = (change.binding.scope.name(), change.binding.command.name());
        let _ = writeln!(text, "{scope}.{command} {}", change.chord.name());
        text
    })
}
