//! The charter's editor: one draft that all sysops share, compared with what holds, then published as a new version.
//! Members are asked at their next log-in for the rules that are new to them.

use serde::{Deserialize, Serialize};

use super::page::{Offer, Page, Question, Row, Section, choice, text};
use super::{Deed, Done};
use crate::domain::policy::{EditCharter, Grant, RunPlace};
use crate::domain::text::clean_line;
use crate::service::charter::{self as holding, Charter};
use crate::service::{Access, Cx, DomainEvent, Error, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::{charter, place};

/// Where the draft is kept.
const DRAFT: &str = "charter.draft";
/// Longest title of a rule, in characters.
const TITLE_CHARS_MAX: usize = 80;
/// Longest part of the charter, in characters.
const PART_CHARS_MAX: usize = 1_000;
/// Most rules: more are not read.
const RULES_MAX: usize = 20;
/// Old versions that are offered to read, the newest first.
const VERSIONS_MAX: i64 = 50;

/// A charter that does not hold yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    purpose: String,
    audience: String,
    gives: String,
    gets: String,
    rules: Vec<(String, String)>,
}

impl From<Charter> for Draft {
    fn from(charter: Charter) -> Self {
        let Charter { purpose, audience, gives, gets, rules, .. } = charter;
        let rules = rules.into_iter().map(|rule| (rule.title, rule.body)).collect();
        Self { purpose, audience, gives, gets, rules }
    }
}

/// The parts besides the rules: name in acts, words.
const PARTS: [(&str, &str); 4] = [
    ("purpose", "What this place is for"),
    ("audience", "Who it is for"),
    ("gives", "What members give"),
    ("gets", "What members get"),
];

impl Draft {
    fn part(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "purpose" => Some(&mut self.purpose),
            "audience" => Some(&mut self.audience),
            "gives" => Some(&mut self.gives),
            "gets" => Some(&mut self.gets),
            _ => None,
        }
    }

    /// All of it in lines, to compare and to read.
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let parts = [&self.purpose, &self.audience, &self.gives, &self.gets];
        for ((_, words), text) in PARTS.iter().zip(parts) {
            lines.push(format!("{words}: {text}"));
        }
        for ((title, body), no) in self.rules.iter().zip(1..) {
            lines.push(format!("Rule {no}, {title}: {body}"));
        }
        lines
    }
}

async fn draft<A: Access>(cx: &mut Cx<'_, A>) -> Result<(Draft, bool)> {
    if let Some(kept) = place::get(cx.conn(), DRAFT).await?
        && let Ok(draft) = serde_json::from_str(&kept)
    {
        return Ok((draft, true));
    }
    Ok((holding::load(cx.conn()).await?.into(), false))
}

async fn keep(cx: &mut Cx<'_, Writes>, grant: &Grant<RunPlace>, draft: Option<&Draft>) -> Result<()> {
    let now = cx.now;
    let text = draft.map(serde_json::to_string).transpose();
    let text = text.map_err(|_| Error::invalid("The draft could not be kept. Try again."))?;
    place::set(cx.conn(), grant, now, DRAFT, text.as_deref()).await?;
    Ok(())
}

pub(super) async fn page<A: Access>(cx: &mut Cx<'_, A>) -> Result<Page> {
    let (mut draft, is_draft) = draft(cx).await?;
    let version = charter::current(cx.conn()).await?.map_or(0, |row| row.version);
    let state = if is_draft { "a draft: nobody but sysops sees it" } else { "as it holds" };
    let mut head = Row::new("charter", format!("Version {version} holds"), state);
    if is_draft {
        let sure = "Publish it? Members are asked for the rules that changed when they next log in.";
        head = head
            .offer(Offer::new(Deed::ShowDifference, Vec::new()))
            .offer(Offer::new(Deed::PublishCharter, vec![Question::Sure(sure.to_owned())]))
            .offer(Offer::new(Deed::DropDraft, vec![Question::Sure("Drop the draft?".to_owned())]));
    }
    let versions = charter::versions(cx.conn(), VERSIONS_MAX).await?;
    if !versions.is_empty() {
        let answers = versions.iter().map(|version| (version.to_string(), format!("version {version}")));
        let ask = choice("Which version?", answers.collect());
        head = head.offer(Offer::new(Deed::ReadVersion, vec![ask]));
    }
    let mut rows = vec![head];
    for (name, words) in PARTS {
        let now = draft.part(name).map(|text| text.clone()).unwrap_or_default();
        let ask = text(format!("{words}:"), now.clone());
        rows.push(Row::new(name, words, now).offer(Offer::new(Deed::EditPart, vec![ask])));
    }
    for ((title, body), no) in draft.rules.iter().zip(1..) {
        let asks = vec![text("The rule in a few words:", title), text("What it means:", body)];
        rows.push(
            Row::new(no, format!("Rule {no}: {title}"), body)
                .offer(Offer::new(Deed::EditRule, asks))
                .offer(Offer::new(Deed::DropRule, Vec::new())),
        );
    }
    let add = vec![text("The rule in a few words:", ""), text("What it means:", "")];
    Ok(Page { section: Section::Charter, rows, offers: vec![Offer::new(Deed::AddRule, add)] })
}

fn part(text: &str, most: usize) -> Result<String> {
    let line = clean_line(text);
    match line.chars().count() {
        0 => Err(Error::invalid("There is no text yet. Write something first.")),
        chars if chars > most => {
            Err(Error::invalid(format!("That is {chars} characters long; {most} is the most.")))
        }
        _ => Ok(line),
    }
}

/// Changes the draft; it begins as what holds.
pub(super) async fn edit(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<RunPlace>,
    deed: Deed,
    row: &str,
    answers: &[String],
) -> Result<Done> {
    let (mut draft, was_draft) = draft(cx).await?;
    let before = draft.clone();
    let at = row.parse::<usize>().unwrap_or(0).wrapping_sub(1);
    match (deed, answers) {
        (Deed::EditPart, [text]) => {
            let part_of = draft.part(row).ok_or(Error::NotFound("part of the charter"))?;
            *part_of = part(text, PART_CHARS_MAX)?;
        }
        (Deed::EditRule, [title, body]) => {
            let rule = draft.rules.get_mut(at).ok_or(Error::NotFound("rule"))?;
            *rule = (part(title, TITLE_CHARS_MAX)?, part(body, PART_CHARS_MAX)?);
        }
        (Deed::AddRule, [title, body]) => {
            if draft.rules.len() >= RULES_MAX {
                return Err(Error::invalid(format!("{RULES_MAX} rules are the most: more are not read.")));
            }
            draft.rules.push((part(title, TITLE_CHARS_MAX)?, part(body, PART_CHARS_MAX)?));
        }
        (Deed::DropRule, _) => {
            if at >= draft.rules.len() || draft.rules.len() == 1 {
                return Err(Error::invalid("A charter has at least one rule: reports name one."));
            }
            draft.rules.remove(at);
        }
        _ => return Err(super::too_few()),
    }
    keep(cx, grant, Some(&draft)).await?;
    let text = serde_json::to_string(&before).ok().filter(|_| was_draft);
    let undo = match text {
        Some(text) => super::act(Deed::BringBackDraft, "charter", [text]),
        None => super::act::<&str>(Deed::DropDraft, "charter", []),
    };
    Ok(Done::new("In the draft. Publish it when it is ready.").undo(undo))
}

/// Drops the draft, or brings one back that was dropped or changed.
pub(super) async fn set_draft(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<RunPlace>,
    text: Option<&str>,
) -> Result<Done> {
    let before = place::get(cx.conn(), DRAFT).await?;
    let draft: Option<Draft> = match text {
        Some(text) => Some(serde_json::from_str(text).map_err(|_| Error::NotFound("draft"))?),
        None => None,
    };
    if before.is_none() && draft.is_none() {
        return Err(Error::conflict("There is no draft: the charter stands as it holds."));
    }
    keep(cx, grant, draft.as_ref()).await?;
    let undo = match before {
        Some(text) => super::act(Deed::BringBackDraft, "charter", [text]),
        None => super::act::<&str>(Deed::DropDraft, "charter", []),
    };
    Ok(Done::new(if draft.is_some() { "The draft is back." } else { "The draft is dropped." }).undo(undo))
}

/// What another version changes.
pub(in crate::service) fn changes(before: Charter, after: Charter) -> Vec<String> {
    compare(&Draft::from(before).lines(), &Draft::from(after).lines())
}

/// Lines that go, and lines that come.
fn compare(now: &[String], then: &[String]) -> Vec<String> {
    let gone = now.iter().filter(|line| !then.contains(line)).map(|line| format!("- {line}"));
    let come = then.iter().filter(|line| !now.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(come).collect()
}

/// What the draft changes.
pub(super) async fn difference<A: Access>(cx: &mut Cx<'_, A>) -> Result<Done> {
    let (draft, _) = draft(cx).await?;
    let now = Draft::from(holding::load(cx.conn()).await?).lines();
    let mut lines = compare(&now, &draft.lines());
    if lines.is_empty() {
        lines.push("The draft says what holds: there is nothing to publish.".to_owned());
    }
    Ok(Done::new("What the draft changes.").shows(lines))
}

/// An older version, or the one that holds.
pub(super) async fn read<A: Access>(cx: &mut Cx<'_, A>, version: &str) -> Result<Done> {
    let version: i64 = version.parse().map_err(|_| Error::NotFound("version"))?;
    let row = charter::version(cx.conn(), version).await?.ok_or(Error::NotFound("version"))?;
    let rules = charter::rules(cx.conn(), version).await?;
    let draft = Draft {
        purpose: row.purpose,
        audience: row.audience,
        gives: row.gives,
        gets: row.gets,
        rules: rules.into_iter().map(|rule| (rule.title, rule.body)).collect(),
    };
    Ok(Done::new(format!("Version {version} of the charter.")).shows(draft.lines()))
}

/// Publishes the draft: it holds from now on.
pub(super) async fn publish(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<RunPlace>,
    edit: &Grant<EditCharter>,
) -> Result<Done> {
    let (draft, _) = draft(cx).await?;
    let now = cx.now;
    if draft == holding::load(cx.conn()).await?.into() {
        return Err(Error::conflict("The draft says what holds: there is nothing to publish."));
    }
    let rules: Vec<(&str, &str)> =
        draft.rules.iter().map(|(title, body)| (title.as_str(), body.as_str())).collect();
    let new = charter::NewCharter {
        purpose: &draft.purpose,
        audience: &draft.audience,
        gives: &draft.gives,
        gets: &draft.gets,
        rules: &rules,
    };
    let version = charter::insert(cx.conn(), edit, now, &new).await?;
    keep(cx, grant, None).await?;
    cx.audit(NewAudit {
        action: "charter.publish",
        thing: "charter",
        thing_id: version,
        target: None,
        rule_no: None,
        reason: "",
        detail: &format!("version {version}, {} rules", rules.len()),
        public: true,
    })
    .await?;
    cx.publish(DomainEvent::CharterChanged);
    Ok(Done::new(format!("Version {version} holds now. Members are asked for what is new to them.")))
}
