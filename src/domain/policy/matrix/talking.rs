//! The rows of the rules for conversations, nudges and blocks.

use super::*;
use crate::domain::conversation::{Contact, Reach};

pub(super) fn rows(matrix: &mut Matrix) {
    let begins = || vec![whose("member"), reach(), yes_no("on duty")];
    matrix.action(&begins(), |v| OpenConversation { member: who(v[0]), to: to(v[1]), on_duty: v[2] == 1 });
    matrix.action(&[], |_| BeginConversation);
    matrix.action(&begins(), |v| Nudge { member: who(v[0]), to: to(v[1]), on_duty: v[2] == 1 });
    matrix.action(&[yes_no("takes part")], |v| ReadConversation { takes_part: v[0] == 1 });
    matrix.action(&[yes_no("takes part"), yes_no("alone"), reach(), yes_no("answered")], |v| WriteMessage {
        takes_part: v[0] == 1,
        alone: v[1] == 1,
        pair: Some((to(v[2]), v[3] == 1)),
    });
    matrix.action(&[yes_no("takes part"), whose("member"), reach(), yes_no("clash")], |v| AddPerson {
        takes_part: v[0] == 1,
        member: who(v[1]),
        to: to(v[2]),
        clash: v[3] == 1,
    });
    matrix.action(&[yes_no("takes part")], |v| ArrangeConversation { takes_part: v[0] == 1 });
    let own = || vec![yes_no("takes part"), whose("author"), yes_no("gone")];
    matrix.action(&with(own(), [time()]), |v| EditMessage {
        takes_part: v[0] == 1,
        author: who(v[1]),
        gone: v[2] == 1,
        age_s: age(v[3]),
        silent_s: UNDO_S,
    });
    matrix.action(&own(), |v| DeleteMessage { takes_part: v[0] == 1, author: who(v[1]), gone: v[2] == 1 });
    matrix.action(&[whose("member")], |v| BlockMember { member: who(v[0]) });
    matrix.action(&[whose("member")], |v| MuteMember { member: who(v[0]) });
}

/// What stands between two members: each choice, known or not, and a block.
fn reach() -> Fact {
    fact("they let", &["everyone", "known: me", "known: not me", "nobody", "blocked"])
}

fn to(value: usize) -> Reach {
    let choice =
        [Contact::Everyone, Contact::Known, Contact::Known, Contact::Nobody, Contact::Everyone][value];
    Reach { blocked: value == 4, choice, known: value == 1 }
}
