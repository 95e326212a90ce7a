//! The last step: to the queue, or, with an invite, straight in.

use super::admit::{admit_by_pass, admit_invited};
use super::state::{self, Joining, Step};
use crate::domain::member::Standing;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{EnterInvite, GoOnJoining, Grant};
use crate::service::notifications::notify;
use crate::service::writing::mentions;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{accounts, applications, bans, members};

/// Sends the application. Whoever holds an invite or a pass is a member from here on; everybody else waits for the staff.
#[derive(Clone, Copy, Debug)]
pub struct SubmitApplication;

/// Members whom the applicant names with an @ in an answer hear that somebody at the door says to know them. Not when
/// the applicant is not shown: then members do not even learn that there is somebody.
async fn tell_named(cx: &mut Cx<'_, Writes>, grant: &Grant<GoOnJoining>, joining: &Joining) -> Result<()> {
    if !joining.shown {
        return Ok(());
    }
    let answers =
        joining.asked.iter().filter_map(|asked| asked.answer.as_ref()).map(|answer| answer.text.as_str());
    let text = answers.chain([joining.why.as_str()]).collect::<Vec<_>>().join("\n");
    let place = NotificationPlace::new(PlaceKind::AtDoor, 0);
    for handle in mentions(&text) {
        let named = members::by_fold(cx.conn(), &handle).await?;
        if let Some(named) = named.filter(|account| account.standing == Standing::Active) {
            notify(cx, grant, named.id, NotificationKind::Vouch, place).await?;
        }
    }
    Ok(())
}

fn refuse_if_needed(joining: &Joining) -> Result<()> {
    let needed = joining.asked.iter().find(|asked| asked.asking.required && asked.answer.is_none());
    match needed {
        Some(asked) => {
            Err(Error::conflict(format!("One question still needs an answer: {}", asked.asking.words)))
        }
        None => Ok(()),
    }
}

impl Request for SubmitApplication {
    type Reply = Joining;
    type Access = Writes;
    const NAME: &'static str = "submit application";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Joining> {
        let grant = cx.allow(&GoOnJoining)?;
        let me = cx.me()?;
        let now = cx.now;
        let joining = state::load(cx).await?;
        match joining.step {
            Step::Introduction => {}
            // What may be left out may also be left out by never having been asked.
            Step::Asked(_) => refuse_if_needed(&joining)?,
            Step::Rule(no) => {
                return Err(Error::conflict(format!(
                    "Rule {no} of the charter is not accepted yet. Read it first."
                )));
            }
            Step::Why => return Err(Error::conflict("Say first what brings you here.")),
            _ => return Err(Error::conflict("Your application is sent already.")),
        }
        if joining.invited.is_some() {
            let enter = cx.allow(&EnterInvite)?;
            admit_invited(cx, &enter, me).await?;
        } else if joining.pass.is_some() {
            let enter = cx.allow(&EnterInvite)?;
            admit_by_pass(cx, &enter, me).await?;
        } else {
            let application =
                applications::of_member(cx.conn(), me).await?.ok_or(Error::NotFound("application"))?;
            applications::submit(cx.conn(), &grant, now, me).await?;
            accounts::set_applied(cx.conn(), &grant, me).await?;
            // The first visit is noted at its end only, and the staff may read the application before.
            if let Some(network) = cx.caller.network {
                bans::note_seen(cx.conn(), me, &network.to_string(), now).await?;
            }
            cx.publish(DomainEvent::ApplicationChanged { application: application.id, member: me });
            cx.publish(DomainEvent::MemberChanged { member: me });
            tell_named(cx, &grant, &joining).await?;
        }
        state::load(cx).await
    }
}
