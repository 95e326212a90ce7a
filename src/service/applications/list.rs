//! Seeing applications.

use super::view::{self, Application};
use crate::domain::ids::ApplicationId;
use crate::domain::policy::SeeQueue;
use crate::service::{Access, Cx, Reads, Request, Result, watch};
use crate::store::applications;

/// Most applications that are listed: at the door of a place of 150 people more can only be a flood.
const LISTED_MAX: i64 = 500;

/// Lists the applications that wait for a decision, the longest waiting first. Those of people whom the actor
/// invited are left out.
#[derive(Clone, Copy, Debug)]
pub struct ListApplications;

impl Request for ListApplications {
    type Reply = Vec<Application>;
    type Access = Reads;
    const NAME: &'static str = "list applications";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Application>> {
        cx.allow(&SeeQueue)?;
        let rows = applications::waiting(cx.conn(), LISTED_MAX).await?;
        let mut list = Vec::with_capacity(rows.len());
        for row in rows {
            let rule = view::rule_of(cx, &row).await?;
            if cx.allow(&rule).is_ok() {
                list.push(view::view(cx, row).await?);
            }
        }
        Ok(list)
    }
}

/// Reads one application, also a decided one.
#[derive(Clone, Copy, Debug)]
pub struct ReadApplication {
    /// Which.
    pub id: ApplicationId,
}

impl Request for ReadApplication {
    type Reply = Application;
    type Access = Reads;
    const NAME: &'static str = "read application";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Application> {
        self.read(cx).await
    }
}

impl ReadApplication {
    /// The same within another request.
    pub(in crate::service) async fn read<A: Access>(self, cx: &mut Cx<'_, A>) -> Result<Application> {
        let (row, _grant) = view::find(cx, self.id).await?;
        let application = view::view(cx, row).await?;
        let marks = watch::marks(cx, application.member).await?;
        Ok(Application { marks, ..application })
    }
}
