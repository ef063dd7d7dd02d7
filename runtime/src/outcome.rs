//! How far a call came, and which time was up: what a program asks an error before it tries again.

use crate::error::Kind;
use crate::transport::TransportErrorKind;

/// Whether a request was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WasSent {
    /// Nobody received it: it could not be made, or there was no connection.
    No,
    /// Somebody may have received it, and may have done what it asks for; there is no answer.
    Maybe,
    /// It was answered, at least by the beginning of an answer; [`status`](crate::Error::status) is what it says.
    Answered,
}

/// Which time was up. Each has a method of its name on a client's builder, and but for the first, on every call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimedOut {
    /// `connect_timeout`: no connection was made.
    Connect,
    /// `idle_timeout`: nothing was sent or received for too long.
    Idle,
    /// `try_timeout`: one send took too long.
    Try,
    /// `timeout`: the whole call took too long.
    Call,
    /// A time of the transport's own.
    Transport,
}

impl Kind {
    /// What an error of this kind says without a further word.
    pub(crate) fn sent(self) -> WasSent {
        match self {
            Self::Build | Self::Io | Self::Token => WasSent::No,
            Self::Api | Self::Decode | Self::Paging | Self::TooLarge | Self::Redirect => WasSent::Answered,
            Self::Transport(kind) => match kind {
                TransportErrorKind::Connect
                | TransportErrorKind::ConnectTimeout
                | TransportErrorKind::Unsent => WasSent::No,
                TransportErrorKind::Timeout
                | TransportErrorKind::IdleTimeout
                | TransportErrorKind::TryTimeout
                | TransportErrorKind::CallTimeout
                | TransportErrorKind::Other => WasSent::Maybe,
            },
        }
    }

    pub(crate) fn timed_out(self) -> Option<TimedOut> {
        let Self::Transport(kind) = self else {
            return None;
        };
        match kind {
            TransportErrorKind::ConnectTimeout => Some(TimedOut::Connect),
            TransportErrorKind::IdleTimeout => Some(TimedOut::Idle),
            TransportErrorKind::TryTimeout => Some(TimedOut::Try),
            TransportErrorKind::CallTimeout => Some(TimedOut::Call),
            TransportErrorKind::Timeout => Some(TimedOut::Transport),
            TransportErrorKind::Connect | TransportErrorKind::Unsent | TransportErrorKind::Other => None,
        }
    }
}
