//! SAFETY.md, Data: what was acknowledged is on disk, whatever ends the server.

use std::panic::AssertUnwindSafe;
use std::sync::Mutex;

use futures_util::FutureExt;
use futures_util::future::join;
use russh::keys::PrivateKey;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::person::{Connection, Proof};
use crate::server::{DEADLINE, Hob};

/// How often the server is killed, unless `HOB_KILLS` says otherwise: a hundred take two minutes.
const KILLS: usize = 5;
/// How many acknowledgements are waited for before each kill.
const ACKNOWLEDGED: usize = 6;

/// Runs one command on a connection of its own.
async fn say(hob: &Hob, user: &str, key: &PrivateKey, line: &str, input: &str) -> (Option<u32>, String) {
    let connection = Connection::login(hob, user, Proof::Key(key)).await.unwrap();
    let output = connection.command(line, input).await;
    (output.status, output.stdout)
}

#[tokio::test(flavor = "multi_thread")]
async fn data_nothing_acknowledged_is_gone_after_kill_9_under_load() {
    let mut hob = Hob::start();
    let keys = [("ana", hob.add_member("ana", "sysop")), ("ben", hob.add_member("ben", "sysop"))];
    let (status, _) = say(&hob, "ana", &keys[0].1, "post general -t Tea", "Who is for tea?\n").await;
    assert_eq!(status, Some(0));
    let acknowledged: Mutex<Vec<String>> = Mutex::default();
    let kills = std::env::var("HOB_KILLS").map_or(KILLS, |text| text.parse().expect("HOB_KILLS is a number"));
    for round in 0..kills {
        write_until_killed(&hob, &keys, round, &acknowledged).await;
        hob.kill();
        hob = hob.again();
        let (status, thread) = say(&hob, "ana", &keys[0].1, "read 1", "").await;
        assert_eq!(status, Some(0));
        for text in acknowledged.lock().unwrap().iter() {
            assert!(
                thread.contains(text),
                "round {round}: {text:?} was acknowledged and is gone from\n{thread}"
            );
        }
    }
    // A backup that is not sound in all its tables, indexes and the audit log is refused.
    let backup = hob.subcommand(&["backup"], "");
    assert!(backup.status.success(), "after {kills} kills: {}", String::from_utf8_lossy(&backup.stderr));
}

/// Everybody writes as fast as they can until the server is killed under them.
async fn write_until_killed(
    hob: &Hob,
    keys: &[(&str, PrivateKey); 2],
    round: usize,
    acknowledged: &Mutex<Vec<String>>,
) {
    let before = acknowledged.lock().unwrap().len();
    let more = &Notify::new();
    // Each writes on until the line breaks: then its client panics, which is how it notices.
    let [ana, ben] = keys.each_ref().map(|(handle, key)| {
        AssertUnwindSafe(async move {
            for number in 0.. {
                let text = format!("{handle} in round {round} says {number}");
                let (status, said) = say(hob, handle, key, "reply 1", &text).await;
                assert_eq!(status, Some(0), "{said}");
                acknowledged.lock().unwrap().push(text);
                more.notify_one();
            }
        })
        .catch_unwind()
    });
    let killing = async {
        while acknowledged.lock().unwrap().len() < before + ACKNOWLEDGED {
            timeout(DEADLINE, more.notified()).await.expect("the server acknowledges posts");
        }
        hob.kill_while_in_use();
    };
    let _ = join(join(ana, ben), killing).await;
}
