//! Searching posts.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::ids::PostId;
use crate::service::search::{HIT_END, HIT_START, Hit, Order, SearchPosts};

static MENU: Menu = Menu {
    name: "found",
    entries: &[
        entry(Act::More, "more", "m", "", "more posts with these words"),
        entry(Act::Best, "best", "", "", "the same words, what fits best first"),
        entry(Act::Newest, "newest", "", "", "the same words, the newest first"),
    ],
    main: usize::MAX,
    enter: Some(Act::More),
    numbered: false,
};

/// Posts that are said at once: what fits a minute of listening.
const PAGE: usize = 10;

impl Talk {
    pub(super) async fn search(&mut self, words: String) -> Talked<()> {
        let mut order = Order::Newest;
        let mut hits = self.found(&words, order, None).await?;
        let mut all: Vec<Hit> = Vec::new();
        if hits.is_empty() {
            self.say("Nothing found. Fewer words find more.").await?;
            return Err(Turn::Return);
        }
        self.say(&format!("Found for {words}, the newest first. Type a number.")).await?;
        self.say_hits(&mut hits, &mut all).await?;
        loop {
            let said = self.command("found", &MENU).await?;
            match said {
                Said::Act(act @ (Act::Best | Act::Newest), _) => {
                    order = if act == Act::Best { Order::Best } else { Order::Newest };
                    all.clear();
                    hits = self.found(&words, order, None).await?;
                    let first = if act == Act::Best { "what fits best" } else { "the newest" };
                    self.say(&format!("Found for {words}, {first} first.")).await?;
                    self.say_hits(&mut hits, &mut all).await?;
                }
                Said::Act(..) => {
                    // What fits best comes all at once.
                    if hits.is_empty() && order == Order::Newest {
                        let before = all.last().map(|hit| hit.post_id);
                        hits = self.found(&words, order, before).await?;
                    }
                    if hits.is_empty() {
                        self.say("These are all.").await?;
                    }
                    self.say_hits(&mut hits, &mut all).await?;
                }
                Said::Pick(number) => match all.get(number.wrapping_sub(1)) {
                    Some(hit) => return Err(Turn::Open(Place::post(hit.thread_id, hit.no))),
                    None => self.say(&format!("There is no number {number} in the list.")).await?,
                },
                Said::Other(text) => self.not_understood(&text).await?,
            }
        }
    }

    /// The next page of what fits, after what there is to know about it.
    async fn found(&mut self, words: &str, order: Order, before: Option<PostId>) -> Talked<Vec<Hit>> {
        let request = SearchPosts { text: words.to_owned(), order, before };
        let found = self.call(request).await?;
        if let Some(note) = found.note {
            self.say(&note).await?;
        }
        Ok(found.hits)
    }

    /// Says the next few of what was found.
    async fn say_hits(&mut self, hits: &mut Vec<Hit>, all: &mut Vec<Hit>) -> Talked<()> {
        let now = self.now();
        for hit in hits.drain(..PAGE.min(hits.len())).collect::<Vec<_>>() {
            let snippet = hit.snippet.replace([HIT_START, HIT_END], "").replace('\n', " ");
            let (author, title, when) = (&hit.author, &hit.title, ago(now, hit.created_at));
            let number = all.len() + 1;
            self.say(&format!("{number} {author} in {title}, {}, {when}: {snippet}", hit.board)).await?;
            all.push(hit);
        }
        Ok(())
    }
}
