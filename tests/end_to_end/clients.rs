//! D1: any SSH client gets in.

use crate::programs::{dbclient, openssh, plink, python};
use crate::server::{Hob, both, run};

/// `whoami` names the handle.
#[test]
fn d1_openssh_dropbear_and_putty_log_in_with_a_key() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    for mut program in [openssh(&hob, &key), dbclient(&hob, &key), plink(&hob, &key)] {
        let output = run(program.args(["ana@127.0.0.1", "whoami"]), b"");
        assert!(output.status.success(), "{program:?}: {}", both(&output));
        assert!(
            String::from_utf8(output.stdout.clone()).unwrap().contains("ana"),
            "{program:?}: {}",
            both(&output)
        );
    }
}

const PARAMIKO: &str = r#"
import sys, paramiko
port, user, key = sys.argv[1:]
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect("127.0.0.1", int(port), user, key_filename=key, allow_agent=False, look_for_keys=False, timeout=8)
_, out, _ = client.exec_command("whoami")
print(out.read().decode(), out.channel.recv_exit_status())
client.close()
"#;

const ASYNCSSH: &str = r#"
import sys, asyncio, asyncssh
port, user, key = sys.argv[1:]
async def main():
    async with asyncssh.connect("127.0.0.1", int(port), username=user, client_keys=[key], known_hosts=None, config=None) as line:
        done = await line.run("whoami")
        print(done.stdout, done.exit_status)
asyncio.run(main())
"#;

#[test]
fn d1_paramiko_and_asyncssh_log_in_with_a_key() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    for (library, script) in [("paramiko", PARAMIKO), ("asyncssh", ASYNCSSH)] {
        let Some(output) = python(&hob, library, script, "ana", &key) else { continue };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.contains("ana"), "{library}: {}", both(&output));
        assert!(text.trim().ends_with('0'), "{library}: {}", both(&output));
    }
}
