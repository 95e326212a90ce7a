//! Bounds before, during and after the handshake: deadlines, caps, clients that do not read; and the algorithms.

use russh::{Preferred, cipher, compression, kex, mac};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::super::settings::AddressCaps;
use super::*;

fn short() -> Settings {
    Settings {
        version_line_timeout: Duration::from_millis(200),
        login_timeout: Duration::from_millis(600),
        opening_timeout: Duration::from_millis(300),
        write_stall_timeout: Duration::from_millis(400),
        ..Settings::default()
    }
}

/// Waits until the server has closed the socket; gives what it sent.
async fn until_closed(socket: &mut TcpStream) -> Vec<u8> {
    let mut sent = Vec::new();
    // A reset is a way of closing, too.
    let _ = soon(socket.read_to_end(&mut sent)).await;
    sent
}

#[tokio::test]
async fn a_client_that_says_nothing_is_closed() {
    let server = Server::start_with(TestHouse::default(), short()).await;
    let mut socket = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(until_closed(&mut socket).await, b"SSH-2.0-hob\r\n");
}

#[tokio::test]
async fn a_handshake_that_goes_nowhere_is_closed() {
    let server = Server::start_with(TestHouse::default(), short()).await;
    // A version line and no more.
    let mut stuck = TcpStream::connect(server.address).await.unwrap();
    stuck.write_all(b"SSH-2.0-x\r\n").await.unwrap();
    until_closed(&mut stuck).await;
    // SSH_MSG_IGNORE for ever: any packet resets a library's idle timer.
    let mut dripping = TcpStream::connect(server.address).await.unwrap();
    dripping.write_all(b"SSH-2.0-x\r\n").await.unwrap();
    let ignore = [0, 0, 0, 12, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    soon(async { while dripping.write_all(&ignore).await.is_ok() {} }).await;
}

#[tokio::test]
async fn a_login_that_takes_too_long_is_closed() {
    let server = Server::start_with(TestHouse::default(), short()).await;
    let mut visitor = server.connect().await;
    assert!(!soon(visitor.0.authenticate_none("ann")).await.unwrap().success());
    visitor.until_cut_off().await;
}

#[tokio::test]
async fn a_login_that_opens_nothing_is_closed() {
    let server = Server::start_with(TestHouse::default(), short()).await;
    server.guest().await.until_cut_off().await;
    // A session that runs has no such limit.
    let visitor = server.guest().await;
    let mut line = visitor.shell().await;
    tokio::time::timeout(Duration::from_millis(700), line.shows("never said")).await.unwrap_err();
    line.keys(b"abc").await;
    line.shows("[3 bytes]").await;
}

#[tokio::test]
async fn silent_sockets_do_not_keep_people_out() {
    let caps = AddressCaps { total: 50, unauthenticated: 10, guests: 10 };
    let settings = Settings { unauthenticated_max: 10, per_loopback_address: caps, ..Settings::default() };
    let server = Server::start_with(TestHouse::with_passwords(), settings).await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    let mut visitor = server.connect().await;
    assert!(visitor.password("ann", "annpass").await.success());
    let closed = silent.iter_mut().take(80);
    for socket in closed {
        until_closed(socket).await;
    }
}

#[tokio::test]
async fn an_address_has_a_share_and_no_more() {
    let caps = AddressCaps { total: 3, unauthenticated: 3, guests: 3 };
    let settings = Settings { per_loopback_address: caps, ..Settings::default() };
    let server = Server::start_with(TestHouse::default(), settings).await;
    let (first, _second, _third) = (server.guest().await, server.guest().await, server.guest().await);
    let mut fourth = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(until_closed(&mut fourth).await, b"", "refused before the handshake");
    drop(first);
    soon(async {
        loop {
            let config = Arc::new(client::Config::default());
            if client::connect(config, server.address, Anyone).await.is_ok() {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn guests_have_a_share_of_their_own() {
    let caps = AddressCaps { guests: 1, ..Settings::default().per_loopback_address };
    let settings = Settings { per_loopback_address: caps, ..Settings::default() };
    let server = Server::start_with(TestHouse::with_passwords(), settings).await;
    let _first = server.guest().await;
    let second = server.guest().await;
    assert!(soon(second.0.channel_open_session()).await.is_err());
    let mut member = server.connect().await;
    assert!(member.password("ann", "annpass").await.success());
    assert_eq!(member.run("whoami", b"").await.0, "ann, no key\n");
}

#[tokio::test]
async fn a_client_that_never_opens_its_window_is_closed() {
    let server = Server::start_with(TestHouse::default(), short()).await;
    let visitor = server.guest().await;
    let mut line = visitor.shell().await;
    line.shows("[guest").await;
    line.keys(b"f").await;
    // russh's client grants more only when somebody takes what came; nobody does.
    server.house.is_empty().await;
}

async fn agrees(server: &Server, preferred: Preferred) -> bool {
    let config = Arc::new(client::Config { preferred, ..client::Config::default() });
    soon(client::connect(config, server.address, Anyone)).await.is_ok()
}

#[tokio::test]
async fn only_the_listed_algorithms_are_spoken() {
    let server = Server::start(TestHouse::default()).await;
    let all = Preferred::default();
    let strict = kex::EXTENSION_OPENSSH_STRICT_KEX_AS_CLIENT;
    for (name, fine) in [
        (kex::MLKEM768X25519_SHA256, true),
        (kex::CURVE25519, true),
        (kex::DH_G14_SHA256, false),
        (kex::DH_G18_SHA512, false),
        (kex::DH_GEX_SHA256, false),
        (kex::ECDH_SHA2_NISTP256, false),
    ] {
        let offer = Preferred { kex: vec![name, strict].into(), ..all.clone() };
        assert_eq!(agrees(&server, offer).await, fine, "{name:?}");
    }
    for (name, fine) in [
        (cipher::CHACHA20_POLY1305, true),
        (cipher::AES_256_GCM, true),
        (cipher::AES_128_GCM, true),
        (cipher::AES_256_CBC, false),
        (cipher::AES_128_CBC, false),
    ] {
        let offer = Preferred { cipher: vec![name].into(), ..all.clone() };
        assert_eq!(agrees(&server, offer).await, fine, "{name:?}");
    }
    for (name, fine) in [
        (mac::HMAC_SHA512_ETM, true),
        (mac::HMAC_SHA256_ETM, true),
        (mac::HMAC_SHA256, false),
        (mac::HMAC_SHA1_ETM, false),
    ] {
        let offer =
            Preferred { cipher: vec![cipher::AES_256_CTR].into(), mac: vec![name].into(), ..all.clone() };
        assert_eq!(agrees(&server, offer).await, fine, "{name:?}");
    }
    let none = Preferred { compression: vec![compression::NONE].into(), ..all };
    assert!(agrees(&server, none).await);
}

#[tokio::test]
async fn m6_a_banned_address_is_closed_before_the_handshake_and_in_the_middle_of_one() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let mut asking = server.connect().await;
    let peer: IpAddr = "127.0.0.1".parse().unwrap();
    server.house.banned_peers.lock().unwrap().push(peer);
    let mut socket = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(until_closed(&mut socket).await, b"", "not even a version line");
    // One that was already talking is let in by nothing any more.
    let tried = soon(asking.0.authenticate_password("ann", "annpass")).await;
    assert!(!tried.is_ok_and(|result| result.success()));
    asking.until_cut_off().await;
    server.house.banned_peers.lock().unwrap().clear();
    let mut visitor = server.connect().await;
    assert!(visitor.password("ann", "annpass").await.success());
}
