//! What happens before scenes of dues, on the copy that is looked at.

use super::community::Community;
use crate::service::console::{ConsoleAct, Deed};
use crate::service::dues::RecordDues;
use crate::service::testing::Blocking;

/// The sysop turned dues on and recorded some.
pub(super) fn kept(c: &Community, live: &Blocking) {
    let sue = c.person("sue");
    let (row, answers) = ("dues".to_owned(), vec!["yes".to_owned()]);
    live.call(&sue, ConsoleAct { deed: Deed::ChangeSetting, row, answers, prepared: Default::default() })
        .unwrap();
    for (who, until, note) in
        [("wren", "2027-02-01", "in cash"), ("ash", "2026-11-15", ""), ("ida", "2026-09-01", "by letter")]
    {
        let record = RecordDues { member: c.id(who), until: until.to_owned(), note: note.to_owned() };
        live.call(&sue, record).unwrap();
    }
}
