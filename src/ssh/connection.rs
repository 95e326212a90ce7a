//! One connection from the accepted socket to its end: the deadlines of each phase, the good-bye when the server stops,
//! and the kill switch when nothing else helps.

use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use russh::Disconnect;
use russh::server::{Config, Handle, RunningSession, run_stream};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};

use super::client::Client;
use super::guard::Guarded;
use super::house::House;
use super::link::{Link, Phase};
use super::settings::Settings;

/// How long a client may keep the connection open after its session has ended.
const LINGER_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a client may take to hear good-bye before it is cut off.
const GOODBYE_TIMEOUT: Duration = Duration::from_millis(300);
/// How long a session may go on (saving a draft, say) after its line is gone.
const TASK_TIMEOUT: Duration = Duration::from_secs(5);

/// What all connections share.
pub struct Shared<H> {
    /// Whom people are handed over to.
    pub house: Arc<H>,
    /// The numbers.
    pub settings: Arc<Settings>,
    /// russh's configuration.
    pub config: Arc<Config>,
    /// Turns true when the server goes down.
    pub stop: watch::Receiver<bool>,
}

type Running<'a, H> = Pin<&'a mut RunningSession<Client<H>>>;

/// Serves one connection to its end.
pub async fn serve<H: House>(shared: Arc<Shared<H>>, socket: TcpStream, link: Arc<Link>) {
    let began = Instant::now();
    let peer = link.peer;
    // Without it a frame waits for the acknowledgement of the last one: 44 ms instead of 15 (measured).
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%peer, %error, "no TCP_NODELAY");
    }
    let settings = &shared.settings;
    let client =
        Client::new(Arc::clone(&shared.house), Arc::clone(settings), Arc::clone(&link), shared.stop.clone());
    let stream = Guarded::new(socket, Arc::clone(&link.switch), settings.write_stall_timeout);
    let phases = link.phases();
    let mut stop = shared.stop.clone();
    let greeting =
        timeout(settings.version_line_timeout, run_stream(Arc::clone(&shared.config), stream, client));
    let running = tokio::select! {
        greeted = greeting => match greeted {
            Ok(Ok(running)) => running,
            Ok(Err(error)) => return tracing::debug!(%peer, %error, "no SSH client"),
            Err(_) => return tracing::debug!(%peer, "no version line in time"),
        },
        () = stopped(&mut stop) => return,
    };
    link.ticket.greets();
    let handle = running.handle();
    tokio::pin!(running);
    let farewell = watch_over(settings, began, running.as_mut(), phases, stop).await;
    if let Some(words) = farewell {
        say_goodbye(&handle, words, running).await;
    }
    // russh is gone, or does not react: from here on nothing is read or written.
    link.switch.kill();
    finish_session(&link).await;
    tracing::debug!(%peer, seconds = began.elapsed().as_secs(), "connection closed");
}

/// Waits until the connection ends by itself (`None`), or has to be ended (with these words).
async fn watch_over<H: House>(
    settings: &Settings,
    began: Instant,
    mut running: Running<'_, H>,
    mut phases: watch::Receiver<Phase>,
    mut stop: watch::Receiver<bool>,
) -> Option<&'static str> {
    const GOING_DOWN: &str =
        "hob is going down for a moment. What you wrote is saved; please come back soon.";
    let mut stopping = None;
    loop {
        let phase = *phases.borrow_and_update();
        let (deadline, words) = match phase {
            Phase::Asking => {
                (Some(began + settings.login_timeout), "That took too long. Please connect again.")
            }
            Phase::Open => {
                (Some(Instant::now() + settings.opening_timeout), "Nothing was asked for. Good-bye.")
            }
            Phase::Busy => (None, ""),
            // Also when stopping: a client that closes by itself reports the session's own exit status.
            Phase::Done if stopping.is_some() => (Some(Instant::now() + GOODBYE_TIMEOUT), GOING_DOWN),
            Phase::Done => (Some(Instant::now() + LINGER_TIMEOUT), "Good-bye."),
        };
        if stopping.is_some() && matches!(phase, Phase::Asking | Phase::Open) {
            return Some(GOING_DOWN);
        }
        tokio::select! {
            ended = running.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "connection ended");
                }
                return None;
            }
            // The sender lives in the link, which outlives this.
            _ = phases.changed() => {}
            () = until(deadline) => return Some(words),
            () = until(stopping) => return Some(GOING_DOWN),
            () = stopped(&mut stop), if stopping.is_none() => stopping = Some(Instant::now() + settings.stop_timeout),
        }
    }
}

async fn say_goodbye<H: House>(handle: &Handle, words: &str, running: Running<'_, H>) {
    let saying = async {
        // Not heard while keys are exchanged: hence the time limit.
        let _ = handle.disconnect(Disconnect::ByApplication, words.to_owned(), "en".to_owned()).await;
        let _ = running.await;
    };
    let _ = timeout(GOODBYE_TIMEOUT, saying).await;
}

/// Lets the session finish what it is doing, now that its line is closed.
async fn finish_session(link: &Link) {
    let Some(mut task) = link.take_task() else { return };
    if timeout(TASK_TIMEOUT, &mut task).await.is_err() {
        tracing::warn!(peer = %link.peer, "a session did not end with its connection and was dropped");
        task.abort();
    }
}

/// Completes when the server goes down.
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone will never say stop, but then nobody is left to serve for either.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => pending().await,
    }
}
