//! W6: every table that names a member is in the archive, or there is a reason why not.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;
use crate::store::testing::rows_of;

/// Tables and columns that name a member, and the file that holds what they say about that member; or why none does.
const COVERED: &[(&str, &str)] = &[
    ("calm.began_by", "staff at work: in the audit log"),
    ("calm.ended_by", "staff at work: in the audit log"),
    ("juror.member_id", "juries"),
    ("matter.asked_by", "appeals"),
    ("matter.decided_by", "staff at work"),
    ("matter.member_id", "appeals, and staff-acts once it is carried out"),
    ("ban.made_by", "staff at work: in the mod log"),
    ("ban.lifted_by", "staff at work: in the mod log"),
    ("seen_from.member_id", "addresses"),
    ("watch.member_id", "watched"),
    ("watch.made_by", "staff at work: in the watch"),
    ("watch.ended_by", "staff at work"),
    ("watch_evidence.added_by", "staff at work"),
    ("staff_note.author_id", "staff at work"),
    ("staff_note.member_id", "staff-notes"),
    ("staff_note.removed_by", "staff at work"),
    ("text_filter.made_by", "staff at work"),
    ("glossary_meaning.written_by", "glossary"),
    ("glossary_term.author_id", "glossary"),
    ("glossary_term.changed_by", "glossary"),
    ("held_post.author_id", "waited"),
    ("held_post.claimed_by", "staff at work"),
    ("held_post.decided_by", "staff at work"),
    ("member_mute.member_id", "muted"),
    ("member_mute.muted_id", "the other's own choice, which is not announced"),
    ("cohort.host_id", "shown to everybody with the cohort"),
    ("cohort_member.invited_by", "staff at work"),
    ("cohort_member.member_id", "cohorts"),
    ("dues_entry.by_id", "staff at work"),
    ("dues_entry.member_id", "dues"),
    ("dues_told.member_id", "dues"),
    ("dues_waiver.member_id", "dues"),
    ("role_term.member_id", "roles"),
    ("role_term.offered_by", "the other's role"),
    ("tag.champion_id", "roles"),
    ("vouch.member_id", "vouches"),
    ("admission.member_id", "seat"),
    ("seat_news.member_id", "seat"),
    ("waitlist.member_id", "seat"),
    ("admission.member_id", "when one came in: in the profile"),
    ("application.claimed_by", "staff at work: in the application"),
    ("application.decided_by", "staff at work: in the application"),
    ("application.member_id", "application"),
    ("application_question.asked_by", "staff at work: in the application"),
    ("audit.actor_id", "the audit log is the place's own, and open to staff; what concerned one: staff-acts"),
    ("audit.target_id", "staff-acts"),
    ("board.host_id", "shown to everybody with the board"),
    ("board_choice.member_id", "reading"),
    ("bookmark.member_id", "bookmarks"),
    ("calm.began_by", "staff at work: in the mod log"),
    ("calm.ended_by", "staff at work: in the mod log"),
    ("charter_acceptance.member_id", "charter"),
    ("conversation.opened_by", "messages"),
    ("curb.member_id", "staff-acts"),
    ("door_question_version.made_by", "the place's own questions, which everybody at the door sees"),
    ("draft.member_id", "drafts"),
    ("held_post.author_id", "waited"),
    ("held_post.claimed_by", "staff at work"),
    ("held_post.decided_by", "staff at work"),
    ("invite.created_by", "invites"),
    ("invite.used_by", "profile: invited_by"),
    ("leaving.member_id", "shown on the same screen"),
    ("left_off.member_id", "places"),
    ("level_change.member_id", "levels"),
    ("member.invited_by", "profile"),
    ("member_block.blocked_id", "the other's own choice, which is not announced"),
    ("member_block.member_id", "blocked"),
    ("member_day.member_id", "days"),
    ("member_key.member_id", "keys"),
    ("member_tag.member_id", "tags"),
    ("message.author_id", "messages"),
    ("member_tag.member_id", "tags"),
    ("mod_act.actor_id", "staff at work: in the mod log"),
    ("mod_act.target_id", "staff-acts"),
    ("case_line.author_id", "room-lines, while they live; the copy is of a case"),
    ("mod_case.author_id", "staff-acts, once decided"),
    ("mod_case.claimed_by", "staff at work"),
    ("mod_case.decided_by", "staff at work"),
    ("note_met.member_id", "which hints in the editor were shown: nothing but that"),
    ("notification.actor_id", "the other's notifications"),
    ("notification.member_id", "notifications"),
    ("participant.member_id", "messages"),
    ("pass.member_id", "pass"),
    ("post.author_id", "posts"),
    ("post_address.member_id", "the others' posts, which are in the place"),
    ("progress.member_id", "how much one has read: on one's path"),
    ("read_board.member_id", "reading"),
    ("read_thread.member_id", "reading"),
    ("recent.member_id", "searches"),
    ("recovery.code_by", "staff at work: on record"),
    ("recovery.member_id", "while it is open: shown under lost keys"),
    ("recovery_vouch.member_id", "for another: on record"),
    ("report.reporter_id", "reports"),
    ("room_ignore.ignored_id", "the other's own choice, which is not announced"),
    ("room_ignore.member_id", "one's own choice in rooms: shown there"),
    ("room_keep.proposed_by", "in the room"),
    ("room_keep_answer.member_id", "in the room"),
    ("room_line.author_id", "room-lines"),
    ("room_mark.member_id", "reading"),
    ("seat_news.member_id", "said at the next login, and gone with it"),
    ("setting.member_id", "settings"),
    ("staff_note.author_id", "staff at work: the note is its member's"),
    ("staff_note.member_id", "staff-notes"),
    ("staff_note.removed_by", "staff at work"),
    ("tag.made_by", "in the place"),
    ("tag_taken_member.member_id", "a tag that the staff took away: kept for when it comes back"),
    ("text_filter.made_by", "staff at work: in the audit log"),
    ("thanks.giver_id", "thanks-given"),
    ("thread.author_id", "posts"),
    ("thread.last_author_id", "posts"),
    ("thread_choice.member_id", "reading"),
    ("thread_trail.moved_by", "staff at work: in the mod log"),
    ("wall_line.author_id", "wall"),
    ("vouch.member_id", "vouches"),
    ("waitlist.member_id", "at the door, while one waits"),
    ("warning.member_id", "staff-acts"),
];

#[tokio::test]
async fn w6_every_column_that_names_a_member_is_in_the_archive_or_has_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::store::Store::open(&folder.path().join("hob.db")).await.unwrap();
    let there: BTreeSet<String> = rows_of(
        &store,
        "SELECT tables.name || '.' || keys.\"from\"
           FROM sqlite_schema AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
          WHERE tables.type = 'table' AND keys.\"table\" = 'member'",
    )
    .await
    .into_iter()
    .collect();
    let covered: BTreeSet<String> = COVERED.iter().map(|(column, _)| (*column).to_owned()).collect();
    let missing: Vec<&String> = there.difference(&covered).collect();
    assert!(
        missing.is_empty(),
        "{missing:?} name a member: add what they say about that member to FILES in src/store/mine.rs and a line to \
         COVERED here, or a line with the reason why not"
    );
    assert!(there.len() > 40, "{there:?}");
    let files: BTreeSet<&str> = FILES.iter().map(|file| file.name).collect();
    assert_eq!(files.len(), FILES.len(), "two files have one name");
}
