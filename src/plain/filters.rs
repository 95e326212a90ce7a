//! The filters of the staff: make, try, switch, take out.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::draft::{Form, LineFor};
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::service::boards::ListBoards;
use crate::service::charter::ReadCharter;
use crate::service::filters::{
    DRY_RUN_DAYS, Filter, ListFilters, MakeFilter, RemoveFilter, SwitchFilter, TryFilter,
};

static MENU: Menu = Menu {
    name: "filters",
    entries: &[
        entry(Act::Make, "make", "", "", "make a filter; it is off until you switch it on"),
        entry(Act::Accept, "switch", "", "NUMBER", "switch one on, after what it would have met, or off"),
        entry(Act::Drop, "drop", "", "NUMBER", "take one out, after a question"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn filters(&mut self) -> Talked<()> {
        let filters = self.call(ListFilters).await?;
        match filters.is_empty() {
            true => self.say("No filters; make makes one.").await?,
            false => self.say("The filters. Type a number to hear what one would have met.").await?,
        }
        for (filter, number) in filters.iter().zip(1..) {
            let on = if filter.enabled { "on" } else { "off" };
            let action = filter.action;
            self.say(&format!("{number} {on}, {action}: {}. {}", filter.pattern, filter.reason)).await?;
        }
        let names: Vec<String> = filters.iter().map(|filter| filter.pattern.clone()).collect();
        loop {
            let said = self.command("filters", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Make, _) => self.make_filter().await,
                Said::Act(act, rest) => match self.picked(&Said::from_rest(rest), &names).await? {
                    Some(index) => self.change_filter(*act, &filters[index]).await,
                    None => Ok(()),
                },
                said => match self.picked(said, &names).await? {
                    Some(index) => self.try_filter(&filters[index]).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn try_filter(&mut self, filter: &Filter) -> Talked<()> {
        let run = self.call(TryFilter { filter: filter.id }).await?;
        let (count, of) = (run.count, run.looked_at);
        self.say(&format!("In {DRY_RUN_DAYS} days it would have met {count} of {of} posts.")).await?;
        let now = self.now();
        for found in run.found {
            let when = ago(now, found.at);
            self.say(&format!(
                "{}.{} by {}, {when}: {}",
                found.thread, found.no, found.author, found.excerpt
            ))
            .await?;
        }
        Ok(())
    }

    async fn change_filter(&mut self, act: Act, filter: &Filter) -> Talked<()> {
        if act == Act::Drop {
            if !self.confirm("Take it out?").await? {
                return Err(Turn::Cancelled);
            }
            self.call(RemoveFilter { filter: filter.id }).await?;
            self.say("It is out.").await?;
            return Err(Turn::Instead(Place::Filters));
        }
        if !filter.enabled {
            self.try_filter(filter).await?;
            if !self.confirm("Switch it on?").await? {
                return Err(Turn::Cancelled);
            }
        }
        self.call(SwitchFilter { filter: filter.id, on: !filter.enabled }).await?;
        self.say(if filter.enabled { "It is off." } else { "It is on." }).await?;
        Err(Turn::Instead(Place::Filters))
    }

    async fn make_filter(&mut self) -> Talked<()> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let kinds = words(&["words", "a pattern, a regular expression"]);
        let is_words = self.choose("What does it look for?", &kinds).await? == 0;
        let pattern = self.ask(if is_words { "words" } else { "pattern" }).await?;
        let actions = words(&["a note to its author while writing", "wait for a moderator", "refuse it"]);
        let action = self.choose("What happens to a text that has it?", &actions).await?;
        let scopes = words(&["newcomers", "everybody but the staff"]);
        let scope = self.choose("Whose texts?", &scopes).await?;
        let boards = self.call(ListBoards).await?.boards;
        let names = boards.iter().map(|board| board.name.clone());
        let places: Vec<String> = ["everywhere".to_owned()].into_iter().chain(names).collect();
        let place = self.choose("Where?", &places).await?;
        let rules = self.call(ReadCharter).await?.rules;
        let rule_no = self.choose_rule(&rules).await?.no;
        let form = Form::Line(LineFor::Filter, 0);
        let reason = self.ask_kept_words("a kind sentence that the author reads", form).await?;
        let (Some(action), Some(scope)) = (FilterAction::ALL.get(action), FilterScope::ALL.get(scope)) else {
            return Err(Turn::Cancelled);
        };
        let board = place.checked_sub(1).and_then(|at| boards.get(at)).map(|board| board.id);
        let new = MakeFilter { pattern, is_words, action: *action, scope: *scope, board, reason, rule_no };
        self.call(new).await?;
        self.drop_kept(form).await?;
        self.say("It is there, and off.").await?;
        Err(Turn::Instead(Place::Filters))
    }
}
