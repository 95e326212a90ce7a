//! Writing to a member: opens the conversation that there is, or the composer for its first message. Draws nothing of
//! its own: the screen below stays until one of them is there.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::MemberId;
use crate::service::conversations::FindConversation;
use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{Effect, Msg, Screen, Ui};

/// The search for the conversation with a member.
pub struct MessagesWith(pub MemberId);

impl Screen for MessagesWith {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        String::new()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn is_waiting(&self) -> bool {
        true
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(FindConversation { with: self.0 }),
            Msg::Answer(answer) => match answer.take::<FindConversation>() {
                Ok(Ok(found)) => {
                    let first = Route::Compose(ComposeTarget::MessageTo(self.0));
                    cx.effect(Effect::Replace(found.conversation.map_or(first, Route::Conversation)));
                }
                Ok(Err(why)) => {
                    cx.back();
                    cx.refuse(why);
                }
                Err(_) => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, _area: Rect, _buf: &mut Buffer, _look: &Look) -> Option<Position> {
        None
    }
}
