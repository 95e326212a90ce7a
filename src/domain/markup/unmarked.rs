//! A piece out of the middle of a text, without the marks in it: for the snippets of a search. It is no document, for
//! what was begun before it is not known; what looks like a mark and may be none is left.

/// What stands for a spoiler.
const SPOILER: &str = "[spoiler]";

/// The piece on one line. Control characters in it stay: they say where a hit is.
///
/// ```
/// use hob::domain::markup::unmarked;
/// assert_eq!(unmarked("> **Tea** and `milk`,\n## see [here](https://a.example) ||no||"), "Tea and milk, see here [spoiler]");
/// ```
pub fn unmarked(piece: &str) -> String {
    let lines: Vec<&str> = piece.split('\n').filter(|line| !is_fence(line)).map(without_head).collect();
    let text = without_spoilers(&without_links(&lines.join(" ")));
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(letter).len();
        let (marks, after) = rest.split_at(run);
        if !is_mark(letter, run, out.chars().next_back(), after.chars().next()) {
            out.push_str(marks);
        }
        rest = after;
    }
    out.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// A line without what makes it a quote or a heading.
fn without_head(line: &str) -> &str {
    let mut line = line.trim_start();
    while let Some(quoted) = line.strip_prefix('>') {
        line = quoted.trim_start();
    }
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && heading.starts_with(' ') { heading.trim_start() } else { line }
}

/// Whether a run of one letter is a mark of emphasis or code: at the edge of words, not between two of them.
fn is_mark(letter: char, run: usize, before: Option<char>, after: Option<char>) -> bool {
    let filled = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let at_edge = word(before) != word(after) || filled(before) != filled(after);
    match letter {
        '`' => true,
        '*' => run == 2 || (run <= 3 && at_edge),
        '_' => run <= 3 && at_edge,
        _ => false,
    }
}

fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (Some(open), Some(close)) = (before.rfind('['), after.find([')', ' '])) else { break };
        if !after[close..].starts_with(')') {
            break;
        }
        out.push_str(before[..open].trim_end_matches('!'));
        out.push_str(&before[open + 1..]);
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    out
}

/// Spoilers stay hidden, one that is cut off as well.
fn without_spoilers(text: &str) -> String {
    let mut parts = text.split("||");
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let Some(hidden) = parts.next() {
        let apart = hidden.starts_with(' ') || hidden.is_empty();
        // `a || b` hides nothing.
        out.push_str(if apart { "||" } else { SPOILER });
        if apart {
            out.push_str(hidden);
            continue;
        }
        out.push_str(parts.next().unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn r7_marks_go_and_words_stay() {
        for (piece, plain) in [
            ("plain words", "plain words"),
            ("**strong** and *weak* and _so_", "strong and weak and so"),
            ("snake_case_name and 3 * 4 and 2*3", "snake_case_name and 3 * 4 and 2*3"),
            ("it sings *in five minutes*, see", "it sings in five minutes, see"),
            ("- a\n- b", "- a - b"),
            ("```sh\nls -l\n```", "ls -l"),
            ("# Tea\n#tag stays", "Tea #tag stays"),
            ("see [the page](https://a.example/x) now", "see the page now"),
            ("[not] (a link) and [half](of", "[not] (a link) and [half](of"),
            ("> > deep quote", "deep quote"),
            ("the \u{2}**kettle**\u{3} sings", "the \u{2}kettle\u{3} sings"),
        ] {
            assert_eq!(unmarked(piece), plain, "{piece:?}");
        }
    }

    #[test]
    fn r6_what_a_spoiler_hides_stays_hidden() {
        assert_eq!(unmarked("it was ||the butler|| then"), "it was [spoiler] then");
        assert_eq!(unmarked("it was ||the but"), "it was [spoiler]");
        assert_eq!(unmarked("a || b"), "a || b");
    }
}
