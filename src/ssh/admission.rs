//! Who gets a place: caps on all connections, on those that have not logged in and on guests, in total and per address.
//! Decided before the handshake. Pure bookkeeping; nothing here waits or speaks.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::guard::Switch;
use super::settings::{AddressCaps, Settings};
use crate::service::network_of;

/// Why there was no place. The words are for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Full {
    /// The address is on the ban list.
    #[error("the address is on the ban list")]
    Banned,
    /// Connections in all.
    #[error("too many connections")]
    Server,
    /// Connections from this address.
    #[error("too many connections from this address")]
    Address,
    /// Connections that have not logged in.
    #[error("too many connections that have not logged in")]
    Unauthenticated,
    /// Connections from this address that have not logged in.
    #[error("too many connections from this address that have not logged in")]
    AddressUnauthenticated,
    /// Guests.
    #[error("too many guests")]
    Guests,
}

/// How far a connection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// It has not even sent a version line. An honest client does so at once.
    Mute,
    /// It has not agreed on keys yet. An honest client takes a few round trips.
    Greeting,
    /// It tries to log in; a person may be typing a password.
    Asking,
    /// It is a guest.
    Guest,
    /// It is a member.
    Member,
}

struct Place {
    address: IpAddr,
    stage: Stage,
    switch: Arc<Switch>,
}

#[derive(Default)]
struct Book {
    places: HashMap<u64, Place>,
    next: u64,
}

/// The book of places. Clones share it: the accept loop enters, tickets leave when they are dropped.
#[derive(Clone)]
pub struct Admission {
    book: Arc<Mutex<Book>>,
    settings: Arc<Settings>,
}

/// One place, given back when dropped.
pub struct Ticket {
    admission: Admission,
    number: u64,
}

impl Admission {
    /// An empty book.
    pub fn new(settings: Arc<Settings>) -> Self {
        Self { book: Arc::default(), settings }
    }

    /// Gives a place to a connection from `peer`. When those who have not logged in fill their share, one that has
    /// not asked yet is cut off instead of refusing the newcomer: silent sockets then cannot keep people out.
    ///
    /// # Errors
    /// When there is no place.
    pub fn admit(&self, peer: IpAddr, switch: Arc<Switch>) -> Result<Ticket, Full> {
        let address = network_of(peer);
        let caps = self.caps(address);
        let mut book = self.lock();
        if book.count(|place| place.address == address) >= caps.total {
            book.cut_off_idler(|place| place.address == address).ok_or(Full::Address)?;
        }
        if book.count(|place| place.address == address && place.is_unknown()) >= caps.unauthenticated {
            book.cut_off_idler(|place| place.address == address).ok_or(Full::AddressUnauthenticated)?;
        }
        if book.count(Place::is_unknown) >= self.settings.unauthenticated_max {
            book.cut_off_idler(|_| true).ok_or(Full::Unauthenticated)?;
        }
        if book.places.len() >= self.settings.connections_max {
            book.cut_off_idler(|_| true).ok_or(Full::Server)?;
        }
        let number = book.next;
        book.next += 1;
        book.places.insert(number, Place { address, stage: Stage::Mute, switch });
        drop(book);
        Ok(Ticket { admission: self.clone(), number })
    }

    /// How many places are taken.
    #[cfg(test)]
    pub fn taken(&self) -> usize {
        self.lock().places.len()
    }

    fn caps(&self, address: IpAddr) -> AddressCaps {
        if address.is_loopback() { self.settings.per_loopback_address } else { self.settings.per_address }
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        // Nothing between lock and unlock can leave the book half-written, so a poisoned one is still true.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// The client sent a version line.
    pub fn greets(&self) {
        self.set(Stage::Greeting);
    }

    /// The client has agreed on keys and asks to log in: no longer the first to be cut off.
    pub fn asks(&self) {
        self.set(Stage::Asking);
    }

    /// The client is a member.
    pub fn is_member(&self) {
        self.set(Stage::Member);
    }

    /// The client is a guest.
    ///
    /// # Errors
    /// When there are too many guests, here or from its address.
    pub fn is_guest(&self) -> Result<(), Full> {
        let mut book = self.admission.lock();
        let Some(address) = book.places.get(&self.number).map(|place| place.address) else {
            return Ok(()); // It was cut off meanwhile; its stream says so.
        };
        let caps = self.admission.caps(address);
        let guests = book.count(|place| place.stage == Stage::Guest);
        let here = book.count(|place| place.stage == Stage::Guest && place.address == address);
        if guests >= self.admission.settings.guests_max || here >= caps.guests {
            return Err(Full::Guests);
        }
        book.set(self.number, Stage::Guest);
        Ok(())
    }

    fn set(&self, stage: Stage) {
        self.admission.lock().set(self.number, stage);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.admission.lock().places.remove(&self.number);
    }
}

impl Place {
    fn is_unknown(&self) -> bool {
        self.stage <= Stage::Asking
    }
}

impl Book {
    fn count(&self, counts: impl Fn(&Place) -> bool) -> usize {
        self.places.values().filter(|place| counts(place)).count()
    }

    fn set(&mut self, number: u64, stage: Stage) {
        if let Some(place) = self.places.get_mut(&number) {
            place.stage = stage;
        }
    }

    /// Cuts off one connection among `these` that has not come to asking yet: rather one that is mute, of the address
    /// that has most of them, the oldest. A flood from few addresses then meets its own connections, not those of
    /// people elsewhere.
    fn cut_off_idler(&mut self, these: impl Fn(&Place) -> bool) -> Option<()> {
        let idlers = || self.places.iter().filter(|(_, place)| place.stage < Stage::Asking && these(place));
        let mut per_address: HashMap<IpAddr, usize> = HashMap::new();
        for (_, place) in idlers() {
            *per_address.entry(place.address).or_default() += 1;
        }
        let crowd = |place: &Place| per_address.get(&place.address).copied().unwrap_or_default();
        let rank = |number: u64, place: &Place| (place.stage, Reverse(crowd(place)), number);
        let (&worst, _) = idlers().min_by_key(|(number, place)| rank(**number, place))?;
        self.places.remove(&worst)?.switch.kill();
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn small() -> Admission {
        let caps = AddressCaps { total: 4, unauthenticated: 2, guests: 1 };
        Admission::new(Arc::new(Settings {
            connections_max: 6,
            unauthenticated_max: 3,
            guests_max: 2,
            per_address: caps,
            ..Settings::default()
        }))
    }

    fn enter(admission: &Admission, peer: &str) -> (Result<Ticket, Full>, Arc<Switch>) {
        let switch = Arc::new(Switch::default());
        (admission.admit(peer.parse().unwrap(), Arc::clone(&switch)), switch)
    }

    fn refused(admission: &Admission, peer: &str) -> Full {
        enter(admission, peer).0.err().unwrap()
    }

    #[test]
    fn silent_connections_give_way_to_newcomers_oldest_first() {
        let admission = small();
        let (first, first_switch) = enter(&admission, "192.0.2.1");
        let (second, second_switch) = enter(&admission, "192.0.2.1");
        let (third, _) = enter(&admission, "192.0.2.1");
        assert!(first_switch.is_killed() && !second_switch.is_killed());
        assert_eq!(admission.taken(), 2);
        drop((first, second, third));
        assert_eq!(admission.taken(), 0, "a ticket that was cut off gives nothing back twice");
    }

    #[test]
    fn mute_connections_give_way_before_those_that_greet() {
        let admission = small();
        let (greeting, greeting_switch) = enter(&admission, "192.0.2.1");
        greeting.as_ref().unwrap().greets();
        let (_mute, mute_switch) = enter(&admission, "192.0.2.1");
        let (newcomer, newcomer_switch) = enter(&admission, "192.0.2.1");
        assert!(!greeting_switch.is_killed() && mute_switch.is_killed());
        newcomer.as_ref().unwrap().greets();
        let _latest = enter(&admission, "192.0.2.1");
        assert!(greeting_switch.is_killed() && !newcomer_switch.is_killed());
    }

    #[test]
    fn those_who_ask_are_not_cut_off() {
        let admission = small();
        let asking: Vec<_> = (0..2).map(|_| enter(&admission, "192.0.2.1")).collect();
        asking.iter().for_each(|(ticket, _)| ticket.as_ref().unwrap().asks());
        assert_eq!(refused(&admission, "192.0.2.1"), Full::AddressUnauthenticated);
        let elsewhere = enter(&admission, "192.0.2.2");
        elsewhere.0.as_ref().unwrap().asks();
        assert_eq!(refused(&admission, "192.0.2.3"), Full::Unauthenticated);
        assert!(asking.iter().chain([&elsewhere]).all(|(_, switch)| !switch.is_killed()));
    }

    #[test]
    fn members_count_in_total_but_not_as_unknown() {
        let admission = small();
        let mut tickets = Vec::new();
        for peer in ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.1"] {
            let ticket = enter(&admission, peer).0.unwrap();
            ticket.is_member();
            tickets.push(ticket);
        }
        assert_eq!(refused(&admission, "192.0.2.1"), Full::Address);
        for peer in ["192.0.2.2", "192.0.2.3"] {
            let ticket = enter(&admission, peer).0.unwrap();
            ticket.is_member();
            tickets.push(ticket);
        }
        assert_eq!(refused(&admission, "192.0.2.4"), Full::Server);
        tickets.pop();
        assert!(enter(&admission, "192.0.2.4").0.is_ok());
    }

    #[test]
    fn guests_cannot_take_every_place() {
        let admission = small();
        let guest = |peer: &str| {
            let ticket = enter(&admission, peer).0.unwrap();
            ticket.is_guest().map(|()| ticket)
        };
        let _first = guest("192.0.2.1").ok().unwrap();
        assert_eq!(guest("192.0.2.1").err(), Some(Full::Guests), "one from an address");
        let _second = guest("192.0.2.2").ok().unwrap();
        assert_eq!(guest("192.0.2.3").err(), Some(Full::Guests), "two in all");
        assert_eq!(admission.taken(), 2);
    }

    #[test]
    fn a_flood_meets_its_own_connections_first() {
        let admission = small();
        let (honest, honest_switch) = enter(&admission, "192.0.2.1");
        let (flood, flood_switch) = enter(&admission, "192.0.2.2");
        let _more = enter(&admission, "192.0.2.2");
        let _newcomer = enter(&admission, "192.0.2.3");
        assert!(!honest_switch.is_killed() && flood_switch.is_killed());
        drop((honest, flood));
    }
}
