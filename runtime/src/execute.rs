//! From a draft to an answer, without knowing what is asked or answered: compiled once, however many operations an
//! API has.
//!
//! In: a draft and its spec. Out: the bytes of an answer, or a [`Failure`] whose texts hold no secret.

use crate::answered::Answered;
use crate::auth::Handshake;
use crate::call::Draft;
use crate::error::Failure;
use crate::limits::{Limits, MOST_OF_AN_ERROR};
use crate::outcome::WasSent;
use crate::promised;
use crate::redact::redacted;
use crate::redirect::{self, Hop, Methods};
use crate::request;
use crate::response::{Head, RawParts};
use crate::spec::Spec;
use crate::transport::{self, Payload, Timeout, TransportError};
use crate::watch::Watch;
use crate::wire::{self, Gap, Onward, Parts, Resend, parts::Secret};
use bytes::Bytes;
use http::header;
use http_body::Body as _;
use std::sync::Arc;

/// A scheme that is not content after this many answers never will be.
const MOST_CHALLENGES: usize = 4;

/// Sends and reads.
pub(crate) async fn answered(draft: Arc<Draft>, spec: &'static Spec) -> Result<Answered, Box<Failure>> {
    let mut sends = Sends::new(&draft, spec);
    let (response, sent) = sends.exchange().await?;
    let (parts, body) = response.into_parts();
    let head = Head {
        status: parts.status,
        headers: parts.headers,
    };
    let limit = sends.limits.body;
    let is_success = head.status.is_success();
    let read = if is_success && body.size_hint().lower() > limit {
        Ok(Read::Cut(Bytes::new()))
    } else {
        let most = if is_success {
            limit
        } else {
            limit.min(MOST_OF_AN_ERROR)
        };
        match body.into_bytes(most) {
            Ok(bytes) => Ok(Read::Whole(bytes)),
            // On the heap of its own: a call is allocated with room for whatever it may wait for.
            Err(body) => Box::pin(read(&mut sends.watch, body, most)).await,
        }
    };
    drop(sends);
    let (body, is_cut) = match read {
        Ok(Read::Whole(body)) => (body, false),
        Ok(Read::Cut(body)) if !is_success => (body, true),
        Ok(Read::Cut(_)) => return Err(Failure::too_large(&sent.request, head, limit)),
        Err(error) => return Err(sent.broken(head, error)),
    };
    Ok(Answered {
        raw: Arc::new(RawParts { head, body }),
        request: sent.request,
        secrets: sent.secrets,
        gaps: sent.gaps,
        is_cut,
        draft,
        name: spec.name,
    })
}

/// Sends.
pub(crate) async fn raw(
    draft: Arc<Draft>,
    spec: &'static Spec,
) -> Result<(http::Response<Payload>, String), Box<Failure>> {
    let mut sends = Sends::new(&draft, spec);
    let (response, sent) = sends.exchange().await?;
    let clock = Arc::clone(&draft.client.inner().clock);
    let watch = sends.watch;
    Ok((response.map(|body| watch.into_guard(clock, body)), sent.request))
}

/// The request in its parts.
pub(crate) fn parts(draft: &Draft, spec: &Spec) -> Result<Parts, Box<Failure>> {
    build(draft, spec, &mut Resend::default())
}

/// The request, ready for a transport.
pub(crate) fn request(draft: &Draft, spec: &Spec) -> Result<http::Request<Payload>, Box<Failure>> {
    let parts = parts(draft, spec)?;
    let refused = |error| Failure::refused(spec.name, error);
    let mut request = request::of(&draft.client, parts).map_err(refused)?;
    draft.name(&mut request);
    if let Some(timeout) = draft.limits.whole {
        request.extensions_mut().insert(Timeout(timeout));
    }
    Ok(request)
}

fn build(draft: &Draft, spec: &Spec, resend: &mut Resend) -> Result<Parts, Box<Failure>> {
    if let Some(why) = &draft.refused {
        return Err(Failure::build(spec.name, why));
    }
    let settings = draft.client.inner().settings();
    wire::rebuild(spec, &draft.values, &settings, draft.mode, resend)
        .map_err(|error| Failure::refused(spec.name, error))
}

/// What is known of a request once it is gone.
struct Sent {
    /// Method, scheme, host, port and path, secrets replaced.
    request: String,
    secrets: Vec<Secret>,
    gaps: Vec<Gap>,
    /// Whether it was sent before, in this or another shape.
    is_again: bool,
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "a failure is large, and only ever an error"
)]
impl Sent {
    fn failed(&self, error: TransportError) -> Box<Failure> {
        let mut failure = Failure::transport(&self.request, error);
        failure.message = redacted(failure.message, &self.secrets);
        // An earlier send of the call was answered.
        if self.is_again && failure.sent == WasSent::No {
            failure.sent = WasSent::Maybe;
        }
        failure
    }

    /// A body that broke off.
    fn broken(&self, head: Head, error: TransportError) -> Box<Failure> {
        let mut failure = self.failed(error);
        failure.answer_with(head);
        failure
    }

    fn stopped(&self, head: Head, why: String) -> Box<Failure> {
        Failure::redirect(&self.request, head, redacted(why, &self.secrets))
    }
}

/// All sends of one call: it may be asked who calls, and it may be sent elsewhere.
struct Sends<'a> {
    draft: &'a Draft,
    spec: &'static Spec,
    limits: Limits,
    watch: Watch<'a>,
    resend: Resend,
    challenges: usize,
    hops: u32,
    /// The origin that credentials were given for, once the call was sent on.
    origin: Option<String>,
}

impl<'a> Sends<'a> {
    fn new(draft: &'a Draft, spec: &'static Spec) -> Self {
        let limits = draft.limits;
        Self {
            draft,
            spec,
            limits,
            watch: Watch::new(&*draft.client.inner().clock, limits),
            resend: Resend::default(),
            challenges: 0,
            hops: 0,
            origin: None,
        }
    }

    /// Sends until there is an answer that is for the caller.
    async fn exchange(&mut self) -> Result<(http::Response<Payload>, Sent), Box<Failure>> {
        loop {
            let (sent, sending) = self.start()?;
            let answer = self.watch.within(sending).await;
            let response = answer
                .and_then(|answer| answer)
                .map_err(|error| sent.failed(error))?;
            if !self.is_challenged(&response) {
                let Some(onward) = self.onward(&response, &sent)? else {
                    return Ok((response, sent));
                };
                self.resend.onward = Some(onward);
                self.resend.handshake = Handshake::default();
                self.challenges = 0;
                self.hops += 1;
            }
            Box::pin(drain(&mut self.watch, response))
                .await
                .map_err(|error| sent.failed(error))?;
        }
    }

    /// Hands the next request to the transport. Nothing of it is held while it is waited for.
    fn start(&mut self) -> Result<(Sent, transport::Sent<'a>), Box<Failure>> {
        let parts = build(self.draft, self.spec, &mut self.resend)?;
        let sent = self.sent(&parts);
        let refused = |error| Failure::refused(self.spec.name, error);
        let mut request = request::of(&self.draft.client, parts).map_err(refused)?;
        // What it leads to is another operation's, or nobody's.
        if self.hops == 0 {
            self.draft.name(&mut request);
        }
        self.watch.start(request.body_mut());
        Ok((sent, self.draft.client.inner().transport.send(request)))
    }

    fn sent(&self, parts: &Parts) -> Sent {
        let mut secrets = parts.secrets.clone();
        secrets.extend(promised::of_entries(&self.draft.values, self.spec));
        let path = parts.target().split('?').next().unwrap_or_default();
        let mut request = [&parts.method, " ", &parts.origin(), path].concat();
        if let Some(origin) = &self.origin
            && self.is_elsewhere()
        {
            request.push_str(&format!(
                " (redirected from {origin}, where its credentials stayed)"
            ));
        }
        Sent {
            request: redacted(request, &secrets),
            secrets,
            gaps: parts.gaps.clone(),
            is_again: self.hops > 0 || self.challenges > 0,
        }
    }

    fn is_elsewhere(&self) -> bool {
        self.resend
            .onward
            .as_ref()
            .is_some_and(|onward| onward.is_elsewhere)
    }

    /// Whether the answer asks who calls, and the call can say so.
    fn is_challenged(&mut self, response: &http::Response<Payload>) -> bool {
        self.challenges += 1;
        let asked = response.headers().get_all(header::WWW_AUTHENTICATE);
        let asked = asked.iter().filter_map(|value| value.to_str().ok());
        self.challenges < MOST_CHALLENGES
            && !self.is_elsewhere()
            && (self.resend.handshake).answered(self.spec, response.status().as_u16(), asked)
    }

    /// Where the answer leads, if it leads anywhere and is to be followed.
    fn onward(
        &mut self,
        response: &http::Response<Payload>,
        sent: &Sent,
    ) -> Result<Option<Onward>, Box<Failure>> {
        let rules = self.spec.behavior.redirects;
        let most = self.limits.redirects.of(rules);
        let status = response.status();
        let location = response.headers().get(header::LOCATION);
        let location = location.filter(|_| most > 0 && redirect::is_redirect(status.as_u16()));
        let follows = !self.draft.client.inner().transport.follows_redirects();
        let Some(location) = location.filter(|_| follows) else {
            return Ok(None);
        };
        // The request as it was sent is gone; this is the same, but for signatures.
        let parts = build(self.draft, self.spec, &mut self.resend)?;
        let methods = if rules.keep_method {
            Methods::Kept
        } else {
            Methods::Browser
        };
        let next = redirect::next(
            &parts.url,
            &parts.method,
            status.as_u16(),
            location.as_bytes(),
            methods,
        );
        let stopped = |why: String| {
            let headers = response.headers().clone();
            Err(sent.stopped(Head { status, headers }, why))
        };
        let hop = match next {
            Ok(Some(hop)) => hop,
            Ok(None) => return Ok(None),
            Err(refusal) => return stopped(refusal.to_string()),
        };
        if self.hops >= most {
            return stopped(format!("it is one redirect more than {most} (`max_redirects`)"));
        }
        if let Some(why) = self.leak(&hop, &parts, &sent.secrets) {
            return stopped(why);
        }
        let origin = self.origin.get_or_insert_with(|| parts.origin());
        let referer = if hop.crosses {
            format!("{origin}/")
        } else {
            parts.url.clone()
        };
        let kept = parts.header("authorization").filter(|_| rules.keep_authorization);
        let authorization = kept.map(|header| header.value.clone());
        let mut onward = Onward::to(hop, self.resend.onward.as_ref());
        onward.referer = (!rules.drop_referer).then_some(referer);
        onward.authorization = authorization;
        Ok(Some(onward))
    }

    /// Why the next request cannot be sent: it would tell another origin what is not for it, or lacks its body.
    fn leak(&self, hop: &Hop, parts: &Parts, secrets: &[Secret]) -> Option<String> {
        if hop.crosses && !hop.upgrades && wire::shows(hop.url.as_bytes(), secrets) {
            return Some("it would take a secret of the call to another origin, in the URL".to_owned());
        }
        if !hop.keeps_body {
            return None;
        }
        if parts.body.is_spent() {
            return Some("the body was read from a stream, and cannot be sent a second time".to_owned());
        }
        let of_body = promised::of_body(&self.draft.values);
        let tells = hop.crosses && (!of_body.is_empty() || wire::body_shows(&parts.body, secrets));
        tells.then(|| "it would take a secret of the call to another origin, in the body".to_owned())
    }
}

/// As much of the body of an answer as there may be.
enum Read {
    Whole(Bytes),
    /// There is more of it.
    Cut(Bytes),
}

async fn read(watch: &mut Watch<'_>, mut body: Payload, limit: u64) -> Result<Read, TransportError> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut first: Option<Bytes> = None;
    let mut all = Vec::new();
    while let Some(chunk) = watch.within(body.chunk()).await?? {
        let length = all.len().max(first.as_ref().map_or(0, Bytes::len));
        let rest = most - length;
        let is_cut = chunk.len() > rest;
        let chunk = chunk.slice(..chunk.len().min(rest));
        if first.is_none() {
            first = Some(chunk);
        } else {
            grow(&mut all, first.as_deref().unwrap_or_default(), &chunk, most);
        }
        if is_cut {
            let read = if all.is_empty() {
                first.unwrap_or_default()
            } else {
                all.into()
            };
            return Ok(Read::Cut(read));
        }
    }
    // One chunk alone is not copied.
    let whole = if all.is_empty() {
        first.unwrap_or_default()
    } else {
        all.into()
    };
    Ok(Read::Whole(whole))
}

/// Adds a chunk, with room for no more than may come.
fn grow(all: &mut Vec<u8>, first: &[u8], chunk: &[u8], most: usize) {
    if all.is_empty() {
        all.reserve_exact((first.len() + chunk.len()).min(most));
        all.extend_from_slice(first);
    }
    if all.capacity() - all.len() < chunk.len() {
        let room = (all.len() * 2).max(all.len() + chunk.len()).min(most);
        all.reserve_exact(room.saturating_sub(all.len()));
    }
    all.extend_from_slice(chunk);
}

/// Reads what nobody wants to read, for the connection can be used again then, and some schemes authenticate the
/// connection; a server that has too much to say loses it.
async fn drain(watch: &mut Watch<'_>, response: http::Response<Payload>) -> Result<(), TransportError> {
    let mut rest = 64_usize << 10;
    let mut body = response.into_body();
    while let Ok(Some(chunk)) = watch.within(body.chunk()).await? {
        rest = rest.saturating_sub(chunk.len());
        if rest == 0 {
            break;
        }
    }
    Ok(())
}
