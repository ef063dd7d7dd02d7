//! `letterpress serve`: answers any client from the saved responses of a collection.
//!
//! In: a collection. Out: a server on a port of this machine until it is told to stop, and a line per request.
//! Faults can be asked for; they come at every so-manieth request, so that a run can be repeated.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use letterpress::config::Config;
use letterpress::pipeline;
use letterpress_runtime::http::StatusCode;
use letterpress_runtime::replay::{Faults, Replay, Server};

use super::{Verbosity, count, read, report};

/// What to serve, and where.
#[derive(Args)]
pub(super) struct Serve {
    /// The collection's file.
    collection: PathBuf,
    /// The address of this machine to listen on, or only its port; port 0 is any free one. One that other machines reach
    /// must be written out as numbers, as in `0.0.0.0:8080`.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    address: SocketAddr,
    /// Answers each request this many milliseconds late.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    latency: u64,
    /// Answers every N-th request with an error; see `--error-status`.
    #[arg(long, value_name = "N", default_value_t = 0)]
    error_every: u64,
    /// The status of those errors.
    #[arg(long, value_name = "STATUS", default_value_t = 503, value_parser = clap::value_parser!(u16).range(100..=999))]
    error_status: u16,
    /// What a variable in saved responses stands for, instead of what the collection and its environments say; can be given
    /// more than once.
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    variable: Vec<(String, String)>,
    /// Says nothing about requests.
    #[arg(long, short)]
    quiet: bool,
    /// Serves literal credentials that stand in saved responses as they are.
    #[arg(long)]
    keep_credentials: bool,
}

/// Serves until told to stop.
pub(super) fn run(serve: &Serve) -> ExitCode {
    let Some(input) = read(&serve.collection, Verbosity::All) else {
        return ExitCode::FAILURE;
    };
    let config = Config {
        keep_credentials: serve.keep_credentials,
        ..Config::default()
    };
    let (responses, diagnostics) = pipeline::saved_responses(&input, &config);
    let Some(responses) = responses else {
        report(&diagnostics, Verbosity::All);
        return ExitCode::FAILURE;
    };
    let given: Vec<(&str, &str)> = serve
        .variable
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let replay = match Replay::from_json(&responses) {
        Ok(replay) => replay.faults(serve.faults()).variables(&given),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if replay.is_empty() {
        eprintln!(
            "{}: no item has a saved response, so there is nothing to serve\n  help: send a request in Postman, save its \
             response as an example, and export the collection again",
            serve.collection.display()
        );
        return ExitCode::FAILURE;
    }
    match serve.until_stopped(replay) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", serve.address);
            ExitCode::FAILURE
        }
    }
}

impl Serve {
    fn faults(&self) -> Faults {
        let faults = Faults::none().latency(Duration::from_millis(self.latency));
        match StatusCode::from_u16(self.error_status) {
            Ok(status) => faults.error(status, self.error_every),
            Err(_) => faults,
        }
    }

    fn until_stopped(&self, replay: Replay) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let responses = count(replay.len(), "saved response");
            let quiet = self.quiet;
            let log = move |exchange: &letterpress_runtime::replay::Exchange| {
                if !quiet {
                    println!("{exchange}");
                }
            };
            // Whoever reads that it serves may stop it at once.
            let stop = Stop::listen()?;
            let server: Server = replay.serve_network(self.address, log).await?;
            println!("serving {responses} at {}; stop with Ctrl+C", server.url());
            if !is_own(self.address) {
                println!("whoever reaches this machine is answered, without TLS and without a password");
            }
            stop.wait().await?;
            server.stop().await;
            println!("stopped");
            Ok(())
        })
    }
}

/// Reads `name=value`; the value may hold further `=`.
fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        Some(_) | None => Err("write a name and a value, as in `city=Oslo`".to_owned()),
    }
}

/// Reads `127.0.0.1:8080`, `localhost:8080` or `8080`; a name must stand for this machine, so that nobody opens it to others
/// without seeing that he does.
fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix(':').unwrap_or(text).parse::<u16>();
    match (text.parse(), port) {
        (Ok(address), _) => Ok(address),
        (Err(_), Ok(port)) => Ok(SocketAddr::from(([127, 0, 0, 1], port))),
        (Err(_), Err(_)) => {
            // A name may have several addresses; clients try the older kind too.
            let found: Vec<SocketAddr> = text.to_socket_addrs().map(Iterator::collect).unwrap_or_default();
            named(&found)
        }
    }
}

fn named(found: &[SocketAddr]) -> Result<SocketAddr, String> {
    let own = || found.iter().filter(|address| is_own(**address));
    let first = own().find(|address| address.is_ipv4()).or(own().next());
    match (first, found) {
        (Some(own), _) => Ok(*own),
        (None, [open, ..]) => Err(format!(
            "other machines reach that; if they shall, write it out: `{open}`"
        )),
        (None, []) => Err(
            "write an address of this machine and a port, as in `127.0.0.1:8080`, or only a port".to_owned(),
        ),
    }
}

/// Whether only this machine reaches an address.
fn is_own(address: SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}

/// What tells that somebody wants an end: Ctrl+C, or the signal that service managers send.
struct Stop {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Stop {
    /// Listens from now on: a signal that comes before the first wait is not lost, nor does it kill.
    fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
            Ok(Self { signals })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    async fn wait(self) -> io::Result<()> {
        #[cfg(unix)]
        {
            let [mut interrupt, mut terminate] = self.signals;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            Ok(())
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await
    }
}

#[cfg(test)]
mod tests {
    use super::{address, is_own, named, variable};

    #[test]
    fn variables_are_a_name_and_a_value() {
        let pair = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        assert_eq!(variable("city=Oslo"), pair("city", "Oslo"));
        assert_eq!(variable(" q =a=b "), pair("q", "a=b "));
        assert_eq!(variable("empty="), pair("empty", ""));
        assert!(variable("=x").is_err() && variable("city").is_err());
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, read) in [
            ("127.0.0.1:0", "127.0.0.1:0"),
            ("[::1]:80", "[::1]:80"),
            ("8081", "127.0.0.1:8081"),
            (":8081", "127.0.0.1:8081"),
            ("localhost:8081", "127.0.0.1:8081"),
        ] {
            assert_eq!(address(text), Ok(read.parse().expect("an address")), "{text}");
        }
        let addresses = |texts: &[&str]| -> Vec<std::net::SocketAddr> {
            texts
                .iter()
                .map(|text| text.parse().expect("an address"))
                .collect()
        };
        let open = addresses(&["192.0.2.1:80", "[2001:db8::1]:80"]);
        let error = named(&open).expect_err("nobody wrote it out");
        assert!(error.ends_with("write it out: `192.0.2.1:80`"), "{error}");
        let both = addresses(&["192.0.2.1:80", "[::1]:80", "127.0.0.1:80"]);
        assert_eq!(named(&both), Ok(both[2]));
        let own = ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "[::ffff:127.0.0.1]:1"];
        assert!(addresses(&own).into_iter().all(is_own));
        let others = ["0.0.0.0:1", "[::]:1", "10.0.0.1:1", "[::ffff:10.0.0.1]:1"];
        assert!(!addresses(&others).into_iter().any(is_own));
        for text in ["http://127.0.0.1:8080", "127.0.0.1", "70000", ""] {
            let error = address(text).expect_err(text);
            assert!(error.contains("as in `127.0.0.1:8080`"), "{error}");
        }
    }
}
