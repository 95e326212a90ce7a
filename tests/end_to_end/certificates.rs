//! D10: OpenSSH user certificates, made by the real `ssh-keygen -s`, presented by the real `ssh`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use russh::keys::PrivateKey;
use russh::keys::ssh_key::LineEnding;

use crate::plain::session;
use crate::programs::{openssh, program};
use crate::server::{Hob, both, new_key, run};

/// A key of an authority in a file of its own, and its line.
fn authority(folder: &Path, name: &str) -> (PathBuf, String) {
    let key = new_key();
    let path = folder.join(name);
    key.write_openssh_file(&path, LineEnding::LF).unwrap();
    (path, key.public_key().to_openssh().unwrap())
}

/// Signs a key with `ssh-keygen -s` and these arguments; says where the certificate is.
fn sign(hob: &Hob, ca: &Path, key: &PrivateKey, name: &str, arguments: &[&str]) -> PathBuf {
    let public = hob.scratch().join(format!("{name}.pub"));
    std::fs::write(&public, key.public_key().to_openssh().unwrap()).unwrap();
    let mut sign = program(hob, "ssh-keygen", "openssh-client");
    sign.arg("-q").arg("-s").arg(ca).args(["-I", name]).args(arguments).arg(&public);
    let output = run(&mut sign, b"");
    assert!(output.status.success(), "ssh-keygen: {}", both(&output));
    hob.scratch().join(format!("{name}-cert.pub"))
}

/// Runs `whoami` as `user` with a key and its certificate, and by no other way.
fn whoami(hob: &Hob, key: &PrivateKey, certificate: &Path, user: &str) -> (bool, String) {
    let mut ssh: Command = openssh(hob, key);
    ssh.arg("-o").arg(format!("CertificateFile={}", certificate.display()));
    ssh.args(["-o", "PreferredAuthentications=publickey"]);
    let output = run(ssh.arg(format!("{user}@127.0.0.1")).arg("whoami"), b"");
    (output.status.success(), both(&output))
}

#[test]
fn d10_a_certificate_of_a_listed_authority_is_a_pass_and_every_other_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (ca, line) = authority(folder.path(), "ca");
    let (stranger, _) = authority(folder.path(), "stranger");
    let listed = format!("authorities = [\"cert-authority {}\"]\nrevoked_serials = [13]", line.trim());
    let hob = Hob::start_with("authorities = []\nrevoked_serials = []", &listed);
    hob.add_member("ana", "member");
    hob.add_member("bea", "member");
    // A key that nobody registered: the certificate alone opens.
    let key = new_key();
    let good = sign(&hob, &ca, &key, "good", &["-n", "ana", "-V", "+1h", "-z", "7"]);
    let (done, said) = whoami(&hob, &key, &good, "ana");
    assert!(done && said.contains("ana"), "{said}");
    let here = sign(&hob, &ca, &key, "here", &["-n", "ana", "-O", "source-address=127.0.0.0/8"]);
    let (done, said) = whoami(&hob, &key, &here, "ana");
    assert!(done && said.contains("ana"), "{said}");

    let refused: [(&str, &Path, &[&str]); 7] = [
        ("expired", &ca, &["-n", "ana", "-V", "-2h:-1h"]),
        ("early", &ca, &["-n", "ana", "-V", "+1h:+2h"]),
        ("other-name", &ca, &["-n", "bea,carl", "-V", "+1h"]),
        ("no-name", &ca, &["-V", "+1h"]),
        ("other-authority", &stranger, &["-n", "ana", "-V", "+1h"]),
        ("revoked", &ca, &["-n", "ana", "-V", "+1h", "-z", "13"]),
        ("elsewhere", &ca, &["-n", "ana", "-O", "source-address=192.0.2.0/24"]),
    ];
    for (name, ca, arguments) in refused {
        let certificate = sign(&hob, ca, &key, name, arguments);
        let (_, said) = whoami(&hob, &key, &certificate, "ana");
        assert!(said.contains("Permission denied"), "{name}: {said}");
    }
    for (name, arguments) in [
        ("host", vec!["-h", "-n", "ana"]),
        ("forced", vec!["-n", "ana", "-O", "force-command=ls"]),
        ("unknown", vec!["-n", "ana", "-O", "critical:frob@example.org=1"]),
    ] {
        let certificate = sign(&hob, &ca, &key, name, &arguments);
        let (_, said) = whoami(&hob, &key, &certificate, "ana");
        assert!(said.contains("Permission denied"), "{name}: {said}");
    }
    // The good one is good for its own name only.
    let (_, said) = whoami(&hob, &key, &good, "bea");
    assert!(said.contains("Permission denied"), "{said}");
}

/// A certificate for a handle that nobody has: the handle is filled in, nothing waits for the staff, and the second time
/// it is a member's.
#[tokio::test(flavor = "multi_thread")]
async fn d10_a_certificate_for_an_unknown_handle_is_a_pass_at_the_door() {
    let folder = tempfile::tempdir().unwrap();
    let (ca, line) = authority(folder.path(), "ca");
    let listed = format!("authorities = [\"cert-authority {} our-club\"]", line.trim());
    let hob = Hob::start_with("authorities = []", &listed);
    for (user, name) in [("zoe", "zoe"), ("join", "yan")] {
        let key = new_key();
        let pass = sign(&hob, &ca, &key, name, &["-n", name, "-V", "+1h", "-z", "21"]);
        let mut ssh: Command = openssh(&hob, &key);
        ssh.env("TERM", "dumb").arg("-o").arg(format!("CertificateFile={}", pass.display()));
        ssh.args(["-tt", &format!("{user}@127.0.0.1")]);
        // Enter takes the handle that is proposed, 1 keeps the key; then the rules, the place's own questions, hello.
        let mut lines = vec!["apply", "", "1"];
        lines.extend(["accept"; 5]);
        lines.extend(["", ".", "send", "Hello.", ".", "send", "q"]);
        let printed = session(&mut ssh, &lines);
        assert!(printed.contains("is a pass"), "{printed}");
        assert!(!printed.contains("What brings you here?"), "{printed}");
        assert!(printed.contains("You are in. Welcome."), "{printed}");
        let (done, said) = whoami(&hob, &key, &pass, name);
        assert!(done && said.contains(name), "{said}");
    }
}

/// D10: a certificate that is listed as revoked opens nothing after SIGHUP, and what it opened ends; a file that cannot be
/// used changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn d10_a_serial_that_is_revoked_while_hob_runs_ends_what_it_opened() {
    let folder = tempfile::tempdir().unwrap();
    let (ca, line) = authority(folder.path(), "ca");
    let listed = format!("authorities = [\"cert-authority {} our-club\"]", line.trim());
    let hob = Hob::start_with("authorities = []", &listed);
    hob.add_member("ana", "member");
    let (key, other) = (new_key(), new_key());
    let lost = sign(&hob, &ca, &key, "lost", &["-n", "ana", "-V", "+1h", "-z", "21"]);
    let kept = sign(&hob, &ca, &other, "kept", &["-n", "ana", "-V", "+1h", "-z", "22"]);
    let mut ssh: Command = openssh(&hob, &key);
    ssh.env("TERM", "dumb").arg("-o").arg(format!("CertificateFile={}", lost.display()));
    ssh.args(["-tt", "ana@127.0.0.1"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = ssh.spawn().unwrap();
    // Kept open: the end must not come from this side.
    let _stdin = running.stdin.take();
    hob.logs("by=\"certificate\"");

    let path = hob.data().join("hob.toml");
    let made = std::fs::read_to_string(&path).unwrap();
    let with =
        |serials: &str| made.replace("revoked_serials = []", &format!("revoked_serials = [{serials}]"));
    std::fs::write(&path, with("twenty-one")).unwrap();
    hob.signal("HUP");
    hob.logs("hob.toml was not taken up, and everything stays as it was");
    let (done, said) = whoami(&hob, &key, &lost, "ana");
    assert!(done && said.contains("ana"), "{said}");

    std::fs::write(&path, with("21")).unwrap();
    hob.signal("HUP");
    hob.logs("hob.toml was read anew and holds");
    let output = running.wait_with_output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains("made anew"), "{printed}");
    let (_, said) = whoami(&hob, &key, &lost, "ana");
    assert!(said.contains("Permission denied"), "{said}");
    let (done, said) = whoami(&hob, &other, &kept, "ana");
    assert!(done && said.contains("ana"), "{said}");
}
