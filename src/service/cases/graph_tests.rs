//! M4's AC over random graphs of people: who invited, blocked, reported and sanctioned whom, in any mixture. Whatever they
//! look at (the queue, a case, an appeal, a second pair of eyes, a jury, the counts, their notifications, the logs), nobody
//! sees, let alone decides, what they are part of; and somebody who is no part of it can decide it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::scene::{id, write};
use super::*;
use crate::domain::ids::{CaseId, MatterId, MemberId, PostId};
use crate::domain::member::{Level, Role};
use crate::domain::moderation::{Deed, Thing};
use crate::service::blocks::BlockMember;
use crate::service::logs::ReadAuditLog;
use crate::service::moderation::{CountWaiting, Moderate};
use crate::service::notifications::{LeadsTo, ListNotifications};
use crate::service::testing::Place;
use crate::service::writing::StartThread;
use crate::service::{Caller, Error, Result};
use crate::store::testing;

/// People in a graph: the first ones are staff, the very first the sysop.
const PEOPLE: usize = 10;
const STAFF: usize = 4;

/// What happens, by number of the person.
#[derive(Clone, Debug)]
struct Graph {
    /// How many of the staff there are.
    staff: usize,
    inviters: Vec<Option<usize>>,
    blocks: Vec<(usize, usize)>,
    /// Who acted on whom, with a warning or not, and whether the appeal is for a jury.
    acts: Vec<(usize, usize, bool, bool)>,
    /// Who reported whose post.
    reports: Vec<(usize, usize)>,
    /// Who would remove whom.
    removals: Vec<(usize, usize)>,
}

fn graphs() -> impl Strategy<Value = Graph> {
    let who = || 0..PEOPLE;
    let some = |most: usize| 0..most;
    (
        1..=STAFF,
        proptest::collection::vec(proptest::option::of(who()), PEOPLE),
        proptest::collection::vec((who(), who()), some(8)),
        proptest::collection::vec((0..STAFF, who(), any::<bool>(), any::<bool>()), 1..4),
        proptest::collection::vec((who(), who()), some(6)),
        proptest::collection::vec((0..STAFF, who()), some(3)),
    )
        .prop_map(|(staff, inviters, blocks, acts, reports, removals)| Graph {
            staff,
            inviters,
            blocks,
            acts,
            reports,
            removals,
        })
}

/// An appeal or a removal that waits, with who is part of it whatever else there is.
struct Waits {
    matter: MatterId,
    about: usize,
    part: BTreeSet<usize>,
    appeal: bool,
}

struct Town {
    place: Place,
    people: Vec<Caller>,
    graph: Graph,
    cases: Vec<(CaseId, usize)>,
    matters: Vec<Waits>,
}

impl Town {
    async fn build(graph: Graph) -> Self {
        let place = Place::new().await;
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let role = match number {
                0 => Role::Sysop,
                number if number < graph.staff => Role::Moderator,
                _ => Role::Member,
            };
            people.push(place.member(&format!("p{number}"), Level::Regular, role).await);
        }
        let mut town = Self { place, people, graph, cases: Vec::new(), matters: Vec::new() };
        town.relations().await;
        let posts = town.posts().await;
        let done = town.acts(&posts).await;
        town.reports(&posts).await;
        town.removals().await;
        town.appeals(done).await;
        town
    }

    async fn relations(&self) {
        for (number, inviter) in self.graph.inviters.iter().enumerate() {
            if let Some(inviter) = inviter.filter(|inviter| *inviter != number) {
                let store = self.place.service.store();
                testing::invite(store, id(&self.people[number]), id(&self.people[inviter])).await;
            }
        }
        for (by, whom) in self.graph.blocks.iter().filter(|(by, whom)| by != whom) {
            let block = BlockMember { member: id(&self.people[*whom]), blocked: true };
            self.place.call(&self.people[*by], block).await.unwrap();
        }
    }

    async fn posts(&self) -> Vec<PostId> {
        let board = self.place.board("talk").await;
        let opener = self.place.member("opener", Level::Member, Role::Member).await;
        let start = StartThread { board, title: "Talk".to_owned(), body: "Go on.".to_owned() };
        let thread = self.place.call(&opener, start).await.unwrap().thread;
        let mut posts = Vec::new();
        for who in &self.people {
            posts.push(write(&self.place, who, thread, "words").await.post);
        }
        posts
    }

    /// What was done to whom by whom; what the policy refuses is left out.
    async fn acts(&self, posts: &[PostId]) -> Vec<(crate::domain::ids::ActId, usize, usize, bool)> {
        let mut done = Vec::new();
        for (by, whom, warns, jury) in &self.graph.acts {
            let deed = if *warns { Deed::Warn } else { Deed::CollapsePost };
            let (thing, reason) = (Thing::Post(posts[*whom]), "So.".to_owned());
            let act = Moderate { thing, deed, rule_no: 0, reason };
            if let Ok(acted) = self.place.call(&self.people[*by], act).await {
                done.push((acted.act, *by, *whom, *jury));
            }
        }
        done
    }

    async fn reports(&mut self, posts: &[PostId]) {
        for (by, whose) in self.graph.reports.clone().iter().filter(|(by, whose)| by != whose) {
            let report = ReportThing { thing: Thing::Post(posts[*whose]), rule_no: 0, note: String::new() };
            if let Ok(reported) = self.place.call(&self.people[*by], report).await {
                self.cases.push((reported.case, *whose));
            }
        }
        self.cases.sort_unstable();
        self.cases.dedup();
    }

    async fn removals(&mut self) {
        for (by, whom) in self.graph.removals.clone() {
            let (thing, reason) = (Thing::Member(id(&self.people[whom])), "Enough.".to_owned());
            let ask = AskForSecond { thing, deed: Deed::RemoveMember, rule_no: 0, reason };
            if let Ok(matter) = self.place.call(&self.people[by], ask).await {
                let part = BTreeSet::from([by, whom]);
                self.matters.push(Waits { matter, about: whom, part, appeal: false });
            }
        }
    }

    async fn appeals(&mut self, done: Vec<(crate::domain::ids::ActId, usize, usize, bool)>) {
        for (act, by, whom, jury) in done {
            let to = if jury { AppealTo::Jury } else { AppealTo::Staff };
            let appeal = AppealAct { act, words: "No.".to_owned(), to };
            self.place.call(&self.people[whom], appeal).await.unwrap();
            let matter = MatterId(i64::try_from(self.matters.len()).unwrap() + 1);
            let part = BTreeSet::from([by, whom]);
            self.matters.push(Waits { matter, about: whom, part, appeal: true });
        }
    }

    /// Who has a report on something of a member's: no report is decided while one looks.
    fn reporters(&self, of: usize) -> BTreeSet<usize> {
        let reports = self.graph.reports.iter();
        reports.filter(|(by, whose)| *whose == of && by != whose).map(|(by, _)| *by).collect()
    }

    /// Their inviter, and whoever has blocked them or is blocked by them.
    fn near(&self, of: usize) -> BTreeSet<usize> {
        let mut near: BTreeSet<usize> =
            self.graph.inviters[of].into_iter().filter(|who| *who != of).collect();
        for (by, whom) in &self.graph.blocks {
            match (*by == of, *whom == of) {
                (true, false) => near.insert(*whom),
                (false, true) => near.insert(*by),
                _ => false,
            };
        }
        near
    }

    async fn shown(&self, who: usize) -> (BTreeSet<CaseId>, BTreeSet<MatterId>) {
        let (mut cases, mut matters) = (BTreeSet::new(), BTreeSet::new());
        let Ok(queue) = self.place.call(&self.people[who], ListQueue).await else { return (cases, matters) };
        assert!(who < self.graph.staff, "the queue is for the staff");
        let counted = self.place.call(&self.people[who], CountWaiting).await.unwrap().queue;
        assert_eq!(counted, queue.items.len(), "p{who}: what is counted is what is shown");
        for item in queue.items {
            match item.kind {
                QueueKind::Case { case, .. } => cases.insert(case),
                QueueKind::Matter { matter, .. } => matters.insert(matter),
                other => panic!("{other:?}"),
            };
        }
        (cases, matters)
    }

    async fn opens(&self, who: usize, matter: MatterId) -> Option<MatterFile> {
        let opened = self.place.call(&self.people[who], OpenMatter { matter }).await;
        // Without a reason nothing is decided; whoever may not decide does not even hear that.
        let decide = DecideMatter { matter, grant: true, reason: String::new() };
        let decided = self.place.call(&self.people[who], decide).await;
        match (&opened, &decided) {
            (Ok(_), Err(Error::Invalid(_))) => {}
            (Err(_), Err(Error::NotFound("matter") | Error::Denied(_))) => {}
            other => panic!("p{who}: {other:?}"),
        }
        opened.ok()
    }

    /// Who sits on a jury, by what they can open; and nobody else was told of it.
    async fn jurors(&self, matter: MatterId) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (who, caller) in self.people.iter().enumerate() {
            let told = self.place.call(caller, ListNotifications).await.unwrap().rows;
            let told = told.iter().any(|row| row.leads_to == LeadsTo::Jury(matter));
            let opened = self.place.call(caller, OpenJury { matter }).await.is_ok();
            let vote = VoteOnAppeal { matter, undo: true, reason: String::new() };
            let votes = match self.place.call(caller, vote).await {
                Err(Error::Invalid(_)) => true,
                Err(Error::NotFound("jury")) => false,
                other => panic!("p{who}: {other:?}"),
            };
            assert!(told == opened && opened == votes, "p{who}: told {told}, opens {opened}, votes {votes}");
            if opened {
                found.insert(who);
            }
        }
        found
    }
}

async fn check(graph: Graph) {
    let town = Town::build(graph).await;
    check_cases(&town).await;
    check_matters(&town).await;
    check_juries_in_the_night(&town).await;
}

async fn check_cases(town: &Town) {
    for (case, author) in &town.cases {
        let reporters = town.reporters(*author);
        let near = town.near(*author);
        let hard = |who: &usize| who == author || reporters.contains(who);
        let staff: Vec<usize> = (0..town.graph.staff).collect();
        let somebody_clear = staff.iter().any(|who| !hard(who) && !near.contains(who));
        let mut handled = false;
        for who in 0..PEOPLE {
            let listed = town.shown(who).await.0.contains(case);
            let opened = town.place.call(&town.people[who], OpenCase { case: *case }).await.is_ok();
            assert_eq!(listed, opened, "p{who}: case {case} in the list and opened");
            assert!(!(opened && hard(&who)), "p{who} sees case {case}, which they are part of");
            assert!(!(opened && near.contains(&who) && somebody_clear), "p{who} stands near case {case}");
            if !opened {
                let none = DecideCase { case: *case, deeds: Vec::new(), rule_no: 0, reason: String::new() };
                assert!(town.place.call(&town.people[who], none).await.is_err());
                let log = town.place.call(&town.people[who], ReadAuditLog::default()).await;
                let entries: Result<Vec<_>> = log.map(|log| log.entries);
                let seen =
                    entries.unwrap_or_default().iter().any(|entry| entry.what == format!("case {case}"));
                assert!(!seen, "p{who} reads of case {case} in the log");
            }
            handled |= opened;
        }
        assert_eq!(
            handled,
            staff.iter().any(|who| !hard(who)),
            "somebody handles case {case} if anybody can"
        );
    }
}

async fn check_matters(town: &Town) {
    for waits in &town.matters {
        let matter = waits.matter;
        let hard: BTreeSet<usize> = waits.part.union(&town.reporters(waits.about)).copied().collect();
        let near = town.near(waits.about);
        let staff: Vec<usize> = (0..town.graph.staff).collect();
        let free = staff.iter().any(|who| !hard.contains(who));
        let clear = staff.iter().any(|who| !hard.contains(who) && !near.contains(who));
        let jury = town.jurors(matter).await;
        let mut handled = false;
        for who in 0..PEOPLE {
            let listed = town.shown(who).await.1.contains(&matter);
            let file = town.opens(who, matter).await;
            assert_eq!(listed, file.is_some(), "p{who}: matter {matter:?} in the list and opened");
            let Some(file) = file else { continue };
            handled = true;
            assert!(jury.is_empty(), "p{who} sees what a jury has");
            assert!(who < town.graph.staff && who != waits.about, "p{who}");
            assert!(!(near.contains(&who) && clear), "p{who} stands near, and others are free");
            // The last resort: nobody else of the staff, nobody to draw, and the record says so.
            let last = waits.appeal && !free && file.alone && who == 0;
            assert!(!hard.contains(&who) || last, "p{who} sees matter {matter:?}, which they are part of");
            assert_eq!(file.alone, hard.contains(&who));
        }
        check_jury(town, waits, &hard, &jury);
        if waits.appeal {
            assert!(handled || !jury.is_empty() || waits.about == 0, "nobody looks at {matter:?}");
        } else {
            assert_eq!(handled, free, "somebody looks at {matter:?} if anybody can");
        }
    }
}

/// Nobody on a jury is part of it, stands near, or is staff; and it has as many as there are, three at most.
fn check_jury(town: &Town, waits: &Waits, hard: &BTreeSet<usize>, jury: &BTreeSet<usize>) {
    let mut aside: BTreeSet<usize> = hard.union(&town.near(waits.about)).copied().collect();
    aside.extend((0..PEOPLE).filter(|who| town.graph.inviters[*who] == Some(waits.about)));
    aside.extend(0..town.graph.staff);
    for who in jury {
        assert!(waits.appeal && !aside.contains(who), "p{who} sits on the jury of {:?}", waits.matter);
    }
    if !jury.is_empty() {
        assert_eq!(jury.len(), (PEOPLE - aside.len()).min(3), "{:?}", waits.matter);
    }
}

/// Everybody declines, one after another, until nobody can be drawn any more: what was not decided is with whoever is
/// left, and nobody who declined is asked again.
async fn check_juries_in_the_night(town: &Town) {
    for waits in town.matters.iter().filter(|waits| waits.appeal) {
        let mut declined = BTreeSet::new();
        loop {
            let jury = town.jurors(waits.matter).await;
            let Some(who) = jury.first().copied() else { break };
            assert!(declined.insert(who), "p{who} declined and was asked again");
            let matter = waits.matter;
            town.place.call(&town.people[who], DeclineJury { matter }).await.unwrap();
        }
    }
    town.place.call(&Caller::host(), KeepJuries).await.unwrap();
    check_matters_have_no_jury(town).await;
}

async fn check_matters_have_no_jury(town: &Town) {
    for waits in town.matters.iter().filter(|waits| waits.appeal) {
        let mut seen = Vec::new();
        for who in 0..town.graph.staff {
            if town.opens(who, waits.matter).await.is_some() {
                seen.push(who);
            }
        }
        assert!(!seen.is_empty() || waits.about == 0, "nobody looks at {:?}", waits.matter);
        assert!(!seen.contains(&waits.about));
    }
}

proptest! {
    // Each case is a database of its own.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn m4_nobody_sees_or_decides_what_they_are_part_of(graph in graphs()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(graph));
    }
}

/// The graphs that are drawn reach what they are for.
#[test]
fn a_graph_with_every_relation_holds_a_case_a_jury_and_a_removal() {
    let graph = Graph {
        staff: 4,
        inviters: (0..PEOPLE).map(|who| (who == 5).then_some(4)).collect(),
        blocks: vec![(5, 6), (7, 5)],
        acts: vec![(1, 5, false, true), (1, 9, true, false)],
        reports: vec![(8, 5), (2, 9)],
        removals: vec![(3, 8)],
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = Town::build(graph.clone()).await;
        assert_eq!((town.cases.len(), town.matters.len()), (2, 3));
        let appeal = town.matters.iter().find(|waits| waits.appeal && waits.about == 5).unwrap();
        // 4 invited, 6 and 7 are blocked either way, 8 reported: 9 alone is left.
        assert_eq!(town.jurors(appeal.matter).await, BTreeSet::from([9]));
        assert!(id(&town.people[0]) != MemberId(0));
    });
    runtime.block_on(check(graph));
}
