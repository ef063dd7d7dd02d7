//! Saved responses on a port: an HTTP/1.1 server, just as large as answering from a table needs.
//!
//! In: connections. Out: saved responses, and an [`Exchange`] for the log of each. Heads and bodies are bounded;
//! a request that cannot be read is answered with `400` and the connection is closed. It knows no TLS.

mod wire;

use super::matching::Asked;
use super::{Answer, Replay};
use http::{HeaderMap, StatusCode, header};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use wire::{Connection, Head, ReadError};

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

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} -> {}", self.method, self.target, self.status.as_u16())?;
        match (&self.item, &self.problem) {
            (Some(item), _) => write!(f, " ({item})")?,
            (None, Some(problem)) => write!(f, " ({problem})")?,
            (None, None) => {}
        }
        write!(f, " in {} ms", self.elapsed.as_millis())
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
}

impl Replay {
    /// Serves on this address (`127.0.0.1:0` is any free port of this machine only), and tells `log` of each request.
    ///
    /// # Errors
    ///
    /// If the address cannot be had.
    pub async fn serve(
        self,
        address: impl ToSocketAddrs,
        log: impl Fn(&Exchange) + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::new(Shared {
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
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            connection = listener.accept() => match connection {
                Ok((stream, _)) => {
                    tokio::spawn(converse(stream, Arc::clone(&shared), stopped.clone()));
                }
                // Too many open files, for instance: others may be closed in a moment.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
}

/// Answers one request after the other.
async fn converse(stream: TcpStream, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let mut connection = Connection::new(stream);
    loop {
        let head = tokio::select! {
            _ = stopped.changed() => return,
            head = connection.read_head() => head,
        };
        let start = Instant::now();
        let goes_on = match head {
            Ok(None) => false,
            Ok(Some(head)) => respond(&mut connection, &head, &shared, start).await,
            Err(error) => {
                refuse(&mut connection, &error, &shared, start).await;
                false
            }
        };
        if !goes_on || *stopped.borrow() {
            return;
        }
    }
}

/// Answers a request; whether the connection can be used again.
async fn respond(connection: &mut Connection, head: &Head, shared: &Shared, start: Instant) -> bool {
    let body = match connection.read_body(head, true).await {
        Ok(body) => body,
        Err(error) => {
            refuse(connection, &error, shared, start).await;
            return false;
        }
    };
    let (path, query) = target_parts(&head.target);
    let asked = Asked {
        operation: None,
        method: &head.method,
        path,
        query,
        headers: &head.headers,
        body: &body,
    };
    let (answer, item, problem) = match shared.replay.faults.strike().await {
        Some(fault) => (fault, None, Some("injected error".to_owned())),
        None => shared.replay.answer(&asked, None),
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
    written.is_ok() && keep
}

/// Answers a request that cannot be read.
async fn refuse(connection: &mut Connection, error: &ReadError, shared: &Shared, start: Instant) {
    let ReadError::Malformed(why) = error else { return };
    let body = format!("{why}\n").into();
    let answer = Answer {
        status: StatusCode::BAD_REQUEST,
        reason: String::new(),
        headers: text_header(),
        body,
    };
    // If the answer cannot be written either, the log still says why.
    let _ = connection.write(&answer, false, false).await;
    (shared.log)(&Exchange {
        method: "?".to_owned(),
        target: "?".to_owned(),
        status: StatusCode::BAD_REQUEST,
        item: None,
        problem: Some((*why).to_owned()),
        elapsed: start.elapsed(),
    });
}

fn text_header() -> HeaderMap {
    HeaderMap::from_iter([(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("text/plain"),
    )])
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
