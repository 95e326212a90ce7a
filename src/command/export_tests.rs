//! W6: the archive over the line.

#![allow(clippy::unwrap_used)]

use super::tests::{Streams, say};
use super::{DONE, USAGE, run};
use crate::service::mine::ExportMine;
use crate::service::testing::Place;
use crate::service::{Caller, Service};
use std::io;
use std::sync::Arc;

#[tokio::test]
async fn w6_export_gives_the_archive_byte_for_byte() {
    let place = Place::new().await;
    let ann = place.regular("ann").await;
    let (status, streams) = say(&place, &ann, "export").await;
    assert_eq!(status, DONE, "{}", streams.err);
    let archive = place.call(&ann, ExportMine::default()).await.unwrap();
    assert!(streams.out.as_bytes() == archive.tar, "the archive was changed on its way");
    assert!(streams.err.contains("hob-ann"), "{}", streams.err);
    let (status, streams) = say(&place, &Caller::GUEST, "export").await;
    assert!(status != DONE && streams.out.is_empty(), "a guest gets nothing");
}

/// Streams of somebody who forgot to send the archive into a file, and has a terminal.
struct Terminal(Streams);

impl super::CommandIo for Terminal {
    async fn read_input(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        self.0.read_input(limit).await
    }
    async fn out(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.0.out(bytes).await
    }
    async fn err(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.0.err(bytes).await
    }
    fn is_terminal(&self) -> bool {
        true
    }
}

#[tokio::test]
async fn w6_an_archive_is_not_poured_over_a_terminal() {
    let place = Place::new().await;
    let ann = place.regular("ann").await;
    let service: &Arc<Service> = &place.service;
    let mut io = Terminal(Streams::default());
    assert_eq!(run(service, ann, "export", &mut io).await, USAGE);
    assert!(io.0.out.is_empty() && io.0.err.contains("send it into a file"), "{}", io.0.err);
}
