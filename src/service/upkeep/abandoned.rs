//! Handles that somebody took at the door and never came back for: after two weeks without a step they are free again.

use crate::domain::time::Timestamp;
use crate::service::settings::DAY_S;
use crate::service::{DomainEvent, Service};
use crate::store::abandoned;

/// How long an account on its way in waits for its next step, in seconds: as long as an invite is good for.
pub const ABANDONED_AFTER_S: i64 = 14 * DAY_S;

/// Forgets accounts that have taken no step on their way in for [`ABANDONED_AFTER_S`]: nothing was sent, nobody has read
/// it. One that cannot be forgotten keeps no other.
///
/// # Errors
/// When they cannot be listed.
pub async fn forget(service: &Service, now: Timestamp) -> sqlx::Result<()> {
    let mut read = service.store().begin_read().await?;
    let due = abandoned::list(&mut read, now.plus(-ABANDONED_AFTER_S)).await?;
    drop(read);
    for member in due {
        let forgotten = async {
            let mut write = service.store().begin_write().await?;
            abandoned::forget(&mut write, member).await?;
            write.commit().await
        };
        match forgotten.await {
            Ok(()) => service.announce(DomainEvent::MemberChanged { member }),
            Err(cause) => tracing::warn!(%member, %cause, "an abandoned account could not be forgotten"),
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::draft::DraftTarget;
    use crate::domain::invite::InviteCode;
    use crate::service::accounts::SetUp;
    use crate::service::drafts::SaveDraft;
    use crate::service::invites::{CheckInvite, MakeInvite};
    use crate::service::joining::{
        AcceptRule, AnswerDoorQuestion, AnswerWhy, CheckHandle, JoiningState, StartJoining,
        SubmitApplication, WHY_FORM, WriteIntroduction,
    };
    use crate::service::passwords::NewPassword;
    use crate::service::testing::Place;
    use crate::service::upkeep::nightly;
    use crate::service::{Caller, ProvedKey};

    async fn begins(place: &Place, handle: &str, invite: Option<InviteCode>) -> Caller {
        let key = ProvedKey {
            fingerprint: format!("SHA256:{handle}"),
            algorithm: "ssh-ed25519".to_owned(),
            public_key: format!("ssh-ed25519 {handle}"),
        };
        let mut session = Caller { key: Some(key), ..Caller::GUEST };
        let password = Some(NewPassword::parse("correct horse").unwrap());
        let start = StartJoining { handle: handle.to_owned(), password, keep_key: true, invite };
        session.become_member(place.call(&session, start).await.unwrap().identity);
        session
    }

    async fn is_free(place: &Place, handle: &str) -> bool {
        place.call(&Caller::GUEST, CheckHandle { handle: handle.to_owned() }).await.is_ok()
    }

    /// Takes every step but the last.
    async fn goes_far(place: &Place, who: &Caller) {
        for no in 1..=5 {
            place.call(who, AcceptRule { version: 1, no }).await.unwrap();
        }
        place.call(who, AnswerWhy { text: "Because.".to_owned() }).await.unwrap();
        let asked = place.call(who, JoiningState).await.unwrap().asked[0].clone();
        let (question, version) = (asked.question, asked.version);
        let answer = AnswerDoorQuestion { question, version, text: String::new(), chosen: vec![1] };
        place.call(who, answer).await.unwrap();
        place.call(who, WriteIntroduction { text: "Hello.".to_owned() }).await.unwrap();
        let target = DraftTarget::Form(WHY_FORM.to_owned());
        let draft = SaveDraft { target, title: String::new(), body: "More".to_owned(), reply_to: None };
        place.call(who, draft).await.unwrap();
    }

    #[tokio::test]
    async fn d4_after_two_weeks_without_a_step_an_account_is_forgotten_and_its_handle_free() {
        let place = Place::new().await;
        place.call(&Caller::host(), SetUp).await.unwrap();
        nightly(&place.service).await.unwrap();
        let ruth = place.regular("ruth").await;
        place.clock.advance(DAY_S);
        let code = place.call(&ruth, MakeInvite { note: String::new() }).await.unwrap().code;
        let far = begins(&place, "ada", None).await;
        goes_far(&place, &far).await;
        let here = Caller { network: Some("192.0.2.1".parse().unwrap()), ..far.clone() };
        place.service.note_visit(&here).await;
        begins(&place, "bob", Some(code.clone())).await;
        let slow = begins(&place, "cleo", None).await;
        let sent = begins(&place, "dan", None).await;
        goes_far(&place, &sent).await;
        place.call(&sent, SubmitApplication).await.unwrap();
        place.clock.advance(ABANDONED_AFTER_S - 1);
        nightly(&place.service).await.unwrap();
        for handle in ["ada", "bob", "cleo", "dan"] {
            assert!(!is_free(&place, handle).await, "{handle}, a second too early");
        }
        place.call(&slow, AcceptRule { version: 1, no: 1 }).await.unwrap();
        place.clock.advance(DAY_S);
        assert!(nightly(&place.service).await.unwrap());
        assert!(is_free(&place, "ada").await && is_free(&place, "bob").await);
        assert!(!is_free(&place, "cleo").await, "one who takes a step now and then is waited for");
        assert!(!is_free(&place, "dan").await, "an application that was sent waits for the staff");
        assert!(place.call(&far, JoiningState).await.is_err(), "a session that is still open is a guest's");
        // The invite is used by nobody now; here its own time is over too.
        let refused = place.call(&Caller::GUEST, CheckInvite { code }).await.unwrap_err().to_string();
        assert!(refused.contains("expired"), "{refused}");
        // The handle and the key are good for somebody else, from the beginning.
        let again = begins(&place, "ada", None).await;
        assert!(place.call(&again, JoiningState).await.unwrap().why.is_empty());
    }
}
