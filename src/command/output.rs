//! What a command prints: text for people or JSON for programs, and in neither anything that a terminal would
//! take for an order.

use serde_json::{Value, json};

use super::JSON_VERSION;
use crate::domain::text::is_forbidden;
pub use crate::domain::text::safe;

/// What a command prints.
pub struct Output(Vec<u8>);

impl Output {
    /// Text for people; ends with a line end unless it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let mut text = text.into();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        Self(safe(&text).into_bytes())
    }

    /// One JSON object a line, each with the version of its fields as `v`.
    pub fn json(objects: impl IntoIterator<Item = Value>) -> Self {
        let mut text = String::new();
        for mut object in objects {
            if let Some(fields) = object.as_object_mut() {
                fields.insert("v".to_owned(), json!(JSON_VERSION));
            }
            text.push_str(&escaped(&object.to_string()));
            text.push('\n');
        }
        Self(text.into_bytes())
    }

    /// A file, as it is: for something that is not text, such as an archive.
    pub fn file(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Nothing, or nothing more.
    pub fn nothing() -> Self {
        Self(Vec::new())
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes to send.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// JSON with the same characters written as `\uXXXX`, so that programs still get them.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_forbidden(c) {
            let mut units = [0_u16; 2];
            for unit in c.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

/// Rows as columns that stand under each other; the last column is not padded.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| crate::domain::text::display_width(cell)).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            if column + 1 == row.len() {
                line.push_str(cell);
            } else {
                line.push_str(&crate::domain::text::pad(cell, widths[column]));
                line.push_str("  ");
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn nothing_that_orders_a_terminal_gets_out() {
        let hostile = "a\u{1b}[2Jb\u{9b}31mc\u{202e}d\r\x08e";
        let bytes = Output::text(hostile).into_bytes();
        assert_eq!(String::from_utf8(bytes).unwrap(), "a[2Jb31mcde\n");
        let bytes = Output::json([json!({ "title": hostile })]).into_bytes();
        let line = String::from_utf8(bytes).unwrap();
        assert!(!line.trim_end().chars().any(is_forbidden), "{line:?}");
        let back: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(back["title"], hostile);
        assert_eq!(back["v"], JSON_VERSION);
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [vec!["a".to_owned(), "b".to_owned()], vec!["日本".to_owned(), "c".to_owned()]];
        assert_eq!(columns(&rows), "a     b\n日本  c\n");
    }
}
