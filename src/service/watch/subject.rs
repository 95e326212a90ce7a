//! Watching a key or a network instead of a member: whoever comes with it, or applies, is marked. Who may ban a key or a
//! network may watch it; from where members come is the sysop's business, so that the marks name no address.

use super::{WATCH_DAYS, Watch, record, since};
use crate::domain::ids::{MemberId, WatchId};
use crate::domain::moderation::Reason;
use crate::domain::policy::KeepBan;
use crate::domain::prevention::BanKind;
use crate::domain::time::Timestamp;
use crate::service::bans::{self, BanTarget, Network};
use crate::service::settings::DAY_S;
use crate::service::{Access, Caller, Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{bans as seen, watch};

/// Watches a key, an address or a network for 90 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchSubject {
    /// A fingerprint, the line of a public key, an address or a network.
    pub what: String,
    /// Why. Whose key it is finds it in their own export.
    pub reason: String,
}

impl Request for WatchSubject {
    type Reply = WatchId;
    type Access = Writes;
    const NAME: &'static str = "watch subject";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<WatchId> {
        let target = bans::read(&self.what)?;
        let grant = bans::allowed(cx, &target).await?;
        let everybodys = |network: &Network| {
            network.holds_loopback() || cx.settings().never_banned.iter().any(|kept| kept.overlaps(network))
        };
        if let BanTarget::Network(network) = &target
            && everybodys(network)
        {
            return Err(Error::invalid(
                "Whoever comes by a tunnel or a proxy comes from there, so it says nothing about anybody.",
            ));
        }
        let reason = Reason::required(&self.reason).map_err(|why| Error::invalid(why.to_string()))?;
        let (me, now, subject) = (cx.me()?, cx.now, target.to_string());
        let rows = watch::list(cx.conn(), None, now).await?;
        if let Some(row) = rows.iter().find(|row| row.subject.as_deref() == Some(subject.as_str())) {
            return Err(Error::conflict(format!(
                "{subject} is watched already, by {}: {}",
                row.by, row.reason
            )));
        }
        let until = now.plus(WATCH_DAYS * DAY_S);
        let new = watch::NewWatch { by: me, reason: reason.as_str(), now, until };
        let id = watch::insert_subject(cx.conn(), &grant, target.kind(), &subject, new).await?;
        record(cx, "watch.begin", id).await?;
        cx.publish(DomainEvent::WatchChanged);
        Ok(id)
    }
}

/// Who came with a key or from a network that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    /// Which watch it is.
    pub watch: WatchId,
    /// Who.
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// When last.
    pub at: Timestamp,
}

/// Whether the actor may see what a watch is about: networks are the sysop's business.
pub(super) fn may_see<A: Access>(cx: &Cx<'_, A>, row: &Watch) -> bool {
    row.kind != Some(BanKind::Network) || cx.allow(&KeepBan { kind: BanKind::Network, owner: None }).is_ok()
}

/// Who of all, or whether one member, came with what these watches are about. The newest first.
pub(super) async fn came<A: Access>(
    cx: &mut Cx<'_, A>,
    rows: &[Watch],
    member: Option<MemberId>,
) -> Result<Vec<Came>> {
    if rows.iter().all(|row| row.subject.is_none()) {
        return Ok(Vec::new());
    }
    let (since, now) = (since(cx), cx.now);
    let mut came: Vec<Came> = Vec::new();
    for row in watch::with_keys(cx.conn(), member, now).await? {
        came.push(Came { watch: row.watch_id, member: row.member_id, handle: row.handle, at: row.at });
    }
    let networks: Vec<(WatchId, Network)> =
        rows.iter().filter_map(|row| Some((row.id, network_of(row)?))).collect();
    if !networks.is_empty() {
        for row in seen::seen_since(cx.conn(), member, since).await? {
            let Ok(address) = row.network.parse() else { continue };
            for (watch, _) in networks.iter().filter(|(_, network)| network.contains(address)) {
                let known = came.iter().any(|known| known.watch == *watch && known.member == row.member_id);
                if !known {
                    let (member, handle, at) = (row.member_id, row.handle.clone(), row.last_at);
                    came.push(Came { watch: *watch, member, handle, at });
                }
            }
        }
    }
    came.sort_by_key(|came| std::cmp::Reverse(came.at));
    Ok(came)
}

/// Whether somebody who comes just now comes with something that is watched.
pub(in crate::service) fn is_met(rows: &[Watch], caller: &Caller) -> bool {
    rows.iter().any(|row| match row.kind {
        Some(BanKind::Key) => row
            .subject
            .as_deref()
            .is_some_and(|subject| caller.key.as_ref().is_some_and(|key| key.fingerprint == subject)),
        Some(BanKind::Network) => {
            network_of(row).zip(caller.network).is_some_and(|(network, address)| network.contains(address))
        }
        None => false,
    })
}

fn network_of(row: &Watch) -> Option<Network> {
    let subject = row.subject.as_deref().filter(|_| row.kind == Some(BanKind::Network))?;
    Network::parse(subject).ok()
}
