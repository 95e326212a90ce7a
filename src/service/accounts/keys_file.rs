//! The keys file: who may log in with which key, as a list that the host keeps (D8). It may be read at every start.

use super::add::{add_key, insert};
use super::key_line::KeyLine;
use crate::domain::handle::Handle;
use crate::domain::ids::MemberId;
use crate::domain::member::Role;
use crate::domain::policy::{Grant, MakeAccount};
use crate::domain::text::clean_line;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::{accounts, keys, members};

/// Most lines that are read: a thousand places of the size that this program is for.
const LINES_MAX: usize = 100_000;

/// Reads a keys file: one `HANDLE ROLE authorized_keys-line` a line, `#` before a remark. Members who are not there
/// are made, keys they do not have are added, roles are set as the file says. Nobody is removed by a line that is
/// gone, and a key that its owner revoked is not brought back. Reading a file twice changes nothing.
#[derive(Clone, Debug)]
pub struct ImportKeysFile {
    /// The whole file.
    pub text: String,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Handles of members who were made.
    pub members: Vec<String>,
    /// How many keys were added, to new and to known members.
    pub keys: usize,
    /// Handles of members whose role was changed.
    pub roles: Vec<String>,
    /// Lines that did nothing, each with its number and the reason.
    pub problems: Vec<String>,
}

struct Line {
    handle: Handle,
    role: Role,
    key: KeyLine,
}

impl Request for ImportKeysFile {
    type Reply = Imported;
    type Access = Writes;
    const NAME: &'static str = "import keys file";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Imported> {
        let grant = cx.allow(&MakeAccount)?;
        if self.text.lines().count() > LINES_MAX {
            return Err(Error::invalid(format!(
                "The keys file has more than {LINES_MAX} lines. Is it the right one?"
            )));
        }
        let mut imported = Imported::default();
        for (number, text) in (1..).zip(self.text.lines()) {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let done = match parse(text) {
                Ok(line) => take(cx, &grant, &line, &mut imported).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(()) => {}
                // A failing disk is not the line's fault.
                Err(Error::Storage(cause)) => return Err(Error::Storage(cause)),
                Err(error) => imported.problems.push(format!("line {number}: {error}")),
            }
        }
        Ok(imported)
    }
}

fn parse(text: &str) -> Result<Line> {
    let (handle, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let (role, key) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest, ""));
    let role = role.parse::<Role>().map_err(|_| {
        Error::invalid(format!(
            "After the handle comes a role: member, moderator or sysop, not '{}'.",
            clean_line(role).chars().take(40).collect::<String>()
        ))
    })?;
    Ok(Line { handle: Handle::parse_reserved_ok(handle)?, role, key: KeyLine::parse(key)? })
}

async fn take(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<MakeAccount>,
    line: &Line,
    imported: &mut Imported,
) -> Result<()> {
    let known = members::by_fold(cx.conn(), &line.handle.fold()).await?;
    let Some(known) = known else {
        refuse_others_key(cx, None, &line.key).await?;
        let member = insert(cx, grant, &line.handle, line.role, None).await?;
        add_key(cx, member, &line.key).await?;
        imported.members.push(line.handle.to_string());
        imported.keys += 1;
        return Ok(());
    };
    if !refuse_others_key(cx, Some(known.id), &line.key).await? {
        if keys::was_revoked(cx.conn(), known.id, &line.key.fingerprint).await? {
            return Err(Error::conflict(format!(
                "{} revoked the key {}. Take the line out of the file.",
                known.handle, line.key.fingerprint
            )));
        }
        add_key(cx, known.id, &line.key).await?;
        imported.keys += 1;
    }
    if known.role != line.role {
        set_role(cx, grant, known.id, line.role).await?;
        imported.roles.push(known.handle);
    }
    Ok(())
}

/// Whether the member has the key already.
async fn refuse_others_key(cx: &mut Cx<'_, Writes>, member: Option<MemberId>, key: &KeyLine) -> Result<bool> {
    match keys::live(cx.conn(), &key.fingerprint).await? {
        Some((_, owner)) if Some(owner) == member => Ok(true),
        Some((_, owner)) => {
            let (handle, _) = members::name_and_zone(cx.conn(), owner).await?;
            Err(Error::conflict(format!("The key {} is {handle}'s already.", key.fingerprint)))
        }
        None => Ok(false),
    }
}

async fn set_role(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<MakeAccount>,
    member: MemberId,
    role: Role,
) -> Result<()> {
    accounts::set_role(cx.conn(), grant, member, role).await?;
    note_role(cx, member, role, "from the keys file").await
}

/// Puts on record that a member is trusted with more or less, and tells their sessions.
pub(in crate::service) async fn note_role(
    cx: &mut Cx<'_, Writes>,
    member: MemberId,
    role: Role,
    how: &str,
) -> Result<()> {
    cx.audit(NewAudit {
        action: "member.role",
        thing: "member",
        thing_id: member.0,
        target: Some(member),
        rule_no: None,
        reason: "",
        detail: &format!("{role}, {how}"),
        public: true,
    })
    .await?;
    cx.publish(DomainEvent::MemberChanged { member });
    Ok(())
}
