//! Threads that may be about the same, while one writes a title (W5).

use crate::domain::policy::LookAround;
use crate::domain::text::clean_line;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::writing::similar;

pub use crate::store::writing::similar::SimilarRow as Similar;

/// Threads that are offered at most: a few rows under the title.
const OFFERED_MAX: i64 = 3;
/// Most words of a title that are looked for.
const WORDS_MAX: usize = 8;
/// Characters from which on a word of Latin or another alphabet tells what a title is about.
const WORD_CHARS_MIN: usize = 4;

/// Asks for threads with a similar title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimilarThreads {
    /// What stands in the title so far.
    pub title: String,
}

impl Request for SimilarThreads {
    /// The best first; a few at most.
    type Reply = Vec<Similar>;
    type Access = Reads;
    const NAME: &'static str = "similar threads";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Similar>> {
        cx.allow(&LookAround)?;
        let Some(matching) = matching(&self.title) else { return Ok(Vec::new()) };
        let clearance = cx.actor.clearance();
        Ok(similar::similar(cx.conn(), &matching, clearance, OFFERED_MAX).await?)
    }
}

/// Any of the words that tell something, in titles only, each quoted so that nothing typed is an operator. None while
/// there is no such word.
fn matching(title: &str) -> Option<String> {
    let title = clean_line(title);
    // What separates words for the index separates them here.
    let words = title.split(|c: char| !c.is_alphanumeric());
    let telling =
        |word: &&str| word.chars().count() >= WORD_CHARS_MIN || word.chars().any(|c| c > '\u{2e7f}');
    let words: Vec<String> =
        words.filter(telling).take(WORDS_MAX).map(|word| format!("\"{word}\"")).collect();
    (!words.is_empty()).then(|| format!("title : ({})", words.join(" OR ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words_are_looked_for_in_titles() {
        let found = matching("Is the \"green\" kettle OR teapot* (x)?");
        assert_eq!(found.as_deref(), Some("title : (\"green\" OR \"kettle\" OR \"teapot\")"));
        assert_eq!(matching("日本 tea").as_deref(), Some("title : (\"日本\")"));
        assert_eq!(matching("an old x"), None);
        assert_eq!(matching(""), None);
    }
}
