//! Where in a thread one is: the row at the top of the window, the chosen post, and how both move. Rows are counted
//! only around the window, so that a thread of 5,000 posts moves like one of five.

use super::posts::{Paper, Posts};
use crate::domain::ids::PostNo;

/// A row of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) no: PostNo,
    pub(super) row: usize,
}

impl Spot {
    /// The header of a post.
    pub(super) fn head(no: PostNo) -> Self {
        Self { no, row: 0 }
    }
}

/// The window on the loaded posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The first row to be seen.
    pub(super) top: Spot,
    /// The post that keys act on.
    pub(super) chosen: PostNo,
}

/// The posts, what they are laid out for and how many rows are seen: what every move needs.
pub(super) struct Sheet<'a> {
    pub(super) posts: &'a mut Posts,
    pub(super) paper: Paper,
    pub(super) height: usize,
}

/// How far a page down came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paged {
    /// There is more to see now.
    Moved,
    /// The last loaded row was to be seen already.
    AtEnd,
}

impl Sheet<'_> {
    /// The rows that are seen from `top` on.
    pub(super) fn visible(&mut self, top: Spot) -> Vec<Spot> {
        let mut spots = Vec::with_capacity(self.height);
        let mut at = Some(top);
        while let Some(spot) = at.filter(|_| spots.len() < self.height) {
            if self.posts.has_row(spot.no, spot.row, self.paper) {
                spots.push(spot);
            }
            at = self.after(spot);
        }
        spots
    }

    /// The posts of which the last row with anything in it is seen.
    pub(super) fn ended(&mut self, top: Spot) -> Vec<PostNo> {
        let visible = self.visible(top);
        visible.into_iter().filter(|spot| self.is_last(*spot)).map(|spot| spot.no).collect()
    }

    /// Whether this is the last row of its post with anything in it: only the blank one comes after it.
    fn is_last(&mut self, spot: Spot) -> bool {
        self.posts.has_row(spot.no, spot.row + 1, self.paper) && self.is_near_end(spot)
    }

    /// Whether this is that row, or the blank one after it.
    fn is_near_end(&mut self, spot: Spot) -> bool {
        !self.posts.has_row(spot.no, spot.row + 2, self.paper)
    }

    /// The last row of a post with anything in it: the blank one after it does not count.
    fn last_row(&mut self, no: PostNo) -> Spot {
        Spot { no, row: self.posts.height(no, self.paper).saturating_sub(2) }
    }

    fn after(&mut self, spot: Spot) -> Option<Spot> {
        if self.posts.has_row(spot.no, spot.row + 1, self.paper) {
            return Some(Spot { row: spot.row + 1, ..spot });
        }
        let next = PostNo(spot.no.0 + 1);
        self.posts.has(next).then_some(Spot::head(next))
    }

    fn before(&mut self, spot: Spot) -> Option<Spot> {
        if spot.row > 0 {
            return Some(Spot { row: spot.row - 1, ..spot });
        }
        let previous = PostNo(spot.no.0 - 1);
        let height = self.posts.height(previous, self.paper);
        (height > 0).then(|| Spot { no: previous, row: height - 1 })
    }

    /// So many rows further up, or the first loaded row.
    fn up(&mut self, mut spot: Spot, rows: usize) -> Spot {
        for _ in 0..rows {
            match self.before(spot) {
                Some(above) => spot = above,
                None => break,
            }
        }
        spot
    }

    /// So many rows further down, at most until the last loaded row is the last one seen.
    fn down(&mut self, spot: Spot, rows: usize) -> Spot {
        let mut at = spot;
        for _ in 0..rows {
            match self.after(at) {
                Some(below) => at = below,
                None => break,
            }
        }
        at.min(self.end_top().max(spot))
    }

    /// The top at which the last loaded row with anything in it is the last one seen.
    pub(super) fn end_top(&mut self) -> Spot {
        let Some((_, last)) = self.posts.range() else { return Spot::head(PostNo(1)) };
        let end = self.last_row(last);
        self.up(end, self.height.saturating_sub(1))
    }

    /// Whether the last loaded row with anything in it is seen.
    pub(super) fn sees_end(&mut self, top: Spot) -> bool {
        let Some((_, last)) = self.posts.range() else { return true };
        let visible = self.visible(top);
        visible.into_iter().any(|spot| spot.no == last && self.is_last(spot))
    }

    /// Brings a place into the loaded posts, after a change of the window or of the posts.
    pub(super) fn fit(&mut self, place: &mut Place) {
        let Some((first, last)) = self.posts.range() else { return };
        place.chosen = PostNo(place.chosen.0.clamp(first.0, last.0));
        if !self.posts.has(place.top.no) {
            place.top = Spot::head(place.chosen);
        }
        if !self.posts.has_row(place.top.no, place.top.row, self.paper) {
            place.top.row = self.posts.height(place.top.no, self.paper).saturating_sub(1);
        }
    }

    /// The next page: it begins with what was not seen whole. A post that was cut off begins anew, unless it is longer
    /// than the window; then its last line is seen again, so that the eye finds its place.
    pub(super) fn page_on(&mut self, place: &mut Place) -> Paged {
        let visible = self.visible(place.top);
        if self.sees_end(place.top) || visible.is_empty() {
            return Paged::AtEnd;
        }
        let last = visible[visible.len() - 1];
        let whole = self.is_near_end(last);
        let top = if whole {
            Spot::head(PostNo(last.no.0 + 1))
        } else if Spot::head(last.no) > place.top {
            Spot::head(last.no)
        } else {
            last
        };
        *place = Place { top, chosen: top.no };
        Paged::Moved
    }

    /// To the next post, or on through the chosen one while it reaches below the window.
    pub(super) fn next_post(&mut self, place: &mut Place) -> Paged {
        let visible = self.visible(place.top);
        let end = self.last_row(place.chosen);
        if visible.last().is_some_and(|last| *last < end) && visible.iter().any(|s| s.no == place.chosen) {
            place.top = self.down(place.top, self.height.saturating_sub(2).max(1));
            return Paged::Moved;
        }
        let next = PostNo(place.chosen.0 + 1);
        if !self.posts.has(next) {
            return Paged::AtEnd;
        }
        place.chosen = next;
        let end = self.last_row(next);
        let seen = visible.contains(&Spot::head(next)) && visible.contains(&end);
        if !seen {
            place.top = Spot::head(next).min(self.end_top().max(place.top));
        }
        Paged::Moved
    }

    /// To the post before, or back through the chosen one while it reaches above the window.
    pub(super) fn previous_post(&mut self, place: &mut Place) {
        if place.top.no == place.chosen && place.top.row > 0 {
            let back = self.up(place.top, self.height.saturating_sub(2).max(1));
            place.top = back.max(Spot::head(place.chosen));
            return;
        }
        let previous = PostNo(place.chosen.0 - 1);
        if !self.posts.has(previous) {
            return;
        }
        place.chosen = previous;
        if Spot::head(previous) < place.top {
            let rows = self.posts.height(previous, self.paper);
            let end = self.last_row(previous);
            place.top = if rows > self.height {
                self.up(end, self.height.saturating_sub(1))
            } else {
                // With it the posts before come into sight: reading goes upwards.
                self.up(end, self.height.saturating_sub(1)).min(Spot::head(previous))
            };
        }
    }

    /// A page down or up without leaving the thread.
    pub(super) fn scroll(&mut self, place: &mut Place, down: bool) {
        let page = self.height.saturating_sub(1).max(1);
        place.top = if down { self.down(place.top, page) } else { self.up(place.top, page) };
        let visible = self.visible(place.top);
        let heads: Vec<PostNo> = visible.iter().filter(|spot| spot.row == 0).map(|spot| spot.no).collect();
        if !heads.contains(&place.chosen) {
            let edge = if down { heads.first() } else { heads.last() };
            place.chosen = edge.copied().unwrap_or(place.top.no);
        }
    }
}
