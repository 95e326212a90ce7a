//! One's own choices.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use crate::service::members::{CHOICES, Choice, Kind, SetChoice};

static MENU: Menu = Menu {
    name: "settings",
    entries: &[
        entry(Act::Edit, "edit", "e", "", "edit your profile"),
        entry(Act::Keys, "keys", "k", "", "your keys and your password"),
        entry(Act::Again, "again", "a", "", "say them once more"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: false,
};

impl Talk {
    pub(super) async fn settings(&mut self) -> Talked<()> {
        if self.arrives() {
            self.say_settings().await?;
        }
        let names: Vec<String> = CHOICES.iter().map(|choice| choice.label.to_owned()).collect();
        loop {
            let said = self.command("settings", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Edit, _) => Err(Turn::Open(Place::EditProfile)),
                Said::Act(Act::Keys, _) => Err(Turn::Open(Place::Keys)),
                Said::Act(..) => self.say_settings().await,
                said => match self.picked(said, &names).await? {
                    Some(index) => self.set_choice(&CHOICES[index]).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn say_settings(&mut self) -> Talked<()> {
        self.say("Settings. Type a number to change one.").await?;
        for (choice, number) in CHOICES.iter().zip(1..) {
            let words = choice.words(self.me.choice(choice.name).unwrap_or_default()).to_owned();
            self.say(&format!("{number} {}: {words}", choice.label)).await?;
        }
        Ok(())
    }

    async fn set_choice(&mut self, choice: &Choice) -> Talked<()> {
        self.say(&format!("{}: {}", choice.label, choice.help)).await?;
        let value = match choice.kind {
            Kind::OneOf(values) => {
                let words: Vec<String> = values.iter().map(|(_, words)| (*words).to_owned()).collect();
                let index = self.choose("Which?", &words).await?;
                values.get(index).map(|(value, _)| (*value).to_owned()).ok_or(Turn::Cancelled)?
            }
            Kind::Text { empty, ask, .. } => {
                let question = format!("{} or Enter for {empty}", ask.trim_end_matches(':'));
                self.ask_any(&question).await?.trim().to_owned()
            }
        };
        self.call(SetChoice { name: choice.name.to_owned(), value: value.clone() }).await?;
        self.say(&format!("{}: {}, from now on.", choice.label, choice.words(&value))).await?;
        self.refresh().await
    }
}
