//! The hostile strings of `hostile.txt`, parsed. Used by the tests inside the crate (`domain::text::corpus`) and, with
//! `mod corpus;`, by every integration test that puts text into a field.

/// Every hostile string, in file order.
pub fn hostile() -> Vec<String> {
    parse(include_str!("hostile.txt"))
}

/// Lines of the notation that the head of `hostile.txt` explains. Panics on a line it cannot read: a corpus that
/// silently shrinks tests nothing.
pub fn parse(file: &str) -> Vec<String> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(unescape).collect()
}

fn unescape(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('e') => out.push('\u{1b}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('s') => out.push(' '),
            Some('\\') => out.push('\\'),
            Some('x') => out.push(from_hex(&chars.by_ref().take(2).collect::<String>(), line)),
            Some('u') => {
                let braced: String = chars.by_ref().take_while(|c| *c != '}').collect();
                out.push(from_hex(braced.trim_start_matches('{'), line));
            }
            Some('*') => {
                let braced: String = chars.by_ref().take_while(|c| *c != '}').collect();
                let count: usize =
                    braced.trim_start_matches('{').parse().unwrap_or_else(|_| panic!("count in {line:?}"));
                let last = out.pop().unwrap_or_else(|| panic!("nothing to repeat in {line:?}"));
                out.extend(std::iter::repeat_n(last, count));
            }
            other => panic!("unknown escape {other:?} in {line:?}"),
        }
    }
    out
}

fn from_hex(digits: &str, line: &str) -> char {
    u32::from_str_radix(digits, 16)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or_else(|| panic!("no character {digits:?} in {line:?}"))
}
