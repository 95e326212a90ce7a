//! The conversations that were written by hand, read from `words/scripts_*.txt`; the first of those files says how they
//! are written down.

/// A thread.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The board, by its name in commands.
    pub board: &'static str,
    /// The title.
    pub title: &'static str,
    /// Stands first in its board.
    pub pinned: bool,
    /// Takes no more posts.
    pub locked: bool,
    /// The number of the post that solved it; its question was solved.
    pub solved_by: Option<i64>,
    /// Its tags.
    pub tags: Vec<&'static str>,
    /// The posts, oldest first.
    pub posts: Vec<ScriptPost>,
}

/// A post of it.
#[derive(Clone, Debug, Default)]
pub struct ScriptPost {
    /// Who wrote it.
    pub handle: &'static str,
    /// Seconds before now.
    pub age: i64,
    /// The number of the post that it answers.
    pub reply_to: Option<i64>,
    /// It was changed afterwards.
    pub edited: bool,
    /// Its author took it back.
    pub deleted: bool,
    /// What `scenes.rs` calls it.
    pub label: Option<&'static str>,
    /// The text.
    pub body: String,
}

/// All of them.
pub fn scripts() -> Vec<Script> {
    let texts = [
        include_str!("words/scripts_a.txt"),
        include_str!("words/scripts_b.txt"),
        include_str!("words/scripts_c.txt"),
        include_str!("words/scripts_d.txt"),
    ];
    texts.into_iter().flat_map(|text| text.split("\n=== ").skip(1)).map(read_script).collect()
}

fn read_script(text: &'static str) -> Script {
    let mut parts = text.split("\n--- ");
    let head = parts.next().unwrap_or_default();
    let mut fields = head.split('|').map(str::trim);
    let (board, title) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let flags = fields.next().unwrap_or_default();
    let tags = fields.next().unwrap_or_default().split_whitespace().collect();
    let solved_by = flags.split_whitespace().find_map(|flag| flag.strip_prefix("solved=")?.parse().ok());
    let posts = parts.map(read_post).collect();
    let (pinned, locked) = (flags.contains("pinned"), flags.contains("locked"));
    Script { board, title, pinned, locked, solved_by, tags, posts }
}

fn read_post(text: &'static str) -> ScriptPost {
    let (head, body) = text.split_once('\n').unwrap_or((text, ""));
    let mut words = head.split_whitespace();
    let mut post = ScriptPost {
        handle: words.next().unwrap_or_default(),
        age: age(words.next().unwrap_or_default()),
        body: body.trim().to_owned(),
        ..ScriptPost::default()
    };
    while let Some(word) = words.next() {
        match word.split_once('=') {
            Some(("label", label)) => post.label = Some(label),
            _ if word == "re" => post.reply_to = words.next().and_then(|no| no.parse().ok()),
            _ => {
                post.edited |= word == "edited";
                post.deleted |= word == "deleted";
            }
        }
    }
    post
}

/// `8d22h30m` in seconds.
fn age(text: &str) -> i64 {
    let mut seconds = 0;
    let mut number = 0;
    for c in text.chars() {
        match c.to_digit(10) {
            Some(digit) => number = number * 10 + i64::from(digit),
            None => {
                let unit = match c {
                    'd' => 86_400,
                    'h' => 3_600,
                    _ => 60,
                };
                seconds += number * unit;
                number = 0;
            }
        }
    }
    seconds
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::demo::boards::boards;
    use crate::demo::cast::{DAY_S, people};
    use crate::demo::dice::Dice;
    use crate::domain::post::{Body, Title};
    use crate::domain::tag::TagName;

    #[test]
    fn ages_are_read() {
        assert_eq!(age("8d22h30m"), 8 * 86_400 + 22 * 3_600 + 30 * 60);
        assert_eq!(age("20m"), 1_200);
    }

    #[test]
    fn every_conversation_could_have_happened_here() {
        let people = people(60, 182 * DAY_S, &mut Dice::new(1, 1));
        let boards = boards(12);
        assert!(scripts().len() >= 25);
        for script in scripts() {
            let title = script.title;
            assert_eq!(Title::parse(title).unwrap().as_str(), title);
            assert!(boards.iter().any(|board| board.slug == script.board), "{title}: {}", script.board);
            assert!(!script.posts.is_empty(), "{title}");
            let last = i64::try_from(script.posts.len()).unwrap();
            assert!(script.solved_by.is_none_or(|no| (2..=last).contains(&no)), "{title}");
            let tags = TagName::parse_all(&script.tags.join(" ")).unwrap();
            assert_eq!(tags.iter().map(TagName::as_str).collect::<Vec<_>>(), script.tags, "{title}");
            for (index, post) in script.posts.iter().enumerate() {
                let who = people.iter().find(|person| person.handle.as_str() == post.handle);
                let who = who.unwrap_or_else(|| panic!("{title}: nobody is called {}", post.handle));
                assert!(who.joined > post.age, "{title}: {} was not here yet", post.handle);
                assert_eq!(Body::parse(&post.body).unwrap().as_str(), post.body, "{title}");
                assert!(
                    post.reply_to.is_none_or(|no| no >= 1 && no <= index as i64),
                    "{title}: post {}",
                    index + 1
                );
                assert!(
                    index == 0 || script.posts[index - 1].age > post.age,
                    "{title}: post {} is too old",
                    index + 1
                );
            }
        }
    }
}
