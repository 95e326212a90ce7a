//! X1: commands over SSH, as scripts use them.

use std::process::Stdio;

use serde_json::Value;

use crate::person::{Connection, Proof};
use crate::programs::openssh;
use crate::server::{Hob, both, run};

/// The objects of a command's JSON, one a line.
fn objects(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn x1_every_command_that_help_names_explains_itself() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let ask = async |line: String| {
        let connection = Connection::login(&hob, "ana", Proof::Key(&key)).await.unwrap();
        connection.command(&line, "").await
    };
    let listed = objects(&ask("help --json".to_owned()).await.stdout);
    assert!(listed.len() >= 5, "{listed:?}");
    for command in listed {
        let name = command["command"].as_str().unwrap();
        let explained = ask(format!("help {name}")).await;
        assert_eq!(explained.status, Some(0), "help {name}: {explained:?}");
        assert!(explained.stdout.contains(name), "help {name}: {explained:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x1_json_is_one_versioned_object_a_line() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    for line in ["whoami --json", "boards --json", "members --json"] {
        let connection = Connection::login(&hob, "ana", Proof::Key(&key)).await.unwrap();
        let output = connection.command(line, "").await;
        assert_eq!((output.status, output.stderr.as_str()), (Some(0), ""), "{line}: {output:?}");
        let objects = objects(&output.stdout);
        assert!(
            !objects.is_empty() && objects.iter().all(|object| object["v"].is_u64()),
            "{line}: {output:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x1_a_mistake_is_told_on_standard_error_with_a_status() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let connection = Connection::login(&hob, "ana", Proof::Key(&key)).await.unwrap();
    let output = connection.command("bords", "").await;
    assert!(output.status.is_some_and(|status| status != 0), "{output:?}");
    assert_eq!(output.stdout, "", "nothing that a pipe would take for an answer");
    assert!(output.stderr.contains("bords") && output.stderr.contains("help"), "{output:?}");
}

/// The status, the streams and a closed pipe arrive through the real `ssh` too.
#[test]
fn x1_openssh_carries_status_streams_and_pipes() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let failed = run(openssh(&hob, &key).args(["ana@127.0.0.1", "bords"]), b"");
    assert!(
        !failed.status.success() && failed.stdout.is_empty() && !failed.stderr.is_empty(),
        "{}",
        both(&failed)
    );
    assert_ne!(failed.status.code(), Some(255), "255 would be ssh's own failure: {}", both(&failed));

    let mut ssh = openssh(&hob, &key).args(["ana@127.0.0.1", "help"]).stdout(Stdio::piped()).spawn().unwrap();
    let stdout = ssh.stdout.take().unwrap();
    let head = std::process::Command::new("head").args(["-n", "1"]).stdin(stdout).output().unwrap();
    ssh.wait().unwrap();
    assert_eq!(String::from_utf8_lossy(&head.stdout).lines().count(), 1);
}

/// Reading and writing by pipes, with the real `ssh`: what one posts the other reads.
#[test]
fn x1_a_file_is_posted_answered_and_read_through_pipes() {
    let hob = Hob::start();
    let (ana, ben) = (hob.add_member("ana", "member"), hob.add_member("ben", "member"));
    let say = |who: &str, key, line: &str, input: &str| {
        let host = format!("{who}@127.0.0.1");
        let output = run(openssh(&hob, key).args([host.as_str(), line]), input.as_bytes());
        assert!(output.status.success(), "{line}: {}", both(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let posted =
        say("ana", &ana, "post general -t 'Tea at four' --json", "Who brings **scones**?\n\nI do.\n");
    let post = objects(&posted)[0]["post"].as_str().unwrap().to_owned();
    let unread = objects(&say("ben", &ben, "unread --json", ""));
    assert_eq!(unread.iter().filter(|thread| thread["post"] == post.as_str()).count(), 1, "{unread:?}");
    say("ben", &ben, &format!("reply {post}"), "Me too.");
    let thread: i64 = post.split('.').next().unwrap().parse().unwrap();
    let read = objects(&say("ana", &ana, &format!("read {thread} --json --mark"), ""));
    let bodies: Vec<&str> = read.iter().map(|post| post["body"].as_str().unwrap()).collect();
    assert_eq!(bodies, ["Who brings **scones**?\n\nI do.", "Me too."]);
    let left = objects(&say("ana", &ana, "unread --json", ""));
    assert!(left.iter().all(|unread| unread["thread"] != thread), "{left:?}");
    let refused = run(openssh(&hob, &ana).args(["ana@127.0.0.1", "queue"]), b"");
    assert_eq!((refused.status.code(), refused.stdout.as_slice()), (Some(1), &b""[..]), "{}", both(&refused));
}
