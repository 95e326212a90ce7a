//! What golden screens show: who looks, at which place, after which keys. A screen that is added needs a line here, named
//! after its folder in `ui/screens/` (and a word after `_` where there are several).

use super::cohorts;
use super::community::Community;
use super::{dues, juries, prevention};
use crate::domain::ids::{ConversationId, HeldId, MatterId, PostNo, RoomId};
use crate::domain::moderation::Thing;
use crate::service::console::Section;
use crate::service::testing::Blocking;
use crate::ui::route::{ComposeTarget, Route};

/// The room that is always there.
const HALL: RoomId = RoomId(1);

/// The conversations, in the order in which they are begun.
const ASH_AND_WREN: ConversationId = ConversationId(1);
const SATURDAY: ConversationId = ConversationId(2);

/// The only appeal that there is.
const REX_APPEALS: MatterId = MatterId(1);

/// One thing to look at.
pub(super) struct Scene {
    /// What its picture is kept under.
    pub(super) name: &'static str,
    /// Who looks.
    pub(super) who: &'static str,
    /// The place that is looked at.
    pub(super) place: Route,
    /// Whether it has to be opened; else it is where a session begins, or the keys lead there.
    pub(super) opened: bool,
    /// Keys that are pressed then, as the harness reads them.
    pub(super) keys: &'static str,
    /// What happens on the copy that is looked at before anybody looks.
    pub(super) before: fn(&Community, &Blocking),
}

/// Opens a place on top of where the session begins.
fn at(name: &'static str, who: &'static str, place: Route, keys: &'static str) -> Scene {
    Scene { name, who, place, opened: true, keys, before: |_, _| {} }
}

/// Presses keys where the session begins; `place` is where they lead, `Nowhere` for a dialog.
fn by(name: &'static str, who: &'static str, place: Route, keys: &'static str) -> Scene {
    Scene { name, who, place, opened: false, keys, before: |_, _| {} }
}

/// The same, after something happened that the other scenes know nothing of.
fn after(before: fn(&Community, &Blocking), scene: Scene) -> Scene {
    Scene { before, ..scene }
}

/// All of them.
pub(super) fn all(c: &Community) -> Vec<Scene> {
    [door, reading, writing, people, staff].into_iter().flat_map(|part| part(c)).collect()
}

pub(super) fn door(_: &Community) -> Vec<Scene> {
    vec![
        by("door", "guest", Route::Door, ""),
        by("door_charter", "guest", Route::Door, "c"),
        by("door_members", "guest", Route::Door, "l"),
        by("door_boards", "guest", Route::Door, "b"),
        by("door_handle", "guest", Route::Door, "a"),
        by("door_taken", "guest", Route::Door, "awren<Enter>"),
        by("door_invite", "guest", Route::Door, "inonsense<Enter>"),
        by("door_rule", "ned", Route::Door, ""),
        by("door_question", "una", Route::Door, "2"),
        by("door_waiting", "fay", Route::Door, ""),
        by("door_asked", "ina", Route::Door, ""),
        by("door_suspended", "rex", Route::Door, ""),
        by("home", "wren", Route::Home, ""),
        by("home_staff", "mo", Route::Home, ""),
        by("home_caught_up", "sue", Route::Home, ""),
        by("warning", "gus", Route::Warnings, ""),
        by("read_on", "wren", Route::Nowhere, "<Space>"),
        by("read_on_caught_up", "sue", Route::Nowhere, "<Space>"),
        by("help", "wren", Route::Nowhere, "?"),
        at("help_thread", "wren", Route::Boards, "?<PgDn>"),
        by("palette", "wren", Route::Nowhere, ":"),
        by("palette_typed", "wren", Route::Nowhere, ":ke"),
        by("palette_nothing", "wren", Route::Nowhere, ":xyzzy"),
    ]
}

pub(super) fn reading(c: &Community) -> Vec<Scene> {
    let thread = |thread, no: i64| Route::Thread { thread, at: Some(PostNo(no)) };
    vec![
        at("boards", "wren", Route::Boards, "jj"),
        at(
            "glossary",
            "wren",
            Route::Glossary,
            "nkettle<Enter>The warm heart of the house. It sings.<Enter>",
        ),
        at("board", "wren", Route::Board(c.general), "j"),
        at("board_solved", "wren", Route::Board(c.help), ""),
        at("board_empty", "wren", Route::Board(c.attic), ""),
        at("thread", "wren", Route::Thread { thread: c.kettle, at: None }, ""),
        at("thread_first", "wren", thread(c.kettle, 1), ""),
        at("thread_answered", "wren", thread(c.kettle, 4), "o"),
        at("thread_signs", "wren", thread(c.signs, 1), ""),
        at("thread_marks", "wren", thread(c.signs, 2), ""),
        at("thread_markdown", "wren", thread(c.shelf, 1), ""),
        at("thread_markdown_end", "wren", thread(c.shelf, 1), "<PgDn>x"),
        at("thread_long", "wren", Route::Thread { thread: c.count, at: None }, ""),
        at("thread_edited", "wren", thread(c.count, 27), "h"),
        at("thread_solved", "ida", thread(c.blink, 1), ""),
        at("thread_gone", "wren", thread(c.quarrel, 1), ""),
        at("thread_jump", "wren", thread(c.count, 3), "#"),
        at("thread_keep", "wren", thread(c.kettle, 2), "b"),
        at("link", "wren", thread(c.shelf, 1), "l"),
        at("search", "wren", Route::Search, ""),
        at("search_hits", "wren", Route::Search, "kettle<Enter>"),
        at("search_nothing", "wren", Route::Search, "xyzzy<Enter>"),
        at("tags", "wren", Route::Tags, ""),
        at("tags_set", "ida", thread(c.blink, 1), "T"),
        at("tag", "wren", Route::Tag(c.tag), ""),
        at("reading_list", "wren", Route::ReadingList, ""),
        at("reading_list_empty", "ash", Route::ReadingList, ""),
    ]
}

pub(super) fn writing(c: &Community) -> Vec<Scene> {
    let compose = Route::Compose;
    let answer = |no| ComposeTarget::Reply { thread: c.kettle, to: Some(PostNo(no)), quote: false };
    let quote = ComposeTarget::Reply { thread: c.kettle, to: Some(PostNo(4)), quote: true };
    let own = ComposeTarget::Edit { thread: c.kettle, no: PostNo(2) };
    let thread_end = Route::Thread { thread: c.kettle, at: Some(PostNo(6)) };
    let long = Route::Thread { thread: c.kettle, at: Some(PostNo(3)) };
    vec![
        at("compose", "wren", compose(answer(4)), "Thank you, I found them."),
        at("compose_quote", "wren", compose(quote), ""),
        at("compose_new", "ash", compose(ComposeTarget::NewThread(c.general)), "The kettle sings"),
        at("compose_draft", "wren", compose(ComposeTarget::NewThread(c.general)), ""),
        at("compose_edit", "ash", compose(ComposeTarget::Edit { thread: c.kettle, no: PostNo(4) }), ""),
        at("compose_late", "wren", compose(own), ""),
        at("compose_template", "sue", compose(ComposeTarget::Template(c.help)), ""),
        at("compose_wide", "wren", compose(answer(5)), "日本語 👨‍👩‍👧‍👦 e\u{301} שלום<Enter>- one<Enter>- two"),
        at("compose_preview", "wren", compose(answer(5)), "Some *light* and **dark** `code`.<^T>"),
        at("compose_keys", "wren", compose(answer(5)), "<^O>"),
        at("compose_drop", "wren", compose(answer(5)), "Some words<^X>"),
        at("quote_part", "wren", long, "Qjj<Space>"),
        at("compose_message", "wren", compose(ComposeTarget::Message(ASH_AND_WREN)), "Half past six?"),
        at("compose_message_new", "ash", compose(ComposeTarget::NewConversation), ""),
        after(prevention::held, at("waiting", "fay", Route::Waiting, "")),
        after(prevention::held, at("waiting_in_place", "fay", thread_end, "")),
        at("waiting_empty", "wren", Route::Waiting, ""),
        at("drafts", "wren", Route::Drafts, ""),
        at("drafts_drop", "wren", Route::Drafts, "x"),
        at("drafts_empty", "ash", Route::Drafts, ""),
    ]
}

pub(super) fn people(c: &Community) -> Vec<Scene> {
    vec![
        at("members", "wren", Route::Members, "j"),
        at("members_filter", "wren", Route::Members, "/to"),
        at("members_filter_nobody", "wren", Route::Members, "/xyzzy"),
        at("profile", "ash", Route::Profile(c.id("wren")), ""),
        at("profile_own", "wren", Route::Profile(c.id("wren")), ""),
        at("profile_bare", "wren", Route::Profile(c.id("ida")), ""),
        at("roles", "wren", Route::Roles, ""),
        at("roles_staff", "mo", Route::Roles, ""),
        after(dues::kept, by("dues", "wren", Route::Dues, "gD")),
        after(dues::kept, by("dues_sysop", "sue", Route::Dues, "gD")),
        at("cohorts_empty", "wren", Route::Cohorts, ""),
        after(cohorts::two, at("cohorts", "wren", Route::Cohorts, "")),
        after(cohorts::two, at("cohort", "wren", Route::Cohort(cohorts::RUNNING), "")),
        after(cohorts::two, at("cohort_later", "mo", Route::Cohort(cohorts::LATER), "j")),
        after(cohorts::two, at("cohort_outside", "gus", Route::Cohort(cohorts::RUNNING), "<End>")),
        after(
            cohorts::two,
            at("compose_checkpoint", "mo", Route::Compose(ComposeTarget::Checkpoint(cohorts::LATER, 1)), ""),
        ),
        at("new_cohort", "mo", Route::NewCohort, "Six weeks of bread"),
        at("charter", "wren", Route::Charter(None), ""),
        at("path", "wren", Route::Path(None), ""),
        at("path_newcomer", "mo", Route::Path(Some(c.id("gus"))), ""),
        at("edit_profile", "wren", Route::EditProfile, ""),
        at("invite_tree", "wren", Route::InviteTree(None), ""),
        at("at_door", "wren", Route::AtDoor, ""),
        at("at_door_whole", "wren", Route::AtDoor, "<Enter>"),
        at("at_door_vouch", "ash", Route::AtDoor, "jvShe is"),
        at("invites", "wren", Route::Invites, ""),
        at("invites_empty", "ash", Route::Invites, ""),
        at("messages", "wren", Route::Messages, ""),
        at("messages_empty", "ida", Route::Messages, ""),
        at("conversation", "wren", Route::Conversation(ASH_AND_WREN), ""),
        at("conversation_of_many", "wren", Route::Conversation(SATURDAY), ""),
        at("conversation_with", "ash", Route::MessagesWith(c.id("wren")), ""),
        at("nudge", "wren", Route::Nudge(Some(c.id("ash"))), "Tea?"),
        at("blocks", "wren", Route::Blocks, ""),
        at("rooms", "wren", Route::Rooms, ""),
        at("room", "wren", Route::Room(HALL), ""),
        at("room_typing", "ash", Route::Room(HALL), "/me pours日本語"),
        at("room_of_board", "wren", Route::RoomOf(c.general), ""),
        at("room_none", "wren", Route::RoomOf(c.attic), ""),
        at("wall", "wren", Route::Wall, ""),
        at("wall_write", "wren", Route::Wall, "wGood morning."),
        at("away", "wren", Route::Away, ""),
        at("settings", "wren", Route::Settings, "j"),
        at("my_data", "wren", Route::MyData, ""),
        at("my_data_leave", "wren", Route::MyData, "L"),
        by("leaving", "juniper", Route::Leaving, ""),
        at("keymap", "wren", Route::KeyMap, ""),
        at("keys", "wren", Route::Keys, ""),
        at("lost_keys", "wren", Route::LostKeys, ""),
        at("keys_add", "wren", Route::Keys, "a"),
        at("notifications", "wren", Route::Notifications, ""),
        at("notifications_empty", "sue", Route::Notifications, ""),
        at("my_cases", "ash", Route::MyCases, ""),
        at("my_cases_about", "gus", Route::MyCases, ""),
        at("my_cases_empty", "tsukimi", Route::MyCases, ""),
        at("report", "old-tom", Route::Report(Thing::Post(c.rude)), ""),
        at("report_wall", "wren", Route::Report(Thing::Wall(c.wall_line)), ""),
    ]
}

pub(super) fn staff(c: &Community) -> Vec<Scene> {
    vec![
        at("queue", "mo", Route::Queue, ""),
        at("queue_not_staff", "wren", Route::Queue, ""),
        at("waitlist", "mo", Route::Waitlist, ""),
        at("case", "mo", Route::Case(c.case), ""),
        at("decide", "mo", Route::Case(c.case), "x"),
        at("decide_verdict", "mo", Route::Case(c.case), "xNobody here is a fool.<Enter>"),
        at("case_appeal", "sue", Route::Matter(REX_APPEALS), ""),
        after(juries::called, at("jury", "wren", Route::Jury(juries::GUS_APPEALS), "")),
        after(juries::called, at("jury_vote", "wren", Route::Jury(juries::GUS_APPEALS), "aA saying.")),
        after(juries::decided, at("jury_ended", "wren", Route::Jury(juries::GUS_APPEALS), "")),
        after(juries::decided, at("log_jury", "wren", Route::ModLog, "")),
        at("my_cases_appeal", "gus", Route::MyCases, "a2"),
        at("application", "mo", Route::Application(c.application), ""),
        at("application_decline", "mo", Route::Application(c.application), "d"),
        at("questions", "sue", Route::Questions, ""),
        at("questions_form", "sue", Route::Questions, "nTea or coffee?<^T><Enter>Tea #tea"),
        after(prevention::held, at("held", "mo", Route::Held(HeldId(1)), "")),
        after(prevention::held, at("held_return", "mo", Route::Held(HeldId(1)), "d")),
        after(prevention::held, at("queue_held", "mo", Route::Queue, "")),
        at("staff_notes_empty", "mo", Route::StaffNotes(c.id("gus")), ""),
        at(
            "staff_notes",
            "mo",
            Route::StaffNotes(c.id("gus")),
            "nSpoke with gus about tone; he was kind about it.<Enter>",
        ),
        at("staff_notes_write", "mo", Route::StaffNotes(c.id("gus")), "n"),
        at("filters_empty", "mo", Route::Filters, ""),
        after(prevention::filters, at("filters", "mo", Route::Filters, "<Enter>")),
        after(prevention::filters, at("filters_make", "mo", Route::Filters, "n")),
        at("watch_empty", "mo", Route::Watch(None), ""),
        at("watch", "mo", Route::Case(c.case), "WRude for the third time.<Enter>"),
        at("bans_empty", "sue", Route::Bans(None), ""),
        after(prevention::bans, at("bans", "sue", Route::Bans(None), "")),
        after(prevention::bans, at("bans_terms", "sue", Route::Bans(None), "n192.0.2.9/24<Enter>")),
        at("bans_sure", "sue", Route::Bans(None), "n127.0.0.1<Enter>1Too noisy.<Enter>"),
        at("prevention", "mo", Route::Prevention, ""),
        after(prevention::calm, at("prevention_calm", "mo", Route::Prevention, "")),
        after(prevention::calm, at("home_calm", "sue", Route::Home, "")),
        at("console", "sue", Route::Console, "j"),
        at("console_now", "sue", Route::ConsolePart(Section::Now), ""),
        at("console_people", "sue", Route::ConsolePart(Section::People), "jj<Enter>"),
        at("console_boards", "sue", Route::ConsolePart(Section::Boards), "j"),
        at("console_charter", "sue", Route::ConsolePart(Section::Charter), "jj"),
        at("console_settings", "sue", Route::ConsolePart(Section::Settings), "jj<Enter>"),
        at("console_not_sysop", "wren", Route::ConsolePart(Section::Now), ""),
        by(
            "new_rules",
            "sue",
            Route::NewRules,
            "gXjjj<Enter>nShare the tea<Enter>There is enough for everybody.<Enter><Home><Enter>2y",
        ),
        at("log", "wren", Route::ModLog, ""),
        at("log_audit", "mo", Route::AuditLog, ""),
        at("moderate", "mo", Route::Moderate(Thing::Post(c.rude)), ""),
        at("moderate_member", "mo", Route::Moderate(Thing::Member(c.id("old-tom"))), ""),
        at("report_remove_wall", "mo", Route::TakeDown(Thing::Wall(c.wall_line)), ""),
    ]
}
