//! What goes on: sessions, the door, a word to all, a restart.

use super::page::{Offer, Page, Question, Row, Section, choice, text};
use super::{Deed, Done};
use crate::domain::ids::SessionId;
use crate::domain::policy::{Grant, RunPlace};
use crate::domain::text::clean_line;
use crate::domain::time::{Zone, duration_words, time_of_day};
use crate::service::bans::{self, BAN_TERMS, MakeBan};
use crate::service::{Access, Cx, DomainEvent, Error, Request, Result, Who, Writes};
use crate::store::{members, place};

/// Longest word to all, to one, or at the door, in characters.
const WORDS_CHARS_MAX: usize = 200;
/// Longest time ahead that a restart is announced for, in minutes: a day.
const RESTART_MINUTES_MAX: i64 = 24 * 60;

/// Where the state of the door is kept, and its text.
const DOOR: &str = "door";
const DOOR_WORDS: &str = "door.words";

/// How far the door is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// As the settings say.
    #[default]
    Open,
    /// Nobody may apply or begin to join, invites or not.
    Closed(String),
    /// Only staff may be here.
    StaffOnly(String),
}

impl Door {
    /// The door as it was left.
    pub(in crate::service) fn read(set: &[(String, String)]) -> Self {
        let value = |name: &str| set.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let words = value(DOOR_WORDS).unwrap_or_default();
        match value(DOOR).as_deref() {
            Some("closed") => Self::Closed(words),
            Some("staff") => Self::StaffOnly(words),
            _ => Self::Open,
        }
    }

    /// What those are told who cannot come in now.
    pub fn words(&self) -> Option<String> {
        let (what, words) = match self {
            Self::Open => return None,
            Self::Closed(words) => ("Nobody new can join just now.", words),
            Self::StaffOnly(words) => ("Only the staff can be here just now.", words),
        };
        let words = if words.is_empty() { "Please come back later." } else { words };
        Some(format!("{what} {words}"))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed(_) => "closed",
            Self::StaffOnly(_) => "staff",
        }
    }
}

pub(super) async fn page<A: Access>(cx: &mut Cx<'_, A>) -> Result<Page> {
    let now = cx.now;
    let door = cx.desk().door();
    let locks = vec![
        ("open".to_owned(), "open: as the settings say".to_owned()),
        ("closed".to_owned(), "closed: nobody new can join".to_owned()),
        ("staff".to_owned(), "staff only: everybody else leaves".to_owned()),
    ];
    let lock =
        vec![choice("The door:", locks), text("A word for those who cannot come in; may be empty:", "")];
    let mut rows = vec![
        Row::new("door", "Door", door.words().unwrap_or_else(|| "open, as the settings say".to_owned()))
            .offer(Offer::new(Deed::LockDoor, lock)),
    ];
    let restart = match cx.desk().restart() {
        Some(restart) => {
            let at = time_of_day(restart.at, &Zone::utc());
            Row::new("restart", "Restart", format!("announced for {at} UTC"))
                .offer(Offer::new(Deed::CallOffRestart, vec![Question::Sure("Call it off?".to_owned())]))
        }
        None => Row::new("restart", "Restart", "none announced").offer(Offer::new(
            Deed::AnnounceRestart,
            vec![text("In how many minutes?", "10"), text("Why? May be empty:", "")],
        )),
    };
    rows.push(
        restart.help(
            "Everybody is told at 60, 30, 15, 10, 5, 2 and 1 minutes before. You restart hob yourself.",
        ),
    );
    for (id, open) in cx.desk().sessions() {
        let who = match open.who {
            Who::Member(member) => members::name_and_zone(cx.conn(), member).await?.0,
            Who::Guest | Who::Host => "a guest".to_owned(),
        };
        let from = open.peer.map_or_else(|| "?".to_owned(), |peer| peer.to_string());
        let idle = now.seconds_since(open.touched);
        let idle = if idle < 60 { "active".to_owned() } else { format!("idle {}", duration_words(idle)) };
        let value = format!("{from}, {idle}, {}, {}", open.terminal, open.shows);
        let end = vec![text(format!("A word to {who}; may be empty:"), "")];
        let mut row = Row::new(id.0, who, value)
            .help(format!("Here for {}.", duration_words(now.seconds_since(open.since).max(0))))
            .offer(Offer::new(Deed::EndSession, end));
        let preview = match open.peer {
            Some(peer) => bans::preview_of(cx, peer).await?,
            None => None,
        };
        if let Some(preview) = preview {
            let sure = format!("Ban {}? {}", preview.subject, preview.words());
            let terms =
                BAN_TERMS.iter().map(|(words, _)| ((*words).to_owned(), (*words).to_owned())).collect();
            let why = text("Why? Members read it in the log.", "");
            let asked = vec![Question::Sure(sure), choice("For how long?", terms), why];
            row = row.offer(Offer::new(Deed::BanAddress, asked));
        }
        rows.push(row);
    }
    let all = Offer::new(Deed::Broadcast, vec![text("A line to everybody who is here:", "")]);
    Ok(Page { section: Section::Now, rows, offers: vec![all] })
}

fn words(text: &str) -> Result<String> {
    let line = clean_line(text);
    let chars = line.chars().count();
    if chars > WORDS_CHARS_MAX {
        return Err(Error::invalid(format!("That is {chars} characters; {WORDS_CHARS_MAX} are the most.")));
    }
    Ok(line)
}

/// Ends a session, with a word to its person.
pub(super) async fn end(cx: &mut Cx<'_, Writes>, row: &str, word: &str) -> Result<Done> {
    let session = row.parse().map(SessionId).map_err(|_| Error::NotFound("session"))?;
    let word = words(word)?;
    let open = cx.desk().sessions().into_iter().find(|(id, _)| *id == session);
    let Some((_, open)) = open else { return Err(Error::conflict("That session has ended already.")) };
    let said = if word.is_empty() { String::new() } else { format!(" {word}") };
    cx.desk().end(session, format!("The sysop ended this session.{said}"));
    match open.who {
        Who::Member(member) => super::note_about(cx, "session.end", member, "").await?,
        Who::Guest | Who::Host => super::note(cx, "session.end", 0, "a guest's").await?,
    }
    cx.publish(DomainEvent::SessionEnds { session });
    Ok(Done::new("The session ends. What was being written is kept as a draft."))
}

/// Bans the address that a session comes from; whom that meets was asked about.
pub(super) async fn ban(cx: &mut Cx<'_, Writes>, row: &str, term: &str, reason: &str) -> Result<Done> {
    let session = row.parse().map(SessionId).map_err(|_| Error::NotFound("session"))?;
    let open = cx.desk().sessions().into_iter().find(|(id, _)| *id == session);
    let peer = open.and_then(|(_, open)| open.peer);
    let Some(peer) = peer else { return Err(Error::conflict("That session has ended already.")) };
    let term = BAN_TERMS.iter().position(|(words, _)| *words == term).ok_or(Error::NotFound("length"))?;
    let until = bans::term_end(cx.now, term);
    let make = MakeBan { what: peer.to_string(), reason: reason.to_owned(), until, sure: true };
    make.run(cx).await?;
    Ok(Done::new("The address is on the ban list; who came from there has left. g B takes it off."))
}

/// Says a line to everybody who is here.
pub(super) async fn broadcast(cx: &mut Cx<'_, Writes>, line: &str) -> Result<Done> {
    let line = words(line)?;
    if line.is_empty() {
        return Err(Error::invalid("There is no text yet. Write something first."));
    }
    let me = cx.me()?;
    let (handle, _) = members::name_and_zone(cx.conn(), me).await?;
    let announcement = cx.desk().announce(format!("{handle} to all: {line}"));
    super::note(cx, "place.broadcast", 0, &line).await?;
    cx.publish(DomainEvent::Announced { announcement });
    Ok(Done::new("Said to everybody who is here."))
}

/// Opens or closes the door.
pub(super) async fn lock(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<RunPlace>,
    how: &str,
    word: &str,
) -> Result<Done> {
    let word = words(word)?;
    let (before, now) = (cx.desk().door(), cx.now);
    let door = match how {
        "open" => Door::Open,
        "closed" => Door::Closed(word.clone()),
        "staff" => Door::StaffOnly(word.clone()),
        _ => return Err(Error::NotFound("state of the door")),
    };
    if door == before {
        return Err(Error::conflict("The door is like that already."));
    }
    place::set(cx.conn(), grant, now, DOOR, Some(door.name())).await?;
    place::set(cx.conn(), grant, now, DOOR_WORDS, Some(&word)).await?;
    super::note(cx, "place.door", 0, door.name()).await?;
    cx.desk().set_door(door.clone());
    cx.publish(DomainEvent::DoorChanged);
    let was = match &before {
        Door::Open => String::new(),
        Door::Closed(words) | Door::StaffOnly(words) => words.clone(),
    };
    let undo = super::act(Deed::LockDoor, "door", [before.name().to_owned(), was]);
    let said = match door {
        Door::Open => "The door is open.",
        Door::Closed(_) => "Nobody new can join.",
        Door::StaffOnly(_) => "Only staff are here now.",
    };
    Ok(Done::new(said).undo(undo))
}

/// Announces a restart, or calls it off.
pub(super) async fn restart(cx: &mut Cx<'_, Writes>, answers: Option<(&str, &str)>) -> Result<Done> {
    let Some((minutes, why)) = answers else {
        if cx.desk().restart().is_none() {
            return Err(Error::conflict("No restart is announced."));
        }
        cx.desk().set_restart(None);
        super::note(cx, "place.restart", 0, "called off").await?;
        let announcement = cx.desk().announce("The restart is called off.".to_owned());
        cx.publish(DomainEvent::Announced { announcement });
        return Ok(Done::new("Called off; everybody who is here is told."));
    };
    let why = words(why)?;
    let minutes: i64 = minutes.trim().parse().unwrap_or(0);
    if !(1..=RESTART_MINUTES_MAX).contains(&minutes) {
        return Err(Error::invalid(format!("A whole number of minutes, 1 to {RESTART_MINUTES_MAX}.")));
    }
    let at = cx.now.plus(minutes * 60);
    super::note(cx, "place.restart", 0, &format!("in {minutes} minutes")).await?;
    cx.desk().set_restart(Some((at, why)));
    let undo = super::act::<&str>(Deed::CallOffRestart, "restart", []);
    Ok(Done::new("Everybody is told now and again as it comes near. Restart hob yourself then.").undo(undo))
}
