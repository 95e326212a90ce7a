//! What is for one, over a real community (L4).
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::moderation::Deed;
use crate::service::Caller;
use crate::service::cases::scene::Cast;
use crate::service::testing::Blocking;
use crate::service::writing::WriteReply;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

fn answer(live: &Rc<Blocking>, by: &Caller, thread: ThreadId) {
    let body = "yes, and @ann knows why".to_owned();
    live.call(by, WriteReply { thread, reply_to: Some(PostNo(1)), body }).unwrap();
}

/// ann's report was decided, and bo has answered her thread.
fn scene() -> (Rc<Blocking>, Cast) {
    let (live, cast) = Cast::live();
    let case = live.call(&cast.ann, cast.report_it()).unwrap().case;
    live.call(&cast.mo, cast.decide(case, &[Deed::CollapsePost])).unwrap();
    live.place.clock.advance(60);
    answer(&live, &cast.bo, cast.thread);
    (live, cast)
}

#[test]
fn l4_each_line_leads_to_the_exact_place() {
    let (live, cast) = scene();
    let mut h = Harness::live(&live, &cast.ann);
    let screen = h.keys("gn").screen();
    assert!(screen.contains("▸● bo answered you in Trains"), "{screen}");
    assert!(screen.contains(" ● Your report: It was looked at: the post was folded."), "{screen}");
    h.keys("<Enter>");
    let post = Route::Thread { thread: cast.thread, at: Some(PostNo(3)) };
    assert_eq!(h.app.routes(), [Route::Home, Route::Notifications, post]);
    let screen = h.screen();
    assert!(screen.contains("knows why"), "{screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("New") && screen.contains("1 new"), "{screen}");
    assert!(
        screen.contains("Seen") && !screen.contains("● bo answered"),
        "what was opened is seen: {screen}"
    );
    h.keys("<lt><Enter>");
    assert_eq!(h.app.routes().last(), Some(&Route::MyCases));
    h.screen();
    let screen = h.keys("<Esc>").screen();
    assert!(!screen.contains("●"), "{screen}");
}

#[test]
fn l4_one_key_clears_all_and_one_undoes_it() {
    let (live, cast) = scene();
    let mut h = Harness::live(&live, &cast.ann);
    let before = h.keys("gn").screen();
    let screen = h.keys("c").screen();
    assert!(screen.contains("Cleared 2; u brings them back.") && !screen.contains('●'), "{screen}");
    assert!(screen.contains("bo answered you in Trains"), "it stays to be opened: {screen}");
    h.keys("u");
    let screen = h.screen();
    assert_eq!(screen.matches('●').count(), before.matches('●').count(), "{screen}");
    assert!(h.keys("u").screen().contains("Nothing was cleared"));
}

#[test]
fn l5_what_comes_in_is_there_without_a_key_and_the_choice_stays() {
    let (live, cast) = scene();
    let mut h = Harness::live(&live, &cast.ann);
    h.keys("gnj").screen();
    live.place.clock.advance(60);
    answer(&live, &cast.mia, cast.thread);
    let screen = h.wake().screen();
    assert!(screen.contains(" ● mia answered you") && screen.contains("▸● Your report"), "{screen}");
}

#[test]
fn nothing_of_it_is_anybody_elses_and_an_empty_list_says_what_it_is_for() {
    let (live, cast) = scene();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (terminal, columns, rows) in
        [(Capabilities::COMMON, 80, 24), (Capabilities::COMMON, 160, 50), (plain, 40, 12)]
    {
        let mut h = Harness::live_at(&live, &cast.mia, terminal, columns, rows);
        let screen = h.keys("gn").screen();
        assert!(screen.contains("Nothing yet.") && !screen.contains("Trains"), "{screen}");
        let mut h = Harness::live_at(&live, &cast.ann, terminal, columns, rows);
        let screen = h.keys("gn").screen();
        assert!(screen.contains("bo answered you in") && screen.contains("Your report"), "{screen}");
        assert!(terminal.unicode || screen.is_ascii(), "{screen}");
        assert_eq!(screen.lines().count(), usize::from(rows));
    }
}
