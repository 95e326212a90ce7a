//! Threads by their titles, for the palette.

use crate::domain::policy::LookAround;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::threads::{self, FoundThread};

/// Most threads that are found at once.
pub const THREADS_FOUND_MAX: usize = 200;

/// Words that the database compares; who asks looks at the rest.
const WORDS_COMPARED: usize = 3;
/// Characters of a word that the database compares.
const CHARS_COMPARED: usize = 24;

/// Finds threads whose titles have the letters of each word in their order, those written in last first; without a
/// word simply those. Whatever case a letter is in; letters beyond ASCII are left for who asks to compare, so more may
/// be found than fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindThreads {
    /// What was typed.
    pub text: String,
}

impl Request for FindThreads {
    type Reply = Vec<FoundThread>;
    type Access = Reads;
    const NAME: &'static str = "find threads";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<FoundThread>> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        let mut words = self.text.split_whitespace().map(pattern);
        let patterns = [(); WORDS_COMPARED].map(|()| words.next().unwrap_or_else(|| "%".to_owned()));
        let limit = i64::try_from(THREADS_FOUND_MAX).unwrap_or(i64::MAX);
        Ok(threads::find(cx.conn(), clearance, &patterns, limit).await?)
    }
}

/// A pattern for LIKE: the word's letters in their order with anything between.
fn pattern(word: &str) -> String {
    let mut pattern = "%".to_owned();
    for letter in word.chars().filter(char::is_ascii).take(CHARS_COMPARED) {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
        pattern.push('%');
    }
    pattern
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::board::Audience;
    use crate::service::testing::Place;
    use crate::service::writing::StartThread;
    use crate::service::{Caller, Error};
    use crate::store::testing::remove_thread;

    async fn titles(place: &Place, who: &Caller, text: &str) -> Vec<String> {
        let found = place.call(who, FindThreads { text: text.to_owned() }).await.unwrap();
        found.into_iter().map(|thread| thread.title).collect()
    }

    #[tokio::test]
    async fn threads_are_found_by_letters_in_order_the_newest_first() {
        let place = Place::new().await;
        let alice = place.regular("alice").await;
        let board = place.board("general").await;
        for title in ["Tea at four", "100 % wool", "TEAPOTS", "Öfen"] {
            let (title, body) = (title.to_owned(), "words".to_owned());
            place.call(&alice, StartThread { board, title, body }).await.unwrap();
        }
        assert_eq!(titles(&place, &alice, "").await.len(), 4);
        assert_eq!(titles(&place, &alice, "tea").await, ["TEAPOTS", "Tea at four"]);
        assert_eq!(titles(&place, &alice, "tfr").await, ["Tea at four"]);
        assert_eq!(titles(&place, &alice, "four tea").await, ["Tea at four"]);
        assert_eq!(titles(&place, &alice, "%").await, ["100 % wool"]);
        assert_eq!(titles(&place, &alice, "__").await, [""; 0]);
        assert!(titles(&place, &alice, "öfen").await.contains(&"Öfen".to_owned()));
    }

    #[tokio::test]
    async fn what_is_not_shown_is_not_found() {
        let place = Place::new().await;
        let (alice, mo) = (place.regular("alice").await, place.moderator("mo").await);
        let open = place.board("general").await;
        let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
        let (title, body) = ("Secret".to_owned(), "words".to_owned());
        for board in [open, staff] {
            let start = StartThread { board, title: title.clone(), body: body.clone() };
            let posted = place.call(&mo, start).await.unwrap();
            if board == open {
                remove_thread(place.service.store(), posted.thread).await;
            }
        }
        assert_eq!(titles(&place, &alice, "secret").await, [""; 0]);
        assert_eq!(titles(&place, &mo, "secret").await.len(), 1);
        let guest = Caller::GUEST;
        let refused = place.call(&guest, FindThreads { text: String::new() }).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
    }
}
