//! What a session computes without the database: drawing a thread, decoding keys, cleaning text.

#![allow(clippy::unwrap_used)]

mod place;

use divan::Bencher;
use divan::counter::BytesCount;
use hob::domain::glossary::occurring;
use hob::domain::markup::{Options, Pieces, render};
use hob::domain::text::clean_body;
use hob::session::decoder::Decoder;
use hob::session::terminal::Terminal;
use hob::ui::app::App;
use hob::ui::capabilities::Capabilities;
use hob::ui::input::{Input, Key, KeyPress};
use hob::ui::route::Route;
use place::{Place, member};

fn main() {
    divan::main();
}

/// The longest thread, open at its first post.
fn thread(columns: u16, rows: u16) -> (App, Terminal) {
    let place = Place::open();
    let wren = member(3);
    let found = place.block(longest(&place));
    let at = Some(hob::domain::ids::PostNo(1));
    let app = place.app(&wren, columns, rows, &Route::Thread { thread: found, at });
    (app, Terminal::new(Capabilities::COMMON, columns, rows))
}

async fn longest(place: &Place) -> hob::domain::ids::ThreadId {
    let mut conn = place.service.store().begin_read().await.unwrap();
    let id: i64 = sqlx::query_scalar("SELECT id FROM thread ORDER BY post_count DESC LIMIT 1")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    hob::domain::ids::ThreadId(id)
}

/// Draws the whole screen anew, down to the bytes for the terminal.
#[divan::bench(args = [(80, 24), (200, 60)])]
fn draw_thread(bencher: Bencher<'_, '_>, (columns, rows): (u16, u16)) {
    let (mut app, mut terminal) = thread(columns, rows);
    let text = terminal.draw(|area, buf| app.draw(area, buf));
    assert!(text.len() > 1_000, "the thread is on the screen");
    bencher.bench_local(move || {
        terminal.invalidate();
        terminal.draw(|area, buf| app.draw(area, buf))
    });
}

/// One key, one frame: down a line and up again.
#[divan::bench(args = [(80, 24), (200, 60)])]
fn scroll_thread(bencher: Bencher<'_, '_>, (columns, rows): (u16, u16)) {
    let (mut app, mut terminal) = thread(columns, rows);
    terminal.draw(|area, buf| app.draw(area, buf));
    app.shown();
    let now = app.look().now;
    let mut down = false;
    bencher.bench_local(move || {
        down = !down;
        let key = if down { Key::Down } else { Key::Up };
        app.input(Input::Key(KeyPress { key, ctrl: false, alt: false, shift: false }), now);
        terminal.draw(|area, buf| app.draw(area, buf))
    });
}

/// A post of 64 KiB, laid out as far as a window shows it, and whole.
fn long_post() -> String {
    "Tea with milk, and *everybody* who came by wrote a line in the `book` for @bob.\n\n".repeat(800)
}

#[divan::bench]
fn open_a_post_of_64_kib(bencher: Bencher<'_, '_>) {
    let body = long_post();
    bencher.bench_local(|| Pieces::default().next(&body, 76, Options::default()));
}

/// The same of one paragraph on one line, and of a list.
#[divan::bench]
fn open_a_paragraph_of_64_kib(bencher: Bencher<'_, '_>) {
    let body = long_post().replace('\n', " ");
    bencher.bench_local(|| Pieces::default().next(&body, 76, Options::default()));
}

#[divan::bench]
fn open_a_list_of_64_kib(bencher: Bencher<'_, '_>) {
    let body: String =
        long_post().lines().filter(|line| !line.is_empty()).map(|line| format!("- {line}\n")).collect();
    bencher.bench_local(|| Pieces::default().next(&body, 76, Options::default()));
}

#[divan::bench]
fn lay_out_all_of_a_post_of_64_kib(bencher: Bencher<'_, '_>) {
    let body = long_post();
    bencher.bench_local(|| render(&body, 76, Options::default()));
}

const MIB: usize = 1024 * 1024;

/// Text, keys, pastes, split in the middle of everything.
fn mixed_input() -> Vec<u8> {
    let piece = "hello wörld 日本語 👩‍🌾\x1b[A\x1b[B\x1bOC\x1b[1;5D\x1b[5~\x1b[200~pasted\ntext \x1b[201~\x03\x7f\r\t\x1bx\x1b[<0;3;4M";
    piece.bytes().cycle().take(MIB).collect()
}

#[divan::bench]
fn decode_1_mib_of_mixed_input(bencher: Bencher<'_, '_>) {
    let bytes = mixed_input();
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| {
        let mut decoder = Decoder::new();
        let mut out = Vec::new();
        let mut inputs = 0;
        // As packets come: the size of an SSH client's typical read.
        for packet in bytes.chunks(1_400) {
            decoder.feed(packet, &mut out);
            inputs += out.len();
            out.clear();
        }
        inputs
    });
}

#[divan::bench]
fn clean_1_mib_of_hostile_text(bencher: Bencher<'_, '_>) {
    let corpus = include_str!("../tests/corpus/hostile.txt");
    let mut text = corpus.repeat(MIB / corpus.len() + 1);
    let end = (0..=MIB).rev().find(|end| text.is_char_boundary(*end)).unwrap();
    text.truncate(end);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| clean_body(&text));
}

/// P8: the place's words in a long post, 500 terms; at most 50 ms.
#[divan::bench]
fn look_for_500_terms_in_62_kib(bencher: Bencher<'_, '_>) {
    let terms: Vec<String> = (0..500).map(|n| format!("word{n} of ours")).collect();
    let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    let text = "a word of ours, word7 of ours and more ".repeat(1_600);
    bencher.bench_local(|| occurring(divan::black_box(&text), divan::black_box(&terms)));
}
