//! russh's callbacks for one connection: translates them for `auth` and `room`, answers every request, refuses what hob
//! does not do. No rules of its own beyond "one session channel, one pty, one shell or command".

use std::borrow::Cow;
use std::sync::Arc;

use russh::keys::{HashAlg, PublicKey};
use russh::server::{
    Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Response, Session, VerifiedPublicKey,
};
use russh::{Channel, ChannelId, ChannelOpenFailure, Disconnect, Error, Pty};
use tokio::sync::watch;

use super::auth::{self, Entry, Login, Verdict};
use super::clean;
use super::config;
use super::house::House;
use super::inbox::Inbox;
use super::link::{Link, Phase};
use super::room::{Room, Terminal, Wish};
use super::settings::Settings;
use crate::service::certificates::Certificate;
use crate::service::{ProvedKey, Who};

/// RSA keys that may log in, in bits. Shorter ones are broken, longer ones cost milliseconds to check.
const RSA_BITS: std::ops::RangeInclusive<u32> = 2048..=8192;

/// Longest command line: a whole post of 64 KiB comes on standard input, not here.
const COMMAND_BYTES_MAX: usize = 64 * 1024;

/// One connection, as russh sees it.
pub struct Client<H: House> {
    house: Arc<H>,
    settings: Arc<Settings>,
    link: Arc<Link>,
    stop: watch::Receiver<bool>,
    login: Login<H>,
    user: String,
    /// Who was let in, until a session takes it.
    entry: Option<Entry>,
    entered: bool,
    channel: Option<ChannelId>,
    inbox: Arc<Inbox>,
    /// The one channel while it waits for a shell or a command.
    room: Option<Room>,
}

impl<H: House> Client<H> {
    /// A connection that has said nothing yet.
    pub fn new(house: Arc<H>, settings: Arc<Settings>, link: Arc<Link>, stop: watch::Receiver<bool>) -> Self {
        let login = Login::new(Arc::clone(&house), link.peer);
        let inbox = Arc::new(Inbox::new(Arc::clone(&link.switch)));
        Self {
            house,
            settings,
            link,
            stop,
            login,
            user: String::new(),
            entry: None,
            entered: false,
            channel: None,
            inbox,
            room: None,
        }
    }

    fn asks(&mut self, user: &str) {
        if self.user.is_empty() {
            self.link.ticket.asks();
        }
        self.user = clean::name(user);
    }

    fn answer(&mut self, verdict: Verdict) -> Result<Auth, Error> {
        let reject = |partial_success| Auth::Reject {
            // Always the whole list: with `None` russh would strike the method off it.
            proceed_with_methods: Some(config::methods()),
            partial_success,
        };
        Ok(match verdict {
            Verdict::Enter(entry) => {
                self.entry = Some(entry);
                Auth::Accept
            }
            // "Partial success" keeps PuTTY from calling a true but unknown key a protocol error.
            Verdict::Onward => reject(true),
            Verdict::Refuse => reject(false),
            Verdict::Ask(prompt) => Auth::Partial {
                // dbclient runs name, instructions and prompt together: no name, and a line end below.
                name: Cow::Borrowed(""),
                instructions: Cow::Owned(prompt.instructions),
                prompts: Cow::Owned(vec![(Cow::Borrowed(prompt.line), prompt.echo)]),
            },
            Verdict::HangUp => {
                tracing::info!(peer = %self.link.peer, "hung up: too many log-in attempts");
                return Err(Error::Disconnect);
            }
        })
    }

    /// Starts what the client wished for in the room it opened; false if there is none.
    fn start(&mut self, channel: ChannelId, wish: Wish, session: &mut Session) -> Result<(), Error> {
        let room = if self.channel == Some(channel) { self.room.take() } else { None };
        let (Some(mut room), Some(entry)) = (room, self.entry.take()) else {
            return session.channel_failure(channel);
        };
        room.plain = auth::is_plain(&self.user);
        session.channel_success(channel)?;
        self.link.reached(Phase::Busy);
        let running = room.run(
            wish,
            Arc::clone(&self.house),
            entry,
            Arc::clone(&self.link),
            &self.settings,
            session.handle(),
            self.stop.clone(),
        );
        self.link.keep_task(tokio::spawn(running));
        Ok(())
    }

    fn reply(session: &mut Session, channel: ChannelId, done: bool) -> Result<(), Error> {
        if done { session.channel_success(channel) } else { session.channel_failure(channel) }
    }

    /// The room, if it waits and the request is for its channel.
    fn waiting_room(&mut self, channel: ChannelId) -> Option<&mut Room> {
        if self.channel == Some(channel) { self.room.as_mut() } else { None }
    }
}

impl<H: House> Drop for Client<H> {
    fn drop(&mut self) {
        // russh is done with the connection, however that came about: nothing will arrive any more.
        self.inbox.close();
        let failures = self.login.failures();
        if failures > 0 && !self.entered {
            // No name: it may be a password that was typed in the wrong place.
            tracing::info!(peer = %self.link.peer, failures, "left without logging in");
        }
    }
}

fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

fn proved_key(key: &PublicKey) -> Option<ProvedKey> {
    let bare = PublicKey::new(key.key_data().clone(), "");
    Some(ProvedKey {
        fingerprint: fingerprint(key),
        algorithm: key.algorithm().as_str().to_owned(),
        public_key: bare.to_openssh().ok()?,
    })
}

/// What a certificate says; none when its authority signed in a way that nobody may log in by.
fn certificate_of(certificate: &russh::keys::Certificate) -> Option<Certificate> {
    if !config::accepts_signature(&certificate.signature().algorithm()) {
        return None;
    }
    let authority = PublicKey::new(certificate.signature_key().clone(), "");
    let options = certificate.critical_options().iter();
    Some(Certificate {
        authority: fingerprint(&authority),
        is_user: certificate.cert_type().is_user(),
        serial: certificate.serial(),
        key_id: certificate.key_id().to_owned(),
        principals: certificate.valid_principals().to_vec(),
        valid_after: certificate.valid_after(),
        valid_before: certificate.valid_before(),
        critical_options: options.map(|(name, value)| (name.clone(), value.clone())).collect(),
        key: proved_key(&PublicKey::new(certificate.public_key().clone(), ""))?,
    })
}

impl<H: House> Handler for Client<H> {
    type Error = Error;

    async fn auth_none(&mut self, user: &str) -> Result<Auth, Error> {
        self.asks(user);
        let verdict = self.login.none(user);
        self.answer(verdict)
    }

    async fn auth_publickey_offered(&mut self, user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Error> {
        self.asks(user);
        let rsa_bits = offer.public_key.key_data().rsa().map(|key| key.key_size());
        let strong = rsa_bits.is_none_or(|bits| RSA_BITS.contains(&bits));
        if !strong || !config::accepts_signature(offer.algorithm) {
            return self.answer(Verdict::Refuse);
        }
        match self.login.offered(user, &fingerprint(offer.public_key)) {
            None => Ok(Auth::Accept),
            Some(verdict) => self.answer(verdict),
        }
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Error> {
        self.asks(user);
        let proved = proved_key(key.public_key).filter(|_| config::accepts_signature(key.algorithm));
        let verdict = match proved {
            Some(proved) => self.login.proved(user, proved).await,
            None => Verdict::Refuse,
        };
        self.answer(verdict)
    }

    async fn auth_openssh_certificate(
        &mut self,
        user: &str,
        certificate: &russh::keys::Certificate,
    ) -> Result<Auth, Error> {
        self.asks(user);
        let verdict = match certificate_of(certificate) {
            Some(certificate) => self.login.certified(user, certificate).await,
            None => Verdict::Refuse,
        };
        self.answer(verdict)
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Error> {
        self.asks(user);
        let verdict = self.login.password(user, password).await;
        self.answer(verdict)
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Error> {
        self.asks(user);
        let verdict = match response.map(|mut answers| answers.next()) {
            None => self.login.interactive(user),
            Some(None) => self.login.answered(user, None).await,
            Some(Some(answer)) => self.login.answered(user, Some(&String::from_utf8_lossy(&answer))).await,
        };
        self.answer(verdict)
    }

    async fn auth_succeeded(&mut self, session: &mut Session) -> Result<(), Error> {
        let Some(entry) = &self.entry else { return Err(Error::Inconsistent) };
        let client = clean::version(session.remote_sshid());
        let (peer, by) = (self.link.peer, entry.by);
        // What a stranger came under may be a password that was typed in the wrong place.
        let user = if entry.caller.who == Who::Guest { "(a guest)" } else { self.user.as_str() };
        if entry.caller.who == Who::Guest {
            if let Err(full) = self.link.ticket.is_guest() {
                tracing::warn!(%peer, user, "guest turned away: {full}");
                let words = "There are too many guests just now. Please come back in a few minutes.";
                return session.disconnect(Disconnect::TooManyConnections, words, "en");
            }
        } else {
            self.link.ticket.is_member();
        }
        self.entered = true;
        tracing::info!(%peer, user, by, client, who = ?entry.caller.who, "logged in");
        self.link.reached(Phase::Open);
        Ok(())
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Error> {
        if self.channel.is_some() {
            reply.reject(ChannelOpenFailure::ResourceShortage).await;
            return Ok(());
        }
        self.channel = Some(channel.id());
        // The reading half is dropped: input comes through the callbacks below, which never make russh wait.
        let (_, half) = channel.split();
        self.room = Some(Room::new(half, Arc::clone(&self.inbox)));
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _pix_width: u32,
        _pix_height: u32,
        _modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Error> {
        let terminal = Terminal { term: clean::term(term), window: clean::window(columns, rows) };
        let given = self.waiting_room(channel).is_some_and(|room| room.give_terminal(terminal));
        Self::reply(session, channel, given)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        name: &str,
        value: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        let set = self.waiting_room(channel).is_some_and(|room| room.env.set(name, value));
        Self::reply(session, channel, set)
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Error> {
        self.start(channel, Wish::Shell, session)
    }

    async fn exec_request(
        &mut self,
        channel: ChannelId,
        line: &[u8],
        session: &mut Session,
    ) -> Result<(), Error> {
        let wish = match std::str::from_utf8(line) {
            _ if line.len() > COMMAND_BYTES_MAX => Wish::Excuse(
                "That command line is too long (64 KiB at most); send long text on standard input.",
            ),
            Ok(line) => Wish::Command(line.to_owned()),
            Err(_) => {
                Wish::Excuse("That command line is not UTF-8. Set your terminal to UTF-8 and try again.")
            }
        };
        self.start(channel, wish, session)
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _name: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        session.channel_failure(channel)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _single_connection: bool,
        _x11_auth_protocol: &str,
        _x11_auth_cookie: &str,
        _x11_screen_number: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        session.channel_failure(channel)
    }

    async fn window_change_request(
        &mut self,
        channel: ChannelId,
        columns: u32,
        rows: u32,
        _pix_width: u32,
        _pix_height: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        if self.channel != Some(channel) {
            return session.channel_failure(channel);
        }
        let window = clean::window(columns, rows);
        match &mut self.room {
            Some(room) => room.resize(window),
            None => self.inbox.resize(window),
        }
        session.channel_success(channel)
    }

    async fn data(&mut self, channel: ChannelId, data: &[u8], _: &mut Session) -> Result<(), Error> {
        if self.channel == Some(channel) {
            self.inbox.put(data);
        }
        Ok(())
    }

    async fn channel_eof(&mut self, channel: ChannelId, _: &mut Session) -> Result<(), Error> {
        if self.channel == Some(channel) {
            self.inbox.end();
        }
        Ok(())
    }

    async fn channel_close(&mut self, channel: ChannelId, _: &mut Session) -> Result<(), Error> {
        if self.channel == Some(channel) {
            self.inbox.close();
            if self.room.take().is_some() {
                self.link.reached(Phase::Done);
            }
        }
        Ok(())
    }
}
