//! Page after page of one list, whatever it is of: compiled once.
//!
//! In: a call, and how its operation lists. Out: one answer after the other, or why there is no next one. A page counts
//! when whoever asked for it says that it could be read; until then the same one is asked for. A server that leads in
//! circles is an error, and so is one that leads to another origin.

use super::draft::{address, ask, number, text};
use super::position::{At, Position};
use super::signs::{Signs, hash};
use super::spec::{PageEntry, Paging, Style};
use crate::answered::Answered;
use crate::call::Draft;
use crate::charset;
use crate::error::{Failure, Kind};
use crate::execute;
use crate::redirect::{self, Methods};
use crate::spec::Spec;
use std::collections::HashSet;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// A server that filters what it has listed may send pages with nothing on them; this many in a row are a circle.
const MOST_EMPTY: u32 = 100;

pub(super) struct Pager {
    draft: Arc<Draft>,
    spec: &'static Spec,
    plan: Paging,
    /// Where the next page begins; nothing at the end.
    pub(super) at: Option<At>,
    exchange: Option<Exchange>,
    guard: Guard,
}

type Exchange = Pin<Box<dyn Future<Output = Result<Answered, Box<Failure>>> + Send>>;

/// What is remembered of the pages so far.
#[derive(Default)]
struct Guard {
    /// Cursors and URLs.
    seen: HashSet<u64>,
    /// Whether the same cursor may come again.
    allows_repeats: bool,
    /// The list before.
    list: Option<u64>,
    /// Pages in a row with nothing on them.
    empty: u32,
    /// Items so far, if it began with the first page.
    received: Option<u64>,
    /// The number of the first page, once it is known.
    first: Option<u64>,
    /// Whether any page said how far the list goes.
    spoke: bool,
}

/// A page that came.
pub(super) struct Page {
    pub(super) answered: Answered,
    after: After,
}

struct After {
    at: Result<Option<At>, String>,
    list: Option<u64>,
    count: u64,
    spoke: bool,
}

impl Pager {
    pub(super) fn new(draft: Arc<Draft>, spec: &'static Spec, plan: Paging, at: At) -> Self {
        let (began, first) = match plan.style {
            Style::Page { send, first } => {
                let given = number(&draft, spec, send);
                (at == At::Start && (given.is_none() || given == first), first)
            }
            Style::Offset { .. } | Style::Cursor { .. } => (false, None),
            Style::Header { .. } | Style::Url { .. } | Style::Link => (false, None),
        };
        Self {
            draft,
            spec,
            plan,
            at: Some(at),
            exchange: None,
            guard: Guard {
                received: began.then_some(0),
                first,
                ..Guard::default()
            },
        }
    }

    #[cfg(feature = "blocking")]
    pub(super) fn client(&self) -> crate::client::Client {
        self.draft.client.clone()
    }

    /// Begins at another page, of which nobody knows how many came before.
    pub(super) fn resume(&mut self, at: At) {
        if at != At::Start {
            self.guard.received = None;
        }
        self.at = Some(at);
    }

    pub(super) fn allow_repeats(&mut self) {
        self.guard.allows_repeats = true;
    }

    /// The next page, or why it did not come; nothing at the end.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page, Box<Failure>>>> {
        loop {
            if self.exchange.is_none() {
                let Some(at) = &self.at else {
                    return Poll::Ready(None);
                };
                match self.request(&at.clone()) {
                    Ok(draft) => self.exchange = Some(Box::pin(execute::answered(draft, self.spec))),
                    Err(why) => {
                        self.at = None;
                        return Poll::Ready(Some(Err(Failure::build(self.spec.name, why))));
                    }
                }
            }
            let Some(exchange) = &mut self.exchange else {
                return Poll::Ready(None);
            };
            let answered = ready!(exchange.as_mut().poll(cx));
            self.exchange = None;
            let answered = match answered {
                Ok(answered) => answered,
                Err(failure) => return Poll::Ready(Some(Err(failure))),
            };
            let signs = self.signs(&answered);
            if self.at == Some(At::Second) && answered.is_success() && !self.knows_second(&signs) {
                continue;
            }
            let after = self.after(&answered, &signs);
            return Poll::Ready(Some(Ok(Page { answered, after })));
        }
    }

    /// Whether this is the second page. What has the number 1 is the first again, or it is the second; in another run of the
    /// program the first has to be seen for that.
    fn knows_second(&mut self, signs: &Signs) -> bool {
        if self.guard.list.is_none() {
            self.guard.list = signs.list;
            // There is nothing on the first, and so no second.
            return signs.list.is_none();
        }
        let is_first = signs.list == self.guard.list;
        self.guard.first = Some(u64::from(is_first));
        self.at = Some(At::Page(if is_first { 2 } else { 1 }));
        !is_first
    }

    /// What is known of a page once it is here: the answer, and whether it is one of the list at all.
    pub(super) fn open(&mut self, page: Page) -> Result<(Answered, Turn), Box<Failure>> {
        let Page { answered, after } = page;
        let is_again = answered.is_success()
            && self.is_counted()
            && after.list.is_some()
            && after.list == self.guard.list;
        if is_again {
            self.at = None;
            let why = "it gives the same list again, as if it did not know how the next page is asked for";
            return Err(failed(&answered, why.to_owned()));
        }
        let failure = match &after.at {
            Ok(_) => None,
            Err(why) => Some(failed(&answered, why.clone())),
        };
        Ok((answered, Turn { after, failure }))
    }

    /// Goes on behind a page that could be read; what is wrong with the next one is said when it is asked for.
    pub(super) fn turn(&mut self, turn: Turn) -> Option<Box<Failure>> {
        let Turn { after, failure } = turn;
        self.guard.list = after.list;
        self.guard.spoke |= after.spoke;
        self.guard.empty = if after.count == 0 { self.guard.empty + 1 } else { 0 };
        self.guard.received = self.guard.received.map(|received| received + after.count);
        self.at = after.at.unwrap_or_default();
        failure
    }

    fn is_counted(&self) -> bool {
        match self.plan.style {
            Style::Page { .. } | Style::Offset { .. } => true,
            Style::Cursor { .. } | Style::Header { .. } | Style::Url { .. } | Style::Link => false,
        }
    }

    /// The call that asks for this page.
    fn request(&mut self, at: &At) -> Result<Arc<Draft>, String> {
        let mut draft = Arc::clone(&self.draft);
        let misplaced = || "this position is of another list".to_owned();
        match (at, self.plan.style) {
            (At::Start, Style::Cursor { send, .. } | Style::Header { send, .. }) => {
                let begins = text(&draft, self.spec, send);
                self.guard.seen.extend(begins.as_deref().map(hash));
            }
            (At::Start, _) => {}
            (At::Second, Style::Page { .. }) if self.guard.list.is_none() => {}
            (At::Second, Style::Page { send, .. }) => ask(Arc::make_mut(&mut draft), self.spec, send, "1")?,
            (At::Cursor(cursor), Style::Cursor { send, .. } | Style::Header { send, .. }) => {
                self.guard.seen.insert(hash(cursor));
                ask(Arc::make_mut(&mut draft), self.spec, send, cursor)?;
            }
            (At::Page(number), Style::Page { send, .. })
            | (At::Offset(number), Style::Offset { send, .. }) => {
                ask(Arc::make_mut(&mut draft), self.spec, send, &number.to_string())?;
            }
            (At::Url(url), Style::Url { .. } | Style::Link | Style::Cursor { .. } | Style::Header { .. }) => {
                self.guard.seen.insert(hash(url));
                // A position may come from anywhere.
                let url = self.same_origin(&draft, url)?;
                Arc::make_mut(&mut draft).goes_on_at = Some(url.into());
            }
            (At::Second | At::Cursor(_) | At::Page(_) | At::Offset(_) | At::Url(_), _) => {
                return Err(misplaced());
            }
        }
        Ok(draft)
    }

    /// An URL on the origin that the call is of; where that is `https`, one of `http` is taken for it.
    fn same_origin(&self, draft: &Draft, url: &str) -> Result<String, String> {
        let here = address(draft, self.spec).map_err(|failure| failure.message)?;
        let is_downgrade = here.starts_with("https://") && url.starts_with("http://");
        let url = if is_downgrade {
            url.replacen("http", "https", 1)
        } else {
            url.to_owned()
        };
        let hop = redirect::next(&here, self.spec.method, 307, url.as_bytes(), Methods::Kept);
        match hop {
            Ok(Some(hop)) if !hop.crosses => Ok(hop.url),
            Ok(Some(_)) => Err(
                "the next page is on another scheme, host or port, which nothing of this call is for"
                    .to_owned(),
            ),
            Ok(None) => Err("the next page has no URL".to_owned()),
            Err(_) => Err("the URL of the next page cannot be used".to_owned()),
        }
    }

    fn signs(&self, answered: &Answered) -> Signs {
        let raw = &answered.raw;
        let json = charset::text(&raw.body, raw.head.content_type()).unwrap_or_default();
        Signs::read(&self.plan, &raw.head.headers, json.trim_start_matches('\u{feff}'))
    }

    /// Where the list goes on behind an answer.
    fn after(&self, answered: &Answered, signs: &Signs) -> After {
        After {
            at: if answered.is_success() {
                self.next(answered, signs)
            } else {
                Ok(self.at.clone())
            },
            list: signs.list,
            count: signs.count,
            spoke: signs.speaks(),
        }
    }

    fn next(&self, answered: &Answered, signs: &Signs) -> Result<Option<At>, String> {
        if signs.more == Some(false) {
            return Ok(None);
        }
        match self.plan.style {
            Style::Cursor { .. } | Style::Header { .. } | Style::Url { .. } | Style::Link => {
                self.led(answered, signs)
            }
            Style::Page { send, .. } => self.page(send, signs),
            Style::Offset { send, first } => Ok(self.offset(send, first, signs)?.map(At::Offset)),
        }
    }

    /// Where the answer leads.
    fn led(&self, answered: &Answered, signs: &Signs) -> Result<Option<At>, String> {
        let Some(next) = &signs.next else {
            if signs.more == Some(true) {
                return Err("it says that there is more, and not where".to_owned());
            }
            return Ok(None);
        };
        if signs.count == 0 && self.guard.empty >= MOST_EMPTY {
            return Err(format!(
                "more than {MOST_EMPTY} pages in a row have nothing on them"
            ));
        }
        // What is taken for a cursor may turn out to be an URL.
        let is_url = matches!(self.plan.style, Style::Url { .. } | Style::Link)
            || next.starts_with("https://")
            || next.starts_with("http://");
        let next = if is_url {
            self.same_origin(&answered.draft, next)?
        } else {
            next.clone()
        };
        if self.guard.seen.contains(&hash(&next)) && !self.guard.allows_repeats {
            return Err("it leads to a page that was read before".to_owned());
        }
        Ok(Some(if is_url { At::Url(next) } else { At::Cursor(next) }))
    }

    /// The number that was asked for; nothing if none was.
    fn current(&self, send: PageEntry) -> Option<u64> {
        match &self.at {
            Some(At::Page(number) | At::Offset(number)) => Some(*number),
            Some(At::Start | At::Second | At::Cursor(_) | At::Url(_)) | None => {
                number(&self.draft, self.spec, send)
            }
        }
    }

    fn page(&self, send: PageEntry, signs: &Signs) -> Result<Option<At>, String> {
        let current = self.current(send).or(self.guard.first);
        // As long as the first number is not known, one page too many is asked for rather than one too few.
        let first = self.guard.first.unwrap_or(1);
        let nth = current.unwrap_or(first).saturating_sub(first) + 1;
        if signs.pages.is_some_and(|pages| nth >= pages) || self.is_last(signs)? {
            return Ok(None);
        }
        let by_size = || Some(nth.saturating_mul(self.size()?));
        let received = self.guard.received.map(|received| received + signs.count);
        let known = received.or_else(by_size);
        let is_all = signs
            .total
            .zip(known)
            .is_some_and(|(total, known)| known >= total);
        let next = current.map_or(At::Second, |current| At::Page(current.saturating_add(1)));
        Ok((!is_all).then_some(next))
    }

    fn offset(&self, send: PageEntry, first: u64, signs: &Signs) -> Result<Option<u64>, String> {
        let next = self.current(send).unwrap_or(first).saturating_add(signs.count);
        let is_all = signs
            .total
            .is_some_and(|total| next.saturating_sub(first) >= total);
        Ok((!self.is_last(signs)? && !is_all).then_some(next))
    }

    /// Whether what is on a page says that it is the last.
    fn is_last(&self, signs: &Signs) -> Result<bool, String> {
        if signs.count == 0 {
            return match signs.more {
                Some(true) => Err("it says that there is more, and gives nothing".to_owned()),
                Some(false) | None => Ok(true),
            };
        }
        let is_short = || self.size().is_some_and(|size| signs.count < size);
        Ok(!signs.speaks() && !self.guard.spoke && is_short())
    }

    /// How many there may be on a page, as far as the call says so.
    fn size(&self) -> Option<u64> {
        number(&self.draft, self.spec, self.plan.size?)
    }

    /// Where the next page begins, behind so many items of it.
    pub(super) fn position(&self, skip: u64) -> Option<Position> {
        self.at.clone().map(|at| Position { at, skip })
    }
}

/// What becomes of the pager once a page could be read.
pub(super) struct Turn {
    after: After,
    failure: Option<Box<Failure>>,
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "a failure is large, and only ever an error"
)]
fn failed(answered: &Answered, why: String) -> Box<Failure> {
    let mut failure = Failure::new(Kind::Paging, &answered.request, why);
    failure.answer_with(answered.raw.head.clone());
    failure.after(answered.raw.tries)
}
