//! Tests of the layout: what rows look like, and that none is ever wider than asked.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::domain::text::corpus::hostile;
use crate::domain::text::{clean_body, display_width, is_forbidden};

const PLAIN: Options = Options { ascii: false, spoilers_open: false };
const ASCII: Options = Options { ascii: true, spoilers_open: false };
const OPEN: Options = Options { ascii: false, spoilers_open: true };

fn rows(body: &str, width: u16, options: Options) -> Vec<String> {
    let text = |line: &Line| line.iter().map(|span| span.text.as_str()).collect();
    render(body, width, options).lines.iter().map(text).collect()
}

fn draw(body: &str, width: u16) -> String {
    rows(body, width, PLAIN).join("\n")
}

#[test]
fn r6_paragraphs_wrap_and_line_breaks_stay() {
    assert_eq!(draw("the quick brown fox jumps", 12), "the quick\nbrown fox\njumps");
    assert_eq!(
        draw("roses are red\nviolets are blue\n\n\n\nada", 30),
        "roses are red\nviolets are blue\n\nada"
    );
    assert_eq!(draw("", 20), "");
    assert_eq!(draw("日本語の長い文章です", 10), "日本語の長\nい文章です");
    assert_eq!(draw("abcdefghijklmnop", 10), "abcdefghij\nklmnop");
}

#[test]
fn r6_quotes_have_a_bar_on_every_row() {
    let body = "> the quick brown fox jumps\n> over\n>\n> > deeper it goes here\n\nafter";
    assert_eq!(
        draw(body, 20),
        "│ the quick brown\n│ fox jumps\n│ over\n│\n│ │ deeper it goes\n│ │ here\n\nafter"
    );
    assert_eq!(rows("> a\n> > b", 20, ASCII), ["| a", "|", "| | b"]);
    let lines = render("> > **b**", 20, PLAIN).lines;
    assert_eq!(lines[0].iter().map(|s| s.role.quote).collect::<Vec<_>>(), [1, 2, 2]);
    assert_eq!(lines[0].iter().map(|s| s.role.dim).collect::<Vec<_>>(), [true, true, false]);
    assert!(lines[0][2].role.strong);
}

#[test]
fn r6_lists_hang() {
    let body = "Bring:\n- a kettle and some cups\n- tea\n  - green, if there is any\n\n9. nine\n10. ten and a bit more";
    assert_eq!(
        draw(body, 16),
        "Bring:\n\n• a kettle and\n  some cups\n• tea\n  ◦ green, if\n    there is any\n\n 9. nine\n10. ten and a\n    bit more"
    );
    assert_eq!(rows("- a\n  - b", 16, ASCII), ["* a", "  - b"]);
    assert_eq!(draw("- a\n\n- b", 16), "• a\n\n• b", "loose items are parted");
    assert_eq!(draw("-\n- x", 16), "•\n• x", "an empty item keeps its bullet");
    assert_eq!(draw("- > said\n  > more\n- x", 16), "• │ said\n  │ more\n• x");
    assert_eq!(draw("- ```\n  a\n  b\n  ```", 16), "•   a\n    b");
    assert!(render("1. x", 16, PLAIN).lines[0][0].role.bullet);
}

#[test]
fn r6_code_keeps_its_shape() {
    let body = "```\nfn main() {\n    println!(\"a very long line\");\n}\n\n\nend\n```";
    assert_eq!(draw(body, 24), "  fn main() {\n      println!(\"a very l\n↳ ong line\");\n  }\n\n\n  end");
    assert_eq!(rows("    indented   code here", 14, ASCII), ["  indented   c", "\\ ode here"]);
    assert_eq!(draw("```rust ignore\nx\n```", 24), "rust ignore\n  x", "the label is not lost");
    assert_eq!(draw("```\n日本語日本語\n```", 10), "  日本語日\n↳ 本語");
    let lines = render("```\n*no* [link](http://a.example) @ada ||x||\n```", 80, PLAIN).lines;
    assert_eq!(lines[0].len(), 2);
    assert!(lines[0].iter().all(|span| span.role == Role { code: true, ..Role::default() }));
}

#[test]
fn r6_headings_rules_and_what_is_no_heading() {
    let lines = render("## The *hearth*\n\n---\n\n#tag\n#", 12, PLAIN).lines;
    assert_eq!(lines[0][0].role.heading, 2);
    assert!(lines[0][1].role.emphasis && lines[0][1].role.heading == 2);
    assert_eq!(lines[2], [Span { text: "─".repeat(12), role: Role { rule: true, ..Role::default() } }]);
    assert_eq!(draw("#tag\n#", 20), "#tag\n\n#");
    // A signature under a text does not make the text a heading.
    assert_eq!(draw("bye\n-- \nada", 20), "bye\n--\n\nada");
    assert_eq!(draw("bye\n---\nada", 5), format!("bye\n\n{}\n\nada", "─".repeat(10)));
    assert_eq!(draw("bye\n===", 20), "bye\n===");
    assert!(render("bye\n===", 20, PLAIN).lines.iter().flatten().all(|span| span.role == Role::default()));
}

#[test]
fn r6_spoilers_are_blocks_of_the_same_width() {
    let body = "Rosebud is ||a *sled*, see [it](http://a.example) @ada||.";
    assert_eq!(draw(body, 60), format!("Rosebud is {}.", "█".repeat("a sled, see it [1] @ada".len())));
    assert_eq!(rows(body, 60, OPEN), ["Rosebud is a sled, see it [1] @ada."]);
    assert_eq!(rows("||ab||", 60, ASCII), ["##"]);
    for span in render(body, 60, PLAIN).lines.concat() {
        assert!(!span.text.contains("sled") && !span.role.mention && span.role.link == 0);
        assert_eq!(span.role.spoiler, span.text.starts_with('█'));
    }
    assert!(render(body, 60, OPEN).lines[0].iter().any(|span| span.role.spoiler && span.role.mention));
    for text in ["a || b || c", "||||", "|| x", "x ||", r"\||x||", "`||x||`", "||x"] {
        let shown = text.replace(['\\', '`'], "");
        assert_eq!(draw(text, 60), shown, "{text:?} hides nothing");
    }
    // A cluster that holds a space at the end of a row.
    let odd = "||aaaaaaaa\u{600} bb||";
    assert_eq!(rows(odd, 10, PLAIN)[0], "█".repeat(display_width(&rows(odd, 10, OPEN)[0])));
    assert_eq!(rows("||one\ntwo|| three", 60, PLAIN), ["███", "███ three"]);
    assert_eq!(draw("||日本||", 60), "████", "counted in columns");
}

#[test]
fn roles_combine() {
    let lines = render("**bold *both* `code`** [*a*](http://a.example)", 60, PLAIN).lines;
    let roles: Vec<(&str, Role)> = lines[0].iter().map(|span| (span.text.as_str(), span.role)).collect();
    let none = Role::default();
    assert_eq!(
        roles,
        [
            ("bold ", Role { strong: true, ..none }),
            ("both", Role { strong: true, emphasis: true, ..none }),
            (" ", Role { strong: true, ..none }),
            ("code", Role { strong: true, code: true, ..none }),
            (" ", none),
            ("a", Role { emphasis: true, link: 1, ..none }),
            (" [1]", Role { link: 1, dim: true, ..none }),
        ]
    );
}

#[test]
fn r6_narrow_screens_leave_room_for_words() {
    let nested = "> ".repeat(12) + "deep words";
    let drawn = rows(&nested, 10, PLAIN);
    assert_eq!(drawn, ["│ │ deep", "│ │ words"]);
    assert_eq!(rows(&nested, 40, PLAIN), [format!("{}deep words", "│ ".repeat(DEPTH_MAX))]);
    assert_eq!(rows("999999999. nine", 10, PLAIN), ["999999999.", "nine"]);
    assert_eq!(rows("x", 0, PLAIN), ["x"], "a smaller width counts as the smallest");
    assert_eq!(render("one two three", 3, PLAIN), render("one two three", WIDTH_MIN, PLAIN));
}

/// What holds for every rendering.
fn check(body: &str, width: u16, options: Options) {
    let rendered = render(body, width, options);
    for line in &rendered.lines {
        let columns: usize = line.iter().map(|span| display_width(&span.text)).sum();
        assert!(
            columns <= usize::from(width.max(WIDTH_MIN)),
            "{columns} columns at {width}: {line:?} of {body:?}"
        );
        for span in line {
            assert!(!span.text.is_empty(), "an empty span of {body:?}");
            assert!(!span.text.contains('\n') && !span.text.contains(is_forbidden), "{span:?} of {body:?}");
            assert!(usize::from(span.role.link) <= rendered.links.len(), "{span:?} of {body:?}");
            assert!(usize::from(span.role.quote) <= DEPTH_MAX && span.role.heading <= 6);
        }
    }
    for link in &rendered.links {
        assert!(link.bytes().all(|b| (0x21..=0x7e).contains(&b)) && link.len() <= LINK_BYTES_MAX, "{link:?}");
        assert!(SCHEMES.iter().any(|scheme| link.starts_with(&format!("{scheme}:"))), "{link:?}");
    }
}

#[test]
fn r6_hostile_text_keeps_to_the_width() {
    for text in hostile() {
        for body in [
            text.clone(),
            format!(
                "> - 1. {text}\n\n    {text}\n```\n{text}\n```\n||{text}|| *{text}* [{text}](http://{text})"
            ),
        ] {
            for width in [10, 11, 17, 40, 80] {
                check(&body, width, PLAIN);
                check(&body, width, ASCII);
                check(&body, width, OPEN);
            }
        }
    }
}

/// SPEED: 64 KiB of anything is laid out in milliseconds when optimised. The bound is for builds that are not, and far
/// below what one quadratic step would take.
#[test]
fn r6_pathological_bodies_take_linear_time() {
    let pieces = [
        ">",
        "> ",
        "- ",
        "1. ",
        "- > ",
        "*",
        "**a ",
        "_a*",
        "[",
        "![",
        "[a](",
        "[a](http://b) ",
        "http://a ",
        "http://",
        "||",
        "||a",
        "||a||",
        "@",
        "@ab ",
        "`",
        "``` ",
        "<",
        "<a ",
        "<!--",
        "&#x1b;",
        "&",
        "\\",
        "#\n",
        "a\n-\n",
        "[a]: b\n",
        "]:",
        "x\n> ",
        "日",
        "\u{301}*",
        "a*\u{301}*",
        "\n",
        "    a\n",
        "~~~\n",
        "(http://a",
        "a://",
    ];
    for piece in pieces {
        let mut body = piece.repeat((1 << 16) / piece.len());
        for shape in [String::new(), "\n\ny\nz".repeat(4_000)] {
            body.push_str(&shape);
            let start = Instant::now();
            check(&body, 40, PLAIN);
            assert!(start.elapsed() < Duration::from_secs(10), "{piece:?} took {:?}", start.elapsed());
        }
    }
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "> ", "- ", "1. ", "# ", "```\n", "~~~\n", "    ", "\n", "\n\n", "*", "**", "_", "`", "||", "[", "](", ")", "![",
            "http://a.example/", "mailto:a@b", "javascript:x", "@ada", "@", "\\", "<b>", "<!-- ", "&amp;", "&#x1b;", "]:", "---", "===",
            " ", "a", "word ", "longerwordthanarow", "日本", "。", "\u{301}", "\u{1f469}\u{200d}", "\u{1f469}", "\u{fe0f}", "\u{ff9e}",
            "\u{1f1e9}", "\u{1100}", "\u{600}", "1", "|", "  \n", "\u{1b}[31m", "\u{202e}", "\t",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn r6_no_row_is_ever_wider_than_asked(body in markup(), width in 8_u16..50, ascii: bool, spoilers_open: bool) {
        check(&body, width, Options { ascii, spoilers_open });
    }

    #[test]
    fn r6_opening_spoilers_moves_nothing(body in markup(), width in 10_u16..50) {
        let columns = |options| -> Vec<usize> {
            let sum = |line: &Line| line.iter().map(|span| display_width(&span.text)).sum();
            render(&body, width, options).lines.iter().map(sum).collect()
        };
        prop_assert_eq!(columns(PLAIN), columns(OPEN));
    }

    #[test]
    fn letters_and_digits_are_never_lost(body in "[a-z0-9 \n>*_`#|\\[\\]():.-]{0,80}") {
        let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
        let shown = rows(&body, 200, OPEN).concat();
        // The only words that Markdown leaves undrawn are the titles of links.
        prop_assert_eq!(letters(&shown), letters(&clean_body(&body)));
    }
}
