//! Writes the planned community into a new file, post by post in the order of time, and everything that follows from the
//! posts: counters, marks, choices.

use std::collections::{BTreeSet, HashMap};

use super::Size;
use super::boards::Board;
use super::cast::{FOUNDERS, Person};
use super::compose::{self, Composer, gist};
use super::dice::Dice;
use super::plan::{Moment, Plan};
use super::scripts::ScriptPost;
use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::markup;
use crate::domain::member::Standing;
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;
use crate::store::bulk::{
    AddressRow, BoardRow, Bulk, MemberRow, PostRow, RevisionRow, ThreadChoiceRow, ThreadRow,
};

/// Rows collected before they are written: enough that hops do not count, little enough to stay out of memory's way.
const BATCH: usize = 4_096;
/// Posts that a thread remembers in order to quote them.
const REMEMBERED: usize = 3;
/// In a hundred made-up posts: changed afterwards, taken back.
const EDITED: usize = 3;
const DELETED: usize = 1;

/// A thread while it is being written.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// The last number given.
    pub no: i64,
    /// The last post.
    pub last: i64,
    /// Who wrote it.
    last_author: usize,
    /// When, in seconds before now.
    pub last_age: i64,
    /// When it began.
    first_age: i64,
    /// Who began it.
    pub opener: usize,
    /// The last posts: number, author, a line to quote.
    recent: Vec<(i64, usize, Option<String>)>,
}

/// A post that a script names.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    /// Its name.
    pub name: &'static str,
    /// Its thread.
    pub thread: ThreadId,
    /// The post.
    pub post: PostId,
}

/// Writes.
pub struct Filler<'a> {
    now: Timestamp,
    seed: u64,
    plan: &'a Plan,
    boards: &'a [Board],
    /// The people; when they were last here moves when they have to write later.
    pub people: Vec<Person>,
    composer: Composer,
    dice: Dice,
    by_handle: HashMap<String, usize>,
    /// For choosing an author by weight: the sum of the weights up to each person.
    weights: Vec<usize>,
    /// The threads as they stand.
    pub live: Vec<Live>,
    /// Who follows which thread, by index.
    pub followed: BTreeSet<(usize, usize)>,
    /// What scripts name.
    pub labels: Vec<Label>,
    posts: Vec<PostRow>,
    addresses: Vec<AddressRow>,
    revisions: Vec<RevisionRow>,
}

/// A row's id from an index.
pub fn id_of(index: usize) -> i64 {
    i64::try_from(index + 1).unwrap_or(i64::MAX)
}

impl<'a> Filler<'a> {
    /// Ready to write.
    pub fn new(
        size: &Size,
        now: Timestamp,
        plan: &'a Plan,
        boards: &'a [Board],
        people: Vec<Person>,
        composer: Composer,
    ) -> Self {
        let by_handle =
            people.iter().enumerate().map(|(index, person)| (person.handle.fold(), index)).collect();
        let mut sum = 0;
        let weights = people
            .iter()
            .map(|person| {
                sum += person.weight;
                sum
            })
            .collect();
        Self {
            now,
            seed: size.seed,
            plan,
            boards,
            people,
            composer,
            dice: Dice::new(size.seed, 5),
            by_handle,
            weights,
            live: vec![Live::default(); plan.threads.len()],
            followed: BTreeSet::new(),
            labels: Vec::new(),
            posts: Vec::new(),
            addresses: Vec::new(),
            revisions: Vec::new(),
        }
    }

    /// Writes the boards.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn write_boards(&mut self, bulk: &mut Bulk, created: Timestamp) -> sqlx::Result<()> {
        let rows: Vec<BoardRow> = (0..)
            .zip(self.boards)
            .map(|(index, board)| BoardRow {
                id: BoardId(id_of(index)),
                slug: board.slug.clone(),
                name: board.name.to_owned(),
                purpose: board.purpose.to_owned(),
                category: board.category.to_owned(),
                position: board.position,
                kind: board.kind,
                template: board.kind.template(),
                see: board.see,
                write: board.write,
                host_id: board
                    .host
                    .and_then(|host| self.by_handle.get(host))
                    .map(|host| MemberId(id_of(*host))),
                archived: board.archived,
                created_at: created,
            })
            .collect();
        bulk.insert(&rows).await
    }

    /// Writes all posts, and then the threads with the counters that they have come to.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn write_posts(&mut self, bulk: &mut Bulk) -> sqlx::Result<()> {
        for (index, moment) in self.plan.moments.iter().enumerate() {
            self.post(index, *moment);
            if self.posts.len() >= BATCH {
                self.flush(bulk).await?;
            }
        }
        self.flush(bulk).await?;
        let threads: Vec<ThreadRow> = self.thread_rows();
        bulk.insert(&threads).await
    }

    /// Writes the members, once it is known who wrote last.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn write_members(&self, bulk: &mut Bulk, password_hash: &str) -> sqlx::Result<()> {
        let at = |age: i64| self.now.plus(-age);
        let rows: Vec<MemberRow> = (0..)
            .zip(&self.people)
            .map(|(index, person)| MemberRow {
                id: MemberId(id_of(index)),
                handle: person.handle.to_string(),
                handle_fold: person.handle.fold(),
                handle_skeleton: person.handle.skeleton(),
                standing: Standing::Active,
                level: person.level,
                role: person.role,
                password_hash: password_hash.to_owned(),
                created_at: at(person.joined),
                joined_at: at(person.joined),
                last_seen_at: at(person.last_seen),
                home_seen_at: at(person.last_seen),
                invited_by: person.invited_by.map(|inviter| MemberId(id_of(inviter))),
                pronouns: person.pronouns.clone(),
                zone: person.zone.clone(),
                about: person.about.clone(),
                can_help: person.can_help.clone(),
                looking_for: person.looking_for.clone(),
                plan: person.plan.clone(),
            })
            .collect();
        bulk.insert(&rows).await
    }

    /// Writes who follows what.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn write_followed(&self, bulk: &mut Bulk) -> sqlx::Result<()> {
        let rows: Vec<ThreadChoiceRow> = self
            .followed
            .iter()
            .map(|(person, thread)| ThreadChoiceRow {
                member_id: MemberId(id_of(*person)),
                thread_id: ThreadId(id_of(*thread)),
                choice: if (person + thread).is_multiple_of(23) { "muted" } else { "followed" },
            })
            .collect();
        bulk.insert(&rows).await
    }

    fn thread_rows(&self) -> Vec<ThreadRow> {
        let scripts = &self.plan.scripts;
        let row = |(index, thread): (usize, &super::plan::Thread)| {
            let live = &self.live[index];
            let script = thread.script.map(|script| &scripts[script]);
            ThreadRow {
                id: ThreadId(id_of(index)),
                board_id: BoardId(id_of(thread.board)),
                title: thread.title.clone(),
                author_id: MemberId(id_of(live.opener)),
                created_at: self.now.plus(-live.first_age),
                post_count: live.no,
                last_post_id: PostId(live.last),
                last_author_id: MemberId(id_of(live.last_author)),
                last_at: self.now.plus(-live.last_age),
                pinned: script.is_some_and(|script| script.pinned),
                locked: script.is_some_and(|script| script.locked),
                slow_s: 0,
                solved: script.is_some_and(|script| script.solved_by.is_some()),
                solved_no: script.and_then(|script| script.solved_by).map(PostNo),
            }
        };
        self.plan.threads.iter().enumerate().map(row).collect()
    }

    async fn flush(&mut self, bulk: &mut Bulk) -> sqlx::Result<()> {
        bulk.insert(&self.posts).await?;
        bulk.insert(&self.addresses).await?;
        bulk.insert(&self.revisions).await?;
        self.posts.clear();
        self.addresses.clear();
        self.revisions.clear();
        Ok(())
    }

    /// Writes one post: from its thread's script, or made up.
    fn post(&mut self, index: usize, moment: Moment) {
        let plan = self.plan;
        let thread = &plan.threads[moment.thread];
        let no = self.live[moment.thread].no + 1;
        let scripted =
            thread.script.map(|script| &plan.scripts[script].posts[usize::try_from(no - 1).unwrap_or(0)]);
        let author = match scripted {
            Some(post) => self.somebody_called(post.handle),
            None if no == 1 && thread.opener.is_some() => thread.opener.unwrap_or(0),
            None => self.author(moment, no),
        };
        let person = &mut self.people[author];
        person.last_seen = person.last_seen.min(moment.age - 60).max(0);
        let id = PostId(id_of(index));
        let answers = match scripted {
            Some(post) => post.reply_to.and_then(|no| self.said(moment.thread, no)),
            None if no > 1 => self.answered(moment.thread),
            None => None,
        };
        let mut row = PostRow {
            id,
            thread_id: ThreadId(id_of(moment.thread)),
            no: PostNo(no),
            author_id: MemberId(id_of(author)),
            reply_to_no: answers.as_ref().map(|(no, ..)| PostNo(*no)),
            body: String::new(),
            created_at: self.now.plus(-moment.age),
            edited_at: None,
            state: PostState::Shown,
            deleted_at: None,
        };
        match scripted {
            Some(post) => self.tell(post, moment, &mut row),
            None => self.make_up(moment, author, answers.as_ref(), &mut row),
        }
        if row.state == PostState::Shown {
            self.address(author, answers.as_ref().map(|(_, author, _)| *author), &row);
        }
        self.remember(moment, author, &row);
        self.posts.push(row);
    }

    /// A post from a script.
    fn tell(&mut self, post: &ScriptPost, moment: Moment, row: &mut PostRow) {
        row.body = self.with_names(&post.body);
        if let Some(name) = post.label {
            self.labels.push(Label { name, thread: row.thread_id, post: row.id });
        }
        if post.edited {
            let before = row.body.split("\n\n").next().unwrap_or_default().to_owned();
            self.edited(row, before, moment.age / 20);
        }
        if post.deleted {
            row.state = PostState::Deleted;
            row.deleted_at = Some(row.created_at.plus(moment.age / 20));
        }
    }

    fn make_up(
        &mut self,
        moment: Moment,
        author: usize,
        answers: Option<&(i64, usize, Option<String>)>,
        row: &mut PostRow,
    ) {
        let subject = self.plan.threads[moment.thread].subject;
        let somebody = self.known_there(moment.thread);
        let somebody = self.people[somebody].handle.as_str();
        let situation = compose::Moment {
            subject,
            by_opener: author == self.live[moment.thread].opener,
            answers: answers.map(|(_, author, gist)| (self.people[*author].handle.as_str(), gist.as_deref())),
            somebody,
        };
        if row.no.0 == 1 {
            row.body = self.composer.opener(subject, &self.people[author], somebody);
            return;
        }
        row.body = self.composer.reply(&situation);
        let long_ago = moment.age > 8 * 3_600;
        if long_ago && self.dice.percent(EDITED) {
            let before = row.body.clone();
            row.body.push_str("\n\n");
            row.body.push_str(&self.composer.edit(&situation));
            let after = self.dice.between(1_200, 6 * 3_600);
            self.edited(row, before, after);
        } else if long_ago && self.dice.percent(DELETED) {
            row.state = PostState::Deleted;
            row.deleted_at = Some(row.created_at.plus(self.dice.between(60, 6 * 3_600)));
        }
    }

    fn edited(&mut self, row: &mut PostRow, before: String, after: i64) {
        row.edited_at = Some(row.created_at.plus(after));
        self.revisions.push(RevisionRow { post_id: row.id, body: before, written_at: row.created_at });
    }

    /// Notes what the thread has come to.
    fn remember(&mut self, moment: Moment, author: usize, row: &PostRow) {
        let live = &mut self.live[moment.thread];
        if row.no.0 == 1 {
            live.opener = author;
            live.first_age = moment.age;
        }
        live.no = row.no.0;
        live.last = row.id.0;
        live.last_author = author;
        live.last_age = moment.age;
        if row.state == PostState::Shown {
            // The first post is worth answering for ever; of the others, the latest.
            if live.recent.len() > REMEMBERED {
                live.recent.remove(1);
            }
            live.recent.push((row.no.0, author, gist(&row.body)));
        }
        if self.dice.percent(if row.no.0 == 1 { 35 } else { 2 }) {
            self.followed.insert((author, moment.thread));
        }
    }

    /// Whom a post speaks to: as the use case does it.
    fn address(&mut self, author: usize, answered: Option<usize>, row: &PostRow) {
        let mut told = BTreeSet::from([author]);
        if let Some(answered) = answered.filter(|answered| told.insert(*answered)) {
            self.addresses.push(AddressRow {
                member_id: MemberId(id_of(answered)),
                post_id: row.id,
                kind: "reply",
            });
        }
        if !row.body.contains('@') {
            return;
        }
        for handle in markup::mentions(&row.body) {
            if let Some(member) =
                self.by_handle.get(&handle.to_lowercase()).filter(|member| told.insert(**member))
            {
                let member_id = MemberId(id_of(*member));
                self.addresses.push(AddressRow { member_id, post_id: row.id, kind: "mention" });
            }
        }
    }

    /// What a thread remembers of a post: its number, its author, a line of it.
    fn said(&self, thread: usize, no: i64) -> Option<(i64, usize, Option<String>)> {
        let post = self.live[thread].recent.iter().find(|post| post.0 == no);
        // A script may answer what is further back than a thread remembers.
        post.cloned().or_else(|| {
            let script = &self.plan.scripts[self.plan.threads[thread].script?];
            let post = script.posts.get(usize::try_from(no - 1).ok()?)?;
            Some((no, self.somebody_called(post.handle), None))
        })
    }

    /// A post to answer: mostly the last one, sometimes the first, sometimes none.
    fn answered(&mut self, thread: usize) -> Option<(i64, usize, Option<String>)> {
        let roll = self.dice.below(100);
        let recent = &self.live[thread].recent;
        match roll {
            0..30 => recent.last().cloned(),
            30..42 => recent.first().cloned(),
            42..50 => recent.get(recent.len().saturating_sub(2)).cloned(),
            _ => None,
        }
    }

    /// Somebody who could be named in a thread: who wrote in it, or who has always been here.
    fn known_there(&mut self, thread: usize) -> usize {
        let there = self.dice.below(REMEMBERED + 3);
        let anybody = self.dice.below(FOUNDERS.min(self.people.len()));
        self.live[thread].recent.get(there).map_or(anybody, |post| post.1)
    }

    /// Somebody who was here then and did not write last. Each thread has its own small circle.
    fn author(&mut self, moment: Moment, no: i64) -> usize {
        let last = (no > 1).then_some(self.live[moment.thread].last_author);
        let circle = 3 + moment.thread % 8;
        for attempt in 0..24 {
            let candidate = if attempt < 8 {
                let seat = self.dice.below(circle);
                let mut seats = Dice::new(self.seed ^ (moment.thread as u64) << 8, seat as u64);
                self.by_weight(seats.next())
            } else {
                let any = self.dice.next();
                self.by_weight(any)
            };
            let person = &self.people[candidate];
            if person.joined > moment.age && person.last_seen < moment.age && Some(candidate) != last {
                return candidate;
            }
        }
        let founders = FOUNDERS.min(self.people.len());
        let founder = self.dice.below(founders);
        if Some(founder) == last { (founder + 1) % founders } else { founder }
    }

    fn by_weight(&self, chance: u64) -> usize {
        let sum = self.weights.last().copied().unwrap_or(1) as u64;
        let at = usize::try_from(chance % sum).unwrap_or(0);
        self.weights.partition_point(|upto| *upto <= at)
    }

    /// A named member's index; in a place that is too small for all of them, somebody who stands in.
    fn somebody_called(&self, handle: &str) -> usize {
        let stand_in = || handle.bytes().map(usize::from).sum::<usize>() % self.people.len();
        self.by_handle.get(handle).copied().unwrap_or_else(stand_in)
    }

    /// Replaces the mentions of those who are not here by those who stand in.
    fn with_names(&self, body: &str) -> String {
        let mut out = body.to_owned();
        for handle in markup::mentions(body) {
            if !self.by_handle.contains_key(&handle.to_lowercase()) {
                let stand_in = &self.people[self.somebody_called(&handle)].handle;
                out = out.replace(&format!("@{handle}"), &format!("@{stand_in}"));
            }
        }
        out
    }
}
