//! The service manager (systemd, or whoever speaks its two small protocols): listening sockets that it holds, so that a
//! restart refuses nobody, and what it is told about how hob is.

use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use anyhow::{Context, Result};
use listenfd::ListenFd;

/// Takes over the TCP sockets of `LISTEN_FDS`, if there are any. Once only, and before any thread is started: the
/// variables are taken away, so that no child takes them for its own.
///
/// # Errors
/// When what was handed over is no TCP socket.
pub fn take_sockets() -> Result<Vec<TcpListener>> {
    let mut handed = ListenFd::from_env();
    let mut sockets = Vec::new();
    for at in 0..handed.len() {
        let socket = handed.take_tcp_listener(at).context(
            "the service manager handed over something else than a TCP socket: look at ListenStream= in hob.socket",
        )?;
        if let Some(socket) = socket {
            socket.set_nonblocking(true)?;
            sockets.push(socket);
        }
    }
    Ok(sockets)
}

/// Tells the service manager something, if there is one that listens: `READY=1`, `STOPPING=1`, `STATUS=…`. What it does
/// not hear is no reason to stop.
pub fn tell(words: &str) {
    let Some(path) = std::env::var_os("NOTIFY_SOCKET") else { return };
    let told = || {
        let name = path.as_encoded_bytes();
        let address = match name.strip_prefix(b"@") {
            Some(name) => SocketAddr::from_abstract_name(name)?,
            None => SocketAddr::from_pathname(&path)?,
        };
        UnixDatagram::unbound()?.send_to_addr(words.as_bytes(), &address)
    };
    if let Err(cause) = told() {
        tracing::debug!(%cause, "the service manager cannot be told");
    }
}

/// How often it wants a sign of life, if it does: half of what it waits for.
pub fn watchdog_every() -> Option<Duration> {
    let waits_us: u64 = std::env::var("WATCHDOG_USEC").ok()?.parse().ok()?;
    (waits_us > 0).then(|| Duration::from_micros(waits_us / 2))
}

/// Gives signs of life for as long as the program gets its turns; forever.
pub async fn signs_of_life() {
    let Some(every) = watchdog_every() else { return std::future::pending().await };
    loop {
        tell("WATCHDOG=1");
        tokio::time::sleep(every).await;
    }
}
