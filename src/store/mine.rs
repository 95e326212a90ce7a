//! Everything that is kept about one member, for that member alone (W6): one query for each file of their archive, each
//! giving one JSON object a row in an order that never changes. Nobody else's private things are in it: what others
//! said to them is, as they see it, and what others said elsewhere is not.

use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, MemberId, PostNo, ThreadId};
use crate::domain::policy::{Clearance, Grant, TakeOwnData};
use crate::domain::post::PostState;

/// A file of the archive: its name without an ending, and the query for its rows, which takes the member as `?1` and
/// the rank of what they may see as `?2`.
pub struct OwnFile {
    /// Its name.
    pub name: &'static str,
    sql: &'static str,
}

/// A time as ISO 8601, or null.
macro_rules! iso {
    ($column:literal) => {
        concat!("strftime('%Y-%m-%dT%H:%M:%SZ', ", $column, ", 'unixepoch')")
    };
}

/// The title of the thread of `post`, where the member may see it today.
macro_rules! title {
    () => {
        "iif(board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND NOT thread.removed, thread.title, NULL)"
    };
}

/// Every file, in the order of the archive. Posts come before them, as text too (see [`posts`]).
#[rustfmt::skip]
pub static FILES: &[OwnFile] = &[
    OwnFile { name: "profile", sql: concat!(
        "SELECT json_object('handle', member.handle, 'standing', member.standing, 'level', member.level,
                'role', member.role, 'joined', ", iso!("member.joined_at"), ", 'account_made', ", iso!("member.created_at"), ",
                'last_here', ", iso!("member.last_seen_at"), ", 'suspended_until', ", iso!("member.suspended_until"), ",
                'invited_by', inviter.handle, 'pronouns', member.pronouns, 'zone', member.zone, 'about', member.about,
                'can_help', member.can_help, 'looking_for', member.looking_for, 'plan', member.plan,
                'has_password', json(iif(member.password_hash IS NULL, 'false', 'true')))
           FROM member LEFT JOIN member AS inviter ON inviter.id = member.invited_by
          WHERE member.id = ?1 AND ?2 IS NOT NULL") },
    OwnFile { name: "settings", sql:
        "SELECT json_object('name', name, 'value', value) FROM setting
          WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY name" },
    OwnFile { name: "keys", sql: concat!(
        "SELECT json_object('name', name, 'algorithm', algorithm, 'fingerprint', fingerprint, 'public_key', public_key,
                'added', ", iso!("added_at"), ", 'last_used', ", iso!("last_used_at"), ", 'revoked', ", iso!("revoked_at"), ")
           FROM member_key WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "pass", sql: concat!(
        "SELECT json_object('authority', authority, 'certificate', key_id, 'serial', serial, 'fingerprint', fingerprint,
                'good_until', ", iso!("valid_until"), ", 'used', ", iso!("used_at"), ")
           FROM pass WHERE member_id = ?1 AND ?2 IS NOT NULL") },
    OwnFile { name: "drafts", sql: concat!(
        "SELECT json_object('for', target, 'title', title, 'text', body, 'saved', ", iso!("saved_at"), ")
           FROM draft WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY target") },
    // What one sees of one's conversations today, and one's own words in those that one has left.
    OwnFile { name: "messages", sql: concat!(
        "SELECT json_object('conversation', message.conversation_id, 'title', conversation.title, 'number', message.no,
                'by', author.handle, 'kind', message.kind,
                'text', iif(message.removed_at IS NULL OR message.author_id = ?1, message.body, ''), 'written', ", iso!("message.created_at"), ",
                'deleted', ", iso!("message.deleted_at"), ")
           FROM participant AS part
           JOIN conversation ON conversation.id = part.conversation_id
           JOIN message ON message.conversation_id = part.conversation_id
           JOIN member AS author ON author.id = message.author_id
          WHERE part.member_id = ?1 AND ?2 IS NOT NULL
            AND (message.author_id = ?1 OR (part.left_at IS NULL AND message.no >= part.from_no AND NOT EXISTS (
                SELECT 1 FROM member_block AS apart
                 WHERE apart.after_message < message.id
                   AND ((apart.member_id = ?1 AND apart.blocked_id = message.author_id)
                     OR (apart.member_id = message.author_id AND apart.blocked_id = ?1)))))
          ORDER BY message.conversation_id, message.no") },
    OwnFile { name: "room-lines", sql: concat!(
        "SELECT json_object('room', room_id, 'kind', kind, 'text', body, 'said', ", iso!("said_at"), ")
           FROM room_line WHERE author_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "wall", sql: concat!(
        "SELECT json_object('text', body, 'written', ", iso!("written_at"), ")
           FROM wall_line WHERE author_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "thanks-given", sql: concat!(
        "SELECT json_object('thread', post.thread_id, 'number', post.no, 'title', ", title!(), ",
                'given', ", iso!("thanks.given_at"), ")
           FROM thanks JOIN post ON post.id = thanks.post_id JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE thanks.giver_id = ?1 ORDER BY thanks.post_id") },
    OwnFile { name: "thanks-received", sql: concat!(
        "SELECT json_object('thread', post.thread_id, 'number', post.no, 'by', giver.handle, 'title', ", title!(), ",
                'given', ", iso!("thanks.given_at"), ")
           FROM post JOIN thanks ON thanks.post_id = post.id JOIN member AS giver ON giver.id = thanks.giver_id
           JOIN thread ON thread.id = post.thread_id JOIN board ON board.id = thread.board_id
          WHERE post.author_id = ?1 ORDER BY thanks.post_id, giver.handle_fold") },
    OwnFile { name: "bookmarks", sql: concat!(
        "SELECT json_object('thread', post.thread_id, 'number', post.no, 'title', ", title!(), ",
                'kept', ", iso!("bookmark.kept_at"), ")
           FROM bookmark JOIN post ON post.id = bookmark.post_id JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE bookmark.member_id = ?1 ORDER BY bookmark.post_id") },
    OwnFile { name: "reports", sql: concat!(
        "SELECT json_object('about', mod_case.thing, 'rule', report.rule_no, 'note', report.note,
                'made', ", iso!("report.created_at"), ", 'decided', ", iso!("mod_case.decided_at"), ", 'outcome', mod_case.outcome)
           FROM report JOIN mod_case ON mod_case.id = report.case_id
          WHERE report.reporter_id = ?1 AND ?2 IS NOT NULL ORDER BY report.id") },
    OwnFile { name: "staff-acts", sql: concat!(
        "SELECT json_object('act', mod_act.action, 'about', mod_act.thing, 'rule', mod_act.rule_no,
                'reason', mod_act.reason, 'at', ", iso!("mod_act.at"), ", 'undone', ", iso!("mod_act.undone_at"), ",
                'acknowledged', ", iso!("warning.acknowledged_at"), ")
           FROM mod_act LEFT JOIN warning ON warning.act_id = mod_act.id
          WHERE mod_act.target_id = ?1 AND ?2 IS NOT NULL ORDER BY mod_act.id") },
    OwnFile { name: "waited", sql: concat!(
        "SELECT json_object('board', board.slug, 'thread', held_post.thread_id, 'title', held_post.title,
                'answers', held_post.reply_to_no, 'text', held_post.body, 'why', held_post.why, 'state', held_post.state,
                'handed_in', ", iso!("held_post.held_at"), ", 'decided', ", iso!("held_post.decided_at"), ", 'reason', held_post.reason)
           FROM held_post JOIN board ON board.id = held_post.board_id
          WHERE held_post.author_id = ?1 AND ?2 IS NOT NULL ORDER BY held_post.id") },
    OwnFile { name: "staff-notes", sql: concat!(
        "SELECT json_object('note', staff_note.body, 'by', author.handle, 'written', ", iso!("staff_note.written_at"), ",
                'taken_out', ", iso!("staff_note.removed_at"), ")
           FROM staff_note JOIN member AS author ON author.id = staff_note.author_id
          WHERE staff_note.member_id = ?1 AND ?2 IS NOT NULL ORDER BY staff_note.id") },
    OwnFile { name: "addresses", sql: concat!(
        "SELECT json_object('address', network, 'first', ", iso!("first_at"), ", 'last', ", iso!("last_at"), ")
           FROM seen_from WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY first_at, network") },
    OwnFile { name: "watched", sql: concat!(
        "SELECT json_object('key', watch.subject, 'reason', watch.reason, 'by', maker.handle, 'began', ", iso!("watch.made_at"), ",
                'until', ", iso!("watch.until"), ", 'ended', ", iso!("watch.ended_at"), ",
                'evidence', (SELECT json_group_array(json_object('what', label, 'text', body) ORDER BY id)
                               FROM watch_evidence WHERE watch_id = watch.id))
           FROM watch JOIN member AS maker ON maker.id = watch.made_by
          WHERE (watch.member_id = ?1 OR (watch.kind = 'key' AND EXISTS (
                    SELECT 1 FROM member_key WHERE member_key.member_id = ?1 AND member_key.fingerprint = watch.subject)))
            AND ?2 IS NOT NULL ORDER BY watch.id") },
    OwnFile { name: "appeals", sql: concat!(
        "SELECT json_object('words', words, 'rule', rule_no, 'made', ", iso!("asked_at"), ", 'decided', ", iso!("decided_at"), ",
                'granted', granted, 'answer', answer)
           FROM matter WHERE asked_by = ?1 AND member_id = ?1 AND kind = 'appeal' AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "juries", sql: concat!(
        "SELECT json_object('asked', ", iso!("asked_at"), ", 'left', ", iso!("left_at"), ", 'voted', ", iso!("voted_at"), ",
                'take_back', undo, 'reason', reason)
           FROM juror WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "application", sql: concat!(
        "SELECT json_object('why', why, 'introduction', introduction, 'started', ", iso!("started_at"), ",
                'sent', ", iso!("submitted_at"), ", 'decided', ", iso!("decided_at"), ", 'answer', answer,
                'questions', json((SELECT json_group_array(json_object('asked', question, 'answered', reply))
                    FROM (SELECT question, reply FROM application_question AS asked
                           WHERE asked.application_id = application.id ORDER BY asked.id))))
           FROM application WHERE member_id = ?1 AND ?2 IS NOT NULL") },
    OwnFile { name: "glossary", sql: concat!(
        "SELECT json_object('word', glossary_term.word, 'meaning', glossary_meaning.meaning,
                'written', ", iso!("glossary_meaning.written_at"), ")
           FROM glossary_meaning JOIN glossary_term ON glossary_term.id = glossary_meaning.term_id
          WHERE glossary_meaning.written_by = ?1 AND ?2 IS NOT NULL
         UNION ALL SELECT json_object('word', word, 'meaning', meaning, 'written', ", iso!("changed_at"), ")
           FROM glossary_term WHERE changed_by = ?1 ORDER BY 1") },
    OwnFile { name: "roles", sql: concat!(
        "SELECT json_object('duty', duty, 'of', of_id, 'offered', ", iso!("offered_at"), ", 'days', days,
                'answered', ", iso!("answered_at"), ", 'ends', ", iso!("ends_at"), ", 'ended', ", iso!("ended_at"), ", 'how', ended_how)
           FROM role_term WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "cohorts", sql: concat!(
        "SELECT json_object('cohort', cohort.name, 'invited', ", iso!("part.invited_at"), ", 'joined', ", iso!("part.joined_at"), ",
                'left', ", iso!("part.left_at"), ", 'buddies', json((SELECT json_group_array(handle) FROM (
                    SELECT member.handle FROM cohort_member AS other JOIN member ON member.id = other.member_id
                     WHERE other.cohort_id = part.cohort_id AND other.pair = part.pair AND other.member_id <> ?1
                     ORDER BY member.handle_fold))))
           FROM cohort_member AS part JOIN cohort ON cohort.id = part.cohort_id
          WHERE part.member_id = ?1 AND ?2 IS NOT NULL ORDER BY part.cohort_id") },
    OwnFile { name: "dues", sql: concat!(
        "SELECT line FROM (
            SELECT 1 AS part, id AS a, json_object('entry', id, 'until', ", iso!("ends_at"), ", 'note', note,
                    'recorded', ", iso!("at"), ", 'takes_back', counters) AS line FROM dues_entry WHERE member_id = ?1
            UNION ALL SELECT 2, 0, json_object('let_off_since', ", iso!("asked_at"), ") FROM dues_waiver WHERE member_id = ?1
            UNION ALL SELECT 3, ends_at, json_object('told', what, 'at', ", iso!("told_at"), ") FROM dues_told WHERE member_id = ?1)
          WHERE ?2 IS NOT NULL ORDER BY part, a") },
    OwnFile { name: "seat", sql: concat!(
        "SELECT line FROM (
            SELECT 1 AS part, json_object('waits_as', turn, 'since', ", iso!("since"), ") AS line
              FROM waitlist WHERE member_id = ?1
            UNION ALL SELECT 2, json_object('seat_given', way, 'at', ", iso!("at"), ") FROM admission WHERE member_id = ?1
            UNION ALL SELECT 3, json_object('to_be_told_as', turn) FROM seat_news WHERE member_id = ?1
            UNION ALL SELECT 4, json_object('asleep_since', ", iso!("asleep_at"), ") FROM member
              WHERE id = ?1 AND asleep_at IS NOT NULL)
          WHERE ?2 IS NOT NULL ORDER BY part") },
    OwnFile { name: "door-answers", sql: concat!(
        "SELECT json_object('asked', version.words, 'answer', answer.body, 'chosen', json((
                    SELECT json_group_array(words) FROM (SELECT choice.words FROM application_choice AS taken
                      JOIN door_question_choice AS choice ON choice.version_id = answer.version_id AND choice.no = taken.no
                     WHERE taken.application_id = answer.application_id AND taken.question_id = answer.question_id
                     ORDER BY taken.no))), 'answered', ", iso!("answer.answered_at"), ")
           FROM application_answer AS answer
           JOIN application ON application.id = answer.application_id
           JOIN door_question_version AS version ON version.id = answer.version_id
          WHERE application.member_id = ?1 AND ?2 IS NOT NULL ORDER BY answer.question_id") },
    OwnFile { name: "tags", sql: concat!(
        "SELECT json_object('tag', tag.name, 'joined', ", iso!("member_tag.joined_at"), ")
           FROM member_tag JOIN tag ON tag.id = member_tag.tag_id
          WHERE member_tag.member_id = ?1 AND ?2 IS NOT NULL ORDER BY tag.name") },
    OwnFile { name: "vouches", sql: concat!(
        "SELECT json_object('for', applicant.handle, 'words', vouch.words, 'said', ", iso!("vouch.at"), ")
           FROM vouch JOIN application ON application.id = vouch.application_id
           JOIN member AS applicant ON applicant.id = application.member_id
          WHERE vouch.member_id = ?1 AND ?2 IS NOT NULL ORDER BY vouch.at, vouch.application_id") },
    OwnFile { name: "charter", sql: concat!(
        "SELECT json_object('version', version, 'rule', no, 'accepted', ", iso!("at"), ")
           FROM charter_acceptance WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY version, no") },
    OwnFile { name: "levels", sql: concat!(
        "SELECT json_object('from', from_level, 'to', to_level, 'at', ", iso!("at"), ")
           FROM level_change WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "days", sql:
        "SELECT json_object('here', date(day * 86400, 'unixepoch')) FROM member_day
          WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY day" },
    OwnFile { name: "invites", sql: concat!(
        "SELECT json_object('note', invite.note, 'made', ", iso!("invite.created_at"), ", 'expires', ", iso!("invite.expires_at"), ",
                'used_by', member.handle, 'used', ", iso!("invite.used_at"), ", 'taken_back', ", iso!("invite.revoked_at"), ")
           FROM invite LEFT JOIN member ON member.id = invite.used_by
          WHERE invite.created_by = ?1 AND ?2 IS NOT NULL ORDER BY invite.id") },
    OwnFile { name: "reading", sql:
        "SELECT line FROM (
            SELECT 1 AS part, board.id AS a, 0 AS b, json_object('board', board.slug, 'read_up_to_post', upto_post) AS line
              FROM read_board JOIN board ON board.id = read_board.board_id WHERE member_id = ?1
            UNION ALL SELECT 2, thread_id, 0, json_object('thread', thread_id, 'read_up_to', last_no)
              FROM read_thread WHERE member_id = ?1
            UNION ALL SELECT 3, board_id, 0, json_object('board', board.slug, 'choice', choice)
              FROM board_choice JOIN board ON board.id = board_choice.board_id WHERE member_id = ?1
            UNION ALL SELECT 4, thread_id, 0, json_object('thread', thread_id, 'choice', choice)
              FROM thread_choice WHERE member_id = ?1
            UNION ALL SELECT 5, room_id, 0, json_object('room', room_id, 'seen_up_to', last_line)
              FROM room_mark WHERE member_id = ?1)
          WHERE ?2 IS NOT NULL ORDER BY part, a, b" },
    OwnFile { name: "notifications", sql: concat!(
        "SELECT json_object('what', kind, 'where', place, 'id', place_id, 'times', times, 'at', ", iso!("at"), ",
                'seen', ", iso!("seen_at"), ")
           FROM notification WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
    OwnFile { name: "searches", sql: concat!(
        "SELECT json_object('what', what, 'words', text, 'used', ", iso!("used_at"), ")
           FROM recent WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY what, text") },
    OwnFile { name: "blocked", sql: concat!(
        "SELECT json_object('member', member.handle, 'blocked', ", iso!("member_block.created_at"), ")
           FROM member_block JOIN member ON member.id = member_block.blocked_id
          WHERE member_block.member_id = ?1 AND ?2 IS NOT NULL ORDER BY member.handle_fold") },
    OwnFile { name: "muted", sql: concat!(
        "SELECT json_object('member', member.handle, 'muted', ", iso!("member_mute.created_at"), ")
           FROM member_mute JOIN member ON member.id = member_mute.muted_id
          WHERE member_mute.member_id = ?1 AND ?2 IS NOT NULL ORDER BY member.handle_fold") },
    OwnFile { name: "places", sql: concat!(
        "SELECT json_object('places', places, 'left', ", iso!("saved_at"), ")
           FROM left_off WHERE member_id = ?1 AND ?2 IS NOT NULL ORDER BY id") },
];

/// The rows of a file, a JSON object each.
///
/// # Errors
/// When they cannot be read.
pub async fn rows(
    conn: &mut SqliteConnection,
    _grant: &Grant<TakeOwnData>,
    file: &OwnFile,
    member: MemberId,
    sees: Clearance,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(file.sql).bind(member).bind(sees.rank()).fetch_all(conn).await
}

/// A post of the member's, tombstones with the text that is still kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnPost {
    /// Its board.
    pub board_id: BoardId,
    /// The board's name in commands.
    pub board: String,
    /// Its thread.
    pub thread_id: ThreadId,
    /// The thread's title, where the member may see it today.
    pub title: Option<String>,
    /// Its number.
    pub no: PostNo,
    /// What it answers.
    pub reply_to_no: Option<PostNo>,
    /// When it was written, ISO 8601.
    pub written: String,
    /// When it was edited last, ISO 8601.
    pub edited: Option<String>,
    /// How it is shown.
    pub state: PostState,
    /// Its text.
    pub body: String,
    /// What it said before, oldest first: a JSON array of texts with their times.
    pub history: String,
}

/// The member's posts, board by board and thread by thread.
///
/// # Errors
/// When they cannot be read.
pub async fn posts(
    conn: &mut SqliteConnection,
    _grant: &Grant<TakeOwnData>,
    member: MemberId,
    sees: Clearance,
) -> sqlx::Result<Vec<OwnPost>> {
    sqlx::query_as(concat!(
        "SELECT board.id AS board_id, board.slug AS board, post.thread_id, ",
        title!(),
        " AS title, post.no, post.reply_to_no, ",
        iso!("post.created_at"),
        " AS written, ",
        iso!("post.edited_at"),
        " AS edited, post.state, post.body,
                (SELECT json_group_array(json_object('text', body, 'written', ",
        iso!("written_at"),
        ")) FROM (SELECT body, written_at FROM post_revision WHERE post_id = post.id ORDER BY id)) AS history
           FROM post JOIN thread ON thread.id = post.thread_id JOIN board ON board.id = thread.board_id
          WHERE post.author_id = ?1 ORDER BY board.id, post.thread_id, post.no"
    ))
    .bind(member)
    .bind(sees.rank())
    .fetch_all(conn)
    .await
}

/// How many posts the member has written.
///
/// # Errors
/// When they cannot be counted.
pub async fn count_posts(
    conn: &mut SqliteConnection,
    _grant: &Grant<TakeOwnData>,
    member: MemberId,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM post WHERE author_id = ?").bind(member).fetch_one(conn).await
}

#[cfg(test)]
#[path = "mine_tests.rs"]
mod tests;
