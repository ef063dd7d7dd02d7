//! Calls from code that is not asynchronous: one small runtime per client, made when it is first needed.

use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle, Runtime};

/// Runs futures to their end. Connections stay open between calls, so it is kept with the client.
#[derive(Debug, Default)]
pub(crate) struct Driver(OnceLock<Runtime>);

impl Driver {
    pub(crate) fn run<F: Future>(&self, future: F) -> Result<F::Output, String> {
        if Handle::try_current().is_ok() {
            return Err(
                "a blocking call from asynchronous code would stop it: await the call instead".to_owned(),
            );
        }
        let runtime = if let Some(runtime) = self.0.get() {
            runtime
        } else {
            let made = Builder::new_multi_thread().worker_threads(1).enable_all().build();
            let made = made.map_err(|error| format!("no thread for it: {error}"))?;
            // If another thread was faster, its runtime is taken and ours ends without having run anything.
            self.0.get_or_init(|| made)
        };
        Ok(runtime.block_on(future))
    }
}

/// A runtime may not be waited for where a client happens to be dropped.
impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Waits on this thread for one after the other: pages, items, events or lines.
#[derive(Debug)]
pub struct Blocking<L>(pub(crate) L);

impl<L> Blocking<L> {
    /// What is waited for.
    pub fn get(&self) -> &L {
        &self.0
    }
}
