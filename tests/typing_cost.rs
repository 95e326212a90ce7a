//! What writing costs on the line, from a key to the bytes of the frame (SPEED.md: 40 bytes for a typed letter).

#![allow(clippy::unwrap_used)]

use hob::domain::ids::{MemberId, ThreadId};
use hob::domain::member::{Level, Role, Standing};
use hob::domain::policy::Actor;
use hob::domain::time::Timestamp;
use hob::service::Answer;
use hob::service::members::Me;
use hob::service::writing::{PrepareWriting, Prepared};
use hob::session::terminal::Terminal;
use hob::ui::app::{App, Order};
use hob::ui::capabilities::Capabilities;
use hob::ui::input::{Input, Key, KeyPress};
use hob::ui::route::{ComposeTarget, Route};

const NOW: Timestamp = Timestamp(1_795_348_800);

/// A member at a composer, on a terminal.
struct Desk {
    app: App,
    terminal: Terminal,
}

impl Desk {
    fn new(columns: u16, rows: u16) -> Self {
        let actor = Actor::Account {
            id: MemberId(1),
            standing: Standing::Active,
            level: Level::Regular,
            role: Role::Member,
            circles: hob::domain::policy::Circles::NONE,
            curbs: hob::domain::moderation::Curbs::NONE,
        };
        let me = Me {
            actor,
            handle: "alice".to_owned(),
            zone: "UTC".to_owned(),
            place: "Testhob".to_owned(),
            key_live: true,
            warned: false,
            new_rules: false,
            shut: None,
            leaving: None,
            lost_key: false,
            seated: None,
            calm: None,
            dues: false,
            place_keys: String::new(),
            choices: Vec::new(),
        };
        let mut app = App::new(me, Capabilities::COMMON, columns, rows, NOW);
        app.take_orders();
        app.open(&Route::Compose(ComposeTarget::Reply { thread: ThreadId(1), to: None, quote: false }));
        for order in app.take_orders() {
            if let Order::Call(screen, _) = order {
                app.answer(screen, Answer::to::<PrepareWriting>(Ok(Prepared::default())));
            }
        }
        let mut desk = Self { app, terminal: Terminal::new(Capabilities::COMMON, columns, rows) };
        desk.frame();
        desk
    }

    fn frame(&mut self) -> usize {
        let app = &mut self.app;
        let bytes = self.terminal.draw(|area, buf| app.draw(area, buf)).len();
        self.app.shown();
        self.app.take_orders();
        bytes
    }

    /// Bytes of each frame while a text is typed letter by letter.
    fn types(&mut self, text: &str) -> Vec<usize> {
        text.chars()
            .map(|letter| {
                let key = if letter == '\n' { Key::Enter } else { Key::Char(letter) };
                self.app.input(Input::Key(KeyPress::plain(key)), NOW);
                self.frame()
            })
            .collect()
    }
}

fn median(mut bytes: Vec<usize>) -> usize {
    bytes.sort_unstable();
    bytes[bytes.len() / 2]
}

#[test]
fn a_typed_letter_costs_a_few_bytes_at_any_size_and_length() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut desk = Desk::new(columns, rows);
        let bytes =
            desk.types("the kettle is on the shelf beside the fire and sings before it boils, always");
        assert!(bytes.iter().all(|bytes| *bytes <= 40), "{columns}x{rows}: {bytes:?}");
        assert!(median(bytes) <= 5, "most letters cost themselves");
        for (paste, most) in [("warm words\n".repeat(5_000), 5), ("a paragraph ".repeat(1_000), 40)] {
            desk.app.input(Input::Paste(paste), NOW);
            desk.frame();
            let bytes = desk.types("still as cheap");
            assert!(median(bytes.clone()) <= most, "{columns}x{rows}: {bytes:?}");
        }
    }
}

#[test]
fn a_new_line_at_the_bottom_does_not_send_the_page_again() {
    let mut desk = Desk::new(80, 24);
    desk.types(&"a row that is as long as rows are when people write\n".repeat(20));
    let bytes = desk.types("two\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n");
    assert!(bytes.iter().all(|bytes| *bytes <= 100), "{bytes:?}");
}
