//! The real `hob` program on a port of its own, over a folder of its own. Starting waits for the line that says where it
//! listens, stopping for the end of the process; nothing here sleeps. Who connects to it is in `person.rs`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use russh::keys::PrivateKey;
use tempfile::TempDir;

/// How long anything may take before a test gives up: far more than it needs, so that a busy machine does not fail it.
pub const DEADLINE: Duration = Duration::from_secs(60);
/// The same for making a demo community, which writes hundreds of posts in a debug build.
pub const DEMO_DEADLINE: Duration = Duration::from_secs(180);

/// What a program wrote so far, line by line, with everybody told when there is more.
#[derive(Default)]
pub struct Lines {
    seen: Mutex<(Vec<String>, bool)>,
    more: Condvar,
}

impl Lines {
    /// Reads `stream` to its end in a thread of its own.
    fn of(stream: impl Read + Send + 'static) -> Arc<Self> {
        let lines = Arc::new(Self::default());
        let filled = Arc::clone(&lines);
        thread::spawn(move || {
            for line in BufReader::new(stream).lines() {
                let Ok(line) = line else { break };
                filled.seen.lock().unwrap().0.push(line);
                filled.more.notify_all();
            }
            filled.seen.lock().unwrap().1 = true;
            filled.more.notify_all();
        });
        lines
    }

    /// Everything so far.
    pub fn text(&self) -> String {
        self.seen.lock().unwrap().0.join("\n")
    }

    /// Everything, once the stream has ended.
    fn wait_for_end(&self) -> String {
        let seen = self.seen.lock().unwrap();
        let seen = self.more.wait_timeout_while(seen, DEADLINE, |seen| !seen.1).unwrap().0;
        seen.0.join("\n")
    }

    /// What `look` finds in the lines; `None` when the stream ends or time runs out first.
    fn wait_for<T>(&self, deadline: Duration, look: impl Fn(&[String]) -> Option<T>) -> Option<T> {
        let until = Instant::now() + deadline;
        let mut seen = self.seen.lock().unwrap();
        loop {
            if let Some(found) = look(&seen.0) {
                return Some(found);
            }
            let left = until.saturating_duration_since(Instant::now());
            if seen.1 || left.is_zero() {
                return None;
            }
            seen = self.more.wait_timeout(seen, left).unwrap().0;
        }
    }
}

/// A running server process.
struct Process {
    pid: u32,
    ended: mpsc::Receiver<ExitStatus>,
    stdout: Arc<Lines>,
    stderr: Arc<Lines>,
}

impl Process {
    fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = Lines::of(child.stdout.take().unwrap());
        let stderr = Lines::of(child.stderr.take().unwrap());
        let pid = child.id();
        let (tell, ended) = mpsc::channel();
        thread::spawn(move || tell.send(child.wait().unwrap()));
        Self { pid, ended, stdout, stderr }
    }

    /// What follows `prefix` on the line of standard output that begins with it.
    fn says(&self, prefix: &str, deadline: Duration) -> String {
        let rest =
            |lines: &[String]| lines.iter().find_map(|line| line.strip_prefix(prefix)).map(str::to_owned);
        self.stdout.wait_for(deadline, rest).unwrap_or_else(|| {
            let (out, err) = (self.stdout.text(), self.stderr.text());
            panic!("hob never printed a line `{prefix}…`\nstdout:\n{out}\nstderr:\n{err}")
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.ended.try_recv(), Err(mpsc::TryRecvError::Empty)) {
            signal(self.pid, "KILL");
            let _ = self.ended.recv_timeout(DEADLINE);
        }
    }
}

/// Sends a signal through the shell's own `kill`: std knows only SIGKILL, and hob's tests use no unsafe code. A process
/// that has just ended by itself gets none, which the caller finds out by waiting for its end.
fn signal(pid: u32, name: &str) {
    let _ = Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", name, &pid.to_string()]).output();
}

/// A server over a data folder. Dropping it kills the process and deletes the folder.
pub struct Hob {
    /// Where it listens.
    pub address: SocketAddr,
    /// The fingerprint of its host key as it printed it, `SHA256:…`.
    pub fingerprint: String,
    process: Option<Process>,
    folder: TempDir,
}

impl Hob {
    /// An empty community: `hob init`, then `hob serve` on a free port. The log tells when connections end.
    pub fn start() -> Self {
        Self::start_with_log("hob=debug")
    }

    /// The same with this level in `hob.toml`.
    pub fn start_with_log(level: &str) -> Self {
        Self::start_with("log = \"info\"", &format!("log = \"{level}\""))
    }

    /// The same with a line of `hob.toml` changed.
    pub fn start_with(as_made: &str, wanted: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let made = run(Command::new(env!("CARGO_BIN_EXE_hob")).arg("init").arg("--data").arg(&data), b"");
        assert!(made.status.success(), "hob init failed:\n{}", both(&made));
        let config = fs::read_to_string(data.join("hob.toml")).unwrap();
        assert!(config.contains(as_made), "hob.toml has no {as_made} to change");
        fs::write(data.join("hob.toml"), config.replace(as_made, wanted)).unwrap();
        Self::serve(folder, &["serve"], DEADLINE)
    }

    /// The same with several lines of `hob.toml` changed, and under limits that a line of shell sets before the
    /// program takes the shell's place: `ulimit -n 64`, say.
    pub fn start_under(limits: &str, changes: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let made = run(Command::new(env!("CARGO_BIN_EXE_hob")).arg("init").arg("--data").arg(&data), b"");
        assert!(made.status.success(), "hob init failed:\n{}", both(&made));
        let mut config = fs::read_to_string(data.join("hob.toml")).unwrap();
        for (as_made, wanted) in changes.iter().chain([&("log = \"info\"", "log = \"hob=debug\"")]) {
            assert!(config.contains(as_made), "hob.toml has no {as_made} to change");
            config = config.replace(as_made, wanted);
        }
        fs::write(data.join("hob.toml"), config).unwrap();
        Self::serve_under(limits, folder, &["serve"], DEADLINE)
    }

    /// Nothing but a free port: `hob serve` on a folder that is not there yet.
    pub fn fresh() -> Self {
        Self::fresh_with(&[])
    }

    /// The same with these further arguments.
    pub fn fresh_with(arguments: &[&str]) -> Self {
        Self::serve(tempfile::tempdir().unwrap(), &[&["serve"], arguments].concat(), DEADLINE)
    }

    /// A made-up community: `hob demo` with these further arguments.
    pub fn demo(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::serve(folder, &[&["demo"], arguments].concat(), DEMO_DEADLINE)
    }

    fn serve(folder: TempDir, arguments: &[&str], deadline: Duration) -> Self {
        Self::serve_under("", folder, arguments, deadline)
    }

    fn serve_under(limits: &str, folder: TempDir, arguments: &[&str], deadline: Duration) -> Self {
        let data = folder.path().join("data");
        let mut command = if limits.is_empty() {
            Command::new(env!("CARGO_BIN_EXE_hob"))
        } else {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("{limits}\nexec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_hob")]);
            shell
        };
        command.args(arguments).args(["--listen", "127.0.0.1:0"]).arg("--data").arg(&data);
        Self::spawn(folder, &mut command, deadline)
    }

    /// Over a data folder that is there or not, on a socket that this test holds, as systemd does it: handed over as
    /// descriptor 3. `notify` is where it says how it is.
    pub fn on_socket(folder: TempDir, socket: &std::net::TcpListener, notify: &Path) -> Self {
        let mut command = Command::new("sh");
        let script = "exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" serve --data \"$1\"";
        command.args(["-c", script, env!("CARGO_BIN_EXE_hob")]).arg(folder.path().join("data"));
        command.env("NOTIFY_SOCKET", notify);
        let handed = std::os::fd::OwnedFd::from(socket.try_clone().unwrap());
        Self::spawn_with(folder, &mut command, Stdio::from(handed), DEADLINE)
    }

    /// The folder, to serve it in another way after [`Self::stop`].
    pub fn into_folder(self) -> TempDir {
        assert!(self.process.is_none(), "stop or kill it first");
        self.folder
    }

    fn spawn(folder: TempDir, command: &mut Command, deadline: Duration) -> Self {
        Self::spawn_with(folder, command, Stdio::null(), deadline)
    }

    fn spawn_with(folder: TempDir, command: &mut Command, stdin: Stdio, deadline: Duration) -> Self {
        let command = command.env_remove("RUST_LOG").env_remove("NO_COLOR").current_dir(folder.path());
        let process = Process::spawn(command.stdin(stdin));
        let address = process.says("listening on ", deadline);
        let address = address.parse().expect("`listening on` is followed by ADDRESS:PORT");
        let fingerprint = process.says("host key ", deadline);
        Self { address, fingerprint, process: Some(process), folder }
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A folder for the test's own files, gone with the server.
    pub fn scratch(&self) -> &Path {
        self.folder.path()
    }

    /// Waits for a line of standard output that begins with `prefix`, and returns what follows.
    pub fn says(&self, prefix: &str) -> String {
        self.process().says(prefix, DEADLINE)
    }

    /// Stops it as [`Self::stop`] does, and returns all it ever printed on standard output.
    pub fn stop_and_read(&mut self) -> String {
        let stdout = Arc::clone(&self.process().stdout);
        assert!(self.stop().success(), "SIGTERM is a normal end");
        stdout.wait_for_end()
    }

    /// Waits until `count` connections have ended in all, with everything that their sessions still had to do.
    pub fn sees_the_end_of(&self, count: usize) {
        self.sees_the_words("connection closed", count);
    }

    /// Waits until `count` lines of its log hold these words.
    pub fn sees_the_words(&self, words: &str, count: usize) {
        let log = &self.process().stderr;
        let enough = |lines: &[String]| {
            (lines.iter().filter(|line| line.contains(words)).count() >= count).then_some(())
        };
        let seen = log.wait_for(DEADLINE, enough);
        assert!(
            seen.is_some(),
            "not {count} lines with {words:?} within {DEADLINE:?}; the log:\n{}",
            log.text()
        );
    }

    /// Waits until its log has said this.
    pub fn logs(&self, words: &str) {
        let log = &self.process().stderr;
        let said =
            log.wait_for(DEADLINE, |lines| lines.iter().any(|line| line.contains(words)).then_some(()));
        assert!(said.is_some(), "{words:?} was not logged within {DEADLINE:?}; the log:\n{}", log.text());
    }

    /// The lines of its log, shared, so that a failing screen can show them.
    pub fn log(&self) -> Arc<Lines> {
        Arc::clone(&self.process().stderr)
    }

    /// The number of the server's process.
    pub fn pid(&self) -> u32 {
        self.process().pid
    }

    /// The most memory that the server ever had in use (resident), in MiB.
    pub fn memory_peak_mib(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    fn process(&self) -> &Process {
        self.process.as_ref().expect("the server runs")
    }

    /// Asks it to stop, as the system does (SIGTERM), and waits for its end.
    pub fn stop(&mut self) -> ExitStatus {
        self.end("TERM")
    }

    /// Sends it a signal that does not end it, such as `HUP`.
    pub fn signal(&self, name: &str) {
        signal(self.process().pid, name);
    }

    /// Ends it without a word (`kill -9`).
    pub fn kill(&mut self) {
        self.end("KILL");
    }

    /// Sends SIGKILL while others still hold on to the server; [`Self::kill`] then waits for its end.
    pub fn kill_while_in_use(&self) {
        signal(self.process().pid, "KILL");
    }

    fn end(&mut self, name: &str) -> ExitStatus {
        let process = self.process.take().expect("the server runs");
        signal(process.pid, name);
        process.ended.recv_timeout(DEADLINE).unwrap_or_else(|_| {
            panic!("hob did not end within {DEADLINE:?} of SIG{name}; its log:\n{}", process.stderr.text())
        })
    }

    /// Serves the same data again, after [`Self::stop`] or [`Self::kill`].
    pub fn again(self) -> Self {
        assert!(self.process.is_none(), "stop or kill it first");
        Self::serve(self.folder, &["serve"], DEADLINE)
    }

    /// Runs a subcommand on the same data, server running or not, with `input` as its standard input.
    pub fn subcommand(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hob"));
        run(command.args(arguments).arg("--data").arg(self.data()), input.as_bytes())
    }

    /// Adds a member who logs in with a fresh key, and returns the key.
    pub fn add_member(&self, handle: &str, role: &str) -> PrivateKey {
        let key = new_key();
        let line = key.public_key().to_openssh().unwrap();
        let added = self.subcommand(&["member", "add", handle, "--role", role, "--key", &line], "");
        assert!(added.status.success(), "hob member add {handle} failed:\n{}", both(&added));
        key
    }

    /// Adds a member who logs in with a password.
    pub fn add_member_with_password(&self, handle: &str, role: &str, password: &str) {
        let arguments = ["member", "add", handle, "--role", role, "--password-stdin"];
        let added = self.subcommand(&arguments, &format!("{password}\n"));
        assert!(added.status.success(), "hob member add {handle} failed:\n{}", both(&added));
    }

    /// A fresh invite code: the last line that `hob invite` prints.
    pub fn invite(&self) -> String {
        let made = self.subcommand(&["invite"], "");
        assert!(made.status.success(), "hob invite failed:\n{}", both(&made));
        let text = String::from_utf8(made.stdout).unwrap();
        text.lines().last().expect("hob invite prints a code").trim().to_owned()
    }
}

/// A new Ed25519 key.
pub fn new_key() -> PrivateKey {
    PrivateKey::random(&mut rand::rng(), russh::keys::Algorithm::Ed25519).unwrap()
}

/// Runs a program to its end with this standard input; kills it when it takes longer than the deadline.
pub fn run(command: &mut Command, input: &[u8]) -> Output {
    let mut child: Child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let pid = child.id();
    // A program that does not read its input closes it; that is its own business.
    let _ = child.stdin.take().unwrap().write_all(input);
    let (tell, ended) = mpsc::channel();
    thread::spawn(move || tell.send(child.wait_with_output().unwrap()));
    ended.recv_timeout(DEADLINE).unwrap_or_else(|_| {
        signal(pid, "KILL");
        let output = ended.recv().unwrap();
        panic!("{command:?} did not end within {DEADLINE:?}:\n{}", both(&output))
    })
}

/// Both streams of a finished program, for a failure's message.
pub fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\nstdout:\n{}\nstderr:\n{}", output.status, text(&output.stdout), text(&output.stderr))
}
