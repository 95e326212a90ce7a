//! The form by itself: which stages it has for which deeds.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::service::Error;
use crate::service::cases::Decided;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{me, presses, text_of};
use crate::ui::input::Input;
use crate::ui::screens::decide::Subject;

fn rules() -> Vec<Rule> {
    let rule = |no, title: &str| Rule { no, title: title.to_owned(), body: String::new() };
    vec![rule(1, "Be kind"), rule(2, "Do not sell")]
}

fn plan(deeds: &[Deed], rule_no: Option<i64>) -> Plan {
    let deeds =
        deeds.iter().map(|deed| PossibleDeed { deed: *deed, about: "your post #2 in \"T\"".to_owned() });
    Plan {
        title: "Do it".to_owned(),
        subject: Subject::Case(CaseId(7)),
        deeds: deeds.collect(),
        rules: rules(),
        rule_no,
        member: "bo".to_owned(),
        thing: Thing::Post(crate::domain::ids::PostId(2)),
    }
}

fn look(columns: u16, rows: u16) -> Look {
    Look::new(me("mo"), &Capabilities::COMMON, columns, rows, crate::service::testing::NOON)
}

/// Sends a command or types, as the app would.
fn tell(form: &mut Decide, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    form.update(msg, &mut Ui::new(&look(80, 24), &mut effects));
    effects
}

fn type_in(form: &mut Decide, text: &str) {
    for press in presses(text) {
        tell(form, Msg::Input(Input::Key(press)));
    }
}

fn shown(form: &mut Decide, columns: u16, rows: u16) -> String {
    let area = Rect::new(0, 0, columns, rows);
    let mut buf = Buffer::empty(area);
    form.draw(Rect::new(0, 1, columns, rows - 3), &mut buf, &look(columns, rows));
    text_of(&buf)
}

#[test]
fn a_rule_is_asked_for_only_where_one_is_needed_and_none_was_named() {
    assert_eq!(Decide::new(1, plan(&[Deed::RemovePost], None)).stage, Stage::Rule);
    assert_eq!(Decide::new(1, plan(&[Deed::RemovePost], Some(2))).stage, Stage::Reason);
    assert_eq!(Decide::new(1, plan(&[Deed::UnlockThread], None)).stage, Stage::Reason);
    assert_eq!(Decide::new(1, plan(&[], None)).stage, Stage::Reason);
    let mut form = Decide::new(1, plan(&[Deed::RemovePost], None));
    tell(&mut form, Msg::Command(Command::Pick(9)));
    assert_eq!(form.stage, Stage::Rule, "there is no ninth rule");
    tell(&mut form, Msg::Command(Command::Pick(2)));
    assert_eq!((form.stage, form.rule().map(|rule| rule.no)), (Stage::Reason, Some(2)));
}

#[test]
fn every_stage_fits_forty_by_twelve() {
    let mut form = Decide::new(1, plan(&[Deed::RemovePost, Deed::Warn], None));
    assert!(shown(&mut form, 40, 12).contains("2 Do not sell"));
    tell(&mut form, Msg::Command(Command::Open));
    type_in(&mut form, "Again.");
    assert!(shown(&mut form, 40, 12).contains("Again."));
    tell(&mut form, Msg::Command(Command::Accept));
    let top = shown(&mut form, 40, 12);
    assert!(top.contains("bo will read:") && top.contains('↓'), "{top}");
    tell(&mut form, Msg::Command(Command::Bottom));
    let bottom = shown(&mut form, 40, 12);
    assert!(bottom.contains("mod log") && !bottom.contains('↓'), "{bottom}");
}

#[test]
fn nothing_wrong_shows_what_the_reporters_read() {
    let mut form = Decide::new(1, plan(&[], None));
    tell(&mut form, Msg::Command(Command::Accept));
    let screen = shown(&mut form, 80, 24);
    assert!(screen.contains("Those who reported it will read:"), "{screen}");
    assert!(screen.contains("nothing against the rules"), "{screen}");
}

#[test]
fn what_was_refused_is_kept_and_what_is_done_is_returned() {
    let mut form = Decide::new(4, plan(&[Deed::RemovePost], Some(1)));
    type_in(&mut form, "Why.");
    tell(&mut form, Msg::Command(Command::Accept));
    let effects = tell(&mut form, Msg::Command(Command::Yes));
    let [Effect::Call(call)] = effects.as_slice() else { panic!("{} effects", effects.len()) };
    let sent = call.get::<DecideCase>().expect("a decision");
    assert_eq!((sent.case, sent.rule_no, sent.reason.as_str()), (CaseId(7), 1, "Why."));
    assert!(form.is_waiting());
    tell(&mut form, Msg::Answer(Answer::to::<DecideCase>(Err(Error::conflict("mia was faster.")))));
    assert_eq!((form.stage, form.reason.text()), (Stage::Reason, "Why."));
    let now = crate::service::testing::NOON;
    let done =
        Decided { act: crate::domain::ids::ActId(1), undo_until: now.plus(600), outcome: String::new() };
    let effects = tell(&mut form, Msg::Answer(Answer::to::<DecideCase>(Ok(done))));
    let returned = effects.iter().any(|effect| matches!(effect, Effect::Return(DialogResult::Yes(4))));
    assert!(returned, "the opener is told");
}

/// SAFETY, Terminal: what a hostile handle, title or reason holds is drawn as plain cells.
#[test]
fn hostile_words_stay_inside_the_dialog() {
    for text in crate::domain::text::corpus::hostile() {
        let clean = crate::domain::text::clean_line(&text);
        let mut form =
            Decide::new(1, Plan { member: clean.clone(), title: clean, ..plan(&[Deed::Warn], Some(1)) });
        tell(&mut form, Msg::Input(Input::Paste(text.chars().take(400).collect())));
        tell(&mut form, Msg::Command(Command::Accept));
        let screen = shown(&mut form, 40, 12);
        assert!(screen.lines().count() <= 12 && !screen.contains('\u{1b}'), "{text:?}");
    }
}
