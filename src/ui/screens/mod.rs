//! The screens, one folder each: `mod.rs` (state and update), `view.rs` (drawing), `tests.rs`. The only register
//! is [`open`].

mod application;
mod at_door;
mod away;
mod bans;
mod blocks;
mod board;
mod boards;
mod case;
mod charter;
mod cohort;
mod cohorts;
mod compose;
mod console;
mod conversation;
mod decide;
mod door;
mod drafts;
mod dues;
mod edit_profile;
mod filters;
mod glossary;
mod held;
mod help;
mod home;
mod invite_tree;
mod invites;
mod jury;
mod keymap;
mod keys;
mod leaving;
mod link;
mod log;
mod lost_keys;
mod members;
mod messages;
mod moderate;
mod my_cases;
mod my_data;
mod new_cohort;
mod new_rules;
mod notifications;
mod nudge;
mod palette;
mod path;
mod prevention;
mod profile;
mod questions;
mod queue;
mod quote_part;
mod read_on;
mod reading_list;
mod report;
mod roles;
mod room;
mod rooms;
mod search;
mod settings;
mod staff_notes;
mod tag;
mod tags;
mod thread;
mod waiting;
mod waitlist;
mod wall;
mod warning;
mod watch;

use super::keys::{Binding, Command, Scope};
use super::look::Look;
use super::route::Route;
use super::screen::Screen;
use crate::service::DomainEvent;
use crate::service::reading::{NextUnread, NextUp};

/// Makes the screen for a place. A dialog cannot be opened by its place (`Nowhere`): whoever asks for it lands on home.
pub fn open(route: &Route) -> Box<dyn Screen> {
    match route {
        Route::Door => Box::new(door::Door::default()),
        Route::Home | Route::Nowhere => Box::new(home::Home::default()),
        Route::Boards => Box::new(boards::Boards::default()),
        Route::Board(board) => Box::new(board::Board::new(*board)),
        Route::Thread { thread, at } => Box::new(thread::Thread::new(*thread, *at)),
        Route::Tags => Box::new(tags::Tags::default()),
        Route::Tag(tag) => Box::new(tag::Tag::new(*tag)),
        Route::Glossary => Box::new(glossary::Glossary::default()),
        Route::ReadingList => Box::new(reading_list::ReadingList::default()),
        Route::Compose(target) => Box::new(compose::Compose::new(*target)),
        Route::Drafts => Box::new(drafts::Drafts::default()),
        Route::Messages => Box::new(messages::Messages::default()),
        Route::Conversation(id) => Box::new(conversation::Conversation::new(*id)),
        Route::MessagesWith(member) => Box::new(conversation::MessagesWith(*member)),
        Route::Nudge(to) => Box::new(nudge::NudgeDialog::new(*to)),
        Route::Blocks => Box::new(blocks::Blocks::default()),
        Route::Members => Box::new(members::Members::default()),
        Route::Profile(member) => Box::new(profile::ProfileScreen::new(*member)),
        Route::Dues => Box::new(dues::DuesScreen::default()),
        Route::Cohorts => Box::new(cohorts::Cohorts::default()),
        Route::Cohort(cohort) => Box::new(cohort::CohortScreen::new(*cohort)),
        Route::NewCohort => Box::new(new_cohort::NewCohortForm::default()),
        Route::Roles => Box::new(roles::Roles::default()),
        Route::Path(member) => Box::new(path::PathScreen::new(*member)),
        Route::Invites => Box::new(invites::Invites::default()),
        Route::InviteTree(branch) => Box::new(invite_tree::InviteTree::new(*branch)),
        Route::AtDoor => Box::new(at_door::AtDoorScreen::default()),
        Route::Questions => Box::new(questions::Questions::default()),
        Route::Search => Box::new(search::Search::default()),
        Route::Notifications => Box::new(notifications::Notifications::default()),
        Route::Settings => Box::new(settings::Settings::default()),
        Route::Queue => Box::new(queue::QueueScreen::default()),
        Route::LostKeys => Box::new(lost_keys::LostKeys::default()),
        Route::Charter(version) => Box::new(charter::CharterScreen::new(*version)),
        Route::Waitlist => Box::new(waitlist::WaitlistScreen::default()),
        Route::Case(case) => Box::new(case::CaseScreen::new(*case)),
        Route::Matter(matter) => Box::new(case::MatterScreen::new(*matter)),
        Route::Jury(matter) => Box::new(jury::JuryScreen::new(*matter)),
        Route::Application(application) => Box::new(application::ApplicationScreen::new(*application)),
        Route::Held(held) => Box::new(held::HeldScreen::new(*held)),
        Route::Waiting => Box::new(waiting::Waiting::default()),
        Route::StaffNotes(member) => Box::new(staff_notes::StaffNotesScreen::new(*member)),
        Route::Filters => Box::new(filters::Filters::default()),
        Route::Watch(wanted) => Box::new(watch::WatchScreen::new(*wanted)),
        Route::Bans(member) => Box::new(bans::Bans::new(*member)),
        Route::Prevention => Box::new(prevention::Prevention::default()),
        Route::Console => Box::new(console::Console::default()),
        Route::ConsolePart(section) => Box::new(console::ConsolePart::new(*section)),
        Route::NewRules => Box::new(new_rules::NewRulesDialog::default()),
        Route::ModLog => Box::new(log::LogScreen::mod_log()),
        Route::AuditLog => Box::new(log::LogScreen::audit_log()),
        Route::MyCases => Box::new(my_cases::MyCases::default()),
        Route::Rooms => Box::new(rooms::Rooms::default()),
        Route::RoomOf(board) => Box::new(rooms::Rooms::of(*board)),
        Route::Room(room) => Box::new(room::Room::new(*room)),
        Route::Wall => Box::new(wall::Wall::default()),
        Route::Away => Box::new(away::AwayDialog::default()),
        Route::TakeDown(thing) => Box::new(report::Report::removal(*thing)),
        Route::Report(thing) => Box::new(report::Report::new(*thing)),
        Route::Moderate(thing) => Box::new(moderate::ModerateMenu::new(*thing)),
        Route::Warnings => Box::new(warning::WarningDialog::default()),
        Route::MyData => Box::new(my_data::MyDataScreen::default()),
        Route::Leaving => Box::new(leaving::LeavingDialog),
        Route::EditProfile => Box::new(edit_profile::EditProfileForm::default()),
        Route::Keys => Box::new(keys::Keys::default()),
        Route::KeyMap => Box::new(keymap::KeyMapScreen::default()),
    }
}

/// What works on a screen with this title and these scopes.
pub fn help(title: String, scopes: &[Scope]) -> Box<dyn Screen> {
    Box::new(help::Help::new(title, scopes))
}

/// The same for a screen that says itself what makes sense there just now.
pub fn help_for(title: String, screen: &dyn Screen, look: &Look) -> Box<dyn Screen> {
    let commands = look.keys.in_scopes(screen.scopes()).into_iter().map(|binding| binding.command);
    let hidden = commands.filter(|command| !screen.offers(*command, look)).collect();
    Box::new(help::Help::new(title, screen.scopes()).without(hidden))
}

/// What can be found by name, with these commands of the screen below.
pub fn palette(commands: &[&'static Binding], look: &Look) -> Box<dyn Screen> {
    Box::new(palette::Palette::new(commands, look))
}

/// Whether a command of every screen makes sense for the one who looks. Courtesy only: the policy checks again behind
/// the door.
pub fn offers_everywhere(command: Command, look: &Look) -> bool {
    match command {
        Command::Back | Command::Help | Command::Redraw | Command::Quit => true,
        Command::GoQueue
        | Command::GoWaitlist
        | Command::GoPrevention
        | Command::GoBans
        | Command::GoWatch
        | Command::GoAuditLog => look.actor().is_staff(),
        Command::GoConsole => look.actor().is_sysop(),
        Command::GoQuestions => look.actor().is_sysop(),
        Command::GoDues => look.actor().is_active() && look.me.dues,
        _ => look.actor().is_active(),
    }
}

/// The screen that looks for the next unread thing and makes way for it.
pub fn read_on() -> Box<dyn Screen> {
    Box::new(read_on::ReadOn)
}

/// What is to be read next, on a walk that passes over some things.
pub fn next_up(next: NextUp, walk: NextUnread) -> Box<dyn Screen> {
    match next {
        NextUp::Thread(next) => Box::new(thread::Thread::reading_on(next.thread, walk)),
        NextUp::Conversation(id) => Box::new(conversation::Conversation::reading_on(id, walk)),
    }
}

/// The place that a command goes to, if it goes to a place.
pub fn place_of(command: Command) -> Option<Route> {
    match command {
        Command::GoHome => Some(Route::Home),
        Command::GoBoards => Some(Route::Boards),
        Command::GoNotifications => Some(Route::Notifications),
        Command::GoDrafts => Some(Route::Drafts),
        Command::GoRooms => Some(Route::Rooms),
        Command::GoWall => Some(Route::Wall),
        Command::GoReadingList => Some(Route::ReadingList),
        Command::GoTags => Some(Route::Tags),
        Command::GoGlossary => Some(Route::Glossary),
        Command::GoInvites => Some(Route::Invites),
        Command::GoDues => Some(Route::Dues),
        Command::GoCohorts => Some(Route::Cohorts),
        Command::GoRoles => Some(Route::Roles),
        Command::GoPath => Some(Route::Path(None)),
        Command::GoQuestions => Some(Route::Questions),
        Command::GoInviteTree => Some(Route::InviteTree(None)),
        Command::GoAtDoor => Some(Route::AtDoor),
        Command::GoMessages => Some(Route::Messages),
        Command::GoMembers => Some(Route::Members),
        Command::Search => Some(Route::Search),
        Command::GoSettings => Some(Route::Settings),
        Command::GoLostKeys => Some(Route::LostKeys),
        Command::GoCharter => Some(Route::Charter(None)),
        Command::GoQueue => Some(Route::Queue),
        Command::GoWaitlist => Some(Route::Waitlist),
        Command::GoWaiting => Some(Route::Waiting),
        Command::GoPrevention => Some(Route::Prevention),
        Command::GoBans => Some(Route::Bans(None)),
        Command::GoWatch => Some(Route::Watch(None)),
        Command::GoConsole => Some(Route::Console),
        Command::GoModLog => Some(Route::ModLog),
        Command::GoAuditLog => Some(Route::AuditLog),
        _ => None,
    }
}

/// Whether an event can change what is unread for the one who looks, or the lists that show it.
fn changes_counts(event: &DomainEvent, look: &Look) -> bool {
    match event {
        DomainEvent::MarksChanged { member } => Some(*member) == look.actor().id(),
        DomainEvent::PostAdded { .. }
        | DomainEvent::PostChanged { .. }
        | DomainEvent::ThreadChanged { .. }
        | DomainEvent::TagChanged { .. }
        | DomainEvent::BoardsChanged => true,
        _ => false,
    }
}
