//! The SSH programs that people have: OpenSSH, dropbear, PuTTY, and the libraries paramiko and asyncssh. Each runs one
//! command against a server, with a key, as a script would. A missing system program fails the test and says what to
//! install; a missing Python library is said and skipped, since no distribution carries a current one.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use russh::keys::PrivateKey;
use russh::keys::ssh_key::LineEnding;

use crate::server::{Hob, both, run};

/// A key in a file that only its owner may read, as the programs demand.
pub fn key_file(hob: &Hob, name: &str, key: &PrivateKey) -> PathBuf {
    let path = hob.scratch().join(name);
    fs::write(&path, key.to_openssh(LineEnding::LF).unwrap()).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// A program of this name, with a home of its own so that it reads nobody's settings.
pub fn program(hob: &Hob, name: &str, package: &str) -> Command {
    let found = Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", name]).status().unwrap();
    assert!(found.success(), "`{name}` is missing; install it with: apt-get install {package}");
    let mut command = Command::new(name);
    command.env("HOME", hob.scratch()).env_remove("SSH_AUTH_SOCK").current_dir(hob.scratch());
    command
}

/// OpenSSH, ready for `USER@127.0.0.1` and a command to be added.
pub fn openssh(hob: &Hob, key: &PrivateKey) -> Command {
    let mut command = program(hob, "ssh", "openssh-client");
    let known_hosts = format!("UserKnownHostsFile={}", hob.scratch().join("known_hosts").display());
    command.args(["-F", "none", "-p", &hob.address.port().to_string(), "-o", &known_hosts]);
    command.args(["-o", "StrictHostKeyChecking=no", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"]);
    command.arg("-i").arg(key_file(hob, "openssh.key", key));
    command
}

/// dropbear's client; it reads its own form of key.
pub fn dbclient(hob: &Hob, key: &PrivateKey) -> Command {
    let own = hob.scratch().join("dropbear.key");
    let mut convert = program(hob, "dropbearconvert", "dropbear-bin");
    convert.args(["openssh", "dropbear"]).arg(key_file(hob, "for-dropbear.key", key)).arg(&own);
    let converted = run(&mut convert, b"");
    assert!(converted.status.success(), "dropbearconvert: {}", both(&converted));
    let mut command = program(hob, "dbclient", "dropbear-bin");
    command.args(["-y", "-y", "-p", &hob.address.port().to_string(), "-i"]).arg(own);
    command
}

/// PuTTY's command-line client; it reads its own form of key and takes the host key's fingerprint.
pub fn plink(hob: &Hob, key: &PrivateKey) -> Command {
    let own = hob.scratch().join("putty.ppk");
    let mut convert = program(hob, "puttygen", "putty-tools");
    convert.arg(key_file(hob, "for-putty.key", key)).args(["-O", "private", "-o"]).arg(&own);
    let converted = run(&mut convert, b"");
    assert!(converted.status.success(), "puttygen: {}", both(&converted));
    let mut command = program(hob, "plink", "putty-tools");
    command
        .args(["-batch", "-ssh", "-P", &hob.address.port().to_string(), "-hostkey", &hob.fingerprint, "-i"])
        .arg(own);
    command
}

/// Runs a Python script that uses `library`, with the port, the user and a key file as its arguments. `None`, with a
/// word on standard error, when there is no such library.
pub fn python(hob: &Hob, library: &str, script: &str, user: &str, key: &PrivateKey) -> Option<Output> {
    let mut ask = Command::new("python3");
    let there =
        ask.args(["-c", &format!("import {library}")]).output().is_ok_and(|output| output.status.success());
    if !there {
        // Not by a macro: the test runner would swallow the word when the test passes.
        let word =
            format!("skipped: no Python library {library}; to run it: python3 -m pip install {library}\n");
        std::io::stderr().write_all(word.as_bytes()).unwrap();
        return None;
    }
    let mut command = Command::new("python3");
    command.args(["-c", script, &hob.address.port().to_string(), user]).arg(key_file(hob, library, key));
    Some(run(command.current_dir(hob.scratch()), b""))
}
