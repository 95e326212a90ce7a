//! The archive of everything that is kept about a member (W6), made at once.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::turns::Turn;
use super::{WORDS, archive};
use crate::domain::policy::TakeOwnData;
use crate::service::{Caller, Cx, Error, Reads, Request, Result, Service, Who};
use crate::store::members;
use crate::store::mine::{self, OwnPost};

/// Asks for everything that hob keeps about the caller, as an archive. There is one at a time for a member.
#[derive(Debug, Default)]
pub struct ExportMine {
    turn: Option<Turn>,
}

/// The archive. As long as it is there, its member gets no other.
#[derive(Debug)]
pub struct Archive {
    /// A tar archive: a `README.md`, JSON Lines, and the posts as Markdown too. The same bytes as long as nothing
    /// changes.
    pub tar: Vec<u8>,
    /// The folder that all of it lies in.
    pub folder: String,
    _turn: Option<Turn>,
}

impl Request for ExportMine {
    type Reply = Archive;
    type Access = Reads;
    const NAME: &'static str = "export mine";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        if let Who::Member(member) = caller.who {
            self.turn = Some(service.archives.take(member)?);
        }
        Ok(())
    }

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Archive> {
        let me = cx.me()?;
        let grant = cx.allow(&TakeOwnData { member: me })?;
        let sees = cx.actor.clearance();
        let (handle, _) = members::name_and_zone(cx.conn(), me).await?;
        let place = cx.settings().name.clone();
        let posts = mine::posts(cx.conn(), &grant, me, sees).await?;
        let mut files = vec![
            ("README.md".to_owned(), readme(&place, &handle)),
            ("posts.jsonl".to_owned(), lines(posts.iter().map(as_json).collect::<Result<Vec<_>>>()?)),
            ("posts.md".to_owned(), as_markdown(&handle, &posts)),
        ];
        for file in mine::FILES {
            let rows = mine::rows(cx.conn(), &grant, file, me, sees).await?;
            files.push((format!("{}.jsonl", file.name), lines(rows)));
        }
        let folder = format!("hob-{}", handle.to_lowercase());
        let tar = archive::pack(&folder, &files)?;
        Ok(Archive { tar, folder, _turn: self.turn })
    }
}

fn lines(rows: Vec<String>) -> String {
    rows.into_iter().fold(String::new(), |text, row| text + &row + "\n")
}

fn as_json(post: &OwnPost) -> Result<String> {
    let history: Value = serde_json::from_str(&post.history)
        .map_err(|_| Error::conflict("The history of a post could not be read. Tell the sysop."))?;
    let line = json!({
        "board": post.board,
        "thread": post.thread_id.0,
        "title": post.title,
        "number": post.no.0,
        "answers": post.reply_to_no.map(|no| no.0),
        "written": post.written,
        "edited": post.edited,
        "state": post.state.as_str(),
        "text": post.body,
        "history": history,
    });
    Ok(line.to_string())
}

/// The posts to be read by people: by board and thread, each below its number.
fn as_markdown(handle: &str, posts: &[OwnPost]) -> String {
    let mut text = format!("# Posts by {handle}\n");
    let (mut board, mut thread) = (None, None);
    for post in posts {
        // Writing into a string cannot fail.
        if board != Some(post.board_id) {
            board = Some(post.board_id);
            let _ = write!(text, "\n# Board {}\n", post.board);
        }
        if thread != Some(post.thread_id) {
            thread = Some(post.thread_id);
            let title = post.title.as_deref().unwrap_or("(not shown to you today)");
            let _ = write!(text, "\n## {}: {title}\n", post.thread_id);
        }
        let answers = post.reply_to_no.map_or_else(String::new, |no| format!(", answers {no}"));
        let edited = post.edited.as_ref().map_or_else(String::new, |at| format!(", edited {at}"));
        let (id, no, written) = (post.thread_id, post.no, &post.written);
        let _ =
            write!(text, "\n### {id}.{no}, {written}{answers}{edited}, {}\n\n{}\n", post.state, post.body);
    }
    text
}

fn readme(place: &str, handle: &str) -> String {
    let mut text = format!(
        "# What {place} keeps about {handle}\n\n\
         Each `.jsonl` file has one JSON object a line, times in UTC. `posts.md` is `posts.jsonl` to be read by people. \
         Nothing of anybody else's is here but what they said to you or gave you.\n\n\
         | file | what | kept |\n|---|---|---|\n"
    );
    for words in WORDS {
        let _ = writeln!(text, "| `{}.jsonl` | {} | {} |", words.name, words.what, words.kept);
    }
    text.push_str(
        "\nThere is no list of your log-ins: `profile.jsonl` says when you were last here, `keys.jsonl` when each key was \
         last used. Addresses are kept for 30 days: yours in `addresses.jsonl`, and those from which wrong passwords came, which \
         are nobody's. Passwords are kept as a hash that nobody can turn back.\n",
    );
    text
}
