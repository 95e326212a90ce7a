//! What was written and not sent.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Talked, Turn};
use super::words::{ago, count};
use crate::domain::draft::DraftTarget;
use crate::service::drafts::{DraftSummary, DropDraft, ListDrafts};

static MENU: Menu = Menu {
    name: "drafts",
    entries: &[entry(Act::Drop, "drop", "", "NUMBER", "drop a draft, after a question")],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn drafts(&mut self) -> Talked<()> {
        let drafts = self.call(ListDrafts).await?;
        if drafts.is_empty() {
            self.say("No drafts: everything that you wrote is sent.").await?;
            return Err(Turn::Return);
        }
        let number = count(i64::try_from(drafts.len()).unwrap_or(i64::MAX), "draft");
        self.say(&format!("{number}. Type a number to go on writing.")).await?;
        let now = self.now();
        for (draft, number) in drafts.iter().zip(1..) {
            self.say(&format!(
                "{number} {}, kept {}: {}",
                name(draft),
                ago(now, draft.saved_at),
                draft.excerpt
            ))
            .await?;
        }
        let names: Vec<String> = drafts.iter().map(name).collect();
        loop {
            let said = self.command("drafts", &MENU).await?;
            let done = match &said {
                Said::Act(_, rest) => match self.picked(&Said::from_rest(rest), &names).await? {
                    Some(index) => self.drop_draft(drafts[index].target.clone()).await,
                    None => Ok(()),
                },
                said => match self.picked(said, &names).await? {
                    Some(index) => self.go_on_with(drafts[index].target.clone()).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn drop_draft(&mut self, target: DraftTarget) -> Talked<()> {
        if !self.confirm("Drop it?").await? {
            return Err(Turn::Cancelled);
        }
        self.call(DropDraft { target }).await?;
        self.say("Dropped.").await
    }
}

fn name(draft: &DraftSummary) -> String {
    let thread = draft.thread.as_deref().unwrap_or("a thread");
    match &draft.target {
        DraftTarget::Board(_) => {
            let board = draft.board.as_deref().unwrap_or("a board");
            match draft.title.as_str() {
                "" => format!("a new thread on {board}"),
                title => format!("{title}, a new thread on {board}"),
            }
        }
        DraftTarget::Reply(_) => format!("an answer in {thread}"),
        DraftTarget::Edit(_, no) => format!("your post {no} in {thread}"),
        DraftTarget::Form(form) if form == super::profile::ABOUT_FORM => {
            "about you, in your profile".to_owned()
        }
        DraftTarget::Form(form) => format!("the form {form}"),
        _ => format!("a text in {thread}"),
    }
}
