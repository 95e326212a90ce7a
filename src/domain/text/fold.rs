//! Folding for comparisons. Nothing folded is ever shown.

use unicode_normalization::UnicodeNormalization;

/// A form of `text` in which case and compatibility forms no longer differ: two texts are the same words when their
/// folds are equal. Accents still differ.
///
/// ```
/// use hob::domain::text::fold;
/// assert_eq!(fold("STRASSE"), fold("Straße"));
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = |text: &str| -> String {
        // Upper case first: it splits ß and the ligatures, and it brings both sigmas together.
        text.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect()
    };
    // Twice: a few symbols become letters only when composed, so that their case shows in the second turn.
    lower(&lower(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_compatibility_forms_fold_together() {
        for (a, b) in
            [("Hob", "hOB"), ("ÉTÉ", "e\u{301}te\u{301}"), ("ΣΑΣ", "σας"), ("ﬁsh", "FISH"), ("Ｈｏｂ", "hob")]
        {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("resume"), fold("résumé"));
    }

    #[test]
    fn every_character_folds_to_a_fixed_point() {
        // Up to the end of the second plane; no letter with case lies beyond it.
        for c in '\0'..='\u{2ffff}' {
            let once = fold(&String::from(c));
            assert_eq!(fold(&once), once, "U+{:04X}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
