//! How commands name threads and posts: `12` is a thread, `12.3` its third post, `12.3-7` and `12.3-` are several.

use crate::domain::ids::{PostNo, ThreadId};

/// Posts of a thread that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostRange {
    /// The thread.
    pub thread: ThreadId,
    /// The first.
    pub from: PostNo,
    /// The last; none: all that follow.
    pub to: Option<PostNo>,
}

impl PostRange {
    /// Reads `THREAD`, `THREAD.NO`, `THREAD.FROM-TO` or `THREAD.FROM-`.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" names no posts: 12 is a thread, 12.3 a post, 12.3-7 several.");
        let Some((thread, posts)) = text.split_once('.') else {
            return Ok(Self { thread: ThreadId(number(text).ok_or_else(wrong)?), from: PostNo(1), to: None });
        };
        let thread = ThreadId(number(thread).ok_or_else(wrong)?);
        let (from, to) = match posts.split_once('-') {
            None => {
                let no = number(posts).ok_or_else(wrong)?;
                (no, Some(no))
            }
            Some((from, "")) => (number(from).ok_or_else(wrong)?, None),
            Some((from, to)) => (number(from).ok_or_else(wrong)?, Some(number(to).ok_or_else(wrong)?)),
        };
        if to.is_some_and(|to| to < from) {
            return Err(wrong());
        }
        Ok(Self { thread, from: PostNo(from), to: to.map(PostNo) })
    }

    /// Whether a number is in it.
    pub fn contains(&self, no: PostNo) -> bool {
        no >= self.from && self.to.is_none_or(|to| no <= to)
    }
}

/// A thread, or one post of it: `12` or `12.3`.
///
/// # Errors
/// When it is neither.
pub fn parse_thread_or_post(text: &str) -> Result<(ThreadId, Option<PostNo>), String> {
    let wrong = || format!("\"{text}\" is neither a thread, such as 12, nor a post, such as 12.3.");
    match text.split_once('.') {
        None => Ok((ThreadId(number(text).ok_or_else(wrong)?), None)),
        Some((thread, no)) => {
            Ok((ThreadId(number(thread).ok_or_else(wrong)?), Some(PostNo(number(no).ok_or_else(wrong)?))))
        }
    }
}

/// A number as ids and post numbers are: digits only, from 1.
fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn range(thread: i64, from: i64, to: Option<i64>) -> PostRange {
        PostRange { thread: ThreadId(thread), from: PostNo(from), to: to.map(PostNo) }
    }

    #[test]
    fn threads_posts_and_ranges_are_told_apart() {
        for (text, meant) in [
            ("12", range(12, 1, None)),
            ("12.3", range(12, 3, Some(3))),
            ("12.3-7", range(12, 3, Some(7))),
            ("12.3-", range(12, 3, None)),
        ] {
            assert_eq!(PostRange::parse(text).unwrap(), meant, "{text}");
        }
        assert_eq!(parse_thread_or_post("12").unwrap(), (ThreadId(12), None));
        assert_eq!(parse_thread_or_post("12.3").unwrap(), (ThreadId(12), Some(PostNo(3))));
    }

    #[test]
    fn nothing_else_is_a_place() {
        for text in [
            "",
            "x",
            "0",
            "-1",
            "+1",
            "12.",
            "12.0",
            "12.x",
            "12.3-2",
            "12.-3",
            "1.2.3",
            "99999999999999999999",
        ] {
            assert!(PostRange::parse(text).is_err(), "{text}");
            assert!(parse_thread_or_post(text).is_err(), "{text}");
        }
        assert!(parse_thread_or_post("12.3-7").is_err());
    }
}
