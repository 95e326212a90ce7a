//! The editor against a plain model of a text, and what a person sees of it (W1).

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::domain::text::wrap_ranges;
use crate::domain::time::Timestamp;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{me, presses, text_of};

const ROOM: usize = 4_000;

fn look(columns: u16, rows: u16) -> Look {
    Look::new(me("alice"), &Capabilities::COMMON, columns, rows, Timestamp(0))
}

/// An editor that takes keys as a screen with its scope does.
struct Desk {
    editor: Editor,
    area: Rect,
}

impl Desk {
    fn new(text: &str) -> Self {
        let mut editor = Editor::new(ROOM);
        editor.set_text(text);
        Self { editor, area: Rect::new(0, 0, 21, 6) }
    }

    fn press(&mut self, press: KeyPress) -> Took {
        match keys::find(&[Scope::Editor], Chord::Press(press)) {
            Some(binding) => self.editor.command(binding.command),
            None => self.editor.input(&Input::Key(press)),
        }
    }

    fn keys(&mut self, text: &str) -> &mut Self {
        for press in presses(text) {
            self.press(press);
        }
        self
    }

    fn shift(&mut self, key: Key) -> &mut Self {
        self.press(KeyPress { shift: true, ..KeyPress::plain(key) });
        self
    }

    /// The rows, with `|` before the cursor.
    fn drawn(&mut self) -> String {
        let mut buf = Buffer::empty(self.area);
        let at = self.editor.draw(self.area, &mut buf, &look(21, 6));
        let rows = text_of(&buf);
        let mut out = Vec::new();
        for (y, row) in rows.split('\n').enumerate() {
            if y != usize::from(at.y) {
                out.push(row.to_owned());
                continue;
            }
            let (mut x, mut split) = (0, row.len());
            for (byte, cluster) in row.grapheme_indices(true) {
                if x == usize::from(at.x) {
                    split = byte;
                    break;
                }
                x += crate::domain::text::display_width(cluster);
            }
            out.push(format!("{}|{}", &row[..split], &row[split..]));
        }
        out.join("\n").trim_end().to_owned()
    }
}

#[test]
fn emacs_keys_and_arrows_move_and_delete() {
    let mut desk = Desk::new("");
    desk.keys("one two<^A>zero <^E> three<^B><^B><^D>E<^F>!");
    assert_eq!(desk.editor.text(), "zero one two thrEe!");
    desk.keys("<Home><Del><^K>");
    assert_eq!(desk.editor.text(), "");
    desk.keys("<^Y><Left><Bksp>");
    assert_eq!(desk.editor.text(), "ero one two thrE!");
}

#[test]
fn up_and_down_keep_to_their_column() {
    let mut desk = Desk::new("a long first line\nx\nthe last line here");
    assert!(desk.drawn().ends_with("the last line here|"));
    assert_eq!(desk.keys("<Up>").drawn(), "a long first line\nx|\nthe last line here");
    assert_eq!(desk.keys("<Up>").drawn(), "a long first line|\nx\nthe last line here");
    assert_eq!(desk.keys("<Left><Left><Down><Down>").drawn(), "a long first line\nx\nthe last line h|ere");
    desk.keys("<Up><Up><Up>");
    assert!(desk.editor.is_at_top());
    assert!(desk.drawn().starts_with('|'));
    assert!(desk.keys("<Down><Down><Down>").drawn().ends_with('|'));
}

#[test]
fn rows_wrap_as_readers_see_them_and_home_and_end_keep_to_the_row() {
    let mut desk = Desk::new("the kettle is on the shelf beside the fire");
    assert_eq!(desk.drawn(), "the kettle is on the\nshelf beside the\nfire|");
    assert_eq!(desk.keys("<Up><Home>").drawn(), "the kettle is on the\n|shelf beside the\nfire");
    assert_eq!(desk.keys("<Up><End>").drawn(), "the kettle is on the|\nshelf beside the\nfire");
    assert_eq!(desk.keys("<^A>").drawn(), "|the kettle is on the\nshelf beside the\nfire");
    assert!(desk.keys("<^E>").drawn().ends_with("fire|"));
    desk.area.width = 40;
    assert_eq!(desk.drawn(), "the kettle is on the shelf beside the\nfire|");
}

/// FACTS: what a person takes for one character is one, whatever it is made of.
#[test]
fn one_backspace_takes_one_character() {
    for cluster in ["👍🏽", "👩\u{200d}👩\u{200d}👧", "e\u{301}", "🇩🇪", "日", "❤\u{fe0f}", "ab"]
    {
        let last = cluster.graphemes(true).next_back().unwrap();
        let rest = cluster.len() - last.len();
        let mut desk = Desk::new(&format!("x{cluster}"));
        desk.keys("<Bksp>");
        assert_eq!(desk.editor.text(), &format!("x{}", &cluster[..rest]), "{cluster}");
        let mut desk = Desk::new(&format!("x{cluster}"));
        desk.keys("<Left>").keys("<Del>");
        assert_eq!(desk.editor.text(), &format!("x{}", &cluster[..rest]), "{cluster}");
    }
}

#[test]
fn wide_characters_and_right_to_left_text_are_typed_and_stand_under_the_cursor() {
    let mut desk = Desk::new("");
    assert_eq!(desk.keys("日本語<Left>x").drawn(), "日本x|語");
    let mut desk = Desk::new("");
    assert_eq!(desk.keys("شاي").keys("<Home>").drawn(), "|شاي");
    let mut desk = Desk::new("");
    assert_eq!(desk.keys("👩\u{200d}👩\u{200d}👧!").drawn(), "👩\u{200d}👩\u{200d}👧!|");
}

#[test]
fn a_selection_is_cut_copied_replaced_and_seen() {
    let mut desk = Desk::new("one two three");
    desk.keys("<^A><^G>");
    for _ in 0..4 {
        desk.keys("<Right>");
    }
    assert_eq!(desk.editor.selected(), Some("one "));
    let mut buf = Buffer::empty(desk.area);
    desk.editor.draw(desk.area, &mut buf, &look(21, 6));
    let selection = look(21, 6).theme.selection;
    let marked = (0..21).filter(|x| buf[(*x, 0)].modifier == selection.add_modifier).count();
    assert_eq!(marked, 4);
    desk.keys("<^W><^E><^Y>");
    assert_eq!(desk.editor.text(), "two threeone ");
    desk.shift(Key::Left).shift(Key::Left);
    assert_eq!(desk.editor.selected(), Some("e "));
    desk.keys("<^C>");
    assert_eq!(desk.editor.selected(), None);
    desk.keys("<Left>").shift(Key::Home).keys("x");
    assert_eq!(desk.editor.text(), "xne ");
    desk.keys("<^V>");
    assert_eq!(desk.editor.text(), "xe ne ");
}

#[test]
fn a_shift_selection_ends_with_the_next_move_and_a_set_mark_stays() {
    let mut desk = Desk::new("one two");
    desk.shift(Key::Left).keys("<Left>");
    assert_eq!(desk.editor.selected(), None);
    desk.keys("<^E><^G><Left><Left>");
    assert_eq!(desk.editor.selected(), Some("wo"));
    assert!(desk.editor.deselect());
    assert!(!desk.editor.deselect());
}

#[test]
fn words_are_moved_over_and_cut_and_cuts_in_a_row_come_back_together() {
    let mut desk = Desk::new("one, two-three 日本 four");
    desk.keys("<^W><^W>");
    assert_eq!(desk.editor.text(), "one, two-three 日");
    desk.keys("<^Y>");
    assert_eq!(desk.editor.text(), "one, two-three 日本 four");
    let ctrl = |key| KeyPress { ctrl: true, ..KeyPress::plain(key) };
    desk.keys("<^A>");
    desk.press(ctrl(Key::Right));
    desk.press(ctrl(Key::Right));
    desk.keys("|");
    assert_eq!(desk.editor.text(), "one, two|-three 日本 four");
    desk.press(ctrl(Key::Left));
    desk.press(ctrl(Key::Delete));
    assert_eq!(desk.editor.text(), "one, |-three 日本 four");
}

#[test]
fn undo_takes_back_a_word_at_a_time_and_redo_brings_it_again() {
    let mut desk = Desk::new("");
    desk.keys("one two three<Bksp><Bksp>");
    let mut seen = Vec::new();
    for _ in 0..5 {
        desk.keys("<^Z>");
        seen.push(desk.editor.text().to_owned());
    }
    assert_eq!(seen, ["one two three", "one two ", "one ", "", ""]);
    desk.keys("<^R><^R>");
    assert_eq!(desk.editor.text(), "one two ");
    desk.keys("x<^R>");
    assert_eq!(desk.editor.text(), "one two x", "what was undone is gone once something new is written");
}

#[test]
fn nothing_is_put_in_unless_all_of_it_fits() {
    let mut desk = Desk::new("1234567890");
    desk.editor.len_max = 12;
    assert_eq!(desk.editor.input(&Input::Paste("abc".to_owned())), Took::Full { over: 1 });
    assert_eq!(desk.editor.text(), "1234567890");
    assert_eq!(desk.editor.input(&Input::Paste("ab".to_owned())), Took::Changed);
    assert_eq!(desk.press(KeyPress::plain(Key::Enter)), Took::Full { over: 1 });
    assert_eq!(desk.editor.text(), "1234567890ab");
    desk.editor.set_text("much longer than twelve");
    assert_eq!(desk.editor.text(), "much longer than twelve", "what is there stays");
    assert_eq!(desk.press(KeyPress::plain(Key::Backspace)), Took::Changed);
}

/// SAFETY "Terminal": a paste still holds what the terminal sent.
#[test]
fn a_paste_is_cleaned_and_keeps_the_space_at_its_end() {
    let mut desk = Desk::new("");
    for (raw, clean) in [
        ("\x1b[31mred\x1b[0m \r\n\tfour\u{202e}\r\n", "red\n    four\n"),
        ("word ", "word "),
        ("\n", "\n"),
        ("\u{7}", ""),
    ] {
        desk.editor.set_text("");
        desk.editor.input(&Input::Paste(raw.to_owned()));
        assert_eq!(desk.editor.text(), clean, "{raw:?}");
    }
    desk.editor.set_text("");
    for letter in ['\u{7}', '\u{202e}', '\u{200b}', '\u{85}'] {
        assert_eq!(desk.press(KeyPress::plain(Key::Char(letter))), Took::Nothing);
    }
    assert_eq!(desk.editor.text(), "");
}

/// SAFETY "Terminal": piles of combining marks, here typed ones.
#[test]
fn no_more_marks_are_typed_onto_a_character_than_any_writing_has() {
    let mut desk = Desk::new("");
    desk.keys("a").keys(&"\u{301}".repeat(1_000)).keys("b");
    assert_eq!(desk.editor.text().chars().count(), crate::domain::text::CLUSTER_CHARS_MAX + 1);
    assert!(desk.editor.text().ends_with("\u{301}b"));
}

#[test]
fn a_paste_of_a_hundred_kilobytes_is_one_change() {
    let mut editor = Editor::new(192 * 1024);
    let text = "the kettle is on the shelf\n".repeat(4_000);
    assert_eq!(editor.input(&Input::Paste(text.clone())), Took::Changed);
    assert_eq!((editor.text().len(), editor.words()), (text.len(), 24_000));
    editor.command(Command::Undo);
    assert_eq!(editor.text(), "");
}

#[test]
fn the_cursor_stays_in_sight_and_typing_below_moves_a_third_of_the_page() {
    let mut desk = Desk::new("");
    for n in 0..6 {
        desk.keys(&format!("row {n}<Enter>"));
        desk.drawn();
    }
    assert_eq!(desk.drawn(), "row 2\nrow 3\nrow 4\nrow 5\n|");
    desk.keys("x<Enter>");
    assert_eq!(desk.drawn(), "row 2\nrow 3\nrow 4\nrow 5\nx\n|", "no row moved");
    let ctrl = |key| KeyPress { ctrl: true, ..KeyPress::plain(key) };
    desk.press(ctrl(Key::Home));
    assert!(desk.drawn().starts_with("|row 0"));
    desk.press(ctrl(Key::End));
    assert!(desk.drawn().ends_with('|'));
}

#[test]
fn a_letter_changes_one_cell() {
    let mut desk = Desk::new("the kettle is\non");
    let mut cells = |keys: &str| {
        desk.keys(keys);
        let mut buf = Buffer::empty(desk.area);
        desk.editor.draw(desk.area, &mut buf, &look(21, 6));
        buf
    };
    let (before, after) = (cells(""), cells("e"));
    assert_eq!(before.content.iter().zip(&after.content).filter(|(a, b)| a != b).count(), 1);
}

/// One thing that somebody does.
#[derive(Clone, Debug)]
enum Act {
    Type(char),
    Paste(String),
    Press(Command),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let letters = "ab 日é\u{301}\u{200d}👩👧👍🏽🇩🇪ا\u{ff9e}-.";
    let letter = prop::sample::select(letters.chars().collect::<Vec<_>>());
    let command = prop::sample::select(vec![
        Command::Left,
        Command::Right,
        Command::LineStart,
        Command::LineEnd,
        Command::Top,
        Command::Bottom,
        Command::DeleteBack,
        Command::DeleteForward,
        Command::NewLine,
        Command::CutToEnd,
        Command::CutToStart,
        Command::Paste,
        Command::Up,
        Command::Down,
        Command::RowStart,
        Command::RowEnd,
        Command::WordLeft,
        Command::WordRight,
        Command::Mark,
    ]);
    let act = prop_oneof![
        4 => letter.prop_map(Act::Type),
        1 => "[a-c 日\n]{0,30}".prop_map(Act::Paste),
        4 => command.prop_map(Act::Press),
    ];
    prop::collection::vec(act, 0..60)
}

/// The plainest text with a cursor that there can be: everything is found anew from the whole text each time.
#[derive(Default)]
struct Model {
    text: String,
    cursor: usize,
    clipboard: String,
    cutting: bool,
}

impl Model {
    fn boundaries(&self) -> Vec<usize> {
        self.text.grapheme_indices(true).map(|(at, _)| at).chain([self.text.len()]).collect()
    }

    fn before(&self) -> usize {
        self.boundaries().into_iter().rfind(|at| *at < self.cursor).unwrap_or(0)
    }

    fn after(&self) -> usize {
        self.boundaries().into_iter().find(|at| *at > self.cursor).unwrap_or(self.text.len())
    }

    fn line(&self) -> Range<usize> {
        let start = self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1);
        start..self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    fn put(&mut self, range: Range<usize>, new: &str) {
        let end = range.start + new.len();
        self.text.replace_range(range, new);
        self.cursor = self.boundaries().into_iter().find(|at| *at >= end).unwrap();
    }

    fn cut(&mut self, range: Range<usize>, was_cutting: bool) {
        let piece = self.text[range.clone()].to_owned();
        if !piece.is_empty() {
            self.clipboard = match (was_cutting, range.start < self.cursor) {
                (false, _) => piece,
                (true, true) => piece + &self.clipboard,
                (true, false) => std::mem::take(&mut self.clipboard) + &piece,
            };
        }
        self.put(range, "");
        self.cutting = true;
    }

    /// False for what the model does not know: where rows begin, words, selections.
    fn act(&mut self, act: &Act) -> bool {
        let was_cutting = std::mem::take(&mut self.cutting);
        let at = self.cursor;
        match act {
            Act::Type(letter) => self.put(at..at, &letter.to_string()),
            Act::Paste(text) => self.put(at..at, &clean_paste(text)),
            Act::Press(Command::Left) => self.cursor = self.before(),
            Act::Press(Command::Right) => self.cursor = self.after(),
            Act::Press(Command::LineStart) => self.cursor = self.line().start,
            Act::Press(Command::LineEnd) => self.cursor = self.line().end,
            Act::Press(Command::Top) => self.cursor = 0,
            Act::Press(Command::Bottom) => self.cursor = self.text.len(),
            Act::Press(Command::DeleteBack) => self.put(self.before()..at, ""),
            Act::Press(Command::DeleteForward) => self.put(at..self.after(), ""),
            Act::Press(Command::NewLine) => self.put(at..at, "\n"),
            Act::Press(Command::Paste) => self.put(at..at, &self.clipboard.clone()),
            Act::Press(Command::CutToStart) => self.cut(self.line().start..at, was_cutting),
            Act::Press(Command::CutToEnd) => {
                let end = self.line().end;
                self.cut(at..if end == at { self.after() } else { end }, was_cutting);
            }
            Act::Press(_) => {
                self.cutting = was_cutting;
                return false;
            }
        }
        true
    }
}

fn do_to(editor: &mut Editor, act: &Act) {
    match act {
        Act::Type(letter) => editor.input(&Input::Key(KeyPress::plain(Key::Char(*letter)))),
        Act::Paste(text) => editor.input(&Input::Paste(text.clone())),
        Act::Press(command) => editor.command(*command),
    };
}

/// What must hold at any time, whatever was done.
fn check(editor: &Editor) {
    let text = editor.text();
    assert!(text.is_char_boundary(editor.cursor));
    assert_eq!(editor.text.between_clusters(editor.cursor), editor.cursor);
    assert_eq!(editor.words(), text.split_whitespace().count());
    let rows: Vec<usize> = (0..editor.text.row_count()).map(|row| editor.text.row(row).start).collect();
    let mut fresh: Vec<usize> = wrap_ranges(text, 20).into_iter().map(|row| row.range.start).collect();
    if fresh.is_empty() {
        fresh.push(0);
    }
    assert_eq!(rows, fresh, "{text:?}");
}

/// Marks, halves of flags and joiners: what is typed may join what stands before or behind the cursor, whatever command
/// brought it there, and all of it can be undone.
#[test]
fn what_joins_at_the_cursor_never_leaves_it_inside_of_a_cluster() {
    let pieces = [
        "\u{ff9e}",
        "\u{1f1e9}",
        "\u{1f1ea}",
        "\u{301}",
        "\u{200d}",
        "\u{1f469}",
        "\u{ff76}",
        "a",
        " ",
        "\u{1f3fd}",
    ];
    let moves = [
        Command::Left,
        Command::Right,
        Command::WordLeft,
        Command::WordRight,
        Command::Up,
        Command::LineEnd,
        Command::Top,
        Command::DeleteBack,
        Command::DeleteForward,
        Command::CutWord,
        Command::Cut,
        Command::Paste,
    ];
    // All texts of four pieces, one from each walk through the table.
    for number in 0..10_usize.pow(4) {
        let typed: Vec<&str> = (0..4).map(|place| pieces[number / 10_usize.pow(place) % 10]).collect();
        let mut editor = Editor::new(1_000);
        for (step, piece) in typed.iter().enumerate() {
            for letter in piece.chars() {
                do_to(&mut editor, &Act::Type(letter));
                check_cursor(&editor);
            }
            editor.command(moves[(number + step * 5) % moves.len()]);
            check_cursor(&editor);
        }
        let end = editor.text().to_owned();
        for command in moves {
            editor.command(command);
            check_cursor(&editor);
        }
        while editor.command(Command::Undo) == Took::Changed {
            check_cursor(&editor);
        }
        assert_eq!(editor.text(), "", "{typed:?}, which became {end:?}");
    }
}

/// The word of half a flag with a mark on it reaches into the flag behind it.
#[test]
fn a_word_ends_where_a_cluster_does() {
    let mut editor = Editor::new(1_000);
    editor.set_text("\u{1f1e9}\u{ff9e}\u{1f1e9}\u{1f1ea}");
    editor.command(Command::Top);
    editor.command(Command::WordRight);
    check_cursor(&editor);
    editor.command(Command::WordLeft);
    assert_eq!(editor.cursor, 0);
}

fn check_cursor(editor: &Editor) {
    let text = editor.text();
    let boundary =
        text.grapheme_indices(true).any(|(at, _)| at == editor.cursor) || editor.cursor == text.len();
    assert!(boundary, "{} in {text:?}", editor.cursor);
}

proptest! {
    #[test]
    fn the_editor_says_what_the_plainest_model_says(acts in acts()) {
        let mut desk = Desk::new("");
        desk.drawn();
        let mut model = Model::default();
        for act in &acts {
            if model.act(act) {
                do_to(&mut desk.editor, act);
                prop_assert_eq!(desk.editor.text(), &model.text);
                prop_assert_eq!(desk.editor.cursor, model.cursor, "{:?} in {:?}", act, model.text);
            }
        }
        check(&desk.editor);
    }

    #[test]
    fn everything_can_be_undone_and_done_again(start in "[a日\n ]{0,20}", acts in acts()) {
        let mut desk = Desk::new(&start);
        desk.drawn();
        let start = desk.editor.text().to_owned();
        for act in &acts {
            do_to(&mut desk.editor, act);
            check(&desk.editor);
            desk.drawn();
        }
        let end = desk.editor.text().to_owned();
        while desk.editor.command(Command::Undo) == Took::Changed {
            check(&desk.editor);
        }
        prop_assert_eq!(desk.editor.text(), start);
        while desk.editor.command(Command::Redo) == Took::Changed {
            check(&desk.editor);
        }
        prop_assert_eq!(desk.editor.text(), end);
    }
}
