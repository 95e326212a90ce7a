//! The boards of the made-up community, read from `words/boards.txt`.

use crate::domain::board::{Audience, BoardKind};

/// A board.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its name in commands.
    pub slug: String,
    /// Its name on screens.
    pub name: &'static str,
    /// Its heading.
    pub category: &'static str,
    /// Its place in the order.
    pub position: i64,
    /// Its type.
    pub kind: BoardKind,
    /// Who may see it.
    pub see: Audience,
    /// Who may write in it.
    pub write: Audience,
    /// Closed for good.
    pub archived: bool,
    /// The handle of who looks after it.
    pub host: Option<&'static str>,
    /// The words that its threads are made of.
    pub topic: &'static str,
    /// What it is for.
    pub purpose: &'static str,
}

impl Board {
    /// Whether everybody writes here, so that threads are made up for it.
    pub fn is_open(&self) -> bool {
        !self.archived && self.write == Audience::Members
    }
}

/// The first `count` boards. More than there are names for get numbers.
pub fn boards(count: usize) -> Vec<Board> {
    let text = include_str!("words/boards.txt");
    let lines: Vec<&'static str> =
        text.lines().filter(|line| line.contains(" | ") && !line.starts_with('#')).collect();
    let named = |index: usize| read_board(lines[index % lines.len()], index, index / lines.len());
    (0..count).map(named).collect()
}

fn read_board(line: &'static str, index: usize, round: usize) -> Board {
    let mut fields = line.split('|').map(str::trim);
    let mut field = || fields.next().unwrap_or_default();
    let (slug, name, category, position, kind) = (field(), field(), field(), field(), field());
    let (see, write, host, topic, purpose) = (field(), field(), field(), field(), field());
    let audience = |word: &str| word.parse().unwrap_or(Audience::Members);
    Board {
        slug: if round == 0 { slug.to_owned() } else { format!("{slug}-{}", round + 1) },
        name,
        category,
        position: if round == 0 { position.parse().unwrap_or(0) } else { i64::try_from(index).unwrap_or(0) },
        kind: kind.parse().unwrap_or(BoardKind::Talk),
        see: audience(see),
        write: audience(write),
        archived: write == "closed",
        host: (host != "-").then_some(host),
        topic,
        purpose,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_are_read_and_have_names_of_their_own() {
        let all = boards(70);
        let mut slugs: Vec<&str> = all.iter().map(|board| board.slug.as_str()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 70);
        assert!(all.iter().all(|board| !board.purpose.is_empty() && board.position > 0));
        let one = |slug: &str| all.iter().find(|board| board.slug == slug).expect("it is in the file");
        assert!(one("flood").archived && !one("flood").is_open());
        assert_eq!((one("staff").see, one("staff").write), (Audience::Staff, Audience::Staff));
        assert_eq!((one("hearth").see, one("repair").kind), (Audience::Guests, BoardKind::Question));
        assert_eq!(one("garden").host, Some("ilse"));
    }
}
