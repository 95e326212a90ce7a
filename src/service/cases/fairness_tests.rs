//! M4: nobody handles a case they are part of, nor even sees it. Over random graphs of who wrote, who reported and
//! who invited whom, no member of staff ever lists, opens, claims or decides such a case.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::scene::{id, write};
use super::*;
use crate::domain::ids::{MemberId, PostId};
use crate::domain::member::{Level, Role};
use crate::domain::moderation::{Deed, Thing};
use crate::service::logs::ReadAuditLog;
use crate::service::moderation::{Moderate, UndoAct};
use crate::service::testing::Place;
use crate::service::writing::StartThread;
use crate::service::{Caller, Error, Result};
use crate::store::testing;

/// People in a graph: the first ones are staff.
const PEOPLE: usize = 6;
const STAFF: usize = 4;

/// Who invited each (an earlier one), and for each case its author and its reporters.
#[derive(Clone, Debug)]
struct Graph {
    inviters: Vec<Option<usize>>,
    cases: Vec<(usize, Vec<usize>)>,
}

fn graphs() -> impl Strategy<Value = Graph> {
    let inviters = proptest::collection::vec(proptest::option::of(0..PEOPLE), PEOPLE);
    let case = (0..PEOPLE, proptest::collection::vec(0..PEOPLE, 1..4));
    (inviters, proptest::collection::vec(case, 1..4)).prop_map(|(inviters, cases)| Graph { inviters, cases })
}

/// One report's case, with who wrote the post and who reported it.
struct Reported {
    case: crate::domain::ids::CaseId,
    post: PostId,
    author: usize,
    reporters: Vec<usize>,
}

struct Town {
    place: Place,
    people: Vec<Caller>,
    graph: Graph,
    cases: Vec<Reported>,
}

impl Town {
    async fn build(graph: Graph) -> Self {
        let place = Place::new().await;
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let role = match number {
                0 => Role::Sysop,
                1..STAFF => Role::Moderator,
                _ => Role::Member,
            };
            people.push(place.member(&format!("p{number}"), Level::Regular, role).await);
        }
        for (number, inviter) in graph.inviters.iter().enumerate() {
            if let Some(inviter) = inviter.filter(|inviter| *inviter != number) {
                testing::invite(place.service.store(), id(&people[number]), id(&people[inviter])).await;
            }
        }
        let board = place.board("talk").await;
        let opener = place.regular("opener").await;
        let start = StartThread { board, title: "Talk".to_owned(), body: "Go on.".to_owned() };
        let thread = place.call(&opener, start).await.unwrap().thread;
        let mut cases = Vec::new();
        for (author, reporters) in &graph.cases {
            let post = write(&place, &people[*author], thread, "words").await.post;
            let mut reporters = reporters.clone();
            reporters.sort_unstable();
            reporters.dedup();
            reporters.retain(|reporter| reporter != author);
            let mut case = None;
            for reporter in &reporters {
                let report = ReportThing { thing: Thing::Post(post), rule_no: 0, note: String::new() };
                case = Some(place.call(&people[*reporter], report).await.unwrap().case);
            }
            if let Some(case) = case {
                cases.push(Reported { case, post, author: *author, reporters });
            }
        }
        Self { place, people, graph, cases }
    }

    /// Who invited the author and stands aside: somebody else on the staff is free.
    fn inviter(&self, author: usize, busy: &[usize]) -> Option<usize> {
        let inviter = self.graph.inviters[author].filter(|inviter| *inviter != author)?;
        (0..STAFF)
            .any(|other| other != author && other != inviter && !busy.contains(&other))
            .then_some(inviter)
    }

    fn is_part_of(&self, who: usize, case: &Reported) -> bool {
        let inviter = self.inviter(case.author, &case.reporters);
        who == case.author || case.reporters.contains(&who) || inviter == Some(who)
    }

    async fn lists(&self, who: usize, case: &Reported) -> bool {
        let queue = self.place.call(&self.people[who], ListQueue).await.unwrap();
        queue
            .items
            .iter()
            .any(|item| matches!(item.kind, QueueKind::Case { case: id, .. } if id == case.case))
    }

    async fn dismiss(&self, who: usize, case: &Reported) -> Result<Decided> {
        let decision = DecideCase { case: case.case, deeds: Vec::new(), rule_no: 0, reason: String::new() };
        self.place.call(&self.people[who], decision).await
    }
}

fn hidden<T: std::fmt::Debug>(answer: Result<T>) {
    assert!(matches!(answer, Err(Error::NotFound("case"))), "{answer:?}");
}

async fn check(graph: Graph) {
    let town = Town::build(graph).await;
    for case in &town.cases {
        for who in 0..STAFF {
            let (place, caller, id) = (&town.place, &town.people[who], case.case);
            let part = town.is_part_of(who, case);
            assert_eq!(town.lists(who, case).await, !part, "p{who} and the list");
            let opened = place.call(caller, OpenCase { case: id }).await;
            let claimed = place.call(caller, ClaimCase { case: id }).await;
            if part {
                hidden(opened);
                hidden(claimed);
                hidden(place.call(caller, ReleaseCase { case: id }).await);
                hidden(town.dismiss(who, case).await);
            } else {
                assert!(opened.is_ok() && claimed.is_ok(), "p{who} may handle it");
                place.call(caller, ReleaseCase { case: id }).await.unwrap();
            }
            // Nor does a reporter, or a friend of the author, take it into their own hands past the queue.
            let open = open_reporters(&town, case);
            if open.contains(&who) || town.inviter(case.author, &open) == Some(who) {
                let reason = "mine".to_owned();
                let act =
                    Moderate { thing: Thing::Post(case.post), deed: Deed::RemovePost, rule_no: 0, reason };
                assert!(matches!(place.call(caller, act).await, Err(Error::Denied(_))), "p{who} acted");
            }
        }
        decide_and_look_back(&town, case).await;
    }
}

/// Who has an open report on anything of this author's: the cases before this one have been decided if anybody could.
fn open_reporters(town: &Town, case: &Reported) -> Vec<usize> {
    let at = town.cases.iter().position(|other| other.case == case.case).unwrap();
    let undecided = |other: &Reported| (0..STAFF).all(|who| town.is_part_of(who, other));
    let mut open = case.reporters.clone();
    for (number, other) in town.cases.iter().enumerate().filter(|(_, other)| other.author == case.author) {
        if number > at || (number < at && undecided(other)) {
            open.extend(&other.reporters);
        }
    }
    open
}

/// Once somebody who is not part of it has decided, those who are part see no trace of it in the audit log, and
/// cannot undo it.
async fn decide_and_look_back(town: &Town, case: &Reported) {
    let Some(judge) = (0..STAFF).find(|who| !town.is_part_of(*who, case)) else { return };
    let decided = town.dismiss(judge, case).await.unwrap();
    for who in 0..STAFF {
        let log = town.place.call(&town.people[who], ReadAuditLog::default()).await.unwrap();
        let seen = log.entries.iter().any(|entry| entry.what == format!("case {}", case.case));
        let part = town.is_part_of(who, case);
        assert_eq!(seen, !part, "p{who} and the audit log");
        if part {
            let undo = town.place.call(&town.people[who], UndoAct { act: decided.act }).await;
            assert!(undo.is_err(), "p{who} undid a decision on their own case");
        }
    }
}

proptest! {
    // Each case is a database of its own.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nobody_lists_opens_claims_or_decides_a_case_they_are_part_of(graph in graphs()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(graph));
    }
}

#[test]
fn the_graphs_reach_every_way_of_being_part() {
    let graph = Graph {
        inviters: vec![None, None, None, None, Some(0), Some(2)],
        cases: vec![(4, vec![1]), (3, vec![5]), (5, vec![1, 3])],
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let town = Town::build(graph.clone()).await;
        let part: Vec<Vec<usize>> = town
            .cases
            .iter()
            .map(|case| (0..STAFF).filter(|who| town.is_part_of(*who, case)).collect())
            .collect();
        // Inviter and reporter; author; two reporters and an inviter.
        assert_eq!(part, [vec![0, 1], vec![3], vec![1, 2, 3]]);
        assert!(id(&town.people[0]) != MemberId(0));
    });
    runtime.block_on(check(graph));
}
