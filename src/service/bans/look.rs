//! Looking before banning: whom it would meet, and what is asked once more.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{BanTarget, Network, allowed, read, refuse_never};
use crate::domain::ids::MemberId;
use crate::domain::policy::{KeepBan, SeeBans};
use crate::domain::prevention::BanKind;
use crate::domain::time::{Timestamp, coarse};
use crate::service::console::Open;
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, Reads, Request, Result, Who};
use crate::store::bans::{self, SeenRow};

/// For how long it is kept from where members were here, in days.
pub const SEEN_DAYS: i64 = 30;
/// Handles that are named in a preview; the rest is counted.
const NAMED_MAX: usize = 8;

/// Asks whom a ban would meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewBan {
    /// A fingerprint, the line of a public key, an address or a network.
    pub what: String,
}

/// Whom a ban would meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BanPreview {
    /// What would be banned, as it stands on the list.
    pub subject: String,
    /// What it is.
    pub kind: BanKind,
    /// Sessions that would end.
    pub sessions: usize,
    /// Handles of those who have the key, or came from there lately.
    pub members: Vec<String>,
    /// What has to be meant, as questions.
    pub asks: Vec<String>,
    /// Since when it is on the list already.
    pub since: Option<Timestamp>,
}

impl BanPreview {
    /// The same in a few sentences.
    pub fn words(&self) -> String {
        let mut words = match (self.kind, self.members.as_slice()) {
            (BanKind::Key, []) => "It is nobody's key here.".to_owned(),
            (BanKind::Key, members) => format!("It is a key of {}.", named(members)),
            (BanKind::Network, []) => format!("Nobody came from there in the last {SEEN_DAYS} days."),
            (BanKind::Network, [one]) => {
                format!("1 member came from there in the last {SEEN_DAYS} days: {one}.")
            }
            (BanKind::Network, members) => {
                let (count, who) = (members.len(), named(members));
                format!("{count} members came from there in the last {SEEN_DAYS} days: {who}.")
            }
        };
        words.push_str(&match self.sessions {
            0 => " No session ends.".to_owned(),
            1 => " 1 session ends.".to_owned(),
            many => format!(" {many} sessions end."),
        });
        for ask in &self.asks {
            words.push(' ');
            words.push_str(ask);
        }
        words
    }
}

fn named(members: &[String]) -> String {
    let shown = members.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>().join(", ");
    match members.len().saturating_sub(NAMED_MAX) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

impl Request for PreviewBan {
    type Reply = BanPreview;
    type Access = Reads;
    const NAME: &'static str = "preview ban";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<BanPreview> {
        cx.allow(&SeeBans)?;
        let target = read(&self.what)?;
        allowed(cx, &target).await?;
        refuse_never(cx, &target)?;
        let (subject, now) = (target.to_string(), cx.now);
        let since = bans::about(cx.conn(), target.kind(), &subject, now).await?.map(|ban| ban.made_at);
        let members = match &target {
            BanTarget::Key(fingerprint) => {
                let owner = bans::owner(cx.conn(), fingerprint).await?;
                owner.into_iter().map(|(_, _, handle)| handle).collect()
            }
            BanTarget::Network(network) => {
                let handles: BTreeSet<String> =
                    seen_in(cx, network).await?.into_iter().map(|seen| seen.handle).collect();
                handles.into_iter().collect()
            }
        };
        let asks = asks(cx, &target).await?;
        let sessions = cx.desk().sessions().iter().filter(|(_, open)| is_met(open, &target)).count();
        Ok(BanPreview { subject, kind: target.kind(), sessions, members, asks, since })
    }
}

/// Whether a session that is open would end.
fn is_met(open: &Open, target: &BanTarget) -> bool {
    match target {
        BanTarget::Key(fingerprint) => open.key.as_ref() == Some(fingerprint),
        BanTarget::Network(network) => open.peer.is_some_and(|peer| network.contains(peer)),
    }
}

fn address(seen: &SeenRow) -> Option<IpAddr> {
    seen.network.parse().ok()
}

/// Who was here from a network lately.
async fn seen_in<A: Access>(cx: &mut Cx<'_, A>, network: &Network) -> Result<Vec<SeenRow>> {
    let since = cx.now.plus(-SEEN_DAYS * DAY_S);
    let mut seen = bans::seen_since(cx.conn(), None, since).await?;
    seen.retain(|row| address(row).is_some_and(|address| network.contains(address)));
    Ok(seen)
}

/// What has to be meant before this is banned: it would shut out whoever asks, or the staff, or far too many.
pub(super) async fn asks<A: Access>(cx: &mut Cx<'_, A>, target: &BanTarget) -> Result<Vec<String>> {
    let network = match target {
        BanTarget::Key(fingerprint) => {
            let mine = cx.caller.key.as_ref().is_some_and(|key| key.fingerprint == *fingerprint);
            return Ok(if mine { vec!["It is the key of your own session.".to_owned()] } else { Vec::new() });
        }
        BanTarget::Network(network) => network,
    };
    let mut asks = Vec::new();
    if network.holds_loopback() {
        asks.push(
            "It holds this machine itself: whoever comes by a tunnel or a proxy on it comes from there."
                .to_owned(),
        );
    }
    if cx.caller.network.is_some_and(|mine| network.contains(mine)) {
        asks.push("You are here from there yourself: your session would end.".to_owned());
    }
    let since = cx.now.plus(-SEEN_DAYS * DAY_S);
    let seen = bans::seen_since(cx.conn(), None, since).await?;
    let mut staff = seen.iter().filter(|row| row.is_staff).peekable();
    let any = staff.peek().is_some();
    if any && staff.all(|row| address(row).is_some_and(|address| network.contains(address))) {
        asks.push("All of the staff came from there lately: nobody might be left to lift it.".to_owned());
    }
    if network.is_wide() {
        asks.push("It is as wide as a provider.".to_owned());
    }
    Ok(asks)
}

/// Whom a ban of a session's address would meet, for the console; none where it is never banned.
pub(in crate::service) async fn preview_of<A: Access>(
    cx: &mut Cx<'_, A>,
    address: IpAddr,
) -> Result<Option<BanPreview>> {
    let Ok(network) = Network::parse(&address.to_string()) else { return Ok(None) };
    if cx.settings().never_banned.iter().any(|kept| kept.overlaps(&network)) {
        return Ok(None);
    }
    let target = BanTarget::Network(network);
    let handles: BTreeSet<String> =
        seen_in(cx, &network).await?.into_iter().map(|seen| seen.handle).collect();
    let asks = asks(cx, &target).await?;
    let sessions = cx.desk().sessions().iter().filter(|(_, open)| is_met(open, &target)).count();
    let (subject, kind) = (network.to_string(), BanKind::Network);
    Ok(Some(BanPreview {
        subject,
        kind,
        sessions,
        members: handles.into_iter().collect(),
        asks,
        since: None,
    }))
}

/// Asks what of a member's could be banned: their keys, and for a sysop from where they came lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListBanChoices {
    /// Whose.
    pub member: MemberId,
}

/// Something that could be banned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BanChoice {
    /// A fingerprint or an address.
    pub subject: String,
    /// The same in words.
    pub words: String,
}

impl Request for ListBanChoices {
    type Reply = Vec<BanChoice>;
    type Access = Reads;
    const NAME: &'static str = "list ban choices";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<BanChoice>> {
        cx.allow(&SeeBans)?;
        let mut choices = Vec::new();
        for (fingerprint, name) in bans::keys_of(cx.conn(), self.member).await? {
            let words = format!("key {name}: {fingerprint}");
            choices.push(BanChoice { subject: fingerprint, words });
        }
        if cx.allow(&KeepBan { kind: BanKind::Network, owner: None }).is_ok() {
            let now = cx.now;
            let mut here: Vec<IpAddr> = Vec::new();
            // Sessions that are open may not be noted yet.
            for (_, open) in cx.desk().sessions() {
                here.extend(open.peer.filter(|_| open.who == Who::Member(self.member)));
            }
            for address in here {
                let words = format!("address {address}, here now");
                add(&mut choices, address, words);
            }
            let since = now.plus(-SEEN_DAYS * DAY_S);
            for seen in bans::seen_since(cx.conn(), Some(self.member), since).await? {
                let Some(address) = address(&seen) else { continue };
                add(&mut choices, address, format!("address {address}, {}", coarse(now, seen.last_at)));
            }
        }
        Ok(choices)
    }
}

fn add(choices: &mut Vec<BanChoice>, address: IpAddr, words: String) {
    let Ok(network) = Network::parse(&address.to_string()) else { return };
    let subject = network.to_string();
    if choices.iter().all(|choice| choice.subject != subject) {
        choices.push(BanChoice { subject, words });
    }
}
