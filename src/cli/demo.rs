//! `hob demo`: a made-up community to look around in. Everybody in it has the same password, so it is for this machine
//! only.

use std::net::SocketAddr;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Demo;
use super::config::{Config, TEMPLATE};
use super::data_dir::DataDir;
use super::log::Log;
use super::serve::{Opened, listen_and_serve, open, runtime};
use crate::demo::{self, Size};
use crate::service::{Clock, Service};
use crate::ssh::host_key;
use crate::store::bulk;

impl From<&Demo> for Size {
    fn from(args: &Demo) -> Self {
        let Demo { members, boards, threads, posts, seed, .. } = *args;
        Self { members, boards, threads, posts, seed }
    }
}

/// Makes a demo community if there is none yet, and serves it.
pub fn demo(args: &Demo) -> Result<()> {
    let data = DataDir::at(&args.dir);
    let wanted = args.listen.unwrap_or(Config::read(&data.config())?.server.listen);
    // Asked before anything is made, and again by whoever listens.
    must_be_local(wanted)?;
    if args.make_only {
        return runtime()?.block_on(make(&data, &Size::from(args)));
    }
    if data.holds_community() {
        println!("{} holds a community already; serving it as it is.", data.shown());
    } else {
        make_apart(args)?;
    }
    runtime()?.block_on(async {
        let _lock = data.lock()?;
        let service = open(&data).await?;
        if !is_demo(&service).await? {
            bail!("{0} is a real community. Serve it with: hob serve --data {0}", data.shown());
        }
        let config = Config::read(&data.config())?;
        let log = Log::start(&config.server)?;
        let opened =
            Opened { service, config, log, sockets: Vec::new(), listen: Some(wanted), sysop_code: None };
        listen_and_serve(&data, opened).await
    })
}

/// Makes it in a process of its own. Filling takes hundreds of megabytes, which an allocator does not give back, and a
/// server that serves nobody should be as small as any other.
fn make_apart(args: &Demo) -> Result<()> {
    let program = std::env::current_exe().context("the program that runs cannot be found")?;
    let number = |name: &str, value: usize| [name.to_owned(), value.to_string()];
    let made = Command::new(program)
        .args(["demo", "--make-only", "--data"])
        .arg(&args.dir)
        .args(number("--members", args.members))
        .args(number("--boards", args.boards))
        .args(number("--threads", args.threads))
        .args(number("--posts", args.posts))
        .args(["--seed".to_owned(), args.seed.to_string()])
        .status()
        .context("the demo cannot be made")?;
    if !made.success() {
        bail!("there is no demo to serve");
    }
    Ok(())
}

/// Whether a community is a made-up one.
pub async fn is_demo(service: &Service) -> Result<bool> {
    let mut read = service.store().begin_read().await?;
    Ok(bulk::is_demo(&mut read).await?)
}

/// That an address reaches no further than this machine.
pub fn must_be_local(address: SocketAddr) -> Result<()> {
    if address.ip().to_canonical().is_loopback() {
        return Ok(());
    }
    bail!(
        "a demo community does not listen on {address}: everybody in it has the password \"{}\". \
         Use an address of this machine only, such as --listen 127.0.0.1:2222",
        demo::PASSWORD
    )
}

/// How to look around, under the lines of every server.
pub fn print_welcome(address: SocketAddr) {
    let (host, port) = (address.ip(), address.port());
    println!("a made-up community; everybody's password is \"{}\"", demo::PASSWORD);
    println!("as a member:    ssh -p {port} wren@{host}");
    println!("as a moderator: ssh -p {port} moderator@{host}");
    println!("as the sysop:   ssh -p {port} sysop@{host}");
}

/// Makes it, unless there is one.
async fn make(data: &DataDir, size: &Size) -> Result<()> {
    data.create()?;
    let _lock = data.lock()?;
    if data.holds_community() {
        println!("{} holds a community already.", data.shown());
        return Ok(());
    }
    let template = TEMPLATE.replacen("name = \"hob\"", &format!("name = \"{}\"", demo::NAME), 1);
    data.write_new(&data.config(), &template)?;
    host_key::load_or_create(&data.host_key())?;
    let settings = Config::read(&data.config())?.settings();
    println!("making {} with {} members and {} posts …", demo::NAME, size.members, size.posts);
    // Under another name until it is whole, so that one that was interrupted is made anew.
    let unfinished = data.create_unfinished_database()?;
    demo::make(&unfinished, size, Clock::System.now(), &settings).await?;
    std::fs::rename(&unfinished, data.database())
        .with_context(|| format!("{} cannot be renamed", unfinished.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_reaches_no_further_than_this_machine() {
        for local in ["127.0.0.1:2222", "127.3.2.1:0", "[::1]:2222", "[::ffff:127.0.0.1]:2222"] {
            assert!(must_be_local(local.parse().expect("an address")).is_ok(), "{local}");
        }
        for far in
            ["0.0.0.0:2222", "[::]:2222", "192.0.2.1:2222", "[2001:db8::1]:22", "[::ffff:192.0.2.1]:22"]
        {
            let refusal =
                must_be_local(far.parse().expect("an address")).expect_err("it would be open to all");
            assert!(refusal.to_string().contains("127.0.0.1:2222"), "{refusal}");
        }
    }

    #[test]
    fn the_config_of_a_demo_has_its_name() {
        let template = TEMPLATE.replacen("name = \"hob\"", &format!("name = \"{}\"", demo::NAME), 1);
        assert_ne!(template, TEMPLATE);
    }
}
