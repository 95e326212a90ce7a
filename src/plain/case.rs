//! A case: what was reported and by whom, what stands there now, what was around it, what happened before.

use super::decide::{Plan, Subject};
use super::post::{body, instead_of_text};
use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn, Undo};
use super::words::{ago, count};
use crate::domain::ids::CaseId;
use crate::domain::moderation::{ActKind, Thing};
use crate::domain::time::{Timestamp, time_left};
use crate::service::cases::{CaseFile, ClaimCase, OpenCase, PastAct, QueueKind, ReleaseCase};
use crate::service::moderation::{PossibleDeed, UndoAct};
use crate::service::watch::EvidenceAt;

static MENU: Menu = Menu {
    name: "case",
    entries: &[
        entry(Act::Claim, "claim", "c", "", "claim it, for two hours as a rule, or give it back"),
        entry(Act::Decide, "decide", "d", "", "decide it: what is done, under which rule, why"),
        entry(Act::Next, "next", "n", "", "the next thing of the queue"),
        entry(Act::Open, "open", "o", "", "read it in its thread"),
        entry(Act::Author, "author", "", "", "the member concerned"),
        entry(Act::Undo, "undo", "u", "", "undo your decision, for ten minutes"),
        entry(Act::Again, "again", "a", "", "the case once more, as it is now"),
        entry(Act::Watch, "watch", "", "", "watch them for 90 days, with this as evidence"),
        entry(Act::Ban, "ban", "", "", "ban one of their keys, or for the sysop an address"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: true,
};

impl Talk {
    pub(super) async fn case(&mut self, case: CaseId) -> Talked<()> {
        let mut file = self.call(OpenCase { case }).await?;
        if self.arrives() {
            self.say_case(&file).await?;
        }
        loop {
            let said = self.command(&format!("case {case}"), &MENU).await?;
            let done = match said {
                Said::Act(act, _) => self.case_act(act, &mut file).await,
                Said::Pick(_) => Ok(()),
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn case_act(&mut self, act: Act, file: &mut CaseFile) -> Talked<()> {
        let case = file.case;
        match act {
            Act::Claim => {
                let mine = file.claim.as_ref().is_some_and(|claim| Some(claim.by) == self.me.actor.id());
                if mine {
                    self.call(ReleaseCase { case }).await?;
                    self.say("Given back to the others.").await?;
                } else {
                    self.call(ClaimCase { case }).await?;
                    self.say_claimed().await?;
                }
            }
            Act::Decide => {
                // As it is now: somebody may have decided it meanwhile.
                *file = self.call(OpenCase { case }).await?;
                let deeds = self.choose_deeds(file).await?;
                let rules = file.rules.clone();
                let (member, thing) = (file.author.clone(), file.thing);
                let plan = Plan { subject: Subject::Case(case), deeds, rules, member, thing };
                self.decide(plan).await?;
            }
            Act::Undo => match file.undo {
                Some((act, _)) => {
                    self.call(UndoAct { act }).await?;
                    self.undo.retain(|step| *step != Undo::Act(act));
                    self.say("Undone: the case is open again.").await?;
                }
                None => return self.say("There is no decision of yours that can be undone.").await,
            },
            Act::Next => {
                return self.next_item(QueueKind::Case { case, thing: file.thing }).await;
            }
            Act::Open => {
                return match file.place {
                    Some((_, thread, Some(no))) => Err(Turn::Open(Place::post(thread, no))),
                    Some((_, thread, None)) => Err(Turn::Open(Place::thread(thread))),
                    None if matches!(file.thing, Thing::Message(_)) => {
                        self.say("It is all that was attached: the staff do not read conversations.").await
                    }
                    None => match (file.thing, file.room) {
                        (Thing::Line(_), Some(room)) => Err(Turn::Open(Place::Room(room))),
                        (Thing::Wall(_), _) => Err(Turn::Open(Place::Wall)),
                        (Thing::Tag(tag), _) if file.now_state.is_none() => Err(Turn::Open(Place::Tag(tag))),
                        _ => Err(Turn::Open(Place::Profile(file.author_id))),
                    },
                };
            }
            Act::Watch => {
                return self.watch_member(file.author_id, Some(EvidenceAt::Case(case))).await;
            }
            Act::Ban => return self.ban_of(file.author_id).await,
            Act::Author => return Err(Turn::Open(Place::Profile(file.author_id))),
            _ => {
                *file = self.call(OpenCase { case }).await?;
                return self.say_case(file).await;
            }
        }
        *file = self.call(OpenCase { case }).await?;
        Ok(())
    }

    /// What is to be done: nothing, one thing, or removing and warning together.
    async fn choose_deeds(&mut self, file: &CaseFile) -> Talked<Vec<PossibleDeed>> {
        if let Some((by, at, _)) = &file.decided {
            let when = ago(self.now(), *at);
            self.say(&format!("{by} decided this case {when}.")).await?;
            return Err(Turn::Cancelled);
        }
        let of = |kind: ActKind| file.deeds.iter().find(|possible| possible.deed.kind() == kind).cloned();
        let mut options: Vec<Vec<PossibleDeed>> = vec![Vec::new()];
        let mut words = vec!["Nothing wrong".to_owned()];
        let remove = file.deeds.iter().find(|possible| possible.deed.kind().removes()).cloned();
        if let (Some(remove), Some(warn)) = (remove, of(ActKind::Warn)) {
            words.push(format!("{} and warn {}", remove.deed.kind().imperative(), file.author));
            options.push(vec![remove, warn]);
        }
        for possible in &file.deeds {
            words.push(possible.deed.kind().imperative_for(&file.author));
            options.push(vec![possible.clone()]);
        }
        let index = self.choose("What is to be done?", &words).await?;
        let mut chosen = options.into_iter().nth(index).ok_or(Turn::Cancelled)?;
        for possible in &mut chosen {
            if possible.deed.kind().has_term() {
                possible.deed = self.choose_term(possible.deed, &file.author).await?;
            }
        }
        Ok(chosen)
    }

    async fn say_case(&mut self, file: &CaseFile) -> Talked<()> {
        let now = self.now();
        self.say(&opening(file, now)).await?;
        for report in &file.reports {
            let rule = file.rules.iter().find(|rule| rule.no == report.rule_no);
            let rule = rule.map_or_else(String::new, |rule| format!(", rule {}: {}", rule.no, rule.title));
            self.say(&format!("Reported by {} {}{rule}.", report.reporter, ago(now, report.at))).await?;
            if !report.note.is_empty() {
                self.say(&format!("Their note: {}", report.note)).await?;
            }
        }
        self.say("\nWhat was reported:\n").await?;
        self.say(&body(&file.snapshot, true)).await?;
        if matches!(file.thing, Thing::Message(_)) {
            let words =
                "Somebody who takes part in the conversation attached it; the staff read nothing else of it.";
            self.say(words).await?;
        }
        if let Some(state) = file.now_state {
            self.say(&format!("It is {state}.")).await?;
        }
        if let Some(words) = file.state.and_then(instead_of_text) {
            self.say(&format!("It stands there as: {words}")).await?;
        }
        if let Some(now) = file.changed_to.as_ref().filter(|now| !now.is_empty()) {
            self.say("\nIt says now:\n").await?;
            self.say(&body(now, true)).await?;
        }
        if !file.context.is_empty() || !file.lines.is_empty() {
            self.say("\nAround it:").await?;
        }
        for line in &file.lines {
            let mark = if line.is_it { " (the one)" } else { "" };
            self.say(&format!("{}, {}{mark}: {}", line.author, ago(now, line.at), line.text)).await?;
        }
        for post in &file.context {
            self.say(&format!("Post {} by {}, {}:", post.no, post.author, ago(now, post.at))).await?;
            self.say(instead_of_text(post.state).unwrap_or(&post.body)).await?;
        }
        let author = &file.author;
        match file.history.len() {
            0 => self.say(&format!("\nNothing concerned {author} before.")).await?,
            _ => self.say(&format!("\nWhat concerned {author} before:")).await?,
        }
        for act in &file.history {
            self.say(&past(act, now)).await?;
        }
        for mark in &file.marks {
            self.say(mark).await?;
        }
        for note in &file.notes {
            let when = ago(now, note.written_at);
            self.say(&format!("Staff note by {}, {when}: {}", note.author, note.body)).await?;
        }
        if file.decided.is_none() {
            let (kind, term) = (file.next.kind(), file.next.term());
            let term = if term.is_empty() { String::new() } else { format!(", {term}") };
            self.say(&format!("Next on the ladder: {}{term}.", kind.imperative_for(author))).await?;
        }
        Ok(())
    }
}

fn opening(file: &CaseFile, now: Timestamp) -> String {
    let place = if file.board.is_empty() { String::new() } else { format!(" in {}", file.board) };
    let about = match file.thing {
        Thing::Member(_) => format!("member {}", file.author),
        _ => format!("{} by {}{place}", file.label, file.author),
    };
    let reports = count(i64::try_from(file.reports.len()).unwrap_or(i64::MAX), "report");
    let mut text = format!(
        "Case {}: {about}, {reports}, open since {}.\n{} is a {}, role {}, standing {}.",
        file.case,
        ago(now, file.opened_at),
        file.author,
        file.level,
        file.role,
        file.standing
    );
    if let Some(claim) = &file.claim {
        let left = time_left(claim.until, now);
        text.push_str(&format!("\nClaimed by {}, for {left} more.", claim.handle));
    }
    if let Some((by, at, outcome)) = &file.decided {
        text.push_str(&format!("\nDecided by {by} {}: {outcome}", ago(now, *at)));
    }
    text
}

fn past(act: &PastAct, now: Timestamp) -> String {
    let what = act.kind.object().map_or_else(String::new, |kind| format!("{} ", kind.one()));
    let mut line = format!("{}: {what}{}", ago(now, act.at), act.kind.done());
    if let Some(term) = act.term {
        line.push_str(&format!(", {term}"));
    }
    if act.rule_no > 0 {
        line.push_str(&format!(", rule {}", act.rule_no));
    }
    line.push_str(&format!(", by {}", act.by));
    if act.undone {
        line.push_str(", undone");
    }
    if act.faded {
        line.push_str(", faded");
    }
    if act.reason.is_empty() { line + "." } else { format!("{line}. {}", act.reason) }
}
