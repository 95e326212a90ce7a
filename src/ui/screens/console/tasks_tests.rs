//! The twenty tasks of a sysop that docs/sysops.md lists, each done in a session, by keys. The test's name is the
//! document's.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::domain::member::{Level, Role};
use crate::service::accounts::SetUp;
use crate::service::boards::ListBoards;
use crate::service::charter::ReadCharter;
use crate::service::console::{Seat, Section, folder};
use crate::service::members::{ListMembers, WhoAmI};
use crate::service::testing::Blocking;
use crate::service::{Caller, Who};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// A place with a sysop at the console, and ann.
struct Desk {
    live: Rc<Blocking>,
    ann: Caller,
    h: Harness,
}

fn desk(section: Section) -> Desk {
    let live = Blocking::new();
    live.call(&Caller::host(), SetUp).unwrap();
    let sue = live.block(live.place.member("sue", Level::Regular, Role::Sysop));
    let ann = live.block(live.place.regular("ann"));
    let mut h = Harness::live(&live, &sue);
    h.screen();
    let down = Section::ALL.iter().position(|one| *one == section).unwrap();
    h.keys("gX").keys(&"j".repeat(down)).keys("<Enter>").screen();
    Desk { live, ann, h }
}

impl Desk {
    fn does(&mut self, keys: &str) -> String {
        self.h.keys(keys).screen()
    }

    /// Chooses the row that is called so.
    fn on(&mut self, label: &str) -> &mut Self {
        self.h.keys("<Home>");
        for _ in 0..60 {
            let screen = self.h.screen();
            let sign =
                crate::ui::theme::Theme::amber(&crate::ui::capabilities::Capabilities::COMMON).signs.chosen;
            let on = |line: &str| {
                line.trim_start().strip_prefix(sign).is_some_and(|rest| rest.trim_start().starts_with(label))
            };
            if screen.lines().any(on) {
                return self;
            }
            self.h.keys("j");
        }
        panic!("no row {label}:\n{}", self.h.screen());
    }

    fn boards(&self) -> Vec<String> {
        let list = self.live.call(&self.ann, ListBoards).unwrap();
        list.boards.into_iter().map(|board| board.name).collect()
    }

    fn role(&self, handle: &str) -> Role {
        let list = self.live.call(&self.ann, ListMembers).unwrap();
        list.iter().find(|member| member.handle == handle).unwrap().role
    }
}

#[test]
fn see_who_is_connected() {
    let mut desk = desk(Section::Now);
    let peer = "192.0.2.7".parse().unwrap();
    let _seat = Seat::take(&desk.live.place.service, &desk.ann, Some(peer), "xterm 80x24".to_owned());
    let screen = desk.does("<Esc><Enter>");
    assert!(screen.contains("ann") && screen.contains("192.0.2.7, active, xterm 80x24"), "{screen}");
}

#[test]
fn end_a_session_with_a_word() {
    let mut desk = desk(Section::Now);
    let seat = Seat::take(&desk.live.place.service, &desk.ann, None, "xterm 80x24".to_owned());
    desk.does("<Esc><Enter>");
    let screen = desk.on("ann").does("<Enter>Please use another key.<Enter>");
    assert!(screen.contains("The session ends"), "{screen}");
    let words = desk.live.place.service.desk().ending(seat.id()).unwrap();
    assert_eq!(words, "The sysop ended this session. Please use another key.");
}

#[test]
fn ban_the_address_that_a_session_comes_from() {
    let mut desk = desk(Section::Now);
    let peer = "192.0.2.7".parse().unwrap();
    let _seat = Seat::take(&desk.live.place.service, &desk.ann, Some(peer), "xterm 80x24".to_owned());
    desk.does("<Esc><Enter>");
    let screen = desk.on("ann").does("<Enter>2");
    assert!(screen.contains("Ban 192.0.2.7?") && screen.contains("1 session ends."), "{screen}");
    let screen = desk.does("y2A flood.<Enter>");
    assert!(screen.contains("The address is on the ban list"), "{screen}");
    assert!(desk.live.place.service.turns_away(peer));
}

#[test]
fn say_a_line_to_everybody() {
    let mut desk = desk(Section::Now);
    let mut ann = Harness::live(&desk.live, &desk.ann);
    ann.screen();
    desk.does("nTea at six<Enter>");
    let screen = ann.wake().screen();
    assert!(screen.contains("sue to all: Tea at six"), "{screen}");
}

#[test]
fn let_nobody_new_join_for_a_while() {
    let mut desk = desk(Section::Now);
    let screen = desk.on("Door").does("<Enter>2Back in May.<Enter>");
    assert!(screen.contains("Nobody new can join just now. Back in May."), "{screen}");
    let mut guest = Harness::live(&desk.live, &Caller::GUEST);
    let door = guest.screen();
    assert!(door.contains("Back in May."), "{door}");
    assert!(desk.does("u").contains("open, as the settings say"));
}

#[test]
fn let_only_the_staff_in() {
    let mut desk = desk(Section::Now);
    desk.on("Door").does("<Enter>3A new disk.<Enter>");
    let shut = desk.live.call(&desk.ann, WhoAmI).unwrap().shut.unwrap();
    assert!(shut.contains("A new disk."), "{shut}");
    assert!(desk.live.call(&desk.ann, ListBoards).is_err());
    desk.does("u");
    assert!(desk.live.call(&desk.ann, ListBoards).is_ok());
}

#[test]
fn announce_a_restart_and_call_it_off() {
    let mut desk = desk(Section::Now);
    let screen = desk.on("Restart").does("<Enter>");
    assert!(screen.contains("In how many minutes?"), "{screen}");
    let screen = desk.does("<Bksp><Bksp>15<Enter>new kernel<Enter>");
    assert!(screen.contains("announced for 12:15 UTC"), "{screen}");
    assert!(desk.does("u").contains("none announced"));
}

#[test]
fn add_a_member_without_the_door() {
    let mut desk = desk(Section::People);
    let screen = desk.does("neve<Enter>1");
    assert!(screen.contains("eve is a member now") && screen.contains("Password, to hand on"), "{screen}");
    assert!(desk.does("<Esc>").contains("eve"));
    assert_eq!(desk.role("eve"), Role::Member);
}

#[test]
fn make_somebody_a_moderator_and_take_it_back() {
    let mut desk = desk(Section::People);
    desk.on("ann").does("<Enter>12");
    assert_eq!(desk.role("ann"), Role::Moderator);
    desk.does("u");
    assert_eq!(desk.role("ann"), Role::Member);
}

#[test]
fn give_somebody_a_new_password() {
    let mut desk = desk(Section::People);
    let screen = desk.on("ann").does("<Enter>2y");
    let code = screen.split("safe way: ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let service = &desk.live.place.service;
    let check = desk.live.block(service.check_password("ann", &code, "192.0.2.1".parse().unwrap())).unwrap();
    let Who::Member(ann) = desk.ann.who else { panic!("a member") };
    assert_eq!(check, crate::service::login::PasswordCheck::Right(ann));
}

#[test]
fn make_a_board() {
    let mut desk = desk(Section::Boards);
    let screen = desk.does("ngarden<Enter>The garden<Enter>What grows and what does not<Enter>12");
    assert!(screen.contains("The garden is there now"), "{screen}");
    assert!(desk.boards().contains(&"The garden".to_owned()));
}

#[test]
fn rename_and_describe_a_board() {
    let mut desk = desk(Section::Boards);
    let first = desk.boards()[0].clone();
    desk.on(&first).does("<Enter>1<^U>The hearth<Enter>");
    assert_eq!(desk.boards()[0], "The hearth");
    let screen = desk.does("<Enter>2<^U>Where we sit.<Enter>");
    assert!(screen.contains("Where we sit."), "{screen}");
    desk.does("u");
    assert!(!desk.h.screen().contains("Where we sit."));
}

#[test]
fn put_boards_in_order() {
    let mut desk = desk(Section::Boards);
    let before = desk.boards();
    desk.on(&before[0]).does("<Enter>4<^U>99<Enter>");
    let after = desk.boards();
    assert_eq!(after.last(), Some(&before[0]), "{after:?}");
    desk.does("u");
    assert_eq!(desk.boards(), before);
}

#[test]
fn say_who_sees_a_board_and_who_hosts_it() {
    let mut desk = desk(Section::Boards);
    let first = desk.boards()[0].clone();
    desk.on(&first).does("<Enter>6<Down><Down><Down><Enter>");
    assert!(!desk.boards().contains(&first), "for staff now");
    desk.does("u");
    let screen = desk.does("<Enter>8ann<Enter>");
    assert!(screen.contains("host ann"), "{screen}");
}

#[test]
fn archive_a_board_and_open_it_again() {
    let mut desk = desk(Section::Boards);
    let first = desk.boards()[0].clone();
    let screen = desk.on(&first).does("<Enter>9y");
    assert!(screen.contains("u takes it back"), "{screen}");
    let archived = |desk: &Desk| {
        let list = desk.live.call(&desk.ann, ListBoards).unwrap().boards;
        list.into_iter().find(|board| board.name == first).unwrap().archived
    };
    assert!(archived(&desk));
    desk.on(&first).does("<Enter>y");
    assert!(!archived(&desk));
}

#[test]
fn draft_compare_and_publish_a_charter() {
    let mut desk = desk(Section::Charter);
    desk.does("nShare the tea<Enter>There is enough for everybody.<Enter>");
    let screen = desk.on("Version 1 holds").does("<Enter>1");
    assert!(screen.contains("+ Rule 6, Share the tea: There is enough"), "{screen}");
    desk.does("<Esc>");
    let screen = desk.on("Version 1 holds").does("<Enter>2y");
    assert!(screen.contains("Version 2 holds"), "{screen}");
    let charter = desk.live.call(&Caller::GUEST, ReadCharter).unwrap();
    assert_eq!((charter.version, charter.rules.len()), (2, 6));
}

#[test]
fn read_an_old_version_of_the_charter() {
    let mut desk = desk(Section::Charter);
    desk.on("What this place is for").does("<Enter><^U>For tea.<Enter>");
    desk.on("Version 1 holds").does("<Enter>2y");
    let screen = desk.on("Version 2 holds").does("<Enter>2");
    assert!(screen.contains("This is a small place"), "{screen}");
}

#[test]
fn change_a_setting_and_give_it_back() {
    let mut desk = desk(Section::Settings);
    let screen = desk.on("Name").does("<Enter><^U>Hearth<Enter>");
    assert!(screen.contains("Hearth  (set here)"), "{screen}");
    assert_eq!(desk.live.call(&desk.ann, WhoAmI).unwrap().place, "Hearth");
    let screen = desk.does("<Enter>2");
    assert!(screen.contains("Testhob  (as in hob.toml)"), "{screen}");
}

#[test]
fn make_a_backup_and_see_the_disk() {
    let mut desk = desk(Section::Keeping);
    assert!(desk.h.screen().contains("none yet"));
    let screen = desk.on("Newest backup").does("<Enter>");
    assert!(screen.contains("made and checked") && screen.contains("hob-2026-11-22-12-00.db"), "{screen}");
    assert!(screen.contains("Database") && screen.contains("Write-ahead log") && screen.contains("Free"));
    assert!(folder(&desk.live.place.service).join("hob-2026-11-22-12-00.db").exists());
}

#[test]
fn read_the_last_lines_of_the_log() {
    let line = b"2026-11-22T12:00:00.000000Z  WARN hob::tasks: a line for the console\n";
    crate::service::console::Logbook::keep(line);
    let desk = desk(Section::Log);
    let screen = { desk }.h.screen();
    assert!(screen.contains("a line for the console"), "{screen}");
}

#[test]
fn see_that_it_is_all_on_record() {
    let mut desk = desk(Section::Now);
    desk.does("nTea at six<Enter>");
    let screen = desk.does("<Esc><End><Enter>");
    assert!(screen.contains("audit") && screen.contains("place broadcast"), "{screen}");
    desk.h.open(&Route::Console);
}

#[test]
fn the_document_lists_exactly_these_tasks() {
    let document = include_str!("../../../../docs/sysops.md");
    let name = |line: &'static str| line.strip_prefix("| ")?.rsplit('`').nth(1);
    let listed: BTreeSet<&str> = document.lines().filter_map(name).collect();
    let source = include_str!("tasks_tests.rs");
    let tests: BTreeSet<&str> = source
        .split("#[test]\nfn ")
        .skip(1)
        .filter_map(|rest| rest.split('(').next())
        .filter(|name| *name != "the_document_lists_exactly_these_tasks")
        .collect();
    assert_eq!(tests.len(), 21);
    let missing: Vec<&&str> = tests.difference(&listed).collect();
    assert!(missing.is_empty(), "docs/sysops.md does not list {missing:?}");
}
