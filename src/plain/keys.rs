//! One's keys and password.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Talked, Turn};
use super::words::{ago, count};
use crate::service::keys::{
    AddCallersKey, AddKey, KeyRing, ListKeys, OwnKey, PresentPassword, RenameKey, RevokeKey, SetPassword,
};
use crate::service::passwords::NewPassword;

static MENU: Menu = Menu {
    name: "keys",
    entries: &[
        entry(Act::AddKey, "add", "a", "", "add a key: paste the line of its .pub file"),
        entry(Act::AddThisKey, "this", "", "", "add the key that you came with"),
        entry(Act::Rename, "rename", "", "NUMBER", "give a key another name"),
        entry(Act::Revoke, "revoke", "", "NUMBER", "revoke a key: it opens nothing from then on"),
        entry(Act::Password, "password", "p", "", "set your password, or change it"),
        entry(Act::NoPassword, "nopassword", "", "", "remove your password, and come in by key only"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: false,
};

impl Talk {
    pub(super) async fn keys(&mut self) -> Talked<()> {
        loop {
            let ring = self.call(ListKeys).await?;
            self.say_keys(&ring).await?;
            let said = self.command("keys", &MENU).await?;
            let done = match &said {
                Said::Act(Act::AddKey, _) => self.add_key().await,
                Said::Act(Act::AddThisKey, _) => self.add_this_key(&ring).await,
                Said::Act(act @ (Act::Rename | Act::Revoke), rest) => {
                    let names: Vec<String> = ring.keys.iter().map(|key| key.name.clone()).collect();
                    match self.picked(&Said::from_rest(rest), &names).await? {
                        Some(index) if *act == Act::Rename => self.rename_key(&ring.keys[index]).await,
                        Some(index) => self.revoke_key(&ring.keys[index]).await,
                        None => Ok(()),
                    }
                }
                Said::Act(Act::Password, _) => self.set_password(&ring).await,
                Said::Act(_, _) => self.remove_password(&ring).await,
                Said::Pick(_) => {
                    self.say("revoke and a number revokes a key, rename and a number renames it.").await
                }
                Said::Other(text) => self.not_understood(text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn say_keys(&mut self, ring: &KeyRing) -> Talked<()> {
        let number = count(i64::try_from(ring.keys.len()).unwrap_or(i64::MAX), "key");
        let password = if ring.has_password { "A password is set." } else { "No password is set." };
        self.say(&format!("{number}. {password}")).await?;
        let now = self.now();
        for (key, number) in ring.keys.iter().zip(1..) {
            let used = key
                .last_used_at
                .map_or_else(|| "never used".to_owned(), |at| format!("last used {}", ago(now, at)));
            let this = if key.opened_this { ", opened this session" } else { "" };
            let added = ago(now, key.added_at);
            self.say(&format!("{number} {}, {}, added {added}, {used}{this}.", key.name, key.algorithm))
                .await?;
            self.say(&key.fingerprint).await?;
        }
        if let Some(key) = &ring.came_with {
            self.say(&format!(
                "You came with a key that is not yours yet: {}. this adds it.",
                key.fingerprint
            ))
            .await?;
        }
        Ok(())
    }

    async fn add_key(&mut self) -> Talked<()> {
        let line = self.ask("the line of the .pub file").await?;
        let name = self.ask_any("a name for it, or Enter for its own").await?;
        self.call(AddKey { line, name }).await?;
        self.say("Added. It opens your account from now on.").await
    }

    async fn add_this_key(&mut self, ring: &KeyRing) -> Talked<()> {
        if ring.came_with.is_none() {
            return self
                .say("You came without a key of your own to add. add takes the line of a .pub file.")
                .await;
        }
        let name = self.ask_any("a name for it, or Enter for none").await?;
        self.call(AddCallersKey { name }).await?;
        self.say("Added. It opens your account from now on.").await
    }

    async fn rename_key(&mut self, key: &OwnKey) -> Talked<()> {
        let name = self.ask("its new name").await?;
        self.call(RenameKey { key: key.id, name }).await?;
        self.say("Renamed.").await
    }

    async fn revoke_key(&mut self, key: &OwnKey) -> Talked<()> {
        let ends = if key.opened_this { " It opened this session, which ends." } else { "" };
        self.say(&format!("{} opens nothing from then on.{ends}", key.name)).await?;
        if !self.confirm("Revoke it?").await? {
            return Err(Turn::Cancelled);
        }
        self.call(RevokeKey { key: key.id }).await?;
        self.say("Revoked.").await
    }

    /// The present password, where it has to be proved.
    async fn present_password(&mut self, ring: &KeyRing) -> Talked<Option<PresentPassword>> {
        if !ring.asks_password {
            return Ok(None);
        }
        Ok(Some(PresentPassword::new(self.ask_secret("present password").await?)))
    }

    async fn set_password(&mut self, ring: &KeyRing) -> Talked<()> {
        let present = self.present_password(ring).await?;
        let new = self.ask_new_password().await?;
        self.call(SetPassword::to(new, present)).await?;
        self.say("Your password is set.").await
    }

    async fn remove_password(&mut self, ring: &KeyRing) -> Talked<()> {
        let present = self.present_password(ring).await?;
        if !self.confirm("Remove your password?").await? {
            return Err(Turn::Cancelled);
        }
        self.call(SetPassword::remove(present)).await?;
        self.say("Removed. Your keys are the way in.").await
    }

    /// A new password, twice.
    pub(super) async fn ask_new_password(&mut self) -> Talked<NewPassword> {
        if !self.pty {
            self.say("Your own terminal may show what you type.").await?;
        }
        loop {
            let typed = self.ask_secret("new password").await?;
            let new = match NewPassword::parse(&typed) {
                Ok(new) => new,
                Err(why) => {
                    self.say(&why.to_string()).await?;
                    continue;
                }
            };
            if self.ask_secret("the same once more").await? == typed {
                return Ok(new);
            }
            self.say("The two were not the same. Choose it once more.").await?;
        }
    }
}
