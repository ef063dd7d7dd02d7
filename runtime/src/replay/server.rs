//! Saved responses on a port: an HTTP/1.1 server, just as large as answering from a table needs.
//!
//! In: connections. Out: saved responses, and an [`Exchange`] for the log of each. What a client may ask is bounded by
//! [`Limits`]; a request that cannot be read is answered with a status that says why, and its connection is closed. Only
//! this machine is listened to unless somebody says otherwise. It knows no TLS.

mod limits;
mod request;
mod wire;

pub use limits::Limits;
pub use request::{Head, Refused, parse};

use super::fault::Struck;
use super::matching::Asked;
use super::{Answer, Replay, json_header};
use http::{HeaderMap, StatusCode, header};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::lookup_host;
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinHandle;
use wire::{Connection, ReadError};

/// How long a stopping server waits for requests that are being answered.
const GRACE: Duration = Duration::from_secs(10);

/// One answered request, for a log.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exchange {
    /// The request's method.
    pub method: String,
    /// The request's path and query.
    pub target: String,
    /// The status that was answered.
    pub status: StatusCode,
    /// The item whose saved response was the answer.
    pub item: Option<String>,
    /// Why there was none, or why the request could not be read.
    pub problem: Option<String>,
    /// How long it took.
    pub elapsed: Duration,
}

/// One line, whatever a client sent.
impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, target) = (Printable(&self.method), Printable(&self.target));
        write!(f, "{method} {target} -> {}", self.status.as_u16())?;
        if let Some(why) = self.item.as_ref().or(self.problem.as_ref()) {
            write!(f, " ({})", Printable(why))?;
        }
        write!(f, " in {} ms", self.elapsed.as_millis())
    }
}

/// Text without line breaks and what moves a cursor.
struct Printable<'a>(&'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '"' | '\'' | '\\' => write!(f, "{c}")?,
                _ => write!(f, "{}", c.escape_debug())?,
            }
        }
        Ok(())
    }
}

/// A running server; it ends when it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

/// What every connection shares.
struct Shared {
    replay: Replay,
    log: Box<dyn Fn(&Exchange) + Send + Sync>,
    limits: Limits,
}

impl Replay {
    /// Bounds what clients of [`serve`](Self::serve) may ask.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Serves on this address of this machine (`127.0.0.1:0` is any free port), and tells `log` of each request.
    ///
    /// # Errors
    ///
    /// If the address cannot be had, or if other machines reach it: see [`serve_network`](Self::serve_network).
    pub async fn serve(
        self,
        address: impl ToSocketAddrs,
        log: impl Fn(&Exchange) + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let addresses: Vec<SocketAddr> = lookup_host(address).await?.collect();
        let open = addresses
            .iter()
            .find(|address| !address.ip().to_canonical().is_loopback());
        if let Some(open) = open {
            let why = format!(
                "other machines reach {open}, and `serve` answers this one only: `serve_network` answers all"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        self.serve_network(addresses.as_slice(), log).await
    }

    /// Like [`serve`](Self::serve), on any address: whoever reaches it is answered, without TLS and without a password.
    ///
    /// # Errors
    ///
    /// If the address cannot be had.
    pub async fn serve_network(
        self,
        address: impl ToSocketAddrs,
        log: impl Fn(&Exchange) + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::new(Shared {
            limits: self.limits,
            replay: self,
            log: Box::new(log),
        });
        let accepting = tokio::spawn(accept(listener, shared, stopped));
        Ok(Server {
            address,
            stop,
            accepting,
        })
    }
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its base URL: `http://127.0.0.1:49152`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes no more requests, waits for those that are being answered, and ends.
    pub async fn stop(self) {
        let Self { stop, accepting, .. } = self;
        // Nobody listens only if it has ended already.
        let _ = stop.send(true);
        if tokio::time::timeout(GRACE, stop.closed()).await.is_err() {
            accepting.abort();
        }
    }
}

/// Accepts connections until told to stop; they hold a receiver each, so that all are gone when it is closed.
async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let most = shared.limits.connections.min(Semaphore::MAX_PERMITS);
    let free = Arc::new(Semaphore::new(most));
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            connection = listener.accept() => match (connection, Arc::clone(&free).try_acquire_owned()) {
                (Ok((stream, _)), Ok(permit)) => {
                    tokio::spawn(converse(stream, Arc::clone(&shared), stopped.clone(), permit));
                }
                (Ok((stream, _)), Err(_)) => turn_away(stream, &shared),
                // Too many open files, for instance: others may be closed in a moment.
                (Err(_), _) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
}

/// Says that there are too many connections, without waiting for anything.
fn turn_away(stream: TcpStream, shared: &Shared) {
    const FULL: &str = "there are too many connections";
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n\
                            content-length: 0\r\n\r\n";
    // A fresh connection has room for it; one that is gone already misses nothing.
    let _ = stream
        .into_std()
        .and_then(|mut stream| io::Write::write(&mut stream, ANSWER));
    log_refusal(shared, Refused::new(503, FULL), Instant::now());
}

/// Answers one request after the other.
async fn converse(
    stream: TcpStream,
    shared: Arc<Shared>,
    mut stopped: watch::Receiver<bool>,
    _permit: OwnedSemaphorePermit,
) {
    let mut connection = Connection::new(stream, shared.limits);
    loop {
        let head = tokio::select! {
            _ = stopped.changed() => return,
            head = connection.read_head() => head,
        };
        let start = Instant::now();
        let answered = match head {
            Ok(head) => respond(&mut connection, &head, &shared, start).await,
            Err(error) => Err(error),
        };
        match answered {
            Ok(true) if !*stopped.borrow() => {}
            Ok(_) => return connection.close().await,
            Err(ReadError::Gone) => return,
            Err(ReadError::Refused(refused)) => {
                refuse(&mut connection, refused, &shared, start).await;
                return connection.close().await;
            }
        }
    }
}

/// Answers a request; whether the connection can be used again.
async fn respond(
    connection: &mut Connection,
    head: &Head,
    shared: &Shared,
    start: Instant,
) -> Result<bool, ReadError> {
    let body = connection.read_body(head).await?;
    let (path, query) = target_parts(&head.target);
    let asked = Asked {
        operation: None,
        method: &head.method,
        path,
        query,
        headers: &head.headers,
        body: &body,
    };
    let scripted = shared
        .replay
        .script
        .next(|name| shared.replay.is_of(&asked, None, name));
    let (answer, item, problem) = match (scripted, shared.replay.faults.strike().await) {
        // There is a connection already, so all that is left is to drop it.
        (Some(Struck::Refused | Struck::Broken | Struck::CutOff), _) => return Err(ReadError::Gone),
        (Some(Struck::Answer(fault)), _) | (None, Some(fault)) => {
            (fault, None, Some("injected error".to_owned()))
        }
        (Some(Struck::Late(by)), _) => {
            tokio::time::sleep(by).await;
            sendable(shared.replay.answer(&asked, None))
        }
        (None, None) => sendable(shared.replay.answer(&asked, None)),
    };
    let keep = head.keeps_alive;
    let written = connection.write(&answer, head.method == "HEAD", keep).await;
    (shared.log)(&Exchange {
        method: head.method.clone(),
        target: head.target.clone(),
        status: answer.status,
        item,
        problem,
        elapsed: start.elapsed(),
    });
    written?;
    Ok(keep)
}

type Found = (Answer, Option<String>, Option<String>);

/// An answer, or in place of one that is none yet (`100 Continue`) an error: the client would wait for another.
fn sendable(found: Found) -> Found {
    let (answer, ..) = &found;
    if !answer.status.is_informational() {
        return found;
    }
    let why = format!(
        "the saved response has status {}, which is no answer yet",
        answer.status.as_u16()
    );
    let body = serde_json::json!({"error": {"name": "mockResponseUnusable", "message": why}});
    let unusable = Answer {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        reason: String::new(),
        headers: json_header(),
        body: body.to_string().into(),
    };
    (unusable, None, Some(why))
}

/// Answers a request that is not taken.
async fn refuse(connection: &mut Connection, refused: Refused, shared: &Shared, start: Instant) {
    let text_type = header::HeaderValue::from_static("text/plain");
    let answer = Answer {
        status: status_of(refused),
        reason: String::new(),
        headers: HeaderMap::from_iter([(header::CONTENT_TYPE, text_type)]),
        body: format!("{}\n", refused.why).into(),
    };
    // If the answer cannot be written either, the log still says why.
    let _ = connection.write(&answer, false, false).await;
    log_refusal(shared, refused, start);
}

fn log_refusal(shared: &Shared, refused: Refused, start: Instant) {
    (shared.log)(&Exchange {
        method: "?".to_owned(),
        target: "?".to_owned(),
        status: status_of(refused),
        item: None,
        problem: Some(refused.why.to_owned()),
        elapsed: start.elapsed(),
    });
}

fn status_of(refused: Refused) -> StatusCode {
    StatusCode::from_u16(refused.status).unwrap_or(StatusCode::BAD_REQUEST)
}

/// Path and query of a request target, which a proxy's client may send in absolute form.
fn target_parts(target: &str) -> (&str, &str) {
    let path = match target.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?']) => {
            rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
        }
        Some(_) | None => target,
    };
    path.split_once('?').unwrap_or((path, ""))
}
