//! What a person sees of a field.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::time::Timestamp;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{me, presses, text_of};

fn keys(field: &mut Field, text: &str) -> Typed {
    presses(text).into_iter().map(|press| field.input(&Input::Key(press))).last().unwrap()
}

fn drawn(field: &mut Field, width: u16) -> (String, u16) {
    let area = Rect::new(0, 0, width, 1);
    let look = Look::new(me("alice"), &Capabilities::COMMON, 80, 24, Timestamp(0));
    let mut buf = Buffer::empty(area);
    let at = field.draw(area, &mut buf, &look, look.theme.text);
    let mut again = Buffer::empty(area);
    assert_eq!(field.draw(area, &mut again, &look, look.theme.text), at);
    assert_eq!(buf, again);
    (text_of(&buf), at.x)
}

/// SAFETY, Transport: memory per session has a bound whatever the client does; anybody at the door types into a field.
#[test]
fn what_is_cut_is_one_line_at_most_however_often_it_is_written_and_cut() {
    let mut field = Field::new(100);
    for _ in 0..1_000 {
        assert_eq!(field.input(&Input::Paste("x".repeat(90))), Typed::Changed);
        keys(&mut field, "y<^W>");
        assert!(field.is_empty());
    }
    assert_eq!(keys(&mut field, "<^Y>"), Typed::Changed);
    assert_eq!(field.chars(), 91);
    field.set_text("one two three");
    keys(&mut field, "<^W><^W><^Y>");
    assert_eq!(field.text(), "one two three", "cuts in a row come back together");
}

#[test]
fn the_keys_of_every_line_editor() {
    let mut field = Field::new(80);
    keys(&mut field, "warm kettle<^A>the <^E>s<Left><Left><Del>");
    assert_eq!(field.text(), "the warm kettls");
    assert_eq!(keys(&mut field, "<^W>"), Typed::Changed);
    assert_eq!(field.text(), "the warm s");
    keys(&mut field, "<^U><^E><^Y>");
    assert_eq!(field.text(), "sthe warm kettl");
    assert_eq!(keys(&mut field, "<Enter>"), Typed::Nothing);
    assert_eq!(keys(&mut field, "<Home>"), Typed::Moved);
    assert_eq!(keys(&mut field, "<^K>"), Typed::Changed);
    assert!(field.is_empty());
}

#[test]
fn one_backspace_takes_one_character() {
    for cluster in ["👍🏽", "👩\u{200d}👩\u{200d}👧", "e\u{301}", "🇩🇪", "日"] {
        let mut field = Field::new(80).with_text(&format!("x{cluster}"));
        keys(&mut field, "<Bksp>");
        assert_eq!(field.text(), "x", "{cluster}");
        let mut field = Field::new(80).with_text("x");
        keys(&mut field, cluster);
        keys(&mut field, "<Left><Left><Right>!");
        assert_eq!(field.text(), format!("x!{cluster}"));
    }
}

#[test]
fn a_long_text_scrolls_under_the_cursor() {
    let mut field = Field::new(80).with_text("the kettle is on");
    assert_eq!(drawn(&mut field, 8), ("e is on".to_owned(), 7));
    keys(&mut field, "<Home>");
    assert_eq!(drawn(&mut field, 8), ("the kett".to_owned(), 0));
    keys(&mut field, "<End><Left><Left>");
    assert_eq!(drawn(&mut field, 8).1, 7);
    keys(&mut field, "<^U>");
    assert_eq!(drawn(&mut field, 8), ("on".to_owned(), 0));
}

#[test]
fn wide_characters_are_never_cut_in_half() {
    let mut field = Field::new(80).with_text("日本語のお茶");
    for width in 3..14 {
        let (text, at) = drawn(&mut field, width);
        assert!(display_width(&text) <= usize::from(width), "{text} at {width}");
        assert!(at < width);
    }
    keys(&mut field, "<Home><Right>");
    assert_eq!(drawn(&mut field, 5), ("日本".to_owned(), 2));
}

#[test]
fn nothing_is_put_in_unless_all_of_it_fits() {
    let mut field = Field::new(5).with_text("abc");
    assert_eq!(field.input(&Input::Paste("defg".to_owned())), Typed::Full);
    assert_eq!(field.text(), "abc");
    assert_eq!(field.input(&Input::Paste("de\r\n".to_owned())), Typed::Changed);
    assert_eq!(keys(&mut field, "f"), Typed::Full);
    assert_eq!(field.text(), "abcde");
    keys(&mut field, "<^W>abc<Home>");
    assert_eq!(keys(&mut field, "<^Y>"), Typed::Full, "what was cut does not fit either");
    assert_eq!(field.text(), "abc");
    assert_eq!((field.chars(), field.chars_max()), (3, 5));
}

#[test]
fn a_paste_is_one_clean_line() {
    let mut field = Field::new(80);
    field.input(&Input::Paste("a\x1b[31m\nb\u{202e}".to_owned()));
    assert_eq!(field.text(), "a b");
    assert_eq!(keys(&mut field, "\u{202e}"), Typed::Nothing);
    assert_eq!(field.take(), "a b");
    assert!(field.is_empty());
}

#[test]
fn a_masked_field_shows_how_much_but_not_what() {
    let mut field = Field::masked(80);
    keys(&mut field, "pass");
    field.input(&Input::Paste(" wörd\u{200b}\u{7}\n".to_owned()));
    assert_eq!(field.text(), "pass wörd\u{200b}", "a password is taken as it is");
    let (text, at) = drawn(&mut field, 20);
    assert!(text.chars().all(|c| c == '•'), "{text}");
    assert_eq!((text.chars().count(), at), (10, 10));
}
