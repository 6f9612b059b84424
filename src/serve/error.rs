//! What keeps a preview from starting.
//!
//! In: the system's refusals. Out: one sentence each, with the cure. Content is never a reason.

use std::fmt;
use std::io;
use std::net::IpAddr;

/// Why the preview cannot run.
#[derive(Debug)]
pub enum Error {
    /// Other computers could reach this address.
    NotLoopback(IpAddr),
    /// Every port that was tried belongs to another program: the first and the last tried.
    PortTaken(u16, u16),
    /// The system refused to listen for another reason.
    Listen(u16, io::Error),
    /// The preview ended by itself.
    Stopped,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => write!(
                out,
                "The preview is for this computer only, and `{address}` can be reached from others: use `127.0.0.1`"
            ),
            Self::PortTaken(first, last) if first == last => write!(
                out,
                "Port {first} is taken by another program, perhaps another preview: stop that one, or choose another \
                 port with `--port {}`",
                first.checked_add(1).unwrap_or(super::DEFAULT_PORT)
            ),
            Self::PortTaken(first, last) => write!(
                out,
                "Ports {first} to {last} are all taken by other programs: stop one of them, or choose another port \
                 with `--port`"
            ),
            Self::Listen(port, cause) => {
                write!(out, "Cannot listen on port {port} ({cause}): choose another port with `--port`")
            }
            Self::Stopped => write!(out, "The preview ended by itself: start it again"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen(_, cause) => Some(cause),
            _ => None,
        }
    }
}
