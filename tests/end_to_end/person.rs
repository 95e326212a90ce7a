//! Somebody at a terminal: an SSH client with a terminal emulator behind it. Types keys, reads the screen, and waits for
//! what should be there. A wait that fails shows the last screen in a frame. The server is in `server.rs`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, Shutdown};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::client::{self, AuthResult, Handle, KeyboardInteractiveAuthResponse};
use russh::keys::{HashAlg, PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{ChannelMsg, ChannelWriteHalf, MethodSet};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::server::{DEADLINE, Hob, Lines};

/// How somebody proves who they are.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// With a key.
    Key(&'a PrivateKey),
    /// With the method "password".
    Password(&'a str),
    /// With the method "keyboard-interactive": the answers to its prompts, in order, over all its rounds.
    Answers(&'a [&'a str]),
}

/// A login that the server refused.
#[derive(Debug)]
pub struct Refused {
    /// The methods it would still hear.
    pub methods: MethodSet,
}

/// What a terminal says of itself when it opens. The default is 80x24 with 256 colours.
#[derive(Clone)]
pub struct Terminal {
    columns: u16,
    rows: u16,
    term: &'static str,
    env: Vec<(&'static str, &'static str)>,
}

impl Default for Terminal {
    fn default() -> Self {
        Self { columns: 80, rows: 24, term: "xterm-256color", env: vec![("LANG", "en_GB.UTF-8")] }
    }
}

impl Terminal {
    /// One of this size.
    pub fn sized(columns: u16, rows: u16) -> Self {
        Self { columns, rows, ..Self::default() }
    }

    /// One that calls itself `term`, and whose client sends this environment.
    pub fn called(term: &'static str, env: &[(&'static str, &'static str)]) -> Self {
        Self { term, env: env.to_vec(), ..Self::default() }
    }

    fn emulator(&self) -> vt100::Parser {
        vt100::Parser::new(size(self.rows), size(self.columns), 1000)
    }
}

fn size(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a terminal has a size")
}

/// Accepts the host key that the server printed, and no other.
pub struct Client {
    fingerprint: String,
}

impl client::Handler for Client {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else { return Ok(false) };
        Ok(key.fingerprint(HashAlg::Sha256).to_string() == self.fingerprint)
    }
}

/// A connection that has logged in.
pub struct Connection {
    handle: Handle<Client>,
    socket: std::net::TcpStream,
    log: Arc<Lines>,
}

/// What a command over SSH came to.
#[derive(Debug)]
pub struct CommandOutput {
    pub status: Option<u32>,
    pub stdout: String,
    pub stderr: String,
}

impl Connection {
    /// Connects and logs in as `user`.
    pub async fn login(hob: &Hob, user: &str, proof: Proof<'_>) -> Result<Self, Refused> {
        let mut connection = Self::open(hob).await;
        connection.prove(user, proof).await?;
        Ok(connection)
    }

    /// Connects without logging in.
    pub async fn open(hob: &Hob) -> Self {
        let socket = std::net::TcpStream::connect(hob.address).unwrap();
        socket.set_nonblocking(true).unwrap();
        let stream = tokio::net::TcpStream::from_std(socket.try_clone().unwrap()).unwrap();
        Self::open_over(hob, stream, socket, client::Config::default()).await
    }

    /// The same over a stream of the test's own, with a client's settings of its own; `socket` is what is cut in the end.
    pub async fn open_over(
        hob: &Hob,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        socket: std::net::TcpStream,
        config: client::Config,
    ) -> Self {
        let client = Client { fingerprint: hob.fingerprint.clone() };
        let connecting = client::connect_stream(Arc::new(config), stream, client);
        let handle = in_time("the handshake", connecting).await.unwrap();
        Self { handle, socket, log: hob.log() }
    }

    /// The same from an address of this machine, where a flood may be faster: none when the connection did not come about.
    pub async fn try_open(hob: &Hob, from: Ipv4Addr) -> Option<Self> {
        let socket = tokio::net::TcpSocket::new_v4().ok()?;
        socket.bind((from, 0).into()).ok()?;
        let socket = in_time("the connection", socket.connect(hob.address)).await.ok()?.into_std().ok()?;
        let stream = tokio::net::TcpStream::from_std(socket.try_clone().ok()?).ok()?;
        let client = Client { fingerprint: hob.fingerprint.clone() };
        let connecting = client::connect_stream(Arc::new(client::Config::default()), stream, client);
        let handle = in_time("the handshake", connecting).await.ok()?;
        Some(Self { handle, socket, log: hob.log() })
    }

    /// Tries a password: whether it let in, or none when the server hung up.
    pub async fn tries(&mut self, user: &str, password: &str) -> Option<bool> {
        let tried = in_time("the password", self.handle.authenticate_password(user, password)).await;
        tried.ok().map(|result| result.success())
    }

    /// Waits until the server ends the connection.
    pub async fn until_cut_off(mut self) {
        let _ = in_time("the end of the connection", &mut self.handle).await;
    }

    /// Tries one way to log in; after a refusal another may follow.
    pub async fn prove(&mut self, user: &str, proof: Proof<'_>) -> Result<(), Refused> {
        let result = match proof {
            Proof::Key(key) => {
                let key = PrivateKeyWithHashAlg::new(Arc::new(key.clone()), None);
                in_time("the key", self.handle.authenticate_publickey(user, key)).await.unwrap()
            }
            Proof::Password(password) => {
                in_time("the password", self.handle.authenticate_password(user, password)).await.unwrap()
            }
            Proof::Answers(answers) => return in_time("the prompts", self.answer(user, answers)).await,
        };
        match result {
            AuthResult::Success => Ok(()),
            AuthResult::Failure { remaining_methods, .. } => Err(Refused { methods: remaining_methods }),
        }
    }

    async fn answer(&mut self, user: &str, answers: &[&str]) -> Result<(), Refused> {
        let mut answers = answers.iter();
        let mut reply = self.handle.authenticate_keyboard_interactive_start(user, None).await.unwrap();
        loop {
            match reply {
                KeyboardInteractiveAuthResponse::Success => return Ok(()),
                KeyboardInteractiveAuthResponse::Failure { remaining_methods, .. } => {
                    return Err(Refused { methods: remaining_methods });
                }
                KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => {
                    let words = prompts.iter().map(|prompt| match answers.next() {
                        Some(answer) => (*answer).to_owned(),
                        None => panic!("no answer left for the prompt {:?}", prompt.prompt),
                    });
                    let words = words.collect();
                    reply = self.handle.authenticate_keyboard_interactive_respond(words).await.unwrap();
                }
            }
        }
    }

    /// The client itself, for what nobody does by accident.
    pub fn handle(&mut self) -> &mut Handle<Client> {
        &mut self.handle
    }

    /// Opens a full-screen session.
    pub async fn terminal(self, terminal: Terminal) -> Person {
        let channel = in_time("a channel", self.handle.channel_open_session()).await.unwrap();
        for (name, value) in &terminal.env {
            channel.set_env(false, *name, *value).await.unwrap();
        }
        let (columns, rows) = (u32::from(terminal.columns), u32::from(terminal.rows));
        channel.request_pty(true, terminal.term, columns, rows, 0, 0, &[]).await.unwrap();
        channel.request_shell(true).await.unwrap();
        let (mut read, write) = channel.split();
        let (shown, changed) = watch::channel(());
        let seen = Arc::new(Mutex::new(Seen {
            emulator: terminal.emulator(),
            raw: Vec::new(),
            words: None,
            status: None,
            ended: false,
        }));
        let filled = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Some(message) = read.wait().await {
                filled.lock().unwrap().take(message);
                shown.send_replace(());
            }
            filled.lock().unwrap().ended = true;
            shown.send_replace(());
        });
        Person { connection: self, write, seen, changed, keys_pressed: 0 }
    }

    /// Runs one command with `input` as its standard input, to its end.
    pub async fn command(&self, line: &str, input: &str) -> CommandOutput {
        let mut channel = in_time("a channel", self.handle.channel_open_session()).await.unwrap();
        channel.exec(true, line).await.unwrap();
        channel.data_bytes(input.as_bytes().to_vec()).await.unwrap();
        channel.eof().await.unwrap();
        let mut streams = (Vec::new(), Vec::new());
        let mut status = None;
        let reading = async {
            while let Some(message) = channel.wait().await {
                match message {
                    ChannelMsg::Data { data } => streams.0.extend_from_slice(&data),
                    ChannelMsg::ExtendedData { data, .. } => streams.1.extend_from_slice(&data),
                    ChannelMsg::ExitStatus { exit_status } => status = Some(exit_status),
                    _ => {}
                }
            }
        };
        in_time(line, reading).await;
        let text = |bytes| String::from_utf8(bytes).expect("commands write UTF-8");
        CommandOutput { status, stdout: text(streams.0), stderr: text(streams.1) }
    }
}

impl Drop for Connection {
    /// Cuts the line: the tasks of the client end by it.
    fn drop(&mut self) {
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}

/// Runs one command that must succeed, on a connection of its own, and returns what it printed.
pub async fn say(hob: &Hob, user: &str, key: &PrivateKey, line: &str, input: &str) -> String {
    let connection = Connection::login(hob, user, Proof::Key(key)).await.unwrap();
    let output = connection.command(line, input).await;
    assert_eq!(output.status, Some(0), "{line}: {output:?}");
    output.stdout
}

/// Waits for a step of the protocol, with the deadline of all waits.
async fn in_time<T>(what: &str, step: impl Future<Output = T>) -> T {
    timeout(DEADLINE, step).await.unwrap_or_else(|_| panic!("{what}: no answer within {DEADLINE:?}"))
}

/// What arrived at the terminal.
struct Seen {
    emulator: vt100::Parser,
    raw: Vec<u8>,
    /// Every `%word%` that any frame showed, once somebody wants to know.
    words: Option<BTreeSet<String>>,
    status: Option<u32>,
    ended: bool,
}

impl Seen {
    fn take(&mut self, message: ChannelMsg) {
        match message {
            ChannelMsg::Data { data } | ChannelMsg::ExtendedData { data, .. } => {
                self.emulator.process(&data);
                self.raw.extend_from_slice(&data);
                self.collect_words();
            }
            ChannelMsg::ExitStatus { exit_status } => self.status = Some(exit_status),
            ChannelMsg::Failure => panic!("the server refused the terminal or the shell"),
            _ => {}
        }
    }

    fn collect_words(&mut self) {
        if self.words.is_none() {
            return;
        }
        let text = self.text();
        let words = text.split_whitespace().filter(|word| word.len() > 2);
        let marked = words.filter(|word| word.starts_with('%') && word.ends_with('%'));
        if let Some(seen) = &mut self.words {
            seen.extend(marked.map(str::to_owned));
        }
    }

    /// The screen, row by row, without trailing spaces.
    fn text(&self) -> String {
        let screen = self.emulator.screen();
        let columns = screen.size().1.get();
        screen.rows(0, columns).map(|row| row.trim_end().to_owned() + "\n").collect()
    }

    fn framed(&self) -> String {
        let screen = self.emulator.screen();
        let (row, column) = screen.cursor_position();
        let columns = usize::from(screen.size().1.get());
        let edge = "─".repeat(columns);
        let mut out = format!("┌{edge}┐\n");
        for line in self.text().lines() {
            let _ = writeln!(out, "│{line:columns$}│");
        }
        let end = if self.ended { ", the session has ended" } else { "" };
        let _ = write!(out, "└{edge}┘ cursor at row {row}, column {column}{end}");
        out
    }
}

/// Somebody in a full-screen session.
pub struct Person {
    connection: Connection,
    write: ChannelWriteHalf<client::Msg>,
    seen: Arc<Mutex<Seen>>,
    changed: watch::Receiver<()>,
    /// How many keys were pressed with [`Self::keys`]; typed and pasted text is not counted.
    pub keys_pressed: usize,
}

impl Person {
    /// Logs in and opens a terminal of 80x24; a refusal fails the test.
    pub async fn enter(hob: &Hob, user: &str, proof: Proof<'_>) -> Self {
        Self::enter_on(hob, user, proof, Terminal::default()).await
    }

    /// The same on this terminal.
    pub async fn enter_on(hob: &Hob, user: &str, proof: Proof<'_>, terminal: Terminal) -> Self {
        let connection = Connection::login(hob, user, proof).await;
        let connection = connection.unwrap_or_else(|refused| panic!("{user} was refused: {refused:?}"));
        connection.terminal(terminal).await
    }

    /// Presses keys, written with spaces between them: `g b j Enter`. A single character is itself; the others are
    /// those of [`bytes_of`]. `Esc` may only come last, and the next call must follow something seen on the screen:
    /// a terminal tells Esc from the start of a sequence by the pause after it.
    pub async fn keys(&mut self, keys: &str) {
        let names: Vec<&str> = keys.split_whitespace().collect();
        assert!(
            !names.iter().rev().skip(1).any(|name| *name == "Esc"),
            "Esc may only be the last of {keys:?}"
        );
        self.keys_pressed += names.len();
        let bytes = names.iter().flat_map(|name| bytes_of(name)).collect();
        self.send(bytes).await;
    }

    /// Types text as it stands; a line break is Enter.
    pub async fn types(&mut self, text: &str) {
        self.send(text.replace('\n', "\r").into_bytes()).await;
    }

    /// Pastes text, in the brackets of a terminal that was asked for them.
    pub async fn pastes(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").into_bytes()).await;
    }

    /// Sends bytes as they are.
    pub async fn send(&mut self, bytes: Vec<u8>) {
        in_time("the line", self.write.data_bytes(bytes)).await.unwrap_or_else(|error| {
            panic!("cannot type: {error}\n{}", self.framed());
        });
    }

    /// Leans on a key, fifty times a second, until the server's log says these words.
    pub async fn leans_on(&mut self, key: &[u8], until: &str) {
        let leaning = async {
            let mut pace = tokio::time::interval(Duration::from_millis(20));
            while !self.connection.log.text().contains(until) {
                pace.tick().await;
                if self.write.data_bytes(key.to_vec()).await.is_err() {
                    break;
                }
            }
        };
        in_time(until, leaning).await;
    }

    /// Gives the window a new size.
    pub async fn resize(&mut self, columns: u16, rows: u16) {
        self.seen.lock().unwrap().emulator.screen_mut().set_size(size(rows), size(columns));
        self.write.window_change(columns.into(), rows.into(), 0, 0).await.unwrap();
    }

    /// Says that the window has a size that no window has; the emulator keeps its own.
    pub async fn claims_size(&mut self, columns: u32, rows: u32) {
        self.write.window_change(columns, rows, 0, 0).await.unwrap();
    }

    /// The client itself, for what nobody does by accident.
    pub fn handle(&mut self) -> &mut Handle<Client> {
        self.connection.handle()
    }

    /// The screen, row by row, without trailing spaces.
    pub fn screen(&self) -> String {
        self.seen.lock().unwrap().text()
    }

    /// Something about the emulator's state, such as its modes.
    pub fn emulator<T>(&self, ask: impl FnOnce(&vt100::Screen) -> T) -> T {
        ask(self.seen.lock().unwrap().emulator.screen())
    }

    /// The bytes that arrived so far.
    pub fn raw(&self) -> Vec<u8> {
        self.seen.lock().unwrap().raw.clone()
    }

    /// Begins to collect every `%word%` that a frame shows, however briefly.
    pub fn collects_words(&mut self) {
        self.seen.lock().unwrap().words.get_or_insert_default();
    }

    /// The words that were shown since.
    pub fn words(&self) -> BTreeSet<String> {
        self.seen.lock().unwrap().words.clone().unwrap_or_default()
    }

    fn framed(&self) -> String {
        self.seen.lock().unwrap().framed()
    }

    /// Waits until the screen shows `text`.
    pub async fn sees(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} on the screen"), |screen| screen.contains(text)).await;
    }

    /// Waits until the screen no longer shows `text`.
    pub async fn no_longer_sees(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} gone from the screen"), |screen| !screen.contains(text)).await;
    }

    /// Waits until `reached` likes the screen; `what` says in a failure what was waited for.
    pub async fn wait_until(&mut self, what: &str, reached: impl Fn(&str) -> bool) {
        self.wait(what, DEADLINE, |seen| reached(&seen.text())).await;
    }

    /// Waits for the end of the session and returns its exit status.
    pub async fn wait_for_end(&mut self) -> Option<u32> {
        self.wait("the end of the session", DEADLINE, |seen| seen.ended).await;
        self.seen.lock().unwrap().status
    }

    async fn wait(&mut self, what: &str, deadline: Duration, reached: impl Fn(&Seen) -> bool) {
        let mut changed = self.changed.clone();
        let seen = &self.seen;
        let waiting = async {
            loop {
                changed.mark_unchanged();
                if reached(&seen.lock().unwrap()) {
                    return true;
                }
                if changed.changed().await.is_err() {
                    return reached(&seen.lock().unwrap());
                }
            }
        };
        if timeout(deadline, waiting).await != Ok(true) {
            let log = self.connection.log.text();
            panic!(
                "waited in vain for {what}; the last screen:\n{}\nthe server's log:\n{log}",
                self.framed()
            );
        }
    }

    /// Cuts the line without a word, as a lost train connection does.
    pub fn vanishes(self) {}
}

/// The bytes of a key as a terminal in its normal modes sends them.
pub fn bytes_of(name: &str) -> Vec<u8> {
    let text = match name {
        "Enter" => "\r",
        "Space" => " ",
        "Tab" => "\t",
        "S-Tab" => "\x1b[Z",
        "Esc" => "\x1b",
        "Backspace" => "\x7f",
        "Delete" => "\x1b[3~",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PgUp" => "\x1b[5~",
        "PgDn" => "\x1b[6~",
        _ => {
            let mut letters = name.chars();
            return match (letters.next(), letters.next(), letters.next(), letters.next()) {
                (Some('C'), Some('-'), Some(letter @ 'a'..='z'), None) => vec![letter as u8 - b'a' + 1],
                (Some(_), None, ..) => name.as_bytes().to_vec(),
                _ => panic!("no key is called {name:?}"),
            };
        }
    };
    text.as_bytes().to_vec()
}
