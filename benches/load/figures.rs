//! Times by kind, and their percentiles.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

/// What was seen: times by kind, and how often nothing came.
#[derive(Default)]
pub struct Figures {
    times: BTreeMap<&'static str, Vec<Duration>>,
    silent: BTreeMap<&'static str, usize>,
}

impl Figures {
    /// Notes what a step took; none when the screen did not move.
    pub fn note(&mut self, kind: &'static str, took: Option<Duration>) {
        match took {
            Some(took) => self.times.entry(kind).or_default().push(took),
            None => *self.silent.entry(kind).or_default() += 1,
        }
    }

    /// Takes another's figures in.
    pub fn merge(&mut self, other: Self) {
        for (kind, times) in other.times {
            self.times.entry(kind).or_default().extend(times);
        }
        for (kind, count) in other.silent {
            *self.silent.entry(kind).or_default() += count;
        }
    }

    /// Steps of all kinds but this one.
    pub fn count_but(&self, kind: &str) -> usize {
        let timed = self.times.iter().filter(|(name, _)| **name != kind).map(|(_, times)| times.len());
        timed.sum::<usize>() + self.silent.values().sum::<usize>()
    }

    /// Each kind with its count, median, 90th and 99th percentile and worst, in milliseconds.
    pub fn to_json(&self) -> Value {
        let kinds = self.times.iter().map(|(kind, times)| {
            let mut sorted = times.clone();
            sorted.sort_unstable();
            let ms = |part: f64| {
                let at = ((sorted.len() - 1) as f64 * part).round() as usize;
                (sorted[at].as_secs_f64() * 1e5).round() / 1e2
            };
            let silent = self.silent.get(kind).copied().unwrap_or(0);
            let row = json!({
                "n": sorted.len(), "p50": ms(0.5), "p90": ms(0.9), "p99": ms(0.99), "max": ms(1.0), "silent": silent,
            });
            ((*kind).to_owned(), row)
        });
        Value::Object(kinds.collect())
    }
}
