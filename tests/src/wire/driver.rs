//! What a driver program calls: it makes every saved call of generated clients through the whole client, against a
//! loopback recorder, and compares what arrived with what Postman sent.
//!
//! In: the operations of a generated module, and how to make its client. Out: an [`Item`] per recorded request. A
//! record's operation is found by its table: what was generated must be what was understood.

use std::{collections::VecDeque, future::Future, path::Path, pin::Pin};

use letterpress_runtime::{
    Call, Client, Operation,
    spec::{BodySpec, Spec},
    transport::{Exact, Transport},
    wire::{Entropy, Files},
};

use crate::conformance::{drive::Found, wire::found_of};

use super::{
    Item, Record, Verdict, World,
    compare::{self, Difference},
    recorder::Recorder,
    recording, spec, understand, world,
};

/// A call under way: nothing, or why it was not answered.
type Sent = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// An operation of a generated module.
#[derive(Clone, Copy)]
pub struct Op {
    spec: Spec,
    send: fn(&Client) -> Sent,
}

/// The operation of this call.
pub fn op<O: Operation>() -> Op {
    Op {
        spec: O::SPEC,
        send: |client| {
            let call = Call::<O>::saved(client);
            let sending = call.send_raw();
            Box::pin(async move {
                match sending.await {
                    Ok(_) => Ok(()),
                    Err(error) => Err(error.to_string()),
                }
            })
        },
    }
}

/// What the client of one call is made with.
pub struct Setup<'a> {
    world: &'a World,
    environment: Vec<(&'static str, &'static str)>,
    record: &'a Record,
    recorder: &'a Recorder,
}

impl Setup<'_> {
    /// Sends everything to the recorder, in the spelling that it has.
    pub fn transport(&self) -> impl Transport {
        Exact::new().redirect(self.recorder.address())
    }

    /// What the recorded request used once.
    pub fn entropy(&self) -> impl Entropy + 'static {
        world::Recorded::of(self.record)
    }

    /// The files that the recording had.
    pub fn files(&self) -> impl Files + 'static {
        self.world.files()
    }

    /// Variables of the environment.
    pub fn environment(&self) -> &[(&'static str, &'static str)] {
        &self.environment
    }

    /// Variables that a user sets.
    pub fn given(&self) -> &[(String, String)] {
        &self.world.given
    }
}

/// Makes all saved calls of a collection.
///
/// # Errors
///
/// If the collection or its recording cannot be read.
pub fn run(
    collection: &Path,
    recordings: &Path,
    operations: &[Op],
    client: &dyn Fn(&Setup<'_>) -> Result<Client, String>,
) -> Result<Vec<Item>, String> {
    let (world, records) = recording::of(collection, recordings)?;
    let Some(api) = understand(&crate::inputs::source(collection)?) else {
        return Ok(Vec::new());
    };
    let recorder = Recorder::start().map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let mut waiting: VecDeque<(String, Op)> = operations
        .iter()
        .map(|operation| (table(operation.spec), *operation))
        .collect();
    let judged = super::judge_all(&api, &records, &world);
    let mut items = Vec::new();
    for ((record, operation), expected) in records.iter().zip(super::match_all(&api, &records)).zip(judged) {
        let table = operation.map(|operation| table(spec::of(operation)));
        let found = waiting
            .iter()
            .position(|(other, _)| Some(other) == table.as_ref());
        let verdict = match found.and_then(|found| waiting.remove(found)) {
            None => not_there(&table.unwrap_or_default(), &waiting),
            Some((_, operation)) => {
                let mut environment = world.environment.clone();
                environment.extend(world::dynamic(record));
                let setup = Setup {
                    world: &world,
                    environment,
                    record,
                    recorder: &recorder,
                };
                let sent = client(&setup).and_then(|client| runtime.block_on((operation.send)(&client)));
                judge(&operation.spec, sent, &recorder, record, expected.verdict)
            }
        };
        items.push(Item {
            pointer: record.pointer.clone(),
            path: record.path.join(" > "),
            verdict,
        });
    }
    Ok(items)
}

/// Nothing that was generated has this table; shows where the nearest one goes another way.
fn not_there(table: &str, waiting: &VecDeque<(String, Op)>) -> Verdict {
    let common = |other: &str| {
        let pairs = table.char_indices().zip(other.chars());
        let same = pairs.take_while(|((_, own), other)| own == other);
        same.last().map_or(0, |((index, own), _)| index + own.len_utf8())
    };
    let nearest = waiting.iter().max_by_key(|(other, _)| common(other));
    let other = nearest.map_or("", |(other, _)| other.as_str());
    let split = common(other);
    let rest = |text: &str| text.get(split..).unwrap_or_default().to_owned();
    Verdict::Different(vec![Difference::new("table", rest(table), rest(other))])
}

/// A table as text; whether a body is typed is decided after it was understood, and does not matter here.
fn table(mut spec: Spec) -> String {
    if let BodySpec::Raw { json, .. } = &mut spec.body {
        *json = false;
    }
    format!("{spec:?}")
}

/// Compares what arrived. A refusal must be the one that the engine gives by itself.
fn judge(
    spec: &Spec,
    sent: Result<(), String>,
    recorder: &Recorder,
    record: &Record,
    expected: Verdict,
) -> Verdict {
    match (recorder.take().pop(), sent) {
        (Some(found), _) => compare::compare_sent(spec, found, record),
        (None, Err(error)) => match expected {
            Verdict::Equal if record.error.is_some() => Verdict::Equal,
            Verdict::Listed(name) => Verdict::Listed(name),
            // A host with a variable left in it, which no transport takes.
            Verdict::Equal if is_about_the_host(&error) => Verdict::Listed("no host name"),
            Verdict::Equal | Verdict::Different(_) => {
                Verdict::Different(vec![Difference::new("error", "", error)])
            }
        },
        (None, Ok(())) => Verdict::Different(vec![Difference::new("error", "", "nothing arrived")]),
    }
}

/// A client of which no call could be sent is refused as a whole, before any.
fn is_about_the_host(error: &str) -> bool {
    let reasons = [
        "the URL cannot be used",
        "has no value, but the URL needs it",
        "has no value, but every call needs it",
    ];
    reasons.iter().any(|reason| error.contains(reason))
}

/// Prints what became of every item of a collection, a line of JSON each.
pub fn report(collection: &str, items: Result<Vec<Item>, String>) {
    let found = match items {
        Ok(items) => items.iter().map(|item| found_of(collection, item)).collect(),
        Err(reason) => vec![Found {
            collection: collection.to_owned(),
            verdict: "failed".to_owned(),
            names: Vec::new(),
            reason,
        }],
    };
    for Found {
        collection,
        verdict,
        names,
        reason,
    } in found
    {
        let line = serde_json::json!({
            "collection": collection,
            "verdict": verdict,
            "names": names,
            "reason": reason,
        });
        println!("{line}");
    }
}
