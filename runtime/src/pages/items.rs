//! The typed faces of a list: its pages, and what is in them.
//!
//! In: a pager that knows no types. Out: responses and items of one operation, as futures, as a `Stream` (feature `stream`),
//! and for code that is not asynchronous as iterators (feature `blocking`).

use super::Lists;
use super::pager::Pager;
use super::position::{At, Position};
#[cfg(feature = "blocking")]
use crate::blocking::Blocking;
use crate::call::Call;
use crate::error::{Error, Failure};
use crate::operation::Operation;
use crate::response::Response;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

/// The pages of a list, one after the other; each is asked for when [`next`](Self::next) is.
///
/// After an error, `next` asks for the same page again. Only a server that leads in circles, or elsewhere, ends the list
/// with its error, [`is_paging`](Error::is_paging).
#[must_use = "nothing is sent until `next` is awaited"]
pub struct Pages<O> {
    pager: Pager,
    failure: Option<Box<Failure>>,
    operation: PhantomData<fn() -> O>,
}

/// What comes of an item.
type Item<O> = Result<<O as Lists>::Item, Error<<O as Operation>::Error>>;
/// What comes of a page.
type Outcome<O> = Result<Response<<O as Operation>::Output>, Error<<O as Operation>::Error>>;

impl<O: Lists> Pages<O> {
    fn new(call: &Call<O>) -> Self {
        Self {
            pager: Pager::new(Arc::clone(&call.draft), Call::<O>::SPEC, O::PAGING, At::Start),
            failure: None,
            operation: PhantomData,
        }
    }

    /// Waits for the next page; `None` at the end. Where the future is dropped before it is done, the next one goes on
    /// with the same send.
    pub async fn next(&mut self) -> Option<Outcome<O>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Outcome<O>>> {
        if let Some(failure) = self.failure.take() {
            return Poll::Ready(Some(Err(Error::new(failure, None))));
        }
        let page = match ready!(self.pager.poll(cx)) {
            None => return Poll::Ready(None),
            Some(Err(failure)) => return Poll::Ready(Some(Err(Error::new(failure, None)))),
            Some(Ok(page)) => page,
        };
        Poll::Ready(Some(match self.pager.open(page) {
            Err(failure) => Err(Error::new(failure, None)),
            Ok((answered, _)) if !answered.is_success() => Err(answered.fail(O::error)),
            Ok((answered, turn)) => {
                let response = answered.finish(O::output);
                if response.is_ok() {
                    self.failure = self.pager.turn(turn);
                }
                response
            }
        }))
    }

    /// Goes on where another list of this call had come: to be said before the first page is asked for.
    pub fn resume(mut self, position: Position) -> Self {
        self.pager.resume(position.at);
        self
    }

    /// Where the next page begins, to go on from by [`resume`](Self::resume) another time; `None` at the end.
    pub fn position(&self) -> Option<Position> {
        self.pager.position(0)
    }

    /// Takes a next page that was read before for one that is new, as of a server that has one handle for a whole list. It
    /// is on the caller then to end.
    pub fn repeat_cursors(mut self) -> Self {
        self.pager.allow_repeats();
        self
    }
}

/// What is in the pages of a list, one after the other; a page is asked for when the one before is used up.
///
/// After an error, `next` asks for the same page again; see [`Pages`].
#[must_use = "nothing is sent until `next` is awaited"]
pub struct Items<O: Lists> {
    pages: Pages<O>,
    page: IntoIter<O::Item>,
    /// Where the page began that `page` is of.
    began: Option<Position>,
    /// So many of it are given.
    given: u64,
    /// So many of the next page are known already.
    skip: u64,
    rest: usize,
}

impl<O: Lists> Unpin for Items<O> {}

impl<O: Lists> Items<O> {
    fn new(call: &Call<O>) -> Self {
        Self {
            pages: Pages::new(call),
            page: Vec::new().into_iter(),
            began: None,
            given: 0,
            skip: 0,
            rest: usize::MAX,
        }
    }

    /// Goes on where another list of this call had come: to be said before the first item is asked for.
    pub fn resume(mut self, position: Position) -> Self {
        self.skip = position.skip;
        self.pages = self.pages.resume(position);
        self
    }

    /// Ends after this many items; no page is asked for that they are not on.
    pub fn at_most(mut self, most: usize) -> Self {
        self.rest = most;
        self
    }

    /// See [`Pages::repeat_cursors`].
    pub fn repeat_cursors(mut self) -> Self {
        self.pages = self.pages.repeat_cursors();
        self
    }

    /// Waits for the next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Item<O>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        loop {
            if self.rest == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.page.next() {
                self.rest -= 1;
                self.given += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            let began = self.pages.position();
            match ready!(self.pages.poll_next(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(response)) => {
                    self.page = O::items(response.into_inner()).into_iter();
                    self.began = began;
                    self.given = 0;
                    for _ in 0..std::mem::take(&mut self.skip) {
                        if self.page.next().is_some() {
                            self.given += 1;
                        }
                    }
                }
            }
        }
    }

    /// Where the next item is, to go on from by [`resume`](Self::resume) another time; `None` at the end. In the middle of a page it is
    /// found by counting: what is added to or taken from the list before it moves it.
    pub fn position(&self) -> Option<Position> {
        match &self.began {
            Some(began) if self.page.len() > 0 => Some(Position {
                skip: self.given,
                ..began.clone()
            }),
            Some(_) | None => self.pages.pager.position(self.skip),
        }
    }

    /// All items.
    ///
    /// # Errors
    ///
    /// If a page does not come; what came before it is then gone. [`next`](Self::next) can go on after an error.
    pub async fn all(mut self) -> Result<Vec<O::Item>, Error<O::Error>> {
        let mut all = Vec::new();
        while let Some(item) = poll_fn(|cx| self.poll_next(cx)).await {
            all.push(item?);
        }
        Ok(all)
    }

    /// Waits on this thread for all items.
    ///
    /// # Errors
    ///
    /// Like [`all`](Self::all), and if this thread runs asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn all_blocking(self) -> Result<Vec<O::Item>, Error<O::Error>> {
        self.blocking().collect()
    }
}

/// What generated calls of operations that list have.
#[doc(hidden)]
impl<O: Lists> Call<O> {
    pub fn list_pages(&self) -> Pages<O> {
        Pages::new(self)
    }

    pub fn list_items(&self) -> Items<O> {
        Items::new(self)
    }
}

#[cfg(feature = "blocking")]
impl<O: Lists> Pages<O> {
    /// The pages as an iterator, which waits for each on this thread.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }

    fn next_blocking(&mut self) -> Option<Outcome<O>> {
        let client = self.pager.client();
        match client.inner().blocking.run(poll_fn(|cx| self.poll_next(cx))) {
            Ok(next) => next,
            Err(why) => Some(Err(Error::new(Failure::build(O::SPEC.name, why), None))),
        }
    }
}

#[cfg(feature = "blocking")]
impl<O: Lists> Iterator for Blocking<Pages<O>> {
    type Item = Outcome<O>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_blocking()
    }
}

#[cfg(feature = "blocking")]
impl<O: Lists> Items<O> {
    /// The items as an iterator, which waits for each page on this thread.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

#[cfg(feature = "blocking")]
impl<O: Lists> Iterator for Blocking<Items<O>> {
    type Item = Result<O::Item, Error<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        let client = self.0.pages.pager.client();
        match client.inner().blocking.run(poll_fn(|cx| self.0.poll_next(cx))) {
            Ok(next) => next,
            Err(why) => Some(Err(Error::new(Failure::build(O::SPEC.name, why), None))),
        }
    }
}

#[cfg(feature = "stream")]
impl<O: Lists> futures_core::Stream for Pages<O> {
    type Item = Outcome<O>;

    fn poll_next(self: std::pin::Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pages::poll_next(self.get_mut(), cx)
    }
}

#[cfg(feature = "stream")]
impl<O: Lists> futures_core::Stream for Items<O> {
    type Item = Result<O::Item, Error<O::Error>>;

    fn poll_next(self: std::pin::Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Items::poll_next(self.get_mut(), cx)
    }
}

impl<O> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages(…)")
    }
}

impl<O: Lists> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items(…)")
    }
}
