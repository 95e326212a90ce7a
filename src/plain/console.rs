//! The sysop's console (M8): the same sections, rows and offers as on the screens.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Talked, Turn};
use crate::service::console::{ConsoleAct, Offer, Page, Question, Row, Section, ShowConsole, act};

static MENU: Menu = Menu { name: "console", entries: &[], main: 0, enter: None, numbered: false };

static PART: Menu = Menu {
    name: "section",
    entries: &[
        entry(Act::Make, "new", "", "", "what can be done that is about nothing in the list"),
        entry(Act::Undo, "undo", "u", "", "take back the last change here"),
        entry(Act::Again, "again", "a", "", "say it once more"),
    ],
    main: 3,
    enter: None,
    numbered: false,
};

impl Talk {
    pub(super) async fn console(&mut self) -> Talked<()> {
        let names: Vec<String> = Section::ALL.iter().map(|section| section.title().to_owned()).collect();
        loop {
            self.say("The console. Type a number.").await?;
            for (section, number) in Section::ALL.iter().zip(1..) {
                self.say(&format!("{number} {}: {}", section.title(), section.what())).await?;
            }
            let said = self.command("console", &MENU).await?;
            if let Some(index) = self.picked(&said, &names).await? {
                match self.section(Section::ALL[index]).await {
                    Err(Turn::Back | Turn::Cancelled) => {}
                    other => self.recover(other).await?,
                }
            }
        }
    }

    async fn section(&mut self, section: Section) -> Talked<()> {
        let mut undo: Option<ConsoleAct> = None;
        let mut page = self.say_section(section).await?;
        loop {
            let names: Vec<String> = page.rows.iter().map(|row| row.label.clone()).collect();
            let said = self.command(section.title(), &PART).await?;
            let done = match &said {
                Said::Act(Act::Make, _) => self.offers(&page.offers, None).await,
                Said::Act(Act::Undo, _) => match undo.take() {
                    Some(act) => Ok(Some(act)),
                    None => self.say("There is nothing to undo here.").await.map(|()| None),
                },
                Said::Act(..) => {
                    page = self.say_section(section).await?;
                    continue;
                }
                said => match self.picked(said, &names).await? {
                    Some(index) => {
                        let row = &page.rows[index];
                        let words = [row.label.as_str(), row.value.as_str(), row.help.as_str()];
                        let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
                        self.say(&words.join(". ")).await?;
                        self.offers(&row.offers, Some(row)).await
                    }
                    None => Ok(None),
                },
            };
            let acted = match done {
                Ok(Some(act)) => self.call(act).await.map(Some),
                Ok(None) => Ok(None),
                Err(Turn::Cancelled) => self.say("Nothing is done.").await.map(|()| None),
                Err(other) => Err(other),
            };
            match acted {
                Ok(Some(done)) => {
                    self.say(&done.words).await?;
                    for line in &done.shows {
                        self.say(line).await?;
                    }
                    undo = done.undo;
                    page = self.call(ShowConsole { section }).await?;
                }
                Ok(None) => {}
                Err(other) => self.recover(Err(other)).await?,
            }
        }
    }

    async fn say_section(&mut self, section: Section) -> Talked<Page> {
        let page = self.call(ShowConsole { section }).await?;
        self.say(&format!("{}. Type a number.", section.title())).await?;
        if page.rows.is_empty() {
            self.say("Nothing is here yet.").await?;
        }
        for (row, number) in page.rows.iter().zip(1..) {
            self.say(&format!("{number} {}: {}", row.label, row.value)).await?;
        }
        Ok(page)
    }

    /// Chooses one of some offers and asks its questions.
    async fn offers(&mut self, offers: &[Offer], row: Option<&Row>) -> Talked<Option<ConsoleAct>> {
        let index = match offers {
            [] => return self.say("There is nothing to do about it here.").await.map(|()| None),
            [_] => 0,
            several => {
                let names: Vec<String> = several.iter().map(|offer| offer.deed.name().to_owned()).collect();
                self.choose("What is to be done?", &names).await?
            }
        };
        let Some(offer) = offers.get(index) else { return Ok(None) };
        let mut answers = Vec::new();
        for question in &offer.questions {
            match question {
                Question::Text { ask, now } if now.is_empty() => answers.push(self.ask_any(ask).await?),
                Question::Text { ask, now } => {
                    let answer = self.ask_any(&format!("{ask} (Enter for: {now})")).await?;
                    answers.push(if answer.trim().is_empty() { now.clone() } else { answer });
                }
                Question::Choice { ask, answers: known } => {
                    let words: Vec<String> = known.iter().map(|(_, words)| words.clone()).collect();
                    let index = self.choose(ask, &words).await?;
                    let (value, _) = known.get(index).ok_or(Turn::Cancelled)?;
                    answers.push(value.clone());
                }
                Question::Sure(ask) => {
                    let answer = self.ask(&format!("{ask} yes or no")).await?;
                    if !matches!(answer.to_lowercase().as_str(), "yes" | "y") {
                        return Err(Turn::Cancelled);
                    }
                }
            }
        }
        Ok(Some(act(offer.deed, row.map_or("", |row| row.id.as_str()), answers)))
    }
}
