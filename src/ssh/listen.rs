//! The accept loop: listening sockets, places, one task for each connection, and the orderly end of all of them.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use russh::keys::PrivateKey;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinSet, yield_now};
use tokio::time::{sleep, timeout};

use super::admission::{Admission, Full};
use super::config::russh_config;
use super::connection::{self, Shared, stopped};
use super::guard::Switch;
use super::house::House;
use super::link::Link;
use super::settings::Settings;

/// What the kernel may hold for a client that does not read: more would only be shown late (measured: 575 KB of frames
/// by default, 153 KB with this).
const SEND_BUFFER_BYTES: u32 = 64 * 1024;

/// Connections that wait for `accept`; the kernel caps it at its own limit.
const BACKLOG: u32 = 4096;

/// Pause after an error of `accept` that will come again at once, such as no free file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// At most one line in the log for refused connections in this time.
const REFUSALS_LOGGED_EVERY: Duration = Duration::from_secs(10);

/// What connections need to end after the sessions had their `stop_timeout`: the good-bye and a last write.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// Opens a listening socket.
///
/// # Errors
/// When the address is taken or not allowed.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A restart must not wait for the last connections of the old process to be forgotten.
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves SSH on all `listeners` until `stop` turns true, then ends every session in an orderly way.
pub async fn serve<H: House>(
    listeners: Vec<TcpListener>,
    house: Arc<H>,
    settings: Settings,
    host_key: PrivateKey,
    stop: watch::Receiver<bool>,
) {
    let config = russh_config(&settings, host_key);
    let settings = Arc::new(settings);
    let admission = Admission::new(Arc::clone(&settings));
    let shared = Arc::new(Shared { house, settings, config, stop });
    let mut loops = JoinSet::new();
    for listener in listeners {
        loops.spawn(accept_loop(listener, Arc::clone(&shared), admission.clone()));
    }
    while loops.join_next().await.is_some() {}
}

async fn accept_loop<H: House>(listener: TcpListener, shared: Arc<Shared<H>>, admission: Admission) {
    let mut connections = JoinSet::new();
    let mut refusals = Refusals::default();
    let mut stop = shared.stop.clone();
    loop {
        tokio::select! {
            () = stopped(&mut stop) => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((socket, peer)) => match welcome(&*shared.house, &admission, peer) {
                    Ok(link) => {
                        connections.spawn(connection::serve(Arc::clone(&shared), socket, link));
                        // It may read its version line before the next of a flood can push it out.
                        yield_now().await;
                    }
                    Err(full) => refusals.refuse(socket, peer, full),
                },
                Err(error) => pause_after(&error).await,
            },
        }
    }
    drop(listener);
    let draining = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(shared.settings.stop_timeout + DRAIN_TIMEOUT, draining).await;
    connections.shutdown().await;
}

fn welcome(house: &impl House, admission: &Admission, peer: SocketAddr) -> Result<Arc<Link>, Full> {
    let address = peer.ip().to_canonical();
    if house.turns_away(address) {
        return Err(Full::Banned);
    }
    let switch = Arc::new(Switch::default());
    let ticket = admission.admit(address, Arc::clone(&switch))?;
    Ok(Arc::new(Link::new(address, switch, ticket)))
}

/// An error of `accept` is the fault of one connection, or of a limit that may be lifted again: it never ends the loop.
async fn pause_after(error: &io::Error) {
    let of_the_peer =
        [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::Interrupted];
    if of_the_peer.contains(&error.kind()) {
        return tracing::debug!(%error, "a connection was gone before it was accepted");
    }
    tracing::warn!(%error, "cannot accept connections just now; trying again");
    sleep(ACCEPT_PAUSE).await;
}

/// Counts refused connections, so that a flood does not fill the log as well.
#[derive(Default)]
struct Refusals {
    unlogged: u64,
    logged_at: Option<Instant>,
}

impl Refusals {
    fn refuse(&mut self, socket: TcpStream, peer: SocketAddr, full: Full) {
        drop(socket);
        self.unlogged += 1;
        if self.logged_at.is_none_or(|at| at.elapsed() >= REFUSALS_LOGGED_EVERY) {
            tracing::warn!(peer = %peer.ip(), count = self.unlogged, "refused: {full}");
            self.unlogged = 0;
            self.logged_at = Some(Instant::now());
        }
    }
}
