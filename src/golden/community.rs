//! The community that golden screens show: made through the door, act by act, at times that never change. Words and
//! names may be added at the end of a part; whatever comes earlier moves the ids of what follows.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use super::words;
use crate::domain::board::{Audience, ThreadChoice};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{
    ApplicationId, BoardId, CaseId, MemberId, PostId, PostNo, RoomId, TagId, ThreadId, WallId,
};
use crate::domain::leaving::LeavingWay;
use crate::domain::member::{Level, Role};
use crate::domain::moderation::{Deed, SuspendFor, Thing};
use crate::domain::room::LineKind;
use crate::service::accounts::SetUp;
use crate::service::applications::{AskApplicant, ListApplications, Vouch};
use crate::service::boards::ListBoards;
use crate::service::cases::{AppealAct, AppealTo, DecideCase, ReportThing};
use crate::service::conversations::{StartConversation, WriteMessage};
use crate::service::drafts::SaveDraft;
use crate::service::invites::MakeInvite;
use crate::service::joining::{
    AcceptRule, AnswerDoorQuestion, AnswerWhy, JoiningState, StartJoining, SubmitApplication,
    WriteIntroduction,
};
use crate::service::keys::AddKey;
use crate::service::members::{EditProfile, ProfileTexts};
use crate::service::mine::AskToLeave;
use crate::service::moderation::Moderate;
use crate::service::passwords::NewPassword;
use crate::service::presence::Here;
use crate::service::reading::{ChooseThread, KeepPost, MarkBoardRead, MarkRead};
use crate::service::rooms::{ArrangeRoom, Say};
use crate::service::tags::{ListTags, SetTags, Solution, SolveThread};
use crate::service::testing::{Blocking, NOON};
use crate::service::thanks::GiveThanks;
use crate::service::wall::WriteOnWall;
use crate::service::writing::{DeletePost, EditPost, Posted, SetTemplate, StartThread, WriteReply};
use crate::service::{Caller, Request, Who, upkeep};

const HOUR_S: i64 = 60 * 60;
const DAY_S: i64 = 24 * HOUR_S;

/// What the scenes need to know of it.
pub(super) struct Community {
    file: Vec<u8>,
    people: HashMap<&'static str, Caller>,
    pub(super) general: BoardId,
    pub(super) help: BoardId,
    pub(super) attic: BoardId,
    pub(super) kettle: ThreadId,
    pub(super) signs: ThreadId,
    pub(super) shelf: ThreadId,
    pub(super) count: ThreadId,
    pub(super) blink: ThreadId,
    pub(super) quarrel: ThreadId,
    pub(super) rude: PostId,
    pub(super) tag: TagId,
    pub(super) wall_line: WallId,
    pub(super) case: CaseId,
    pub(super) application: ApplicationId,
}

/// One look at it: a copy, with a few who are here.
pub(super) struct Stage {
    pub(super) live: Rc<Blocking>,
    pub(super) caller: Caller,
    _here: Vec<Here>,
}

impl Community {
    /// The one of this run.
    pub(super) fn get() -> &'static Self {
        static MADE: OnceLock<Community> = OnceLock::new();
        MADE.get_or_init(make)
    }

    /// Who is called so; "guest" is nobody yet.
    pub(super) fn person(&self, handle: &str) -> Caller {
        self.people.get(handle).unwrap_or_else(|| panic!("nobody is called {handle}")).clone()
    }

    /// The member's id.
    pub(super) fn id(&self, handle: &str) -> MemberId {
        id(&self.person(handle))
    }

    /// All of it, as a database file.
    pub(super) fn file(&self) -> &[u8] {
        &self.file
    }

    /// A copy for one look by `who`: nothing that happens on it is seen by the next.
    pub(super) fn stage(&self, who: &str) -> Stage {
        self.stage_of(&self.file, who)
    }

    /// The same of another file of it.
    pub(super) fn stage_of(&self, file: &[u8], who: &str) -> Stage {
        let live = Blocking::from_file(file);
        let caller = self.person(who);
        let here =
            ["ash", "juniper", who].map(|who| Here::enter(&live.place.service, &self.person(who), false));
        Stage { live, caller, _here: here.into() }
    }
}

fn id(caller: &Caller) -> MemberId {
    match caller.who {
        Who::Member(id) => id,
        Who::Guest | Who::Host => panic!("no member"),
    }
}

/// Makes it, step by step.
struct Maker {
    live: Rc<Blocking>,
    people: HashMap<&'static str, Caller>,
}

impl Maker {
    /// Goes to so many seconds before noon.
    fn ago(&self, seconds: i64) {
        let clock = &self.live.place.clock;
        clock.advance(NOON.0 - seconds - clock.now().0);
    }

    /// Does something, a minute after what was done before.
    fn does<R: Request>(&self, who: &str, request: R) -> R::Reply {
        let clock = &self.live.place.clock;
        clock.advance(60);
        assert!(clock.now() < NOON, "the scenes are looked at at noon: nothing happens later");
        let done = self.live.call(&self.people[who], request);
        done.unwrap_or_else(|why| panic!("{who} cannot {}: {why}", R::NAME))
    }

    fn member(&mut self, handle: &'static str, level: Level, role: Role) {
        let caller = self.live.block(self.live.place.member(handle, level, role));
        self.people.insert(handle, caller);
    }

    fn starts(&self, who: &str, board: BoardId, title: &str, body: &str) -> Posted {
        self.does(who, StartThread { board, title: title.to_owned(), body: body.to_owned() })
    }

    fn replies(&self, who: &str, thread: ThreadId, to: i64, body: &str) -> Posted {
        let reply_to = (to > 0).then_some(PostNo(to));
        self.does(who, WriteReply { thread, reply_to, body: body.to_owned() })
    }

    fn board(&self, slug: &str) -> BoardId {
        let list = self.does("sue", ListBoards);
        list.boards.iter().find(|board| board.slug == slug).unwrap_or_else(|| panic!("no board {slug}")).id
    }

    fn drafts(&self, who: &str, target: DraftTarget, title: &str, body: &str) {
        let (title, body) = (title.to_owned(), body.to_owned());
        self.does(who, SaveDraft { target, title, body, reply_to: None });
    }

    /// Somebody at the door: a handle and so many rules accepted.
    fn applies(&mut self, handle: &'static str, rules: i64) {
        let mut session = Caller::GUEST;
        let password = Some(NewPassword::parse("correct horse").unwrap());
        let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: None };
        session.become_member(self.live.call(&session, start).unwrap().identity);
        self.people.insert(handle, session);
        for no in 1..=rules {
            self.does(handle, AcceptRule { version: 1, no });
        }
    }

    /// Answers the place's own questions, in order: numbers of choices, or words.
    fn answers(&self, who: &str, answers: &[(&[i64], &str)]) {
        let asked = self.does(who, JoiningState).asked;
        for (asked, (chosen, text)) in asked.iter().zip(answers) {
            let (question, version) = (asked.question, asked.version);
            let (text, chosen) = ((*text).to_owned(), chosen.to_vec());
            self.does(who, AnswerDoorQuestion { question, version, text, chosen });
        }
    }

    fn hands_in(&self, who: &str, why: &str, hello: &str) {
        self.does(who, AnswerWhy { text: why.to_owned() });
        self.does(who, WriteIntroduction { text: hello.to_owned() });
        self.does(who, SubmitApplication);
    }
}

fn make() -> Community {
    let live = Blocking::new();
    let host = Caller::host();
    let mut maker = Maker { live, people: HashMap::from([("guest", Caller::GUEST), ("host", host)]) };
    maker.ago(40 * DAY_S);
    maker.does("host", SetUp);
    people(&mut maker);
    let (general, help, library) = (maker.board("general"), maker.board("help"), maker.board("library"));
    let attic = maker.live.block(maker.live.place.board_for("attic", Audience::Members, Audience::Members));
    let kettle = kettle(&maker, general);
    let signs = signs(&maker, general);
    let shelf = shelf(&maker, library);
    let count = count(&maker, general);
    let (blink, tag) = blink(&maker, help);
    let (quarrel, rude, case) = quarrel(&maker, general);
    let wall_line = around_wren(&maker, general, kettle, blink);
    talk(&maker, general);
    let application = door(&mut maker);
    maker.ago(HOUR_S);
    maker.does("juniper", AskToLeave { way: LeavingWay::Former, handle: "juniper".to_owned() });
    maker.ago(0);
    maker.live.block(upkeep::index_all(&maker.live.place.service)).unwrap();
    let file = maker.live.block(maker.live.place.file());
    Community {
        file,
        people: maker.people,
        general,
        help,
        attic,
        kettle,
        signs,
        shelf,
        count,
        blink,
        quarrel,
        rude,
        tag,
        wall_line,
        case,
        application,
    }
}

fn people(maker: &mut Maker) {
    maker.ago(39 * DAY_S);
    maker.member("sue", Level::Regular, Role::Sysop);
    maker.member("mo", Level::Regular, Role::Moderator);
    for handle in ["wren", "ash", "juniper", "tsukimi", "old-tom", "gus", "rex"] {
        maker.member(handle, Level::Regular, Role::Member);
    }
    maker.member("ida", Level::Member, Role::Member);
    let texts = ProfileTexts {
        pronouns: "she/her".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        about: "Bakes bread, repairs radios, reads too late. 日本語も少し。".to_owned(),
        can_help: "sourdough, soldering, Rust".to_owned(),
        looking_for: "somebody to read Middlemarch with".to_owned(),
        plan: "The starter is awake again.".to_owned(),
    };
    maker.does("wren", EditProfile { texts });
    let key = include_str!("../../tests/keys/ed25519.pub").trim().to_owned();
    maker.does("wren", AddKey { line: key, name: "the old laptop".to_owned() });
}

fn kettle(maker: &Maker, board: BoardId) -> ThreadId {
    maker.ago(3 * DAY_S);
    let thread = maker.starts("ash", board, "The kettle is on", words::KETTLE).thread;
    maker.replies("wren", thread, 0, "Two cups, please. I bring the bread.\n\nIt is the dark one.");
    maker.ago(2 * DAY_S);
    maker.replies("juniper", thread, 2, words::LONG_ANSWER);
    maker.replies("ash", thread, 2, "> Two cups, please.\n\nThey stand beside the stove, @wren.");
    maker.ago(5 * HOUR_S);
    maker.replies("old-tom", thread, 3, "Good evening.");
    maker.replies("ida", thread, 1, "May I come too? I am new here.");
    maker.does("wren", GiveThanks { thread, no: PostNo(3) });
    maker.does("wren", MarkRead { thread, upto: PostNo(2) });
    maker.does("wren", ChooseThread { thread, choice: Some(ThreadChoice::Followed) });
    thread
}

fn signs(maker: &Maker, board: BoardId) -> ThreadId {
    maker.ago(2 * DAY_S + HOUR_S);
    let thread =
        maker.starts("tsukimi", board, "日本語とお茶 🍵, Grüße, שלום and مرحبا", words::SIGNS).thread;
    maker.replies("ash", thread, 1, words::MARKS);
    thread
}

fn shelf(maker: &Maker, board: BoardId) -> ThreadId {
    maker.ago(8 * DAY_S);
    let title = "Reading list for long nights: what to begin in November and still like in March, with page \
                 numbers";
    let thread = maker.starts("juniper", board, title, words::MARKDOWN).thread;
    maker.does("juniper", SetTags { thread, tags: "books winter".to_owned() });
    maker.does("wren", KeepPost { thread, no: PostNo(1), keep: true });
    thread
}

/// A long thread that wren has read half of.
fn count(maker: &Maker, board: BoardId) -> ThreadId {
    maker.ago(30 * DAY_S);
    let thread = maker.starts("old-tom", board, "Counting to thirty", "One.").thread;
    for no in 2..=30 {
        maker.ago((31 - no) * DAY_S / 2 + 7 * HOUR_S);
        let who = ["ash", "wren", "juniper", "old-tom"][usize::try_from(no % 4).unwrap()];
        maker.replies(who, thread, no - 1, &format!("Number {no}."));
    }
    maker.does("wren", MarkRead { thread, upto: PostNo(15) });
    let body = "Number 27, and a half.".to_owned();
    maker.does("old-tom", EditPost { thread, no: PostNo(27), body });
    thread
}

fn blink(maker: &Maker, board: BoardId) -> (ThreadId, TagId) {
    maker.ago(DAY_S);
    let thread = maker.starts("ida", board, "Why does my screen blink?", words::QUESTION).thread;
    maker.replies("wren", thread, 1, words::CODE);
    maker.replies("ida", thread, 2, "That was it. Thank you!");
    maker.does("mo", SetTags { thread, tags: "terminals ssh".to_owned() });
    maker.does("ida", SolveThread { thread, solution: Some(Solution { by: Some(PostNo(2)) }) });
    maker.does("ida", GiveThanks { thread, no: PostNo(2) });
    let tags = maker.does("ida", ListTags);
    (thread, tags.iter().find(|tag| tag.name.as_str() == "terminals").unwrap().id)
}

/// What the staff have to do, and did.
fn quarrel(maker: &Maker, board: BoardId) -> (ThreadId, PostId, CaseId) {
    maker.ago(20 * HOUR_S);
    let thread =
        maker.starts("gus", board, "Trains are better than ships", "They are, and you know it.").thread;
    let first = maker.replies("gus", thread, 1, "Whoever says otherwise is a fool.").post;
    maker.replies("wren", thread, 2, "A word that I take back.");
    maker.does("wren", DeletePost { thread, no: PostNo(3) });
    let rude = maker.replies("gus", thread, 0, "You are all fools, and your kettle leaks.").post;
    maker.replies("old-tom", thread, 0, "Can we talk about something else?");
    let report = |thing, rule_no, note: &str| ReportThing { thing, rule_no, note: note.to_owned() };
    let decided = maker.does("ash", report(Thing::Post(first), 1, "It calls people fools.")).case;
    let reason = "Nobody here is a fool.".to_owned();
    let deeds = vec![Deed::RemovePost, Deed::Warn];
    maker.does("mo", DecideCase { case: decided, deeds, rule_no: 1, reason });
    let suspend = Moderate {
        thing: Thing::Member(id(&maker.people["rex"])),
        deed: Deed::Suspend(SuspendFor::Hours72),
        rule_no: 2,
        reason: "Advertised umbrellas in nine threads.".to_owned(),
    };
    maker.ago(2 * HOUR_S);
    let (rex, mo) = (id(&maker.people["rex"]), id(&maker.people["mo"]));
    maker.live.block(maker.live.place.up_the_ladder(rex, mo));
    let suspended = maker.does("mo", suspend).act;
    let words = "I did not know that nobody sells here. I took them all down myself.".to_owned();
    maker.does("rex", AppealAct { act: suspended, words, to: AppealTo::Staff });
    maker.does("ash", report(Thing::Post(rude), 1, "Again, and after the warning."));
    let case = maker.does("juniper", report(Thing::Post(rude), 2, "")).case;
    (thread, rude, case)
}

/// What wren keeps, and a member who has read everything.
fn around_wren(maker: &Maker, general: BoardId, kettle: ThreadId, blink: ThreadId) -> WallId {
    maker.ago(90 * 60);
    maker.drafts("wren", DraftTarget::Board(general), "Bread on Saturday", "The dark one takes two days, so");
    maker.drafts("wren", DraftTarget::Reply(blink), "", "One more thing:\n\nturn it off and on.");
    maker.does("wren", KeepPost { thread: kettle, no: PostNo(1), keep: true });
    maker.does("wren", MakeInvite { note: "For Lina, who fixes bicycles".to_owned() });
    let body = "What happened:\n\nWhat I tried:\n".to_owned();
    maker.does("sue", SetTemplate { board: maker.board("help"), body });
    let line = maker.does("ash", WriteOnWall { text: "The first frost. The stove is lit.".to_owned() });
    maker.does("tsukimi", WriteOnWall { text: "お茶が入りました 🍵".to_owned() });
    let newest = maker.does("sue", ListBoards);
    for board in &newest.boards {
        maker.does("sue", MarkBoardRead { board: board.id, upto: newest.newest });
    }
    for who in ["old-tom", "tsukimi", "ash", "juniper", "wren"] {
        maker.live.place.clock.advance(60);
        maker.live.block(maker.live.place.service.note_visit(&maker.people[who]));
    }
    line
}

/// Lines in rooms, and messages.
fn talk(maker: &Maker, general: BoardId) {
    const HALL: RoomId = RoomId(1);
    maker.ago(85 * 60);
    let says = |who: &str, room, kind, text: &str| {
        maker.does(who, Say { room, kind, text: text.to_owned(), from_field: false });
    };
    says("old-tom", HALL, LineKind::Says, "Good morning, all.");
    says("ash", HALL, LineKind::Does, "puts the kettle on");
    says("tsukimi", HALL, LineKind::Says, "おはよう！ 寒いですね 🍵");
    says("juniper", HALL, LineKind::Says, words::ROOM_LINE);
    says("wren", HALL, LineKind::Says, "On my way.");
    says("ash", HALL, LineKind::Says, "@wren bring the dark bread, please");
    let room = maker.does("sue", ArrangeRoom { board: general, open: true });
    says("ash", room, LineKind::Says, "This room is for General.");
    let to = vec!["wren".to_owned()];
    let body = "Do you still have the starter? Mine is asleep.".to_owned();
    let sent = maker.does("ash", StartConversation { to, title: String::new(), body, draft: None });
    let conversation = sent.conversation;
    maker.does("wren", WriteMessage { conversation, body: "Yes. **Half** of it is yours.".to_owned() });
    maker.does("ash", WriteMessage { conversation, body: "You are kind.\n\nI come at six.".to_owned() });
    let to = vec!["wren".to_owned(), "ash".to_owned(), "old-tom".to_owned()];
    let (title, body) = ("Saturday".to_owned(), "Who brings what?".to_owned());
    maker.does("juniper", StartConversation { to, title, body, draft: None });
}

/// People on their way in.
fn door(maker: &mut Maker) -> ApplicationId {
    maker.ago(HOUR_S);
    maker.applies("ned", 2);
    maker.applies("una", 5);
    maker.does("una", AnswerWhy { text: "I pass your door every day.".to_owned() });
    maker.applies("fay", 5);
    maker.answers("fay", &[(&[1, 4], ""), (&[], "Ash, from the choir.")]);
    maker.hands_in("fay", words::WHY, words::HELLO);
    maker.applies("ina", 5);
    maker.hands_in("ina", "Wren told me.", "Hello, I am Ina.");
    let list = maker.does("mo", ListApplications);
    let of = |handle: &str| list.iter().find(|application| application.handle == handle).unwrap().id;
    let question = "Which Wren? There are two of them in the village.".to_owned();
    let words = "We sang in the same choir, two years ago. She brings cake.".to_owned();
    maker.does("wren", Vouch { id: of("fay"), words });
    maker.does("mo", AskApplicant { id: of("ina"), question });
    of("fay")
}
