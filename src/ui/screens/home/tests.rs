//! Home as a member meets it.
#![allow(clippy::unwrap_used)]

use crate::domain::board::ThreadChoice;
use crate::domain::ids::{BoardId, MemberId, NotificationId, PostNo, ThreadId};
use crate::domain::member::Role;
use crate::domain::policy::Actor;
use crate::service::Error;
use crate::service::cases::{ListQueue, Queue};
use crate::service::home::{
    Addressed, Company, Happened, HereNow, HomeView, Person, ShowCompany, ShowHome, UnreadThread,
};
use crate::service::notifications::{LeadsTo, Notification, NotificationKind};
use crate::service::reading::ChooseThread;
use crate::service::testing::{Blocking, NOON};
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{DomainEvent, Request};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};
use crate::ui::route::Route;
use crate::ui::screens::boards::tests::board;

fn thread(id: i64, unread: i64) -> UnreadThread {
    UnreadThread {
        id: ThreadId(id),
        title: format!("What happened in thread {id}, told at some length for those who were away"),
        board_id: BoardId(1),
        board: "Hearth".to_owned(),
        unread,
        first_no: PostNo(1),
        last_at: NOON.plus(-3 * 3_600),
        last_author: "carol".to_owned(),
    }
}

/// A month away: 2,000 unread posts in 300 threads on 5 boards.
fn month_away() -> HomeView {
    let spoke = |no| Addressed {
        mention: no % 2 == 0,
        thread_id: ThreadId(no),
        title: "Tea".to_owned(),
        no: PostNo(no),
        author: "bob".to_owned(),
        created_at: NOON.plus(-86_400),
    };
    let person =
        |handle: &str| Person { id: MemberId(7), handle: handle.to_owned(), at: NOON.plus(-2 * 86_400) };
    HomeView {
        coming: Vec::new(),
        rooms: Vec::new(),
        addressed: Happened { rows: (1..=12).map(spoke).collect(), count: 20 },
        for_me: Vec::new(),
        followed: Happened { rows: (21..=32).map(|id| thread(id, 4)).collect(), count: 30 },
        others: (41..=64).map(|id| thread(id, 1234)).collect(),
        unread_threads: 300,
        unread_posts: 2_000,
        boards: (1..=5).map(|id| board(id, "", &format!("Board {id}"), 400)).collect(),
        joined: vec![person("dave"), person("erin")],
        returned: vec![person("frank")],
        company: Company {
            here: vec![HereNow {
                member: MemberId(3),
                handle: "grace".to_owned(),
                board: Some((BoardId(1), "Hearth".to_owned())),
                since: NOON,
                away: None,
            }],
            lately: Vec::new(),
        },
        wall: None,
    }
}

fn at(view: HomeView, terminal: Capabilities, columns: u16, rows: u16) -> Harness {
    let mut h = Harness::starting(me("alice"), terminal, columns, rows);
    h.answer::<ShowHome>(|_| Ok(view));
    h
}

#[test]
fn a_month_away_fits_one_page_with_its_end_in_sight() {
    let screen = at(month_away(), Capabilities::COMMON, 80, 24).screen();
    insta::assert_snapshot!(screen.trim_end(), @r"
     Testhob · home                                                           alice
     For you  3 of 20; g n lists all
    ▸ bob answered you in Tea                                                   1 d
      bob mentioned you in Tea                                                  1 d
      bob answered you in Tea                                                   1 d

     You follow  3 of 30
         4 What happened in thread 21, told at s… · Hearth carol                3 h
         4 What happened in thread 22, told at s… · Hearth carol                3 h
         4 What happened in thread 23, told at s… · Hearth carol                3 h

     Also new
      1234 What happened in thread 41, told at s… · Hearth carol                3 h
      1234 What happened in thread 42, told at s… · Hearth carol                3 h
      1234 What happened in thread 43, told at s… · Hearth carol                3 h
      1234 What happened in thread 44, told at s… · Hearth carol                3 h
      1234 What happened in thread 45, told at s… · Hearth carol                3 h
      and 253 more threads on 5 boards
      Unread     Board 1 400, Board 2 400, Board 3 400, Board 4 400, Board 5 400
      New here   dave (2 d), erin (2 d)
      Back again frank (2 d)
      Here now   grace (Hearth)
     2000 unread posts in 300 threads
     Space read on  w wall  Enter open  q leave  ? help
    ");
}

#[test]
fn every_size_and_terminal_begins_with_what_was_said_to_one() {
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in
        [(Capabilities::COMMON, 40, 12), (Capabilities::COMMON, 160, 50), (ascii, 80, 24), (ascii, 20, 5)]
    {
        let screen = at(month_away(), terminal, columns, rows).screen();
        assert!(screen.lines().nth(1).unwrap().contains("For you"), "{screen}");
        assert!(terminal.unicode || screen.is_ascii(), "{screen}");
        assert_eq!(screen.lines().count(), usize::from(rows));
    }
}

#[test]
fn every_line_is_reached_in_the_smallest_window_and_a_step_costs_two_cells() {
    let mut h = at(month_away(), Capabilities::COMMON, 80, 24);
    assert_eq!(h.cells_changed_by("j"), 2);
    let mut h = at(month_away(), Capabilities::COMMON, 40, 12);
    let screen = h.keys(">").screen();
    assert!(screen.contains("▸ Here now   grace (Hearth)"), "{screen}");
}

#[test]
fn lines_lead_to_what_they_name() {
    let mut h = at(month_away(), Capabilities::COMMON, 80, 24);
    h.keys("<Enter>");
    let thread = Route::Thread { thread: ThreadId(1), at: Some(PostNo(1)) };
    assert_eq!(h.app.routes(), [Route::Home, thread]);
    let mut h = at(month_away(), Capabilities::COMMON, 80, 24);
    h.keys(">kkk<Enter>");
    assert_eq!(h.app.routes(), [Route::Home, Route::Boards]);
}

#[test]
fn a_wide_window_has_the_people_beside_the_news_and_both_are_walked() {
    let mut view = month_away();
    view.company.here.push(HereNow {
        member: MemberId(4),
        handle: "heidi".to_owned(),
        board: None,
        since: NOON,
        away: Some("tea".to_owned()),
    });
    for (columns, rows) in [(120, 24), (160, 50)] {
        let mut h = at(view.clone(), Capabilities::COMMON, columns, rows);
        let screen = h.screen();
        let first = screen.lines().nth(1).unwrap();
        assert!(first.contains("For you") && first.contains("Here now"), "{screen}");
        for words in ["grace", "Hearth", "heidi", "away", "New here", "Back again", "Unread"] {
            assert!(screen.contains(words), "{words} is missing:\n{screen}");
        }
        assert!(screen.lines().all(|line| line.chars().count() <= usize::from(columns)), "{screen}");
        // One mark wherever the choice is; it goes through the news and then through the people.
        let mut marks = Vec::new();
        for _ in 0..60 {
            let screen = h.keys("j").screen();
            assert_eq!(screen.matches('▸').count(), 1, "{screen}");
            marks.push(screen.lines().find_map(|line| line.chars().position(|c| c == '▸')).unwrap());
        }
        assert!(marks.windows(2).all(|pair| pair[0] <= pair[1]) && marks[0] < marks[59], "{marks:?}");
        assert_eq!(h.cells_changed_by("k"), 2);
        h.keys(">k<Enter>");
        assert!(matches!(h.app.routes()[1], Route::Board(_)), "{:?}", h.app.routes());
    }
}

/// L1: who comes and goes is seen, and only that is read anew.
#[test]
fn l1_news_of_people_reads_the_people_and_leaves_the_choice() {
    let mut h = at(month_away(), Capabilities::COMMON, 80, 24);
    let before = h.keys("jj").screen();
    assert!(before.contains("grace"), "{before}");
    h.event(DomainEvent::PresenceChanged);
    assert_eq!(h.waiting(), [ShowCompany::NAME]);
    let heidi =
        |board| HereNow { member: MemberId(4), handle: "heidi".to_owned(), board, since: NOON, away: None };
    h.answer::<ShowCompany>(|_| Ok(Company { here: vec![heidi(None)], lately: Vec::new() }));
    let after = h.screen();
    assert!(after.contains("heidi") && !after.contains("grace"), "{after}");
    let chosen = |screen: &str| screen.lines().find(|line| line.contains('▸')).map(str::to_owned);
    assert_eq!(chosen(&before), chosen(&after));
}

#[test]
fn l4_what_else_is_for_one_stands_among_what_was_said_by_time() {
    let notice = |kind, about: &str, ago: i64, leads_to, id| Notification {
        kind,
        id,
        who: Some("erin".to_owned()),
        about: about.to_owned(),
        times: 2,
        at: NOON.plus(-ago),
        unseen: true,
        leads_to,
    };
    let mut view = month_away();
    view.addressed = Happened { rows: view.addressed.rows[..1].to_vec(), count: 1 };
    let id = NotificationId(9);
    let removed = "Your post #2 in \"Tea\" was removed.";
    view.for_me = vec![
        notice(NotificationKind::Moderation, removed, 2 * 86_400, LeadsTo::MyCases, None),
        notice(NotificationKind::Thanks, "Cake", 60, LeadsTo::Thread(ThreadId(5)), Some(id)),
    ];
    let mut h = at(view, Capabilities::COMMON, 80, 24);
    let screen = h.screen();
    let rows: Vec<&str> = screen.lines().skip(1).take(4).map(str::trim_start).collect();
    for (row, words) in rows.iter().zip([
        "For you",
        &format!("▸ {removed}"),
        "bob answered",
        "erin and others thanked you in Cake",
    ]) {
        assert!(row.starts_with(words), "{words}:\n{screen}");
    }
    h.keys("jj<Enter>");
    assert!(h.waiting().contains(&"see notification"), "{:?}", h.waiting());
    assert_eq!(h.app.routes()[1], Route::Thread { thread: ThreadId(5), at: None });
}

#[test]
fn an_empty_home_says_what_to_do_next() {
    let screen = at(HomeView::default(), Capabilities::COMMON, 80, 24).screen();
    for words in ["You are caught up.", "g b  the boards", "g m  the members"] {
        assert!(screen.contains(words), "{screen}");
    }
}

#[test]
fn staff_see_what_waits_and_nobody_else_is_asked() {
    let mut h = at(HomeView::default(), Capabilities::COMMON, 80, 24);
    assert!(h.waiting().is_empty() && !h.screen().contains("Waiting"));
    let mut mo = me("mo");
    if let Actor::Account { role, .. } = &mut mo.actor {
        *role = Role::Moderator;
    }
    let mut h = Harness::starting(mo, Capabilities::COMMON, 80, 24);
    h.answer::<ShowHome>(|_| Ok(HomeView::default()));
    h.answer::<ListQueue>(|_| Ok(Queue::default()));
    assert!(!h.screen().contains("Waiting"), "nothing waits, nothing is said");
}

#[test]
fn a_home_that_cannot_be_read_says_so_and_takes_keys() {
    let mut h = Harness::starting(me("alice"), Capabilities::COMMON, 80, 24);
    h.answer::<ShowHome>(|_| Err(Error::conflict("The disk is away.")));
    assert!(h.screen().contains("The disk is away."));
    h.keys("q");
    assert!(h.left);
}

#[test]
fn l5_what_happens_comes_in_after_a_moment_and_the_choice_stays() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    let start = |title: &str| {
        let (title, body) = (title.to_owned(), "first".to_owned());
        live.call(&bob, StartThread { board, title, body }).unwrap().thread
    };
    start("tea");
    let mut h = Harness::live(&live, &alice);
    let screen = h.screen();
    assert!(screen.contains("▸    1 tea · general"), "{screen}");
    let cake = start("cake");
    assert!(!h.settle_and_draw().contains("cake"), "changes gather first");
    let screen = h.ring(1).screen();
    assert!(screen.contains("     1 cake · general") && screen.contains("▸    1 tea"), "{screen}");

    live.call(&alice, ChooseThread { thread: cake, choice: Some(ThreadChoice::Followed) }).unwrap();
    h.settle_and_draw();
    let screen = h.ring(1).screen();
    assert!(screen.contains("You follow") && screen.contains("Also new"), "{screen}");
}

#[test]
fn r4_a_reply_that_was_opened_is_no_longer_announced_and_still_unread() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    let (title, body) = ("tea".to_owned(), "first".to_owned());
    let thread = live.call(&alice, StartThread { board, title, body }).unwrap().thread;
    for _ in 0..30 {
        let body = "on the way".to_owned();
        live.call(&bob, WriteReply { thread, reply_to: None, body }).unwrap();
    }
    live.call(&bob, WriteReply { thread, reply_to: Some(PostNo(1)), body: "the answer".to_owned() }).unwrap();
    let mut h = Harness::live(&live, &alice);
    assert!(h.screen().contains("▸ bob answered you in tea"));
    assert!(h.keys("<Enter>").screen().contains("the answer"));
    let screen = h.keys("<Esc>").screen();
    assert!(!screen.contains("answered you") && screen.contains("31 tea"), "{screen}");
}
