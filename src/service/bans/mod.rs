//! The ban list (M6): keys and networks that open nothing here, with a reason and mostly an end. Each is looked at first,
//! made, lifted, and is in the mod log without what it is about; a sysop sees from where members come, and nobody else.

mod gate;
mod look;
mod target;

#[cfg(test)]
mod tests;

pub use crate::store::bans::BanRow as Ban;
pub use gate::Gate;
pub use look::{BanChoice, BanPreview, ListBanChoices, PreviewBan, SEEN_DAYS};
pub use target::{BanError, BanTarget, Network};

pub(in crate::service) use look::preview_of;

use crate::domain::ids::BanId;
use crate::domain::moderation::Reason;
use crate::domain::policy::{Grant, KeepBan, SeeBans};
use crate::domain::time::Timestamp;
use crate::service::accounts::KeyLine;
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::bans::{self, NewBan};

/// Most bans at once: all of them are in memory, and each connection is compared with every network.
const BANS_MAX: usize = 1_000;
/// The longest time that a ban with an end lasts, in days: ten years.
pub const BAN_DAYS_MAX: i64 = 3_653;

/// For how long a ban is made where one chooses, in words and days; none: until it is lifted.
pub const BAN_TERMS: [(&str, Option<i64>); 5] = [
    ("for a day", Some(1)),
    ("for a week", Some(7)),
    ("for 30 days", Some(30)),
    ("for a year", Some(365)),
    ("until it is lifted", None),
];

/// When a ban ends that is made now for one of [`BAN_TERMS`].
pub fn term_end(now: Timestamp, term: usize) -> Option<Timestamp> {
    let (_, days) = BAN_TERMS.get(term).copied().unwrap_or(BAN_TERMS[0]);
    days.map(|days| now.plus(days * DAY_S))
}

/// Lists the bans that hold.
#[derive(Clone, Copy, Debug)]
pub struct ListBans;

impl Request for ListBans {
    type Reply = Vec<Ban>;
    type Access = Reads;
    const NAME: &'static str = "list bans";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Ban>> {
        cx.allow(&SeeBans)?;
        let now = cx.now;
        Ok(bans::list(cx.conn(), now).await?)
    }
}

/// Puts a key or a network on the list. Whoever is here with it leaves at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MakeBan {
    /// A fingerprint, the line of a public key, an address or a network.
    pub what: String,
    /// Why. Members read it in the mod log, and whoever is kept out reads it.
    pub reason: String,
    /// When it ends by itself; none: when it is lifted.
    pub until: Option<Timestamp>,
    /// What [`PreviewBan`] asks about is meant.
    pub sure: bool,
}

impl Request for MakeBan {
    type Reply = BanId;
    type Access = Writes;
    const NAME: &'static str = "make ban";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<BanId> {
        let target = read(&self.what)?;
        let grant = allowed(cx, &target).await?;
        refuse_never(cx, &target)?;
        let reason = Reason::required(&self.reason).map_err(|why| Error::invalid(why.to_string()))?;
        let (by, now) = (cx.actor.id(), cx.now);
        let most = now.plus(BAN_DAYS_MAX * DAY_S);
        if self.until.is_some_and(|until| until <= now || until > most) {
            return Err(Error::invalid("Its end is in the coming ten years, or it has none."));
        }
        let subject = target.to_string();
        if bans::about(cx.conn(), target.kind(), &subject, now).await?.is_some() {
            return Err(Error::conflict(format!("{subject} is on the list already. Lift that first.")));
        }
        if bans::list(cx.conn(), now).await?.len() >= BANS_MAX {
            return Err(Error::invalid(format!(
                "There are {BANS_MAX} bans. Lift one first, or ban a network."
            )));
        }
        let asks = look::asks(cx, &target).await?;
        if !self.sure && !asks.is_empty() {
            return Err(Error::invalid(format!("{} Say that you mean it.", asks.join(" "))));
        }
        let new =
            NewBan { kind: target.kind(), subject: &subject, reason: reason.as_str(), until: self.until };
        let ban = bans::insert(cx.conn(), &grant, by, now, new).await?;
        let days = self.until.map_or_else(
            || "no end".to_owned(),
            |until| format!("{} days", (until.seconds_since(now) + DAY_S - 1) / DAY_S),
        );
        record(cx, "ban.make", ban, reason.as_str(), &format!("{subject}, {days}")).await?;
        Ok(ban)
    }
}

/// Takes a key or a network off the list: the inverse of [`MakeBan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiftBan {
    /// Which.
    pub ban: BanId,
}

impl Request for LiftBan {
    /// What brings it back.
    type Reply = MakeBan;
    type Access = Writes;
    const NAME: &'static str = "lift ban";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MakeBan> {
        cx.allow(&SeeBans)?;
        let (by, now) = (cx.actor.id(), cx.now);
        let row = bans::get(cx.conn(), self.ban, now).await?;
        let row = row.ok_or_else(|| Error::conflict("That is off the list already."))?;
        let grant = allowed(cx, &read(&row.subject)?).await?;
        bans::lift(cx.conn(), &grant, self.ban, by, now).await?;
        record(cx, "ban.lift", self.ban, "", &row.subject).await?;
        Ok(MakeBan { what: row.subject, reason: row.reason, until: row.until, sure: true })
    }
}

/// What somebody wrote as what is to be banned: the line of a public key stands for its fingerprint.
pub(in crate::service) fn read(what: &str) -> Result<BanTarget> {
    if what.trim().contains(char::is_whitespace) {
        return Ok(BanTarget::Key(KeyLine::parse(what)?.fingerprint));
    }
    BanTarget::parse(what).map_err(|why| Error::invalid(why.to_string()))
}

/// Asks the policy for what is about to be banned, or watched.
pub(in crate::service) async fn allowed<A: Access>(
    cx: &mut Cx<'_, A>,
    target: &BanTarget,
) -> Result<Grant<KeepBan>> {
    let owner = match target {
        BanTarget::Key(fingerprint) => bans::owner(cx.conn(), fingerprint).await?,
        BanTarget::Network(_) => None,
    };
    let owner = owner.map(|(member, role, _)| (member, role));
    cx.allow(&KeepBan { kind: target.kind(), owner })
}

/// What the file of settings keeps off the list: a proxy's address is that of everybody behind it (SAFETY.md).
fn refuse_never<A: Access>(cx: &Cx<'_, A>, target: &BanTarget) -> Result<()> {
    let BanTarget::Network(network) = target else { return Ok(()) };
    match cx.settings().never_banned.iter().find(|kept| kept.overlaps(network)) {
        Some(kept) => Err(Error::invalid(format!(
            "{kept} is never banned: hob.toml names it under never_banned, as a proxy brings many people."
        ))),
        None => Ok(()),
    }
}

/// On record: members read that and why, staff read what it is about as well.
async fn record(cx: &mut Cx<'_, Writes>, action: &str, ban: BanId, reason: &str, detail: &str) -> Result<()> {
    let row = NewAudit {
        action,
        thing: "ban",
        thing_id: ban.0,
        target: None,
        rule_no: None,
        reason,
        detail,
        public: true,
    };
    cx.audit(row).await?;
    cx.publish(DomainEvent::BansChanged);
    Ok(())
}
