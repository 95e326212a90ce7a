//! Reporting to the staff: `report WHAT [RULE [NOTE…]]`.

use serde_json::json;

use super::refs::parse_thread_or_post;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::{ConversationId, LineId, MessageNo};
use crate::domain::invite::InviteCode;
use crate::domain::moderation::{NO_RULE, Thing};
use crate::service::Error;
use crate::service::cases::{
    InviteReportForm, ReportForm, ReportInvite, ReportSubject, ReportThing, Reported,
};
use crate::service::conversations::{ConversationPage, ReadPage};
use crate::service::members::ListMembers;
use crate::service::posts::{From, ListPosts};
use crate::service::tags::ListTags;

/// `report WHAT [RULE [NOTE…]]`: without a rule it shows what the staff would get, and the rules.
pub(super) async fn report(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let Some(what) = desk.args.first() else { return Err(usage("report", "What?")) };
    if let Some(code) = what.strip_prefix("invite:") {
        return report_invite(desk, code).await;
    }
    let thing = find(desk, &what).await?;
    let form = desk.call(ReportForm { thing }).await?;
    let along = match thing {
        Thing::Message(_) => "The staff get this message with your report, and nothing else of it.",
        Thing::Line(_) => "The staff get this line with your report, with a few that were said around it.",
        _ => "",
    };
    let (rule_no, note) = match rule_and_note(desk, &form, along)? {
        Ok(given) => given,
        Err(shown) => return Ok(shown),
    };
    let reported = desk.call(ReportThing { thing, rule_no, note }).await?;
    Ok(done(desk, reported))
}

/// `report invite:CODE [RULE [NOTE…]]`
async fn report_invite(desk: &mut Desk<'_, impl CommandIo>, code: &str) -> Result<Output, Failure> {
    let code = InviteCode::parse(code).map_err(|why| usage("report", &why.to_string()))?;
    let form = desk.call(InviteReportForm { code: code.clone() }).await?;
    let along = "The staff do not get the code. Say where you saw it.";
    let (rule_no, note) = match rule_and_note(desk, &form, along)? {
        Ok(given) => given,
        Err(shown) => return Ok(shown),
    };
    let reported = desk.call(ReportInvite { code, rule_no, note }).await?;
    Ok(done(desk, reported))
}

/// The rule and the note that were given; else what the staff would get, and the rules.
fn rule_and_note(
    desk: &mut Desk<'_, impl CommandIo>,
    form: &ReportSubject,
    along: &str,
) -> Result<Result<(i64, String), Output>, Failure> {
    let rule_no = match desk.args.first() {
        None if !form.rules.is_empty() => {
            let mut text = format!(
                "{} by {}, which says:\n\n{}\n\nName the rule that it breaks:\n",
                form.label, form.author, form.text
            );
            for rule in &form.rules {
                text.push_str(&format!("  {} {}\n", rule.no, rule.title));
            }
            if !along.is_empty() {
                text.push_str(&format!("\n{along}\n"));
            }
            return Ok(Err(Output::text(text.trim_end())));
        }
        None => NO_RULE,
        Some(word) => word.parse().map_err(|_| usage("report", "A rule is named by its number."))?,
    };
    Ok(Ok((rule_no, std::mem::take(&mut desk.args.rest).join(" "))))
}

fn done(desk: &Desk<'_, impl CommandIo>, reported: Reported) -> Output {
    if desk.args.json {
        return Output::json([json!({ "case": reported.case.0, "first": reported.first })]);
    }
    Output::text("Reported. The staff will look at it; what came of it comes to you as a notification.")
}

/// What is meant: `12`, `12.3`, `m5.7`, `line:34`, `#tag` or a handle.
async fn find(desk: &mut Desk<'_, impl CommandIo>, what: &str) -> Result<Thing, Failure> {
    if let Some((conversation, no)) = message(what) {
        let page = ConversationPage::From(no);
        let found = desk.call(ReadPage { conversation, page }).await?.messages.into_iter().next();
        let found = found.filter(|message| message.no == no);
        return Ok(Thing::Message(found.ok_or(Error::NotFound("message"))?.id));
    }
    if let Some(line) = what.strip_prefix("line:") {
        let line =
            line.parse().map_err(|_| usage("report", "A line is named by its number in room --json."))?;
        return Ok(Thing::Line(LineId(line)));
    }
    if let Some(name) = what.strip_prefix('#') {
        let tags = desk.call(ListTags).await?;
        let found = tags.iter().find(|tag| tag.name.eq_ignore_ascii_case(name));
        return Ok(Thing::Tag(found.ok_or(Error::NotFound("tag"))?.id));
    }
    if let Ok((thread, no)) = parse_thread_or_post(what) {
        let Some(no) = no else { return Ok(Thing::Thread(thread)) };
        let page = desk.call(ListPosts { thread, from: From::No(no) }).await?;
        let found = page.posts.iter().find(|post| post.no == no);
        return Ok(Thing::Post(found.ok_or(Error::NotFound("post"))?.id));
    }
    let handle = what.trim_start_matches('@').to_lowercase();
    let members = desk.call(ListMembers).await?;
    let found = members.iter().find(|member| member.handle.to_lowercase() == handle);
    Ok(Thing::Member(found.ok_or(Error::NotFound("member"))?.id))
}

/// `m5.7`: message 7 of conversation 5.
fn message(what: &str) -> Option<(ConversationId, MessageNo)> {
    let (conversation, no) = parse_thread_or_post(what.strip_prefix('m')?).ok()?;
    Some((ConversationId(conversation.0), MessageNo(no?.0)))
}
