//! Seats and the line for them (D7): who waits, who is next, waking a seat that sleeps, a sysop's word past the line,
//! and the nightly step. The line moves by itself through `admit_waiting` alone.

mod admit;
mod list;
mod night;
mod place;
mod seat_now;
mod wake;

#[cfg(test)]
mod tests;

pub(in crate::service) use admit::{admit_waiting, enter};
pub use list::{ListWaitlist, Waiter, Waitlist, WaitlistSummary};
pub use night::{KeepSeats, MoveLine};
pub use place::InLine;
pub(in crate::service) use place::{in_line, seats, summary};
pub use seat_now::SeatNow;
pub use wake::WakeSeat;
