//! A server that does what it is told, right or wrong, and remembers what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What is done with a request that was read to its end.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Writes this, and keeps the connection.
    Write(Vec<u8>),
    /// Writes this, and closes.
    Close(Vec<u8>),
    /// Writes this, and breaks the connection.
    Reset(Vec<u8>),
    /// Writes the first at once and the second byte by byte, with pauses.
    Drip(Vec<u8>, Vec<u8>),
    /// Writes this, and then nothing more, for ever.
    Silence(Vec<u8>),
    /// Writes this head and then zeros without end.
    Endless(Vec<u8>),
}

pub(crate) fn answer(text: impl AsRef<str>) -> Step {
    Step::Write(text.as_ref().as_bytes().to_vec())
}

/// The pause between two bytes that drip.
const PAUSE: Duration = Duration::from_millis(10);

pub(crate) struct Server {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers request after request by these steps; the last one stays.
    pub(crate) async fn start(steps: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(socket, steps.clone(), Arc::clone(&log)));
            }
        });
        Self { port, asked }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests so far, head and body.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut socket: TcpStream, steps: Vec<Step>, log: Arc<Mutex<Vec<String>>>) {
    while let Some(request) = read(&mut socket).await {
        let step = {
            let mut log = log.lock().unwrap();
            log.push(request);
            steps.get(log.len() - 1).or(steps.last()).cloned().unwrap()
        };
        match step {
            Step::Write(bytes) => socket.write_all(&bytes).await.unwrap_or(()),
            Step::Close(bytes) => return socket.write_all(&bytes).await.unwrap_or(()),
            Step::Reset(bytes) => {
                socket.write_all(&bytes).await.unwrap_or(());
                socket.flush().await.unwrap_or(());
                // What was written is to arrive before the connection breaks.
                tokio::time::sleep(Duration::from_millis(20)).await;
                return socket.set_zero_linger().unwrap_or(());
            }
            Step::Drip(head, bytes) => {
                socket.write_all(&head).await.unwrap_or(());
                for byte in bytes {
                    if socket.write_all(&[byte]).await.is_err() {
                        return;
                    }
                    tokio::time::sleep(PAUSE).await;
                }
            }
            Step::Silence(bytes) => {
                socket.write_all(&bytes).await.unwrap_or(());
                std::future::pending::<()>().await;
            }
            Step::Endless(head) => {
                socket.write_all(&head).await.unwrap_or(());
                let zeros = vec![b'0'; 64 << 10];
                while socket.write_all(&zeros).await.is_ok() {}
                return;
            }
        }
    }
}

/// The next request; `None` if there is none.
async fn read(socket: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(socket.read_u8().await.ok()?);
    }
    let head = String::from_utf8_lossy(&request).to_lowercase();
    if head.contains("transfer-encoding: chunked") {
        while !request.ends_with(b"0\r\n\r\n") {
            request.push(socket.read_u8().await.ok()?);
        }
    } else if let Some((_, rest)) = head.split_once("content-length: ") {
        let length: usize = rest.split("\r\n").next()?.parse().ok()?;
        let mut body = vec![0; length];
        socket.read_exact(&mut body).await.ok()?;
        request.extend(body);
    }
    Some(String::from_utf8_lossy(&request).into_owned())
}
