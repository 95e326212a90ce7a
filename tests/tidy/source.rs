//! Reading the tree as text: which files there are, Rust source without its comments and strings, its tokens, the
//! modules it names and how long its functions are. No rule lives here; the rules are in `tests/tidy.rs`.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file of the package.
pub struct SourceFile {
    /// The path from the package's root, with `/` between its parts.
    pub path: String,
    /// The text as it is on disk.
    pub text: String,
}

impl SourceFile {
    /// A file with this path and text.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The text with comments and the insides of strings and characters blanked, line for line and column for column.
    pub fn code(&self) -> String {
        blank(&self.text, Keep::Code)
    }

    /// The text with only comments blanked.
    pub fn code_and_strings(&self) -> String {
        blank(&self.text, Keep::CodeAndStrings)
    }

    /// The tokens of [`Self::code`].
    pub fn tokens(&self) -> Vec<Token> {
        tokens(&self.code())
    }

    /// The names of the modules that hold this file: `src/ui/screens/home/mod.rs` is `["ui", "screens", "home"]`.
    /// Empty for `lib.rs`, `main.rs` and everything outside `src/`.
    pub fn modules(&self) -> Vec<&str> {
        let Some(inside) = self.path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else {
            return Vec::new();
        };
        let mut parts: Vec<&str> = inside.split('/').collect();
        if parts.last() == Some(&"mod") || parts == ["lib"] || parts == ["main"] {
            parts.pop();
        }
        parts
    }

    /// Whether the whole file is tests: outside `src/`, called `tests.rs` or `…_tests.rs`, or in a folder `tests`.
    pub fn is_test(&self) -> bool {
        let named = self.path.ends_with("/tests.rs") || self.path.ends_with("_tests.rs");
        !self.path.starts_with("src/") || named || self.path.contains("/tests/")
    }
}

/// Every text file under the package's root that git does not ignore (the names in `.gitignore` are enough to know).
pub fn text_files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ignored: Vec<String> = fs::read_to_string(root.join(".gitignore"))
        .expect(".gitignore is part of the package")
        .lines()
        .filter_map(|line| line.strip_prefix('/'))
        .map(|line| line.trim_end_matches('/').to_owned())
        .chain([".git".to_owned()])
        .collect();
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the package can be read") {
            let path = entry.expect("a folder of the package can be listed").path();
            let name = relative(root, &path);
            if ignored.contains(&name) || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push(SourceFile { path: name, text });
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

/// The Rust files among them.
pub fn rust_files() -> Vec<SourceFile> {
    text_files().into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

fn relative(root: &Path, path: &Path) -> String {
    let inside: PathBuf = path.strip_prefix(root).expect("found under the root").to_path_buf();
    inside.to_string_lossy().replace('\\', "/")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Code,
    CodeAndStrings,
}

/// Blanks comments, and strings too unless they are kept. Newlines stay, so that lines keep their numbers.
fn blank(text: &str, keep: Keep) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let (end, visible) = match piece(&chars, at) {
            Piece::Code => (at + 1, true),
            Piece::Comment(end) => (end, false),
            Piece::Literal(end) => (end, keep == Keep::CodeAndStrings),
        };
        let end = end.min(chars.len());
        out.extend(chars[at..end].iter().map(|&c| if visible || c == '\n' { c } else { ' ' }));
        at = end;
    }
    out
}

/// What starts at a position, and where it ends (exclusive).
enum Piece {
    Code,
    Comment(usize),
    Literal(usize),
}

fn piece(chars: &[char], at: usize) -> Piece {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => {
            Piece::Comment(chars[at..].iter().position(|&c| c == '\n').map_or(chars.len(), |n| at + n))
        }
        '/' if next == Some('*') => Piece::Comment(end_of_block_comment(chars, at)),
        '"' => Piece::Literal(end_of_quoted(chars, at, '"')),
        'r' if !follows_word(chars, at) => raw_string_end(chars, at).map_or(Piece::Code, Piece::Literal),
        // A quote is a character when it is escaped or closes after one; else it is a lifetime.
        '\'' if next == Some('\\') || (next != Some('\'') && chars.get(at + 2) == Some(&'\'')) => {
            Piece::Literal(end_of_quoted(chars, at, '\''))
        }
        _ => Piece::Code,
    }
}

/// Whether the `r` at `at` ends a longer word (`for"`): the prefixes `br` and `cr` are not longer words.
fn follows_word(chars: &[char], at: usize) -> bool {
    let is_word = |index: usize| chars[index].is_alphanumeric() || chars[index] == '_';
    match at.checked_sub(1) {
        None => false,
        Some(before) if matches!(chars[before], 'b' | 'c') => before.checked_sub(1).is_some_and(is_word),
        Some(before) => is_word(before),
    }
}

fn end_of_block_comment(chars: &[char], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

fn end_of_quoted(chars: &[char], start: usize, quote: char) -> usize {
    let mut at = start + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            c if c == quote => return at + 1,
            _ => at += 1,
        }
    }
    at
}

fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|&&c| c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None; // A raw identifier, or a plain `r`.
    }
    let mut at = open + 1;
    while at < chars.len() {
        if chars[at] == '"' && chars[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes {
            return Some(at + 1 + hashes);
        }
        at += 1;
    }
    Some(at)
}

/// A word or a single other character, with the line it stands on (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

impl Token {
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    }
}

fn tokens(code: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut word = String::new();
        for c in line.chars().chain([' ']) {
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                found.push(Token { text: std::mem::take(&mut word), line: number + 1 });
            }
            if !c.is_whitespace() {
                found.push(Token { text: c.to_string(), line: number + 1 });
            }
        }
    }
    found
}

/// Whether the tokens from `at` on read like `words`.
pub fn reads(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    tokens.len() >= at + words.len()
        && words.iter().zip(&tokens[at..]).all(|(word, token)| token.text == *word)
}

/// The top-level modules of the crate that the tokens name: `crate::store`, `use crate::{store, ui}`, `hob::store`, and
/// `super::super::store` when it climbs from `depth` modules down up to the root.
pub fn crate_modules(tokens: &[Token], depth: usize) -> Vec<Token> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let path = match tokens[at].text.as_str() {
            "crate" | "hob" if reads(tokens, at + 1, &[":", ":"]) => at + 3,
            "super" if !(at >= 3 && reads(tokens, at - 3, &["super", ":", ":"])) => {
                let mut climbed = 0;
                while reads(tokens, at + 3 * climbed, &["super", ":", ":"]) {
                    climbed += 1;
                }
                if depth == 0 || climbed < depth {
                    continue;
                }
                at + 3 * climbed
            }
            _ => continue,
        };
        first_names(tokens, path, &mut found);
    }
    found
}

/// The name at `at`, or the first name of every branch when a group `{a::b, c}` starts there.
fn first_names(tokens: &[Token], at: usize, found: &mut Vec<Token>) {
    if !reads(tokens, at, &["{"]) {
        found.extend(tokens.get(at).filter(|token| token.is_word()).cloned());
        return;
    }
    let mut depth = 0_usize;
    let mut branch_starts = false;
    for token in &tokens[at..] {
        match token.text.as_str() {
            "{" => {
                depth += 1;
                branch_starts = depth == 1;
            }
            "}" if depth == 1 => return,
            "}" => depth -= 1,
            "," => branch_starts = depth == 1,
            _ if branch_starts => {
                found.push(token.clone());
                branch_starts = false;
            }
            _ => {}
        }
    }
}

/// Where the tokens name a crate: as the head of a path, or alone in a `use`.
pub fn names_crate<'a>(tokens: &'a [Token], name: &'a str) -> impl Iterator<Item = &'a Token> {
    tokens.iter().enumerate().filter_map(move |(at, token)| {
        let heads_path = reads(tokens, at + 1, &[":", ":"]);
        let is_used = at > 0 && matches!(tokens[at - 1].text.as_str(), "use" | "crate");
        (token.text == name && (heads_path || is_used)).then_some(token)
    })
}

/// A function with the line of its `fn` and how many lines it takes up to its closing brace.
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

/// The functions with a body, by counting braces.
pub fn functions(tokens: &[Token]) -> Vec<Function> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].text != "fn" || !tokens.get(at + 1).is_some_and(Token::is_word) {
            continue;
        }
        if let Some(end) = end_of_body(&tokens[at..]) {
            let line = tokens[at].line;
            found.push(Function { name: tokens[at + 1].text.clone(), line, lines: end + 1 - line });
        }
    }
    found
}

/// The line of the brace that closes the first body in `tokens`; `None` when the declaration ends without one.
fn end_of_body(tokens: &[Token]) -> Option<usize> {
    let mut brackets = 0_usize;
    let mut braces = 0_usize;
    for token in tokens {
        match token.text.as_str() {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets = brackets.saturating_sub(1),
            "{" => braces += 1,
            "}" if braces == 1 && brackets == 0 => return Some(token.line),
            "}" => braces = braces.saturating_sub(1),
            ";" if braces == 0 && brackets == 0 => return None,
            _ => {}
        }
    }
    None
}
