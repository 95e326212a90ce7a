//! How well a name fits what was typed. Every word must fit somewhere: best at the beginning, then at the beginning of
//! a word, then anywhere, then as letters in their order. Both sides are folded before.

/// A word that has fewer letters than this must stand in the name as it is: any two letters are somewhere.
const LETTERS_MIN: usize = 3;

/// How well the folded `name` fits the folded `typed`; none when it does not. More is better.
pub(super) fn score(name: &str, typed: &str) -> Option<u32> {
    let mut total = 0;
    let mut words = 0;
    for word in typed.split_whitespace() {
        total += word_score(name, word)?;
        words += 1;
    }
    // A shorter name is nearer to what was typed.
    let length = u32::try_from(name.chars().count().min(100)).unwrap_or(100);
    Some(total / words.max(1) + 100 - length)
}

fn word_score(name: &str, word: &str) -> Option<u32> {
    if name == word {
        return Some(1_200);
    }
    if name.starts_with(word) {
        return Some(1_000);
    }
    let mut found = None;
    for (at, _) in name.match_indices(word) {
        if begins_word(name, at) {
            return Some(800);
        }
        found = Some(600);
    }
    found.or_else(|| in_order(name, word))
}

/// The letters of `word` in their order, the first one at the beginning of a word; the fewer pieces the better.
fn in_order(name: &str, word: &str) -> Option<u32> {
    if word.chars().count() < LETTERS_MIN {
        return None;
    }
    let first = word.chars().next()?;
    let starts = name.char_indices().filter(|(at, letter)| *letter == first && begins_word(name, *at));
    let pieces = starts.filter_map(|(at, _)| pieces(&name[at..], word)).min()?;
    Some(500_u32.saturating_sub(100 * pieces).max(1))
}

/// In how many pieces the letters of `word` stand in `text`, which begins with the first of them.
fn pieces(text: &str, word: &str) -> Option<u32> {
    let mut letters = text.chars();
    let mut pieces = 0;
    for wanted in word.chars() {
        let mut skipped = false;
        loop {
            if letters.next()? == wanted {
                break;
            }
            skipped = true;
        }
        pieces += u32::from(skipped);
    }
    Some(pieces)
}

fn begins_word(name: &str, at: usize) -> bool {
    name[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::score;

    #[test]
    fn the_nearer_name_comes_first() {
        let typed = "tea";
        let order = ["tea", "teapots", "tea at four", "green tea", "the steaming kettle", "turn every apple"];
        let scores: Vec<_> = order.iter().map(|name| score(name, typed)).collect();
        assert!(scores.iter().all(Option::is_some), "{scores:?}");
        assert!(scores.windows(2).all(|two| two[0] > two[1]), "{scores:?}");
        assert_eq!(score("ate", typed), None);
        assert_eq!(score("a total mess", typed), None);
    }

    #[test]
    fn letters_in_order_find_a_name_and_two_letters_only_where_they_stand() {
        assert!(score("general", "gnrl").is_some());
        assert!(score("introductions", "intr").is_some());
        assert_eq!(score("general", "gl"), None);
        assert_eq!(score("general", "lar"), None);
    }

    #[test]
    fn every_word_must_fit() {
        assert!(score("tea at four", "four tea").is_some());
        assert_eq!(score("tea at four", "tea five"), None);
        assert!(score("anything", "").is_some());
    }

    proptest! {
        #[test]
        fn a_name_always_finds_itself(name in "\\PC{1,60}") {
            let name = crate::domain::text::fold(&name);
            prop_assert!(score(&name, &name).is_some());
        }
    }
}
