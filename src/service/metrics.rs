//! What is counted for whoever runs the place: how many and how long, never who or what. Counting is a few additions;
//! nothing is worked out before somebody asks.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Service, Who};

/// Upper bounds of the buckets for the time that a request takes, in microseconds: around SPEED.md's promises.
const BUCKETS_US: [u64; 9] = [250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000];

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds to it.
    pub fn add(&self, number: u64) {
        self.0.fetch_add(number, Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How long something took, in buckets.
#[derive(Debug, Default)]
struct Times {
    buckets: [Counter; BUCKETS_US.len()],
    count: Counter,
    sum_us: Counter,
}

impl Times {
    fn took(&self, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = BUCKETS_US.iter().position(|bound| us <= *bound) {
            self.buckets[bucket].add(1);
        }
        self.count.add(1);
        self.sum_us.add(us);
    }

    fn write(&self, text: &mut String, name: &str, label: &str) {
        let mut below = 0;
        for (bound, bucket) in BUCKETS_US.iter().zip(&self.buckets) {
            below += bucket.now();
            let _ = writeln!(text, "{name}_bucket{{{label},le=\"{}\"}} {below}", seconds(*bound));
        }
        let count = self.count.now();
        let _ = writeln!(text, "{name}_bucket{{{label},le=\"+Inf\"}} {count}");
        let _ = writeln!(text, "{name}_sum{{{label}}} {}", seconds(self.sum_us.now()));
        let _ = writeln!(text, "{name}_count{{{label}}} {count}");
    }
}

/// Everything that is counted since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Posts that were written.
    pub posts: Counter,
    /// Passwords that did not match, or were not looked at because there were too many.
    pub wrong_passwords: Counter,
    /// Requests that failed because the database did.
    pub database_errors: Counter,
    frames: Counter,
    frame_bytes: Counter,
    reads: Times,
    writes: Times,
}

impl Metrics {
    /// A frame of so many bytes goes out.
    pub fn frame(&self, bytes: usize) {
        self.frames.add(1);
        self.frame_bytes.add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    /// A request took so long, refused or not.
    pub(super) fn request(&self, writes: bool, time: Duration) {
        if writes { self.writes.took(time) } else { self.reads.took(time) }
    }
}

/// Microseconds as seconds with six places.
fn seconds(us: u64) -> String {
    format!("{}.{:06}", us / 1_000_000, us % 1_000_000)
}

/// A metric with one value, and what it means.
pub fn line(text: &mut String, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
}

/// What the service knows, in the text format of Prometheus. Names are documented in docs/operating.md.
pub fn text(service: &Service) -> String {
    let metrics = service.metrics();
    let sessions = service.desk().sessions();
    let members = sessions.iter().filter(|(_, open)| matches!(open.who, Who::Member(_))).count();
    let (waiting, writes, waited_us) = service.store().queue().state();
    let mut text = String::with_capacity(4_096);
    let _ = writeln!(
        text,
        "# HELP hob_sessions Open full-screen and plain sessions.\n# TYPE hob_sessions gauge\n\
         hob_sessions{{who=\"member\"}} {members}\nhob_sessions{{who=\"guest\"}} {}",
        sessions.len() - members
    );
    let mut counter = |name: &str, help: &str, value: u64| line(&mut text, name, "counter", help, value);
    counter("hob_posts_total", "Posts written since the start.", metrics.posts.now());
    counter("hob_frames_total", "Frames drawn since the start.", metrics.frames.now());
    counter("hob_frame_bytes_total", "Bytes of those frames.", metrics.frame_bytes.now());
    counter("hob_wrong_passwords_total", "Passwords refused since the start.", metrics.wrong_passwords.now());
    counter(
        "hob_database_errors_total",
        "Requests that failed with the database.",
        metrics.database_errors.now(),
    );
    counter("hob_writes_total", "Transactions that asked for the writer.", writes);
    line(
        &mut text,
        "hob_writer_wait_seconds_total",
        "counter",
        "Time that they waited for it.",
        seconds(waited_us),
    );
    line(&mut text, "hob_writers_waiting", "gauge", "How many wait for the writer now.", waiting);
    let name = "hob_request_seconds";
    let _ =
        writeln!(text, "# HELP {name} Time that requests took, refused ones too.\n# TYPE {name} histogram");
    metrics.reads.write(&mut text, name, "kind=\"read\"");
    metrics.writes.write(&mut text, name, "kind=\"write\"");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o_times_fall_into_their_buckets_and_add_up() {
        let times = Times::default();
        for us in [100, 250, 900, 70_000, 9_000_000] {
            times.took(Duration::from_micros(us));
        }
        let mut text = String::new();
        times.write(&mut text, "t", "kind=\"read\"");
        for wanted in [
            "t_bucket{kind=\"read\",le=\"0.000250\"} 2",
            "t_bucket{kind=\"read\",le=\"0.001000\"} 3",
            "t_bucket{kind=\"read\",le=\"1.000000\"} 4",
            "t_bucket{kind=\"read\",le=\"+Inf\"} 5",
            "t_sum{kind=\"read\"} 9.071250",
            "t_count{kind=\"read\"} 5",
        ] {
            assert!(text.lines().any(|line| line == wanted), "{wanted} in\n{text}");
        }
    }
}
