//! Writing: `post` and `reply`. The text comes from standard input; a draft in the editor is another text and stays.

use serde_json::json;

use super::refs::parse_thread_or_post;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::service::Error;
use crate::service::boards::ListBoards;
use crate::service::held::{HandIn, HandedIn};
use crate::service::writing::{Posted, StartThread, WriteReply, WrittenElsewhere};

/// `post BOARD -t TITLE < FILE`
pub(super) async fn post(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let title = desk.args.option("-t").map_err(|why| usage("post", &why))?;
    let Some(name) = desk.args.first() else { return Err(usage("post", "On which board?")) };
    desk.args.no_more().map_err(|why| usage("post", &why))?;
    let Some(title) = title else { return Err(usage("post", "A thread needs a title: -t \"…\".")) };
    let boards = desk.call(ListBoards).await?.boards;
    // Before the text is asked for: nobody types a post for a board that is not there.
    let board = boards.into_iter().find(|board| board.slug == name).ok_or(Error::NotFound("board"))?;
    let body = desk.input().await?;
    let start = StartThread { board: board.id, title, body };
    match desk.call(WrittenElsewhere(start.clone())).await {
        Err(Failure::Refused(Error::MustWait(_))) => {
            let handed_in = desk.call(HandIn { text: start, keep_draft: true }).await?;
            Ok(waits(desk, &handed_in, &board.slug))
        }
        answer => Ok(said(desk, &answer?, &board.slug)),
    }
}

/// `reply THREAD[.NO] < FILE`
pub(super) async fn reply(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let Some(word) = desk.args.first() else { return Err(usage("reply", "To which post?")) };
    desk.args.no_more().map_err(|why| usage("reply", &why))?;
    let (thread, reply_to) = parse_thread_or_post(&word).map_err(|why| usage("reply", &why))?;
    let body = desk.input().await?;
    let reply = WriteReply { thread, reply_to, body };
    match desk.call(WrittenElsewhere(reply.clone())).await {
        Err(Failure::Refused(Error::MustWait(_))) => {
            let handed_in = desk.call(HandIn { text: reply, keep_draft: true }).await?;
            let slug = super::boards::slugs(desk).await?.remove(&handed_in.board).unwrap_or_default();
            Ok(waits(desk, &handed_in, &slug))
        }
        answer => {
            let posted = answer?;
            let slug = super::boards::slugs(desk).await?.remove(&posted.board).unwrap_or_default();
            Ok(said(desk, &posted, &slug))
        }
    }
}

/// It is handed in, and waits for a moderator.
fn waits(desk: &Desk<'_, impl CommandIo>, handed_in: &HandedIn, board: &str) -> Output {
    if desk.args.json {
        return Output::json([json!({
            "waits": handed_in.held.0,
            "why": handed_in.why.as_str(),
            "board": board,
        })]);
    }
    Output::text(format!("{} It waits on {board}.", handed_in.why.to_author()))
}

fn said(desk: &Desk<'_, impl CommandIo>, posted: &Posted, board: &str) -> Output {
    let post = format!("{}.{}", posted.thread, posted.no);
    if desk.args.json {
        return Output::json([json!({
            "post": post,
            "thread": posted.thread.0,
            "no": posted.no.0,
            "board": board,
        })]);
    }
    Output::text(format!("Posted as {post} in {board}."))
}
