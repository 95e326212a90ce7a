//! A thread as its reader meets it, against a real community.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::moderation::Deed;
use crate::domain::post::TEXT_FORGOTTEN;
use crate::service::Caller;
use crate::service::boards::ListBoards;
use crate::service::cases::scene::Cast;
use crate::service::reading::MarkUnreadFrom;
use crate::service::testing::Blocking;
use crate::service::upkeep::nightly;
use crate::service::writing::{EditPost, StartThread, WriteReply};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// Alice reads, Bob writes.
struct World {
    live: Rc<Blocking>,
    alice: Caller,
    bob: Caller,
    board: BoardId,
}

impl World {
    fn new() -> Self {
        let live = Blocking::new();
        let alice = live.block(live.place.regular("alice"));
        let bob = live.block(live.place.regular("bob"));
        let board = live.block(live.place.board("general"));
        Self { live, alice, bob, board }
    }

    fn board(&self, slug: &str) -> BoardId {
        self.live.block(self.live.place.board(slug))
    }

    fn start(&self, board: BoardId, title: &str, body: &str) -> ThreadId {
        let (title, body) = (title.to_owned(), body.to_owned());
        self.live.call(&self.bob, StartThread { board, title, body }).unwrap().thread
    }

    fn reply(&self, who: &Caller, thread: ThreadId, to: Option<i64>, body: &str) {
        let (reply_to, body) = (to.map(PostNo), body.to_owned());
        self.live.call(who, WriteReply { thread, reply_to, body }).unwrap();
    }

    /// A thread of so many posts of one line.
    fn thread(&self, board: BoardId, title: &str, posts: usize) -> ThreadId {
        let thread = self.start(board, title, &format!("{title} 1"));
        for no in 2..=posts {
            self.reply(&self.bob, thread, None, &format!("{title} {no}"));
        }
        thread
    }

    fn unread(&self) -> i64 {
        self.live.call(&self.alice, ListBoards).unwrap().unread_posts()
    }

    fn session(&self) -> Harness {
        let mut h = Harness::live(&self.live, &self.alice);
        h.screen();
        h
    }
}

/// The first row of the screen's own area.
fn first_row(screen: &str) -> &str {
    screen.lines().nth(1).unwrap()
}

/// M3: what was removed long ago has no text that could come back; the post says so instead of being empty.
#[test]
fn a_post_whose_text_was_forgotten_says_so_when_it_is_restored() {
    let (live, cast) = Cast::live();
    // A new place only notes the night.
    live.block(nightly(&live.place.service)).unwrap();
    live.call(&cast.mo, cast.moderate(Deed::RemovePost)).unwrap();
    live.place.clock.advance(91 * 86_400);
    live.block(nightly(&live.place.service)).unwrap();
    live.call(&cast.mo, cast.moderate(Deed::RestorePost)).unwrap();
    // Who was not here for so long sleeps, and reads nothing.
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.open(&Route::Thread { thread: cast.thread, at: Some(PostNo(2)) }).screen();
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(TEXT_FORGOTTEN) && screen.contains("2 bo"), "{screen}");
}

#[test]
fn r4_space_opens_at_the_first_unread_post_and_marks_only_what_was_shown() {
    let world = World::new();
    world.thread(world.board, "tea", 30);
    let mut h = world.session();
    let screen = h.keys(" ").screen();
    assert!(first_row(&screen).contains("1 bob"), "{screen}");
    // 21 rows, 3 a post: seven posts and no more are whole.
    assert_eq!(world.unread(), 30 - 7, "{screen}");
    let screen = h.keys(" ").screen();
    assert!(first_row(&screen).contains("8 bob"), "{screen}");
    assert_eq!(world.unread(), 30 - 14);

    // A second session begins where the first one stopped.
    let mut other = world.session();
    let screen = other.keys(" ").screen();
    assert!(first_row(&screen).contains("15 bob"), "{screen}");
}

#[test]
fn r4_keys_that_come_faster_than_frames_wait_until_each_page_was_seen() {
    let world = World::new();
    world.thread(world.board, "tea", 30);
    let mut h = world.session();
    h.keys("     ");
    assert_eq!(world.unread(), 30, "nothing was drawn yet");
    for seen in [7, 14, 21, 28, 30] {
        h.screen();
        assert_eq!(world.unread(), 30 - seen);
    }
}

#[test]
fn k12_twelve_short_posts_in_four_threads_take_five_spaces() {
    let world = World::new();
    let (b, c) = (world.board("books"), world.board("code"));
    for (board, title, posts) in
        [(world.board, "tea", 3), (world.board, "cake", 2), (b, "dune", 4), (c, "rust", 3)]
    {
        world.thread(board, title, posts);
    }
    let mut h = world.session();
    let mut spaces = 0;
    while world.unread() > 0 {
        h.keys(" ").screen();
        spaces += 1;
        assert!(spaces <= 5, "{} posts left after five", world.unread());
    }
    assert_eq!(spaces, 4, "each thread fits a screen");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("You are caught up."), "{screen}");
    assert!(screen.contains("rust 3"), "the last thread is still there to be answered: {screen}");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("home"), "another Space leads back to where reading began: {screen}");
}

#[test]
fn r4_escape_leads_back_to_where_reading_began() {
    let world = World::new();
    world.thread(world.board, "tea", 1);
    world.thread(world.board, "cake", 1);
    let mut h = world.session();
    h.keys("gb").screen();
    h.keys(" ").screen();
    let screen = h.keys(" ").screen();
    assert!(screen.contains("cake (general)"), "{screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("boards"), "one key, however many threads were read: {screen}");
}

#[test]
fn r4_skipping_leaves_unread_and_is_undone_with_one_key() {
    let world = World::new();
    let books = world.board("books");
    world.thread(world.board, "tea", 9);
    world.thread(world.board, "cake", 9);
    world.thread(books, "dune", 1);
    let mut h = world.session();
    h.keys(" ").screen();
    let screen = h.keys("s").screen();
    assert!(screen.contains("cake (general)"), "{screen}");
    let screen = h.keys("u").screen();
    assert!(screen.contains("tea (general)"), "{screen}");
    let screen = h.keys("S").screen();
    assert!(screen.contains("dune (books)"), "the rest of the board is passed over: {screen}");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("caught up, but for what you skipped"), "{screen}");
    let screen = h.keys("u").screen();
    assert!(screen.contains("tea (general)"), "{screen}");
}

#[test]
fn r3_unread_from_here_is_met_again_on_the_next_walk_and_not_on_this_one() {
    let world = World::new();
    world.thread(world.board, "tea", 4);
    let mut h = world.session();
    h.keys(" ").screen();
    assert_eq!(world.unread(), 0);
    h.keys("jjU").screen();
    assert_eq!(world.unread(), 2, "posts 3 and 4");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("caught up"), "{screen}");
    assert_eq!(world.unread(), 2, "still on the screen, still unread");
    h.keys("u").screen();
    assert_eq!(world.unread(), 0, "taken back");
    h.keys("U").screen();
    let screen = h.keys("<Esc> ").screen();
    assert!(first_row(&screen).contains("3 bob"), "{screen}");
}

#[test]
fn r3_marking_all_of_a_thread_read_is_undone() {
    let world = World::new();
    world.thread(world.board, "tea", 30);
    let mut h = world.session();
    h.keys(" ").screen();
    let screen = h.keys("c").screen();
    assert_eq!(world.unread(), 0, "{screen}");
    h.keys("u").screen();
    assert_eq!(world.unread(), 23);
    h.keys(" ").screen();
    assert_eq!(world.unread(), 16, "reading goes on");
}

#[test]
fn r4_jumping_ahead_marks_nothing_that_was_passed_over() {
    let world = World::new();
    world.thread(world.board, "tea", 90);
    let mut h = world.session();
    h.keys(" ").screen();
    let screen = h.keys("#85<Enter>").screen();
    assert!(screen.contains("tea 85"), "{screen}");
    assert_eq!(world.unread(), 90 - 7);
    h.keys(">").screen();
    assert_eq!(world.unread(), 90 - 7);
    let screen = h.keys(" ").screen();
    assert!(first_row(&screen).contains("8 bob"), "the first unread one comes next: {screen}");
    let screen = h.keys("<Esc><Esc>").screen();
    assert!(screen.contains("Testhob"), "{screen}");
}

#[test]
fn r5_a_long_post_scrolls_and_is_read_only_at_its_last_line() {
    let world = World::new();
    let long: String = (1..=50).map(|n| format!("line {n}\n\n")).collect();
    world.start(world.board, "tea", &long);
    let mut h = world.session();
    h.keys(" ").screen();
    assert_eq!(world.unread(), 1);
    let mut pages = 1;
    while world.unread() > 0 {
        let before = h.screen();
        let screen = h.keys(" ").screen();
        let kept = before.lines().nth(21).unwrap();
        assert_eq!(first_row(&screen).trim_start_matches('▸').trim(), kept.trim(), "the eye finds its place");
        pages += 1;
    }
    assert_eq!(pages, 5);
    let screen = h.keys("k").screen();
    assert!(!screen.contains("line 50"), "{screen}");
    let screen = h.keys("jj").screen();
    assert!(screen.contains("line 50"), "{screen}");
}

#[test]
fn r5_j_and_k_move_one_mark_while_the_post_is_in_sight() {
    let world = World::new();
    world.thread(world.board, "tea", 30);
    let mut h = world.session();
    h.keys(" ").screen();
    assert_eq!(h.cells_changed_by("j"), 2, "the mark left one cell for another");
    assert_eq!(h.cells_changed_by("k"), 2);
    h.keys("jjjjjj").screen();
    let screen = h.keys("j").screen();
    assert!(first_row(&screen).contains("▸●8 bob"), "the next page of posts comes with it: {screen}");
    let screen = h.keys("k").screen();
    assert!(screen.contains("▸●7 bob") && screen.contains(" ●1 bob"), "{screen}");
}

#[test]
fn the_footer_stays_the_same_from_post_to_post() {
    let world = World::new();
    let thread = world.thread(world.board, "tea", 2);
    world.reply(&world.alice, thread, None, "mine");
    let mut h = world.session();
    h.keys(" ").screen();
    assert_eq!(h.cells_changed_by("jj"), 2, "also to one's own post");
}

#[test]
fn r5_what_a_post_answers_opens_in_place_and_can_be_gone_to() {
    let world = World::new();
    let thread = world.thread(world.board, "tea", 60);
    world.reply(&world.alice, thread, Some(2), "I agree");
    let mut h = world.session();
    h.keys(" ").screen();
    let screen = h.keys("#61<Enter>").screen();
    assert!(screen.contains("> 2 bob"), "{screen}");
    let screen = h.keys("o").screen();
    assert!(screen.contains("│ tea 2"), "{screen}");
    let screen = h.keys("o").screen();
    assert!(!screen.contains("│ tea 2"), "{screen}");
    let screen = h.keys("p").screen();
    assert!(first_row(&screen).contains("2 bob"), "{screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(first_row(&screen).contains("61 alice"), "back to where one jumped from: {screen}");
}

#[test]
fn r5_edited_posts_show_what_they_said_and_spoilers_open() {
    let world = World::new();
    let thread = world.start(world.board, "tea", "with ||milk||");
    world.live.place.clock.advance(3_600);
    let body = "with ||lemon||".to_owned();
    world.live.call(&world.bob, EditPost { thread, no: PostNo(1), body }).unwrap();
    let mut h = world.session();
    let screen = h.keys(" ").screen();
    assert!(screen.contains("edited") && !screen.contains("lemon"), "{screen}");
    let screen = h.keys("x").screen();
    assert!(screen.contains("with lemon"), "{screen}");
    let screen = h.keys("h").screen();
    assert!(screen.contains("Before an edit") && screen.contains("with milk"), "{screen}");
    let screen = h.keys("h").screen();
    assert!(!screen.contains("with milk"), "{screen}");
}

#[test]
fn l5_new_posts_come_in_below_without_moving_what_is_read() {
    let world = World::new();
    let thread = world.thread(world.board, "tea", 9);
    let mut h = world.session();
    let before = h.keys(" ").screen();
    world.reply(&world.bob, thread, None, "a latecomer");
    h.keys("");
    let after = h.settle_and_draw();
    assert_eq!(before.lines().nth(1), after.lines().nth(1));
    assert_eq!(before.lines().nth(20), after.lines().nth(20));
    assert!(after.contains("1 new below"), "{after}");
    h.keys(" ").screen();
    let screen = h.screen();
    assert!(screen.contains("a latecomer"), "{screen}");
    assert_eq!(world.unread(), 0);
}

#[test]
fn w3_ones_own_post_is_deleted_after_a_question_and_brought_back() {
    let world = World::new();
    let thread = world.thread(world.board, "tea", 2);
    world.reply(&world.alice, thread, None, "mine");
    let mut h = world.session();
    h.keys(" ").screen();
    let screen = h.keys("d").screen();
    assert!(screen.contains("Only the author"), "{screen}");
    h.keys("jj").screen();
    let screen = h.keys("d").screen();
    assert!(screen.contains("Delete your post 3?"), "{screen}");
    let screen = h.keys("y").screen();
    assert!(screen.contains("Deleted by its author.") && screen.contains("u brings it back"), "{screen}");
    let screen = h.keys("u").screen();
    assert!(screen.contains("mine"), "{screen}");
}

#[test]
fn r8_following_and_muting_are_keys() {
    let world = World::new();
    world.thread(world.board, "tea", 30);
    let mut h = world.session();
    h.keys(" ").screen();
    let screen = h.keys("f").screen();
    assert!(screen.contains("You follow this thread"), "{screen}");
    h.keys("m").screen();
    assert_eq!(world.unread(), 0, "muted threads are not counted");
    let screen = h.keys("u").screen();
    assert!(screen.contains("Taken back."), "{screen}");
    assert_eq!(world.unread(), 23);
}

#[test]
fn the_same_at_every_size_and_without_colours_or_unicode() {
    let world = World::new();
    let body = "Wide 日本語 and \u{1f469}\u{200d}\u{1f467}, a [link](http://a.example), `code` and a rather long line that has to be wrapped somewhere.";
    let thread = world.start(world.board, "tea", body);
    world.reply(&world.alice, thread, Some(1), "> quoted\n\nand answered");
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in
        [(Capabilities::COMMON, 40, 12), (Capabilities::COMMON, 160, 50), (ascii, 80, 24)]
    {
        world.live.call(&world.alice, MarkUnreadFrom { thread, from: PostNo(1) }).unwrap();
        let mut h = Harness::live_at(&world.live, &world.alice, terminal, columns, rows);
        h.screen();
        let screen = h.keys(" ").screen();
        assert!(screen.contains("bob") && screen.contains("[1]"), "{columns}x{rows}\n{screen}");
        assert_eq!(screen.lines().count(), usize::from(rows));
        let text_column = screen.lines().skip(1).take(usize::from(rows) - 3);
        assert!(text_column.clone().all(|line| crate::domain::text::display_width(line) <= 95), "{screen}");
        if !terminal.unicode {
            let drawn: String = screen.replace("日本語", "").replace("\u{1f469}\u{200d}\u{1f467}", "");
            assert!(drawn.is_ascii(), "{screen}");
        }
    }
}

#[test]
fn a_thread_that_is_not_there_says_so_and_leads_back() {
    let mut h = Harness::member("alice");
    h.forget();
    use crate::service::Error;
    use crate::service::threads::OpenThread;
    h.app.run_everywhere(crate::ui::keys::Command::Next);
    h.keys("");
    h.answer::<crate::service::reading::NextUnread>(|_| {
        Ok(Some(crate::service::reading::NextUp::Thread(crate::service::reading::NextThread {
            thread: ThreadId(9),
            board: BoardId(1),
            no: PostNo(1),
            why: crate::service::reading::Why::InOrder,
        })))
    });
    h.answer::<OpenThread>(|request| {
        assert_eq!(request.thread, ThreadId(9));
        Err(Error::NotFound("thread"))
    });
    let screen = h.screen();
    assert!(screen.contains("There is no such thread here"), "{screen}");
    h.keys("q");
    assert!(h.left, "keys work again");
}
