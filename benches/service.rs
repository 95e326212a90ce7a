//! Calls through the door: some that read, one that writes. What each query takes, and a post beside a bare insert, is
//! in `queries.rs`.

#![allow(clippy::unwrap_used)]

mod place;

use std::sync::atomic::{AtomicUsize, Ordering};

use divan::Bencher;
use hob::domain::ids::{PostNo, ThreadId};
use hob::service::boards::ListBoards;
use hob::service::members::WhoAmI;
use hob::service::reading::MarkRead;
use place::{Place, member};

fn main() {
    divan::main();
}

#[divan::bench]
fn read_who_am_i(bencher: Bencher<'_, '_>) {
    let place = Place::open();
    let wren = member(3);
    bencher.bench_local(|| place.call(&wren, WhoAmI));
}

#[divan::bench]
fn read_boards_with_unread_counts(bencher: Bencher<'_, '_>) {
    let place = Place::open();
    let wren = member(3);
    bencher.bench_local(|| place.call(&wren, ListBoards));
}

/// Durable: the call comes back when the mark is on the disk.
#[divan::bench]
fn write_a_read_mark(bencher: Bencher<'_, '_>) {
    let place = Place::open().scratch();
    // Each member in turn, so that none comes to the limit of a flood; some of the made-up ones are suspended.
    let callers: Vec<_> =
        (3..1_003).map(member).filter(|caller| place.call(caller, WhoAmI).actor.is_active()).collect();
    let next = AtomicUsize::new(0);
    bencher.bench_local(|| {
        let caller = &callers[next.fetch_add(1, Ordering::Relaxed) % callers.len()];
        place.call(caller, MarkRead { thread: ThreadId(40), upto: PostNo(1) })
    });
}
