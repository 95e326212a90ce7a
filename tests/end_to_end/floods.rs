//! SAFETY.md, Transport, against the real program: floods, drips and clients that take nothing, while a member works.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use russh::client;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::person::{Connection, Person, Proof, Terminal, say};
use crate::server::{DEADLINE, Hob};

/// SAFETY.md names 5,000; fewer where a process may not open so many files.
const SILENT: usize = 5_000;
/// Files that the test itself needs besides the silent sockets.
const FILES_KEPT: usize = 200;
/// Wrong passwords that are tried at least while somebody works: two seconds' worth of SAFETY.md's hundred.
const WRONG_LOGINS: usize = 200;
/// SAFETY.md: memory stays under 256 MB.
const MEMORY_MAX_MIB: u64 = 256;

/// How many silent sockets this process can hold.
fn silent_sockets() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    let files: usize = line.split_whitespace().next().unwrap().parse().unwrap_or(SILENT + FILES_KEPT);
    SILENT.min(files.saturating_sub(FILES_KEPT)).max(100)
}

fn silent(address: SocketAddr, count: usize) -> Vec<TcpStream> {
    (0..count).filter_map(|_| TcpStream::connect_timeout(&address, DEADLINE).ok()).collect()
}

/// Tries wrong passwords, connection after connection, until `done`; says how many. From ever other addresses and for ever
/// other handles, so that no count of failures answers for the work of looking at them.
async fn guess(hob: &Hob, done: &AtomicBool, enough: usize) -> usize {
    let (mut tried, mut number) = (0, 0_u8);
    while tried < enough || !done.load(Ordering::Relaxed) {
        number = number.wrapping_add(1);
        let handle = if number == 1 { "ben".to_owned() } else { format!("nobody{tried}") };
        // A flood may cut this one off; the next one follows.
        let from = Ipv4Addr::new(127, 0, 1, number);
        let Some(mut connection) = Connection::try_open(hob, from).await else { continue };
        for _ in 0..5 {
            let Some(let_in) = connection.tries(&handle, "a closed fire").await else { break };
            assert!(!let_in, "a wrong password");
            tried += 1;
        }
    }
    tried
}

/// Logs in, looks around and writes; says how long the log-in took.
async fn work(hob: &Hob, key: &russh::keys::PrivateKey, done: &AtomicBool) -> Duration {
    let began = Instant::now();
    let mut ana = Person::enter(hob, "ana", Proof::Key(key)).await;
    ana.sees("home").await;
    let took = began.elapsed();
    ana.keys("?").await;
    ana.sees("· help").await;
    ana.keys("q").await;
    say(hob, "ana", key, "post general -t Tea", "Who is for tea?").await;
    assert!(say(hob, "ana", key, "read 1", "").await.contains("Who is for tea?"));
    done.store(true, Ordering::Relaxed);
    took
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_5000_silent_sockets_and_100_wrong_logins_a_second_leave_a_member_at_work() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    hob.add_member_with_password("ben", "member", "an open fire");
    let count = silent_sockets();
    let silent = silent(hob.address, count);
    assert!(silent.len() > count / 2, "only {} of {count} were opened", silent.len());
    let done = AtomicBool::new(false);
    let (tried, took) = tokio::join!(guess(&hob, &done, WRONG_LOGINS), work(&hob, &key, &done));
    assert!(tried >= WRONG_LOGINS, "only {tried}");
    // Only a release build is held to SAFETY.md's second: in a debug build the handshake alone takes a tenth of it.
    assert!(cfg!(debug_assertions) || took < Duration::from_secs(1), "home after {took:?}");
    let peak = hob.memory_peak_mib();
    assert!(peak < MEMORY_MAX_MIB, "{peak} MiB");
}

/// Writes `drop` again and again, with pauses of a tenth of a second, until the other side closes.
fn until_closed(address: SocketAddr, first: &[u8], drop: &[u8]) {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    socket.write_all(first).unwrap();
    let (began, mut sent) = (Instant::now(), [0; 4096]);
    loop {
        match socket.read(&mut sent) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            // A reset is a way of closing, too.
            Err(_) => return,
        }
        if socket.write_all(drop).is_err() {
            return;
        }
        assert!(began.elapsed() < DEADLINE, "still open after {DEADLINE:?}: {first:?}, then {drop:?}");
    }
}

/// Sixty times shorter than in real life, so that nobody waits: a byte each 100 ms stands for one each 5 s.
#[tokio::test(flavor = "multi_thread")]
async fn transport_one_byte_at_a_time_and_a_login_that_never_ends_are_cut_off_in_time() {
    let hob = Hob::start_under("", &[("login_grace_s = 45", "login_grace_s = 1")]);
    let address = hob.address;
    /// SSH_MSG_IGNORE, which resets a library's idle timer.
    const IGNORE: [u8; 16] = [0, 0, 0, 12, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let ways: [(&'static [u8], &'static [u8]); 6] = [
        (b"", b""),
        (b"", b"S"),
        (b"SSH-2.0-", b"x"),
        (b"a line before the version\r\n", b"\r\n"),
        (b"SSH-2.0-x\r\n", b""),
        (b"SSH-2.0-x\r\n", &IGNORE),
    ];
    let clients: Vec<_> = ways
        .into_iter()
        .map(|(first, drop)| thread::spawn(move || until_closed(address, first, drop)))
        .collect();
    // One that has agreed on keys and then thinks about its password.
    let thinking = Connection::open(&hob).await;
    thinking.until_cut_off().await;
    for client in clients {
        client.join().unwrap();
    }
}

/// A stream that can be told to take nothing any more; writing goes on.
struct Deaf {
    inner: tokio::net::TcpStream,
    is_deaf: Arc<AtomicBool>,
}

impl AsyncRead for Deaf {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.is_deaf.load(Ordering::Relaxed) {
            return Poll::Pending;
        }
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl AsyncWrite for Deaf {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

/// A connection with a small receive buffer, so that what is not read soon fills it; and the switch that ends reading.
async fn deafening(hob: &Hob, config: client::Config) -> (Connection, Arc<AtomicBool>) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let socket = socket.connect(hob.address).await.unwrap().into_std().unwrap();
    let inner = tokio::net::TcpStream::from_std(socket.try_clone().unwrap()).unwrap();
    let is_deaf = Arc::new(AtomicBool::new(false));
    let stream = Deaf { inner, is_deaf: Arc::clone(&is_deaf) };
    (Connection::open_over(hob, stream, socket, config).await, is_deaf)
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_a_client_that_never_opens_its_window_is_closed() {
    let hob = Hob::start_under("", &[("stall_s = 30", "stall_s = 1")]);
    let key = hob.add_member("ana", "member");
    let shut = client::Config { window_size: 0, ..client::Config::default() };
    let (mut connection, _) = deafening(&hob, shut).await;
    connection.prove("ana", Proof::Key(&key)).await.unwrap();
    let mut ana = connection.terminal(Terminal::default()).await;
    ana.wait_for_end().await;
    assert!(ana.raw().is_empty(), "there was no room for anything");
    hob.sees_the_end_of(1);
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_a_client_that_stops_reading_is_closed_and_costs_no_more_memory() {
    let hob = Hob::start_under("", &[("stall_s = 30", "stall_s = 1")]);
    let key = hob.add_member("ana", "member");
    let wide = client::Config { window_size: 1 << 30, ..client::Config::default() };
    let (mut connection, is_deaf) = deafening(&hob, wide).await;
    connection.prove("ana", Proof::Key(&key)).await.unwrap();
    let mut ana = connection.terminal(Terminal::sized(200, 60)).await;
    ana.sees("home").await;
    let before = hob.memory_peak_mib();
    is_deaf.store(true, Ordering::Relaxed);
    // Asks for the whole screen again and again, and takes none of it.
    ana.leans_on(b"\x0c", "connection closed").await;
    hob.sees_the_end_of(1);
    let grown = hob.memory_peak_mib() - before;
    assert!(grown < 16, "{grown} MiB more for one that reads nothing");
    // Others are not disturbed.
    let mut again = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    again.sees("home").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_with_every_descriptor_in_use_the_server_waits_and_goes_on() {
    let hob = Hob::start_under("ulimit -n 64", &[]);
    let key = hob.add_member("ana", "member");
    let flood = silent(hob.address, 90);
    hob.logs("cannot accept connections just now");
    drop(flood);
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("home").await;
    say(&hob, "ana", &key, "post general -t Tea", "Who is for tea?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_resize_storms_are_coalesced_and_the_last_size_is_drawn() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter_on(&hob, "ana", Proof::Key(&key), Terminal::sized(160, 50)).await;
    ana.sees("home").await;
    let before = ana.raw().len();
    for n in 0..2_000_u32 {
        ana.claims_size(20 + n % 400, 5 + n % 150).await;
    }
    ana.resize(90, 30).await;
    ana.wait_until("a footer in row 30", |screen| {
        screen.lines().nth(29).is_some_and(|row| row.contains("help"))
    })
    .await;
    let sent = ana.raw().len() - before;
    assert!(sent < 2_000 * 1_000, "{sent} bytes: every size was drawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_term_and_environment_are_cleaned_and_no_child_process_sees_them() {
    const TERM: &str = "\x1b]0;owned\x07;$(id)\nxterm";
    const ENV: &[(&str, &str)] = &[
        ("LANG", "en_GB.UTF-8\x1b[2J"),
        ("LD_PRELOAD", "/tmp/owned.so"),
        ("LC_ALL", "../../../../etc/passwd\0"),
        ("HOB_\x1b[31m", "x"),
        ("COLORTERM", "truecolor;\x1b]52;c;b3duZWQ=\x07"),
    ];
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter_on(&hob, "ana", Proof::Key(&key), Terminal::called(TERM, ENV)).await;
    ana.sees("home").await;
    let sent = String::from_utf8(ana.raw()).unwrap();
    assert!(!sent.contains("owned") && !sent.contains("passwd"), "{sent:?}");
    let tasks = std::fs::read_dir(format!("/proc/{}/task", hob.pid())).unwrap();
    for task in tasks {
        let children = std::fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default();
        assert_eq!(children.trim(), "", "a child process of the server");
    }
    let log = hob.log().text();
    assert!(!log.contains('\x1b') && !log.contains("owned"), "{log}");
}
