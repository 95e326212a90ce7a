//! The place's own words.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::thread::Reading;
use super::turn::{Place, Talked, Turn};
use super::words::{ago, count};
use crate::domain::draft::{Form, LineFor};
use crate::service::glossary::{
    ChangeTerm, DefineTerm, ListTerms, RemoveTerm, TermHistory, TermView, TermsIn,
};

static MENU: Menu = Menu {
    name: "glossary",
    entries: &[
        entry(Act::Make, "define", "d", "WORD", "add a word"),
        entry(Act::Edit, "change", "", "WORD", "say better what a word means"),
        entry(Act::History, "history", "", "WORD", "what a word meant before"),
        entry(Act::Drop, "remove", "", "WORD", "for staff: take a word out"),
    ],
    main: 2,
    enter: None,
    numbered: false,
};

impl Talk {
    pub(super) async fn glossary(&mut self) -> Talked<()> {
        let terms = self.call(ListTerms).await?;
        match terms.is_empty() {
            true => self.say("No words yet: define adds one.").await?,
            false => {
                let words = count(i64::try_from(terms.len()).unwrap_or(i64::MAX), "word");
                self.say(&format!("{words}. Type a number or a word to hear what it means.")).await?;
            }
        }
        for (term, number) in terms.iter().zip(1..) {
            self.say(&format!("{number} {}", term.word)).await?;
        }
        let names: Vec<String> = terms.iter().map(|term| term.word.clone()).collect();
        loop {
            let said = self.command("glossary", &MENU).await?;
            let done = match &said {
                Said::Act(act, word) => self.glossary_act(*act, word, &terms).await,
                said => match self.picked(said, &names).await? {
                    Some(index) => self.say_term(&terms[index]).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn glossary_act(&mut self, act: Act, word: &str, terms: &[TermView]) -> Talked<()> {
        let word = if word.is_empty() { self.ask("which word").await? } else { word.to_owned() };
        if act == Act::Make {
            let define = |meaning| DefineTerm { word, meaning, first: None };
            self.send_kept("what does it mean", Form::Line(LineFor::NewTerm, 0), define).await?;
            self.say("It is in the glossary now.").await?;
            return Err(Turn::Instead(Place::Glossary));
        }
        let number = super::table::number(&word).and_then(|number| number.checked_sub(1));
        let same = |term: &&TermView| term.word.to_lowercase() == word.to_lowercase();
        let found = number.and_then(|index| terms.get(index)).or_else(|| terms.iter().find(same));
        let Some(found) = found else {
            return self.say(&format!("{word} is not in the glossary; define adds it.")).await;
        };
        let term = found.id;
        match act {
            Act::Edit => {
                let form = Form::Line(LineFor::Term, term.0);
                self.send_kept("what does it mean", form, |meaning| ChangeTerm { term, meaning }).await?;
                self.say("Changed.").await?;
            }
            Act::Drop => {
                let reason = self.ask("why: everybody reads it in the mod log").await?;
                self.call(RemoveTerm { term, reason }).await?;
                self.say("Taken out.").await?;
            }
            _ => {
                let before = self.call(TermHistory { term }).await?;
                if before.is_empty() {
                    return self.say("It has always meant that.").await;
                }
                let now = self.now();
                for meaning in before.iter().rev() {
                    let (author, when) = (&meaning.author, ago(now, meaning.at));
                    self.say(&format!("{author}, {when}: {}", meaning.meaning)).await?;
                }
                return Ok(());
            }
        }
        Err(Turn::Instead(Place::Glossary))
    }

    /// The words of the glossary that are in a post, with their meanings.
    pub(super) async fn words_in(&mut self, reading: &Reading) -> Talked<()> {
        let (thread, no) = (reading.thread, reading.post.no);
        let words = self.call(TermsIn { thread, no }).await?;
        if words.is_empty() {
            return self.say("No word of the glossary is in this post.").await;
        }
        for term in &words {
            self.say_term(term).await?;
        }
        Ok(())
    }

    async fn say_term(&mut self, term: &TermView) -> Talked<()> {
        self.say(&format!("{}: {}", term.word, term.meaning)).await?;
        if let Some((thread, no, title)) = &term.first {
            self.say(&format!("First said in {title}: open {thread}.{no}")).await?;
        }
        let when = ago(self.now(), term.created_at);
        self.say(&format!("Added by {} {when}.", term.author)).await
    }
}
