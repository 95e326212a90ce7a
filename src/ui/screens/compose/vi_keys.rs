//! What vi's keys ask of the composer.

use super::Compose;
use crate::ui::look::Look;
use crate::ui::screen::{Tone, Ui};
use crate::ui::widgets::Vi;
use crate::ui::widgets::vi::{Ask, Did};

/// The member's choice for the editor, and its value for vi.
const EDITOR: (&str, &str) = ("editor", "vi");

impl Compose {
    /// Takes up vi's keys, if the member has chosen them.
    pub(super) fn choose_keys(&mut self, look: &Look) {
        let (name, value) = EDITOR;
        if look.me.choice(name) == Some(value) {
            let mut vi = Vi::default();
            vi.start_over(&mut self.editor);
            self.vi = Some(vi);
        }
    }

    /// Esc: to normal mode; from there nowhere, for a slip of the finger must not lead out.
    pub(super) fn escape(&mut self, cx: &mut Ui<'_>) {
        let Some(vi) = &mut self.vi else { return };
        if std::mem::take(&mut self.on_title) {
            return;
        }
        match vi.escape(&mut self.editor) {
            Some(did) => self.did(did, cx),
            None => self.tell(Tone::Plain, ":q leaves, your draft is kept; :wq or ZZ sends.".to_owned(), cx),
        }
    }

    pub(super) fn did(&mut self, did: Did, cx: &mut Ui<'_>) {
        self.took(did.took, cx);
        match did.ask {
            None => {}
            Some(Ask::Send) => self.send(cx),
            Some(Ask::Leave) => self.leave(cx),
            Some(Ask::Drop) => self.ask_to_drop(cx),
            Some(Ask::Say(words)) => self.tell(Tone::Plain, words, cx),
            Some(Ask::Save) if self.saver.is_due() => self.save(cx),
            Some(Ask::Save) if self.saver.is_kept() => {
                self.tell(Tone::Plain, "Kept as a draft; :wq sends it.".to_owned(), cx);
            }
            Some(Ask::Save) => {}
        }
    }
}
