//! `hob bans`: the ban list on the machine itself, for whoever is locked out by it.

use anyhow::Result;

use super::data_dir::DataDir;
use super::serve::{open, runtime};
use super::{Bans, LiftBanArgs};
use crate::domain::ids::BanId;
use crate::domain::time::{Zone, absolute};
use crate::service::Caller;
use crate::service::bans::{LiftBan, ListBans};

/// Lists the bans that hold, or lifts one.
pub fn bans(args: &Bans) -> Result<()> {
    match args {
        Bans::List(data) => list(&DataDir::at(&data.data.dir)),
        Bans::Lift(LiftBanArgs { number, data }) => lift(&DataDir::at(&data.dir), BanId(*number)),
    }
}

fn list(data: &DataDir) -> Result<()> {
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(data).await?;
        let bans = service.call(&Caller::host(), ListBans).await?;
        if bans.is_empty() {
            println!("Nothing is banned.");
        }
        for ban in bans {
            let end = ban.until.map_or_else(
                || "no end".to_owned(),
                |until| format!("until {} UTC", absolute(until, &Zone::utc())),
            );
            let by = ban.by.as_deref().unwrap_or("the host");
            println!("{}  {}  {end}  by {by}: {}", ban.id, ban.subject, ban.reason);
        }
        service.store().close().await;
        Ok(())
    })
}

fn lift(data: &DataDir, ban: BanId) -> Result<()> {
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(data).await?;
        let lifted = service.call(&Caller::host(), LiftBan { ban }).await?;
        println!(
            "{} is off the list. A server that runs takes that up within a minute, or at once: systemctl reload hob (SIGHUP).",
            lifted.what
        );
        service.store().close().await;
        Ok(())
    })
}
