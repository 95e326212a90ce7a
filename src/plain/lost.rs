//! Lost keys (D9) in plain mode: saying so at the door, the one-time code, and vouching.

use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::policy::VOUCHES_NEEDED;
use crate::service::joining::DoorView;
use crate::service::recovery::{
    AskRecovery, CheckRecovery, HandOutCode, ListRecoveries, StopRecovery, UseRecovery, VouchRecovery,
};

impl Talk {
    /// At the door: the handle whose key is lost.
    pub(super) async fn report_lost_key(&mut self, typed: &str) -> Talked<()> {
        let handle = if typed.is_empty() { self.ask("your handle").await? } else { typed.to_owned() };
        self.call(AskRecovery { handle }).await?;
        self.say("If that is a member's handle, the members see it now. Ask two who know you to vouch; then a sysop gives you a one-time code.").await
    }

    /// At the door: the one-time code, and another way to come back.
    pub(super) async fn recover_account(&mut self, door: &DoorView, typed: &str) -> Talked<()> {
        let code = self.invite_code(typed).await?;
        let found = self.call(CheckRecovery { code: code.clone() }).await?;
        self.say(&format!("It is you, {}. Choose how you come back from now on.", found.handle)).await?;
        let keep_old_keys = self.ask_old_keys(&found.keys).await?;
        let (keep_key, wants_password) = self.ask_way_back(door).await?;
        let password = if wants_password { Some(self.ask_new_password().await?) } else { None };
        let recovered = self.call(UseRecovery { code, password, keep_key, keep_old_keys }).await?;
        self.become_member(recovered.identity);
        let opens = if keep_old_keys {
            "What you chose and your old keys open"
        } else {
            "Only what you chose just now opens"
        };
        self.say(&format!("Welcome back, {}. {opens} your account.", recovered.handle)).await?;
        self.refresh().await?;
        Err(Turn::Go(Place::Home))
    }

    /// What becomes of the keys that opened the account until now.
    async fn ask_old_keys(&mut self, keys: &[String]) -> Talked<bool> {
        if keys.is_empty() {
            return Ok(false);
        }
        let options = ["revoke them: they may be in other hands", "keep them: they are safe with me"];
        let asked = format!("What of the keys that opened it? Registered until now: {}.", keys.join(", "));
        Ok(self.choose(&asked, &options.map(str::to_owned)).await? == 1)
    }

    /// For members: `lost`, `lost vouch HANDLE`, `lost stop HANDLE`, `lost code HANDLE`.
    pub(super) async fn lost_keys(&mut self, rest: &str) -> Talked<()> {
        let rows = self.call(ListRecoveries).await?;
        let (word, handle) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let named = rows.iter().find(|row| row.handle.eq_ignore_ascii_case(handle.trim()));
        match (word, named) {
            ("", _) if rows.is_empty() => self.say("Nobody says that they lost their key.").await,
            ("", _) => {
                let now = self.now();
                for row in &rows {
                    let asked = ago(now, row.asked_at);
                    self.say(&format!(
                        "{} lost their key, asked {asked}: {} of {VOUCHES_NEEDED} vouch.",
                        row.handle, row.vouches
                    ))
                    .await?;
                }
                self.say("lost vouch HANDLE vouches for somebody whom you have spoken with; lost stop HANDLE stops it.")
                    .await
            }
            (_, None) => self.say("Nobody of that name lost a key; lost alone lists who did.").await,
            ("vouch", Some(row)) => {
                self.call(VouchRecovery { id: row.id }).await?;
                self.say(&format!("You vouch for {}. It is on record.", row.handle)).await
            }
            ("stop", Some(row)) => {
                self.call(StopRecovery { id: Some(row.id) }).await?;
                self.say("Stopped: no code opens the account.").await
            }
            ("code", Some(row)) => {
                let made = self.call(HandOutCode { id: row.id }).await?;
                self.say(&format!("The code for {}, good once and for a day: {}", made.handle, made.code))
                    .await
            }
            _ => self.say("Type lost, or lost and then vouch, stop or code with a handle.").await,
        }
    }
}
