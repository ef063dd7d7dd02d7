//! A server on the loopback interface that keeps what it is sent, byte for byte, and answers nothing of interest.
//!
//! In: connections. Out: [`Sent`] requests in the order they came. It knows no API: hosts are those of the requests,
//! and for requests that must be challenged, the challenges are given to it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::compare::Sent;

/// The server.
#[derive(Debug)]
pub struct Recorder {
    address: SocketAddr,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Recorder {
    /// Starts it on a free port; it ends with the process.
    ///
    /// # Errors
    ///
    /// If there is no port to listen on.
    pub fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let sent = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&sent);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // What cannot be read or answered shows as a request that did not arrive.
                _ = serve(stream, &kept);
            }
        });
        Ok(Self { address, sent })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What came since it was last asked.
    pub fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut *self.sent.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads one request, keeps it, and answers.
fn serve(stream: TcpStream, kept: &Mutex<Vec<Sent>>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    let mut answer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    let first = line(&mut reader)?;
    let mut words = first.splitn(2, |&byte| byte == b' ');
    let method = text(words.next().unwrap_or_default());
    let target = words.next().unwrap_or_default();
    let target = text(target.strip_suffix(b" HTTP/1.1").unwrap_or(target));
    let mut headers = Vec::new();
    loop {
        let line = line(&mut reader)?;
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|&byte| byte == b':').unwrap_or(line.len());
        let (name, value) = line.split_at(colon);
        let value = value.get(1..).unwrap_or_default();
        // One space is the writer's; any other is the value's.
        let value = value.strip_prefix(b" ").unwrap_or(value).to_vec();
        headers.push((text(name), value));
    }
    let find = |name: &str| {
        let mut named = headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| text(value))
    };
    // An item's own `Content-Length` may announce more than there is: what came by then is kept.
    let mut body = Vec::new();
    let length = find("content-length");
    let is_announced = length.is_some() || ["GET", "HEAD", "DELETE", "OPTIONS"].contains(&method.as_str());
    _ = read_body(&mut reader, find("transfer-encoding"), length, &mut body);
    // What comes behind the announced length, or without any, is seen as far as it has come.
    if !is_announced {
        answer.set_read_timeout(Some(Duration::from_millis(100)))?;
        _ = reader.fill_buf();
    }
    body.extend_from_slice(reader.buffer());
    let host = find("host").unwrap_or_default();
    kept.lock().unwrap_or_else(PoisonError::into_inner).push(Sent {
        method,
        url: format!("//{host}{target}"),
        headers,
        body,
    });
    answer.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

fn read_body(
    reader: &mut BufReader<TcpStream>,
    encoding: Option<String>,
    length: Option<String>,
    body: &mut Vec<u8>,
) -> std::io::Result<()> {
    if encoding.is_some_and(|encoding| encoding.eq_ignore_ascii_case("chunked")) {
        loop {
            let size = text(&line(reader)?);
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            let mut chunk = vec![0; size];
            reader.read_exact(&mut chunk)?;
            line(reader)?;
            if size == 0 {
                return Ok(());
            }
            body.extend(chunk);
        }
    }
    let length = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
    reader.by_ref().take(length).read_to_end(body)?;
    Ok(())
}

/// A line without its end.
fn line(reader: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    let line = line.strip_suffix(b"\n").unwrap_or(&line);
    Ok(line.strip_suffix(b"\r").unwrap_or(line).to_vec())
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
