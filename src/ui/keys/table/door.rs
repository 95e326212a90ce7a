//! The door, invites, one's own data, who is at the door, and its questions.

use super::{bind, char, ctrl, key};
use crate::ui::input::Key;
use crate::ui::keys::{Binding, Chord, Command as C, Scope as S};

#[rustfmt::skip]
pub(super) const BINDINGS: &[Binding] = &[
    // The door. Space belongs to it: there is nothing to read on to from here.
    bind(S::Door, &[char('a')], C::Apply, "apply", "Apply to join"),
    bind(S::Door, &[char('i')], C::EnterInvite, "invite", "Enter the code of an invite"),
    bind(S::Door, &[char('c'), char(' ')], C::ReadCharter, "charter", "Read the charter"),
    bind(S::Door, &[char('b')], C::LookAround, "boards", "Look at the boards that are open to guests"),
    bind(S::Door, &[char('l')], C::ComeBack, "members", "How members log in"),
    bind(S::DoorStatus, &[key(Key::Enter)], C::Open, "answer", "Answer what the staff asked"),
    bind(S::DoorStatus, &[char('a')], C::Appeal, "appeal", "Read what concerned you, and appeal within 20 days"),
    bind(S::DoorStatus, &[char('w')], C::WakeSeat, "wake", "Wake your seat, which sleeps because you were away for long; Enter does too"),
    bind(S::DoorStatus, &[char('b')], C::LookAround, "boards", "Look at the boards that are open to guests"),
    bind(S::DoorStatus, &[char('i')], C::EnterInvite, "invite", "Enter the code of an invite"),
    bind(S::DoorStatus, &[char('c')], C::ReadCharter, "charter", "Read the charter"),
    bind(S::DoorStatus, &[char('v')], C::ShowOneself, "shown", "Let members see your handle and introduction while you wait, or no longer"),
    bind(S::DoorStatus, &[char(' ')], C::PageDown, "", "A page down"),
    bind(S::DoorText, &[key(Key::Esc), key(Key::Left), key(Key::Enter)], C::Back, "back", "Back to where you were"),
    bind(S::DoorText, &[char('k')], C::LostKey, "lost key", "You are a member and lost your key: members vouch for you"),
    bind(S::DoorText, &[char('r')], C::RecoveryCode, "code", "Enter the one-time code that a sysop gave you"),
    bind(S::DoorText, &[char(' ')], C::PageDown, "", "A page down"),
    bind(S::DoorRule, &[key(Key::Enter)], C::Accept, "accept", "Accept this rule and go on; page down first where there is more of it"),
    bind(S::DoorRule, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "To the rule before"),
    bind(S::DoorRule, &[char(' ')], C::PageDown, "", "A page down"),
    bind(S::DoorChoice, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back to the step before"),
    bind(S::DoorChoice, &[char(' ')], C::Down, "", "One down"),
    bind(S::DoorOne, &[char('s')], C::LeaveOut, "leave out", "Leave this question out"),
    bind(S::DoorMany, &[key(Key::Enter)], C::Accept, "go on", "Go on with what is chosen, or with nothing"),
    bind(S::DoorMany, &[char(' '), char('x')], C::Mark, "choose", "Choose this one, or no longer"),
    bind(S::DoorWrite, &[ctrl('s')], C::Send, "go on", "Keep it and go on"),
    bind(S::DoorWrite, &[key(Key::Esc)], C::Back, "back", "Back; what you typed is kept"),

    // Invites.
    bind(S::MadeInvite, &[key(Key::Esc), key(Key::Left), key(Key::Enter)], C::Back, "back", "Back to your invites; the code is not shown again"),
    bind(S::Invites, &[char('n')], C::MakeInvite, "new", "Make an invite for a friend"),
    bind(S::Everywhere, &[Chord::Go('T')], C::GoInviteTree, "family tree", "Family tree: who invited whom"),
    bind(S::Invites, &[char('t')], C::GoInviteTree, "tree", "Who invited whom"),
    bind(S::Profile, &[char('i')], C::InviteBranch, "", "Invite branch: who came through this member"),
    bind(S::InviteTree, &[char('f')], C::FoldBranch, "fold", "Fold this branch, or open it"),
    bind(S::InviteTree, &[char('F')], C::FoldAll, "fold all", "Fold all branches, or open them"),
    bind(S::Invites, &[char('!')], C::Report, "", "Report an invite by its code, when somebody sells or spreads it"),
    bind(S::Invites, &[char('x')], C::RevokeInvite, "take back", "Take an invite back that nobody has used"),

    // One's own data, and leaving.
    bind(S::MyData, &[char('L')], C::LeaveHob, "leave for good", "Leave this place in one of three ways, with seven days to change your mind"),
    bind(S::MyData, &[char('s')], C::Stay, "stay", "Stay after all: nothing is changed"),
    bind(S::Leaving, &[char('s')], C::Stay, "stay", "Stay after all: nothing is changed"),
    bind(S::Leaving, &[key(Key::Enter), key(Key::Esc), key(Key::Left), char(' ')], C::Accept, "go on", "Go on for now; you still leave when the time comes"),
    // At the door, for members.
    bind(S::Everywhere, &[Chord::Go('x')], C::GoAtDoor, "at the door", "At the door: who waits to be let in; vouch for whom you know"),
    bind(S::AtDoor, &[char('v')], C::Vouch, "vouch", "Tell the staff in a line how you know this person"),
    bind(S::AtDoor, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back to the list, or to where you were"),
    bind(S::AtDoor, &[char('x')], C::TakeDown, "take back", "Take back what you said for this person"),

    // The questions at the door.
    bind(S::Everywhere, &[Chord::Go('e')], C::GoQuestions, "questions", "Questions at the door: what is asked of those who join (sysop)"),
    bind(S::Questions, &[key(Key::Enter), key(Key::Right)], C::Open, "change", "Change this question; who answered it keeps what was asked"),
    bind(S::Questions, &[char('n')], C::NewQuestion, "new", "Write a question, in words or with choices"),
    bind(S::Questions, &[char('x')], C::RetireQuestion, "take out", "Ask it no longer, or again; answers stay with their applications"),
    bind(S::Questions, &[char('-')], C::Earlier, "", "Ask it one place earlier"),
    bind(S::Questions, &[char('+')], C::Later, "", "Ask it one place later"),
    bind(S::QuestionForm, &[ctrl('s')], C::Send, "save", "Save the question as it stands"),
    bind(S::QuestionForm, &[key(Key::Esc)], C::Back, "leave", "Leave; what you typed is kept as a draft"),
    bind(S::QuestionForm, &[ctrl('d')], C::DropDraft, "drop", "Drop what you typed; the question is as it was saved"),
    bind(S::QuestionForm, &[ctrl('t')], C::SwitchKind, "kind", "Another kind: in words, one of the choices, any of them"),
    bind(S::QuestionForm, &[ctrl('r')], C::SwitchNeeded, "needed", "It must be answered, or may be left out"),
    bind(S::QuestionForm, &[ctrl('x')], C::SwitchCircle, "whom", "Ask everybody, or only those who apply without an invite"),
];
