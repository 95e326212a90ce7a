//! Single lines that are kept as drafts while they are typed (W2): the reasons of the staff, the notes of reports, what
//! is being said in a room.

use super::talk::{Heard, Talk};
use super::turn::{Talked, Turn};
use crate::domain::draft::{DraftTarget, Form};
use crate::service::Request;
use crate::service::drafts::{DropDraft, LoadDraft, SaveDraft};

impl Talk {
    /// Asks for a line that may be empty, and keeps it until it is dropped. One that was kept before is said; an empty
    /// line takes it. Ctrl-C cancels, and what was typed until then is kept.
    pub(super) async fn ask_kept(&mut self, prompt: &str, form: Form) -> Talked<String> {
        let target = DraftTarget::of(form);
        let before = self.kept_line(&target).await?;
        let prompt = match &before {
            Some(before) => {
                self.say(&format!("Kept from before: {before}")).await?;
                format!("{prompt}; an empty line takes what is kept")
            }
            None => prompt.to_owned(),
        };
        let (heard, _) = self.hear_kept(&prompt, &target, "").await;
        match heard? {
            Heard::Line(line) if line.trim().is_empty() => {
                self.look_up().await?;
                Ok(before.unwrap_or_default())
            }
            Heard::Line(line) => {
                self.keep_line(&target, &line).await?;
                self.look_up().await?;
                Ok(line)
            }
            Heard::Cancel | Heard::Time => Err(Turn::Cancelled),
        }
    }

    /// The same for a line that must not be empty: that cancels.
    pub(super) async fn ask_kept_words(&mut self, prompt: &str, form: Form) -> Talked<String> {
        let line = self.ask_kept(prompt, form).await?;
        if line.trim().is_empty() { Err(Turn::Cancelled) } else { Ok(line.trim().to_owned()) }
    }

    /// Asks for a line that must not be empty, and drops what was kept of it once `request` is done with it.
    pub(super) async fn send_kept<R: Request>(
        &mut self,
        prompt: &str,
        form: Form,
        request: impl FnOnce(String) -> R,
    ) -> Talked<R::Reply> {
        let words = self.ask_kept_words(prompt, form).await?;
        let reply = self.call(request(words)).await?;
        self.drop_kept(form).await?;
        Ok(reply)
    }

    /// What was asked for is done with.
    pub(super) async fn drop_kept(&mut self, form: Form) -> Talked<()> {
        self.call(DropDraft { target: DraftTarget::of(form) }).await.map(drop)
    }

    /// The line that was kept before, if there is one.
    pub(super) async fn kept_line(&mut self, target: &DraftTarget) -> Talked<Option<String>> {
        let draft = self.call(LoadDraft { target: target.clone() }).await?;
        let words = draft.map(|draft| draft.body.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(words.filter(|words| !words.is_empty()))
    }

    /// Prints a prompt and waits for a line. What stands on it unfinished is kept after `before`, at intervals and when
    /// the line to the person breaks. Says also whether anything was kept. [`Heard::Time`]: somebody said something in
    /// the room.
    pub(super) async fn hear_kept(
        &mut self,
        prompt: &str,
        target: &DraftTarget,
        before: &str,
    ) -> (Talked<Heard>, bool) {
        self.set_keeping(true);
        let mut kept = false;
        let mut heard = self.hear_after(prompt).await;
        while matches!(heard, Ok(Heard::Time)) && self.must_keep() {
            let line = format!("{before} {}", self.typing.unfinished());
            kept = true;
            heard = match self.keep_line(target, &line).await {
                Ok(()) => self.hear().await,
                Err(turn) => Err(turn),
            };
        }
        self.set_keeping(false);
        if !matches!(heard, Ok(Heard::Line(_) | Heard::Time)) {
            let line = self.typing.take_line();
            if !line.trim().is_empty() {
                kept = true;
                // What ends the session is to be told, not that its last word could not be kept as well.
                let _ = self.keep_line(target, &format!("{before} {line}")).await;
            }
        }
        (heard, kept)
    }

    /// Keeps a line. Where that is refused it stays with the writer, and what comes next says why.
    pub(super) async fn keep_line(&mut self, target: &DraftTarget, line: &str) -> Talked<()> {
        let body = line.trim().to_owned();
        let save = SaveDraft { target: target.clone(), title: String::new(), body, reply_to: None };
        match self.call(save).await {
            Err(Turn::Refused(_)) => Ok(()),
            other => other,
        }
    }
}
