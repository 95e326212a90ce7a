//! A member's own choices: a closed list, so that a typing mistake in a value is refused and not stored.

use crate::domain::policy::EditProfile;
use crate::domain::quiet::QuietHours;
use crate::domain::time::Zone;
use crate::service::conversations::{MESSAGES, NUDGES};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::profiles;

/// The choice of a time zone. It is kept with the profile, which shows it.
pub const ZONE: &str = "zone";

/// What a choice is about: the headings of the settings screen, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// What the screen looks like.
    Looks,
    /// What is read, and how.
    Reading,
    /// The editor.
    Writing,
    /// What rings, and when.
    Notifications,
    /// What others see, and who may do what.
    Privacy,
    /// Keys: on the keyboard, and those that one logs in with.
    Keys,
}

impl Section {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Looks, Self::Reading, Self::Writing, Self::Notifications, Self::Privacy, Self::Keys];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Looks => "Looks",
            Self::Reading => "Reading",
            Self::Writing => "Writing",
            Self::Notifications => "Notifications",
            Self::Privacy => "You and the others",
            Self::Keys => "Keys",
        }
    }
}

/// Something that a member can choose.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// What it is about.
    pub section: Section,
    /// Its name in the database.
    pub name: &'static str,
    /// Its name on the screen.
    pub label: &'static str,
    /// What it does: a sentence or two.
    pub help: &'static str,
    /// What can be chosen.
    pub kind: Kind,
}

/// What can be chosen.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One of these values, each with its words; the first one is the default, and its value is empty.
    OneOf(&'static [(&'static str, &'static str)]),
    /// A line of text; empty is the default.
    Text {
        /// The words shown while it is empty.
        empty: &'static str,
        /// The question that the field is shown with.
        ask: &'static str,
        /// Makes what was typed into what is stored, or says in words for the member why it cannot be.
        check: fn(&str) -> std::result::Result<String, String>,
    },
}

impl Choice {
    /// What to store for a value that was chosen or typed.
    ///
    /// # Errors
    /// Why it cannot be chosen, in words for the member.
    pub fn check(&self, value: &str) -> std::result::Result<String, String> {
        match self.kind {
            Kind::OneOf(values) if values.iter().any(|(known, _)| *known == value) => Ok(value.to_owned()),
            Kind::OneOf(_) => Err(format!("{} cannot be \"{value}\".", self.label)),
            Kind::Text { .. } if value.trim().is_empty() => Ok(String::new()),
            Kind::Text { check, .. } => check(value),
        }
    }

    /// The words for a stored value.
    pub fn words<'a>(&self, value: &'a str) -> &'a str {
        match self.kind {
            Kind::OneOf(values) => values.get(self.position(value)).map_or("", |(_, words)| words),
            Kind::Text { empty, .. } if value.is_empty() => empty,
            Kind::Text { .. } => value,
        }
    }

    /// The value after this one, around the end.
    pub fn after(&self, value: &str) -> &'static str {
        match self.kind {
            Kind::OneOf(values) => values[(self.position(value) + 1) % values.len()].0,
            Kind::Text { .. } => "",
        }
    }

    fn position(&self, value: &str) -> usize {
        match self.kind {
            Kind::OneOf(values) => values.iter().position(|(known, _)| *known == value).unwrap_or(0),
            Kind::Text { .. } => 0,
        }
    }
}

/// Yes by one's own choice only.
const OFF_ON: Kind = Kind::OneOf(&[("", "off"), ("on", "on")]);

/// The choice whether one is listed among those who are here.
pub(in crate::service) const PRESENCE: &str = "presence";
/// Its value for those who are not.
pub(in crate::service) const INVISIBLE: &str = "invisible";

/// Whom one lets begin: the words of `domain::conversation::Contact`, everyone being the default.
const WHO_MAY_BEGIN: &[(&str, &str)] = &[("", "everyone"), ("known", "people I know"), ("nobody", "nobody")];

/// Everything that can be chosen. The screen shows it section by section, in this order within each.
pub const CHOICES: &[Choice] = &[
    Choice {
        section: Section::Looks,
        name: "colors",
        label: "Colours",
        help: "How many colours to use; automatic goes by your terminal's name.",
        kind: Kind::OneOf(&[
            ("", "automatic"),
            ("true", "all"),
            ("256", "256"),
            ("16", "16"),
            ("mono", "none"),
        ]),
    },
    Choice {
        section: Section::Looks,
        name: "signs",
        label: "Signs",
        help: "Lines and marks in Unicode, or in plain ASCII.",
        kind: Kind::OneOf(&[("", "automatic"), ("unicode", "Unicode"), ("ascii", "ASCII")]),
    },
    Choice {
        section: Section::Looks,
        name: "links",
        label: "Hyperlinks",
        help: "Links that your terminal opens itself (OSC 8); automatic goes by its name. l in a thread shows any link whole.",
        kind: Kind::OneOf(&[("", "automatic"), ("yes", "on"), ("no", "off")]),
    },
    Choice {
        section: Section::Looks,
        name: "mode",
        label: "Mode",
        help: "Plain: printed lines one after another instead of screens, for screen readers. From your next login on.",
        kind: Kind::OneOf(&[("", "automatic"), ("plain", "plain")]),
    },
    Choice {
        section: Section::Looks,
        name: "plain_page",
        label: "Plain pages",
        help: "Plain mode pauses after so many lines and asks whether there shall be more.",
        kind: Kind::OneOf(&[
            ("", "no pauses"),
            ("window", "at the height of the window"),
            ("10", "10 lines"),
            ("20", "20 lines"),
            ("40", "40 lines"),
        ]),
    },
    Choice {
        section: Section::Looks,
        name: "editor",
        label: "Editor",
        help: "Keys in the editor: as in most editors and in Emacs, or those of vi with its modes.",
        kind: Kind::OneOf(&[("", "usual keys"), ("vi", "vi")]),
    },
    Choice {
        section: Section::Looks,
        name: ZONE,
        label: "Time zone",
        help: "The zone in which times are told and quiet hours are kept. Your profile shows it.",
        kind: Kind::Text { empty: "UTC", ask: "Your zone, such as Europe/Berlin:", check: check_zone },
    },
    Choice {
        section: Section::Notifications,
        name: "bell",
        label: "Bell",
        help: "Ring the terminal's bell when something is for you: a reply, a mention, a message. At most once a minute.",
        kind: OFF_ON,
    },
    Choice {
        section: Section::Notifications,
        name: "desktop",
        label: "Desktop notice",
        help: "Ask the terminal for a desktop notice in fixed words, never anybody's text: OSC 9 (iTerm2, kitty, WezTerm, Ghostty) or OSC 777 (foot, rxvt).",
        kind: Kind::OneOf(&[("", "off"), ("osc9", "OSC 9"), ("osc777", "OSC 777")]),
    },
    Choice {
        section: Section::Notifications,
        name: "title",
        label: "Window title",
        help: "Show in the window's title how much is for you. The title you had comes back when you leave.",
        kind: OFF_ON,
    },
    Choice {
        section: Section::Notifications,
        name: "quiet",
        label: "Quiet hours",
        help: "From and to, in your time zone: no bell, no notice and no title then. Nothing is lost, it waits on home.",
        kind: Kind::Text { empty: "none", ask: "Quiet hours, such as 22:00-07:00:", check: check_quiet },
    },
    Choice {
        section: Section::Privacy,
        name: PRESENCE,
        label: "Who is here",
        help: "Invisible: you are on no list of who is here, and when you were here is hidden. What you say is still seen.",
        kind: Kind::OneOf(&[("", "listed"), (INVISIBLE, "invisible")]),
    },
    Choice {
        section: Section::Privacy,
        name: MESSAGES,
        label: "Messages",
        help: "Who may open a conversation with you; those that you answered go on. People you know are those with whom you exchanged replies or talked.",
        kind: Kind::OneOf(WHO_MAY_BEGIN),
    },
    Choice {
        section: Section::Privacy,
        name: NUDGES,
        label: "Nudges",
        help: "Who may send you one line that shows at once while you are here, and waits as a message while you are away.",
        kind: Kind::OneOf(WHO_MAY_BEGIN),
    },
    Choice {
        section: Section::Privacy,
        name: "hide_last_seen",
        label: "Last here",
        help: "Whether others see roughly when you were last here.",
        kind: Kind::OneOf(&[("", "shown"), ("yes", "hidden")]),
    },
];

fn check_zone(text: &str) -> std::result::Result<String, String> {
    Zone::parse(text).map(|zone| zone.name().to_owned()).map_err(|why| why.to_string())
}

fn check_quiet(text: &str) -> std::result::Result<String, String> {
    QuietHours::parse(text).map(|hours| hours.to_string()).map_err(|why| why.to_string())
}

/// Chooses.
#[derive(Clone, Debug)]
pub struct SetChoice {
    /// The choice's name.
    pub name: String,
    /// One of its values, or what was typed.
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
        let value = choice.check(&self.value).map_err(Error::invalid)?;
        if choice.name == ZONE {
            let zone = if value.is_empty() { "UTC" } else { &value };
            profiles::set_zone(cx.conn(), &grant, me, zone).await?;
        } else {
            profiles::choose(cx.conn(), &grant, me, choice.name, &value).await?;
        }
        if choice.name == PRESENCE {
            cx.presence().set_invisible(me, value == INVISIBLE);
            cx.publish(DomainEvent::PresenceChanged);
        }
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}
