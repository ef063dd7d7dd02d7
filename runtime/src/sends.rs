//! All sends of one call: it may be asked who calls, sent elsewhere, or sent again.
//!
//! In: a draft and its spec. Out: the answer that is for the caller, and what is known of the request that it answers; and how long to
//! wait before the call is sent once more, if it may be.

use crate::aside::Aside;
use crate::auth::Handshake;
use crate::begin::first;
use crate::call::Draft;
use crate::error::Failure;
use crate::outcome::WasSent;
use crate::promised;
use crate::redact::redacted;
use crate::redirect::{self, Hop, Methods};
use crate::request;
use crate::response::Head;
use crate::spec::Spec;
use crate::tokens::{Carried, Slot};
use crate::told;
use crate::transport::{self, Payload, TransportError};
use crate::watch::Watch;
use crate::wire::{self, Gap, Onward, Parts, Resend, Settings, parts::Secret};
use http::{HeaderMap, StatusCode, header};
use std::time::Duration;

/// A scheme that is not content after this many answers never will be.
const MOST_CHALLENGES: usize = 4;

pub(crate) fn build(
    draft: &Draft,
    spec: &Spec,
    resend: &mut Resend,
    tokens: &[Slot],
) -> Result<Parts, Box<Failure>> {
    if let Some(why) = &draft.refused {
        return Err(Failure::build(spec.name, why));
    }
    let settings = draft.client.inner().settings();
    let settings = Settings { tokens, ..settings };
    wire::rebuild(spec, &draft.values, &settings, draft.mode, resend)
        .map_err(|error| Failure::refused(spec.name, error))
}

fn aside(draft: &Draft) -> Option<Box<Aside>> {
    let client = draft.client.inner();
    Aside::of(&client.hooks, &client.gate, &*client.clock)
}

/// What is known of a request once it is gone.
pub(crate) struct Sent {
    /// Method, scheme, host, port and path, secrets replaced.
    pub(crate) request: String,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) gaps: Vec<Gap>,
    /// Whether it was sent before, in this or another shape.
    is_again: bool,
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "a failure is large, and only ever an error"
)]
impl Sent {
    pub(crate) fn failed(&self, error: TransportError) -> Box<Failure> {
        let mut failure = Failure::transport(&self.request, error);
        failure.message = redacted(failure.message, &self.secrets);
        // An earlier send of the call was answered.
        if self.is_again && failure.sent == WasSent::No {
            failure.sent = WasSent::Maybe;
        }
        failure
    }

    /// A body that broke off.
    pub(crate) fn broken(&self, head: Head, error: TransportError) -> Box<Failure> {
        let mut failure = self.failed(error);
        failure.answer_with(head);
        failure
    }

    pub(crate) fn stopped(&self, head: Head, why: String) -> Box<Failure> {
        Failure::redirect(&self.request, head, redacted(why, &self.secrets))
    }
}

/// All sends of one call: it may be asked who calls, and it may be sent elsewhere.
pub(crate) struct Sends<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) spec: &'static Spec,
    pub(crate) watch: Watch<'a>,
    pub(crate) resend: Resend,
    /// What it is sent with of the client's sources; apart, as few clients have any.
    pub(crate) tokens: Option<Box<Carried>>,
    challenges: usize,
    hops: u32,
    /// So many times the call was sent as a whole.
    pub(crate) tries: u32,
    /// Whether an earlier one may have reached somebody.
    pub(crate) came_through: bool,
    /// When it began, if it may not take for ever.
    pub(crate) began: Option<Duration>,
    /// The origin that credentials were given for, once the call was sent on.
    origin: Option<String>,
    /// What few calls have; apart, as a call is allocated with room for all that it may have.
    pub(crate) aside: Option<Box<Aside>>,
}

impl<'a> Sends<'a> {
    pub(crate) fn new(draft: &'a Draft, spec: &'static Spec) -> Self {
        Self {
            draft,
            spec,
            watch: Watch::new(&*draft.client.inner().clock, &draft.limits),
            resend: first(draft.goes_on_at.as_deref(), spec),
            tokens: Carried::of(&draft.client.inner().tokens),
            challenges: 0,
            hops: 0,
            tries: 1,
            came_through: false,
            began: draft.limits.whole.map(|_| draft.client.inner().clock.now()),
            origin: None,
            aside: aside(draft),
        }
    }

    /// Sends until there is an answer that is for the caller.
    pub(crate) async fn exchange(&mut self) -> Result<(http::Response<Payload>, Sent), Box<Failure>> {
        loop {
            if self.tokens.is_some() {
                // Whoever gets a token may call by the same client.
                self.leave();
                Box::pin(self.provide()).await?;
            }
            if self.aside.is_some() {
                Box::pin(self.take_turn()).await?;
            }
            let (sent, sending) = self.start()?;
            let answer = self.watch.within(sending).await;
            let response = answer
                .and_then(|answer| answer)
                .map_err(|error| sent.failed(error))?;
            if !self.is_challenged(&response) && !self.doubts_token(&response) {
                let Some(onward) = self.onward(&response, &sent)? else {
                    return Ok((response, sent));
                };
                self.resend.onward = Some(Box::new(onward));
                self.resend.handshake = Handshake::default();
                self.challenges = 0;
                self.hops += 1;
            }
            Box::pin(self.watch.drain(response.into_body()))
                .await
                .map_err(|error| sent.failed(error))?;
        }
    }

    /// How long to wait before the call is sent again; nothing if what came of it is for the caller. Whoever wants to know hears of it.
    pub(crate) fn again(&self, outcome: Result<(StatusCode, &HeaderMap), &Failure>) -> Option<Duration> {
        let wait = self.wait(outcome);
        self.tell(outcome, wait);
        wait
    }

    /// Tells whoever wants to know what came of this try.
    fn tell(&self, outcome: Result<(StatusCode, &HeaderMap), &Failure>, next_in: Option<Duration>) {
        if let Some(began) = self.aside.as_ref().and_then(|aside| aside.began) {
            let client = self.draft.client.inner();
            let heard = (&client.hooks, &*client.clock);
            told::tell(heard, self.spec, (self.tries, began), outcome, next_in);
        }
    }

    /// Waits, and starts again with what was made up for the first send; if there is no time for that, what went wrong before is the
    /// error.
    pub(crate) async fn rest(
        &mut self,
        wait: Duration,
        failure: Option<Box<Failure>>,
    ) -> Result<(), Box<Failure>> {
        self.leave();
        let rested = Box::pin(self.watch.rest(wait)).await;
        if let Err(error) = rested {
            let request = failure
                .as_ref()
                .map_or(self.spec.name, |failure| failure.request.as_str());
            return Err(Failure::transport(request, error).after(self.tries));
        }
        self.tries += 1;
        self.aside = aside(self.draft);
        self.came_through |= failure.is_none_or(|failure| failure.sent != WasSent::No);
        self.resend.again();
        self.resend.onward = first(self.draft.goes_on_at.as_deref(), self.spec).onward;
        self.challenges = 0;
        self.hops = 0;
        self.origin = None;
        Ok(())
    }

    /// The places of tokens, and what is in them.
    pub(crate) fn slots(&self) -> &[Slot] {
        Carried::slots(self.tokens.as_deref())
    }

    /// The next request.
    pub(crate) fn parts(&mut self) -> Result<Parts, Box<Failure>> {
        self.parts_of(self.draft)
    }

    fn parts_of(&mut self, draft: &Draft) -> Result<Parts, Box<Failure>> {
        let slots = Carried::slots(self.tokens.as_deref());
        build(draft, self.spec, &mut self.resend, slots)
    }

    /// The call was answered so, and is sent once more as a whole, as soon as it can be.
    pub(crate) fn starts_again(&mut self, answer: (StatusCode, &HeaderMap)) {
        self.tell(Ok(answer), Some(Duration::ZERO));
        self.aside = aside(self.draft);
        self.tries += 1;
        self.came_through = true;
        self.challenges = 0;
        self.resend.handshake = Handshake::default();
    }

    /// Hands the next request to the transport. Nothing of it is held while it is waited for.
    pub(crate) fn start(&mut self) -> Result<(Sent, transport::Sent<'a>), Box<Failure>> {
        let hooks = &self.draft.client.inner().hooks;
        let values = hooks.laid_over(&self.draft.values, self.spec, self.tries);
        let hooked = values.map(|values| Draft {
            values,
            ..self.draft.clone()
        });
        let parts = self.parts_of(hooked.as_ref().unwrap_or(self.draft))?;
        drop(hooked);
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

    pub(crate) fn sent(&self, parts: &Parts) -> Sent {
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
            is_again: self.hops > 0 || self.challenges > 0 || self.came_through,
        }
    }

    pub(crate) fn is_elsewhere(&self) -> bool {
        self.resend
            .onward
            .as_ref()
            .is_some_and(|onward| onward.is_elsewhere)
    }

    /// Whether the answer asks who calls, and the call can say so.
    pub(crate) fn is_challenged(&mut self, response: &http::Response<Payload>) -> bool {
        self.challenges += 1;
        let asked = response.headers().get_all(header::WWW_AUTHENTICATE);
        let asked = asked.iter().filter_map(|value| value.to_str().ok());
        self.challenges < MOST_CHALLENGES
            && !self.is_elsewhere()
            && (self.resend.handshake).answered(self.spec, response.status().as_u16(), asked)
    }

    /// Where the answer leads, if it leads anywhere and is to be followed.
    pub(crate) fn onward(
        &mut self,
        response: &http::Response<Payload>,
        sent: &Sent,
    ) -> Result<Option<Onward>, Box<Failure>> {
        let rules = self.spec.behavior.redirects;
        let most = self.draft.limits.redirects.of(rules);
        let status = response.status();
        let location = response.headers().get(header::LOCATION);
        let location = location.filter(|_| most > 0 && redirect::is_redirect(status.as_u16()));
        let follows = !self.draft.client.inner().transport.follows_redirects();
        let Some(location) = location.filter(|_| follows) else {
            return Ok(None);
        };
        // The request as it was sent is gone; this is the same, but for signatures.
        let parts = self.parts()?;
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
        let mut onward = Onward::to(hop, self.resend.onward.as_deref());
        onward.referer = (!rules.drop_referer).then_some(referer);
        onward.authorization = authorization;
        Ok(Some(onward))
    }

    /// Why the next request cannot be sent: it would tell another origin what is not for it, or lacks its body.
    pub(crate) fn leak(&self, hop: &Hop, parts: &Parts, secrets: &[Secret]) -> Option<String> {
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
