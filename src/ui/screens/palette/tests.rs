//! The palette, over a real community.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::BoardId;
use crate::domain::text::corpus::hostile;
use crate::service::Caller;
use crate::service::boards::ListBoards;
use crate::service::conversations::ListConversations;
use crate::service::members::{ListMembers, Me};
use crate::service::rooms::ListRooms;
use crate::service::search::RecentGoals;
use crate::service::tags::ListTags;
use crate::service::testing::Blocking;
use crate::service::threads::{FindThreads, FoundThread};
use crate::service::writing::StartThread;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};
use crate::ui::keys::{BINDINGS, Command, Scope};

struct Town {
    live: Rc<Blocking>,
    alice: Caller,
}

fn town() -> Town {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    live.block(live.place.regular("gerda"));
    let general: BoardId = live.block(live.place.board("general"));
    live.block(live.place.board("garden"));
    for title in ["Gear for tea", "Trains"] {
        let (title, body) = (title.to_owned(), "words".to_owned());
        live.call(&alice, StartThread { board: general, title, body }).unwrap();
    }
    Town { live, alice }
}

fn open(town: &Town) -> Harness {
    Harness::live(&town.live, &town.alice)
}

/// The row with the mark, without what is around it.
fn chosen(h: &mut Harness) -> String {
    let screen = h.screen();
    let row = screen.lines().find_map(|line| line.split_once('▸')).map(|(_, row)| row.trim().to_owned());
    row.unwrap_or_else(|| panic!("nothing is chosen:\n{screen}"))
}

#[test]
fn my_data_is_found_by_these_words() {
    let town = town();
    let mut h = open(&town);
    for words in ["my data", "your data"] {
        h.keys(&format!(":{words}"));
        assert!(chosen(&mut h).contains("Your data"), "{}", h.screen());
        h.keys("<Esc>");
    }
    assert!(h.keys(":my data<Enter>").screen().contains("my data"));
}

#[test]
fn what_is_typed_finds_boards_members_threads_and_commands_in_groups() {
    let town = town();
    let mut h = open(&town);
    let screen = h.keys(":ge").screen();
    for (kind, name) in [("boards", "general"), ("members", "gerda"), ("threads", "Gear for tea")] {
        let row = screen.lines().find(|line| line.trim_start().starts_with(kind));
        assert!(row.is_some_and(|row| row.contains(name)), "{kind} {name}:\n{screen}");
    }
    assert!(!screen.contains("Trains"), "{screen}");
    let screen = h.keys("<^U>settings").screen();
    let row = screen.lines().find(|line| line.contains("Settings:")).unwrap();
    assert!(row.contains("commands") && row.contains("g s"), "{screen}");
    assert!(h.keys("<^U>xyzzy").screen().contains("Nothing has a name like that"));
}

#[test]
fn enter_goes_there_and_back_leads_to_where_one_was() {
    let town = town();
    let mut h = open(&town);
    h.keys("gm:gerda<Enter>");
    assert!(h.screen().lines().next().unwrap().contains("gerda"), "{}", h.screen());
    h.keys("<Esc>");
    assert!(h.screen().lines().next().unwrap().contains("members"), "{}", h.screen());
    // Control-P does the same as the colon, and moves up once the palette is open.
    h.keys("<^P>");
    assert!(h.screen().contains("find:"));
    let first = chosen(&mut h);
    h.keys("<Down><^N>");
    assert_ne!(chosen(&mut h), first);
    h.keys("<^P><Up>");
    assert_eq!(chosen(&mut h), first);
    h.keys("<Esc>");
    assert!(h.screen().lines().next().unwrap().contains("members"));
}

#[test]
fn what_one_went_to_lately_comes_first_while_nothing_is_typed() {
    let town = town();
    let mut h = open(&town);
    h.keys(":garden<Enter>");
    h.keys(":gerda<Enter>");
    h.keys(":trains<Enter>").screen();
    h.keys("gh");
    let screen = h.keys(":").screen();
    let rows: Vec<&str> = screen.lines().skip(2).take(3).collect();
    assert!(rows[0].contains("lately") && rows.iter().any(|row| row.contains("Trains")), "{screen}");
    assert!(rows.iter().any(|row| row.contains("gerda")), "{screen}");
    // Once, and in the place where one looks for it only when it is typed.
    assert_eq!(screen.matches("Trains").count(), 1, "{screen}");
    let screen = h.keys("trai").screen();
    assert!(!screen.contains("lately") && screen.contains("threads"), "{screen}");
    // Nobody else's.
    let bob = town.live.block(town.live.place.regular("bob"));
    let mut other = Harness::live(&town.live, &bob);
    assert!(!other.keys(":").screen().contains("lately"));
}

#[test]
fn rooms_are_found_by_their_names() {
    let town = town();
    let mut h = open(&town);
    let screen = h.keys(":hall").screen();
    let row = screen.lines().find(|line| line.contains("rooms"));
    assert!(row.is_some_and(|row| row.contains("hall")), "{screen}");
}

#[test]
fn tags_are_found_by_their_names() {
    let town = town();
    let thread = crate::domain::ids::ThreadId(1);
    let tags = "slow-cooking".to_owned();
    town.live.call(&town.alice, crate::service::tags::SetTags { thread, tags }).unwrap();
    let mut h = open(&town);
    let screen = h.keys(":slowc").screen();
    assert!(
        screen.contains("tags") && screen.contains("#slow-cooking") && screen.contains("1 thread"),
        "{screen}"
    );
    h.keys("<Enter>");
    assert!(h.screen().lines().next().unwrap().contains("slow-cooking"), "{}", h.screen());
}

#[test]
fn settings_are_found_by_their_names() {
    let town = town();
    let mut h = open(&town);
    let screen = h.keys(":colours").screen();
    assert!(screen.contains("settings") && screen.contains("Colours"), "{screen}");
    h.keys("<Enter>");
    assert!(h.screen().lines().next().unwrap().contains("settings"), "{}", h.screen());
    h.keys("<Esc>:your keyboard<Enter>");
    assert!(h.screen().lines().next().unwrap().contains("your keys on the keyboard"), "{}", h.screen());
}

/// PRODUCT.md section 3: the palette shows a key as the member has it.
#[test]
fn a_command_stands_with_the_members_own_key() {
    let mut me = me("alice");
    me.choices.push(("keys".to_owned(), "everywhere.go-members g 9\n".to_owned()));
    let mut h = Harness::new(me);
    h.forget().keys(":");
    h.answer::<ListBoards>(|_| Err(crate::service::Error::NotFound("board")));
    h.answer::<ListMembers>(|_| Ok(Vec::new()));
    h.answer::<RecentGoals>(|_| Ok(Vec::new()));
    let screen = h.keys("members").screen();
    let row = screen.lines().find(|line| line.contains("Members")).unwrap_or_else(|| panic!("{screen}"));
    assert!(row.contains("g 9"), "{screen}");
}

#[test]
fn a_command_is_carried_out_on_the_screen_below() {
    let town = town();
    let mut h = open(&town);
    h.keys("gm");
    assert!(h.screen().contains("by handle"), "{}", h.screen());
    h.keys(":another order<Enter>");
    let screen = h.screen();
    assert!(screen.lines().next().unwrap().contains("members"), "{screen}");
    assert!(screen.contains("who is here first"), "{screen}");
    // One of every screen: the place begins a new stack, as its key does.
    h.keys(":search<Enter>");
    assert!(h.screen().lines().next().unwrap().contains("search"), "{}", h.screen());
    h.keys("<Esc>:leave<Enter>");
    assert!(h.left);
}

#[test]
fn keys_that_come_faster_than_answers_are_meant_for_what_is_found() {
    let mut h = Harness::member("alice");
    h.forget().keys(":gen<Enter>");
    assert!(h.waiting().contains(&"list boards"));
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    live.block(live.place.board("general"));
    h.answer::<ListBoards>(|_| live.call(&alice, ListBoards));
    h.answer::<ListMembers>(|_| live.call(&alice, ListMembers));
    h.answer::<RecentGoals>(|_| Ok(Vec::new()));
    assert!(!h.screen().contains("find:"), "{}", h.screen());
}

#[test]
fn one_question_at_a_time_and_the_last_word_is_asked() {
    let mut h = Harness::member("alice");
    h.forget().keys(":");
    h.answer::<ListBoards>(|_| Err(crate::service::Error::NotFound("board")));
    h.answer::<ListMembers>(|_| Ok(Vec::new()));
    h.answer::<RecentGoals>(|_| Ok(Vec::new()));
    h.answer::<ListTags>(|_| Ok(Vec::new()));
    h.answer::<ListRooms>(|_| Ok(Vec::new()));
    h.answer::<ListConversations>(|_| Ok(Vec::new()));
    h.keys("tea");
    assert_eq!(h.waiting(), ["find threads"]);
    h.answer::<FindThreads>(|request| {
        assert_eq!(request.text, "");
        Ok(Vec::new())
    });
    let found = FoundThread {
        id: crate::domain::ids::ThreadId(7),
        title: "Tea at four".to_owned(),
        board: "general".to_owned(),
    };
    h.answer::<FindThreads>(|request| {
        assert_eq!(request.text, "tea");
        Ok(vec![found.clone(), found])
    });
    assert!(h.waiting().is_empty());
    assert_eq!(h.screen().matches("Tea at four").count(), 1);
}

#[test]
fn only_what_the_person_may_do_is_in_it() {
    let town = town();
    let mut h = open(&town);
    // The keys of moving and typing need no name, and a dialog is answered first.
    let screen = h.keys("gm:").screen();
    assert!(!screen.contains("One down") && !screen.contains("Palette"), "{screen}");
    let outsider = Me { actor: crate::domain::policy::Actor::Guest, handle: String::new(), ..me("") };
    let mut guest = Harness::new(outsider);
    guest.forget().keys(":<^P>");
    assert!(guest.waiting().is_empty() && !guest.screen().contains("find:"));
}

#[test]
fn every_command_that_can_be_named_has_words_to_find_it_by() {
    for binding in BINDINGS.iter().filter(|binding| super::items::is_worth_a_name(binding)) {
        assert!(!binding.help.is_empty(), "{:?} has no help", binding.command);
    }
    let palette = BINDINGS.iter().find(|b| b.scope == Scope::Everywhere && b.command == Command::Palette);
    assert!(palette.is_some_and(|binding| !super::items::is_worth_a_name(binding)));
}

#[test]
fn it_fits_forty_columns_and_plain_ascii() {
    let town = town();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&town.live, &town.alice, plain, columns, rows);
        let screen = h.keys(":ge").screen();
        assert!(screen.is_ascii(), "{screen}");
        assert!(screen.contains("general") && screen.contains("Enter go"), "{screen}");
        assert!(h.cursor.is_some_and(|cursor| cursor.y == 1 && cursor.x < columns));
        let moved = h.cells_changed_by("<Down>");
        assert!(moved <= 2, "moving the choice changes two cells, not {moved}");
    }
}

#[test]
fn nothing_but_text_is_drawn_whatever_things_are_called() {
    for text in hostile() {
        let mut h = Harness::member("alice");
        h.forget().keys(":");
        h.answer::<ListBoards>(|_| Err(crate::service::Error::NotFound("board")));
        h.answer::<ListMembers>(|_| Ok(Vec::new()));
        h.answer::<RecentGoals>(|_| Ok(Vec::new()));
        let id = crate::domain::ids::ThreadId(7);
        h.answer::<FindThreads>(|_| Ok(vec![FoundThread { id, title: text.clone(), board: text.clone() }]));
        h.paste(&text);
        for cell in &h.cells().content {
            assert!(!cell.symbol().chars().any(|c| c.is_control()), "{text:?} drew {:?}", cell.symbol());
        }
    }
}
