//! What hob speaks: the algorithms, by name, and russh's own settings. Nothing is left to a library's default, which may
//! change with its next version.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use russh::keys::{Algorithm, EcdsaCurve, HashAlg, PrivateKey};
use russh::server::Config;
use russh::{MethodKind, MethodSet, Preferred, SshId, cipher, compression, kex, mac};

use super::settings::Settings;

/// Key exchange. The Diffie-Hellman groups are left out: they cost up to half a second of CPU before anybody has logged
/// in (group18: 543 ms, measured), and every client of the last ten years has Curve25519.
const KEX: &[kex::Name] = &[
    kex::MLKEM768X25519_SHA256,
    kex::CURVE25519,
    kex::CURVE25519_PRE_RFC_8731,
    kex::EXTENSION_SUPPORT_AS_SERVER,
    kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
];

/// Ciphers. CTR only with the encrypt-then-MAC codes below, for the older libssh2 and paramiko that have no AEAD cipher.
const CIPHERS: &[cipher::Name] = &[
    cipher::CHACHA20_POLY1305,
    cipher::AES_256_GCM,
    cipher::AES_128_GCM,
    cipher::AES_256_CTR,
    cipher::AES_192_CTR,
    cipher::AES_128_CTR,
];

const MACS: &[mac::Name] = &[mac::HMAC_SHA512_ETM, mac::HMAC_SHA256_ETM];

/// None: it leaks lengths and feeds decompressors before log-in. `ssh -C` falls back to none by itself.
const COMPRESSION: &[compression::Name] = &[compression::NONE];

/// Signatures that hob checks, which is also what it tells clients (`server-sig-algs`). No SHA-1. The host key is the
/// first one's kind.
const SIGNATURES: &[Algorithm] = &[
    Algorithm::Ed25519,
    Algorithm::SkEd25519,
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 },
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP384 },
    Algorithm::Ecdsa { curve: EcdsaCurve::NistP521 },
    Algorithm::SkEcdsaSha2NistP256,
    Algorithm::Rsa { hash: Some(HashAlg::Sha512) },
    Algorithm::Rsa { hash: Some(HashAlg::Sha256) },
];

/// Whether a person may log in with a signature of this kind.
pub fn accepts_signature(algorithm: &Algorithm) -> bool {
    SIGNATURES.contains(algorithm)
}

/// The ways to log in, in the order in which clients should try them.
pub fn methods() -> MethodSet {
    MethodSet::from(&[MethodKind::PublicKey, MethodKind::KeyboardInteractive, MethodKind::Password][..])
}

/// russh's configuration for all connections.
pub fn russh_config(settings: &Settings, host_key: PrivateKey) -> Arc<Config> {
    Arc::new(Config {
        server_id: SshId::Standard(Cow::Borrowed("SSH-2.0-hob")),
        methods: methods(),
        // Slept for every refused key, also of honest people; the password check takes constant time by itself.
        auth_rejection_time: Duration::ZERO,
        auth_rejection_time_initial: Some(Duration::ZERO),
        // An agent with many keys must not use them up; passwords are counted in `auth`.
        max_auth_attempts: 30,
        keys: vec![host_key],
        certificates: Vec::new(),
        preferred: Preferred {
            kex: Cow::Borrowed(KEX),
            key: Cow::Borrowed(SIGNATURES),
            host_key_certificates: Cow::Borrowed(&[]),
            cipher: Cow::Borrowed(CIPHERS),
            mac: Cow::Borrowed(MACS),
            compression: Cow::Borrowed(COMPRESSION),
        },
        // What a client may send ahead: 128 KiB carries a long paste without a round trip each 64.
        window_size: 128 * 1024,
        maximum_packet_size: 32 * 1024,
        // russh's own queues. One frame on the way is what a slow client is meant to have, not ten.
        channel_buffer_size: 1,
        event_buffer_size: 1,
        keepalive_interval: Some(settings.keepalive_interval),
        keepalive_max: 3,
        // Only a backstop: the guard bounds writes, the keepalive finds the dead, and idle people may stay.
        inactivity_timeout: Some(settings.keepalive_interval.saturating_mul(6)),
        nodelay: true,
        ..Config::default()
    })
}
