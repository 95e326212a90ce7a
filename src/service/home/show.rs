//! Home (PRODUCT.md section 3): bounded lists and exact counts, so that a month away fits one page and one request.

use super::company::{Company, company};
use crate::domain::ids::RoomId;
use crate::domain::policy::LookAround;
use crate::service::boards::{BoardSummary, ListBoards};
use crate::service::cohorts::{ComingUp, coming_up};
use crate::service::notifications::{Notification, others_unseen};
use crate::service::rooms::ListRooms;
use crate::service::settings::DAY_S;
use crate::service::wall::{self, WallLine};
use crate::service::{Cx, Reads, Request, Result};
use crate::store::contacts;
use crate::store::people::{Person, joined, returned};
use crate::store::reading::{self, Addressed, UnreadThread};

/// Rows of each list: more than a tall window shows of any of them.
const ROWS: i64 = 12;
/// Replies and mentions are counted up to here; "99+" says enough after that.
const ADDRESSED_COUNTED: i64 = 100;
/// For how long somebody is new, or back: a month, so that a member who comes once a month meets everybody.
const NEWS_OF_PEOPLE_S: i64 = 31 * DAY_S;
/// People named.
const PEOPLE: i64 = 6;

/// Asks what home shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShowHome;

/// What home shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeView {
    /// Unread replies and mentions, oldest first.
    pub addressed: Happened<Addressed>,
    /// What else is for one and was not seen yet, oldest first: messages, thanks, what the staff did.
    pub for_me: Vec<Notification>,
    /// Followed threads with something unread, in reading order.
    pub followed: Happened<UnreadThread>,
    /// Other threads with something unread, newest first. The count takes in those that stand above too.
    pub others: Vec<UnreadThread>,
    /// Threads with anything unread, of all kinds.
    pub unread_threads: i64,
    /// Unread posts: the sum of the boards.
    pub unread_posts: i64,
    /// All boards that one sees, with their counts, in order.
    pub boards: Vec<BoardSummary>,
    /// Who joined lately, newest first.
    pub joined: Vec<Person>,
    /// Who came back lately after a long time, newest first.
    pub returned: Vec<Person>,
    /// Who is here, and who was lately.
    pub company: Company,
    /// Rooms with lines that one has not seen, in order: name and how many, counted up to a bound.
    pub rooms: Vec<(RoomId, String, i64)>,
    /// What comes up in one's cohorts.
    pub coming: Vec<ComingUp>,
    /// The newest line on the wall, if there is any; all of them are [`crate::service::wall::ReadWall`].
    pub wall: Option<WallLine>,
}

/// A list's first rows and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened<T> {
    /// The first ones.
    pub rows: Vec<T>,
    /// How many there are in all, counted up to a bound of 100.
    pub count: i64,
}

impl<T> Default for Happened<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), count: 0 }
    }
}

impl Request for ShowHome {
    type Reply = HomeView;
    type Access = Reads;
    const NAME: &'static str = "show home";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<HomeView> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let clearance = cx.actor.clearance();
        let boards = ListBoards.run(cx).await?;
        let conn = cx.conn();
        let addressed = Happened {
            rows: reading::addressed(conn, me, clearance, ROWS).await?,
            count: reading::count_addressed(conn, me, clearance, ADDRESSED_COUNTED).await?,
        };
        let mut followed = reading::followed(conn, me, clearance, ADDRESSED_COUNTED).await?;
        let followed_count = followed.len();
        followed.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
        // Those with replies stand above already; some of the newest may be among them.
        let mut others = reading::newest(conn, me, clearance, 2 * ROWS).await?;
        others.retain(|row| !addressed.rows.iter().any(|above| above.thread_id == row.id));
        let since = cx.now.plus(-NEWS_OF_PEOPLE_S);
        let unseen = contacts::unseen(cx.conn(), me).await?;
        let mut joined = joined(cx.conn(), since, PEOPLE).await?;
        joined.retain(|person| !unseen.contains(&person.id));
        let mut returned = returned(cx.conn(), since, PEOPLE).await?;
        returned.retain(|person| person.id != me && !unseen.contains(&person.id));
        let for_me = others_unseen(cx, me).await?;
        Ok(HomeView {
            addressed,
            for_me,
            followed: Happened { rows: followed, count: i64::try_from(followed_count).unwrap_or(i64::MAX) },
            others,
            unread_threads: boards.boards.iter().map(|board| board.unread_threads).sum(),
            unread_posts: boards.unread_posts(),
            coming: coming_up(cx, me).await?,
            rooms: unseen_rooms(cx).await?,
            company: company(cx, boards.boards.iter().map(|board| (board.id, board.name.clone()))).await?,
            wall: wall::newest(cx, &unseen, 1).await?.pop(),
            boards: boards.boards,
            joined,
            returned,
        })
    }
}

/// The rooms where something was said that one has not seen.
async fn unseen_rooms(cx: &mut Cx<'_, Reads>) -> Result<Vec<(RoomId, String, i64)>> {
    let rooms = ListRooms.run(cx).await?.into_iter().filter(|room| room.unread > 0);
    Ok(rooms.map(|room| (room.id, room.name, room.unread)).collect())
}
