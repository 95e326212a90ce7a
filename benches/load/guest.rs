//! One SSH session: keys out, and how long it takes until something comes back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use russh::client::{self, Handle, KeyboardInteractiveAuthResponse};
use russh::keys::{HashAlg, PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg};
use tokio::time::timeout;

use super::program::Door;

/// After this long a screen that did not move is not going to.
const STILL_AFTER: Duration = Duration::from_millis(1_500);
/// A screen has settled when nothing came for this long.
const SETTLED_AFTER: Duration = Duration::from_millis(30);

/// Accepts the host key that the server printed, and no other.
struct Client {
    fingerprint: String,
}

impl client::Handler for Client {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else { return Ok(false) };
        Ok(key.fingerprint(HashAlg::Sha256).to_string() == self.fingerprint)
    }
}

/// A session with a terminal.
pub struct Line {
    channel: Channel<client::Msg>,
    _connection: Handle<Client>,
    /// Bytes of keys.
    pub sent: usize,
    /// Bytes of screens.
    pub received: usize,
}

impl Line {
    /// Connects, proves a key if there is one, opens a terminal and waits for the first screen. Says what that took.
    pub async fn connect(
        door: &Door,
        user: &str,
        key: Option<Arc<PrivateKey>>,
        window: (u32, u32),
    ) -> (Self, Duration) {
        let began = Instant::now();
        let client = Client { fingerprint: door.fingerprint.clone() };
        // As OpenSSH does for a terminal: else the client waits 40 ms for an acknowledgement now and then.
        let config = client::Config { nodelay: true, ..client::Config::default() };
        let mut connection = client::connect(Arc::new(config), &door.address, client).await.unwrap();
        let proved = match key {
            Some(key) => {
                let key = PrivateKeyWithHashAlg::new(key, None);
                connection.authenticate_publickey(user, key).await.unwrap().success()
            }
            // Nothing is asked of who comes to the door.
            None => {
                let answer = connection.authenticate_keyboard_interactive_start(user, None).await.unwrap();
                matches!(answer, KeyboardInteractiveAuthResponse::Success)
            }
        };
        assert!(proved, "{user} was refused");
        let channel = connection.channel_open_session().await.unwrap();
        channel.request_pty(false, "xterm-256color", window.0, window.1, 0, 0, &[]).await.unwrap();
        channel.request_shell(false).await.unwrap();
        let mut line = Self { channel, _connection: connection, sent: 0, received: 0 };
        line.hear(STILL_AFTER).await.expect("the first screen");
        let took = began.elapsed();
        line.settle().await;
        (line, took)
    }

    /// Presses a key and waits until the screen moves: how long that took, or nothing when it stayed as it was.
    pub async fn press(&mut self, key: &str) -> Option<Duration> {
        self.settle().await;
        let began = Instant::now();
        self.channel.data_bytes(key.as_bytes().to_vec()).await.ok()?;
        self.sent += key.len();
        self.hear(STILL_AFTER).await?;
        Some(began.elapsed())
    }

    /// Takes what others caused meanwhile, for a while.
    pub async fn rest(&mut self, pause: Duration) {
        let until = Instant::now() + pause;
        while let left = until.saturating_duration_since(Instant::now())
            && !left.is_zero()
        {
            self.hear(left).await;
        }
    }

    async fn settle(&mut self) {
        while self.hear(SETTLED_AFTER).await.is_some() {}
    }

    /// The next bytes of the screen, if any come in time.
    async fn hear(&mut self, patience: Duration) -> Option<usize> {
        let data = async {
            loop {
                match self.channel.wait().await {
                    Some(ChannelMsg::Data { data }) => return data.len(),
                    Some(_) => {}
                    None => std::future::pending().await,
                }
            }
        };
        let bytes = timeout(patience, data).await.ok()?;
        self.received += bytes;
        Some(bytes)
    }
}
