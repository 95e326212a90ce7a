//! Who is at the other end: what each offered key, password and answer leads to. No russh here and no I/O but the
//! questions to the house, so that every trick can be tested as a list of calls.
//!
//! The rules (SAFETY.md, Identity): an offered key writes nothing and chooses nothing; a key counts once its signature
//! was checked; what was gathered under one user name is forgotten with it. Nobody is turned away for being unknown:
//! they become guests, who see the door and nothing else.

use std::net::IpAddr;
use std::sync::Arc;

use super::clean;
use super::house::{Checked, House, Passed};
use crate::service::certificates::Certificate;
use crate::service::{Caller, ProvedKey, Ways, Who, network_of};

/// User names under which nobody is asked for a password: the ways to the door. No member can have one of these.
const DOOR_NAMES: [&str; 4] = ["join", "guest", "new", "hob"];

/// The user name that asks for plain mode (X2). It is nobody's: who it is, a key says, or the answers to two prompts.
const PLAIN_NAME: &str = "plain";

/// Wrong answers to the password prompt before the door is shown instead.
const PROMPTS_MAX: u8 = 3;

/// Wrong passwords by the `password` method, which cannot lead to the door, before the connection is ended.
const PASSWORDS_MAX: u8 = 6;

/// Keys that may be proved on one connection. An agent rarely has more, and each costs a signature check.
const KEYS_MAX: usize = 12;

/// Requests of any kind on one connection: more than any honest client needs for all its keys and three passwords.
const REQUESTS_MAX: u16 = 80;

/// Longest handle that can exist (20), with room: a longer user name is looked up as no name at all.
const NAME_BYTES_MAX: usize = 64;

/// Who was let in, and what to tell them first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who it is.
    pub caller: Caller,
    /// By what: `key`, `password` or `nothing`; for the log.
    pub by: &'static str,
    /// A word on why they stand at the door.
    pub notice: Option<String>,
}

/// What to answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Let in.
    Enter(Entry),
    /// A true key, but of nobody we know: the next key, or the prompt.
    Onward,
    /// Not this; all methods stay open.
    Refuse,
    /// Ask this, without echo.
    Ask(Prompt),
    /// Enough.
    HangUp,
}

/// A question on the other terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What the person should know.
    pub instructions: String,
    /// The line to answer on.
    pub line: &'static str,
    /// Whether the answer may be shown while it is typed.
    pub echo: bool,
}

/// What the prompt that was sent asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    /// The password of the user name.
    Password,
    /// A handle, under the user name for plain mode.
    Handle,
    /// The password of the handle that was answered.
    PasswordOf(String),
}

/// The state of one connection's log-in.
pub struct Login<H> {
    house: Arc<H>,
    peer: IpAddr,
    requests: u16,
    prompts_wrong: u8,
    passwords_wrong: u8,
    /// The user name of the last request; what follows belongs to it.
    user: Option<String>,
    /// Keys of nobody we know, proved under this user name, in the client's order.
    proved: Vec<ProvedKey>,
    /// The prompt that was sent and not yet answered.
    asked: Option<Asked>,
}

impl<H: House> Login<H> {
    /// Nobody yet, at this address.
    pub fn new(house: Arc<H>, peer: IpAddr) -> Self {
        Self {
            house,
            peer,
            requests: 0,
            prompts_wrong: 0,
            passwords_wrong: 0,
            user: None,
            proved: Vec::new(),
            asked: None,
        }
    }

    /// How many wrong passwords there were, by whatever method and under whatever name.
    pub fn failures(&self) -> u8 {
        self.prompts_wrong.saturating_add(self.passwords_wrong)
    }

    /// `none`: the client asks what there is.
    pub fn none(&mut self, user: &str) -> Verdict {
        self.begin(user).unwrap_or(Verdict::Refuse)
    }

    /// A key is offered, unsigned. The answer is the same for every key that was not proved before, whoever owns it.
    /// `fingerprint` as in [`ProvedKey`]. `None`: the key may sign.
    pub fn offered(&mut self, user: &str, fingerprint: &str) -> Option<Verdict> {
        if let Some(end) = self.begin(user) {
            return Some(end);
        }
        let spent = self.proved.iter().any(|key| key.fingerprint == fingerprint);
        (spent || self.proved.len() >= KEYS_MAX).then_some(Verdict::Refuse)
    }

    /// A key whose signature was checked.
    pub async fn proved(&mut self, user: &str, key: ProvedKey) -> Verdict {
        if let Some(end) = self.begin(user) {
            return end;
        }
        if self.house.bars_key(&key) {
            return self.barred(key);
        }
        if let Some(who) = self.house.owner_of(&key, user).await {
            let network = Some(network_of(self.peer));
            let caller = Caller { who, key: Some(key), by_key: true, network, ..Caller::GUEST };
            return enter(caller, "key");
        }
        if self.proved.len() < KEYS_MAX && !self.proved.contains(&key) {
            self.proved.push(key);
        }
        // Under the name for plain mode the prompts follow: the key may be new, and its owner a member.
        if is_door(user) { self.guest(None) } else { Verdict::Onward }
    }

    /// A certificate whose two signatures were checked: its holder's, and its authority's.
    pub async fn certified(&mut self, user: &str, certificate: Certificate) -> Verdict {
        if let Some(end) = self.begin(user) {
            return end;
        }
        if self.house.bars_key(&certificate.key) {
            return self.barred(certificate.key);
        }
        let name = (!is_door(user)).then_some(user);
        let passed = self.house.pass_of(&certificate, name, self.peer).await;
        match passed {
            Passed::Member(who, ways) => {
                let (network, ways) = (Some(network_of(self.peer)), Some(Ways::at(ways)));
                // The key itself is not registered: its owner may add it.
                let key = Some(certificate.key.clone());
                let certificate = Some(Arc::new(certificate));
                enter(Caller { who, key, network, ways, certificate, ..Caller::GUEST }, "certificate")
            }
            Passed::Stranger(pass, notice) => {
                // Of all keys this one is theirs to keep: it is what the certificate is about.
                let key = Some(certificate.key);
                let network = Some(network_of(self.peer));
                let caller = Caller { key, network, pass: Some(pass), ..Caller::GUEST };
                Verdict::Enter(Entry { caller, by: "certificate", notice: Some(notice) })
            }
            Passed::Refused => Verdict::Refuse,
        }
    }

    /// A password by the `password` method. A wrong one is refused, so that programs can tell.
    pub async fn password(&mut self, user: &str, password: &str) -> Verdict {
        if let Some(end) = self.begin(user) {
            return end;
        }
        if is_door(user) || is_plain(user) {
            return self.guest(None);
        }
        if self.passwords_wrong >= PASSWORDS_MAX {
            return Verdict::HangUp;
        }
        match self.check(user, password).await {
            Checked::Right(who, ways) => enter(self.opened(who, ways), "password"),
            Checked::Wrong | Checked::TooMany | Checked::Unavailable => {
                self.passwords_wrong += 1;
                Verdict::Refuse
            }
        }
    }

    /// `keyboard-interactive` begins.
    pub fn interactive(&mut self, user: &str) -> Verdict {
        if let Some(end) = self.begin(user) {
            return end;
        }
        if is_door(user) {
            return self.guest(None);
        }
        if self.prompts_wrong >= PROMPTS_MAX {
            return self.guest(Some(too_often(user)));
        }
        if is_plain(user) { self.ask_handle("") } else { self.ask(user, "") }
    }

    /// The answer to the prompt; `None` when the client gave none at all.
    pub async fn answered(&mut self, user: &str, answer: Option<&str>) -> Verdict {
        let asked = self.asked.take().filter(|_| self.user.as_deref() == Some(user));
        if let Some(end) = self.begin(user) {
            return end;
        }
        let (Some(asked), Some(answer)) = (asked, answer) else { return Verdict::Refuse };
        if answer.is_empty() {
            return self.guest(None);
        }
        let handle = match asked {
            Asked::Handle => return self.ask_password_of(answer),
            Asked::Password => user.to_owned(),
            Asked::PasswordOf(handle) => handle,
        };
        match self.check(&handle, answer).await {
            Checked::Right(who, ways) => enter(self.opened(who, ways), "password"),
            Checked::TooMany => self.guest(Some(TOO_MANY.to_owned())),
            Checked::Unavailable => self.guest(Some(UNAVAILABLE.to_owned())),
            Checked::Wrong => {
                self.prompts_wrong += 1;
                if self.prompts_wrong >= PROMPTS_MAX {
                    return self.guest(Some(too_often(&handle)));
                }
                if is_plain(user) {
                    self.ask_handle("That did not match. ")
                } else {
                    self.ask(user, "That did not match. ")
                }
            }
        }
    }

    /// Counts the request and, at a change of the user name, forgets what belonged to the old one. What was counted
    /// stays counted.
    fn begin(&mut self, user: &str) -> Option<Verdict> {
        self.requests = self.requests.saturating_add(1);
        self.asked = None;
        if self.user.as_deref() != Some(user) {
            self.user = Some(user.to_owned());
            self.proved.clear();
        }
        let ends = self.requests > REQUESTS_MAX || self.house.turns_away(self.peer);
        ends.then_some(Verdict::HangUp)
    }

    /// A banned key is no member's and asks for no password: whoever holds it is told why, and nothing else.
    fn barred(&mut self, key: ProvedKey) -> Verdict {
        self.proved = vec![key];
        self.guest(None)
    }

    fn ask(&mut self, user: &str, before: &str) -> Verdict {
        self.asked = Some(Asked::Password);
        password_prompt(user, before)
    }

    /// Whose password it will be, under the user name for plain mode.
    fn ask_handle(&mut self, before: &str) -> Verdict {
        self.asked = Some(Asked::Handle);
        Verdict::Ask(Prompt {
            instructions: format!(
                "{before}Plain mode. Type your handle. New here? Press Enter alone to visit as a guest.\n"
            ),
            line: "Handle: ",
            echo: true,
        })
    }

    /// Asked for every answer, whether there is such a handle or not.
    fn ask_password_of(&mut self, handle: &str) -> Verdict {
        let handle = handle.trim();
        self.asked = Some(Asked::PasswordOf(handle.to_owned()));
        password_prompt(handle, "")
    }

    async fn check(&self, user: &str, password: &str) -> Checked {
        // No shortcut for impossible names: the house takes its time for those as well.
        let handle = if user.len() <= NAME_BYTES_MAX { user } else { "" };
        self.house.check_password(handle, password, self.peer).await
    }

    /// The key that a guest or a newly known member brings: the first that the client tried.
    fn key(&self) -> Option<ProvedKey> {
        self.proved.first().cloned()
    }

    /// A caller who came in by a password.
    fn opened(&self, who: Who, ways: i64) -> Caller {
        Caller { ways: Some(Ways::at(ways)), ..self.known(who) }
    }

    /// A caller who did not come in by a key, with the key that they may want to add.
    fn known(&self, who: Who) -> Caller {
        Caller { who, key: self.key(), network: Some(network_of(self.peer)), ..Caller::GUEST }
    }

    fn guest(&self, notice: Option<String>) -> Verdict {
        let caller = self.known(Who::Guest);
        let by = if caller.key.is_some() { "key" } else { "nothing" };
        Verdict::Enter(Entry { caller, by, notice })
    }
}

const TOO_MANY: &str = "There were too many wrong passwords lately, so nothing was checked. Try again in a while, or log \
                        in with your key. Until then you are here as a guest.";

const UNAVAILABLE: &str = "hob cannot look anybody up just now, so you are here as a guest. The sysop's log says why; \
                           please try again in a while.";

fn too_often(user: &str) -> String {
    format!(
        "The password for {} did not match, so you are here as a guest. Leave and connect again to try once more.",
        clean::name(user)
    )
}

fn enter(caller: Caller, by: &'static str) -> Verdict {
    Verdict::Enter(Entry { caller, by, notice: None })
}

fn password_prompt(user: &str, before: &str) -> Verdict {
    let name = clean::name(user);
    Verdict::Ask(Prompt {
        instructions: format!(
            "{before}Password for {name}. New here? Press Enter alone to visit as a guest.\n"
        ),
        line: "Password: ",
        echo: false,
    })
}

/// Whether the user name asks for plain mode.
pub fn is_plain(user: &str) -> bool {
    user.eq_ignore_ascii_case(PLAIN_NAME)
}

fn is_door(user: &str) -> bool {
    DOOR_NAMES.iter().any(|name| name.eq_ignore_ascii_case(user))
}
