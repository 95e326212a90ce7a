//! The words of the door's pages: kind, short, and each says what to do.

use super::Door;
use super::pages::Page;
use super::view::Text;
use crate::domain::member::{Role, Standing};
use crate::domain::question::QuestionKind;
use crate::domain::time::{Timestamp, Zone, absolute, ago, relative};
use crate::service::charter::Charter;
use crate::service::joining::{Joining, Step};
use crate::service::waitlist::InLine;
use crate::ui::look::Look;

/// The words before a page's field.
pub(super) fn label(page: Page) -> &'static str {
    match page {
        Page::Invite | Page::RecoveryCode => "code",
        Page::LostKey => "handle",
        Page::Handle => "handle",
        Page::Password => "password",
        _ => "again",
    }
}

/// What stands on a page, or above its field, list or editor.
pub(super) fn page(screen: &Door, look: &Look, text: &mut Text<'_>) {
    if !look.is_wide()
        && let Some((at, total)) = screen.progress()
    {
        text.dim(&format!("step {at} of {total}"));
    }
    match screen.page {
        Page::Loading | Page::Front => {}
        Page::Charter => charter(whole_charter(screen), text),
        Page::ComeBack => come_back(text),
        Page::Invite => {
            text.head("Your invite")
                .para("Type or paste its code: 16 letters and digits. Dashes and capitals do not matter.");
        }
        Page::LostKey => lost_key(text),
        Page::RecoveryCode => {
            text.head("Your one-time code")
                .para("The 16 letters and digits that a sysop gave you. It is good once, for a day.");
        }
        Page::OldKeys => {
            let keys = screen.entry.old_keys.join(", ");
            text.head("What of the keys that opened it?")
                .para(&format!("Registered until now: {keys}."))
                .gap();
        }
        Page::Handle => handle(screen, text),
        Page::Secret => {
            text.head("How will you come back?")
                .para("You came with a key. It can open your account from now on, and so can a password.")
                .gap();
        }
        Page::Password => {
            text.head("Choose a password").para(
                "With it you come back as ssh HANDLE@HOST, with no key at all. At least 8 characters; a few words do \
                 well.",
            );
        }
        Page::PasswordAgain => {
            text.head("The same once more").para("So that no slip of a finger locks you out.");
        }
        Page::Rule(index) => rule(screen, index, look, text),
        Page::Why => {
            text.head("What brings you here?").dim("A sentence or two, for the staff who read this.");
        }
        Page::AskText(_) | Page::AskOne(_) | Page::AskMany(_) => asked(screen, text),
        Page::Introduction => introduction(screen, text),
        Page::Question => question(screen, look, text),
        Page::Status => status(screen, look, text),
    }
}

/// The steps of joining with those that are done, for the side of a wide window.
pub(super) fn steps(screen: &Door, look: &Look, text: &mut Text<'_>) {
    let Some((at, total)) = screen.progress() else { return };
    text.head(&format!("Joining {}", look.me.place)).dim(&format!("step {at} of {total}")).gap();
    let charter = whole_charter(screen);
    let mut names = vec!["a handle".to_owned(), "a way to come back".to_owned()];
    names.extend(charter.rules.iter().map(|rule| format!("rule {}: {}", rule.no, rule.title)));
    let own = screen.asked_words();
    if total > names.len() + own.len() + 1 {
        names.push("what brings you here".to_owned());
    }
    names.extend(own.into_iter().map(str::to_owned));
    names.push("an introduction".to_owned());
    for (name, number) in names.iter().zip(1..) {
        let sign = if number < at { look.theme.signs.check } else { " " };
        let style = match number.cmp(&at) {
            std::cmp::Ordering::Less => look.theme.dim,
            std::cmp::Ordering::Equal => look.theme.strong,
            std::cmp::Ordering::Greater => look.theme.text,
        };
        text.line(&format!("{sign} {name}"), style);
    }
}

fn whole_charter(screen: &Door) -> &Charter {
    screen.joining.as_ref().map_or(&screen.seen.charter, |joining| &joining.charter)
}

pub(super) fn charter(charter: &Charter, text: &mut Text<'_>) {
    text.head("The charter");
    let parts = [
        ("What this place is for", &charter.purpose),
        ("Who it is for", &charter.audience),
        ("What members give", &charter.gives),
        ("What members get", &charter.gets),
    ];
    for (head, body) in parts.into_iter().filter(|(_, body)| !body.is_empty()) {
        text.gap().head(head).para(body);
    }
    for rule in &charter.rules {
        text.gap().head(&format!("{}. {}", rule.no, rule.title)).para(&rule.body);
    }
}

fn come_back(text: &mut Text<'_>) {
    text.head("For members")
        .para("With a password: leave, and connect again under your handle, to the address you came to.")
        .gap()
        .quote("ssh HANDLE@HOST")
        .gap()
        .para("With a key that is registered here: connect as you are used to, under any name; the key says who you \
               are.")
        .gap()
        .para("If you began to join or have applied, come back in the same way: you go on where you were, and \
               nothing is asked twice.")
        .gap()
        .para("If you lost your key and have no password: press k, and members who know you can vouch for you. If a sysop \
               gave you a one-time code: press r.");
}

fn lost_key(text: &mut Text<'_>) {
    text.head("You lost your key").para(
        "Type your handle. Two members who know you have to vouch for you; then a sysop gives you a one-time code. Reach \
         them by another way that they know you by: nobody can be told anything from here.",
    );
}

fn handle(screen: &Door, text: &mut Text<'_>) {
    if let Some((_, offer)) = &screen.entry.invite {
        let from = offer.from.as_deref().map_or_else(|| "the host".to_owned(), str::to_owned);
        let role = match offer.role {
            Role::Member => "",
            Role::Moderator => " to be a moderator",
            Role::Sysop => " to be the sysop",
        };
        text.head(&format!("You are invited by {from}{role}."));
        if !offer.note.is_empty() {
            text.quote(&format!("\"{}\"", offer.note));
        }
        text.gap();
    }
    if let Some(pass) = screen.seen.pass.as_ref().filter(|_| screen.entry.invite.is_none()) {
        text.head(&format!("Your certificate of {} is a pass.", pass.authority)).para(&format!(
            "As {} you come in without an application. Under another handle you apply as everybody does.",
            pass.handle
        ));
        text.gap();
    }
    text.head("Choose a handle").para(
        "The name you go by here: 2 to 20 letters, digits, - or _. It stays yours and is never given to anybody else.",
    );
}

fn rule(screen: &Door, index: usize, look: &Look, text: &mut Text<'_>) {
    let Some(joining) = &screen.joining else { return };
    let Some(rule) = joining.charter.rules.get(index) else { return };
    let count = joining.charter.rules.len();
    text.head(&format!("Rule {} of {count}: {}", rule.no, rule.title)).gap().para(&rule.body);
    if joining.accepted.contains(&rule.no) {
        text.gap().styled(&format!("{} accepted", look.theme.signs.check), look.theme.good);
    }
}

fn asked(screen: &Door, text: &mut Text<'_>) {
    let Some(asking) = screen.asking(screen.page) else { return };
    text.head(&asking.words);
    let how = match (asking.kind, asking.required) {
        (QuestionKind::Text, true) => "A sentence or two. ^S goes on.",
        (QuestionKind::Text, false) => "You may leave it empty. ^S goes on.",
        (QuestionKind::One, true) => "Choose one: Enter, or its digit.",
        (QuestionKind::One, false) => "Choose one: Enter, or its digit. s leaves it out.",
        (QuestionKind::Many, true) => "Choose any: Space, or its digit. Enter goes on.",
        (QuestionKind::Many, false) => "Choose any, or none: Space, or its digit. Enter goes on.",
    };
    text.dim(how);
}

fn introduction(screen: &Door, text: &mut Text<'_>) {
    text.head("Introduce yourself");
    let invited = screen.joining.as_ref().is_some_and(Joining::is_invited);
    let last = if invited { "^S and you are in." } else { "^S sends your application." };
    let seen = if invited { "" } else { "Members see it while you wait. " };
    text.dim(&format!("Your first post, once you are in. {seen}It may stay empty. {last}"));
}

fn question(screen: &Door, look: &Look, text: &mut Text<'_>) {
    let open = screen.joining.iter().flat_map(|joining| &joining.questions).find(|asked| asked.is_open());
    let Some(open) = open else { return };
    text.head(&format!("{} asks, {}:", open.asker, ago(look.now, open.asked_at)));
    text.quote(&open.text).dim("Answer below. ^S sends it.");
}

fn status(screen: &Door, look: &Look, text: &mut Text<'_>) {
    let Some(joining) = &screen.joining else { return };
    match joining.standing {
        Standing::Joining | Standing::Applied => waiting(joining, look, text),
        Standing::Waiting => in_line(screen, joining, look, text),
        Standing::Asleep => asleep(joining, look, text),
        Standing::Active => {
            text.head("You are in. Welcome.");
        }
        Standing::Declined => declined(joining, look, text),
        Standing::Suspended | Standing::Removed => sanctioned(screen, joining, look, text),
    }
}

fn waiting(joining: &Joining, look: &Look, text: &mut Text<'_>) {
    text.head(&format!("Thank you, {}. Your application is with the staff.", joining.handle));
    if let Some(at) = joining.submitted_at {
        text.para(&format!("Sent {} ({}).", ago(look.now, at), moment(look, at)));
    }
    if joining.in_hand {
        text.styled("Somebody is reading it just now.", look.theme.good);
    }
    if joining.step == Step::Question {
        text.styled("You were asked something: Enter answers it.", look.theme.accent);
    }
    for asked in joining.questions.iter().filter(|asked| !asked.is_open()) {
        text.gap()
            .dim(&format!("{} asked:", asked.asker))
            .quote(&asked.text)
            .dim("You answered:")
            .para(&asked.reply);
    }
    match joining.vouches {
        0 => {}
        1 => drop(text.styled("A member vouches for you.", look.theme.good)),
        many => drop(text.styled(&format!("{many} members vouch for you."), look.theme.good)),
    }
    text.gap().para(if joining.shown {
        "Members see your handle and your introduction meanwhile, so that whoever knows you can say so. v hides both."
    } else {
        "Only the staff see that you are here. v shows members your handle and introduction, so that whoever knows you \
         can say so."
    });
    text.gap().para(
        "People read every application themselves, so it can take a day or two. You may leave: nothing is lost, and \
         if you stay, this page changes by itself.",
    );
    text.gap().dim(&way_back(joining));
}

/// The place in the line for a seat, what holds it, and what there is to do meanwhile (D7).
fn in_line(screen: &Door, joining: &Joining, look: &Look, text: &mut Text<'_>) {
    text.head(&format!("You are approved, {}. Welcome soon.", joining.handle));
    if !joining.answer.is_empty() {
        text.quote(&joining.answer);
    }
    if let Some(line) = &joining.line {
        place_in_line(line, look, text);
    }
    text.gap().para(
        "You may leave: your place is kept, and your next login says that you are in. If you stay, this page changes by \
         itself.",
    );
    let boards = if screen.seen.boards > 0 { ", b what is open to guests" } else { "" };
    text.gap().dim(&format!("Meanwhile c shows the charter{boards}. {}", way_back(joining)));
}

fn place_in_line(line: &InLine, look: &Look, text: &mut Text<'_>) {
    text.gap().styled(&line.place_words(), look.theme.good);
    text.para(&line.hold_words());
    if let Some(at) = line.next_at {
        text.para(&format!("The next seat opens {} ({}).", relative(look.now, at), moment(look, at)));
    }
}

/// A seat that slept while its member was away (D7).
fn asleep(joining: &Joining, look: &Look, text: &mut Text<'_>) {
    text.head(&format!("Welcome back, {}.", joining.handle));
    let Some(line) = &joining.line else {
        text.para(
            "You were away for a long time, so your seat sleeps: somebody else could have it meanwhile.",
        );
        text.gap().styled("Enter wakes it, and everything is as you left it.", look.theme.good);
        return;
    };
    text.para("Every seat is taken just now, so you are at the head of the line: the next one that comes free is yours.");
    place_in_line(line, look, text);
    text.gap().para(
        "Nothing of yours is lost. You may leave: your next login says that you are in. If you stay, this page changes \
         by itself.",
    );
    text.gap().dim(&way_back(joining));
}

fn declined(joining: &Joining, look: &Look, text: &mut Text<'_>) {
    text.head(&format!("{}, your application was declined.", joining.handle));
    if let Some(at) = joining.decided_at {
        text.dim(&moment(look, at));
    }
    if !joining.answer.is_empty() {
        text.gap().dim("The staff write:").quote(&joining.answer);
    }
    text.gap().para(
        "This says nothing about you as a person: a small place cannot fit everybody. Thank you for knocking, and \
         good luck.",
    );
}

fn sanctioned(screen: &Door, joining: &Joining, look: &Look, text: &mut Text<'_>) {
    let suspended = joining.standing == Standing::Suspended;
    let how = if suspended { "is suspended" } else { "is no longer open" };
    text.head(&format!("{}, your membership {how}.", joining.handle));
    let Some(sanction) = &screen.sanction else { return };
    if suspended {
        text.para(&match sanction.until {
            Some(until) => format!("Until {} ({}).", moment(look, until), relative(look.now, until)),
            None => "Until the staff lift it.".to_owned(),
        });
    }
    if sanction.notice.is_empty() {
        if let Some(rule) = &sanction.rule {
            text.gap().para(&format!("Rule {}: {}", rule.no, rule.title));
        }
        text.gap().quote(&sanction.reason);
    }
    for paragraph in &sanction.notice {
        text.gap().para(paragraph);
    }
    text.gap()
        .para("If that is not right: a leads to an appeal, which somebody else than who decided looks at.");
}

/// How somebody at the door comes back.
fn way_back(joining: &Joining) -> String {
    let handle = &joining.handle;
    match (joining.has_password, joining.keys > 0) {
        (true, true) => format!("Come back with your key, or as ssh {handle}@HOST with your password."),
        (true, false) => format!("Come back as ssh {handle}@HOST, with your password."),
        (false, _) => "Come back with the same key, under any name.".to_owned(),
    }
}

/// A moment as it is on the clock of the one who looks.
fn moment(look: &Look, at: Timestamp) -> String {
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    format!("{} {}", absolute(at, &zone), zone.name())
}
