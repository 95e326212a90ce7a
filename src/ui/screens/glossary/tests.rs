//! The glossary as members meet it (P8), and `K` in a thread.
#![allow(clippy::unwrap_used)]

use crate::domain::ids::PostNo;
use crate::service::cases::scene::Cast;
use crate::service::glossary::{DefineTerm, ListTerms};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

const MEANING: &str =
    "What ann and half of the place like, and the other half misses every morning by a minute.";

fn define(word: &str, meaning: &str) -> DefineTerm {
    DefineTerm { word: word.to_owned(), meaning: meaning.to_owned(), first: None }
}

#[test]
fn p8_a_word_is_added_changed_looked_up_and_removed() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.bo);
    assert!(h.keys("gg").screen().contains("No words yet."));
    h.keys("n").keys("hob<Enter>").keys("A shelf.<Enter>");
    let screen = h.keys("").screen();
    assert!(screen.contains("hob: A shelf.") && screen.contains("Added by bo just now."), "{screen}");
    h.keys("e").keys(" Warm.<Enter>");
    let screen = h.keys("").screen();
    assert!(screen.contains("hob: A shelf. Warm."), "{screen}");
    let screen = h.keys("h").screen();
    assert!(screen.contains("hob, before") && screen.contains("A shelf."), "{screen}");
    h.keys("<Esc>");
    let mut staff = Harness::live(&live, &cast.mo);
    staff.keys("gg").screen();
    staff.keys("x").keys("It says nothing.<Enter>");
    assert!(staff.keys("").screen().contains("No words yet."));
    assert!(h.keys("").screen().contains("No words yet."), "L5: without a key");
    assert!(live.call(&cast.ann, ListTerms).unwrap().is_empty());
}

#[test]
fn p8_the_list_narrows_while_one_types_and_what_is_missing_can_be_added() {
    let (live, cast) = Cast::live();
    for (word, meaning) in [("kettle", "It sings."), ("song", "What a kettle does."), ("plum", "Nine kilos.")]
    {
        live.call(&cast.bo, define(word, meaning)).unwrap();
    }
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in
        [(Capabilities::COMMON, 80, 24), (ascii, 40, 12), (Capabilities::COMMON, 160, 50)]
    {
        let mut h = Harness::live_at(&live, &cast.ann, terminal, columns, rows);
        let screen = h.keys("gg").screen();
        assert!(screen.contains("plum") && (terminal.unicode || screen.is_ascii()), "{screen}");
        let screen = h.keys("/kett").screen();
        let row = |word: &str| screen.lines().position(|line| line.contains(word));
        assert!(row("It sings.") < row("What a kettle") && !screen.contains("plum"), "{screen}");
        assert!(h.keys("x").screen().contains("No word here fits."));
    }
}

#[test]
fn p8_k_on_a_post_shows_what_its_words_mean() {
    let (live, cast) = Cast::live();
    let place = Route::Thread { thread: cast.thread, at: Some(PostNo(1)) };
    let mut h = Harness::live(&live, &cast.ann);
    h.open(&place).screen();
    assert!(h.keys("K").screen().contains("No word of the glossary is in this post"));
    live.call(&cast.bo, define("trains", MEANING)).unwrap();
    for (columns, rows) in [(80, 24), (40, 12), (160, 50)] {
        let mut h = Harness::live_at(&live, &cast.ann, Capabilities::COMMON, columns, rows);
        h.open(&place).screen();
        let screen = h.keys("K").screen();
        assert!(screen.contains("trains") && screen.contains("What ann and half"), "{screen}");
        assert!(screen.contains("by a minute."), "all of it is there at {columns}: {screen}");
        assert!(!h.keys("<Enter>").screen().contains("What ann and half"));
    }
    live.call(&cast.bo, define("likes", "Would not mind.")).unwrap();
    let screen = h.keys("K").screen();
    assert!(screen.contains("1 trains") && screen.contains("2 likes"), "in the order of the text: {screen}");
    assert!(h.keys("1").screen().contains("What ann and half"));
}
