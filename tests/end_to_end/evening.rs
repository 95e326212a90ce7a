//! A full evening (issue 3): people read, write, answer, thank, edit, talk and moderate at once, each in a session of
//! their own; then everybody reads to the end. Nobody misses a word, nothing is shown as unread twice, the counts agree
//! and no screen is stale.

use std::collections::BTreeSet;

use russh::keys::PrivateKey;
use serde_json::Value;

use crate::person::{Connection, Person, Proof};
use crate::server::Hob;

/// Who may come. The first is the moderator.
const HANDLES: [&str; 30] = [
    "moss", "ann", "bea", "cid", "dot", "eve", "fin", "gus", "hana", "ida", "jon", "kit", "lea", "max",
    "ned", "oda", "pia", "quin", "ray", "sue", "tom", "una", "val", "wyn", "xan", "yan", "zoe", "abe", "bob",
    "dov",
];
/// How many come when nobody says otherwise. `HOB_EVENING_PEOPLE=30` is the evening as the issue has it.
const PEOPLE: usize = 10;
/// How often each reads on and answers.
const ROUNDS: usize = 3;
/// Every how many-th person starts a thread.
const STARTERS: usize = 3;
/// How often a count is asked for again.
const TRIES: usize = 200;
/// How many are in one conversation at most (PRODUCT.md L3).
const TALKERS: usize = 8;

fn people() -> usize {
    let asked = std::env::var("HOB_EVENING_PEOPLE").ok();
    asked.map_or(PEOPLE, |asked| asked.parse().expect("a number")).min(HANDLES.len())
}

/// A word that is found again wherever it is shown.
fn word(who: &str, what: &str) -> String {
    format!("%{who}:{what}%")
}

/// Somebody at the evening.
struct Guest {
    name: &'static str,
    key: PrivateKey,
    person: Person,
    /// The words they posted, for all to read.
    posted: Vec<String>,
}

fn is_thread(screen: &str) -> bool {
    screen.lines().last().is_some_and(|footer| footer.contains("r reply"))
}

/// Whether a conversation is read, not written in.
fn is_conversation(screen: &str) -> bool {
    screen.lines().last().is_some_and(|footer| footer.contains("r write"))
}

/// Whether a post is read, not written, and everything is there.
fn shows_posted(screen: &str, word: &str) -> bool {
    is_thread(screen) && screen.contains(word)
}

impl Guest {
    async fn enter(hob: &Hob, name: &'static str, key: PrivateKey) -> Self {
        let mut person = Person::enter(hob, name, Proof::Key(&key)).await;
        person.collects_words();
        person.sees("home").await;
        Self { name, key, person, posted: Vec::new() }
    }

    async fn open_general(&mut self) {
        self.person.keys(":").await;
        self.person.sees("find:").await;
        self.person.types("general\n").await;
        self.person.wait_until("the board", |screen| first_row(screen).contains("· General")).await;
    }

    async fn start_thread(&mut self) {
        let said = word(self.name, "opens");
        self.open_general().await;
        self.person.keys("n").await;
        self.person.sees("Title:").await;
        self.person.types(&format!("Topic of {}\n", self.name)).await;
        self.person.types(&format!("What do you think of it? {said}")).await;
        self.person.sees(&said).await;
        self.person.keys("C-s").await;
        self.person.wait_until("the new thread", |screen| shows_posted(screen, &said)).await;
        self.posted.push(said);
    }

    /// One key further; true when a thread is open then.
    async fn reads_on(&mut self) -> bool {
        self.person.keys("g h").await;
        self.person.wait_until("home", |screen| first_row(screen).contains("home")).await;
        self.person.keys("Space").await;
        let settled = |screen: &str| is_thread(screen) || screen.contains("You are caught up.");
        self.person.wait_until("a thread, or the end", settled).await;
        is_thread(&self.person.screen())
    }

    /// Answers what is on the screen.
    async fn answers(&mut self, what: &str) {
        let said = word(self.name, what);
        self.person.keys("r").await;
        self.person.sees("^S send").await;
        self.person.types(&format!("I think so too. {said}")).await;
        self.person.sees(&said).await;
        self.person.keys("C-s").await;
        self.person.wait_until("the answer in its thread", |screen| shows_posted(screen, &said)).await;
        self.posted.push(said);
    }

    /// Goes to the newest thread of the board.
    async fn opens_newest(&mut self) {
        self.open_general().await;
        self.person.sees("Topic of").await;
        self.person.keys("Enter").await;
        self.person.wait_until("the newest thread", is_thread).await;
    }

    /// Thanks for what is chosen; that it is one's own post is said as well.
    async fn thanks(&mut self) {
        self.person.keys("t").await;
        let said = |screen: &str| screen.contains("hank") || screen.contains("your own");
        self.person.wait_until("a word on thanks", said).await;
    }

    /// Adds a word to the own post, if one is chosen.
    async fn edits(&mut self) {
        let own = format!(" {} ·", self.name);
        if !self.person.screen().lines().any(|row| row.starts_with('▸') && row.contains(&own)) {
            return;
        }
        self.person.keys("e").await;
        self.person.sees("^S send").await;
        self.person.types(" More or less.").await;
        self.person.sees("More or less.").await;
        self.person.keys("C-s").await;
        self.person.sees("Changed").await;
    }

    async fn says(&mut self, what: &str) {
        let said = word(self.name, what);
        self.opens_hall().await;
        self.person.types(&format!("{said}\n")).await;
        let own = |screen: &str| screen.lines().any(|row| row.contains(&said) && row.contains(self.name));
        self.person.wait_until("the own line", own).await;
        self.person.keys("Esc").await;
        self.person.wait_until("the room left", |screen| !first_row(screen).contains("hall")).await;
    }

    async fn opens_hall(&mut self) {
        self.person.keys("g r").await;
        self.person.sees("hall").await;
        self.person.keys("Enter").await;
        self.person.wait_until("the hall", |screen| first_row(screen).contains("hall")).await;
        self.person.wait_until("its field", |screen| screen.contains("Enter say")).await;
    }

    /// What one does all evening.
    async fn spend(mut self, starts: bool) -> Self {
        if starts {
            self.start_thread().await;
        }
        for round in 0..ROUNDS {
            if !self.reads_on().await {
                self.opens_newest().await;
            }
            if round == 1 {
                self.thanks().await;
            }
            self.answers(&format!("answers{round}")).await;
            if round == 2 {
                self.edits().await;
            }
            self.says(&format!("says{round}")).await;
        }
        self
    }

    /// Says a word in the conversation that is open.
    async fn writes_message(&mut self) -> String {
        let said = word(self.name, "message");
        self.person.keys("r").await;
        self.person.sees("^S send").await;
        self.person.types(&said).await;
        self.person.sees(&said).await;
        self.person.keys("C-s").await;
        let sent = |screen: &str| is_conversation(screen) && screen.contains(&said);
        self.person.wait_until("the message in its conversation", sent).await;
        said
    }

    /// Meets a message in the open conversation: without a key, or, where there is no room left on the screen, by the
    /// one key that reads on.
    async fn hears(&mut self, said: &str) {
        let met = |screen: &str| screen.contains(said) || screen.contains("new below");
        self.person.wait_until("the message, or that it stands below", met).await;
        if !self.person.screen().contains(said) {
            self.person.keys("Space").await;
            self.person.sees(said).await;
        }
    }

    /// Meets a line in the open room: without a key, or further down where more is new than the screen has room for.
    async fn hears_line(&mut self, said: &str) {
        let met = |screen: &str| screen.contains(said) || screen.contains("new below");
        self.person.wait_until("the line, or that it stands below", met).await;
        while !self.person.screen().contains(said) {
            let before = self.person.screen();
            self.person.keys("PgDn").await;
            self.person.wait_until("the lines below", |screen| page(screen) != page(&before)).await;
        }
    }

    /// What a command prints, line by line as JSON.
    async fn asks(&self, hob: &Hob, line: &str) -> Vec<Value> {
        let connection = Connection::login(hob, self.name, Proof::Key(&self.key)).await.unwrap();
        let output = connection.command(line, "").await;
        assert_eq!(output.status, Some(0), "{line}: {output:?}");
        output.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits until a list counts nothing as unread: a mark may still be on its way.
    async fn has_nothing_new(&self, hob: &Hob, list: &str) {
        let mut rows = Vec::new();
        for _ in 0..TRIES {
            rows = self.asks(hob, list).await;
            if rows.iter().all(|row| row["unread"] == 0) {
                return;
            }
        }
        panic!("{} has seen all that was said, but {list} says {rows:?}", self.name);
    }

    /// How much is unread: by threads, which must be what the boards say and what home says without a further key.
    async fn counts(&mut self, hob: &Hob) -> u64 {
        let sum = |lines: &[Value], field: &str| -> u64 {
            lines.iter().map(|line| line[field].as_u64().unwrap()).sum()
        };
        let by_threads = sum(&self.asks(hob, "unread --json").await, "unread");
        let by_boards = sum(&self.asks(hob, "boards --json").await, "unread_posts");
        assert_eq!(by_threads, by_boards, "{}: threads and boards count otherwise", self.name);
        self.person.keys("g h").await;
        let agrees = |screen: &str| first_row(screen).contains("home") && on_home(screen) == by_threads;
        self.person.wait_until(&format!("{by_threads} unread posts on home"), agrees).await;
        by_threads
    }

    /// Reads everything with Space alone; says how many keys it took.
    async fn reads_to_the_end(&mut self) -> u64 {
        let mut keys = 0;
        while !self.person.screen().contains("You are caught up.") {
            let before = self.person.screen();
            self.person.keys("Space").await;
            // What is counted at the edges may change before the page does.
            let turned =
                |screen: &str| page(screen) != page(&before) || screen.contains("You are caught up.");
            self.person.wait_until("the next screen after Space", turned).await;
            keys += 1;
        }
        keys
    }
}

/// What a screen shows between its header and the two rows at its bottom.
fn page(screen: &str) -> Vec<&str> {
    let rows: Vec<&str> = screen.lines().skip(1).collect();
    rows[..rows.len().saturating_sub(2)].to_vec()
}

fn first_row(screen: &str) -> &str {
    screen.lines().next().unwrap_or_default()
}

/// The number before "unread post" on home; none where it says nothing of them.
fn on_home(screen: &str) -> u64 {
    let count = |row: &str| row.split_once(" unread post")?.0.split_whitespace().last()?.parse().ok();
    screen.lines().find_map(count).unwrap_or_default()
}

/// Somebody reports a line of the evening's first thread, the moderator takes it away, and all who have it open see that.
async fn moderate(guests: &mut [Guest]) {
    let rude = word(guests[1].name, "rude");
    guests[1].opens_newest().await;
    guests[1].answers("rude").await;
    guests[1].posted.pop();
    guests[2].opens_newest().await;
    guests[2].person.keys(">").await;
    guests[2].person.sees(&rude).await;
    guests[2].person.keys("!").await;
    guests[2].person.sees("Which rule").await;
    guests[2].person.keys("2").await;
    guests[2].person.types("Rude.\n").await;
    guests[2].person.sees("Reported.").await;
    let moderator = &mut guests[0].person;
    moderator.keys("g q").await;
    moderator.sees(&format!("by {}", HANDLES[1])).await;
    moderator.keys("Enter").await;
    moderator.sees(&rude).await;
    moderator.keys("x").await;
    moderator.types("Not here.\n").await;
    moderator.sees("will read").await;
    moderator.keys("Enter").await;
    moderator.sees(&format!("decided by {}", HANDLES[0])).await;
    guests[2].person.no_longer_sees(&rude).await;
}

/// The moderator and up to seven others talk in a conversation: each sees what each says in the open screen, without a
/// key; nothing is unread then, and nobody else finds anything of it.
async fn converse(guests: &mut [Guest], hob: &Hob) {
    let (talkers, others) = guests.split_at_mut(guests.len().min(TALKERS));
    let with: Vec<&str> = talkers.iter().skip(1).map(|guest| guest.name).collect();
    let opens = word(talkers[0].name, "private");
    let connection = Connection::login(hob, talkers[0].name, Proof::Key(&talkers[0].key)).await.unwrap();
    let sent = connection.command(&format!("message {}", with.join(" ")), &opens).await;
    assert_eq!(sent.status, Some(0), "{sent:?}");
    for guest in talkers.iter_mut() {
        guest.person.keys("g c").await;
        guest.person.sees(&opens).await;
        guest.person.keys("Enter").await;
        guest.person.wait_until("the conversation", is_conversation).await;
        guest.person.sees(&opens).await;
    }
    for index in 0..talkers.len() {
        let said = talkers[index].writes_message().await;
        for guest in talkers.iter_mut() {
            guest.hears(&said).await;
        }
    }
    for guest in talkers.iter() {
        guest.has_nothing_new(hob, "messages --json").await;
    }
    for guest in others.iter() {
        assert!(guest.asks(hob, "messages --json").await.is_empty(), "{} is not in it", guest.name);
    }
}

/// Everybody in one room, then at the end of one thread: a last word reaches every screen without a key.
async fn last_words(guests: &mut [Guest]) {
    for guest in guests.iter_mut() {
        guest.opens_hall().await;
    }
    let said = word(guests[0].name, "lastline");
    guests[0].person.types(&format!("{said}\n")).await;
    for guest in guests.iter_mut() {
        guest.hears_line(&said).await;
        guest.person.keys("Esc").await;
        guest.person.wait_until("the room left", |screen| !first_row(screen).contains("hall")).await;
        guest.opens_newest().await;
        guest.person.keys(">").await;
    }
    guests[0].answers("lastpost").await;
    let said = guests[0].posted.last().cloned().unwrap();
    for guest in guests.iter_mut() {
        // Behind a full screen it is announced, and one key away.
        let there = |screen: &str| screen.contains(&said) || screen.contains("new below");
        guest.person.wait_until("the last word, or that there is one", there).await;
        guest.person.keys(">").await;
        guest.person.sees(&said).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evening_of_many_people_loses_no_word_and_shows_no_wrong_count() {
    // Everybody is new here, and an evening is too short for a newcomer's pauses.
    let hob = Hob::start_with("newcomer_pause_s = 30", "newcomer_pause_s = 0");
    let mut tasks = Vec::new();
    for (index, name) in HANDLES.into_iter().take(people()).enumerate() {
        let key = hob.add_member(name, if index == 0 { "moderator" } else { "member" });
        tasks.push((index % STARTERS == 0, Guest::enter(&hob, name, key).await));
    }
    let tasks: Vec<_> = tasks.into_iter().map(|(starts, guest)| tokio::spawn(guest.spend(starts))).collect();
    let mut guests = Vec::new();
    for task in tasks {
        guests.push(task.await.unwrap());
    }
    moderate(&mut guests).await;
    let written: BTreeSet<String> = guests.iter().flat_map(|guest| guest.posted.clone()).collect();
    assert!(written.len() >= people() * ROUNDS);
    for guest in &mut guests {
        let unread = guest.counts(&hob).await;
        let keys = guest.reads_to_the_end().await;
        // Each key showed something that was not read: nothing came twice. The last one says that this was all.
        assert!(keys <= unread + 1, "{}: {keys} keys for {unread} unread posts", guest.name);
        assert_eq!(guest.counts(&hob).await, 0, "{} is caught up", guest.name);
        let shown = guest.person.words();
        let missed: Vec<&String> = written.difference(&shown).collect();
        assert!(missed.is_empty(), "{} never saw {missed:?}", guest.name);
    }
    converse(&mut guests, &hob).await;
    last_words(&mut guests).await;
    for guest in &guests {
        guest.has_nothing_new(&hob, "rooms --json").await;
    }
}
