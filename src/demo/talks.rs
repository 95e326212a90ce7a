//! What people write on the wall and say to a few, and the words that the place made up: conversations and the glossary.

use super::Error;
use super::cast::DAY_S;
use super::scenes::Stage;
use crate::domain::ids::MessageNo;
use crate::service::conversations::{MarkMessagesRead, StartConversation, WriteMessage};
use crate::service::glossary::{ChangeTerm, DefineTerm};
use crate::service::wall::WriteOnWall;

const HOUR_S: i64 = 3_600;
const MINUTE_S: i64 = 60;

/// Lines on the wall: seconds before now, who, what.
const WALL: &[(i64, &str, &str)] = &[
    (26 * DAY_S, "elio", "First frost on the allotment. The leeks do not mind."),
    (19 * DAY_S, "ines", "Back from the sea with two kilos of salt and a cold."),
    (11 * DAY_S, "hanae", "初雪。 First snow on the hill, none down here."),
    (6 * DAY_S, "kofi", "The radio works again! It was the cat."),
    (2 * DAY_S, "rosa", "If you smell plums, that is me."),
    (30 * HOUR_S, "wren", "Read everything, answered two, going to bed warm."),
    (4 * HOUR_S, "zdenka", "Passed by with tea. Good morning, whoever is up."),
];

/// Conversations: a number each, minutes before now, who, what. The first of each is to those who are named in
/// [`TALKS_TO`].
const TALKS: &[(usize, i64, &str, &str)] = &[
    (
        0,
        3 * 24 * 60,
        "rosa",
        "Do you still have the big jars? I counted the plums again and lost count at nine kilos.",
    ),
    (0, 3 * 24 * 60 - 12, "wren", "Eleven of them, in the cellar. Bring the plums, I light the stove."),
    (0, 40, "rosa", "On my way, with the *good* spoon. Is six all right?"),
    (1, 30 * 60, "elio", "The two of you know bread: what do I do with a starter that smells of pear?"),
    (1, 29 * 60, "hanae", "Eat it with cheese.\n\nOr feed it twice a day for three days, it forgives."),
    (1, 28 * 60, "wren", "What Hanae says. Pear is fine; nail varnish is not."),
    (1, 95, "elio", "Day three. It smells of bread. I am telling everybody."),
    (1, 90, "hanae", "Told you. Now bake."),
    (2, 50 * 60, "moderator", "Theo settled in well, thanks for answering his first thread."),
    (2, 49 * 60, "wren", "He asks good questions. I like him."),
];

/// Words of the place: days before now, who, the word, what it means.
const WORDS: &[(i64, &str, &str, &str)] = &[
    (40, "sysop", "hob", "A shelf by the fire."),
    (38, "rosa", "plum season", "Six weeks in which nobody here talks of anything else. Bring jars."),
    (30, "kofi", "four minutes", "How late the clock on the square strikes, and so how late one may be."),
    (21, "elio", "opinions", "What a sourdough starter has when it lifts its lid by itself."),
    (
        12,
        "hanae",
        "to feed it",
        "To do a small thing every day. Said first of starters, now also of friendships.",
    ),
    (
        5,
        "zdenka",
        "the long table",
        "The one in the kitchen with room for everybody who stays longer than they meant to.",
    ),
];

/// Whom the first line of each conversation goes to.
const TALKS_TO: &[&[&str]] = &[&["wren"], &["wren", "hanae"], &["wren"]];

impl Stage<'_> {
    /// A month on the wall.
    pub(super) async fn wall(&self) -> Result<(), Error> {
        for (age, who, text) in WALL {
            self.ask(*age, who, WriteOnWall { text: (*text).to_owned() }).await?;
        }
        Ok(())
    }

    /// The place's own words, one of which was said better later.
    pub(super) async fn glossary(&self) -> Result<(), Error> {
        let mut ids = Vec::new();
        for (days, who, word, meaning) in WORDS {
            let (word, meaning) = ((*word).to_owned(), (*meaning).to_owned());
            ids.push(self.ask(days * DAY_S, who, DefineTerm { word, meaning, first: None }).await?);
        }
        if let Some(term) = ids.first().copied() {
            let meaning =
                "The warm shelf beside a fire, where the kettle is kept. Also: this place.".to_owned();
            self.ask(2 * DAY_S, "wren", ChangeTerm { term, meaning }).await?;
        }
        Ok(())
    }

    /// Conversations, two of them with something that wren has not read.
    pub(super) async fn messages(&self) -> Result<(), Error> {
        let mut begun = Vec::new();
        for (number, minutes, who, text) in TALKS {
            let (age, body) = (minutes * MINUTE_S, (*text).to_owned());
            let conversation = match begun.get(*number) {
                Some(conversation) => {
                    let say = WriteMessage { conversation: *conversation, body };
                    self.ask(age, who, say).await?;
                    *conversation
                }
                None => {
                    let to = TALKS_TO.get(*number).copied().unwrap_or_default();
                    let to = to.iter().map(|handle| (*handle).to_owned()).collect();
                    let start = StartConversation { to, title: String::new(), body, draft: None };
                    let sent = self.ask(age, who, start).await?;
                    begun.push(sent.conversation);
                    sent.conversation
                }
            };
            // Who writes has read what came before; wren has read everything but the last hours.
            let upto = MessageNo(i64::MAX);
            let readers: &[&str] = if age > 2 * HOUR_S { &["wren"] } else { &[] };
            for reader in readers.iter().chain([who]) {
                self.ask(age, reader, MarkMessagesRead { conversation, upto }).await?;
            }
        }
        Ok(())
    }
}
