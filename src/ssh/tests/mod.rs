//! The transport against a real SSH client on loopback, with a made-up house behind it: no database, no screens.

#![allow(clippy::unwrap_used)]

mod channels;
mod limits;
mod logins;

use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::client::{self, KeyboardInteractiveAuthResponse as Answer};
use russh::keys::{Algorithm, PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::house::{Checked, House, Passed};
use super::settings::Settings;
use super::{bind, serve};
use crate::command::CommandIo;
use crate::service::certificates::Certificate;
use crate::service::{Caller, MemberId, ProvedKey, Who};
use crate::session::Opening;
use crate::session::line::{LineEvent, LineReader, LineWriter};

/// Nothing on loopback takes this long; a test that waits longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Fails instead of hanging.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.expect("this should have happened long ago")
}

/// The member number of the handles in these tests.
const ANN: i64 = 1;
const BEA: i64 = 2;

fn member(number: i64) -> Who {
    Who::Member(MemberId(number))
}

/// A house with a few members, whose session says who came and obeys one-letter keys.
#[derive(Default)]
struct TestHouse {
    keys: Mutex<HashMap<String, Who>>,
    passwords: HashMap<&'static str, (&'static str, Who)>,
    locked_out: bool,
    banned_keys: Mutex<Vec<String>>,
    banned_peers: Mutex<Vec<IpAddr>>,
    checks: AtomicUsize,
    open_sessions: watch::Sender<usize>,
    last_status: watch::Sender<Option<u32>>,
}

impl TestHouse {
    fn with_passwords() -> Self {
        let passwords =
            [("ann", ("annpass", member(ANN))), ("bea", ("beapass", member(BEA)))].into_iter().collect();
        Self { passwords, ..Self::default() }
    }

    /// Waits until every session that was opened has ended.
    async fn is_empty(&self) {
        soon(self.open_sessions.subscribe().wait_for(|open| *open == 0)).await.unwrap();
    }

    fn knows(&self, key: &PrivateKey, who: Who) {
        let fingerprint = super::host_key::fingerprint(key);
        self.keys.lock().unwrap().insert(fingerprint, who);
    }
}

fn greeting(caller: &Caller) -> String {
    let who = match &caller.who {
        Who::Guest => "guest".to_owned(),
        who if *who == member(ANN) => "ann".to_owned(),
        Who::Member(_) => "bea".to_owned(),
        Who::Host => "host".to_owned(),
    };
    let key = caller.key.as_ref().map_or("no key", |key| key.algorithm.as_str());
    format!("{who}, {key}")
}

impl House for TestHouse {
    fn turns_away(&self, peer: IpAddr) -> bool {
        self.banned_peers.lock().unwrap().contains(&peer)
    }

    fn bars_key(&self, key: &ProvedKey) -> bool {
        self.banned_keys.lock().unwrap().contains(&key.fingerprint)
    }

    async fn owner_of(&self, key: &ProvedKey, _user: &str) -> Option<Who> {
        self.keys.lock().unwrap().get(&key.fingerprint).cloned()
    }

    async fn pass_of(&self, _certificate: &Certificate, _user: Option<&str>, _peer: IpAddr) -> Passed {
        Passed::Refused
    }

    async fn check_password(&self, handle: &str, password: &str, _peer: IpAddr) -> Checked {
        if self.locked_out {
            return Checked::TooMany;
        }
        self.checks.fetch_add(1, Ordering::SeqCst);
        match self.passwords.get(handle) {
            Some((right, who)) if *right == password => Checked::Right(who.clone(), 0),
            _ => Checked::Wrong,
        }
    }

    async fn session(
        self: Arc<Self>,
        opening: Opening,
        mut reader: impl LineReader + 'static,
        mut writer: impl LineWriter + 'static,
        mut stop: watch::Receiver<bool>,
    ) {
        self.open_sessions.send_modify(|open| *open += 1);
        let Opening { caller, term, env, columns, rows, notice, pty, plain, .. } = opening;
        let mut hello =
            format!("[{} {term} {columns}x{rows} {env:?} {}", greeting(&caller), notice.unwrap_or_default());
        for (holds, word) in [(!pty, ", no pty"), (plain, ", plain")] {
            hello.push_str(if holds { word } else { "" });
        }
        hello.push(']');
        let _ = writer.write(hello.into_bytes()).await;
        loop {
            let event = tokio::select! {
                event = reader.next() => event,
                () = super::connection::stopped(&mut stop) => {
                    let _ = writer.write(b"[stopped]".to_vec()).await;
                    LineEvent::Closed
                }
            };
            let said = match event {
                LineEvent::Closed => break,
                LineEvent::Resize { columns, rows } => format!("[{columns}x{rows}]"),
                LineEvent::Bytes(keys) if keys == b"q" => break,
                LineEvent::Bytes(keys) if keys == b"p" => panic!("a fault on purpose"),
                LineEvent::Bytes(keys) if keys == b"f" => {
                    while writer.write(vec![b'x'; 16 * 1024]).await.is_ok() {}
                    break;
                }
                LineEvent::Bytes(keys) => format!("[{} bytes]", keys.len()),
            };
            let _ = writer.write(said.into_bytes()).await;
        }
        self.open_sessions.send_modify(|open| *open -= 1);
    }

    async fn command(
        self: Arc<Self>,
        caller: Caller,
        line: &str,
        io: &mut (impl CommandIo + 'static),
    ) -> u32 {
        let status = match line {
            "whoami" => {
                io.out(format!("{}\n", greeting(&caller)).into_bytes()).await.unwrap();
                0
            }
            "count" => match io.read_input(1_000_000).await {
                Ok(Some(input)) => {
                    io.out(format!("{} bytes\n", input.len()).into_bytes()).await.unwrap();
                    0
                }
                Ok(None) => 2,
                Err(_) => 3,
            },
            "fault" => panic!("a fault on purpose"),
            _ => {
                io.err(b"no such command\n".to_vec()).await.unwrap();
                64
            }
        };
        self.last_status.send_replace(Some(status));
        status
    }
}

/// A running server.
struct Server {
    address: SocketAddr,
    house: Arc<TestHouse>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(house: TestHouse) -> Self {
        Self::start_with(house, Settings::default()).await
    }

    async fn start_with(house: TestHouse, settings: Settings) -> Self {
        let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let house = Arc::new(house);
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(serve(vec![listener], Arc::clone(&house), settings, new_key(), stopping));
        Self { address, house, stop, task }
    }

    async fn connect(&self) -> Visitor {
        let config = Arc::new(client::Config::default());
        Visitor(soon(client::connect(config, self.address, Anyone)).await.unwrap())
    }

    async fn guest(&self) -> Visitor {
        let mut visitor = self.connect().await;
        assert!(matches!(visitor.interactive("join").await, Answer::Success));
        visitor
    }
}

fn new_key() -> PrivateKey {
    PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).unwrap()
}

/// A client that trusts any server.
struct Anyone;

impl client::Handler for Anyone {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        Ok(true)
    }
}

/// A client's connection.
struct Visitor(client::Handle<Anyone>);

impl Visitor {
    async fn password(&mut self, user: &str, password: &str) -> client::AuthResult {
        soon(self.0.authenticate_password(user, password)).await.unwrap()
    }

    async fn key(&mut self, user: &str, key: &PrivateKey) -> client::AuthResult {
        let key = PrivateKeyWithHashAlg::new(Arc::new(key.clone()), None);
        soon(self.0.authenticate_publickey(user, key)).await.unwrap()
    }

    async fn interactive(&mut self, user: &str) -> Answer {
        soon(self.0.authenticate_keyboard_interactive_start(user, None)).await.unwrap()
    }

    async fn answer(&mut self, answer: &str) -> Answer {
        soon(self.0.authenticate_keyboard_interactive_respond(vec![answer.to_owned()])).await.unwrap()
    }

    /// Waits until the server has ended the connection.
    async fn until_cut_off(self) {
        // With a word or without: what counts is that it ends.
        let _ = soon(self.0).await;
    }

    async fn open(&self) -> Line {
        Line { channel: soon(self.0.channel_open_session()).await.unwrap(), shown: String::new() }
    }

    /// A shell in a terminal.
    async fn shell(&self) -> Line {
        let mut line = self.open().await;
        assert!(line.pty(80, 24).await);
        line.channel.request_shell(true).await.unwrap();
        assert!(line.granted().await);
        line
    }

    /// Runs a command to its end: standard output, standard error, exit status.
    async fn run(&self, command: &str, input: &[u8]) -> (String, String, u32) {
        let line = self.open().await;
        line.channel.exec(true, command).await.unwrap();
        line.channel.data(input).await.unwrap();
        line.channel.eof().await.unwrap();
        line.finish().await
    }
}

/// A client's channel, with all that was shown on it.
struct Line {
    channel: Channel<client::Msg>,
    shown: String,
}

impl Line {
    async fn pty(&mut self, columns: u32, rows: u32) -> bool {
        self.channel.request_pty(true, "xterm-256color", columns, rows, 0, 0, &[]).await.unwrap();
        self.granted().await
    }

    /// Waits for the answer to the last request.
    async fn granted(&mut self) -> bool {
        loop {
            match soon(self.channel.wait()).await {
                Some(ChannelMsg::Success) => return true,
                Some(ChannelMsg::Failure) => return false,
                Some(ChannelMsg::Data { data }) => self.shown.push_str(&String::from_utf8_lossy(&data)),
                Some(_) => {}
                None => panic!("closed before the request was answered"),
            }
        }
    }

    async fn keys(&self, keys: &[u8]) {
        soon(self.channel.data(keys)).await.unwrap();
    }

    /// Waits until `text` is shown.
    async fn shows(&mut self, text: &str) {
        while !self.shown.contains(text) {
            match soon(self.channel.wait()).await {
                Some(ChannelMsg::Data { data }) => self.shown.push_str(&String::from_utf8_lossy(&data)),
                Some(_) => {}
                None => panic!("closed before {text:?} was shown, only {:?}", self.shown),
            }
        }
    }

    /// Waits for the end: standard output, standard error, exit status.
    async fn finish(mut self) -> (String, String, u32) {
        let (mut err, mut status) = (String::new(), u32::MAX);
        while let Some(message) = soon(self.channel.wait()).await {
            match message {
                ChannelMsg::Data { data } => self.shown.push_str(&String::from_utf8_lossy(&data)),
                ChannelMsg::ExtendedData { data, .. } => err.push_str(&String::from_utf8_lossy(&data)),
                ChannelMsg::ExitStatus { exit_status } => status = exit_status,
                _ => {}
            }
        }
        (self.shown, err, status)
    }
}
