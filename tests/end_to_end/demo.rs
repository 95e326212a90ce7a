//! `hob demo`: a made-up place to look around in. (`tests/demo.rs` looks at what is in it.)

use std::process::Command;

use crate::person::{Connection, Person, Proof, Terminal};
use crate::server::{Hob, both, run};

const DEMO: Proof<'_> = Proof::Password("demo");

/// The keys after `g`, and the title of the place they lead to.
const PLACES: [(&str, &str); 11] = [
    ("b", "boards"),
    ("m", "members"),
    ("s", "settings"),
    ("d", "drafts"),
    ("i", "invites"),
    ("q", "queue"),
    ("o", "mod log"),
    ("r", "room"),
    ("w", "wall"),
    ("a", "audit log"),
    ("h", "home"),
];

fn small() -> Hob {
    Hob::demo(&["--members", "12", "--boards", "4", "--threads", "20", "--posts", "120", "--seed", "7"])
}

#[tokio::test(flavor = "multi_thread")]
async fn o_everybody_in_a_demo_has_the_password_demo() {
    let hob = small();
    let listed = Connection::login(&hob, "sysop", DEMO).await.unwrap().command("members --json", "").await;
    let handles: Vec<String> = listed
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["handle"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(handles.len() >= 12 && handles.contains(&"moderator".to_owned()), "{handles:?}");
    for handle in handles.iter().take(4).chain([&"moderator".to_owned()]) {
        let connection = Connection::login(&hob, handle, DEMO).await;
        let said =
            connection.unwrap_or_else(|refused| panic!("{handle}: {refused:?}")).command("whoami", "").await;
        assert!(said.stdout.contains(handle.as_str()), "{said:?}");
    }
}

/// Every place that a key leads to opens, at three sizes, and says where one is in the first row.
#[tokio::test(flavor = "multi_thread")]
async fn o_every_place_of_a_demo_opens_at_every_size() {
    let hob = small();
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut sysop = Person::enter_on(&hob, "sysop", DEMO, Terminal::sized(columns, rows)).await;
        sysop.sees("home").await;
        for (key, title) in PLACES {
            sysop.keys(&format!("g {key}")).await;
            let is_there = |screen: &str| screen.lines().next().is_some_and(|row| row.contains(title));
            sysop.wait_until(&format!("{title} at {columns}x{rows}"), is_there).await;
            // In a room keys are words.
            if key == "r" {
                sysop.keys("Esc").await;
                sysop.wait_until("the way out of the room", |screen| !screen.contains("(room)")).await;
            }
        }
        sysop.keys("?").await;
        sysop.sees("· help").await;
        sysop.keys("q").await;
    }
}

#[test]
fn o_a_demo_refuses_to_listen_to_anybody_else() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_hob"));
    let output = run(demo.args(["demo", "--listen", "0.0.0.0:0", "--data"]).arg(&data), b"");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("127.0.0.1"), "{}", both(&output));
    assert!(!data.exists(), "nothing is made for an address that is refused");
}
