//! Tests of reading: links, mentions, excerpts, quotes, and what is no part of the dialect.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::domain::text::corpus::hostile;
use crate::domain::text::{clean_line, is_forbidden};

fn shown(body: &str) -> String {
    let rendered = render(body, 200, Options { spoilers_open: true, ascii: false });
    let text = |line: &Line| line.iter().map(|span| span.text.as_str()).collect::<String>();
    rendered.lines.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn links(body: &str) -> Vec<String> {
    render(body, 200, Options::default()).links
}

#[test]
fn r5_links_are_numbered_in_order_and_each_address_once() {
    let body = "See [the site](https://a.example/x), https://b.example/y and <https://c.example>, <ada@d.example>; \
                again [here](https://a.example/x).";
    assert_eq!(
        shown(body),
        "See the site [1], https://b.example/y [2] and https://c.example [3], ada@d.example [4]; again here [1]."
    );
    assert_eq!(
        links(body),
        ["https://a.example/x", "https://b.example/y", "https://c.example", "mailto:ada@d.example"]
    );
}

#[test]
fn addresses_end_where_the_sentence_goes_on() {
    for (body, address) in [
        ("(see https://a.example/x_(y)).", "https://a.example/x_(y)"),
        ("https://a.example/x, and", "https://a.example/x"),
        ("https://a.example/?a=1&b=2!", "https://a.example/?a=1&b=2"),
        ("<b>https://a.example</b>", "https://a.example"),
        ("https://a.example。次", "https://a.example"),
        ("gemini://a.example", "gemini://a.example"),
        ("HTTPS://a.example", "https://a.example"),
        ("https://a_b_c.example/_x_/y*z*,", "https://a_b_c.example/_x_/y*z"),
        ("*https://a.example/x*", "https://a.example/x"),
        ("https://bücher.example", "https://b%C3%BCcher.example"),
    ] {
        assert_eq!(links(body), [address], "{body:?}");
    }
    for body in ["http://", "x://a.example", "`https://a.example`", "javascript://a", "://a"] {
        assert_eq!(links(body), Vec::<String>::new(), "{body:?}");
    }
}

#[test]
fn a_link_never_leads_where_its_text_does_not_say() {
    assert_eq!(
        shown("[https://bank.example](https://evil.example)"),
        "https://bank.example (https://evil.example) [1]"
    );
    assert_eq!(
        shown("[www.bank.example](https://evil.example)"),
        "www.bank.example (https://evil.example) [1]"
    );
    assert_eq!(shown("[https://bank.example/](https://bank.example)"), "https://bank.example/ [1]");
    for target in ["javascript:alert(1)", "file:///etc/passwd", "/boards/3", "data:text/html,x"] {
        let body = format!("[click]({target})");
        assert_eq!(shown(&body), format!("click ({target})"));
        assert_eq!(links(&body), Vec::<String>::new());
    }
    assert_eq!(links("[x](https://a.example/&#x1b;]0;t&#7;)"), ["https://a.example/%1B]0;t%07"]);
}

#[test]
fn pictures_are_shown_as_links() {
    assert_eq!(shown("![a kettle](https://a.example/k.png)"), "a kettle [1]");
    assert_eq!(shown("![](https://a.example/k.png)"), "image [1]");
    assert_eq!(shown("[]()"), "[]()");
    assert_eq!(shown("[](https://a.example/)"), "https://a.example/ [1]");
    assert_eq!(shown("[![k](https://a.example/k.png)](https://b.example)"), "k [1]");
    assert_eq!(links("[![k](https://a.example/k.png)](https://b.example)"), ["https://b.example"]);
}

#[test]
fn what_is_no_part_of_the_dialect_is_shown_as_typed() {
    for body in [
        "<b>bold</b> and <script>alert(1)</script>",
        "<div>\n*x*\n</div>",
        "<!-- a comment -->",
        "&lt;b&gt; &amp; &#x1b;[31m &nbsp;",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "[ada]: hello",
        "[12:03]: hi\n[12:04]: ho",
        "~~gone~~ and x^2^",
        "- [ ] todo".trim_start_matches("- "),
        "a [b] [c][d] e",
        "2 * 3 * 4, a_b_c, 5 > 3",
        "\\",
    ] {
        assert_eq!(shown(body), body);
    }
    assert_eq!(shown("> [ada]: hello\n> [ada]: hello"), "│ [ada]: hello\n│ [ada]: hello");
    assert_eq!(shown(r"\*plain\* \> \\"), r"*plain* > \");
}

#[test]
fn an_answer_right_below_a_quote_is_no_part_of_it() {
    assert_eq!(shown("> a\n> b\nown\n> c\n\n\nend"), "│ a\n│ b\n\nown\n\n│ c\n\nend");
    assert_eq!(shown("```\n> a\nb\n```"), "  > a\n  b", "code stays as it is");
    assert_eq!(mentions("> @ada said\n@bob hears"), ["bob"]);
}

#[test]
fn mentions_are_handles_outside_of_code_and_quotes() {
    let body = "@Ada and (@bob-c), @ada again; `@code` mail@host.example @@x @a \\@esc\n\n```\n@block\n```\n\n> @quoted\n\n\
                - *@dora*'s\n- [@link](http://a.example) http://a.example/@path\n@ann-- @x__y @toolongtoolongtoolong @eve@sister";
    assert_eq!(mentions(body), ["ada", "bob-c", "esc", "dora", "ann"]);
    let lines = render("hi @ada!", 40, Options::default()).lines;
    assert!(lines[0][1].text == "@ada" && lines[0][1].role.mention);
    assert_eq!(mentions("@sysop-"), ["sysop"]);
    assert_eq!(mentions("日本@ada ||@bob||"), ["bob"]);
}

#[test]
fn excerpts_are_one_line_without_markup() {
    assert_eq!(
        plain("# Tea\n\n- *green* [x](http://a.example)\n- `black`\n\n> quoted\n", 80),
        "Tea green x black"
    );
    assert_eq!(plain("> only a quote", 80), "only a quote");
    assert_eq!(plain("it was ||the *butler*|| again", 80), "it was [spoiler] again");
    assert_eq!(plain("one two three", 8), "one two…");
    assert_eq!(plain("one two three", 9), "one two…");
    assert_eq!(plain("one two three", 13), "one two three");
    assert_eq!(plain("one", 0), "");
    assert_eq!(plain("x\u{1f469}\u{200d}\u{1f467}y", 3), "x…", "clusters are not cut");
    let long_quote = "> quoted\n".repeat(1_000) + "own words";
    assert_eq!(plain(&long_quote, 80), "own words");
}

#[test]
fn w1_quotes_for_a_reply() {
    assert_eq!(quote("one\n\ntwo", None), "> one\n>\n> two\n\n");
    assert_eq!(quote("x", Some("*ada* wrote in [12.3]:")), "\\*ada\\* wrote in \\[12.3\\]:\n> x\n\n");
    assert_eq!(quote("> a\n> > b\n\nc", None), "> > a\n>\n> c\n\n");
    assert_eq!(quote(">> deep\n\nown", None), "> own\n\n");
    assert_eq!(quote("```\n> > shell\n```", None), "> ```\n> > > shell\n> ```\n\n", "code is no quote");
    assert_eq!(quote("", None), "");
    assert_eq!(shown(&(quote("a\nb", Some("# ada_b:")) + "own")), "# ada_b:\n\n│ a\n│ b\n\nown");
}

#[test]
fn hostile_text_stays_clean_on_every_way() {
    for text in hostile() {
        let quoted = quote(&text, Some(&text));
        assert!(quoted.is_empty() || quoted.ends_with("\n\n"));
        assert_eq!(crate::domain::text::clean_body(&quoted), quoted.trim_end_matches('\n'), "{text:?}");
        let excerpt = plain(&text, 60);
        assert!(excerpt.chars().count() <= 60 && !excerpt.contains(is_forbidden), "{text:?}");
        assert!(mentions(&text).iter().all(|handle| clean_line(handle) == *handle));
    }
}

proptest! {
    #[test]
    fn excerpts_keep_to_their_length(body in any::<String>(), max_chars in 0_usize..40) {
        let words = plain(&body, max_chars);
        prop_assert!(words.chars().count() <= max_chars);
        prop_assert!(!words.contains('\n') && !words.contains(is_forbidden));
    }

    #[test]
    fn quotes_are_quotes(body in "[a-c >`~\n*-]{0,60}") {
        for line in quote(&body, None).trim_end().lines() {
            prop_assert!(line.starts_with('>'), "{:?}", line);
        }
        let mentioning = body + " @ada";
        prop_assert!(mentions(&quote(&mentioning, None)).is_empty());
    }
}
