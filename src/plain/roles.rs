//! Who does what here: answering offers, stepping down, and, for staff, offering.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use crate::domain::time::{Zone, date};
use crate::service::roles::{
    AnswerOffer, EndRole, ListDuties, ListRoles, OfferRole, RoleLine, RoleState, TakeBackOffer,
};

static MENU: Menu = Menu {
    name: "roles",
    entries: &[
        entry(Act::Accept, "accept", "a", "NUMBER", "accept the role that you are asked to take on"),
        entry(Act::Decline, "decline", "d", "NUMBER", "decline it"),
        entry(Act::Drop, "end", "", "NUMBER", "step down; for staff: end that role, or take the offer back"),
        entry(Act::Ask, "offer", "", "HANDLE", "for staff: ask a member to take on a role"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn roles(&mut self) -> Talked<()> {
        loop {
            let lines = self.call(ListRoles).await?;
            match lines.is_empty() {
                true => self.say("Nobody has a role yet. The sysop offers them.").await?,
                false => self.say("Who does what here.").await?,
            }
            let zone = self.zone();
            for (line, number) in lines.iter().zip(1..) {
                self.say(&format!("{number} {}.", role_words(line, &zone))).await?;
            }
            let names: Vec<String> = lines.iter().map(|line| line.handle.clone()).collect();
            let said = self.command("roles", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Ask, handle) => self.offer_role(handle).await,
                Said::Act(act @ (Act::Accept | Act::Decline | Act::Drop), rest) => {
                    match self.picked(&Said::from_rest(rest), &names).await? {
                        Some(index) => self.do_role(*act, &lines[index]).await,
                        None => Ok(()),
                    }
                }
                said => match self.picked(said, &names).await? {
                    Some(index) => Err(Turn::Open(Place::Profile(lines[index].member))),
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn do_role(&mut self, act: Act, line: &RoleLine) -> Talked<()> {
        match (act, &line.state, line.term) {
            (Act::Accept | Act::Decline, RoleState::Offered { .. }, Some(term)) if line.mine => {
                let accept = act == Act::Accept;
                self.call(AnswerOffer { term, accept }).await?;
                self.say(if accept {
                    "Thank you for taking it on."
                } else {
                    "Declined. Thank you for saying so."
                })
                .await
            }
            (Act::Accept | Act::Decline, ..) => self.say("You are not asked that.").await,
            (_, RoleState::Offered { .. }, Some(term)) => {
                self.call(TakeBackOffer { term }).await?;
                self.say("The offer is taken back.").await
            }
            _ => {
                let reason = match line.mine {
                    true if !self.confirm(&format!("Step down as {}?", line.words)).await? => {
                        return Err(Turn::Cancelled);
                    }
                    true => String::new(),
                    false => self.ask("why, in words that all members read").await?,
                };
                self.call(EndRole { member: line.member, duty: line.duty, reason }).await?;
                self.say("The role has ended.").await
            }
        }
    }

    async fn offer_role(&mut self, handle: &str) -> Talked<()> {
        let handle = if handle.is_empty() { self.ask("whom").await? } else { handle.to_owned() };
        let Some(member) = self.member_called(&handle).await? else {
            return self.say(&format!("There is no member called {handle}. members lists them.")).await;
        };
        let duties = self.call(ListDuties { member }).await?;
        for ((_, words), number) in duties.iter().zip(1..) {
            self.say(&format!("{number} {words}")).await?;
        }
        let names: Vec<String> = duties.iter().map(|(_, words)| words.clone()).collect();
        let said = Said::from_rest(&self.ask("which, by its number").await?);
        let Some(index) = self.picked(&said, &names).await? else { return Ok(()) };
        self.call(OfferRole { member, duty: duties[index].0, days: None }).await?;
        self.say("Asked. They say yes or no in their own time; you are told.").await
    }
}

fn role_words(line: &RoleLine, zone: &Zone) -> String {
    let RoleLine { handle, words, .. } = line;
    match &line.state {
        RoleState::Held { until: Some(at) } => format!("{handle}, {words}, until {}", date(*at, zone)),
        RoleState::Held { until: None } => format!("{handle}, {words}"),
        RoleState::Offered { days, by } if line.mine => {
            let by = by.as_deref().unwrap_or("the host");
            format!("{by} asks whether you would be {words}, for {days} days")
        }
        RoleState::Offered { days, .. } => format!("{handle} is asked to be {words}, for {days} days"),
    }
}
