//! Texts of forms that are not posts: kept behind the fingers, offered again, listed with where they lead, dropped by no
//! refusal (W2). Over a real community; "killed" is a session that ends without a goodbye.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::{CaseId, PostId};
use crate::domain::moderation::Thing;
use crate::service::cases::scene::{Cast, apply};
use crate::service::cases::{ReportForm, ReportSubject};
use crate::service::drafts::{ListDrafts, LoadDraft, SaveDraft};
use crate::service::testing::Blocking;
use crate::service::{Caller, Error};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// The timer of `widgets::keeper`.
const KEEP: u32 = 1_001;

/// A text of a form.
struct Written {
    /// What it is called in the list of drafts.
    listed: &'static str,
    /// Who writes it.
    who: Caller,
    /// How its form is opened.
    open: Box<dyn Fn(&mut Harness)>,
    /// The keys that send it, and what refuses it.
    send: &'static str,
}

/// Every form with a text that is not a post, and a community where each can be opened.
fn all() -> (Rc<Blocking>, Vec<Written>) {
    let (live, cast) = Cast::live();
    live.block(apply(&live.place, "dan"));
    let case = live.call(&cast.ann, cast.report_it()).unwrap().case;
    let thing = cast.thing();
    let to_report: Box<dyn Fn(&mut Harness)> = Box::new(move |h| {
        h.open(&Route::Report(thing)).keys("1");
    });
    let to_case: Box<dyn Fn(&mut Harness)> = Box::new(move |h| {
        h.open(&Route::Case(case)).keys("w");
    });
    let to_menu: Box<dyn Fn(&mut Harness)> = Box::new(move |h| {
        h.open(&Route::Moderate(thing)).keys("11");
    });
    let to_application = |key: &'static str| -> Box<dyn Fn(&mut Harness)> {
        Box::new(move |h| {
            h.open(&Route::Application(crate::domain::ids::ApplicationId(1))).keys(key);
        })
    };
    let (mo, mia) = (cast.mo.clone(), cast.mia.clone());
    let forms = vec![
        Written { listed: "Report of a post", who: mia.clone(), open: to_report, send: "<Enter>" },
        Written { listed: "Reason in case 1", who: mo.clone(), open: to_case, send: "<Enter><Enter>" },
        Written { listed: "Reason for what is done about a post", who: mia, open: to_menu, send: "" },
        Written { listed: "Decline of application 1", who: mo.clone(), open: to_application("d1"), send: "" },
        Written { listed: "Question to application 1", who: mo.clone(), open: to_application("r"), send: "" },
        Written { listed: "Welcome to application 1", who: mo, open: to_application("a"), send: "" },
    ];
    assert_eq!(case, CaseId(1));
    (live, forms)
}

#[test]
fn a_killed_session_finds_the_text_of_any_form_again() {
    let (live, forms) = all();
    for form in &forms {
        let mut h = Harness::live(&live, &form.who);
        (form.open)(&mut h);
        h.keys("in the middle of a").ring(KEEP);
        drop(h);
        let mut h = Harness::live(&live, &form.who);
        (form.open)(&mut h);
        let screen = h.screen();
        assert!(screen.contains("in the middle of a"), "{}:\n{screen}", form.listed);
        h.keys(" sentence").ring(KEEP);
        let drafts = live.call(&form.who, ListDrafts).unwrap();
        assert!(drafts.iter().any(|draft| draft.excerpt == "in the middle of a sentence"), "{drafts:?}");
        // The list says what it is, and leads to it.
        let screen = h.keys("<Esc><Esc><Esc><Esc>gd").screen();
        assert!(screen.contains(form.listed), "{}:\n{screen}", form.listed);
    }
}

#[test]
fn leaving_keeps_what_was_typed_a_moment_ago() {
    let (live, forms) = all();
    for form in &forms {
        let mut h = Harness::live(&live, &form.who);
        (form.open)(&mut h);
        let words = format!("{} not yet kept", form.listed);
        h.keys(&words).keys("<Esc><Esc>");
        let drafts = live.call(&form.who, ListDrafts).unwrap();
        assert!(drafts.iter().any(|draft| draft.excerpt == words), "{}: {drafts:?}", form.listed);
    }
}

#[test]
fn a_text_that_cannot_be_kept_lets_nobody_leave_without_a_word() {
    let mut h = Harness::member("alice");
    let thing = Thing::Post(PostId(4));
    h.forget().open(&Route::Report(thing));
    h.answer::<ReportForm>(|_| {
        Ok(ReportSubject {
            label: "post #4".to_owned(),
            author: "bo".to_owned(),
            text: String::new(),
            rules: Vec::new(),
        })
    });
    h.answer::<LoadDraft>(|_| Ok(None));
    h.keys("my words<Esc>");
    h.answer::<SaveDraft>(|request| {
        assert_eq!(
            (request.target.to_string().as_str(), request.body.as_str()),
            ("form:report.post.4", "my words")
        );
        Err(Error::conflict("The disk is full."))
    });
    let screen = h.screen();
    assert!(
        screen.contains("Not kept as a draft yet. The disk is full.") && screen.contains("my words"),
        "{screen}"
    );
    h.keys("<Esc>");
    assert_eq!(h.app.routes(), [Route::Home]);
}

#[test]
fn what_was_sent_is_no_draft_any_more() {
    let (live, forms) = all();
    for form in forms.iter().filter(|form| !form.send.is_empty()) {
        let mut h = Harness::live(&live, &form.who);
        (form.open)(&mut h);
        h.keys("a good reason").ring(KEEP);
        assert_eq!(live.call(&form.who, ListDrafts).unwrap().len(), 1, "{}", form.listed);
        h.keys(form.send);
        let left = live.call(&form.who, ListDrafts).unwrap();
        assert!(left.is_empty(), "{}: {left:?}\n{}", form.listed, h.screen());
    }
    let (live, forms) = all();
    let decline = &forms[3];
    let mut h = Harness::live(&live, &decline.who);
    (decline.open)(&mut h);
    h.keys("We are full.<Enter>");
    assert_eq!(live.call(&decline.who, ListDrafts).unwrap().len(), 1, "until it is done");
    h.keys("y");
    assert!(live.call(&decline.who, ListDrafts).unwrap().is_empty(), "{}", h.screen());
}
