//! An appeal, or a removal that needs a second pair of eyes: what was done and why, what the member says, what happened
//! before; and the two keys that decide it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::view::{history_rows, scroll};
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::MatterId;
use crate::domain::moderation::{MatterKind, Thing};
use crate::domain::time::ago;
use crate::service::cases::{DecideMatter, ListQueue, MatterFile, OpenMatter};
use crate::service::drafts::DropDraft;
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Pager, Prompt, Rows};

/// What is said to the sysop where nobody else is there.
const NOBODY_ELSE: &str = "You are part of this, and nobody else is here to look at it: no other staff, no regular who \
                           could be drawn. Read it as if somebody else had decided. The mod log says that you were alone.";

/// The questions for the reason.
const GRANT: u32 = 1;
const REFUSE: u32 = 2;

/// The screen.
pub struct MatterScreen {
    matter: MatterId,
    file: Option<MatterFile>,
    pager: Pager,
}

impl MatterScreen {
    /// A matter to open.
    pub fn new(matter: MatterId) -> Self {
        Self { matter, file: None, pager: Pager::default() }
    }

    fn is_open(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.decided.is_none())
    }

    fn form(&self) -> Option<Form> {
        self.file.as_ref().map(|file| Form::Act(Thing::Member(file.member_id)))
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<OpenMatter>() {
            Ok(Ok(file)) => {
                self.file = Some(file);
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<ListQueue>() {
            Ok(Ok(queue)) => match super::super::queue::next_after(&queue, &self.route(), cx.look) {
                Some(next) => return cx.effect(Effect::Replace(next)),
                None => return cx.say("Nothing else waits for you."),
            },
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        if let Ok(result) = answer.take::<DecideMatter>() {
            match result {
                Ok(_) => {
                    cx.good("Decided. The member is told, and the mod log says it.");
                    if let Some(form) = self.form() {
                        cx.call(DropDraft { target: DraftTarget::of(form) });
                    }
                }
                Err(why) => cx.refuse(why),
            }
            cx.call(OpenMatter { matter: self.matter });
        }
    }

    /// Asks why, with the answer kept as a draft.
    fn ask(&self, tag: u32, cx: &mut Ui<'_>) {
        let (Some(file), Some(form)) = (&self.file, self.form()) else { return };
        let question = match (file.kind, tag) {
            (MatterKind::Appeal, GRANT) => "Why is it taken back? The member reads it.",
            (MatterKind::Appeal, _) => "Why does it stand? The member reads it.",
            (MatterKind::Removal | MatterKind::Step, GRANT) => "Why do you agree? It stands in the record.",
            (MatterKind::Removal | MatterKind::Step, _) => "Why not? It stands in the record.",
        };
        cx.effect(Effect::Push(Box::new(Prompt::new(tag, question, "").kept(form))));
    }

    fn rows(&self, width: usize, look: &Look) -> Rows {
        let theme = &look.theme;
        let mut rows = Rows::default();
        let Some(file) = &self.file else { return rows };
        if let Some((by, at, granted, answer)) = &file.decided {
            let how = if *granted { "granted" } else { "refused" };
            rows.push_wrapped(
                &format!("{how} by {by} {}: {answer}", ago(look.now, *at)),
                width,
                0,
                theme.good,
            );
            rows.gap();
        }
        if file.alone && file.decided.is_none() {
            rows.push_wrapped(NOBODY_ELSE, width, 0, theme.strong);
            rows.gap();
        }
        let asked = ago(look.now, file.asked_at);
        rows.push_wrapped(&format!("{}, {asked}", file.opening()), width, 0, theme.accent);
        rows.push_wrapped(&file.words, width, 2, theme.text);
        if let Some(rule) = &file.rule {
            rows.push_wrapped(&format!("Rule {}: {}", rule.no, rule.title), width, 2, theme.dim);
        }
        rows.gap();
        if !file.notice.is_empty() {
            rows.push("What was done, as the member read it", theme.accent);
            for paragraph in &file.notice {
                rows.push_wrapped(paragraph, width, 2, theme.text);
            }
            rows.gap();
        }
        rows.append(history_rows(&file.member, &file.history, width, look));
        rows
    }
}

impl Screen for MatterScreen {
    fn route(&self) -> Route {
        Route::Matter(self.matter)
    }

    fn title(&self) -> String {
        match &self.file {
            Some(file) => format!("{} {}", file.kind.label(), file.member),
            None => "to look at again".to_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Matter, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.file.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        !matches!(command, Command::Approve | Command::Decline) || self.is_open()
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        let matter = self.matter;
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::MattersChanged) => {
                cx.call(OpenMatter { matter });
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(DialogResult::Text(tag @ (GRANT | REFUSE), reason)) => {
                cx.call(DecideMatter { matter, grant: tag == GRANT, reason });
            }
            Msg::Command(Command::Approve) if self.is_open() => self.ask(GRANT, cx),
            Msg::Command(Command::Decline) if self.is_open() => self.ask(REFUSE, cx),
            Msg::Command(Command::NextItem) => cx.call(ListQueue),
            Msg::Command(Command::Open) => {
                if let Some(file) = &self.file {
                    cx.open(Route::Profile(file.member_id));
                }
            }
            Msg::Command(Command::Back) => cx.back(),
            Msg::Command(command) => {
                self.pager.command(command);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let inside =
            Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX), ..area };
        let rows = self.rows(usize::from(inside.width), look);
        scroll(&mut self.pager, &rows, inside, buf, look);
        None
    }
}
