//! Every action for every kind of actor and every state of its object, as one snapshot: a rule cannot change unseen
//! (R1). Rows that say the same are folded together: a fact whose value makes no difference reads `any`.

#![allow(clippy::unwrap_used)]

mod basics;
mod cohorts;
mod dues;
mod leaving;
mod live;
mod moderation;
mod prevention;
mod roles;
mod talking;
mod waitlist;
mod writing;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::*;
use crate::domain::board::{BoardFacts, BoardKind, ThreadFacts};
use crate::domain::post::{PostFacts, PostState};

/// Every account in the columns has this id; facts that say `me` mean it.
const ME: MemberId = MemberId(1);
/// Somebody else.
const OTHER: MemberId = MemberId(2);
/// The undo time in the rows; one second less is in time, one more is late.
const UNDO_S: i64 = 600;

/// The columns: every kind of actor.
fn actors() -> Vec<(&'static str, Actor)> {
    let account = |standing, level, role| Actor::Account {
        id: ME,
        standing,
        level,
        role,
        curbs: Curbs::NONE,
        circles: Circles::from_bits(1),
    };
    let member = |level, role| account(Standing::Active, level, role);
    vec![
        ("guest", Actor::Guest),
        ("joining", account(Standing::Joining, Level::Newcomer, Role::Member)),
        ("applied", account(Standing::Applied, Level::Newcomer, Role::Member)),
        ("waiting", account(Standing::Waiting, Level::Newcomer, Role::Member)),
        ("asleep", account(Standing::Asleep, Level::Regular, Role::Member)),
        ("declined", account(Standing::Declined, Level::Newcomer, Role::Member)),
        // The most trusted people show that a sanction takes everything.
        ("suspended", account(Standing::Suspended, Level::Regular, Role::Sysop)),
        ("removed", account(Standing::Removed, Level::Regular, Role::Sysop)),
        ("newcomer", member(Level::Newcomer, Role::Member)),
        ("member", member(Level::Member, Role::Member)),
        ("regular", member(Level::Regular, Role::Member)),
        // Everything that can be taken was taken.
        (
            "curbed",
            Actor::Account {
                id: ME,
                standing: Standing::Active,
                level: Level::Regular,
                role: Role::Member,
                curbs: Curbs::ALL,
                circles: Circles::from_bits(1),
            },
        ),
        ("moderator", member(Level::Newcomer, Role::Moderator)),
        ("sysop", member(Level::Newcomer, Role::Sysop)),
        ("host", Actor::Host),
    ]
}

/// How an answer is written in a cell.
fn code(answer: Result<(), Denied>) -> &'static str {
    match answer {
        Ok(()) => "yes",
        Err(Denied::MembersOnly) => "members",
        Err(Denied::InLine) => "line",
        Err(Denied::SeatAsleep) => "asleep",
        Err(Denied::Awake) => "awake",
        Err(Denied::VouchesMissing) => "vouches",
        Err(Denied::OtherSysop) => "sysops",
        Err(Denied::Suspended) => "susp",
        Err(Denied::NoLongerMember) => "former",
        Err(Denied::Calm) => "calm",
        Err(Denied::OnlyReads) => "reads",
        Err(Denied::NoInvites) => "noinvites",
        Err(Denied::NoMessages) => "nomessage",
        Err(Denied::StaffOnly) => "staff",
        Err(Denied::SysopOnly) => "sysop",
        Err(Denied::NotVisible) => "hidden",
        Err(Denied::ReadOnlyBoard) => "readonly",
        Err(Denied::Archived) => "archived",
        Err(Denied::Locked) => "locked",
        Err(Denied::NotYours) => "notyours",
        Err(Denied::Gone) => "gone",
        Err(Denied::NotYet) => "notyet",
        Err(Denied::RegularsOnly) => "regulars",
        Err(Denied::ChampionOnly) => "champion",
        Err(Denied::CohortHostOnly) => "cohost",
        Err(Denied::CohortBoard) => "cohort",
        Err(Denied::NoQuestion) => "noquest",
        Err(Denied::AnswersOnly) => "answers",
        Err(Denied::NotReachable) => "closed",
        Err(Denied::NobodyThere) => "alone",
        Err(Denied::EditOver) => "editover",
        Err(Denied::NeedsSecond) => "second",
        Err(Denied::PartOfIt) => "partofit",
        Err(Denied::OwnThing) => "own",
        Err(Denied::HigherRole) => "outranked",
        Err(Denied::TooLate) => "late",
        Err(Denied::NotJoining) => "decided",
    }
}

/// One thing that a rule looks at, with the values it can have.
struct Fact {
    name: &'static str,
    values: Vec<&'static str>,
}

fn fact(name: &'static str, values: &[&'static str]) -> Fact {
    Fact { name, values: values.to_vec() }
}

fn yes_no(name: &'static str) -> Fact {
    fact(name, &["no", "yes"])
}

fn whose(name: &'static str) -> Fact {
    fact(name, &["other", "me"])
}

fn see() -> Fact {
    Fact { name: "see", values: Audience::ALL.iter().map(|audience| audience.as_str()).collect() }
}

fn write() -> Fact {
    Fact { name: "write", values: Audience::ALL[1..].iter().map(|audience| audience.as_str()).collect() }
}

fn state() -> Fact {
    Fact { name: "state", values: PostState::ALL.iter().map(|state| state.as_str()).collect() }
}

/// The facts of a board, in the order that [`board`] takes them.
fn board_facts() -> Vec<Fact> {
    vec![see(), write(), yes_no("archived"), whose("host")]
}

fn with(mut facts: Vec<Fact>, more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    facts.extend(more);
    facts
}

fn who(value: usize) -> MemberId {
    if value == 1 { ME } else { OTHER }
}

fn board(values: &[usize]) -> BoardFacts {
    BoardFacts {
        see: Audience::ALL[values[0]],
        write: Audience::ALL[values[1] + 1],
        archived: values[2] == 1,
        host: Some(who(values[3])),
        circle: 0,
    }
}

/// A board of which only the audience matters.
fn board_for(see: usize) -> BoardFacts {
    board(&[see, 0, 0, 0])
}

fn thread(locked: usize, removed: usize, author: usize) -> ThreadFacts {
    ThreadFacts { locked: locked == 1, removed: removed == 1, author: who(author) }
}

fn post(author: usize, state: usize) -> PostFacts {
    PostFacts { author: who(author), state: PostState::ALL[state] }
}

/// A row: for each fact the set of values (as bits) for which it holds, and the answers.
struct Row {
    values: Vec<u32>,
    cells: Vec<&'static str>,
}

/// The tables of all actions.
#[derive(Default)]
struct Matrix {
    text: String,
    names: BTreeSet<&'static str>,
}

impl Matrix {
    /// Adds the table of one action: `make` builds it from the index of each fact's value.
    fn action<A: Action>(&mut self, facts: &[Fact], make: impl Fn(&[usize]) -> A) {
        assert!(self.names.insert(A::NAME), "{} is there twice", A::NAME);
        let mut rows: Vec<Row> = combinations(facts)
            .into_iter()
            .map(|values| {
                let action = make(&values);
                let cells = actors().iter().map(|(_, actor)| code(action.decide(actor))).collect();
                Row { values: values.into_iter().map(|value| 1 << value).collect(), cells }
            })
            .collect();
        for column in (0..facts.len()).rev() {
            rows = fold(rows, column);
        }
        self.print(A::NAME, facts, &rows);
    }

    fn print(&mut self, name: &str, facts: &[Fact], rows: &[Row]) {
        let shown: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.values.iter().zip(facts).map(|(set, fact)| words(*set, fact)).collect())
            .collect();
        let widths: Vec<usize> = facts
            .iter()
            .enumerate()
            .map(|(at, fact)| shown.iter().map(|row| row[at].len()).max().unwrap().max(fact.name.len()))
            .collect();
        writeln!(self.text, "\n== {name}").unwrap();
        let mut head = String::new();
        for (fact, width) in facts.iter().zip(&widths) {
            write!(head, "{:width$}  ", fact.name).unwrap();
        }
        for (actor, _) in actors() {
            write!(head, "{actor:9} ").unwrap();
        }
        writeln!(self.text, "{}", head.trim_end()).unwrap();
        for (row, names) in rows.iter().zip(&shown) {
            let mut line = String::new();
            for (value, width) in names.iter().zip(&widths) {
                write!(line, "{value:width$}  ").unwrap();
            }
            for cell in &row.cells {
                write!(line, "{cell:9} ").unwrap();
            }
            writeln!(self.text, "{}", line.trim_end()).unwrap();
        }
    }
}

/// All combinations of values, the last fact changing fastest.
fn combinations(facts: &[Fact]) -> Vec<Vec<usize>> {
    facts.iter().fold(vec![Vec::new()], |rows, fact| {
        rows.iter()
            .flat_map(|row| {
                (0..fact.values.len()).map(move |value| {
                    let mut longer = row.clone();
                    longer.push(value);
                    longer
                })
            })
            .collect()
    })
}

/// Joins rows that differ in one fact only and say the same.
fn fold(rows: Vec<Row>, column: usize) -> Vec<Row> {
    let mut folded: Vec<Row> = Vec::new();
    for row in rows {
        let same = |known: &&mut Row| {
            let elsewhere = |at: &usize| *at != column;
            known.cells == row.cells
                && (0..row.values.len()).filter(elsewhere).all(|at| known.values[at] == row.values[at])
        };
        match folded.iter_mut().find(same) {
            Some(known) => known.values[column] |= row.values[column],
            None => folded.push(row),
        }
    }
    folded
}

fn words(set: u32, fact: &Fact) -> String {
    let chosen: Vec<&str> = fact
        .values
        .iter()
        .enumerate()
        .filter(|(at, _)| set & (1 << at) != 0)
        .map(|(_, name)| *name)
        .collect();
    if chosen.len() == fact.values.len() { "any".to_owned() } else { chosen.join(",") }
}

fn matrix() -> Matrix {
    let mut matrix = Matrix::default();
    legend(&mut matrix.text);
    basics::door(&mut matrix);
    waitlist::rows(&mut matrix);
    basics::reading(&mut matrix);
    basics::tagging(&mut matrix);
    writing::rows(&mut matrix);
    leaving::rows(&mut matrix);
    live::rows(&mut matrix);
    prevention::rows(&mut matrix);
    talking::rows(&mut matrix);
    roles::rows(&mut matrix);
    cohorts::rows(&mut matrix);
    dues::rows(&mut matrix);
    basics::people(&mut matrix);
    moderation::rows(&mut matrix);
    matrix
}

fn legend(text: &mut String) {
    let all = [
        Denied::MembersOnly,
        Denied::InLine,
        Denied::SeatAsleep,
        Denied::Awake,
        Denied::VouchesMissing,
        Denied::OtherSysop,
        Denied::Suspended,
        Denied::NoLongerMember,
        Denied::OnlyReads,
        Denied::Calm,
        Denied::NoInvites,
        Denied::NoMessages,
        Denied::StaffOnly,
        Denied::SysopOnly,
        Denied::NotVisible,
        Denied::ReadOnlyBoard,
        Denied::Archived,
        Denied::Locked,
        Denied::NotYours,
        Denied::Gone,
        Denied::NotYet,
        Denied::RegularsOnly,
        Denied::ChampionOnly,
        Denied::NoQuestion,
        Denied::AnswersOnly,
        Denied::NotReachable,
        Denied::NobodyThere,
        Denied::EditOver,
        Denied::NeedsSecond,
        Denied::PartOfIt,
        Denied::OwnThing,
        Denied::HigherRole,
        Denied::TooLate,
        Denied::NotJoining,
    ];
    for denied in all {
        writeln!(text, "{:9} {denied}", code(Err(denied))).unwrap();
    }
}

fn time() -> Fact {
    fact("undo time", &["open", "over"])
}

fn age(value: usize) -> i64 {
    if value == 0 { UNDO_S } else { UNDO_S + 1 }
}

/// R1: role x visibility x action, every cell. After a change of a rule, read the difference, then accept it with
/// `INSTA_UPDATE=always cargo test policy`.
#[test]
fn every_action_for_every_actor_in_every_state() {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("policy", matrix().text);
    });
}

#[test]
fn every_action_is_in_the_matrix() {
    let sources = [
        ("cohorts", include_str!("cohorts.rs")),
        ("door", include_str!("door.rs")),
        ("dues", include_str!("dues.rs")),
        ("glossary", include_str!("glossary.rs")),
        ("leaving", include_str!("leaving.rs")),
        ("live", include_str!("live.rs")),
        ("moderation", include_str!("moderation.rs")),
        ("people", include_str!("people.rs")),
        ("prevention", include_str!("prevention.rs")),
        ("reading", include_str!("reading.rs")),
        ("roles", include_str!("roles.rs")),
        ("tagging", include_str!("tagging.rs")),
        ("talking", include_str!("talking.rs")),
        ("recovery", include_str!("recovery.rs")),
        ("waitlist", include_str!("waitlist.rs")),
        ("writing", include_str!("writing.rs")),
    ];
    let read: BTreeSet<&str> = sources.iter().map(|(name, _)| *name).collect();
    let modules: BTreeSet<&str> = include_str!("mod.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .filter(|name| *name != "matrix")
        .collect();
    assert_eq!(read, modules, "this test must read every file of rules");
    let named: BTreeSet<&str> = sources
        .iter()
        .flat_map(|(_, source)| source.lines())
        .filter_map(|line| line.trim().strip_prefix("const NAME: &'static str = \"")?.strip_suffix("\";"))
        .collect();
    assert!(named.len() > 20, "only {} actions found", named.len());
    assert_eq!(named, matrix().names);
}

/// M4: whatever the role, nobody handles a case they are part of.
#[test]
fn nobody_handles_a_case_they_are_part_of() {
    for (name, actor) in actors().into_iter().filter(|(_, actor)| actor.id().is_some()) {
        for (author, reported_it, inviter, takes_part) in [
            (ME, false, None, false),
            (OTHER, true, None, false),
            (OTHER, false, Some(ME), false),
            (OTHER, false, None, true),
            (ME, true, Some(ME), true),
        ] {
            let case = HandleCase { author, reported_it, inviter, takes_part, board: None };
            assert!(case.decide(&actor).is_err(), "{name}");
        }
    }
}

#[test]
fn folding_keeps_every_cell() {
    let facts = [fact("a", &["0", "1", "2"]), fact("b", &["0", "1"])];
    let cells = |a: usize, b: usize| if a == 2 || b == 1 { "yes" } else { "no" };
    let rows: Vec<Row> = combinations(&facts)
        .into_iter()
        .map(|v| Row { values: v.iter().map(|value| 1 << value).collect(), cells: vec![cells(v[0], v[1])] })
        .collect();
    let folded = fold(fold(rows, 1), 0);
    for combination in combinations(&facts) {
        let matching: Vec<&Row> = folded
            .iter()
            .filter(|row| row.values.iter().zip(&combination).all(|(set, value)| set & (1 << value) != 0))
            .collect();
        assert_eq!(matching.len(), 1, "{combination:?}");
        assert_eq!(matching[0].cells, [cells(combination[0], combination[1])]);
    }
    assert!(folded.len() < 6);
}
