//! What happened besides talk: reports and what the staff did about them, applications that wait, invites, drafts. All
//! of it goes through the door, as the people themselves would have done it, by a clock that stands where the story is;
//! so the queue, the logs and the notices hold exactly what the use cases leave.

mod care;
mod cohorts;
mod door;

use std::collections::HashMap;
use std::path::Path;

use super::Error;
use super::cast::{DAY_S, Person};
use super::fill::{Label, id_of};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{ApplicationId, BoardId, CaseId, MemberId, PostNo, RoomId, ThreadId};
use crate::domain::moderation::{Deed, NO_RULE, SuspendFor, Thing};
use crate::domain::question::{AskedOf, QuestionKind};
use crate::domain::room::LineKind;
use crate::domain::time::Timestamp;
use crate::service::accounts::SetUp;
use crate::service::applications::{
    AnswerApplicationQuestion, AskApplicant, DecideApplication, ListApplications, Vouch,
};
use crate::service::bans::MakeBan;
use crate::service::cases::{AskForSecond, ClaimCase, DecideCase, DecideMatter, ReportThing};
use crate::service::charter::ReadCharter;
use crate::service::drafts::SaveDraft;
use crate::service::invites::MakeInvite;
use crate::service::joining::{
    AcceptRule, AnswerDoorQuestion, AnswerWhy, JoiningState, StartJoining, SubmitApplication,
    WriteIntroduction,
};
use crate::service::moderation::{Moderate, UndoAct};
use crate::service::passwords::NewPassword;
use crate::service::posts::{From, ListPosts};
use crate::service::questions::SaveQuestion;
use crate::service::rooms::{ArrangeRoom, ProposeKeep, Say};
use crate::service::search::KeepSearch;
use crate::service::thanks::GiveThanks;
use crate::service::watch::{EvidenceAt, WatchMember, WatchSubject};
use crate::service::{Caller, Clock, Request, Service, Settings, Who};
use crate::store::Store;

/// What was said in the hall today: minutes before now, who, how, what.
const HALL: &[(i64, &str, LineKind, &str)] = &[
    (
        600,
        "zdenka",
        LineKind::Says,
        "Good morning. The square is all fog; the clock strikes somewhere inside it.",
    ),
    (598, "kofi", LineKind::Says, "Four minutes late, as always."),
    (590, "zdenka", LineKind::Does, "pours the first tea"),
    (180, "rosa", LineKind::Says, "Nine kilos of plums on my doorstep. No note. Who was it?"),
    (
        178,
        "elio",
        LineKind::Says,
        "Not me, but I know how long a dumpling takes: until it floats, and two minutes more.",
    ),
    (175, "wren", LineKind::Says, "Jam with a spoon of black tea in it. @rosa, I have jars, the big ones."),
    (174, "rosa", LineKind::Says, "Then bring them at six, and bring @elio, he talks while he stirs."),
    (25, "hanae", LineKind::Says, "Umeboshi would need another plum, and another year. I bring bread."),
];

const HOUR_S: i64 = 3_600;
const MINUTE_S: i64 = 60;

/// Rules of the first charter, by their numbers.
const BE_KIND: i64 = 1;
const STAYS_HERE: i64 = 3;
const NO_ADVERTS: i64 = 4;
const NO_DANGER: i64 = 5;

/// Where the scenes are played.
pub(super) struct Stage<'a> {
    service: &'a Service,
    clock: &'a Clock,
    now: Timestamp,
    people: HashMap<&'a str, MemberId>,
    labels: HashMap<&'static str, Label>,
}

/// Plays them in a community that is filled, and closes it.
///
/// # Errors
/// When a use case refuses, which would be a mistake in the story, or the file cannot be written.
pub async fn play(
    path: &Path,
    settings: &Settings,
    now: Timestamp,
    people: &[Person],
    labels: &[Label],
    boards: &HashMap<&str, BoardId>,
) -> Result<(), Error> {
    let clock = Clock::fixed(now);
    let service = Service::new(Store::open(path).await?, clock.clone(), settings.clone());
    let ids = (0..).zip(people).map(|(index, person)| (person.handle.as_str(), MemberId(id_of(index))));
    let stage = Stage {
        service: &service,
        clock: &clock,
        now,
        people: ids.collect(),
        labels: labels.iter().map(|label| (label.name, *label)).collect(),
    };
    stage.at(people.iter().map(|person| person.joined).max().unwrap_or(DAY_S));
    stage.host(SetUp).await?;
    // Before those who come in through the door now: posts are read in the order in which they came.
    if stage.people.contains_key("grumbold") {
        // The oldest first: the logs stand in the order in which things were done.
        stage.belonging().await?;
        stage.cohorts().await?;
    }
    stage.applications().await?;
    // The stories name people; in a place that is too small for all of them there is less to tell.
    if stage.people.contains_key("grumbold") {
        stage.tidy(boards).await?;
        stage.quarrels().await?;
        stage.drafts(boards).await?;
        stage.thanks().await?;
        stage.wall().await?;
        stage.searches().await?;
        stage.talk(boards).await?;
        stage.messages().await?;
        stage.glossary().await?;
        stage.host_is_asked(boards).await?;
        stage.watching().await?;
    }
    stage.invites().await?;
    stage.open_cases().await?;
    stage.waitlist().await?;
    service.store().close().await;
    Ok(())
}

impl Stage<'_> {
    /// Sets the clock to so many seconds before now.
    fn at(&self, age: i64) {
        self.clock.advance(self.now.0 - age - self.clock.now().0);
    }

    async fn host<R: Request>(&self, request: R) -> Result<R::Reply, Error> {
        Ok(self.service.call(&Caller::host(), request).await?)
    }

    /// Asks as a member.
    pub(super) async fn ask<R: Request>(&self, age: i64, who: &str, request: R) -> Result<R::Reply, Error> {
        let member = self.people.get(who).copied().unwrap_or(MemberId(1));
        self.at(age);
        let caller = Caller { who: Who::Member(member), ..Caller::GUEST };
        Ok(self.service.call(&caller, request).await?)
    }

    fn post(&self, label: &str) -> Option<Thing> {
        self.labels.get(label).map(|label| Thing::Post(label.post))
    }

    fn thread(&self, label: &str) -> Option<Thing> {
        self.labels.get(label).map(|label| Thing::Thread(label.thread))
    }

    async fn moderate(
        &self,
        age: i64,
        thing: Option<Thing>,
        deed: Deed,
        why: (i64, &str),
    ) -> Result<(), Error> {
        let Some(thing) = thing else { return Ok(()) };
        let request = Moderate { thing, deed, rule_no: why.0, reason: why.1.to_owned() };
        self.ask(age, "moderator", request).await.map(drop)
    }

    async fn report(
        &self,
        age: i64,
        who: &str,
        thing: Option<Thing>,
        rule_no: i64,
        note: &str,
    ) -> Result<Option<CaseId>, Error> {
        let Some(thing) = thing else { return Ok(None) };
        let reported = self.ask(age, who, ReportThing { thing, rule_no, note: note.to_owned() }).await?;
        Ok(Some(reported.case))
    }

    async fn decide(
        &self,
        age: i64,
        who: &str,
        case: Option<CaseId>,
        deeds: &[Deed],
        why: (i64, &str),
    ) -> Result<(), Error> {
        let Some(case) = case else { return Ok(()) };
        let request = DecideCase { case, deeds: deeds.to_vec(), rule_no: why.0, reason: why.1.to_owned() };
        self.ask(age, who, request).await.map(drop)
    }

    /// What keeps the boards tidy.
    async fn tidy(&self, boards: &HashMap<&str, BoardId>) -> Result<(), Error> {
        if let Some(radio) = boards.get("radio") {
            let age = 13 * DAY_S + 22 * HOUR_S;
            self.moderate(age, self.thread("selling"), Deed::MoveThread(*radio), (NO_RULE, "")).await?;
        }
        let age = 9 * DAY_S + 20 * HOUR_S;
        self.moderate(age, self.thread("minka"), Deed::PinThread, (NO_RULE, "")).await
    }

    /// Reports that were decided, and one slip that was undone.
    async fn quarrels(&self) -> Result<(), Error> {
        let days = |days: i64, hours: i64| days * DAY_S + hours * HOUR_S;
        let complaint =
            self.report(days(7, 19), "elio", self.post("fair"), BE_KIND, "He always complains.").await?;
        let insult = self
            .report(days(7, 17), "rosa", self.post("insult"), BE_KIND, "Hollis is not miserable.")
            .await?;
        let fine = (NO_RULE, "It is about a loudspeaker and not about a person.");
        self.decide(days(7, 16), "moderator", complaint, &[], fine).await?;
        if let Some(thing) = self.post("slip") {
            let reason = "The wrong line; sorry, Rosa.".to_owned();
            let request = Moderate { thing, deed: Deed::CollapsePost, rule_no: BE_KIND, reason };
            let slip = self.ask(days(7, 15), "moderator", request).await?;
            self.ask(days(7, 15) - 3 * MINUTE_S, "moderator", UndoAct { act: slip.act }).await?;
        }
        let spam =
            self.report(days(6, 1), "ilse", self.post("spam"), NO_ADVERTS, "He sells from here.").await?;
        self.report(days(6, 0), "kofi", self.post("spam"), NO_ADVERTS, "").await?;
        let answer = (
            NO_ADVERTS,
            "This is a shop sign. You may say that you make something, not that we should buy it.",
        );
        self.decide(days(5, 23), "sysop", spam, &[Deed::RemovePost, Deed::LockThread], answer).await?;
        self.fences(days(5, 22), spam).await?;
        let words =
            (BE_KIND, "You may find the fair lovely. Calling people miserable is not an argument for it.");
        self.decide(days(5, 21), "moderator", insult, &[Deed::CollapsePost, Deed::Warn], words).await?;
        let note = "He says that a toxic one is fine.";
        let mushroom = self.report(days(3, 2), "zdenka", self.post("mushroom"), NO_DANGER, note).await?;
        self.report(days(3, 2) - MINUTE_S, "nadia", self.post("mushroom"), NO_DANGER, "I know the ward.")
            .await?;
        let danger = (
            NO_DANGER,
            "Somebody could have eaten it. It is the third time in a fortnight; please take a week.",
        );
        self.decide(days(3, 0), "moderator", mushroom, &[Deed::RemovePost], danger).await?;
        self.suspended(days(3, 0), danger).await
    }

    /// A suspension that skips a step, so that two of the staff do it.
    async fn suspended(&self, age: i64, why: (i64, &str)) -> Result<(), Error> {
        let Some(thing) = self.post("mushroom") else { return Ok(()) };
        let deed = Deed::Suspend(SuspendFor::Hours168);
        let ask = AskForSecond { thing, deed, rule_no: why.0, reason: why.1.to_owned() };
        let matter = self.ask(age - 5 * MINUTE_S, "moderator", ask).await?;
        let reason = "Agreed: three times is a danger.".to_owned();
        self.ask(age - HOUR_S, "sysop", DecideMatter { matter, grant: true, reason }).await.map(drop)
    }

    /// Somebody whom the staff watch for a while, and a network that nobody connects from.
    async fn fences(&self, age: i64, case: Option<CaseId>) -> Result<(), Error> {
        if let Some(member) = self.people.get("grumbold").copied() {
            let reason = "Sells from here, and was asked not to.".to_owned();
            let evidence = case.map(EvidenceAt::Case);
            self.ask(age, "moderator", WatchMember { member, reason, evidence }).await?;
        }
        let watch = WatchSubject {
            what: "198.51.100.0/24".to_owned(),
            reason: "Three applications in one night that said the same.".to_owned(),
        };
        self.ask(age, "sysop", watch).await?;
        let ban = MakeBan {
            what: "203.0.113.0/24".to_owned(),
            reason: "Wrong passwords by the hundred, night after night.".to_owned(),
            until: Some(self.now.plus(24 * DAY_S)),
            sure: true,
        };
        self.ask(age, "sysop", ban).await.map(drop)
    }

    /// What waits in the queue: one case that two people reported, one that looks like a misunderstanding, one that
    /// is claimed.
    async fn open_cases(&self) -> Result<(), Error> {
        if !self.people.contains_key("grumbold") {
            return Ok(());
        }
        let note = "He is described so that everybody knows who it is.";
        self.report(34 * HOUR_S, "adaeze", self.post("naming"), STAYS_HERE, note).await?;
        let copied = "Should this stay up? Somebody might only read the first line.";
        let omelette = self.report(33 * HOUR_S, "ines", self.post("omelette"), NO_DANGER, copied).await?;
        self.report(
            32 * HOUR_S,
            "paz",
            self.post("naming"),
            STAYS_HERE,
            "He asked for help with it himself.",
        )
        .await?;
        let selling = "It says selling. My uncle told me to read the rules.";
        self.report(15 * HOUR_S, "piotr", self.thread("selling"), NO_ADVERTS, selling).await?;
        if let Some(case) = omelette {
            self.ask(25 * MINUTE_S, "sysop", ClaimCase { case }).await?;
        }
        Ok(())
    }

    /// Unfinished texts.
    async fn drafts(&self, boards: &HashMap<&str, BoardId>) -> Result<(), Error> {
        let draft = |target, title: &str, body: &str| SaveDraft {
            target,
            title: title.to_owned(),
            body: body.to_owned(),
            reply_to: None,
        };
        if let Some(rota) = self.labels.get("rota") {
            let words =
                "I looked at the calendar again: the 24th is the quiz, so I will be on, but slowly. Shall we";
            self.ask(26 * HOUR_S, "sysop", draft(DraftTarget::Reply(rota.thread), "", words)).await?;
        }
        if let Some(naming) = self.labels.get("naming") {
            let words = "Elio, I can take that part out for you. Before I do, may I ask you to";
            self.ask(3 * HOUR_S, "moderator", draft(DraftTarget::Reply(naming.thread), "", words)).await?;
        }
        if let Some(kitchen) = boards.get("kitchen") {
            let words = "The list for everybody who asked. Weigh *everything*, also the water:\n\n- 900 g rye\n- 720 g";
            let target = DraftTarget::Board(*kitchen);
            self.ask(7 * HOUR_S, "wren", draft(target, "Caraway rye, by weight", words)).await?;
        }
        if let Some(hello) = self.labels.get("theo") {
            let words = "Thank you! I will bring the iron and the";
            self.ask(9 * HOUR_S, "theo", draft(DraftTarget::Reply(hello.thread), "", words)).await?;
        }
        Ok(())
    }

    /// What was said today in the hall and at the kitchen table, and one proposal that waits for answers.
    async fn talk(&self, boards: &HashMap<&str, BoardId>) -> Result<(), Error> {
        let say = |room, kind, text: &str| Say { room, kind, text: text.to_owned(), from_field: false };
        let mut about_the_clock = None;
        for (minutes, who, kind, text) in HALL {
            let line = self.ask(minutes * MINUTE_S, who, say(RoomId(1), *kind, text)).await?;
            about_the_clock = about_the_clock.or((*who == "kofi").then_some(line));
        }
        let note = "He says that under everything I write. I would like somebody else to look.";
        let line = about_the_clock.map(Thing::Line);
        self.report(9 * HOUR_S, "zdenka", line, BE_KIND, note).await?;
        let keep = ProposeKeep {
            room: RoomId(1),
            lines: 4,
            board: boards.get("kitchen").copied(),
            title: "Plums, and what to do with nine kilos of them".to_owned(),
        };
        if keep.board.is_some() {
            self.ask(20 * MINUTE_S, "rosa", keep).await?;
        }
        let Some(kitchen) = boards.get("kitchen") else { return Ok(()) };
        let room = self.ask(9 * HOUR_S, "moderator", ArrangeRoom { board: *kitchen, open: true }).await?;
        let line = say(room, LineKind::Says, "Anybody up? I have a starter that has opinions.");
        self.ask(8 * HOUR_S, "wren", line).await.map(drop)
    }

    /// A few words of thanks, so that those who log in to look around find some on their own posts.
    async fn thanks(&self) -> Result<(), Error> {
        let mut threads: Vec<ThreadId> = self.labels.values().map(|label| label.thread).collect();
        threads.sort_unstable();
        threads.dedup();
        for thread in threads {
            let page = || ListPosts { thread, from: From::No(PostNo(1)) };
            let Ok(posts) = self.ask(8 * HOUR_S, "moderator", page()).await else { continue };
            let shown = posts.posts.into_iter().filter(|post| !post.state.is_tombstone());
            for (post, giver) in shown.zip(["wren", "tomasz", "moderator", "theo"]) {
                // Nobody thanks themselves, nor for what they cannot see.
                let other = self.people.contains_key(giver) && post.author != giver;
                if other && self.ask(8 * HOUR_S, giver, page()).await.is_ok() {
                    self.ask(2 * HOUR_S, giver, GiveThanks { thread, no: post.no }).await?;
                }
            }
        }
        Ok(())
    }

    /// What three of them looked for lately, offered again when they search.
    async fn searches(&self) -> Result<(), Error> {
        for who in ["wren", "moderator", "sysop"] {
            for text in ["has:code after:90d", "ducks from:ilse", "\"kettle\" board:kitchen -soup"] {
                self.ask(DAY_S, who, KeepSearch { text: text.to_owned() }).await?;
            }
        }
        Ok(())
    }

    async fn invites(&self) -> Result<(), Error> {
        let invite = |note: &str| MakeInvite { note: note.to_owned() };
        self.ask(5 * DAY_S, "moderator", invite("For Siobhan, who taught next door to me for eleven years."))
            .await?;
        self.ask(2 * DAY_S, "sysop", invite("")).await?;
        for (days, who, note) in [
            (9, "wren", "The miller. He knows more about rye than I do."),
            (3, "tomasz", "For the apprentice with the oscilloscope."),
            (1, "wren", "My sister, who will pretend not to care."),
        ] {
            if self.people.contains_key(who) {
                self.ask(days * DAY_S, who, invite(note)).await?;
            }
        }
        Ok(())
    }
}
