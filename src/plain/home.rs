//! Home: what happened since one was here, in a few sentences.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::Talked;
use super::words::{ago, count, list};
use crate::domain::time::absolute;
use crate::service::home::{HomeView, ShowHome};

static MENU: Menu = Menu {
    name: "home",
    entries: &[
        entry(Act::Next, "next", "n", "", "read on: the next post that you have not read"),
        entry(Act::Boards, "boards", "", "", "the boards"),
        entry(Act::Members, "members", "", "PART", "the members"),
        entry(Act::Search, "search", "", "WORDS", "search"),
        entry(Act::Drafts, "drafts", "", "", "what you have not sent yet"),
        entry(Act::Settings, "settings", "", "", "your choices"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: true,
};

/// Rows of each list: what fits a minute of listening.
const ROWS: usize = 5;

impl Talk {
    pub(super) async fn home(&mut self) -> Talked<()> {
        self.stand_at(None);
        let view = self.call(ShowHome).await?;
        if self.arrives() {
            self.say_home(&view).await?;
        }
        loop {
            let said = self.command("home", &MENU).await?;
            let done = match said {
                Said::Act(act, rest) => self.everywhere(act, rest, &MENU).await,
                Said::Pick(_) => Ok(()),
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn say_home(&mut self, view: &HomeView) -> Talked<()> {
        let now = self.now();
        let posts = count(view.unread_posts, "unread post");
        let threads = count(view.unread_threads, "thread");
        match view.unread_posts {
            0 => self.say("Home. You are caught up.").await?,
            _ => self.say(&format!("Home. {posts} in {threads}.")).await?,
        }
        if let Some(calm) = &self.me.calm {
            let until = absolute(calm.until, &self.zone());
            self.say(&format!("The place is calm until {until}: {}", calm.reason)).await?;
        }
        for row in view.addressed.rows.iter().take(ROWS) {
            let how = if row.mention { "mentions you" } else { "answers you" };
            let (author, title, when) = (&row.author, &row.title, ago(now, row.created_at));
            self.say(&format!("{author} {how} in {title}, {when}: {}.{}", row.thread_id, row.no)).await?;
        }
        if view.addressed.count > i64::try_from(ROWS).unwrap_or(i64::MAX) {
            self.say(&format!("{} in all answer or mention you.", count(view.addressed.count, "post")))
                .await?;
        }
        for row in view.followed.rows.iter().take(ROWS) {
            let unread = count(row.unread, "unread post");
            self.say(&format!("You follow: {}, {unread}, in {}.", row.title, row.board)).await?;
        }
        self.say_for_me(&view.for_me, now).await?;
        for board in view.boards.iter().filter(|board| board.unread_posts > 0) {
            self.say(&format!("{}: {} unread.", board.name, board.unread_posts)).await?;
        }
        let people = |persons: &[crate::service::home::Person]| -> Vec<String> {
            persons.iter().map(|person| person.handle.clone()).collect()
        };
        if !view.joined.is_empty() {
            self.say(&format!("New here: {}.", list(&people(&view.joined)))).await?;
        }
        if !view.returned.is_empty() {
            self.say(&format!("Back again: {}.", list(&people(&view.returned)))).await?;
        }
        let here: Vec<String> = view.company.here.iter().map(|here| here.handle.clone()).collect();
        if !here.is_empty() {
            self.say(&format!("Here now: {}.", list(&here))).await?;
        }
        if let Some(line) = &view.wall {
            self.say(&format!("On the wall, {} writes: {}", line.author, line.text)).await?;
        }
        Ok(())
    }
}
