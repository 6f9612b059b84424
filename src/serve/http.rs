//! HTTP: the only file that names `tiny_http`.
//!
//! In: a listener and what is shown. Out: answers. What stays true: at most [`MOST_REQUESTS`] answers are
//! under way and [`MOST_STREAMS`] streams are open; the preview outlives what ends the library's accept loop.
//!
//! Facts about tiny_http 0.12, from its source: the accept thread ends at the first error (one moment without a free
//! file handle is enough); a dropped request writes to the client, and so may wait for it, and allocates as much as
//! the body is said to be long; of two connections that come at the same moment one may be left without a thread
//! until another connection ends. Each of these has its place below.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::answer::{Answer, COMMON_HEADERS, answer, event};
use super::places::Places;
use super::request::Head;
use super::stage::Stage;

/// Answers under way at once; the next is told to come back.
const MOST_REQUESTS: usize = 64;
/// Open event streams: one per visible tab.
const MOST_STREAMS: usize = 32;
/// A sign of life, so that a stream whose tab has gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(2);
/// Before accepting begins again: it may end again at once, and each life costs threads for a while.
const REST: Duration = Duration::from_millis(300);
/// How soon after a request, and how often without one, connections that were left waiting are woken.
const WAKE_SOON: Duration = Duration::from_millis(20);
const WAKE_EVERY: Duration = Duration::from_secs(1);
/// The longest body that may be left to the library to throw away, in bytes.
const LARGEST_BODY_DROPPED: usize = 64 * 1024;

/// The listening side of a preview: what every thread needs.
pub(super) struct Http {
    port: u16,
    stage: Stage,
    /// Kept so that accepting can begin again.
    listener: TcpListener,
    /// One per life of the accept loop; old ones still serve the connections they took.
    running: Mutex<Vec<Arc<tiny_http::Server>>>,
    requests: Arc<Places>,
    streams: Arc<Places>,
    /// Requests beyond the limit go to one thread that refuses them, so that a slow client holds up only refusals.
    refused: Sender<tiny_http::Request>,
    /// Says that connections are coming in.
    busy: SyncSender<()>,
}

impl Http {
    /// Begins to answer what comes to `listener`.
    ///
    /// # Errors
    /// When the system refuses another handle to it.
    pub(super) fn start(listener: TcpListener) -> io::Result<Arc<Self>> {
        let address = listener.local_addr()?;
        let (refused, refusals) = mpsc::channel();
        let (busy, woken) = mpsc::sync_channel(1);
        let http = Arc::new(Self {
            port: address.port(),
            stage: Stage::new(),
            listener,
            running: Mutex::default(),
            requests: Places::new(MOST_REQUESTS),
            streams: Places::new(MOST_STREAMS),
            refused,
            busy,
        });
        accept(&http)?;
        thread::spawn(move || refusals.into_iter().for_each(refuse));
        let waker = Arc::clone(&http);
        thread::spawn(move || wake_waiting(address, &woken, &waker.stage));
        Ok(http)
    }

    /// What is shown.
    pub(super) fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Stops listening. Answers under way are finished.
    pub(super) fn stop(&self) {
        self.stage.close();
        for server in self.running().drain(..) {
            server.unblock();
        }
    }

    fn running(&self) -> MutexGuard<'_, Vec<Arc<tiny_http::Server>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refuse(request: tiny_http::Request) {
    respond(request, Answer::plain(503, "Too many requests at once; try again in a moment.\n"));
}

/// Begins one life of the accept loop, with a thread that hands its requests on.
fn accept(http: &Arc<Http>) -> io::Result<()> {
    let listener = http.listener.try_clone()?;
    let server = Arc::new(tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?);
    http.running().push(Arc::clone(&server));
    let http = Arc::clone(http);
    thread::spawn(move || {
        loop {
            match server.recv() {
                Ok(request) => hand_on(request, &http),
                Err(_) if http.stage.is_closed() => return,
                // The connections it took still come here; new ones need a new life.
                Err(_) => begin_again(&http),
            }
        }
    });
    Ok(())
}

/// Tries until it works: out of file handles now does not mean in a moment.
fn begin_again(http: &Arc<Http>) {
    loop {
        thread::sleep(REST);
        if http.stage.is_closed() || accept(http).is_ok() {
            return;
        }
    }
}

/// Connects and hangs up, now and then. The library counts a thread that is about to take a connection as free for
/// another, which then waits, perhaps behind a tab that stays open for hours (`TaskPool::spawn` in its
/// `util/task_pool.rs`). The thread of a connection that ends at once takes what waits.
fn wake_waiting(address: SocketAddr, busy: &Receiver<()>, stage: &Stage) {
    while !stage.is_closed() {
        match busy.recv_timeout(WAKE_EVERY) {
            Ok(()) => thread::sleep(WAKE_SOON),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        drop(TcpStream::connect_timeout(&address, WAKE_EVERY));
    }
}

/// A thread for each answer: a client that reads slowly holds up nobody else.
fn hand_on(request: tiny_http::Request, http: &Arc<Http>) {
    let _ = http.busy.try_send(());
    let Some(place) = http.requests.take() else {
        // The receiver lives as long as the program.
        let _ = http.refused.send(request);
        return;
    };
    let http = Arc::clone(http);
    thread::spawn(move || match answer(&head(&request), http.port, &http.stage.now()) {
        Answer::Stream => {
            drop(place);
            match http.streams.take() {
                // An error here is a tab that was closed.
                Some(_place) => drop(stream(request.into_writer(), &http.stage)),
                None => respond(request, Answer::plain(503, "Too many pages are open at once.\n")),
            }
        }
        whole => respond(request, whole),
    });
}

fn head(request: &tiny_http::Request) -> Head {
    let header = |header: &tiny_http::Header| {
        (header.field.as_str().as_str().to_ascii_lowercase(), header.value.as_str().to_owned())
    };
    Head {
        method: request.method().as_str().to_owned(),
        target: request.url().to_owned(),
        headers: request.headers().iter().map(header).collect(),
    }
}

fn respond(request: tiny_http::Request, answer: Answer) {
    let Answer::Whole { status, extra, content_type, bytes } = answer else {
        return;
    };
    let extra = extra.as_ref().map(|(name, value)| (*name, value.as_str()));
    let headers = COMMON_HEADERS.into_iter().chain([("Content-Type", content_type.as_ref())]).chain(extra);
    let headers = headers.filter_map(|(name, value)| tiny_http::Header::from_bytes(name, value).ok()).collect();
    let length = bytes.len();
    let response = tiny_http::Response::new(status.into(), headers, io::Cursor::new(bytes), Some(length), None)
        .with_chunked_threshold(usize::MAX);
    if request.body_length().is_some_and(|length| length > LARGEST_BODY_DROPPED) {
        // Dropping this request would allocate the length it claims, and no length is too large to claim: give the
        // connection up instead. It costs one handle, to a client that means no good.
        std::mem::forget(request.upgrade("none", response));
        return;
    }
    // An error here is a client that has gone.
    let _ = request.respond(response);
}

/// Tells one page what is shown, now and at each change, until it goes.
fn stream(mut client: Box<dyn Write + Send>, stage: &Stage) -> io::Result<()> {
    write!(client, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n")?;
    for (name, value) in COMMON_HEADERS {
        write!(client, "{name}: {value}\r\n")?;
    }
    client.write_all(b"\r\n")?;
    let mut told: Option<String> = None;
    while !stage.is_closed() {
        match stage.wait_beyond(told.as_deref(), HEARTBEAT) {
            Some(shown) => {
                client.write_all(event(&shown).as_bytes())?;
                told = Some(shown.build.clone());
            }
            None => client.write_all(b":\n\n")?,
        }
        client.flush()?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn accepting_begins_again_and_old_connections_go_on() {
        let http = Http::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
        let ask = |mut stream: &TcpStream| {
            write!(stream, "HEAD /_guidepost/preview.js HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", http.port).unwrap();
            let mut reply = [0; 12];
            stream.read_exact(&mut reply).unwrap();
            assert_eq!(&reply, b"HTTP/1.1 200");
        };
        let connect = || {
            let stream = TcpStream::connect(("127.0.0.1", http.port)).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            stream
        };
        let old = connect();
        ask(&old);
        for life in 1..=3 {
            // To the receiving thread this is the same as an error from the accept loop.
            http.running()[0].unblock();
            for _ in 0..100 {
                if http.running().len() > life {
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
            assert_eq!(http.running().len(), life + 1);
            ask(&connect());
        }
        let mut rest = Vec::new();
        old.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        let _ = (&old).read_to_end(&mut rest);
        ask(&old);
    }
}
