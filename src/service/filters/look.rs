//! Looking through a text before the transaction of its request begins: fifty of the dearest patterns over the longest post
//! take seconds, in which nobody else could write. What is found is used inside for those filters that are still the same; one
//! that was made or changed in between looks again.

use crate::domain::prevention::Matcher;
use crate::service::cx::load_actor;
use crate::service::{Caller, Error, Result, Service, Who};
use crate::store::filters::{self, FilterRow};

/// Texts that are looked through at once: the cores of a small host serve the others meanwhile.
pub(in crate::service) const AT_ONCE: usize = 2;
/// Texts up to this length, in bytes, wait for no turn: a line in a room must not stand behind somebody's long post.
const SHORT_BYTES: usize = 1_024;

/// What filters found in a text.
#[derive(Debug)]
pub(in crate::service) struct Looked {
    text: String,
    found: Vec<(Pattern, bool)>,
}

/// What a filter looks for: the same pattern finds the same, whatever else of it is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    text: String,
    is_words: bool,
}

impl Pattern {
    /// A pattern that an older hob took and this one does not find anything with finds nothing.
    fn finds(&self, text: &str) -> bool {
        Matcher::new(&self.text, self.is_words).is_ok_and(|matcher| matcher.finds(text))
    }
}

impl Looked {
    /// Whether a filter finds something in a text. What was not looked at before is looked at now.
    pub(super) fn finds(looked: Option<&Self>, filter: &FilterRow, text: &str) -> bool {
        let pattern = Pattern { text: filter.pattern.clone(), is_words: filter.is_words };
        let known = looked.filter(|looked| looked.text == text);
        let known = known.and_then(|looked| looked.found.iter().find(|(known, _)| *known == pattern));
        known.map_or_else(|| pattern.finds(text), |(_, found)| *found)
    }

    #[cfg(test)]
    pub(super) fn of(text: &str, pattern: &str, is_words: bool, found: bool) -> Self {
        let pattern = Pattern { text: pattern.to_owned(), is_words };
        Self { text: text.to_owned(), found: vec![(pattern, found)] }
    }
}

/// Looks through a text of the caller's, off the threads that serve everybody. Nothing for those at whom filters do not look.
///
/// # Errors
/// When the filters cannot be read.
pub(in crate::service) async fn look(
    service: &Service,
    caller: &Caller,
    text: String,
) -> Result<Option<Looked>> {
    if !matches!(caller.who, Who::Member(_)) {
        return Ok(None);
    }
    let mut read = service.store().begin_read().await?;
    let mut filters = filters::list(&mut read).await?;
    filters.retain(|filter| filter.enabled);
    // Most places have none, and everybody's every line passes here.
    if filters.is_empty() {
        return Ok(None);
    }
    let actor = load_actor(&mut read, &caller.who, service.now()).await?;
    drop(read);
    if !actor.is_active() || actor.is_staff() {
        return Ok(None);
    }
    filters.retain(|filter| filter.scope.covers(actor.level()));
    if filters.is_empty() {
        return Ok(None);
    }
    let lost = |_| Error::conflict("That could not be looked at just now. Send it once more.");
    let _turn = match text.len() > SHORT_BYTES {
        true => Some(service.looking.acquire().await.map_err(|_| lost(()))?),
        false => None,
    };
    let through = move || {
        let found = filters.into_iter().map(|filter| {
            let pattern = Pattern { text: filter.pattern, is_words: filter.is_words };
            let found = pattern.finds(&text);
            (pattern, found)
        });
        let found = found.collect();
        Looked { found, text }
    };
    let looked = tokio::task::spawn_blocking(through).await;
    looked.map(Some).map_err(|_| lost(()))
}
