//! How well names fit what was typed. Each word must fit somewhere: letters in their order, better together, better at
//! the beginning of a word, best at the beginning of the name. Names and what was typed are folded before.

use code_fuzzy_match::FuzzyMatcher;

/// A word that has fewer letters than this must stand in the name as it is: any two letters are somewhere.
const LETTERS_MIN: usize = 3;
/// Within how many letters of a name one typed letter must be found on average, and how many more there may be:
/// letters that have nothing to do with each other are found somewhere along a long name.
const SPAN: usize = 2;
const SPAN_MORE: usize = 2;
/// What a name that begins with what was typed, and one that is it, have before others.
const BEGINS: usize = 40;
const IS: usize = 80;

/// A name that fits: which of the names it is, and how well; more is better.
pub(super) type Fitting = (usize, usize);

/// The names that fit the folded `typed`, the best first; equally good ones the shorter first, else in their order.
pub(super) fn rank<S: AsRef<str>>(names: &[S], typed: &str) -> Vec<Fitting> {
    let typed = typed.trim();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut matcher = FuzzyMatcher::new();
    let mut fitting: Vec<Fitting> = names
        .iter()
        .map(AsRef::as_ref)
        .enumerate()
        .filter(|(_, name)| words.iter().all(|word| fits(name, word)))
        .map(|(index, name)| {
            let score: usize = words.iter().filter_map(|word| matcher.fuzzy_match(name, word)).sum();
            let bonus = match name.strip_prefix(typed) {
                Some("") => IS,
                Some(_) => BEGINS,
                None => 0,
            };
            (index, score + bonus)
        })
        .collect();
    fitting.sort_by_key(|(index, score)| (std::cmp::Reverse(*score), names[*index].as_ref().len()));
    fitting
}

/// Whether a word stands in a name: as it is, or its letters in their order and not far from each other.
fn fits(name: &str, word: &str) -> bool {
    if name.contains(word) {
        return true;
    }
    let letters = word.chars().count();
    let Some(first) = word.chars().next().filter(|_| letters >= LETTERS_MIN) else {
        return false;
    };
    let span = SPAN * letters + SPAN_MORE;
    name.match_indices(first).any(|(at, _)| {
        let mut near = name[at..].chars().take(span);
        word.chars().all(|letter| near.any(|other| other == letter))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::rank;

    fn order(names: &[&'static str], typed: &str) -> Vec<&'static str> {
        rank(names, typed).into_iter().map(|(index, _)| names[index]).collect()
    }

    #[test]
    fn the_nearer_name_comes_first() {
        let names =
            ["turn every apple", "the steaming kettle", "tea at four", "green tea", "teapots", "tea", "ate"];
        let found = order(&names, "tea");
        assert_eq!(found[..2], ["tea", "teapots"], "{found:?}");
        assert_eq!(found[2], "tea at four", "{found:?}");
        assert_eq!(found[3], "green tea", "{found:?}");
        assert!(!found.contains(&"ate"), "{found:?}");
    }

    #[test]
    fn letters_in_order_find_a_name_and_two_letters_only_where_they_stand() {
        assert_eq!(order(&["general", "introductions"], "gnrl"), ["general"]);
        assert_eq!(order(&["general", "introductions"], "intr"), ["introductions"]);
        assert_eq!(order(&["general"], "gl"), [""; 0]);
        assert_eq!(order(&["general"], "ra"), ["general"]);
        assert_eq!(order(&["general"], "lar"), [""; 0]);
        // Letters that stand far from each other are no name.
        assert_eq!(
            order(&["the case against the library sale", "sewing machine: stitches backwards"], "gar"),
            [""; 0]
        );
    }

    #[test]
    fn every_word_must_fit_and_signs_are_letters() {
        assert_eq!(order(&["tea at four"], "four tea"), ["tea at four"]);
        assert_eq!(order(&["tea at four"], "tea five"), [""; 0]);
        assert_eq!(order(&["c++ & co", "fine!"], "!"), ["fine!"]);
        assert_eq!(order(&["c++ & co", "fine!"], "c++"), ["c++ & co"]);
        assert_eq!(order(&["öfen", "café"], "öfe"), ["öfen"]);
    }

    proptest! {
        #[test]
        fn a_name_always_finds_itself(name in "\\PC{1,60}") {
            let name = crate::domain::text::fold(&name);
            prop_assume!(!name.trim().is_empty());
            prop_assert_eq!(rank(&[name.as_str()], &name).len(), 1);
        }

        #[test]
        fn whatever_is_typed_is_harmless(names in prop::collection::vec("\\PC{0,80}", 0..8), typed in "\\PC{0,40}") {
            let found = rank(&names, &typed);
            prop_assert!(found.iter().all(|(index, _)| *index < names.len()));
        }
    }
}
