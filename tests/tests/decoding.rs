//! The interpreter by which the figures of types are measured says of a value what generated code makes of it.
//!
//! In: types that generated code could have, and answers that fit them, nearly fit them, or do not. Out: for each pair, the
//! value and the places that drifted, by `infer::accepts` and by the runtime; they must be the same.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::BTreeMap;
use std::future::{Future, ready};
use std::marker::PhantomData;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use letterpress::infer::accepts::{decode, same};
use letterpress::infer::read;
use letterpress::ir::types::EnumValue;
use letterpress::ir::{
    Docs, Evidence, OperationId, Origin, Role, StructField, Type, TypeDef, TypeId, TypeKind, Types,
};
use letterpress_runtime::codegen::{Decode, Serialize};
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{
    Answer, Api, Call, ClientBuilder, Decoded, Operation, Spec, Unexpected, Value, http, open_enum, received,
    sent,
};

#[derive(Default)]
struct Thing {
    id: Option<i64>,
    size: Option<u64>,
    ratio: Option<f64>,
    ok: Option<bool>,
    name: Option<String>,
    kind: Option<Kind>,
    tags: Vec<String>,
    gaps: Vec<Option<i64>>,
    counts: Option<BTreeMap<String, i64>>,
    inner: Option<Box<Thing>>,
    things: Vec<Thing>,
    any: Option<Value>,
    firm: Option<Firm>,
    firms: Vec<Firm>,
}

received!(Thing {
    0 id "id", 1 size "size", 2 ratio "ratio", 3 ok "ok", 4 name "name", 5 kind "kind", 6 list(tags) "tags",
    7 list(gaps) "gaps", 8 counts "counts", 9 inner "inner", 10 list(things) "things", 11 any "any",
    12 firm "firm", 13 list(firms) "firms",
});
sent!(Thing {
    0 id "id", 1 size "size", 2 ratio "ratio", 3 ok "ok", 4 name "name", 5 kind "kind", 6 list(tags) "tags",
    7 list(gaps) "gaps", 8 counts "counts", 9 inner "inner", 10 list(things) "things", 11 any "any",
    12 firm "firm", 13 list(firms) "firms",
});

/// Of which something must be there.
#[derive(Clone, Debug, PartialEq)]
struct Firm {
    id: i64,
    owner: Option<Box<Firm>>,
    tags: Vec<String>,
}

received!(Firm requires ["id"] { 0 required(id) "id", 1 owner "owner", 2 list(tags) "tags" });
sent!(Firm { 0 required(id) "id", 1 owner "owner", 2 list(tags) "tags" });

open_enum! {
    enum Kind {
        Small = "small",
    }
}

const THING: TypeId = TypeId(0);
const KIND: TypeId = TypeId(1);
const FIRM: TypeId = TypeId(2);

/// The same types as the generator knows them.
fn types() -> Types {
    let list = |ty| Type::List(Box::new(ty));
    let fields = [
        ("id", Type::I64),
        ("size", Type::U64),
        ("ratio", Type::F64),
        ("ok", Type::Bool),
        ("name", Type::String),
        ("kind", Type::Named(KIND)),
        ("tags", list(Type::String)),
        ("gaps", list(Type::Nullable(Box::new(Type::I64)))),
        ("counts", Type::Map(Box::new(Type::I64))),
        ("inner", Type::Named(THING)),
        ("things", list(Type::Named(THING))),
        ("any", Type::Value),
        ("firm", Type::Named(FIRM)),
        ("firms", list(Type::Named(FIRM))),
    ];
    let firm = [
        ("id", Type::I64),
        ("owner", Type::Named(FIRM)),
        ("tags", list(Type::String)),
    ];
    let field = |(key, ty): (&str, Type)| StructField {
        example: None,
        key: key.to_owned(),
        ty,
        boxed: key == "inner",
        nullable: false,
        required: false,
        docs: Docs::default(),
        evidence: Evidence::default(),
        name: None,
        is_rest: false,
        in_form: None,
    };
    let small = EnumValue {
        text: "small".to_owned(),
        docs: Docs::default(),
        name: None,
    };
    let mut types = Types::default();
    for kind in [
        TypeKind::Struct(fields.map(field).into()),
        TypeKind::OpenEnum(vec![small]),
        TypeKind::Struct(
            firm.map(|(key, ty)| StructField {
                required: key == "id",
                ..field((key, ty))
            })
            .into(),
        ),
    ] {
        types.add(TypeDef {
            example: None,
            origin: Origin {
                operation: OperationId::default(),
                operation_name: String::new(),
                role: Role::Result(200.into()),
                path: Vec::new(),
            },
            kind,
            docs: Docs::default(),
            sent: true,
            received: true,
            name: None,
            declared: None,
            is_declared: false,
            is_closed: false,
        });
    }
    types
}

/// Answers everything with this.
struct Canned(&'static str);

impl Transport for Canned {
    fn send(&self, _request: http::Request<Payload>) -> Sent<'_> {
        Box::pin(ready(Ok(http::Response::new(Payload::bytes(
            self.0.as_bytes().to_vec(),
        )))))
    }
}

struct Get<T>(PhantomData<fn() -> T>);

impl<T: Decode + 'static> Operation for Get<T> {
    type Output = T;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "http://h/");

    fn output(answer: Answer) -> Decoded<T> {
        answer.json()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

/// The value, written back, and the places that drifted; `None` if there is no value.
type Read = (Option<String>, Vec<String>);

fn by_the_runtime<T: Decode + Serialize + 'static>(body: &'static str) -> Read {
    let client = ClientBuilder::new(Api::new("Test"))
        .transport(Canned(body))
        .build()
        .unwrap();
    let call = Call::<Get<T>>::new(&client);
    let Poll::Ready(outcome) = pin!(call.send()).poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("a canned answer is not waited for")
    };
    let places =
        |drift: &[letterpress_runtime::Drift]| drift.iter().map(|drift| drift.path.clone()).collect();
    match outcome {
        Ok(response) => {
            let drift = places(response.drift());
            (
                Some(serde_json::to_string(&response.into_inner()).unwrap()),
                drift,
            )
        }
        Err(error) => (None, places(error.drift())),
    }
}

const BODIES: &[&str] = &[
    "null",
    "true",
    "1",
    "-1",
    "1.0",
    "1.5",
    "9223372036854775808",
    "18446744073709551616",
    r#""x""#,
    r#""small""#,
    "[]",
    "{}",
    "[1]",
    "[1,null,2]",
    r#"[1,"x",2.5,[],{}]"#,
    r#"["a",null]"#,
    r#"{"a":1}"#,
    r#"{"a":1,"b":"x","c":null}"#,
    "[[1],[]]",
    "[{},5,null]",
    r#"[{"id":1},{"id":"x","name":"n"}]"#,
    r#"{"id":1.0,"size":-1,"ratio":"n","ok":0,"name":1,"kind":5,"tags":"a","gaps":{},"counts":[],"inner":[],"things":1}"#,
    r#"{"id":null,"size":null,"ratio":null,"ok":null,"name":null,"kind":null,"tags":null,"gaps":null,"counts":null,"inner":null,"things":null,"any":null}"#,
    r#"{"id":1,"size":18446744073709551615,"ratio":1,"ok":true,"name":"","kind":"huge","tags":["a"],"gaps":[1,null],"counts":{"a":1},"inner":{"id":2},"things":[{"id":3}],"any":{"deep":[null]}}"#,
    r#"{"tags":["a",1,null],"gaps":["x",1],"counts":{"a":"x","b":1,"c":null},"inner":{"inner":{"id":"x"}},"things":[1,{"things":[{"id":[]}]},null]}"#,
    r#"{"unknown":{"id":"x"},"id":9223372036854775808,"name":{"a":1},"any":5}"#,
    r#"{"id":"12","size":12.0,"ratio":"1.5","ok":"true","name":1001,"kind":true,"tags":"a","gaps":"7","things":{"id":2.0}}"#,
    r#"{"id":"007","size":"-1","ratio":"1,5","ok":"yes","name":false,"tags":5,"gaps":1.5,"counts":{"a":"1"},"things":{}}"#,
    r#"{"id":"","size":"1.0","ratio":"NaN","ok":1,"tags":[1,true,2.5],"gaps":["3"],"things":{"other":1}}"#,
    r#"{"firm":{"tags":["a"]},"firms":[{"id":1},{},{"id":"x"},{"id":3,"owner":{}}]}"#,
    r#"{"firm":{"id":1,"owner":{"id":null}},"firms":{"id":"4"}}"#,
    r#"{"firm":{"id":2,"tags":null},"firms":{"tags":[]}}"#,
    r#"{"id":5,"owner":{"tags":"x"}}"#,
];

fn agree<T: Decode + Serialize + 'static>(ty: &Type) {
    let types = types();
    for body in BODIES {
        let told = decode(&types, ty, &read(body).unwrap().json);
        let mut places: Vec<String> = told.drift.iter().map(|misfit| misfit.path.clone()).collect();
        let (value, mut drift) = by_the_runtime::<T>(body);
        if value.is_none() {
            // The runtime says what was wrong with the whole as an error, not as drift.
            assert_eq!(told.value, None, "{ty:?} of {body}");
            assert!(!told.drift.is_empty(), "{ty:?} of {body}");
            continue;
        }
        places.sort();
        drift.sort();
        assert_eq!(drift, places, "{ty:?} of {body}");
        let value = value.map(|text| read(&text).unwrap().json);
        match (&value, &told.value) {
            (Some(value), Some(told)) => assert!(same(value, told), "{ty:?} of {body}: {value:?}, {told:?}"),
            (value, told) => assert_eq!(value, told, "{ty:?} of {body}"),
        }
    }
}

#[test]
fn scalars() {
    agree::<bool>(&Type::Bool);
    agree::<i64>(&Type::I64);
    agree::<u64>(&Type::U64);
    agree::<f64>(&Type::F64);
    agree::<String>(&Type::String);
    agree::<Kind>(&Type::Named(KIND));
    agree::<Value>(&Type::Value);
    agree::<Option<i64>>(&Type::Nullable(Box::new(Type::I64)));
}

#[test]
fn lists_and_maps() {
    let (list, map) = (|ty| Type::List(Box::new(ty)), |ty| Type::Map(Box::new(ty)));
    agree::<Vec<i64>>(&list(Type::I64));
    agree::<Vec<Vec<i64>>>(&list(list(Type::I64)));
    agree::<Vec<Option<i64>>>(&list(Type::Nullable(Box::new(Type::I64))));
    agree::<Vec<Value>>(&list(Type::Value));
    agree::<BTreeMap<String, i64>>(&map(Type::I64));
    agree::<BTreeMap<String, Option<String>>>(&map(Type::Nullable(Box::new(Type::String))));
    agree::<BTreeMap<String, Vec<i64>>>(&map(list(Type::I64)));
}

#[test]
fn structs() {
    let list = |ty| Type::List(Box::new(ty));
    agree::<Thing>(&Type::Named(THING));
    agree::<Firm>(&Type::Named(FIRM));
    agree::<Vec<Firm>>(&list(Type::Named(FIRM)));
    agree::<Vec<Option<Firm>>>(&list(Type::Nullable(Box::new(Type::Named(FIRM)))));
    agree::<BTreeMap<String, Firm>>(&Type::Map(Box::new(Type::Named(FIRM))));
    agree::<Vec<Thing>>(&list(Type::Named(THING)));
    agree::<Vec<Option<Thing>>>(&list(Type::Nullable(Box::new(Type::Named(THING)))));
    agree::<BTreeMap<String, Thing>>(&Type::Map(Box::new(Type::Named(THING))));
}
