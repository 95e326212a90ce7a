//! Words that staff may begin with when they decline: kind and short, to be made one's own before they are sent.

/// A decline to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// What it is called in the list.
    pub name: &'static str,
    /// The words; empty: one's own from the beginning.
    pub text: &'static str,
}

/// The declines to begin with.
pub const DECLINES: &[Template] = &[
    Template { name: "my own words", text: "" },
    Template {
        name: "no room now",
        text: "Thank you for knocking. We are a small place and cannot take in more people well just now. That is no \
               judgement of you; you are welcome to try again in a few months.",
    },
    Template {
        name: "another place fits better",
        text: "Thank you for telling us what you are looking for. We think that you would not find it here, and \
               would rather say so now than disappoint you later. We wish you a good place.",
    },
    Template {
        name: "too little to go by",
        text: "Thank you for knocking. From what you wrote we could not tell who you are and what brings you. If a \
               member knows you, ask them for an invite: that opens the door at once.",
    },
];
