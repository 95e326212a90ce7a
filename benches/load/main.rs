//! An evening of people at once, over real SSH sessions to the real program: reading, browsing, writing, chatting, searching,
//! and guests at the door. Prints one JSON object: what a key takes until the screen moves, by kind; what a connection takes;
//! bytes; and what the server needs of processor and memory.
//!
//! `cargo bench --bench load -- --people 100 --seconds 30`. With `--quiet` the people only look at home, which shows what an
//! idle session costs. Client and server share the machine: quote medians and ratios.

#![allow(clippy::unwrap_used)]

mod evening;
mod figures;
mod guest;
mod program;

use std::time::Duration;

use clap::Parser;
use serde_json::json;

use self::evening::Part;
use self::figures::Figures;
use self::guest::Line;
use self::program::Program;

#[derive(Parser)]
struct Args {
    /// People who come.
    #[arg(long, default_value_t = 50)]
    people: usize,
    /// How long they stay, in seconds.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Posts of the made-up community.
    #[arg(long, default_value_t = 10_000)]
    posts: usize,
    /// Columns of their windows.
    #[arg(long, default_value_t = 80)]
    columns: u32,
    /// Rows of their windows.
    #[arg(long, default_value_t = 24)]
    rows: u32,
    /// They only look at home.
    #[arg(long)]
    quiet: bool,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let args = Args::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(run(&args));
}

async fn run(args: &Args) {
    let program = Program::start(args.people, args.posts);
    let empty = program.memory_kib();
    let mut figures = Figures::default();
    let before = program.cpu_ms();
    let mut lines = Vec::new();
    let window = (args.columns, args.rows);
    for number in 0..args.people {
        let key = Some(program.key(number));
        let (line, took) = Line::connect(&program.door(), &program::handle(number), key, window).await;
        figures.note("connect", Some(took));
        lines.push(line);
    }
    let connecting = program.cpu_ms() - before;
    let settled = program.memory_kib();
    let before = program.cpu_ms();
    let stay = Duration::from_secs(args.seconds);
    let mut parts = tokio::task::JoinSet::new();
    for (number, line) in lines.into_iter().enumerate() {
        let part = if args.quiet { Part::Looks } else { Part::of(number) };
        parts.spawn(evening::play(part, line, number, stay));
    }
    let guests = if args.quiet { 0 } else { 1 + args.people / 25 };
    for _ in 0..guests {
        parts.spawn(evening::at_the_door(program.door(), window, stay));
    }
    let (mut sent, mut received) = (0, 0);
    while let Some(played) = parts.join_next().await {
        let played = played.unwrap();
        sent += played.sent;
        received += played.received;
        figures.merge(played.figures);
    }
    let evening = program.cpu_ms() - before;
    let after = program.memory_kib();
    let keys = figures.count_but("connect");
    let report = json!({
        "people": args.people,
        "seconds": args.seconds,
        "window": format!("{}x{}", args.columns, args.rows),
        "posts": args.posts,
        "latency_ms": figures.to_json(),
        "keys": keys,
        "bytes": { "to_server": sent, "from_server": received },
        "cpu_ms": {
            "per_connection": connecting / args.people.max(1) as f64,
            "per_key": if keys == 0 { 0.0 } else { evening / keys as f64 },
            "evening_percent_of_a_core": evening / (args.seconds.max(1) as f64 * 10.0),
        },
        "rss_kib": {
            "empty": empty,
            "with_people": settled,
            "per_person": (settled - empty) as f64 / args.people.max(1) as f64,
            "end_of_evening": after,
        },
    });
    println!("{}", serde_json::to_string_pretty(&report).unwrap());
}
