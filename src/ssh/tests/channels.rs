//! What a logged-in client may do with its one channel, and what is refused without ending the session.

use russh::keys::ssh_key;

use super::*;

#[tokio::test]
async fn a_shell_in_a_terminal_is_a_session() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.open().await;
    for (name, value, set) in
        [("LANG", "C.UTF-8", true), ("LD_PRELOAD", "x", false), ("HOB_X", "a\x1bb", true)]
    {
        line.channel.set_env(true, name, value).await.unwrap();
        assert_eq!(line.granted().await, set, "{name}");
    }
    assert!(line.pty(100, 30).await);
    line.channel.request_shell(true).await.unwrap();
    assert!(line.granted().await);
    line.shows(r#"[guest, no key xterm-256color 100x30 [("LANG", "C.UTF-8"), ("HOB_X", "ab")] ]"#).await;
    line.keys(b"abc").await;
    line.shows("[3 bytes]").await;
    line.keys(b"q").await;
    assert_eq!(line.finish().await.2, 0);
}

#[tokio::test]
async fn windows_are_clamped_and_only_the_latest_counts() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.open().await;
    assert!(line.pty(0, 0).await);
    line.channel.request_shell(true).await.unwrap();
    line.shows("80x24").await;
    line.channel.window_change(u32::MAX, u32::MAX, 0, 0).await.unwrap();
    line.shows("[500x200]").await;
    for columns in 20..60 {
        line.channel.window_change(columns, 50, 0, 0).await.unwrap();
    }
    line.channel.window_change(101, 51, 0, 0).await.unwrap();
    line.shows("[101x51]").await;
    line.keys(b"q").await;
    assert_eq!(line.finish().await.2, 0);
}

#[tokio::test]
async fn only_one_pty_and_one_shell() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.shell().await;
    assert!(!line.pty(90, 30).await);
    line.channel.request_shell(true).await.unwrap();
    assert!(!line.granted().await);
    line.channel.exec(true, "whoami").await.unwrap();
    assert!(!line.granted().await);
    line.keys(b"ok").await;
    line.shows("[2 bytes]").await;
    let visitor = server.guest().await;
    let mut line = visitor.open().await;
    assert!(line.pty(80, 24).await);
    assert!(!line.pty(80, 24).await);
}

#[tokio::test]
async fn everything_else_is_refused_and_the_session_goes_on() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.shell().await;
    let handle = &visitor.0;
    assert!(soon(handle.channel_open_session()).await.is_err(), "a second channel");
    assert!(soon(handle.channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 1)).await.is_err());
    assert!(soon(handle.channel_open_direct_streamlocal("/run/x")).await.is_err());
    assert!(soon(handle.channel_open_x11("127.0.0.1", 1)).await.is_err());
    assert!(soon(handle.tcpip_forward("127.0.0.1", 0)).await.is_err());
    assert!(soon(handle.streamlocal_forward("/run/x")).await.is_err());
    line.channel.agent_forward(true).await.unwrap();
    assert!(!line.granted().await, "agent forwarding");
    line.channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "0", 0).await.unwrap();
    assert!(!line.granted().await, "X11");
    for name in ["sftp", "netconf", "\x1b"] {
        line.channel.request_subsystem(true, name).await.unwrap();
        assert!(!line.granted().await, "{name:?}");
    }
    line.keys(b"still here").await;
    line.shows("[10 bytes]").await;
}

#[tokio::test]
async fn x2_a_shell_without_a_terminal_is_a_session_in_plain_mode() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.open().await;
    line.channel.request_shell(true).await.unwrap();
    assert!(line.granted().await);
    line.shows("[guest, no key dumb 80x24 [] , no pty]").await;
    line.keys(b"q").await;
    let (_, err, status) = line.finish().await;
    assert_eq!((err.as_str(), status), ("", 0));
}

#[tokio::test]
async fn x1_a_command_has_its_three_streams_and_its_status() {
    let server = Server::start(TestHouse::default()).await;
    let big = vec![b'x'; 900_000];
    assert_eq!(server.guest().await.run("count", &big).await, ("900000 bytes\n".into(), "".into(), 0));
    let too_big = vec![b'x'; 1_000_001];
    assert_eq!(server.guest().await.run("count", &too_big).await.2, 2);
    assert_eq!(server.guest().await.run("nonsense", b"").await, ("".into(), "no such command\n".into(), 64));
    let (_, err, status) = server.guest().await.run(&"x".repeat(64 * 1024 + 1), b"").await;
    assert!(err.contains("too long"), "{err}");
    assert_eq!(status, 1);
}

#[tokio::test]
async fn x1_a_command_in_a_terminal_reads_until_ctrl_d() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.open().await;
    assert!(line.pty(80, 24).await);
    line.channel.exec(true, "count").await.unwrap();
    assert!(line.granted().await);
    line.keys(b"one\rtwo").await;
    line.shows("one\r\ntwo").await;
    line.keys(b"\x04").await;
    let (out, _, status) = line.finish().await;
    assert!(out.ends_with("7 bytes\r\n"), "{out:?}");
    assert_eq!(status, 0);
}

#[tokio::test]
async fn half_an_input_is_never_taken_for_the_whole() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let line = visitor.open().await;
    line.channel.exec(true, "count").await.unwrap();
    line.keys(b"the first half of a po").await;
    line.channel.close().await.unwrap();
    let mut status = server.house.last_status.subscribe();
    assert_eq!(*soon(status.wait_for(Option::is_some)).await.unwrap(), Some(3), "reading failed");
}

#[tokio::test]
async fn a_fault_ends_one_session_and_restores_its_terminal() {
    let server = Server::start(TestHouse::default()).await;
    let (unlucky, other) = (server.guest().await, server.guest().await);
    let mut line = other.shell().await;
    let dying = unlucky.shell().await;
    dying.keys(b"p").await;
    let (out, _, status) = dying.finish().await;
    assert!(out.contains("\x1b[?25h\x1b[?1049l") && out.contains("hob ran into a fault"), "{out:?}");
    assert_eq!(status, 70);
    line.keys(b"fine").await;
    line.shows("[4 bytes]").await;
    let (out, err, status) = server.guest().await.run("fault", b"").await;
    assert!(out.is_empty() && err.contains("hob ran into a fault"));
    assert_eq!(status, 70);
}

#[tokio::test]
async fn the_end_of_input_ends_a_session() {
    let server = Server::start(TestHouse::default()).await;
    let line = server.guest().await.shell().await;
    line.keys(b"last words").await;
    line.channel.eof().await.unwrap();
    let (out, _, status) = line.finish().await;
    assert!(out.ends_with("[10 bytes]"), "{out:?}");
    assert_eq!(status, 0);
}

#[tokio::test]
async fn w1_a_paste_of_100_kb_arrives_whole() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.shell().await;
    line.keys(&vec![b'x'; 400_000]).await;
    let mut seen = 0;
    while seen < 400_000 {
        let before = line.shown.len();
        while !line.shown[before..].contains("bytes]") {
            let Some(ChannelMsg::Data { data }) = soon(line.channel.wait()).await else { continue };
            line.shown.push_str(&String::from_utf8_lossy(&data));
        }
        let counts = line.shown.split('[').filter_map(|part| part.strip_suffix(" bytes]"));
        seen = counts.filter_map(|count| count.parse::<usize>().ok()).sum();
    }
    assert_eq!(seen, 400_000);
}

#[tokio::test]
async fn stopping_lets_sessions_say_goodbye() {
    let server = Server::start(TestHouse::default()).await;
    let visitor = server.guest().await;
    let mut line = visitor.shell().await;
    line.shows("[guest").await;
    let _silent = tokio::net::TcpStream::connect(server.address).await.unwrap();
    server.stop.send(true).unwrap();
    let (out, _, status) = line.finish().await;
    assert!(out.ends_with("[stopped]"), "{out:?}");
    assert_eq!(status, 0);
    soon(server.task).await.unwrap();
    assert_eq!(*server.house.open_sessions.borrow(), 0);
}

#[test]
fn the_host_key_is_made_once_and_kept_private() {
    use std::os::unix::fs::PermissionsExt;

    use super::super::host_key::{HostKeyError, fingerprint, load_or_create};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("host_key");
    let made = load_or_create(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    assert_eq!(fingerprint(&load_or_create(&path).unwrap()), fingerprint(&made));
    assert!(fingerprint(&made).starts_with("SHA256:"));

    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
    let exposed = load_or_create(&path).unwrap_err();
    assert!(matches!(exposed, HostKeyError::Exposed { mode: 0o640, .. }));
    assert!(exposed.to_string().contains("chmod 600"));

    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    let other = PrivateKey::random(&mut russh::keys::key::safe_rng(), logins_p256()).unwrap();
    for wrong in [String::new(), other.to_openssh(ssh_key::LineEnding::LF).unwrap().to_string()] {
        std::fs::write(&path, &wrong).unwrap();
        assert!(matches!(load_or_create(&path), Err(HostKeyError::Unusable { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), wrong, "a wrong file is never replaced");
    }
    let nowhere = load_or_create(&folder.path().join("no/such/folder/key")).unwrap_err();
    assert!(matches!(nowhere, HostKeyError::Io { what: "written", .. }), "{nowhere}");
}

fn logins_p256() -> Algorithm {
    Algorithm::Ecdsa { curve: russh::keys::EcdsaCurve::NistP256 }
}
