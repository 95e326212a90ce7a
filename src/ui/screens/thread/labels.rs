//! What is said about a thread besides its posts (tags, solved, where it came from), and what one keeps of it: the
//! reading list, where its links lead.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::acts::{LINK, TAGS, Undo};
use super::{Pending, Thread};
use crate::domain::ids::PostNo;
use crate::domain::time::{ago, duration_words};
use crate::service::Answer;
use crate::service::reading::{KeepPost, NextToMe};
use crate::service::tags::{SetTags, Solution, SolveThread};
use crate::ui::keys::Command;
use crate::ui::look::Look;
use crate::ui::screen::{Effect, Ui};
use crate::ui::screens::link::Link;
use crate::ui::screens::tags::TagDialog;
use crate::ui::widgets::Choose;

/// Rows of a window that are too few to give one to what is said about the thread.
const ROWS_MIN: u16 = 6;

impl Thread {
    /// The part of the window that the posts have: the first row is for what is said about the thread, if anything is.
    pub(super) fn text_area(&self, area: Rect) -> Rect {
        let facts = u16::from(self.has_facts() && area.height >= ROWS_MIN);
        Rect { y: area.y + facts, height: area.height - facts, ..area }
    }

    fn has_facts(&self) -> bool {
        self.head.as_ref().is_some_and(|head| {
            !head.tags.is_empty()
                || head.solution.is_some()
                || head.slow_s > 0
                || head.pinned
                || head.trail.is_some()
        })
    }

    /// What is said about the thread, with how it looks; what matters most comes first.
    pub(super) fn facts(&self, look: &Look) -> Vec<(String, Style)> {
        let Some(head) = &self.head else { return Vec::new() };
        let theme = &look.theme;
        let mut facts = Vec::new();
        if let Some(Solution { by }) = head.solution {
            let by = by.map_or_else(String::new, |no| format!(" by {no}"));
            facts.push((format!("{} solved{by}", theme.signs.check), theme.good));
        }
        if !head.tags.is_empty() {
            let tags: Vec<String> = head.tags.iter().map(|tag| format!("#{tag}")).collect();
            facts.push((tags.join(" "), theme.accent));
        }
        if head.slow_s > 0 {
            facts.push((
                format!("slow: one post every {} from each", duration_words(head.slow_s)),
                theme.warn,
            ));
        }
        if head.pinned {
            facts.push(("pinned".to_owned(), theme.dim));
        }
        if let Some(trail) = &head.trail {
            let from = trail.from.as_ref().map_or_else(String::new, |name| format!(" from {name}"));
            facts.push((format!("moved here{from}, {}", ago(look.now, trail.at)), theme.dim));
        }
        facts
    }

    /// To the next post that speaks to the member, over the whole thread.
    pub(super) fn next_to_me(&mut self, cx: &mut Ui<'_>) {
        if !cx.look.actor().is_active() {
            return cx.say("Posts speak to members; as a guest you read along.");
        }
        self.pending = Pending::Opening;
        cx.call(NextToMe { thread: self.thread, after: self.place.chosen });
    }

    pub(super) fn set_tags(&mut self, cx: &mut Ui<'_>) {
        if let Err(why) = self.allowed(Command::SetTags, cx.look) {
            return cx.refuse(why);
        }
        let Some(head) = &self.head else { return };
        let dialog = TagDialog::new(TAGS, self.thread, &head.tags);
        cx.effect(Effect::Push(Box::new(dialog)));
    }

    /// The dialog has set them.
    pub(super) fn tags_are_set(&mut self, before: String, cx: &mut Ui<'_>) {
        self.remember(Undo::Tags { thread: self.thread, before });
        self.read_afresh(cx);
        cx.good("The tags are set. u takes it back.");
    }

    /// The chosen post solved the question; asked for it once more, the question is open again. The question itself
    /// cannot be its answer: then it is solved by no post in particular.
    pub(super) fn solve(&mut self, no: PostNo, cx: &mut Ui<'_>) {
        if let Err(why) = self.allowed(Command::Solve, cx.look) {
            return cx.refuse(why);
        }
        let Some(head) = &self.head else { return };
        let by = Some(no).filter(|no| no.0 > 1);
        let solution = match head.solution {
            Some(solution) if solution.by == by || by.is_none() => None,
            _ => Some(Solution { by }),
        };
        cx.call(SolveThread { thread: self.thread, solution });
        match solution {
            Some(Solution { by: Some(no) }) => {
                cx.good(format!("Solved by {no}. v opens it again, u takes it back."))
            }
            Some(_) => cx.good("Solved. v opens it again; v on a post says that this one did it."),
            None => cx.good("The question is open again. u takes it back."),
        }
    }

    /// Puts the chosen post on the reading list, or takes it off.
    pub(super) fn keep_post(&mut self, no: PostNo, cx: &mut Ui<'_>) {
        let Some(loaded) = self.posts.get(no) else { return };
        let keep = !loaded.view.kept;
        self.keeping = Some(no);
        cx.call(KeepPost { thread: self.thread, no, keep });
    }

    /// Shows where the chosen post's link leads; of several, one chooses by its number.
    pub(super) fn choose_link(&mut self, no: PostNo, cx: &mut Ui<'_>) {
        self.links = self.posts.get(no).map(|loaded| loaded.links()).unwrap_or_default();
        match self.links.len() {
            0 => cx.say("There is no link in this post."),
            1 => self.open_link(0, cx),
            _ => {
                let choose = Choose::new(LINK, "Which link?", self.links.clone());
                cx.effect(Effect::Push(Box::new(choose)));
            }
        }
    }

    pub(super) fn open_link(&mut self, index: usize, cx: &mut Ui<'_>) {
        if let Some(address) = self.links.get(index) {
            cx.effect(Effect::Push(Box::new(Link::new(address.clone()))));
        }
    }

    /// Takes the answers to what is asked here.
    pub(super) fn label_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Result<(), Answer> {
        let answer = match answer.take::<NextToMe>() {
            Ok(found) => {
                self.pending = Pending::Nothing;
                match found {
                    Ok(Some(no)) => self.jump(no, cx),
                    Ok(None) => cx.say("No later post here answers or mentions you."),
                    Err(why) => cx.refuse(why),
                }
                return Ok(());
            }
            Err(other) => other,
        };
        let answer = match answer.take::<KeepPost>() {
            Ok(result) => {
                self.kept(result.map_err(|why| why.to_string()), cx);
                return Ok(());
            }
            Err(other) => other,
        };
        let answer = match answer.take::<SolveThread>() {
            Ok(Ok(before)) => {
                if !std::mem::take(&mut self.solving_back) {
                    self.remember(Undo::Solved { thread: self.thread, before });
                } else {
                    cx.good("Taken back.");
                }
                return Ok(());
            }
            Ok(Err(why)) => {
                self.solving_back = false;
                cx.refuse(why);
                return Ok(());
            }
            Err(other) => other,
        };
        match answer.take::<SetTags>()? {
            Ok(_) => cx.good("The tags are as they were."),
            Err(why) => cx.refuse(why),
        }
        Ok(())
    }

    fn kept(&mut self, result: Result<(), String>, cx: &mut Ui<'_>) {
        let Some(no) = self.keeping.take() else { return };
        if let Err(why) = result {
            return cx.refuse(why);
        }
        let Some(loaded) = self.posts.get_mut(no) else { return };
        loaded.view.kept = !loaded.view.kept;
        if loaded.view.kept {
            cx.good("Kept: g l lists it, b takes it off.");
        } else {
            cx.good("Taken off your reading list. b puts it back.");
        }
    }
}
