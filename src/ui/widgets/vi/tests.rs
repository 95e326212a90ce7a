//! vi's keys against what Vim 9 made of them, and what must hold whatever is typed (W1).
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::domain::draft::DRAFT_LEN_MAX;
use crate::ui::harness::presses;

const ROOM: usize = 4_000;

/// An editor with vi's keys, as the composer uses them.
struct Desk {
    editor: Editor,
    vi: Vi,
}

impl Desk {
    fn new(text: &str) -> Self {
        Self::with_room(text, ROOM)
    }

    fn with_room(text: &str, room: usize) -> Self {
        let mut editor = Editor::new(room);
        editor.set_text(text);
        let mut vi = Vi::default();
        editor.place(0);
        vi.start_over(&mut editor);
        Self { editor, vi }
    }

    fn press(&mut self, press: KeyPress) -> Did {
        let insert = self.vi.inserts();
        match press.key {
            Key::Esc => self.vi.escape(&mut self.editor).unwrap_or_else(Did::moved),
            Key::Enter if insert => self.vi.command(Command::NewLine, &mut self.editor),
            Key::Backspace if insert => self.vi.command(Command::DeleteBack, &mut self.editor),
            _ => self.vi.input(&Input::Key(press), &mut self.editor),
        }
    }

    fn keys(&mut self, text: &str) -> &mut Self {
        for press in presses(text) {
            self.press(press);
        }
        self
    }

    /// What became of the last key.
    fn did(&mut self, text: &str) -> Did {
        presses(text).into_iter().map(|press| self.press(press)).last().unwrap()
    }

    /// What the last key asked of the screen.
    fn ask(&mut self, text: &str) -> Option<Ask> {
        self.did(text).ask
    }

    fn paste(&mut self, text: &str) -> Did {
        self.vi.input(&Input::Paste(text.to_owned()), &mut self.editor)
    }

    /// Line and byte in it, both as Vim tells them.
    fn place(&self) -> (usize, usize) {
        let before = &self.editor.text()[..self.editor.cursor()];
        let start = before.rfind('\n').map_or(0, |feed| feed + 1);
        (before.matches('\n').count() + 1, before.len() - start)
    }
}

/// Each line of the file: the keys, the text before, the text after, line and byte of the cursor. Made with
/// `vim -u NONE -N` and `feedkeys(…, 'tx')`; `j` and `k` are by rows here, which are lines in such short texts.
#[test]
fn keys_do_what_they_do_in_vim() {
    let unescape = |text: &str| text.replace("\\n", "\n");
    let mut wrong = Vec::new();
    let cases: Vec<&str> = include_str!("vim.txt").lines().collect();
    assert!(cases.len() > 200, "{}", cases.len());
    for case in cases {
        let fields: Vec<&str> = case.split('\t').collect();
        let [keys, before, after, line, byte] = fields[..] else { panic!("{case:?}") };
        let mut desk = Desk::new(&unescape(before));
        assert_eq!(desk.editor.text(), unescape(before), "the editor takes it as it is");
        let typed = keys.replace("<CR>", "<Enter>").replace("<C-r>", "<^R>");
        desk.keys(&typed).keys("<Esc>");
        let place = (line.parse().unwrap(), byte.parse().unwrap());
        if desk.editor.text() != unescape(after) || desk.place() != place {
            let text = desk.editor.text();
            wrong.push(format!(
                "{keys} on {before:?}: {text:?} at {:?}, Vim {after:?} at {place:?}",
                desk.place()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_screen_is_asked_to_keep_to_send_to_leave_and_to_drop() {
    let mut desk = Desk::new("words");
    assert_eq!(desk.ask(":w<Enter>"), Some(Ask::Save));
    assert_eq!(desk.ask(":wq<Enter>"), Some(Ask::Send));
    assert_eq!(desk.ask("ZZ"), Some(Ask::Send));
    assert_eq!(desk.ask(":q<Enter>"), Some(Ask::Leave));
    assert_eq!(desk.ask(":q!<Enter>"), Some(Ask::Drop));
    assert_eq!(desk.ask(":w<Bksp>q<Enter>"), Some(Ask::Leave));
    assert_eq!(desk.ask(":q<Esc>x"), None);
    assert!(matches!(desk.ask(":nonsense<Enter>"), Some(Ask::Say(words)) if words.contains(":nonsense")));
    assert!(matches!(desk.ask("/zebra<Enter>"), Some(Ask::Say(words)) if words.contains("zebra")));
    assert_eq!(desk.editor.text(), "ords", "only x changed it");
}

#[test]
fn the_mode_line_says_the_mode_and_what_is_begun() {
    let mut desk = Desk::new("words");
    let mut said = |keys: &str| {
        desk.keys(keys);
        (desk.vi.words(), desk.vi.prompt())
    };
    assert_eq!(said(""), ("NORMAL".to_owned(), None));
    assert_eq!(said("2d"), ("NORMAL 2d".to_owned(), None));
    assert_eq!(said("<Esc>i"), ("INSERT".to_owned(), None));
    assert_eq!(said("<Esc>v"), ("VISUAL".to_owned(), None));
    assert_eq!(said("V"), ("VISUAL LINE".to_owned(), None));
    assert_eq!(said("<Esc>:wq"), ("COMMAND".to_owned(), Some(":wq".to_owned())));
    assert_eq!(said("<Esc>/tea"), ("COMMAND /".to_owned(), Some("/tea".to_owned())));
    assert_eq!(said("<Esc>"), ("NORMAL".to_owned(), None));
}

#[test]
fn j_and_k_go_by_rows_as_they_are_seen() {
    let mut desk = Desk::new("the kettle is on the shelf beside the fire\nlast");
    let area = ratatui::layout::Rect::new(0, 0, 21, 6);
    let look = crate::ui::look::Look::new(
        crate::ui::harness::me("alice"),
        &crate::ui::capabilities::Capabilities::COMMON,
        21,
        6,
        crate::domain::time::Timestamp(0),
    );
    desk.editor.draw(area, &mut ratatui::buffer::Buffer::empty(area), &look);
    desk.keys("j");
    assert_eq!(desk.place(), (1, 21), "the second row of the same line");
    desk.keys("jj");
    assert_eq!(desk.place(), (2, 0));
    desk.keys("jkkkk");
    assert_eq!(desk.place(), (1, 0), "neither end leads out");
}

#[test]
fn arrows_and_their_neighbours_move_in_normal_mode() {
    let mut desk = Desk::new("one two\nlast");
    desk.keys("<End>");
    assert_eq!(desk.place(), (1, 6));
    desk.keys("2<Home>x<Down><Right><Right><Left><Up>");
    assert_eq!((desk.editor.text(), desk.place()), ("ne two\nlast", (1, 1)));
    desk.keys("d<End>");
    assert_eq!(desk.editor.text(), "n\nlast");
}

#[test]
fn a_paste_is_text_in_any_mode_and_one_change() {
    let mut desk = Desk::new("ab");
    desk.vi.input(&Input::Paste("dd\nZZ".to_owned()), &mut desk.editor);
    assert_eq!(desk.editor.text(), "dd\nZZab", "never commands");
    desk.keys("u");
    assert_eq!(desk.editor.text(), "ab");
}

/// One character for a person is one for every key.
#[test]
fn clusters_stay_whole() {
    for cluster in ["👍🏽", "👩\u{200d}👩\u{200d}👧", "e\u{301}", "🇩🇪", "日", "لا"] {
        let one = cluster.graphemes(true).next().unwrap();
        let mut desk = Desk::new(&format!("{cluster}x"));
        desk.keys("x");
        assert_eq!(desk.editor.text(), format!("{}x", &cluster[one.len()..]));
        desk.keys("ulh");
        assert_eq!(desk.editor.cursor(), 0, "{cluster}");
        desk.keys("rz");
        assert_eq!(desk.editor.text(), format!("z{}x", &cluster[one.len()..]));
    }
}

#[test]
fn what_is_too_long_is_not_put_in_and_nothing_is_lost() {
    let mut desk = Desk::new(&"x".repeat(ROOM - 1));
    desk.keys("yyp");
    assert_eq!(desk.editor.text().len(), ROOM - 1);
    desk.keys("9999p9999.");
    assert_eq!(desk.editor.text().len(), ROOM - 1);
}

/// SAFETY, Transport: memory per session has a bound whatever the client does.
#[test]
fn a_count_makes_nothing_that_there_is_no_room_for() {
    let text = "x".repeat(DRAFT_LEN_MAX - 2);
    for (keys, piece) in [("yG9999p", text.len() + 1), ("yG9999P", text.len() + 1), ("y$9999p", text.len())] {
        let mut desk = Desk::with_room(&text, DRAFT_LEN_MAX);
        assert_eq!(desk.did(keys).took, Took::Full { over: piece * 9_999 - 2 }, "{keys}");
        assert_eq!(desk.editor.put_times(0, &text, usize::MAX), Took::Full { over: usize::MAX - 2 });
        assert_eq!(desk.editor.text(), text);
    }
}

/// SAFETY, Transport: one key is never the work of minutes, in which others wait. Each change of the text counts as one.
#[test]
fn what_is_typed_with_a_count_is_put_in_again_at_once_or_not_at_all() {
    let mut desk = Desk::new("");
    desk.keys(&format!("9999i{}", "a".repeat(2_000)));
    let before = desk.editor.revision();
    assert_eq!(desk.did("<Esc>").took, Took::Full { over: 2_000 * 9_998 - 2_000 });
    assert_eq!((desk.editor.text().len(), desk.editor.revision()), (2_000, before));
    let mut desk = Desk::new("");
    desk.keys("1000iab");
    let before = desk.editor.revision();
    assert_eq!(desk.did("<Esc>").took, Took::Changed);
    assert_eq!((desk.editor.text(), desk.editor.revision()), ("ab".repeat(1_000).as_str(), before + 1));
    let before = desk.editor.revision();
    assert_eq!(desk.did(".").took, Took::Changed);
    assert_eq!((desk.editor.text().len(), desk.editor.revision()), (4_000, before + 2));
    assert!(matches!(desk.did("9999.").took, Took::Full { .. }));
    desk.keys("uu");
    assert_eq!(desk.editor.text(), "");
}

#[test]
fn what_is_rubbed_out_is_not_repeated_and_what_is_moved_about_in_is_there_once() {
    let mut desk = Desk::new("");
    desk.keys("3iab<Bksp>c<Enter><Esc>");
    assert_eq!(desk.editor.text(), "ac\nac\nac\n");
    for command in [Command::Left, Command::LineEnd, Command::DeleteForward, Command::CutToStart] {
        let mut desk = Desk::new("xyz");
        desk.keys("l3iab");
        desk.vi.command(command, &mut desk.editor);
        let text = desk.editor.text().to_owned();
        let asked = desk.ask("<Esc>");
        assert!(matches!(asked, Some(Ask::Say(words)) if words.contains("once")), "{command:?}");
        assert_eq!(desk.editor.text(), text);
    }
}

/// SAFETY, Transport: memory per session has a bound whatever the client does.
#[test]
fn nothing_that_is_typed_or_pasted_is_remembered_without_a_bound() {
    let mut desk = Desk::with_room("", DRAFT_LEN_MAX);
    desk.keys(&"9".repeat(1_000)).keys("d").keys(&"90".repeat(1_000));
    assert!(desk.vi.words().len() < 30, "{}", desk.vi.words());
    desk.keys("<Esc>9999i");
    for _ in 0..30 {
        desk.paste(&"x".repeat(1_000));
        desk.keys(&"y".repeat(1_000)).keys("<Bksp>");
        let held = |act: &Act| act.text().map_or(0, str::len);
        assert!(desk.vi.doing.iter().map(held).sum::<usize>() <= REMEMBERED_TEXT_MAX);
        assert!(desk.vi.doing.len() <= 2 * REMEMBERED_KEYS_MAX + 3, "{}", desk.vi.doing.len());
        assert!(desk.vi.typed.as_ref().is_none_or(|typed| typed.len() <= REMEMBERED_TEXT_MAX));
    }
    desk.keys("<Esc>v").keys(&"lh".repeat(1_000));
    assert!(desk.vi.doing.len() <= REMEMBERED_KEYS_MAX + 1, "{}", desk.vi.doing.len());
    for sign in [":", "/", "?"] {
        desk.keys("<Esc>").keys(sign).keys(&"é".repeat(1_000));
        assert_eq!(desk.vi.prompt().unwrap().chars().count(), 1 + LINE_CHARS_MAX);
        let did = desk.paste(&"words ".repeat(40_000));
        assert!(matches!(did.ask, Some(Ask::Say(words)) if words.contains("nothing was put in")));
        assert_eq!(desk.vi.prompt().unwrap().chars().count(), 1 + LINE_CHARS_MAX);
        assert!(matches!(desk.ask("x"), Some(Ask::Say(_))), "a letter too many is said too");
    }
    desk.keys("<Esc>/tea");
    desk.paste("\u{1b}[31m pot\n");
    assert_eq!(desk.vi.prompt().as_deref(), Some("/teapot"));
}

/// SAFETY, Transport: one key is never the work of minutes. Lines that become one are one change.
#[test]
fn lines_are_joined_at_once() {
    let mut desk = Desk::new(&"a\n".repeat(1_000));
    let before = desk.editor.revision();
    desk.keys("9999J");
    assert_eq!((desk.editor.text().len(), desk.editor.revision()), (1_999, before + 1));
    desk.keys("u");
    assert_eq!(desk.editor.text().lines().count(), 1_000);
}

/// Seconds each, were a line looked at as a whole for each of its characters.
#[test]
fn motions_over_a_line_as_long_as_a_draft_end_where_it_ends() {
    for text in [" ".repeat(DRAFT_LEN_MAX), "\u{1f1e9}\u{1f1ea}".repeat(DRAFT_LEN_MAX / 8)] {
        let mut desk = Desk::with_room("", DRAFT_LEN_MAX);
        desk.editor.put(0..0, &text);
        desk.editor.place(0);
        desk.keys("9999w");
        let last = desk.editor.before(text.len());
        assert_eq!(desk.editor.cursor(), last);
        desk.keys("9999b");
        assert_eq!(desk.editor.cursor(), 0);
        desk.keys("9999e");
        assert_eq!(desk.editor.cursor(), last);
        desk.editor.command(Command::WordLeft);
        assert_eq!(desk.editor.cursor(), 0);
    }
}

fn keys() -> impl Strategy<Value = Vec<&'static str>> {
    let all = vec![
        "h",
        "j",
        "k",
        "l",
        "w",
        "b",
        "e",
        "W",
        "B",
        "E",
        "0",
        "^",
        "$",
        "gg",
        "G",
        "{",
        "}",
        "fa",
        "t日",
        ";",
        ",",
        "2",
        "3",
        "x",
        "X",
        "dw",
        "db",
        "de",
        "dd",
        "dj",
        "d$",
        "D",
        "diw",
        "dap",
        "cwa b<Esc>",
        "ccz<Esc>",
        "C!<Esc>",
        "s-<Esc>",
        "yy",
        "yw",
        "p",
        "P",
        "J",
        "~",
        "ra",
        "oa<Esc>",
        "O日<Esc>",
        "iab<Esc>",
        "A c<Esc>",
        ".",
        "u",
        "<^R>",
        "v",
        "V",
        "y",
        "d",
        "o",
        "/a<Enter>",
        "n",
        "N",
        "i<Bksp><Bksp>x<Enter>y<Esc>",
        "<Esc>",
        "2ia<Esc>",
    ];
    prop::collection::vec(prop::sample::select(all), 0..40)
}

#[test]
fn a_search_from_chosen_lines_that_finds_nothing_leaves_the_cursor_on_a_character() {
    for keys in ["Vl/a<Enter>", "Vl/<Esc>", "Vl/<Bksp>"] {
        let mut desk = Desk::new("z");
        desk.keys(keys);
        assert_eq!((desk.vi.mode(), desk.editor.cursor()), (Mode::Normal, 0), "{keys}");
    }
}

#[test]
fn redo_while_choosing_ends_the_choice_for_the_text_is_another_one() {
    let mut desk = Desk::new("日日");
    desk.keys("ra");
    desk.keys("u");
    desk.keys("lv<^R>");
    assert_eq!((desk.editor.text(), desk.vi.mode()), ("a日", Mode::Normal));
}

proptest! {
    #[test]
    fn whatever_is_typed_the_cursor_stands_well_and_all_of_it_can_be_undone(
        start in "[ab 日é\n.]{0,30}",
        typed in keys(),
    ) {
        let mut desk = Desk::new(&start);
        let start = desk.editor.text().to_owned();
        for keys in &typed {
            desk.keys(keys);
            let (text, at) = (desk.editor.text(), desk.editor.cursor());
            prop_assert!(text.is_char_boundary(at));
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            prop_assert!(ends.contains(&at), "inside of a cluster after {:?}: {:?} {}", keys, text, at);
            let line = desk.editor.line(at);
            let behind = at == line.end && !line.is_empty();
            prop_assert!(!behind || !matches!(desk.vi.mode(), Mode::Normal | Mode::Visual), "{:?} {:?}", keys, text);
        }
        desk.keys("<Esc><Esc>");
        prop_assert_eq!(desk.vi.mode(), Mode::Normal);
        let end = desk.editor.text().to_owned();
        desk.keys("<Esc><Esc>");
        prop_assert_eq!(desk.editor.text(), &end, "Esc loses nothing");
        desk.keys("9999u");
        prop_assert_eq!(desk.editor.text(), &start);
        for _ in 0..200 {
            desk.keys("<^R>");
        }
        // What was undone in between is gone for good; what was there before the great undo comes back.
        if !typed.iter().any(|keys| matches!(*keys, "u" | "<^R>")) {
            prop_assert_eq!(desk.editor.text(), &end);
        }
    }
}
