//! Compares what our engine sends with what Postman sent, item by item.
//!
//! In: a collection, a recording of it by the real Postman runtime, and the environment of that recording. Out: a
//! [`Verdict`] per item. The saved call of every item is built in this process, from the same tables that generated
//! code holds (`spec`), and compared to the byte (`compare`).

pub mod compare;
#[cfg(feature = "driver")]
pub mod driver;
pub mod recorder;
pub mod recording;
pub mod spec;
pub mod world;

use letterpress::{config::Config, diag::Sink, frontend, frontend::Source, ir, passes};
use letterpress_runtime::{
    auth::Handshake,
    spec::Spec,
    wire::{self, Mode, Settings, Values},
};

pub use compare::{Difference, Verdict};
pub use recording::Record;
pub use world::World;

/// Stands for what a dynamic variable makes afresh each time.
pub const DYNAMIC: &str = "dynamicvalue";

/// What became of one item.
#[derive(Clone, Debug)]
pub struct Item {
    /// The item's pointer in its collection.
    pub pointer: String,
    /// Names of folders and item.
    pub path: String,
    /// How the comparison went.
    pub verdict: Verdict,
}

/// Compares a collection with its recording.
///
/// # Errors
///
/// If the collection cannot be read, though there is a recording of it.
pub fn run(source: &Source, records: &[Record], world: &World) -> Result<Vec<Item>, String> {
    match understand(source) {
        Some(api) => Ok(judge_all(&api, records, world)),
        None if records.is_empty() => Ok(Vec::new()),
        None => Err("it is no collection".to_owned()),
    }
}

/// What is understood of a collection, credentials kept, as what is generated is made of it.
pub fn understand(source: &Source) -> Option<ir::Api> {
    let config = Config {
        keep_credentials: true,
        ..Config::default()
    };
    let mut sink = Sink::default();
    let mut api = frontend::read(source, &config, &mut sink)?;
    passes::run(&mut api, &config, &mut sink);
    Some(api)
}

/// Compares every recorded request with what the engine makes.
pub fn judge_all(api: &ir::Api, records: &[Record], world: &World) -> Vec<Item> {
    let defaults = world.defaults(api);
    let judge = |(record, operation): (&Record, Option<&ir::Operation>)| Item {
        pointer: record.pointer.clone(),
        path: record.path.join(" > "),
        verdict: operation.map_or_else(Verdict::missing, |operation| {
            judge(operation, record, defaults, world)
        }),
    };
    records.iter().zip(match_all(api, records)).map(judge).collect()
}

/// The operation of each record.
pub fn match_all<'a>(api: &'a ir::Api, records: &[Record]) -> Vec<Option<&'a ir::Operation>> {
    let mut operations: Vec<Option<&ir::Operation>> = Vec::new();
    api.root.visit(&mut |operation| operations.push(Some(operation)));
    records
        .iter()
        .map(|record| take(&mut operations, record))
        .collect()
}

/// The operation of a record: by pointer, or (where pointers are those of a conversion) by names, in order.
fn take<'a>(operations: &mut [Option<&'a ir::Operation>], record: &Record) -> Option<&'a ir::Operation> {
    let is = |operation: Option<&ir::Operation>, test: &dyn Fn(&ir::Operation) -> bool| {
        operation.is_some_and(test)
    };
    let by_pointer = operations.iter().position(|operation| {
        is(*operation, &|operation| {
            operation.place.at.token() == record.pointer
        })
    });
    let by_path = || {
        operations.iter().position(|operation| {
            is(*operation, &|operation| {
                *operation.place.breadcrumb == *record.path
            })
        })
    };
    let by_name = || {
        operations.iter().position(|operation| {
            is(*operation, &|operation| {
                Some(&operation.name) == record.path.last()
            })
        })
    };
    let index = by_pointer.or_else(by_path).or_else(by_name)?;
    operations.get_mut(index).and_then(Option::take)
}

fn judge(
    operation: &ir::Operation,
    record: &Record,
    defaults: &'static [(&'static str, Option<&'static str>)],
    world: &World,
) -> Verdict {
    let spec = spec::of(operation);
    let entropy = world::Recorded::of(record);
    let mut environment = world.environment.clone();
    environment.extend(world::dynamic(record));
    let settings = Settings {
        given: &world.given,
        environment: &environment,
        defaults,
        clock: &world::StoppedClock,
        entropy: &entropy,
        files: &world.files(),
        ..Settings::NONE
    };
    let mut handshake = Handshake::default();
    for challenge in world.challenges.iter().take(record.earlier) {
        if !handshake.answered(&spec, 401, [*challenge]) {
            break;
        }
    }
    let built = build(&spec, &settings, &handshake);
    compare::compare(&spec, built.map(compare::Sent::of), record)
}

fn build(
    spec: &Spec,
    settings: &Settings<'_>,
    handshake: &Handshake,
) -> Result<wire::Parts, wire::BuildError> {
    wire::build(spec, &Values::default(), settings, Mode::Saved, handshake)
}
