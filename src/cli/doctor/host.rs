//! The machine: the port, open files, memory.

use std::fs;
use std::io::Read as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use super::Check;
use crate::cli::config::Server;
use crate::cli::data_dir::Served;

/// How long an answer on the port may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// Open files that hob needs besides one for each connection: database, log, listeners.
const FILES_BESIDES: u64 = 64;
/// Memory that should be free, in KiB: two password checks at once (38 MiB) and a full house of sessions.
const MEMORY_KIB: u64 = 128 * 1_024;

pub(super) fn port(listen: SocketAddr, served: Served) -> Check {
    let local = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    let at = SocketAddr::new(local, listen.port());
    if served == Served::Nobody {
        return match TcpListener::bind(listen) {
            Ok(_) => Check::ok("port", format!("{listen} is free, and no server runs")),
            Err(cause) => Check::warning(
                "port",
                format!("no server runs, and {listen} cannot be had: {cause}"),
                "right if hob.socket of systemd holds it (systemctl status hob.socket); otherwise stop the other \
                 program, or change [server] listen; ports below 1024 need a right of their own",
            ),
        };
    }
    match greeting(at) {
        Ok(line) if line.starts_with("SSH-2.0-") => Check::ok("port", format!("{listen} answers: {line}")),
        Ok(line) => Check::problem(
            "port",
            format!("something else answers on {listen}: {line:?}"),
            "stop it, or change [server] listen and restart hob",
        ),
        Err(cause) => Check::problem(
            "port",
            format!("a server runs, and nothing answers on {listen}: {cause}"),
            "if it was started with --listen, say the same here; otherwise look at its log",
        ),
    }
}

fn greeting(at: SocketAddr) -> std::io::Result<String> {
    let mut socket = TcpStream::connect_timeout(&at, PATIENCE)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let mut bytes = [0; 255];
    let read = socket.read(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes[..read]);
    Ok(crate::domain::text::clean_line(text.lines().next().unwrap_or_default()))
}

pub(super) fn open_files(server: &Server, served: Served) -> Check {
    let process = match served {
        Served::By(Some(pid)) => pid.to_string(),
        Served::By(None) | Served::Nobody => "self".to_owned(),
    };
    let limits = fs::read_to_string(format!("/proc/{process}/limits"))
        .or_else(|_| fs::read_to_string("/proc/self/limits"))
        .unwrap_or_default();
    let whose = if process == "self" { "a program started from here" } else { "the server" };
    let needed = u64::try_from(server.connections_max).unwrap_or(u64::MAX).saturating_add(FILES_BESIDES);
    match most_open_files(&limits) {
        None => Check::warning("open files", "the limit cannot be found out", "ulimit -n shows it"),
        Some(most) if most < needed => {
            let found = format!("{whose} may open {most}, and [server] connections_max asks for {needed}");
            let todo = format!(
                "LimitNOFILE={needed} in the unit, or ulimit -n {needed} before hob serve, or fewer connections_max"
            );
            // A shell's limit says little about a unit's.
            if process == "self" {
                Check::warning("open files", found, todo)
            } else {
                Check::problem("open files", found, todo)
            }
        }
        Some(most) => {
            Check::ok("open files", format!("{whose} may open {most}; {needed} are needed at most"))
        }
    }
}

/// The soft limit in the text of `/proc/PID/limits`; unlimited is the largest number.
pub(super) fn most_open_files(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let soft = line.split_whitespace().next()?;
    if soft == "unlimited" { Some(u64::MAX) } else { soft.parse().ok() }
}

pub(super) fn memory() -> Check {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let available = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    match available {
        None => Check::warning("memory", "cannot be found out", "free -m shows it"),
        Some(kib) if kib < MEMORY_KIB => Check::warning(
            "memory",
            format!("{} MiB are free", kib / 1_024),
            format!("see what uses it: a full house needs {} MiB", MEMORY_KIB / 1_024),
        ),
        Some(kib) => Check::ok("memory", format!("{} MiB are free", kib / 1_024)),
    }
}
