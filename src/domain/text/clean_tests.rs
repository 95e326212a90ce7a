//! Tests of cleaning: what goes, what stays, and that cleaning is a fixed point.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::corpus::hostile;
use super::*;

/// SAFETY "Terminal": what must hold for every cleaned text.
fn assert_clean(text: &str, raw: &str) {
    for cluster in text.graphemes(true) {
        assert!(cluster.chars().count() <= CLUSTER_CHARS_MAX, "cluster of {} chars", cluster.chars().count());
        let mut marks = 0;
        for c in cluster.chars() {
            assert!(!is_forbidden(c), "U+{:04X} came out of {raw:?}", c as u32);
            marks = if is_combining_mark(c) { marks + 1 } else { 0 };
            assert!(marks <= MARKS_MAX, "{marks} marks in {cluster:?} of {raw:?}");
        }
        let joiners = cluster.matches('\u{200d}').count();
        let people = cluster.chars().filter(|c| !is_combining_mark(*c) && *c != '\u{200d}').count();
        assert!(joiners < people.max(1), "a joiner that joins nothing in {cluster:?} of {raw:?}");
        assert!(!cluster.starts_with('\u{200d}') && !cluster.ends_with('\u{200d}'), "{cluster:?} of {raw:?}");
    }
    for line in text.split('\n') {
        assert!(!line.starts_with(is_combining_mark), "a mark without a base in {raw:?}");
        assert_eq!(line.trim_end(), line, "space at the end of a line of {raw:?}");
    }
}

fn check(raw: &str) {
    let line = clean_line(raw);
    assert_clean(&line, raw);
    assert!(!line.contains('\n'), "line break in the line of {raw:?}");
    assert_eq!(line.trim(), line);
    assert_eq!(clean_line(&line), line, "clean_line is no fixed point for {raw:?}");
    let body = clean_body(raw);
    assert_clean(&body, raw);
    assert!(!body.starts_with('\n') && !body.ends_with('\n'));
    assert_eq!(clean_body(&body), body, "clean_body is no fixed point for {raw:?}");
    assert_eq!(clean_line(&body), clean_line(&clean_line(&body)));
}

#[test]
fn the_corpus_is_read_and_comes_out_clean() {
    let corpus = hostile();
    assert!(corpus.len() >= 80, "only {} hostile strings", corpus.len());
    for raw in &corpus {
        check(raw);
    }
    check(&corpus.concat());
    check(&corpus.join("\n"));
}

#[test]
fn escape_sequences_go_whole() {
    for (raw, clean) in [
        ("\u{1b}[31mred\u{1b}[0m", "red"),
        ("\u{1b}[38;2;1;2;3mx", "x"),
        ("\u{1b}]0;title\u{7}text", "text"),
        ("\u{1b}]8;;http://evil.example/\u{1b}\\click\u{1b}]8;;\u{1b}\\", "click"),
        ("\u{1b}]52;c;cm0gLXJmIH4K\u{9c}text", "text"),
        ("\u{1b}Pq#0~~\u{1b}\\text", "text"),
        ("\u{1b}_Gf=24;AAAA\u{1b}\\text", "text"),
        ("\u{1b}kscreen title\u{1b}\\text", "text"),
        ("\u{1b}(0text\u{1b}(B", "text"),
        ("\u{1b}ctext\u{1b}7\u{1b}OP", "text"),
        ("\u{9b}31mred\u{9d}0;t\u{9c}", "red"),
        ("\u{90}q~\u{1b}\\text", "text"),
        // Not recognisable: only the introducer goes, for the rest may be words.
        ("\u{1b}]0;never closed", "]0;never closed"),
        ("\u{1b}[31", "[31"),
        ("\u{1b}\u{1b}[31mred", "red"),
        ("\u{1b}é", "é"),
        ("\u{1b}]0;a\n\u{7}b", "]0;a b"),
    ] {
        assert_eq!(clean_line(raw), clean, "{raw:?}");
    }
}

#[test]
fn breaks_and_tabs() {
    assert_eq!(clean_line("a\r\nb\tc\n\n\td"), "a b c d");
    assert_eq!(clean_line("be kind\n  please \t now"), "be kind please now");
    assert_eq!(clean_line("two  spaces stay"), "two  spaces stay");
    assert_eq!(clean_line("harmless\rEVIL"), "harmless EVIL");
    assert_eq!(clean_body("a\r\nb\rc\u{85}d\u{2028}e\u{b}f"), "a\nb\nc\nd\ne\nf");
    assert_eq!(clean_body("\n \n  indented  \n\n\n\nend \n\n"), "  indented\n\n\n\nend");
    assert_eq!(clean_body("\ta\nab\tc\n日\td\nabcd\te"), "    a\nab  c\n日  d\nabcd    e");
    assert_eq!(clean_body(""), "");
    assert_eq!(clean_body(" \n\t\n"), "");
}

#[test]
fn what_people_write_stays() {
    for text in [
        "Grüße, naïve café – “quoted” … €5",
        "日本語、한국어, ไทย, العربية, עִבְרִית, हिन्दी क्षत्रिय",
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466} \u{1f44d}\u{1f3fd} \u{2764}\u{fe0f} \u{1f1e9}\u{1f1ea} 1\u{fe0f}\u{20e3}",
        "\u{1f469}\u{1f3fb}\u{200d}\u{2764}\u{fe0f}\u{200d}\u{1f48b}\u{200d}\u{1f468}\u{1f3fc}",
        "a\u{a0}b, x\u{323}\u{331}, ⠓⠕⠃, ┌─┐",
    ] {
        assert_eq!(clean_line(text), text);
        assert_eq!(clean_body(text), text);
    }
    assert_eq!(clean_line("e\u{301}"), "é", "composed (NFC)");
}

#[test]
fn hidden_things_go() {
    for (raw, clean) in [
        ("\u{202e}txt.exe", "txt.exe"),
        ("a\u{200d}b", "ab"),
        ("\u{200d}\u{1f469}\u{200d}", "\u{1f469}"),
        ("\u{1f469}\u{200d}\u{200b}\u{200d}\u{1f469}", "\u{1f469}\u{200d}\u{1f469}"),
        ("x\u{fe0f}", "x"),
        ("3\u{fe0f}4", "34"),
        ("\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "\u{1f3f4}"),
        ("e\u{200d}\u{301}", "é"),
        (" \u{301}x", "x"),
        ("a\u{1}\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}", "à\u{301}\u{302}\u{303}\u{304}"),
    ] {
        assert_eq!(clean_line(raw), clean, "{raw:?}");
    }
}

#[test]
fn clusters_are_bounded_across_what_a_tab_becomes() {
    // Arabic number signs take any character after them into their cluster, and marks join a space.
    check(&format!("{}\t\u{20e3}", "\u{600}".repeat(31)));
    check(&format!("{}\n\t\u{20e3}", "\u{600}".repeat(33)));
}

#[test]
fn a_chain_of_joiners_is_cut() {
    let family = vec!["\u{1f469}"; 40].join("\u{200d}");
    let clean = clean_line(&family);
    assert_eq!(clean.graphemes(true).count(), 10);
    assert_eq!(clean.matches('\u{1f469}').count(), 40, "no person is lost");
}

#[test]
fn every_character_is_either_kept_or_known_as_forbidden() {
    // All planes that have characters; the rest of Unicode is unassigned or private use, and all alike.
    for c in ('\0'..='\u{323af}').chain('\u{dffff}'..='\u{e1000}').chain('\u{10ff00}'..=char::MAX) {
        let framed = format!("a{c}b");
        let clean = clean_line(&framed);
        if is_forbidden(c)
            && !matches!(
                c,
                '\t' | '\u{b}'..='\u{d}' | '\u{1b}' | '\u{85}' | '\u{9b}' | '\u{2028}' | '\u{2029}'
            )
        {
            assert_eq!(clean, "ab", "U+{:04X}", c as u32);
        }
        assert!(!clean.contains(is_forbidden), "U+{:04X}", c as u32);
        let odd = format!("{c}\u{fe0f}{c}\u{200d}{c}\u{301}\u{1f469}\u{200d}{c}\u{20e3}1{c}\u{20e3}");
        let clean = clean_line(&odd);
        assert_eq!(clean_line(&clean), clean, "U+{:04X}", c as u32);
    }
}

/// Linear time for anything (1 MiB takes tens of milliseconds when optimised): the bound is far above what an
/// unoptimised build takes and far below what a quadratic step would take.
#[test]
fn anything_is_cleaned_in_linear_time() {
    let pieces = [
        "\u{1b}[",
        "\u{1b}]",
        "\u{1b}]0;",
        "\u{1b}P",
        "\u{9d}",
        "\u{1b}[1;",
        "\u{200d}",
        "\u{1f469}\u{200d}",
        "\u{301}",
        "\u{316}\u{301}",
        "\t",
        "a\t",
        "\r",
        " \n",
        "\u{1100}",
        "\u{600}",
        "क\u{94d}",
        "1\u{fe0f}",
        "\u{1f3fb}",
        "x",
        "日",
    ];
    for piece in pieces {
        let raw = piece.repeat((1 << 18) / piece.len());
        let start = Instant::now();
        let (line, body) = (clean_line(&raw), clean_body(&raw));
        assert!(start.elapsed() < Duration::from_secs(10), "{piece:?} took {:?}", start.elapsed());
        assert!(line.len() <= 2 * raw.len() && body.len() <= 4 * raw.len(), "{piece:?}");
    }
}

/// Text made of the pieces that matter here far more often than chance would have it.
fn nasty_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<char>().prop_map(String::from),
        2 => "[ -~]{0,6}",
        6 => prop::sample::select(vec![
            "\u{1b}", "[", "]", "\u{7}", "\\", "\u{9b}", "\u{9c}", "\u{9d}", "\n", "\r", "\t", " ", "\u{200d}", "\u{fe0f}",
            "\u{fe0e}", "\u{20e3}", "1", "#", "\u{1f469}", "\u{2764}", "\u{1f3fb}", "\u{1f3ff}", "\u{1f1e9}", "\u{301}",
            "\u{316}", "\u{323}", "\u{345}", "e", "\u{1100}", "\u{1161}", "\u{11a8}", "\u{ac00}", "\u{600}", "क", "\u{94d}",
            "\u{ff9e}", "\u{202e}", "\u{e0041}", "\u{200b}", "\u{3000}", "\u{a0}", "日", "\u{958}", "\u{340}", "\u{2000}",
        ]).prop_map(str::to_owned),
        1 => (prop::sample::select(vec!["\u{301}", "\u{1100}", "\u{600}", "\u{1f469}\u{200d}", "क\u{94d}", "\u{1f3fb}", "\u{ff9e}"]),
              1_usize..70).prop_map(|(s, n)| s.repeat(n)),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(700))]

    #[test]
    fn whatever_comes_in_comes_out_clean_and_stays(raw in nasty_text()) {
        check(&raw);
    }

    #[test]
    fn any_text_comes_out_clean_and_stays(raw in any::<String>()) {
        check(&raw);
    }
}
