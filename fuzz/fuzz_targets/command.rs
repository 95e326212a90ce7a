//! The command parser, and all commands behind it: any line from a member with any standard input, against a community
//! of its own. Nothing that comes out is an order to a terminal, no line is a fault.
#![no_main]

use std::io;
use std::sync::{Arc, OnceLock};

use hob::command::{CommandIo, run};
use hob::domain::member::Role;
use hob::domain::time::Timestamp;
use hob::service::accounts::{AddMember, Proof, SetUp};
use hob::service::passwords::{Cost, NewPassword};
use hob::service::{Caller, Clock, Service, Settings, Who};
use hob::store::Store;
use hob_fuzz::{assert_harmless, two_texts};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

struct Place {
    runtime: Runtime,
    service: Arc<Service>,
    callers: [Caller; 2],
    _folder: tempfile::TempDir,
}

/// Made once: a sysop and a member.
fn place() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let made = runtime.block_on(async {
            let store = Store::open(&folder.path().join("hob.db")).await.expect("a database");
            let settings =
                Settings { passwords: Cost { memory_kib: 64, passes: 1 }, ..Settings::default() };
            let service = Service::new(store, Clock::fixed(Timestamp(1_795_348_800)), settings);
            service.call(&Caller::host(), SetUp).await.expect("set up");
            let mut callers = Vec::new();
            for (handle, role) in [("ana", Role::Sysop), ("ben", Role::Member)] {
                let proof = Proof::Password(NewPassword::parse("an open fire").expect("a password"));
                let add = AddMember { handle: handle.to_owned(), role, proof };
                let added = service.call(&Caller::host(), add).await.expect("a member");
                let who = Who::Member(added.member);
                callers.push(Caller { who, ..Caller::GUEST });
            }
            (service, callers.try_into().expect("two"))
        });
        Place { runtime, service: made.0, callers: made.1, _folder: folder }
    })
}

struct Streams {
    input: Vec<u8>,
    written: Vec<u8>,
}

impl CommandIo for Streams {
    async fn read_input(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        Ok(Some(std::mem::take(&mut self.input)).filter(|input| input.len() <= limit))
    }

    async fn out(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.written.extend(bytes);
        Ok(())
    }

    async fn err(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.written.extend(bytes);
        Ok(())
    }
}

fuzz_target!(|bytes: &[u8]| {
    let place = place();
    let (line, input) = two_texts(bytes);
    // An archive of everything costs more than all other commands.
    if line.contains("export") {
        return;
    }
    let caller = &place.callers[usize::from(bytes.len() % 2 == 0)];
    let mut io = Streams { input: input.into_bytes(), written: Vec::new() };
    place.runtime.block_on(run(&place.service, caller.clone(), &line, &mut io));
    // Quotes spell it otherwise, too: what comes then is a tar file and no text (POSIX.1 pax, ustar header: magic at 257).
    if io.written.get(257..262) == Some(b"ustar") {
        return;
    }
    assert_harmless(&String::from_utf8(io.written).expect("commands write UTF-8"));
});
