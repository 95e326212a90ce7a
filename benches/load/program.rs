//! The program under load: a made-up community in a folder of its own, and what the system says of its process.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use russh::keys::{Algorithm, PrivateKey};
use tempfile::TempDir;

/// Clock ticks in a millisecond: Linux counts a process's time in hundredths of a second for every program.
const TICKS_PER_MS: f64 = 0.1;

/// A running server.
pub struct Program {
    child: Child,
    door: Arc<Door>,
    keys: Vec<Arc<PrivateKey>>,
    _folder: TempDir,
}

/// How to reach it.
pub struct Door {
    /// Where it listens.
    pub address: String,
    /// The fingerprint of its host key.
    pub fingerprint: String,
}

/// The handle of the person with this number.
pub fn handle(number: usize) -> String {
    format!("visitor-{number}")
}

fn hob() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hob"))
}

impl Program {
    /// Makes a community where so many people have a key each, and serves it.
    pub fn start(people: usize, posts: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let posts = posts.to_string();
        let made =
            hob().args(["demo", "--make-only", "--posts", &posts, "--data"]).arg(&data).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let keys: Vec<Arc<PrivateKey>> = (0..people).map(|_| Arc::new(new_key())).collect();
        let file = folder.path().join("keys");
        write_keys(&file, &keys);
        let mut command = hob();
        command.args(["serve", "--listen", "127.0.0.1:0", "--keys"]).arg(file).arg("--data").arg(data);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = line_after(&mut lines, "listening on ");
        let fingerprint = line_after(&mut lines, "host key ");
        // What it prints later is read, or it would stand still one day.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, door: Arc::new(Door { address, fingerprint }), keys, _folder: folder }
    }

    /// How to reach it.
    pub fn door(&self) -> Arc<Door> {
        Arc::clone(&self.door)
    }

    /// The key of the person with this number.
    pub fn key(&self, number: usize) -> Arc<PrivateKey> {
        Arc::clone(&self.keys[number])
    }

    /// What it has used of processors so far, in milliseconds.
    pub fn cpu_ms(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        // The name, in parentheses, may hold anything: what is counted stands behind it.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
        ticks / TICKS_PER_MS
    }

    /// What it holds of memory, in KiB.
    pub fn memory_kib(&self) -> i64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn new_key() -> PrivateKey {
    PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).unwrap()
}

fn write_keys(file: &Path, keys: &[Arc<PrivateKey>]) {
    let lines = keys.iter().enumerate().map(|(number, key)| {
        format!("{} member {}\n", handle(number), key.public_key().to_openssh().unwrap())
    });
    fs::write(file, lines.collect::<String>()).unwrap();
}

fn line_after(lines: &mut Lines<BufReader<ChildStdout>>, prefix: &str) -> String {
    let found = lines.map_while(Result::ok).find_map(|line| line.strip_prefix(prefix).map(str::to_owned));
    found.unwrap_or_else(|| panic!("hob never printed `{prefix}…`"))
}
