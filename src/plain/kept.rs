//! Posts that one keeps, and tags.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::{ago, count, list};
use crate::domain::ids::TagId;
use crate::domain::moderation::Thing;
use crate::service::reading::{KeepPost, ListBookmarks};
use crate::service::tags::{JoinTag, ListTagged, ListTags, ReadTag, ShowTag, TaggedSummary};

static KEPT: Menu = Menu {
    name: "kept",
    entries: &[entry(Act::Drop, "drop", "", "NUMBER", "keep a post no longer")],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

static TAGS: Menu = Menu {
    name: "tags",
    entries: &[
        entry(Act::Accept, "join", "j", "NAME", "be in a tag"),
        entry(Act::Leave, "unjoin", "", "NAME", "be in it no longer"),
        entry(Act::ShowSelf, "show", "", "NAME", "let it stand by your handle; without a name, none"),
    ],
    main: 2,
    enter: Some(Act::Next),
    numbered: false,
};

static TAGGED: Menu = Menu {
    name: "tag",
    entries: &[
        entry(Act::More, "more", "m", "", "older threads"),
        entry(Act::Accept, "join", "j", "", "join this tag"),
        entry(Act::Leave, "unjoin", "", "", "be in it no longer"),
        entry(Act::ShowSelf, "show", "", "", "let it stand by your handle"),
        entry(Act::Report, "report", "", "", "report the tag to the staff"),
        entry(Act::Moderate, "moderate", "", "", "for staff: what can be done about it"),
    ],
    main: usize::MAX,
    enter: Some(Act::More),
    numbered: false,
};

impl Talk {
    /// The reading list.
    pub(super) async fn kept(&mut self) -> Talked<()> {
        let kept = self.call(ListBookmarks).await?;
        if kept.is_empty() {
            self.say("You keep no post yet: keep, at a post, puts it here.").await?;
            return Err(Turn::Return);
        }
        self.say(&format!(
            "{} kept. Type a number.",
            count(i64::try_from(kept.len()).unwrap_or(i64::MAX), "post")
        ))
        .await?;
        let now = self.now();
        for (post, number) in kept.iter().zip(1..) {
            let (author, title, when) = (&post.author, &post.title, ago(now, post.created_at));
            self.say(&format!("{number} {author} in {title}, {}, {when}: {}", post.board, post.excerpt))
                .await?;
        }
        let names: Vec<String> = kept.iter().map(|post| post.title.clone()).collect();
        loop {
            let said = self.command("kept", &KEPT).await?;
            let done = match &said {
                Said::Act(_, rest) => match self.picked(&Said::from_rest(rest), &names).await? {
                    Some(index) => {
                        let (thread, no) = (kept[index].thread_id, kept[index].no);
                        self.call(KeepPost { thread, no, keep: false }).await?;
                        self.say("No longer kept.").await
                    }
                    None => Ok(()),
                },
                said => match self.picked(said, &names).await? {
                    Some(index) => Err(Turn::Open(Place::post(kept[index].thread_id, kept[index].no))),
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    pub(super) async fn tags(&mut self) -> Talked<()> {
        let tags = self.call(ListTags).await?;
        match tags.is_empty() {
            true => self.say("No tags yet: tag, in a thread, makes one.").await?,
            false => self.say("The tags. Type a number or a name.").await?,
        }
        for (tag, number) in tags.iter().zip(1..) {
            let mut line = format!("{number} {}, {}", tag.name, count(tag.threads, "thread"));
            if tag.unread_posts > 0 {
                line.push_str(&format!(", {} unread", tag.unread_posts));
            }
            self.say(&line).await?;
        }
        let names: Vec<String> = tags.iter().map(|tag| tag.name.clone()).collect();
        loop {
            let said = self.command("tags", &TAGS).await?;
            if let Said::Act(act, rest) = &said {
                let done = match (act, rest.trim_start_matches('#')) {
                    (Act::ShowSelf, "") => self.show_tag(None).await,
                    (_, "") => self.say("Which tag? Write its name after the word.").await,
                    (act, name) => match self.picked(&Said::from_rest(name), &names).await? {
                        Some(index) => self.tag_act(*act, tags[index].id).await,
                        None => Ok(()),
                    },
                };
                self.recover(done).await?;
                continue;
            }
            if let Some(index) = self.picked(&said, &names).await? {
                return Err(Turn::Open(Place::Tag(tags[index].id)));
            }
        }
    }

    pub(super) async fn tag(&mut self, tag: TagId) -> Talked<()> {
        let mut page = self.call(ListTagged { tag, after: None }).await?;
        let threads = count(page.count, "thread");
        self.say(&format!("Tag {}, {threads}. n reads on among them.", page.name)).await?;
        self.say_tag_people(tag).await?;
        let mut all: Vec<TaggedSummary> = Vec::new();
        self.say_tagged(&mut all, std::mem::take(&mut page.threads)).await?;
        loop {
            let said = self.command("tag", &TAGGED).await?;
            let names: Vec<String> = all.iter().map(|row| row.thread.title.clone()).collect();
            match (&said, page.next) {
                (Said::Act(act @ (Act::Accept | Act::Leave | Act::ShowSelf), _), _) => {
                    let done = self.tag_act(*act, tag).await;
                    self.recover(done).await?;
                }
                (Said::Act(Act::Report, _), _) => {
                    return Err(Turn::Open(Place::Report(Thing::Tag(tag))));
                }
                (Said::Act(Act::Moderate, _), _) => {
                    return Err(Turn::Open(Place::Moderate(Thing::Tag(tag))));
                }
                (Said::Act(..), Some(after)) => {
                    page = self.call(ListTagged { tag, after: Some(after) }).await?;
                    self.say_tagged(&mut all, std::mem::take(&mut page.threads)).await?;
                }
                (Said::Act(..), None) => self.say("These are all threads with this tag.").await?,
                (said, _) => {
                    if let Some(index) = self.picked(said, &names).await? {
                        return Err(Turn::Open(Place::thread(all[index].thread.id)));
                    }
                }
            }
        }
    }

    /// Joins a tag, leaves it, or lets it stand by one's handle.
    async fn tag_act(&mut self, act: Act, tag: TagId) -> Talked<()> {
        if act == Act::ShowSelf {
            return self.show_tag(Some(tag)).await;
        }
        let join = act == Act::Accept;
        self.call(JoinTag { tag, join }).await?;
        self.say(if join { "You are in it now." } else { "You have left it." }).await
    }

    async fn show_tag(&mut self, tag: Option<TagId>) -> Talked<()> {
        self.call(ShowTag { tag }).await?;
        let none = "No tag stands by your handle now.";
        self.say(if tag.is_some() { "It stands by your handle now." } else { none }).await
    }

    async fn say_tag_people(&mut self, tag: TagId) -> Talked<()> {
        let page = self.call(ReadTag { tag }).await?;
        if !page.description.is_empty() {
            self.say(&page.description).await?;
        }
        if let Some((_, champion)) = &page.champion {
            self.say(&format!("Its champion is {champion}.")).await?;
        }
        let people: Vec<String> = page.people.into_iter().map(|(_, handle, _)| handle).collect();
        match people.is_empty() {
            true => self.say("Nobody has joined it yet: join does.").await,
            false => self.say(&format!("In it: {}.", list(&people))).await,
        }
    }

    async fn say_tagged(&mut self, all: &mut Vec<TaggedSummary>, rows: Vec<TaggedSummary>) -> Talked<()> {
        let now = self.now();
        for row in rows {
            let number = all.len() + 1;
            let unread =
                if row.thread.unread > 0 { format!(", {} unread", row.thread.unread) } else { String::new() };
            let (title, when) = (&row.thread.title, ago(now, row.thread.last_at));
            self.say(&format!(
                "{number} {title}, in {}{unread}, last by {} {when}.",
                row.board, row.thread.last_author
            ))
            .await?;
            all.push(row);
        }
        Ok(())
    }
}
