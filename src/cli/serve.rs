//! `hob init` and `hob serve`: a community from nothing, and the running server.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::config::{Config, Server, TEMPLATE};
use super::data_dir::DataDir;
use super::log::Log;
use super::reload::reload;
use super::{demo, manager, metrics};
use crate::domain::member::Role;
use crate::service::accounts::{ImportKeysFile, Imported, MakeHostInvite, SetUp};
use crate::service::{Caller, Clock, Service, trouble, upkeep};
use crate::ssh::{self, host_key};
use crate::store::{OpenError, Store};

/// Makes a community, or says that there is one.
pub fn init(dir: &Path) -> Result<()> {
    let data = DataDir::at(dir);
    runtime()?.block_on(async {
        if data.holds_community() {
            println!("{} already holds a community.", data.shown());
            return Ok(());
        }
        let service = make(&data).await?;
        let code = sysop_code(&service).await?;
        println!("made a community in {}", data.shown());
        println!("host key {}", host_key::fingerprint(&host_key::load_or_create(&data.host_key())?));
        println!("one-time sysop code {code}");
        println!("serve it with: hob serve --data {}", data.shown());
        service.store().close().await;
        Ok(())
    })
}

/// Serves a community until SIGTERM or SIGINT; makes it first when there is none.
pub fn serve(dir: &Path, listen: Option<SocketAddr>, keys: Option<&Path>) -> Result<()> {
    let data = DataDir::at(dir);
    // Before there is a second thread.
    let sockets = manager::take_sockets()?;
    runtime()?.block_on(async {
        let fresh = !data.holds_community();
        data.create()?;
        // Before the database is opened: two servers must not even migrate the same file.
        let _lock = data.lock()?;
        let config = Config::read(&data.config())?;
        // As early as it can be: an upgrade of the tables is a thing to log.
        let log = Log::start(&config.server)?;
        let service = if fresh { make(&data).await? } else { open(&data).await? };
        if let Some(path) = keys {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            say_imported(&service.call(&Caller::host(), ImportKeysFile { text }).await?);
        }
        let made = service.call(&Caller::host(), SetUp).await?;
        let code = if made.has_sysop {
            None
        } else if fresh {
            Some(sysop_code(&service).await?)
        } else {
            println!("no sysop yet: hob invite --role sysop --data {} prints a new code", data.shown());
            None
        };
        let opened = Opened { service, config, log, sockets, listen, sysop_code: code };
        listen_and_serve(&data, opened).await
    })
}

/// A community that is open, and how it is to be served.
pub struct Opened {
    /// The community.
    pub service: Arc<Service>,
    /// Its settings.
    pub config: Config,
    /// Its log.
    pub log: Log,
    /// Sockets that the service manager handed over; they go before every address.
    pub sockets: Vec<std::net::TcpListener>,
    /// The address that was named, rather than the one of the settings.
    pub listen: Option<SocketAddr>,
    /// The first sysop's code, to be shown once.
    pub sysop_code: Option<String>,
}

/// Serves an open community. Used by `serve` and by `demo`.
pub async fn listen_and_serve(data: &DataDir, opened: Opened) -> Result<()> {
    let Opened { service, mut config, log, sockets, listen, sysop_code } = opened;
    let key = host_key::load_or_create(&data.host_key())?;
    let made_up = demo::is_demo(&service).await?;
    let listeners = listeners(sockets, listen.unwrap_or(config.server.listen))?;
    let addresses = listeners.iter().map(TcpListener::local_addr).collect::<std::io::Result<Vec<_>>>()?;
    if made_up {
        addresses.iter().try_for_each(|address| demo::must_be_local(*address))?;
    }
    let metrics = config.metrics.socket(data.path()).map(|path| metrics::bind(&path)).transpose()?;
    // Before anybody is told that we listen: a stop that follows at once must be an orderly one too.
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let mut hup = signal(SignalKind::hangup())?;
    service.desk().set_host_key(host_key::fingerprint(&key));
    greet(&service, &addresses, &host_key::fingerprint(&key), sysop_code.as_deref());
    if made_up {
        demo::print_welcome(addresses[0]);
    }

    let (stop, stopped) = watch::channel(false);
    let housekeeping = tokio::spawn(upkeep::run(Arc::clone(&service), stopped.clone()));
    let told =
        metrics.map(|socket| tokio::spawn(metrics::serve(socket, Arc::clone(&service), stopped.clone())));
    let alive = tokio::spawn(manager::signs_of_life());
    let serving = ssh::serve(listeners, Arc::clone(&service), transport(&config.server), key, stopped);
    tokio::pin!(serving);
    manager::tell("READY=1");
    loop {
        tokio::select! {
            () = &mut serving => break,
            _ = term.recv() => break,
            _ = int.recv() => break,
            _ = hup.recv() => reload(data, &service, Some(&log), &mut config).await,
        }
    }
    tracing::info!("stopping");
    manager::tell("STOPPING=1");
    // An error means that nobody listens any more: then everything has stopped.
    let _ = stop.send(true);
    serving.await;
    let _ = housekeeping.await;
    if let Some(told) = told {
        let _ = told.await;
    }
    alive.abort();
    service.store().close().await;
    Ok(())
}

/// The sockets that were handed over; without any, one on the address.
fn listeners(handed: Vec<std::net::TcpListener>, wanted: SocketAddr) -> Result<Vec<TcpListener>> {
    if handed.is_empty() {
        return Ok(vec![ssh::bind(wanted).with_context(|| format!("cannot listen on {wanted}"))?]);
    }
    Ok(handed.into_iter().map(TcpListener::from_std).collect::<std::io::Result<_>>()?)
}

async fn sysop_code(service: &Service) -> Result<String> {
    let invite = MakeHostInvite { role: Role::Sysop, ttl_s: None };
    Ok(service.call(&Caller::host(), invite).await?.code.to_string())
}

fn say_imported(imported: &Imported) {
    for handle in &imported.members {
        println!("keys file: {handle} is a member now");
    }
    for handle in &imported.roles {
        println!("keys file: {handle} has another role now");
    }
    for problem in &imported.problems {
        println!("keys file: {problem}");
    }
}

fn greet(service: &Service, addresses: &[SocketAddr], fingerprint: &str, sysop_code: Option<&str>) {
    println!("{} is open.", service.settings().name);
    for address in addresses {
        println!("listening on {address}");
    }
    let (host, port) = (addresses[0].ip(), addresses[0].port());
    println!("host key {fingerprint}");
    println!("connect with: ssh -p {port} join@{host}");
    if let Some(code) = sysop_code {
        println!("one-time sysop code {code}");
        println!("  enter it at the door (\"I have an invite\"): whoever does becomes the first sysop");
    }
}

fn transport(server: &Server) -> ssh::Settings {
    let defaults = ssh::Settings::default();
    let per_address = ssh::AddressCaps { total: server.connections_per_address_max, ..defaults.per_address };
    // A day at most: far more than anybody means, and a deadline that can be computed.
    let seconds = |written: u64| Duration::from_secs(written.clamp(1, 24 * 60 * 60));
    let login_timeout = seconds(server.login_grace_s);
    ssh::Settings {
        connections_max: server.connections_max,
        unauthenticated_max: server.unauthenticated_max,
        per_address,
        version_line_timeout: defaults.version_line_timeout.min(login_timeout),
        login_timeout,
        write_stall_timeout: seconds(server.stall_s),
        ..defaults
    }
}

async fn make(data: &DataDir) -> Result<Arc<Service>> {
    data.create()?;
    data.create_database_file()?;
    data.write_new(&data.config(), TEMPLATE)?;
    host_key::load_or_create(&data.host_key())?;
    let service = open(data).await?;
    service.call(&Caller::host(), SetUp).await?;
    Ok(service)
}

/// Opens the community in a folder.
pub async fn open(data: &DataDir) -> Result<Arc<Service>> {
    let config = Config::read(&data.config())?;
    let store = Store::open(&data.database()).await.map_err(|why| cannot_open(data, why))?;
    let service = Service::new(store, Clock::System, config.settings());
    service.take_up().await?;
    Ok(service)
}

/// Why the database cannot be opened, with what to do about it.
fn cannot_open(data: &DataDir, why: OpenError) -> anyhow::Error {
    let advice = trouble::advice_at_opening(&why);
    anyhow::Error::new(why)
        .context(format!("{}: {advice} Nothing in it was changed", data.database().display()))
}

/// The runtime of the whole program.
pub fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
