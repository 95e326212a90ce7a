//! What the app asks of the session that runs it.

use std::time::Duration;

use crate::service::{Call, NewIdentity};

/// A screen's number within its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScreenId(pub u32);

/// What the session has to do for the app.
pub enum Order {
    /// Go through the door and bring the answer back to this screen.
    Call(ScreenId, Call),
    /// Tell this screen after a while.
    Timer(ScreenId, u32, Duration),
    /// Ask again who the member is.
    Refresh,
    /// Go on as the account that a guest has made.
    BecomeMember(NewIdentity),
    /// Forget the last frame and draw all of it.
    Redraw,
    /// Say goodbye and close.
    Leave,
}
