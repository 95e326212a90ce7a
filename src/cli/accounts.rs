//! `hob member add|role|password`, `hob invite`, `hob audit verify`: what a person with a shell on the host can do, while the
//! server runs or not. They go through the same door as everybody, as the host.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::data_dir::DataDir;
use super::serve::{open, runtime};
use super::{AddMember as AddMemberArgs, Invite, SetPassword, SetRole};
use crate::domain::member::Role;
use crate::service::Caller;
use crate::service::accounts::{AddMember, ChangePassword, ChangeRole, KeyLine, MakeHostInvite, Proof};
use crate::service::passwords::NewPassword;
use crate::store::audit;

/// Longest password line read from standard input, in bytes.
const PASSWORD_LINE_MAX: u64 = 1_024;

/// Adds a member.
pub fn add_member(args: &AddMemberArgs) -> Result<()> {
    let proof = match &args.key {
        Some(line) => Proof::Key(KeyLine::parse(line)?),
        None => Proof::Password(NewPassword::from_host(&password_line()?)?),
    };
    let data = DataDir::at(&args.data.dir);
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(&data).await?;
        let request = AddMember { handle: args.handle.clone(), role: args.role.into(), proof };
        let added = service.call(&Caller::host(), request).await?;
        println!("{} is a member now.", added.handle);
        service.store().close().await;
        Ok(())
    })
}

/// Says what a member is trusted with.
pub fn set_role(args: &SetRole) -> Result<()> {
    let data = DataDir::at(&args.data.dir);
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(&data).await?;
        let role: Role = args.role.into();
        let handle = service.call(&Caller::host(), ChangeRole { handle: args.handle.clone(), role }).await?;
        println!("{handle} is {role} now.");
        service.store().close().await;
        Ok(())
    })
}

/// Gives a member a new password.
pub fn set_password(args: &SetPassword) -> Result<()> {
    let password = NewPassword::from_host(&password_line()?)?;
    let data = DataDir::at(&args.data.dir);
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(&data).await?;
        let request = ChangePassword { handle: args.handle.clone(), password };
        println!("{} has a new password.", service.call(&Caller::host(), request).await?);
        service.store().close().await;
        Ok(())
    })
}

/// Makes an invite and prints its code, alone on the line.
pub fn invite(args: &Invite) -> Result<()> {
    let data = DataDir::at(&args.data.dir);
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(&data).await?;
        let request = MakeHostInvite { role: args.role.into(), ttl_s: None };
        println!("{}", service.call(&Caller::host(), request).await?.code);
        service.store().close().await;
        Ok(())
    })
}

/// Walks the audit log.
pub fn verify_audit(dir: &Path) -> Result<()> {
    let data = DataDir::at(dir);
    data.must_hold_community()?;
    runtime()?.block_on(async {
        let service = open(&data).await?;
        let mut read = service.store().begin_read().await?;
        let broken = audit::first_broken(&mut read).await?;
        drop(read);
        service.store().close().await;
        match broken {
            None => {
                println!("The audit log is whole: every row follows the one before it.");
                Ok(())
            }
            Some(row) => {
                bail!("the audit log was altered: row {row} does not follow from the rows before it")
            }
        }
    })
}

fn password_line() -> Result<String> {
    let mut line = String::new();
    let mut input = std::io::stdin().lock().take(PASSWORD_LINE_MAX);
    std::io::BufRead::read_line(&mut input, &mut line)
        .context("no password could be read from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        bail!("standard input holds no password: pipe one line into --password-stdin");
    }
    Ok(password)
}
