//! How a notification is said, and the place it opens: for this screen and for home.

use crate::service::notifications::{LeadsTo, Notification, NotificationKind};
use crate::ui::route::Route;

/// What happened, and what it is about (a title, or nothing).
pub fn said(what: &Notification) -> (String, &str) {
    let who = what.who.as_deref().unwrap_or("somebody");
    let about = what.about.as_str();
    let times = if what.times > 1 { format!(", {} times", what.times) } else { String::new() };
    let said = match (what.kind, what.leads_to) {
        (NotificationKind::Reply, _) => format!("{who} answered you in"),
        (NotificationKind::Mention, LeadsTo::Room(_)) if about.is_empty() => {
            format!("{who} mentioned you in the hall{times}")
        }
        (NotificationKind::Mention, LeadsTo::Room(_)) => format!("{who} mentioned you in the room of"),
        (NotificationKind::Asked, _) if about.is_empty() => {
            format!("{who} asks to keep what you said in the hall")
        }
        (NotificationKind::Asked, _) => format!("{who} asks to keep what you said in the room of"),
        (NotificationKind::Mention, _) => format!("{who} mentioned you in"),
        (NotificationKind::Message, _) => format!("{who} wrote to you{times}"),
        (NotificationKind::Thanks, _) if what.times > 1 => format!("{who} and others thanked you in"),
        (NotificationKind::Thanks, _) => format!("{who} thanked you in"),
        (NotificationKind::TagJoined, _) => return (format!("{who} joined a tag that you look after"), ""),
        (NotificationKind::RoleOffered, _) => {
            return (format!("{who} asks whether you would take on a role"), "");
        }
        (NotificationKind::RoleAnswered, _) => return (format!("{who} answered your offer of a role"), ""),
        (NotificationKind::RoleEnding, _) => return ("Your term in a role ends soon".to_owned(), ""),
        (NotificationKind::RoleEnded, _) => return ("A role of yours has ended; thank you".to_owned(), ""),
        (NotificationKind::DuesEnd, _) => return ("Your dues end within two weeks".to_owned(), ""),
        (NotificationKind::DuesOver, _) => {
            return (
                "The dues of a member have ended, and their days of grace; nothing follows by itself"
                    .to_owned(),
                "",
            );
        }
        (NotificationKind::CohortInvited, _) => format!("{who} invites you to the cohort"),
        (NotificationKind::CohortBegins, _) => "Your cohort begins; who goes with you stands in".to_owned(),
        (NotificationKind::CohortOff, _) => "It does not come together this time:".to_owned(),
        (NotificationKind::CohortOver, _) => "Your cohort is over; thank you for".to_owned(),
        (NotificationKind::NewBuddy, _) => "You have another buddy in".to_owned(),
        (NotificationKind::CheckpointSoon, _) => "Tomorrow, if you like: a checkpoint of".to_owned(),
        (NotificationKind::Checkpoint, _) => "A line on how it goes, if you like:".to_owned(),
        (NotificationKind::LevelUp, _) => {
            return (format!("You are a {about} now; your path says what that opens"), "");
        }
        (NotificationKind::LevelDown, _) => {
            return (format!("Your level is {about} now; your path says how it rises again"), "");
        }
        (NotificationKind::Vouch, LeadsTo::AtDoor) => format!("{who}, at the door, says that you know them"),
        (NotificationKind::Vouch, _) if what.times > 1 => format!("{who} and others vouch for an applicant"),
        (NotificationKind::Vouch, _) => format!("{who} vouches for an applicant"),
        (NotificationKind::Published, _) => "Your post is published:".to_owned(),
        (NotificationKind::Returned, _) => {
            "A post of yours came back as a draft, with a word on why".to_owned()
        }
        (NotificationKind::Jury, _) => {
            return ("You are drawn for a jury: an appeal waits for you".to_owned(), "");
        }
        (NotificationKind::Moderation, _) => return (about.to_owned(), ""),
        (NotificationKind::Report, _) => return (format!("Your report: {about}"), ""),
    };
    (said, about)
}

/// The exact place that it leads to.
pub fn route(leads_to: LeadsTo) -> Option<Route> {
    match leads_to {
        LeadsTo::Post(thread, no) => Some(Route::Thread { thread, at: Some(no) }),
        LeadsTo::Thread(thread) => Some(Route::Thread { thread, at: None }),
        LeadsTo::Member(member) => Some(Route::Profile(member)),
        LeadsTo::Roles => Some(Route::Roles),
        LeadsTo::Dues => Some(Route::Dues),
        LeadsTo::Cohort(cohort) => Some(Route::Cohort(cohort)),
        LeadsTo::Path => Some(Route::Path(None)),
        LeadsTo::Application(id) => Some(Route::Application(id)),
        LeadsTo::AtDoor => Some(Route::AtDoor),
        LeadsTo::Jury(matter) => Some(Route::Jury(matter)),
        LeadsTo::Waiting => Some(Route::Waiting),
        LeadsTo::MyCases => Some(Route::MyCases),
        LeadsTo::Room(room) => Some(Route::Room(room)),
        LeadsTo::Conversation(id) => Some(Route::Conversation(id)),
    }
}
