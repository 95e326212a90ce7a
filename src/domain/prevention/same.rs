//! Texts that say the same: letters and digits in their order, whatever stands between them.

use crate::domain::text::fold;

/// Shortest text that is compared, in letters and digits: "Thank you!" may be said every day.
pub const COMPARED_MIN: usize = 24;
/// So many newcomers with the same text make it one that a moderator reads first, the one who writes among them.
pub const SAME_FROM: usize = 3;

/// What of a text is compared; none of one that is too short for it.
pub fn gist(text: &str) -> Option<String> {
    let gist: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    (gist.chars().count() >= COMPARED_MIN).then_some(gist)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m6_the_same_text_is_the_same_in_another_dress() {
        let one = gist("Buy our **wonderful** garden gnomes, today!");
        assert!(one.is_some());
        assert_eq!(one, gist("buy  our wonderful\n\ngarden-gnomes today"));
        assert_ne!(one, gist("Buy our wonderful garden gnomes tomorrow!"));
    }

    #[test]
    fn m6_short_texts_may_be_said_again() {
        assert_eq!(gist("Thank you very much!"), None);
        let exact = "a".repeat(COMPARED_MIN);
        assert!(gist(&exact).is_some());
        assert_eq!(gist(&exact[1..]), None);
    }
}
