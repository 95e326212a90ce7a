//! The charter that a new community starts with. It is meant to be edited: it says plainly what most small places
//! find out in their first year.

use crate::store::charter::NewCharter;

/// The first version.
pub(in crate::service) const FIRST_CHARTER: NewCharter<'static> = NewCharter {
    purpose: "This is a small place for people who like to talk things through: what we make, what we read, what we \
              are trying to learn. It is kept small on purpose, so that after a few weeks you know who is speaking.",
    audience: "For anybody who wants to take part under a name that others can get to know. You need no skill and no \
               credentials, only the wish to talk with people rather than at them.",
    gives: "Read what others wrote before you answer. Answer somebody now and then, above all somebody new. Say when \
            you do not know.",
    gets: "People who remember what you said last month. A place without ranking, without advertising and without an \
           audience that counts you. Your words stay yours: take them along, or take them down, at any time.",
    rules: &[
        (
            "Be kind, and be straight",
            "Disagree with what was said, never with who somebody is. No insults, no mockery, no piling on. If it \
             would hurt to hear across a kitchen table, leave it out.",
        ),
        (
            "Nobody is attacked for what they are",
            "Nothing here belittles people for their origin, colour, faith, body, age, gender or whom they love. \
             Jokes are no exception.",
        ),
        (
            "What is told here stays here",
            "Do not carry posts, names or stories outside without asking. Do not dig up or pass on who somebody is \
             elsewhere.",
        ),
        (
            "Do not sell, spam or pretend",
            "Show what you made and say that it is yours; do not advertise. One person, one account. Words that a \
             machine wrote are labelled as such.",
        ),
        (
            "Keep it lawful, and let the moderators help",
            "Nothing that is illegal or that puts somebody in danger. If something goes wrong, report it and let it \
             rest; a moderator reads it, decides by these rules and says why, and you may appeal.",
        ),
    ],
};
