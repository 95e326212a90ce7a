//! Reporting to the staff: `report WHAT [RULE [NOTE…]]`.

use serde_json::json;

use super::refs::parse_thread_or_post;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::{ConversationId, MessageNo};
use crate::domain::moderation::{NO_RULE, Thing};
use crate::service::Error;
use crate::service::cases::{ReportForm, ReportThing};
use crate::service::conversations::{ConversationPage, ReadPage};
use crate::service::members::ListMembers;
use crate::service::posts::{From, ListPosts};

/// `report WHAT [RULE [NOTE…]]`: without a rule it shows what the staff would get, and the rules.
pub(super) async fn report(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let Some(what) = desk.args.first() else { return Err(usage("report", "What?")) };
    let thing = find(desk, &what).await?;
    let form = desk.call(ReportForm { thing }).await?;
    let rule_no = match desk.args.first() {
        None if !form.rules.is_empty() => {
            let mut text = format!(
                "{} by {}, which says:\n\n{}\n\nName the rule that it breaks:\n",
                form.label, form.author, form.text
            );
            for rule in &form.rules {
                text.push_str(&format!("  {} {}\n", rule.no, rule.title));
            }
            if matches!(thing, Thing::Message(_)) {
                text.push_str("\nThe staff get this message with your report, and nothing else of it.\n");
            }
            return Ok(Output::text(text.trim_end()));
        }
        None => NO_RULE,
        Some(word) => word.parse().map_err(|_| usage("report", "A rule is named by its number."))?,
    };
    let note = std::mem::take(&mut desk.args.rest).join(" ");
    let reported = desk.call(ReportThing { thing, rule_no, note }).await?;
    if desk.args.json {
        return Ok(Output::json([json!({ "case": reported.case.0, "first": reported.first })]));
    }
    Ok(Output::text("Reported. The staff will look at it; what came of it comes to you as a notification."))
}

/// What is meant: `12`, `12.3`, `m5.7` or a handle.
async fn find(desk: &mut Desk<'_, impl CommandIo>, what: &str) -> Result<Thing, Failure> {
    if let Some((conversation, no)) = message(what) {
        let page = ConversationPage::From(no);
        let found = desk.call(ReadPage { conversation, page }).await?.messages.into_iter().next();
        let found = found.filter(|message| message.no == no);
        return Ok(Thing::Message(found.ok_or(Error::NotFound("message"))?.id));
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
