//! A preview that runs: where it listens, and what it shows.
//!
//! In: an address, a port, builds. Out: answers over HTTP. What stays true: only this computer can reach it.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use super::http::Http;
use super::{Build, Error};

/// How many ports after the default one are tried.
const PORTS_TRIED: u16 = 10;

/// A running preview.
pub struct Server {
    address: SocketAddr,
    http: Arc<Http>,
}

impl Server {
    /// Listens and answers; until [`Server::show`] every page says that the site is being built.
    ///
    /// # Errors
    /// When the address is not loopback, or no port is free.
    pub fn start(address: IpAddr, port: u16, port_was_given: bool) -> Result<Self, Error> {
        let listener = bind(address, port, port_was_given)?;
        let refused = |cause| Error::Listen(port, cause);
        let address = listener.local_addr().map_err(refused)?;
        Ok(Self { address, http: Http::start(listener).map_err(refused)? })
    }

    /// Swaps in what a build gave and tells the open pages.
    pub fn show(&self, build: Build) {
        self.http.stage().show(build);
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What to type into a browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Stops listening. Answers under way are finished.
    pub fn stop(self) {
        self.http.stop();
    }
}

fn bind(address: IpAddr, port: u16, port_was_given: bool) -> Result<TcpListener, Error> {
    if !address.is_loopback() {
        return Err(Error::NotLoopback(address));
    }
    let last = if port_was_given || port == 0 { port } else { port.saturating_add(PORTS_TRIED) };
    for port in port..=last {
        match TcpListener::bind((address, port)) {
            Ok(listener) => return Ok(listener),
            Err(cause) if cause.kind() == io::ErrorKind::AddrInUse => {}
            Err(cause) => return Err(Error::Listen(port, cause)),
        }
    }
    Err(Error::PortTaken(port, last))
}
