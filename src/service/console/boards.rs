//! Boards and their categories: made, changed, put in order, closed and opened again. Each change has its inverse.

use super::page::{Offer, Page, Question, Row, Section, choice, text, words};
use super::{Deed, Done};
use crate::domain::board::{Audience, BoardKind};
use crate::domain::ids::BoardId;
use crate::domain::policy::{ArrangeBoards, Grant};
use crate::domain::text::clean_line;
use crate::service::{Access, Cx, DomainEvent, Error, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::boards::{self, BoardRow, NewBoard};
use crate::store::members;

/// Longest name, category and purpose line, in characters: they stand in one row of a list.
const NAME_CHARS_MAX: usize = 40;
const PURPOSE_CHARS_MAX: usize = 200;
/// Longest name in commands.
const SLUG_CHARS_MAX: usize = 24;

pub(super) async fn page<A: Access>(cx: &mut Cx<'_, A>) -> Result<Page> {
    let sees = cx.actor.clearance();
    let list = boards::list(cx.conn(), sees).await?;
    let mut rows = Vec::with_capacity(list.len());
    for board in list {
        let host = match board.host_id {
            Some(host) => members::name_and_zone(cx.conn(), host).await?.0,
            None => String::new(),
        };
        rows.push(row(board, &host));
    }
    let kinds = words(BoardKind::ALL.iter().copied());
    let make = vec![
        text("Its name in commands, such as garden:", ""),
        text("Its name on screens:", ""),
        text("What it is for, in one line:", ""),
        choice("Which type?", kinds),
        choice("Who may see it?", words(Audience::ALL.iter().copied())),
    ];
    Ok(Page { section: Section::Boards, rows, offers: vec![Offer::new(Deed::MakeBoard, make)] })
}

fn row(board: BoardRow, host: &str) -> Row {
    let category = if board.category.is_empty() { String::new() } else { format!(", in {}", board.category) };
    let state = if board.archived { ", archived" } else { "" };
    let hosted = if host.is_empty() { String::new() } else { format!(", host {host}") };
    let value = format!(
        "{}: {}, see {}, write {}{category}{hosted}{state}",
        board.slug, board.kind, board.see, board.write
    );
    let row = Row::new(board.id, &board.name, value).help(&board.purpose);
    if board.archived {
        let sure = Question::Sure("Open it again? Members can write in it as before.".to_owned());
        return row.offer(Offer::new(Deed::ReopenBoard, vec![sure]));
    }
    let one = |deed, question| Offer::new(deed, vec![question]);
    row.offer(one(Deed::RenameBoard, text("Its name on screens:", board.name)))
        .offer(one(Deed::DescribeBoard, text("What it is for, in one line:", board.purpose)))
        .offer(one(Deed::BoardCategory, text("The heading it stands under; empty for none:", board.category)))
        .offer(one(Deed::BoardPlace, text("Its place in the order, from 1:", board.position.to_string())))
        .offer(one(Deed::BoardType, choice("Which type?", words(BoardKind::ALL.iter().copied()))))
        .offer(one(Deed::BoardSee, choice("Who may see it?", words(Audience::ALL.iter().copied()))))
        .offer(one(Deed::BoardWrite, choice("Who may write?", words(Audience::ALL[1..].iter().copied()))))
        .offer(one(Deed::BoardHost, text("Its host's handle; empty for none:", host)))
        .offer(one(
            Deed::ArchiveBoard,
            Question::Sure("Close it? It stays readable, and can be opened again.".to_owned()),
        ))
}

/// A line for a list, checked.
fn line(text: &str, most: usize, what: &str, may_be_empty: bool) -> Result<String> {
    let line = clean_line(text);
    let chars = line.chars().count();
    if chars > most || (chars == 0 && !may_be_empty) {
        return Err(Error::invalid(format!("{what} has up to {most} characters, and this has {chars}.")));
    }
    Ok(line)
}

/// A name in commands: small letters, digits and single hyphens, beginning with a letter.
fn slug(text: &str) -> Result<String> {
    let slug = text.trim().to_ascii_lowercase();
    let fits = (2..=SLUG_CHARS_MAX).contains(&slug.len())
        && slug.starts_with(|c: char| c.is_ascii_lowercase())
        && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !slug.ends_with('-')
        && !slug.contains("--");
    if fits {
        return Ok(slug);
    }
    Err(Error::invalid(format!(
        "A name in commands is 2 to {SLUG_CHARS_MAX} small letters, digits and hyphens, beginning with a letter."
    )))
}

/// Makes a board at the end of the order.
pub(super) async fn make(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<ArrangeBoards>,
    answers: &[String],
) -> Result<Done> {
    let [short, name, purpose, kind, see] = answers else { return Err(super::too_few()) };
    let short = slug(short)?;
    if boards::by_slug(cx.conn(), &short).await?.is_some() {
        return Err(Error::conflict(format!("There is a board {short} already. Choose another name.")));
    }
    let see: Audience = see.parse().map_err(|_| Error::NotFound("audience"))?;
    let (sees, now) = (cx.actor.clearance(), cx.now);
    let last = boards::list(cx.conn(), sees).await?.iter().map(|board| board.position).max().unwrap_or(0);
    let new = NewBoard {
        slug: &short,
        name: &line(name, NAME_CHARS_MAX, "A name", false)?,
        purpose: &line(purpose, PURPOSE_CHARS_MAX, "The line", false)?,
        category: "",
        position: last + 1,
        kind: kind.parse().map_err(|_| Error::NotFound("type"))?,
        see,
        // Guests never write: where they may look, members write.
        write: if see == Audience::Guests { Audience::Members } else { see },
        host: None,
    };
    let board = boards::insert(cx.conn(), grant, now, &new).await?;
    tell(cx, board, "board.make", &format!("{short}, {}, for {see}", new.kind)).await?;
    // A board that should not be there is closed: what was written meanwhile is nobody's to lose.
    let undo = super::act::<&str>(Deed::ArchiveBoard, &board.to_string(), []);
    Ok(Done::new(format!("{} is there now.", new.name)).undo(undo))
}

/// Changes one thing of a board.
pub(super) async fn change(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<ArrangeBoards>,
    deed: Deed,
    row: &str,
    answer: &str,
) -> Result<Done> {
    let id = row.parse().map(BoardId).map_err(|_| Error::NotFound("board"))?;
    let before = boards::get(cx.conn(), id).await?.ok_or(Error::NotFound("board"))?;
    let mut after = before.clone();
    let (back, was) = apply(cx, deed, &mut after, answer).await?;
    if after == before {
        return Err(Error::conflict(format!("{} is like that already.", before.name)));
    }
    boards::update(cx.conn(), grant, &after).await?;
    let detail = format!("{}: {} to {}", after.slug, deed.name(), summary(deed, &after));
    tell(cx, id, "board.change", &detail).await?;
    Ok(Done::new(format!("{}: done.", after.name)).undo(super::act(back, row, was)))
}

/// Changes the row, and gives the deed and the answer that change it back.
async fn apply(
    cx: &mut Cx<'_, Writes>,
    deed: Deed,
    board: &mut BoardRow,
    answer: &str,
) -> Result<(Deed, Vec<String>)> {
    let was = match deed {
        Deed::RenameBoard => {
            std::mem::replace(&mut board.name, line(answer, NAME_CHARS_MAX, "A name", false)?)
        }
        Deed::DescribeBoard => {
            std::mem::replace(&mut board.purpose, line(answer, PURPOSE_CHARS_MAX, "The line", false)?)
        }
        Deed::BoardCategory => {
            std::mem::replace(&mut board.category, line(answer, NAME_CHARS_MAX, "A heading", true)?)
        }
        Deed::BoardPlace => {
            let place: i64 = answer.trim().parse().unwrap_or(0);
            if !(1..=1_000).contains(&place) {
                return Err(Error::invalid("A place in the order is a number from 1 to 1000."));
            }
            std::mem::replace(&mut board.position, place).to_string()
        }
        Deed::BoardType => {
            let kind = answer.parse().map_err(|_| Error::NotFound("type"))?;
            std::mem::replace(&mut board.kind, kind).to_string()
        }
        Deed::BoardSee => {
            let see = answer.parse().map_err(|_| Error::NotFound("audience"))?;
            std::mem::replace(&mut board.see, see).to_string()
        }
        Deed::BoardWrite => {
            let write = answer.parse().map_err(|_| Error::NotFound("audience"))?;
            if write == Audience::Guests {
                return Err(Error::invalid("Guests never write: they have no name to answer to."));
            }
            std::mem::replace(&mut board.write, write).to_string()
        }
        Deed::BoardHost => {
            let host = match answer.trim().trim_start_matches('@') {
                "" => None,
                handle => {
                    let account = members::by_fold(cx.conn(), &handle.to_ascii_lowercase()).await?;
                    Some(account.ok_or(Error::NotFound("member"))?.id)
                }
            };
            match std::mem::replace(&mut board.host_id, host) {
                Some(was) => members::name_and_zone(cx.conn(), was).await?.0,
                None => String::new(),
            }
        }
        Deed::ArchiveBoard => {
            board.archived = true;
            return Ok((Deed::ReopenBoard, Vec::new()));
        }
        _ => {
            board.archived = false;
            return Ok((Deed::ArchiveBoard, Vec::new()));
        }
    };
    Ok((deed, vec![was]))
}

fn summary(deed: Deed, board: &BoardRow) -> String {
    match deed {
        Deed::RenameBoard => board.name.clone(),
        Deed::DescribeBoard => "another line".to_owned(),
        Deed::BoardCategory => board.category.clone(),
        Deed::BoardPlace => board.position.to_string(),
        Deed::BoardType => board.kind.to_string(),
        Deed::BoardSee => board.see.to_string(),
        Deed::BoardWrite => board.write.to_string(),
        Deed::BoardHost => board.host_id.map_or_else(|| "nobody".to_owned(), |id| format!("member {id}")),
        _ => if board.archived { "archived" } else { "open" }.to_owned(),
    }
}

async fn tell(cx: &mut Cx<'_, Writes>, board: BoardId, action: &str, detail: &str) -> Result<()> {
    cx.audit(NewAudit {
        action,
        thing: "board",
        thing_id: board.0,
        target: None,
        rule_no: None,
        reason: "",
        detail,
        public: false,
    })
    .await?;
    cx.publish(DomainEvent::BoardsChanged);
    Ok(())
}
