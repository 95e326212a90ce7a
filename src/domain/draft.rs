//! What an unfinished text is for, and how long it may get.

use std::fmt;
use std::str::FromStr;

use super::ids::{
    ActId, ApplicationId, BoardId, CaseId, CohortId, ConversationId, HeldId, MatterId, MemberId, MessageNo,
    PostNo, QuestionId, RoomId, ThreadId,
};
use super::moderation::{Thing, ThingKind};
use super::post::BODY_LEN_MAX;
use super::words::words;

/// Longest text that is kept as a draft, in bytes: three of the longest posts. More than a post may have, because
/// nothing that was typed or pasted is ever cut; it is the sender who is asked to shorten it.
pub const DRAFT_LEN_MAX: usize = 3 * BODY_LEN_MAX;

/// Longest name of a form, in bytes.
const FORM_LEN_MAX: usize = 40;

/// What an unfinished text is for. Each account keeps one draft for each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DraftTarget {
    /// A new thread on a board: `board:3`.
    Board(BoardId),
    /// A post in a thread: `reply:17`.
    Reply(ThreadId),
    /// Another text for one's own post: `edit:17.4`.
    Edit(ThreadId, PostNo),
    /// A line in a room: `room:1`.
    Room(RoomId),
    /// A message in a conversation: `message:12`.
    Message(ConversationId),
    /// Another text for one's own message: `message-edit:12.4`.
    EditMessage(ConversationId, MessageNo),
    /// The first message to a member: `message-to:7`.
    MessageTo(MemberId),
    /// The first message of a conversation with whoever its title names: `message-new:1`.
    NewConversation,
    /// A form that is not about posts, by its name: `form:profile`.
    Form(String),
}

impl fmt::Display for DraftTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Board(board) => write!(f, "board:{board}"),
            Self::Reply(thread) => write!(f, "reply:{thread}"),
            Self::Edit(thread, no) => write!(f, "edit:{thread}.{no}"),
            Self::Room(room) => write!(f, "room:{room}"),
            Self::Message(conversation) => write!(f, "message:{conversation}"),
            Self::EditMessage(conversation, no) => write!(f, "message-edit:{conversation}.{no}"),
            Self::MessageTo(member) => write!(f, "message-to:{member}"),
            Self::NewConversation => f.write_str("message-new:1"),
            Self::Form(name) => write!(f, "form:{name}"),
        }
    }
}

impl DraftTarget {
    /// The target of a form's text.
    pub fn of(form: Form) -> Self {
        Self::Form(form.to_string())
    }

    /// The form that this is for, if it is for one that this hob knows.
    pub fn form(&self) -> Option<Form> {
        match self {
            Self::Form(name) => Form::of(name),
            _ => None,
        }
    }
}

/// The forms whose texts are kept as drafts, with what they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// One's own profile: `profile`.
    Profile,
    /// A text on the way in: `join-why`, `join-introduction`, `join-answer`.
    Joining(&'static str),
    /// The answer to one of the sysop's own questions on the way in: `join-question.3`.
    DoorQuestion(QuestionId),
    /// A cohort that is to be made: `cohort`.
    Cohort,
    /// What a cohort's checkpoint of this week asks: `checkpoint.7.2`.
    Checkpoint(CohortId, i64),
    /// A question of the sysop's own, while it is written: `question.3`, or `question-new`.
    Question(Option<QuestionId>),
    /// A board's template: `template.3`.
    Template(BoardId),
    /// The note of a report: `report.post.12`.
    Report(Thing),
    /// The reason of a decision in a case: `case.4`.
    Case(CaseId),
    /// An appeal against an act: `appeal.7`.
    Appeal(ActId),
    /// The reason of a juror's vote on an appeal: `jury.7`.
    Jury(MatterId),
    /// The reason of an act without a case: `act.post.12`.
    Act(Thing),
    /// What an applicant is told or asked: `welcome.7`, `decline.7`, `ask.7`.
    Application(ApplicationText, ApplicationId),
    /// A staff note about a member: `note.7`.
    StaffNote(MemberId),
    /// Why a post that waits goes back: `return.4`.
    Held(HeldId),
    /// A single line that a dialog asks for, with what it is about, 0 for nothing: `wall-line.0`, `nudge.7`.
    Line(LineFor, i64),
    /// The note of a report of an invite, whose code is not kept: `invite-report`.
    InviteReport,
}

words! {
    /// The single lines of prose that a dialog asks for.
    "kind of line" LineFor {
        /// A line on the wall.
        Wall = "wall-line",
        /// Why one is away.
        Away = "away",
        /// The word to a friend that goes with an invite.
        Invite = "invite-note",
        /// A nudge to the member of this id; 0: to whoever is on duty.
        Nudge = "nudge",
        /// What the tag of this id is for.
        Tag = "tag-words",
        /// What a new word of the glossary means.
        NewTerm = "term-new",
        /// What the word of this id means now.
        Term = "term",
        /// Why the word of this id is taken out.
        TermOut = "term-out",
        /// How one knows the person of this id, who is at the door.
        Vouch = "vouch",
        /// Why the role of this id ends.
        RoleEnd = "role-end",
        /// Why the member of this id comes in past the line.
        LetIn = "let-in",
        /// Why the place is calm for a while.
        Calm = "calm",
        /// What the author of a filtered text reads.
        Filter = "filter",
        /// What the conversation of this id is called.
        Conversation = "conversation-title",
        /// The title of what is split off from the post of this id on.
        Split = "split-title",
        /// An answer on the sysop's console; the number tells the questions apart.
        Console = "console",
    }
}

/// The texts of one's own that an application can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApplicationText {
    /// A word of welcome.
    Welcome,
    /// Why it is declined.
    Decline,
    /// A question back.
    Ask,
}

impl ApplicationText {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Welcome, "welcome"), (Self::Decline, "decline"), (Self::Ask, "ask")];
}

/// The texts on the way in, by the names that `service::joining` keeps them under.
pub const JOINING_FORMS: [&str; 3] = ["join-why", "join-introduction", "join-answer"];

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile => f.write_str("profile"),
            Self::Cohort => f.write_str("cohort"),
            Self::Checkpoint(cohort, week) => write!(f, "checkpoint.{cohort}.{week}"),
            Self::Joining(name) => f.write_str(name),
            Self::DoorQuestion(question) => write!(f, "join-question.{question}"),
            Self::Question(Some(question)) => write!(f, "question.{question}"),
            Self::Question(None) => f.write_str("question-new"),
            Self::Template(board) => write!(f, "template.{board}"),
            Self::Report(thing) => write!(f, "report.{}.{}", thing.kind(), thing.id()),
            Self::Case(case) => write!(f, "case.{case}"),
            Self::Appeal(act) => write!(f, "appeal.{act}"),
            Self::Jury(matter) => write!(f, "jury.{matter}"),
            Self::Act(thing) => write!(f, "act.{}.{}", thing.kind(), thing.id()),
            Self::Application(text, id) => {
                let name = ApplicationText::ALL.iter().find(|(known, _)| known == text);
                write!(f, "{}.{id}", name.map_or("ask", |(_, name)| name))
            }
            Self::StaffNote(member) => write!(f, "note.{member}"),
            Self::Held(held) => write!(f, "return.{held}"),
            Self::Line(what, id) => write!(f, "{what}.{id}"),
            Self::InviteReport => f.write_str("invite-report"),
        }
    }
}

impl Form {
    /// The form of this name; none for one that this hob does not know.
    fn of(name: &str) -> Option<Self> {
        if let Some(known) = JOINING_FORMS.iter().find(|known| **known == name) {
            return Some(Self::Joining(known));
        }
        let (kind, rest) = name.split_once('.').unwrap_or((name, ""));
        let id = |digits: &str| digits.parse::<i64>().ok().filter(|id| *id > 0);
        let thing = || {
            let (kind, number) = rest.split_once('.')?;
            Some(Thing::new(kind.parse::<ThingKind>().ok()?, id(number)?))
        };
        if let Ok(what) = kind.parse::<LineFor>() {
            let id = rest.parse::<i64>().ok().filter(|id| *id >= 0)?;
            return Some(Self::Line(what, id));
        }
        match kind {
            "profile" if !rest.is_empty() => None,
            "profile" => Some(Self::Profile),
            "invite-report" if rest.is_empty() => Some(Self::InviteReport),
            "cohort" => rest.is_empty().then_some(Self::Cohort),
            "checkpoint" => {
                let (cohort, week) = rest.split_once('.')?;
                Some(Self::Checkpoint(CohortId(id(cohort)?), id(week)?))
            }
            "join-question" => Some(Self::DoorQuestion(QuestionId(id(rest)?))),
            "question-new" if rest.is_empty() => Some(Self::Question(None)),
            "question" => Some(Self::Question(Some(QuestionId(id(rest)?)))),
            "template" => Some(Self::Template(BoardId(id(rest)?))),
            "report" => Some(Self::Report(thing()?)),
            "act" => Some(Self::Act(thing()?)),
            "note" => Some(Self::StaffNote(MemberId(id(rest)?))),
            "return" => Some(Self::Held(HeldId(id(rest)?))),
            "appeal" => Some(Self::Appeal(ActId(id(rest)?))),
            "jury" => Some(Self::Jury(MatterId(id(rest)?))),
            "case" => Some(Self::Case(CaseId(id(rest)?))),
            other => {
                let (text, _) = ApplicationText::ALL.into_iter().find(|(_, name)| *name == other)?;
                Some(Self::Application(text, ApplicationId(id(rest)?)))
            }
        }
    }
}

/// A draft's target that cannot be read: a damaged row, or one written by a newer hob.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not something that a draft can be for")]
pub struct UnknownTarget(pub String);

impl FromStr for DraftTarget {
    type Err = UnknownTarget;

    fn from_str(text: &str) -> Result<Self, UnknownTarget> {
        let unknown = || UnknownTarget(text.to_owned());
        let id = |digits: &str| digits.parse::<i64>().ok().filter(|id| *id > 0).ok_or_else(unknown);
        let (kind, rest) = text.split_once(':').ok_or_else(unknown)?;
        match kind {
            "board" => Ok(Self::Board(BoardId(id(rest)?))),
            "reply" => Ok(Self::Reply(ThreadId(id(rest)?))),
            "room" => Ok(Self::Room(RoomId(id(rest)?))),
            "edit" => {
                let (thread, no) = rest.split_once('.').ok_or_else(unknown)?;
                Ok(Self::Edit(ThreadId(id(thread)?), PostNo(id(no)?)))
            }
            "message" => Ok(Self::Message(ConversationId(id(rest)?))),
            "message-edit" => {
                let (conversation, no) = rest.split_once('.').ok_or_else(unknown)?;
                Ok(Self::EditMessage(ConversationId(id(conversation)?), MessageNo(id(no)?)))
            }
            "message-to" => Ok(Self::MessageTo(MemberId(id(rest)?))),
            "message-new" if rest == "1" => Ok(Self::NewConversation),
            "form" if is_form_name(rest) => Ok(Self::Form(rest.to_owned())),
            _ => Err(unknown()),
        }
    }
}

/// Whether a form may have this name: a few small letters, digits, dots and hyphens.
fn is_form_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    (1..=FORM_LEN_MAX).contains(&name.len()) && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_target_reads_as_it_was_written() {
        for (target, text) in [
            (DraftTarget::Board(BoardId(3)), "board:3"),
            (DraftTarget::Reply(ThreadId(17)), "reply:17"),
            (DraftTarget::Edit(ThreadId(17), PostNo(4)), "edit:17.4"),
            (DraftTarget::Room(RoomId(1)), "room:1"),
            (DraftTarget::Message(ConversationId(12)), "message:12"),
            (DraftTarget::EditMessage(ConversationId(12), MessageNo(4)), "message-edit:12.4"),
            (DraftTarget::MessageTo(MemberId(7)), "message-to:7"),
            (DraftTarget::NewConversation, "message-new:1"),
            (DraftTarget::Form("profile".to_owned()), "form:profile"),
        ] {
            assert_eq!(target.to_string(), text);
            assert_eq!(text.parse::<DraftTarget>().unwrap(), target);
        }
    }

    #[test]
    fn a_form_reads_as_it_was_written_and_fits_its_name() {
        use crate::domain::ids::{LineId, MemberId, PostId, WallId};
        let far = i64::MAX;
        assert!(LineFor::ALL.iter().all(|what| DraftTarget::of(Form::Line(*what, 1)).form().is_some()));
        let mut forms = vec![
            Form::Profile,
            Form::InviteReport,
            Form::Line(LineFor::Away, 0),
            Form::Line(LineFor::Conversation, far),
            Form::Report(Thing::Wall(WallId(far))),
            Form::Act(Thing::Line(LineId(far))),
            Form::Cohort,
            Form::Checkpoint(CohortId(far), 26),
            Form::Template(BoardId(far)),
            Form::Question(None),
            Form::Question(Some(QuestionId(far))),
            Form::DoorQuestion(QuestionId(far)),
            Form::Report(Thing::Post(PostId(far))),
            Form::Act(Thing::Member(MemberId(5))),
            Form::Act(Thing::Thread(ThreadId(far))),
            Form::Case(CaseId(4)),
            Form::Held(HeldId(far)),
            Form::Appeal(ActId(7)),
            Form::Jury(MatterId(far)),
            Form::StaffNote(MemberId(far)),
        ];
        forms.extend(JOINING_FORMS.map(Form::Joining));
        forms.extend(ApplicationText::ALL.map(|(text, _)| Form::Application(text, ApplicationId(far))));
        for form in forms {
            let stored = DraftTarget::of(form).to_string();
            assert_eq!(stored.parse::<DraftTarget>().unwrap().form(), Some(form), "{stored}");
        }
        for name in [
            "profile.1",
            "nudge",
            "nudge.-1",
            "away.x",
            "case.0",
            "case.x",
            "report.post",
            "report.cat.1",
            "checkpoint.7",
            "checkpoint.7.0",
            "other",
            "ask.",
        ] {
            assert_eq!(DraftTarget::Form(name.to_owned()).form(), None, "{name}");
        }
        assert_eq!(DraftTarget::Board(BoardId(1)).form(), None);
    }

    #[test]
    fn nothing_else_is_a_target() {
        for text in [
            "",
            "board",
            "board:",
            "board:x",
            "board:-1",
            "edit:17",
            "edit:1.2.3",
            "form:",
            "form:A b",
            "x:1",
        ] {
            assert_eq!(text.parse::<DraftTarget>(), Err(UnknownTarget(text.to_owned())), "{text}");
        }
    }
}
