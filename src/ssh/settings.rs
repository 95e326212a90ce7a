//! The numbers of the transport: how many, how long, how much. Every default says why it is what it is.

use std::time::Duration;

/// How many connections one address may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressCaps {
    /// All of them.
    pub total: usize,
    /// Those that have not logged in yet.
    pub unauthenticated: usize,
    /// Those that came in as guests.
    pub guests: usize,
}

/// What the transport allows. `Default` is right for a community of 150 on a small host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Connections in all. A session costs up to 0.1 MiB, so that 1,200 stay within 130 MiB (SPEED.md).
    pub connections_max: usize,
    /// Connections that have not logged in. Each may hold a packet of 256 KiB in memory: 25 MiB at worst.
    pub unauthenticated_max: usize,
    /// Guests who are connected. Anyone can be a guest, so they must not be able to take all the members' places.
    pub guests_max: usize,
    /// For one address (one /64 of IPv6). 20 people may come in from one office or one carrier's gateway at once.
    pub per_address: AddressCaps,
    /// For loopback addresses: a tunnel, a proxy or a load program brings everyone in from there.
    pub per_loopback_address: AddressCaps,
    /// From the TCP connection to the client's version line.
    pub version_line_timeout: Duration,
    /// From the TCP connection to a finished log-in, typing included.
    pub login_timeout: Duration,
    /// From the log-in to a shell or a command.
    pub opening_timeout: Duration,
    /// How long a write may make no progress before the connection is closed.
    pub write_stall_timeout: Duration,
    /// How long a command's output may wait for the client's window, as when somebody reads it in a pager.
    pub command_stall_timeout: Duration,
    /// Silence after which the client is asked whether it is still there. Long, because an idle session must send
    /// nothing within a minute (SPEED.md); three unanswered ones close the connection.
    pub keepalive_interval: Duration,
    /// How long sessions may take to say good-bye when the server stops.
    pub stop_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connections_max: 1_200,
            unauthenticated_max: 100,
            guests_max: 200,
            per_address: AddressCaps { total: 200, unauthenticated: 20, guests: 20 },
            per_loopback_address: AddressCaps { total: 1_200, unauthenticated: 100, guests: 200 },
            version_line_timeout: Duration::from_secs(10),
            login_timeout: Duration::from_secs(45),
            opening_timeout: Duration::from_secs(60),
            write_stall_timeout: Duration::from_secs(30),
            command_stall_timeout: Duration::from_secs(600),
            keepalive_interval: Duration::from_secs(300),
            stop_timeout: Duration::from_secs(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SAFETY.md, Transport: the deadlines, in seconds; tests elsewhere shorten them.
    #[test]
    fn transport_the_deadlines_are_those_of_safety_md() {
        let settings = Settings::default();
        let deadlines = [settings.version_line_timeout, settings.login_timeout, settings.write_stall_timeout];
        assert_eq!(deadlines.map(|deadline| deadline.as_secs()), [10, 45, 30]);
    }
}
