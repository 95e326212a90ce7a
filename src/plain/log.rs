//! The mod log that everybody reads, and the audit log of the staff.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use crate::domain::ids::AuditId;
use crate::domain::time::{Zone, absolute};
use crate::service::logs::{LogEntry, LogPage, ReadAuditLog, ReadModLog};

static MENU: Menu = Menu {
    name: "log",
    entries: &[
        entry(Act::More, "more", "m", "", "older entries"),
        entry(Act::Mine, "mine", "", "", "what became of your reports, and what concerned you"),
        entry(Act::Appeal, "appeal", "", "", "appeal against what the staff did to you"),
    ],
    main: usize::MAX,
    enter: Some(Act::More),
    numbered: false,
};

impl Talk {
    pub(super) async fn log(&mut self, audit: bool) -> Talked<()> {
        let mut page = self.log_page(audit, None).await?;
        let mut all: Vec<LogEntry> = Vec::new();
        self.say(if audit { "The audit log, the newest first." } else { "The mod log, the newest first." })
            .await?;
        self.say_entries(&page, &mut all).await?;
        loop {
            let said = self.command(if audit { "audit log" } else { "mod log" }, &MENU).await?;
            let done = match said {
                Said::Act(Act::Mine, _) => self.mine().await,
                Said::Act(Act::Appeal, _) => self.appeal().await,
                Said::Act(..) => match page.next {
                    Some(before) => {
                        page = self.log_page(audit, Some(before)).await?;
                        self.say_entries(&page, &mut all).await
                    }
                    None => self.say("This is the whole log.").await,
                },
                Said::Pick(number) => self.open_entry(all.get(number.wrapping_sub(1)).cloned()).await,
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn log_page(&mut self, audit: bool, before: Option<AuditId>) -> Talked<LogPage> {
        match audit {
            true => self.call(ReadAuditLog { before }).await,
            false => self.call(ReadModLog { before, about_me: false }).await,
        }
    }

    async fn say_entries(&mut self, page: &LogPage, all: &mut Vec<LogEntry>) -> Talked<()> {
        if page.entries.is_empty() {
            return self.say("Nothing had to be done yet.").await;
        }
        let zone = self.zone();
        for entry in &page.entries {
            all.push(entry.clone());
            self.say(&format!("{} {}", all.len(), entry_line(entry, &zone))).await?;
        }
        if page.next.is_some() {
            self.say("There are older entries: m tells more.").await?;
        }
        Ok(())
    }

    async fn open_entry(&mut self, entry: Option<LogEntry>) -> Talked<()> {
        if let Some(thing) = entry.as_ref().and_then(|entry| entry.loose) {
            return Err(Turn::Open(Place::Moderate(thing)));
        }
        match entry.and_then(|entry| entry.place) {
            Some(place) => Err(Turn::Open(match place.post {
                Some(no) => Place::post(place.thread, no),
                None => Place::thread(place.thread),
            })),
            None => self.say("There is no thread to open there.").await,
        }
    }
}

/// When, who did what, under which rule and why.
fn entry_line(entry: &LogEntry, zone: &Zone) -> String {
    let mut line = format!("{}: {}", absolute(entry.at, zone), entry.sentence());
    if let Some(rule) = &entry.rule {
        line.push_str(&format!(", rule {}", rule.no));
        if !rule.title.is_empty() {
            line.push_str(&format!(" {}", rule.title));
        }
    }
    if entry.alone && entry.detail.is_empty() {
        line.push_str(", alone, nobody else was free");
    }
    line.push('.');
    for more in [&entry.reason, &entry.detail].into_iter().filter(|more| !more.is_empty()) {
        line.push_str(&format!(" {more}"));
    }
    line
}
