//! An address, whole at every size.

use super::*;
use crate::domain::time::Timestamp;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{me, text_of};
use crate::ui::keys::Command;
use crate::ui::screen::Effect;

#[test]
fn r5_an_address_is_shown_whole_from_the_first_column_on() {
    let address = format!("https://a.example/{}", "0123456789".repeat(40));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let look = Look::new(me("alice"), &Capabilities::COMMON, columns, rows, Timestamp(0));
        let area = Rect::new(0, 0, columns, rows - 3);
        let mut screen = Link::new(address.clone());
        let mut seen = String::new();
        loop {
            let mut buf = Buffer::empty(area);
            screen.draw(area, &mut buf, &look);
            let text = text_of(&buf);
            seen = if seen.is_empty() {
                text.replace('\n', "")
            } else {
                seen + text.lines().last().unwrap_or("")
            };
            assert!(screen.hyperlinks().iter().all(|link| link.address == address));
            if !screen.pager.has_more() {
                break;
            }
            let mut effects: Vec<Effect> = Vec::new();
            screen.update(Msg::Command(Command::Down), &mut Ui::new(&look, &mut effects));
        }
        assert_eq!(seen, address, "{columns}x{rows}");
    }
}
