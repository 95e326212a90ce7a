//! Cohorts: joining, leaving, inviting, making one, and a cohort's page.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::list;
use super::write::Keep;
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::CohortId;
use crate::service::cohorts::{
    CallOffCohort, CheckpointView, CohortPage, CohortTexts, InviteToCohort, JoinCohort, ListCohorts,
    MakeCohort, Mine, Phase, ReadCohort, SetCheckpoint, day,
};
use crate::service::writing::PrepareWriting;

static LIST: Menu = Menu {
    name: "cohorts",
    entries: &[entry(Act::Make, "make", "", "", "for staff: make a cohort with its board")],
    main: 0,
    enter: Some(Act::Next),
    numbered: false,
};

static ONE: Menu = Menu {
    name: "cohort",
    entries: &[
        entry(Act::Accept, "join", "j", "", "join it, until it begins"),
        entry(Act::Drop, "quit-cohort", "", "", "leave the cohort, or say no to the invitation"),
        entry(Act::Open, "board", "o", "", "its board"),
        entry(Act::Profile, "person", "", "HANDLE", "a member's profile"),
        entry(Act::Ask, "invite", "i", "HANDLE", "for whoever looks after it: invite a member"),
        entry(Act::Edit, "asks", "", "WEEK", "for whoever looks after it: what a checkpoint asks"),
        entry(Act::Delete, "call-off", "", "", "for whoever looks after it: call it off before it begins"),
    ],
    main: 3,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn cohorts(&mut self) -> Talked<()> {
        loop {
            let cohorts = self.call(ListCohorts).await?;
            match cohorts.is_empty() {
                true => {
                    self.say("No cohort yet. The staff make them: for some weeks, with a board and buddies.")
                        .await?
                }
                false => self.say("Cohorts. Type a number to go there.").await?,
            }
            for (cohort, number) in cohorts.iter().zip(1..) {
                let mine = cohort.mine_words();
                let mine = if mine.is_empty() { String::new() } else { format!(", {mine}") };
                let (phase, people) = (cohort.phase_words(), cohort.people_words());
                self.say(&format!("{number} {}: {}. {phase}, {people}{mine}.", cohort.name, cohort.purpose))
                    .await?;
            }
            let names: Vec<String> = cohorts.iter().map(|cohort| cohort.name.clone()).collect();
            let said = self.command("cohorts", &LIST).await?;
            let done = match &said {
                Said::Act(..) => self.make_cohort().await,
                said => match self.picked(said, &names).await? {
                    Some(index) => Err(Turn::Open(Place::Cohort(cohorts[index].id))),
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn make_cohort(&mut self) -> Talked<()> {
        let mut texts = CohortTexts {
            name: self.ask("its name, which its board has too").await?,
            purpose: self.ask("what it is for, in one line").await?,
            starts: self.ask("the first day, such as 2026-12-01").await?,
            weeks: self.ask("for how many weeks").await?,
            weekday: self.ask("the day of the week of its checkpoints").await?,
            places: self.ask("how many places").await?,
            ..CohortTexts::default()
        };
        texts.closed = self.confirm("Is its board for its people only?").await?;
        let cohort = self.call(MakeCohort { texts }).await?;
        self.say("The cohort is there, and its board. invite asks members.").await?;
        Err(Turn::Open(Place::Cohort(cohort)))
    }

    pub(super) async fn cohort(&mut self, cohort: CohortId) -> Talked<()> {
        loop {
            let page = self.call(ReadCohort { cohort }).await?;
            self.say_cohort(&page).await?;
            let names: Vec<String> =
                page.checkpoints.iter().map(|checkpoint| format!("week {}", checkpoint.week)).collect();
            let said = self.command("cohort", &ONE).await?;
            let done = match &said {
                Said::Act(act, rest) => self.cohort_act(*act, rest, &page).await,
                said => match self.picked(said, &names).await? {
                    Some(index) => self.go_to_checkpoint(&page.checkpoints[index]).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn say_cohort(&mut self, page: &CohortPage) -> Talked<()> {
        let summary = &page.summary;
        let (phase, people, calendar) =
            (summary.phase_words(), summary.people_words(), summary.calendar_words());
        self.say(&format!("{}: {}.", summary.name, summary.purpose)).await?;
        self.say(&format!("{phase}, {people}. {calendar}. Host: {}.", summary.host)).await?;
        let seen = page.seen_words();
        let mine = summary.mine_words();
        let mine = if mine.is_empty() { String::new() } else { format!(" For you: {mine}.") };
        self.say(&format!("Its board: {seen}.{mine}")).await?;
        if let Some((_, tag)) = &page.tag {
            self.say(&format!("Those who were in it have the tag {tag}.")).await?;
        }
        let buddies: Vec<String> = page.buddies.iter().map(|(_, handle)| handle.clone()).collect();
        if !buddies.is_empty() {
            self.say(&format!("With you: {}.", list(&buddies))).await?;
        }
        for (checkpoint, number) in page.checkpoints.iter().zip(1..) {
            self.say(&format!("{number} {}.", checkpoint_words(checkpoint))).await?;
        }
        let people: Vec<String> = page.people.iter().map(|(_, handle)| handle.clone()).collect();
        if !people.is_empty() {
            self.say(&format!("In it: {}.", list(&people))).await?;
        }
        if !page.invited.is_empty() {
            self.say(&format!("Invited: {}.", list(&page.invited))).await?;
        }
        Ok(())
    }

    async fn go_to_checkpoint(&mut self, checkpoint: &CheckpointView) -> Talked<()> {
        match (checkpoint.thread, checkpoint.open) {
            (Some(thread), _) => Err(Turn::Open(Place::thread(thread))),
            (None, true) => self.say("Only its people see its board.").await,
            (None, false) => self.say(&format!("It opens by itself on {}.", day(checkpoint.opens_at))).await,
        }
    }

    /// What a checkpoint asks, for whoever looks after the cohort.
    pub(super) async fn checkpoint(&mut self, cohort: CohortId, week: i64) -> Talked<()> {
        let target = DraftTarget::of(Form::Checkpoint(cohort, week));
        let prepared = self.call(PrepareWriting { target: target.clone(), answers: None }).await?;
        if let Some(why) = &prepared.refusal {
            return self.say(why).await;
        }
        self.say(&format!(
            "What checkpoint {week} of {} asks. An empty text is the standard one.",
            prepared.board
        ))
        .await?;
        let start = prepared.draft.map_or(prepared.text, |draft| draft.body);
        if let Some(prompt) = self.write_form(&start, &Keep::of(target)).await? {
            self.call(SetCheckpoint { cohort, week, prompt }).await?;
            self.say("That is what it asks.").await?;
        }
        Ok(())
    }

    async fn cohort_act(&mut self, act: Act, rest: &str, page: &CohortPage) -> Talked<()> {
        let cohort = page.summary.id;
        match act {
            Act::Accept => {
                self.call(JoinCohort { cohort, join: true }).await?;
                self.say("You are in. You are told when it begins, and who your buddies are.").await
            }
            Act::Drop => {
                let running =
                    matches!(page.summary.phase, Phase::Running(_)) && page.summary.mine == Mine::In;
                if running && !self.confirm("Leave it? You cannot come back.").await? {
                    return Err(Turn::Cancelled);
                }
                self.call(JoinCohort { cohort, join: false }).await?;
                self.say("You have left it. Thank you for having been there.").await
            }
            Act::Open => match &page.board {
                Some((board, _)) => Err(Turn::Open(Place::Board(*board))),
                None => self.say("Only its people see its board.").await,
            },
            Act::Profile => {
                let handle = if rest.is_empty() { self.ask("whose").await? } else { rest.to_owned() };
                match page.people.iter().find(|(_, known)| known.eq_ignore_ascii_case(&handle)) {
                    Some((member, _)) => Err(Turn::Open(Place::Profile(*member))),
                    None => self.say(&format!("{handle} is not in it.")).await,
                }
            }
            Act::Ask => {
                let handle = if rest.is_empty() { self.ask("whom").await? } else { rest.to_owned() };
                self.call(InviteToCohort { cohort, handle }).await?;
                self.say("Asked. They join in their own time, until it begins.").await
            }
            Act::Edit => {
                let week = if rest.is_empty() { self.ask("which week").await? } else { rest.to_owned() };
                self.checkpoint(cohort, week.trim().parse().unwrap_or(0)).await
            }
            Act::Delete => {
                if !self.confirm("Call it off? Whoever had joined is told, and its board closes.").await? {
                    return Err(Turn::Cancelled);
                }
                self.call(CallOffCohort { cohort }).await?;
                self.say("Called off.").await
            }
            _ => Ok(()),
        }
    }
}

fn checkpoint_words(checkpoint: &CheckpointView) -> String {
    let CheckpointView { week, opens_at, answered, .. } = checkpoint;
    match (checkpoint.open, answered.is_empty()) {
        (false, _) => format!("week {week}, opens on {}", day(*opens_at)),
        (true, true) => format!("week {week}, open since {}", day(*opens_at)),
        (true, false) => {
            format!("week {week}, open since {}, answered by {}", day(*opens_at), list(answered))
        }
    }
}
