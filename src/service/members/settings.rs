//! A member's own choices: a closed list, so that a typing mistake in a value is refused and not stored.

use crate::domain::policy::EditProfile;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::profiles;

/// Something that a member can choose.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its name in the database.
    pub name: &'static str,
    /// Its name on the screen.
    pub label: &'static str,
    /// What it does.
    pub help: &'static str,
    /// The values and their words; the first one is the default.
    pub values: &'static [(&'static str, &'static str)],
}

/// Everything that can be chosen.
pub const CHOICES: &[Choice] = &[
    Choice {
        name: "colors",
        label: "Colours",
        help: "How many colours to use; automatic goes by your terminal's name",
        values: &[("", "automatic"), ("true", "all"), ("256", "256"), ("16", "16"), ("mono", "none")],
    },
    Choice {
        name: "signs",
        label: "Signs",
        help: "Lines and marks in Unicode, or in plain ASCII",
        values: &[("", "automatic"), ("unicode", "Unicode"), ("ascii", "ASCII")],
    },
    Choice {
        name: "hide_last_seen",
        label: "Last here",
        help: "Whether others see roughly when you were last here",
        values: &[("", "shown"), ("yes", "hidden")],
    },
];

/// Chooses.
#[derive(Clone, Debug)]
pub struct SetChoice {
    /// The choice's name.
    pub name: String,
    /// One of its values.
    pub value: String,
}

impl Request for SetChoice {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "set choice";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let me = cx.me()?;
        let grant = cx.allow(&EditProfile { member: me })?;
        let choice =
            CHOICES.iter().find(|choice| choice.name == self.name).ok_or(Error::NotFound("setting"))?;
        if !choice.values.iter().any(|(value, _)| *value == self.value) {
            return Err(Error::invalid(format!("{} cannot be \"{}\".", choice.label, self.value)));
        }
        profiles::choose(cx.conn(), &grant, me, choice.name, &self.value).await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}
