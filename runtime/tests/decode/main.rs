//! What becomes of an answer's body: on every kind of shape, where it fits, where it does not, and where it is none.

#![expect(clippy::unwrap_used, clippy::panic, clippy::option_option, reason = "a test")]

mod unions;

use letterpress_runtime::codegen::{Decode, Deserialize};
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{
    Answer, Api, Call, Client, ClientBuilder, Decoded, Error, Number, Operation, Response, Spec, Unexpected,
    Value, json, open_enum, received, sent,
};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::future::{Future, ready};
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
struct Item {
    id: Option<i64>,
    price: Option<f64>,
    kind: Option<Kind>,
    tags: Vec<String>,
    inner: Option<Box<Item>>,
    labels: Option<BTreeMap<String, i64>>,
    grid: Vec<Vec<i64>>,
    gaps: Vec<Option<i64>>,
    note: Option<Option<String>>,
    any: Option<Value>,
}

received!(Item {
    0 id "id", 1 price "price", 2 kind "kind", 3 list(tags) "tags", 4 inner "inner",
    5 labels "labels", 6 list(grid) "grid", 7 list(gaps) "gaps", 8 note "note", 9 any "any",
});
sent!(Item {
    0 id "id", 1 price "price", 2 kind "kind", 3 list(tags) "tags", 4 inner "inner",
    5 labels "labels", 6 list(grid) "grid", 7 list(gaps) "gaps", 8 note "note", 9 any "any",
});

open_enum! {
    enum Kind {
        Small = "small",
        Large = "large",
    }
}

/// Without a default: what must be there is never made up.
#[derive(Clone, Debug, PartialEq)]
struct Strict {
    id: i64,
    name: String,
    extra: Option<bool>,
}

received!(Strict requires ["id", "name"] { 0 required(id) "id", 1 required(name) "name", 2 extra "extra" });

/// A type of the user's own.
#[derive(Clone, Debug, PartialEq)]
struct Money(u64);

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: letterpress_runtime::codegen::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(Self)
    }
}

#[derive(Default)]
struct Bill {
    total: Option<Money>,
    lines: Option<Vec<Money>>,
}

/// What holds things that must be complete.
#[derive(Default)]
struct Shop {
    owner: Option<Strict>,
    staff: Vec<Strict>,
    places: Vec<Option<Strict>>,
    by_name: Option<BTreeMap<String, Strict>>,
}

received!(Shop { 0 owner "owner", 1 list(staff) "staff", 2 list(places) "places", 3 by_name "by_name" });

#[derive(Clone, Debug, PartialEq)]
struct Paid {
    total: Money,
    tip: Option<Money>,
    by: Strict,
}

received!(Paid requires ["total", "by"] { 0 required_plain(total) "total", 1 plain(tip) "tip", 2 required(by) "by" });

received!(Bill { 0 plain(total) "total", 1 plain(lines) "lines" });

/// Answers everything with this.
struct Canned(u16, &'static str, Vec<u8>);

impl Transport for Canned {
    fn send(&self, _request: http::Request<Payload>) -> Sent<'_> {
        let mut response = http::Response::new(Payload::bytes(self.2.clone()));
        *response.status_mut() = http::StatusCode::from_u16(self.0).unwrap();
        let media_type = http::HeaderValue::from_static(self.1);
        response
            .headers_mut()
            .insert(http::header::CONTENT_TYPE, media_type);
        Box::pin(ready(Ok(response)))
    }
}

struct Get<T>(PhantomData<fn() -> T>);

impl<T: Decode + 'static> Operation for Get<T> {
    type Output = T;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "http://h/things").name("Get things");

    fn output(answer: Answer) -> Decoded<T> {
        answer.json()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

fn client(answer: Canned, strict: bool) -> Client {
    ClientBuilder::new(Api::new("Test"))
        .transport(answer)
        .strict(strict)
        .build()
        .unwrap()
}

fn call<T>(client: &Client) -> Call<Get<T>> {
    Call::new(client)
}

/// Nothing here waits for anything.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a canned answer is not waited for"),
    }
}

type Outcome<T> = Result<Response<T>, Error<Unexpected>>;

fn get<T: Decode + 'static>(body: &str) -> Outcome<T> {
    now(call(&client(Canned(200, "application/json", body.into()), false)).send())
}

fn get_strictly<T: Decode + 'static>(body: &str) -> Outcome<T> {
    now(call(&client(Canned(200, "application/json", body.into()), true)).send())
}

fn drift<T>(response: &Response<T>) -> Vec<String> {
    response.drift().iter().map(ToString::to_string).collect()
}

const WHOLE: &str = r#"{"id":1,"price":2.5,"kind":"small","tags":["a","b"],"inner":{"id":2,"inner":{"id":3}},
    "labels":{"x":1,"y":2},"grid":[[1,2],[]],"gaps":[1,null],"note":null,"any":{"deep":[1]}}"#;

#[test]
fn what_fits_is_read_without_drift_and_written_back() {
    for read in [get::<Item>, get_strictly::<Item>] {
        let item = read(WHOLE).unwrap();
        assert_eq!(drift(&item), [""; 0]);
        assert_eq!(item.kind, Some(Kind::Small));
        assert_eq!(item.note, Some(None));
        assert_eq!(
            item.inner
                .as_ref()
                .and_then(|inner| inner.inner.as_ref())
                .unwrap()
                .id,
            Some(3)
        );
        let again: Value = serde_json::to_value(item.value()).unwrap();
        assert_eq!(again, serde_json::from_str::<Value>(WHOLE).unwrap());
    }
}

#[test]
fn keys_are_written_in_their_order_and_none_is_left_out() {
    let item = Item {
        any: Some(json!(1)),
        id: Some(1),
        note: Some(None),
        ..Item::default()
    };
    assert_eq!(
        serde_json::to_string(&item).unwrap(),
        r#"{"id":1,"note":null,"any":1}"#
    );
}

#[test]
fn unknown_keys_missing_ones_nulls_and_another_order_are_no_drift() {
    let body =
        r#"{"new":{"x":[1,{}]},"any":null,"gaps":null,"tags":null,"id":7,"inner":null,"kind":"huge","id":8}"#;
    let item = get_strictly::<Item>(body).unwrap();
    assert_eq!(item.kind, Some(Kind::Other("huge".to_owned())));
    let expected = Item {
        id: Some(8),
        kind: item.kind.clone(),
        any: item.any.clone(),
        ..Item::default()
    };
    assert_eq!(item.into_inner(), expected);
}

#[test]
fn every_kind_of_member_drifts_alone() {
    let body = r#"{"id":"one","price":"n/a","kind":{},"tags":["a",[],"b",null],"inner":{"id":2,"inner":[]},
        "labels":{"x":1,"y":2.5},"grid":[[1,"2,0"],3],"gaps":[1,"x",2],"note":[4]}"#;
    let item = get::<Item>(body).unwrap();
    assert_eq!(
        drift(&item),
        [
            r#"id: expected an integer, found "one""#,
            r#"price: expected a number, found "n/a""#,
            "kind: expected a string, found an object",
            "tags[1]: expected a string, found a list of 0",
            "tags[3]: expected a string, found null",
            "inner.inner: expected an object, found a list of 0",
            "labels.y: expected an integer, found 2.5",
            r#"grid[0][1]: expected an integer, found "2,0""#,
            r#"gaps[1]: expected an integer, found "x""#,
            "note: expected a string, found a list of 1",
        ]
    );
    let came: Vec<Option<Value>> = item.drift().iter().map(|drift| drift.value.clone()).collect();
    let expected = json!(["one", "n/a", {}, [], null, [], 2.5, "2,0", "x", [4]]);
    assert_eq!(came.into_iter().map(Option::unwrap).collect::<Value>(), expected);
    let expected = Item {
        tags: vec!["a".to_owned(), "b".to_owned()],
        inner: Some(Box::new(Item {
            id: Some(2),
            ..Item::default()
        })),
        labels: Some([("x".to_owned(), 1)].into()),
        grid: vec![vec![1], vec![3]],
        gaps: vec![Some(1), None, Some(2)],
        ..Item::default()
    };
    assert_eq!(item.into_inner(), expected);
}

#[test]
fn what_has_one_obvious_reading_is_read_without_drift() {
    let body = r#"{"id":12.0,"price":"2.50","kind":1001,"tags":"only","inner":{"id":"7"},
        "labels":{"x":"1","y":2e0},"grid":[5,["6"]],"gaps":3.0,"note":true}"#;
    let item = get_strictly::<Item>(body).unwrap();
    assert_eq!(drift(&item), [""; 0]);
    let expected = Item {
        id: Some(12),
        price: Some(2.5),
        kind: Some(Kind::Other("1001".to_owned())),
        tags: vec!["only".to_owned()],
        inner: Some(Box::new(Item {
            id: Some(7),
            ..Item::default()
        })),
        labels: Some([("x".to_owned(), 1), ("y".to_owned(), 2)].into()),
        grid: vec![vec![5], vec![6]],
        gaps: vec![Some(3)],
        note: Some(Some("true".to_owned())),
        ..Item::default()
    };
    assert_eq!(item.into_inner(), expected);
    let list = get_strictly::<Vec<i64>>(r#"["1",2.0,3]"#).unwrap();
    assert_eq!(list.into_inner(), [1, 2, 3]);
    let strict = get_strictly::<Strict>(r#"{"id":"1","name":10.00,"extra":"false"}"#).unwrap();
    assert_eq!((strict.name.as_str(), strict.extra), ("10.00", Some(false)));
}

#[test]
fn what_has_none_is_drift() {
    for id in [
        r#""007""#,
        r#""+1""#,
        r#"" 1""#,
        r#""""#,
        "1.5",
        "true",
        "[1]",
        "18446744073709551616",
    ] {
        let item = get::<Item>(&format!(r#"{{"id":{id}}}"#)).unwrap();
        assert_eq!(
            drift(&item),
            [format!(
                "id: expected an integer, found {}",
                if id == "[1]" { "a list of 1" } else { id }
            )]
        );
        assert_eq!(item.id, None);
    }
    // No known member: it is no item of the list that is due.
    let shop = get::<Shop>(r#"{"staff":{"error":"none"}}"#).unwrap();
    assert_eq!(drift(&shop), ["staff: expected a list, found an object"]);
    assert_eq!(shop.drift()[0].value, Some(json!({"error": "none"})));
}

#[test]
fn numbers_keep_their_digits() {
    const DIGITS: &str = "123456789012345678901234567890";
    let body = format!(
        r#"{{"id":{DIGITS},"note":{DIGITS},"tags":[1.10],"price":1e400,"gaps":[1,-1e999],"any":[1e400]}}"#
    );
    let item = get::<Item>(&body).unwrap();
    assert_eq!(
        drift(&item),
        [
            &format!("id: expected an integer, found {DIGITS}"),
            "price: expected a number, found 1e400",
            "gaps[1]: expected an integer, found -1e999",
            "any[0]: expected a number of 64 bits, found 1e400",
        ]
    );
    assert_eq!(item.drift()[0].value, Some(json!(DIGITS)));
    assert_eq!(item.drift()[1].value, Some(json!("1e400")));
    assert_eq!(item.drift()[3].value, Some(json!("1e400")));
    assert_eq!(item.note, Some(Some(DIGITS.to_owned())));
    assert_eq!(item.tags, ["1.10"]);
    assert_eq!(item.gaps, [Some(1), None]);
    let body = format!(r#"{{"price":{DIGITS},"other":1e400,"id":"x"}}"#);
    assert_eq!(get::<Item>(&body).unwrap().price, DIGITS.parse().ok());
}

#[test]
fn lists_and_maps_at_the_root_go_on_behind_what_does_not_fit() {
    let list = get::<Vec<Item>>(r#"[{"id":1},5,{"id":"x","price":1},{"id":3}]"#).unwrap();
    assert_eq!(
        drift(&list),
        [
            "[1]: expected an object, found 5",
            r#"[2].id: expected an integer, found "x""#
        ]
    );
    assert_eq!(list.len(), 3);
    let map = get::<HashMap<String, Item>>(r#"{"a b":{"id":[]},"c":null,"d":{"id":1}}"#).unwrap();
    assert_eq!(
        drift(&map),
        [
            r#"["a b"].id: expected an integer, found a list of 0"#,
            "c: expected an object, found null"
        ]
    );
    assert_eq!(map.len(), 2);
}

/// That the whole is not what it must be is an error, whatever could be made of it.
fn misses_root<T: Decode + fmt::Debug + 'static>(body: &str, says: &str) {
    let error = get::<T>(body).unwrap_err();
    assert!(error.is_decode(), "{body}");
    let shown = if body.trim().is_empty() {
        String::new()
    } else {
        format!(": {body}")
    };
    assert_eq!(
        error.to_string(),
        format!("200 OK from GET http://h/things: {says}{shown}")
    );
    assert_eq!(error.drift().len(), 1);
    assert_eq!(error.drift()[0].to_string(), says);
    assert_eq!(error.drift()[0].value, serde_json::from_str(body).ok());
}

#[test]
fn another_kind_of_root_is_an_error() {
    misses_root::<Item>("[]", "expected an object, found a list of 0");
    misses_root::<Item>("null", "expected an object, found null");
    misses_root::<Item>(r#""nothing""#, r#"expected an object, found "nothing""#);
    misses_root::<Item>("", "expected an object, found an empty body");
    misses_root::<Vec<Item>>("{}", "expected a list, found an object");
    misses_root::<Vec<Item>>(r#"{"id":1}"#, "expected a list, found an object");
    misses_root::<Vec<i64>>("5", "expected a list, found 5");
    misses_root::<Vec<Item>>("null", "expected a list, found null");
    misses_root::<Vec<Item>>(" \n", "expected a list, found an empty body");
    misses_root::<BTreeMap<String, i64>>("[]", "expected an object, found a list of 0");
    misses_root::<HashMap<String, i64>>("null", "expected an object, found null");
    misses_root::<String>("5", "expected a string, found 5");
    misses_root::<i64>(r#""5""#, r#"expected an integer, found "5""#);
    misses_root::<i64>("", "expected an integer, found an empty body");
    misses_root::<bool>(r#""true""#, r#"expected a boolean, found "true""#);
    misses_root::<Strict>("", "expected an object, found an empty body");
    misses_root::<Value>("", "expected JSON, found an empty body");
    assert_eq!(get_strictly::<i64>("5.0").unwrap().into_inner(), 5);
    assert_eq!(get_strictly::<Option<Item>>("null").unwrap().into_inner(), None);
    let item = get::<Option<Item>>("").unwrap();
    assert_eq!(drift(&item), ["expected JSON, found an empty body"]);
    assert_eq!(item.into_inner(), None);
}

#[test]
fn what_is_required_is_missed_by_what_holds_it() {
    let whole = Strict {
        id: 1,
        name: "n".to_owned(),
        extra: None,
    };
    let value = get_strictly::<Strict>(r#"{"name":"n","other":[],"id":1}"#).unwrap();
    assert_eq!(value.into_inner(), whole);
    let body = r#"{"owner":{"id":1},"staff":[{"id":1,"name":"n"},{"id":null,"name":[]},{"id":1,"name":"n","extra":7}],
        "places":[{},{"id":1,"name":"n"}],"by_name":{"a":{"name":"n"},"b":{"id":1,"name":"n"}}}"#;
    let shop = get::<Shop>(body).unwrap();
    assert_eq!(
        drift(&shop),
        [
            "owner.name: expected a string, found nothing",
            "staff[1].id: expected an integer, found null",
            "staff[1].name: expected a string, found a list of 0",
            "staff[2].extra: expected a boolean, found 7",
            "places[0].name: expected a string, found nothing",
            "places[0].id: expected an integer, found nothing",
            "by_name.a.id: expected an integer, found nothing",
        ]
    );
    assert_eq!(shop.drift()[0].value, None);
    let expected = Shop {
        owner: None,
        staff: vec![whole.clone(), whole.clone()],
        places: vec![None, Some(whole.clone())],
        by_name: Some([("b".to_owned(), whole)].into()),
    };
    assert_eq!(shop.into_inner(), expected);
}

#[test]
fn what_is_required_up_to_the_root_fails_the_call() {
    let error = get::<Strict>(r#"{"id":null,"extra":"no"}"#).unwrap_err();
    assert!(error.is_decode());
    let missed: Vec<String> = error.drift().iter().map(ToString::to_string).collect();
    assert_eq!(
        missed,
        [
            "id: expected an integer, found null",
            r#"extra: expected a boolean, found "no""#,
            "name: expected a string, found nothing",
        ]
    );
    let error = get::<Paid>(r#"{"total":1,"by":{"id":1}}"#).unwrap_err();
    assert_eq!(
        error.drift()[0].to_string(),
        "by.name: expected a string, found nothing"
    );
    let error = get::<Paid>(r#"{"total":-1,"tip":-2,"by":{"id":1,"name":"n"}}"#).unwrap_err();
    assert_eq!(error.drift().len(), 2);
    let paid = get::<Paid>(r#"{"total":1,"tip":-2,"by":{"id":1,"name":"n"}}"#).unwrap();
    assert_eq!((&paid.total, &paid.tip), (&Money(1), &None));
    assert_eq!(drift(&paid), ["tip: expected an integer, found -2"]);
}

#[test]
fn drift_is_told_to_whoever_asked() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&heard);
    let client = |status, body: &str| {
        let told = Arc::clone(&told);
        ClientBuilder::new(Api::new("Test"))
            .transport(Canned(status, "application/json", body.into()))
            .on_drift(move |report| {
                let paths: Vec<&str> = report.drifts().iter().map(|drift| drift.path.as_str()).collect();
                told.lock().unwrap().push(format!(
                    "{} {} {}",
                    report.operation(),
                    report.status(),
                    paths.join(" ")
                ));
                assert!(!report.to_string().contains("secret"), "{report}");
            })
            .build()
            .unwrap()
    };
    now(call::<Item>(&client(200, r#"{"id":1}"#)).send()).unwrap();
    now(call::<Item>(&client(200, r#"{"id":"secret","tags":[null]}"#)).send()).unwrap();
    now(call::<Item>(&client(200, "[]")).send()).unwrap_err();
    assert_eq!(
        *heard.lock().unwrap(),
        ["Get things 200 id tags[0]", "Get things 200 "]
    );
}

#[test]
fn a_truth_value_drifts_too() {
    let value = get::<Strict>(r#"{"id":1,"name":"n","extra":"no"}"#).unwrap();
    assert_eq!(drift(&value), [r#"extra: expected a boolean, found "no""#]);
    assert_eq!(value.into_inner().extra, None);
}

#[test]
fn a_type_of_somebody_elses_drifts_as_a_whole() {
    let bill = get::<Bill>(r#"{"total":-1,"lines":[1,2]}"#).unwrap();
    assert_eq!(drift(&bill), ["total: expected an integer, found -1"]);
    assert_eq!(
        bill.into_inner(),
        Bill {
            total: None,
            lines: Some(vec![Money(1), Money(2)])
        }
    );
    let bill = get::<Bill>(r#"{"total":3,"lines":["1","x"]}"#).unwrap();
    assert_eq!(drift(&bill), [r#"lines[1]: expected an integer, found "x""#]);
    assert_eq!(
        bill.into_inner(),
        Bill {
            total: Some(Money(3)),
            lines: None
        }
    );
}

#[test]
fn drift_is_an_error_for_a_strict_client() {
    let error = get_strictly::<Vec<Item>>(r#"[{},{"inner":{"price":"n/a"}},3]"#).unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.drift().len(), 2);
    assert_eq!(
        error.to_string(),
        r#"200 OK from GET http://h/things: [1].inner.price: expected a number, found "n/a" (and 1 more): [{},{"inner":{"price":"n/a"}},3]"#
    );
}

#[test]
fn what_is_no_json_is_an_error_that_says_so_and_keeps_the_body() {
    let cases: [(&str, &[u8], &str); 4] = [
        (
            "text/html; charset=utf-8",
            b"<html>\n <b>Bad gateway</b>",
            "expected JSON, found text/html (",
        ),
        ("application/json", br#"{"id":1,"#, "the JSON breaks off ("),
        (
            "application/json",
            b"{\"id\":\"\xff\"}",
            "the body is not UTF-8 (byte 7): {\"id\":\"\u{fffd}\"}",
        ),
        ("application/problem+json", b"nope", "not JSON ("),
    ];
    for (media_type, body, says) in cases {
        let client = client(Canned(200, media_type, body.to_vec()), false);
        let error = now(call::<Item>(&client).send()).unwrap_err();
        assert!(error.is_decode());
        assert!(
            error
                .to_string()
                .starts_with(&format!("200 OK from GET http://h/things: {says}")),
            "{error}"
        );
        assert_eq!(error.body().map(AsRef::as_ref), Some(body));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(get_strictly::<Item>("\u{feff}{\"id\":1}").unwrap().id, Some(1));
}

#[test]
fn errors_are_bounded() {
    let body = format!("[{}]", "\"a long text\",".repeat(5_000));
    let error = get::<i64>(&body[..50_000]).unwrap_err();
    assert!(error.to_string().len() < 700, "{error}");
    let list = get::<Vec<i64>>(&format!("[{}0]", "\"x\",".repeat(5_000))).unwrap();
    assert_eq!(list.drift().len(), 1_000);
    assert_eq!(list.into_inner(), [0]);
}

#[test]
fn a_type_of_ones_own_is_read_from_any_call() {
    let client = client(Canned(200, "application/json", b"{\"id\":1}".to_vec()), false);
    let map = now(call::<Item>(&client).send_as::<HashMap<String, u8>>()).unwrap();
    assert_eq!(map.get("id"), Some(&1));
}

#[test]
fn json_in_a_string_is_read() {
    struct Wrapped;
    impl Operation for Wrapped {
        type Output = Item;
        type Error = Unexpected;
        const SPEC: Spec = Spec::new("GET", "http://h/");
        fn output(answer: Answer) -> Decoded<Item> {
            answer.json_in_string()
        }
        fn error(answer: Answer) -> Decoded<Unexpected> {
            answer.body().map(Unexpected)
        }
    }
    for body in [r#""{\"id\":1,\"price\":\"x\"}""#, r#"{"id":1,"price":"x"}"#] {
        let client = client(Canned(200, "application/json", body.into()), false);
        let item = now(Call::<Wrapped>::new(&client).send()).unwrap();
        assert_eq!(item.id, Some(1));
        assert_eq!(drift(&item), [r#"price: expected a number, found "x""#]);
    }
}

#[test]
fn our_types_are_ordinary_types_of_serde() {
    let list: Vec<Item> = serde_json::from_value(json!([{"id": 1}, {"tags": ["x"]}])).unwrap();
    assert_eq!(list.len(), 2);
    let fields: Vec<(&str, Value)> = vec![("id", json!(1)), ("other", json!(2))];
    let map: serde_json::Map<String, Value> = fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    assert_eq!(
        serde_json::from_value::<Item>(Value::Object(map)).unwrap().id,
        Some(1)
    );
}

#[test]
fn what_a_struct_shows_compares_and_copies_is_what_would_be_derived() {
    #[derive(Default)]
    struct Walked {
        r#type: Option<String>,
        list: Vec<f64>,
        inner: Option<Box<Walked>>,
        own: Option<Money>,
    }
    received!(Walked { 0 r#type "type", 1 list(list) "list", 2 inner "inner", 3 plain(own) "own" });
    let derived = {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct Walked {
            r#type: Option<String>,
            list: Vec<f64>,
            inner: Option<Box<Walked>>,
            own: Option<Money>,
        }
        let inner = Some(Box::new(Walked::default()));
        let walked = Walked {
            r#type: Some("x".to_owned()),
            list: vec![1.5],
            inner,
            own: Some(Money(3)),
        };
        [format!("{walked:?}"), format!("{walked:#?}")]
    };
    let body = r#"{"type":"x","list":[1.5],"inner":{},"own":3}"#;
    let walked = get_strictly::<Walked>(body).unwrap().into_inner();
    assert_eq!([format!("{walked:?}"), format!("{walked:#?}")], derived);
    let copy = walked.clone();
    assert_eq!(copy, walked);
    for other in [
        "{}",
        r#"{"type":"y","list":[1.5],"inner":{},"own":3}"#,
        r#"{"type":"x","list":[1.5],"inner":{"list":[1]},"own":3}"#,
        r#"{"type":"x","list":[1.5],"inner":{},"own":4}"#,
    ] {
        assert_ne!(
            get_strictly::<Walked>(other).unwrap().into_inner(),
            walked,
            "{other}"
        );
    }
}

/// A number with all of its digits, among others.
#[derive(Default)]
struct Balance {
    wei: Option<Number>,
    all: Option<Vec<Number>>,
    id: Option<i64>,
}

received!(Balance { 0 wei "wei", 1 all "all", 2 id "id" });

#[test]
fn digits_are_kept_where_the_type_keeps_them() {
    const WEI: &str = "115792089237316195423570985008687907853269984665640564039457";
    let number = |text: &str| Some(text.parse::<Number>().unwrap());
    // The strict pass, and the tolerant one.
    for (id, expected) in [("5", Some(5)), ("\"none\"", None)] {
        let body = format!(r#"{{"wei":{WEI},"all":[1,2.50,1e400],"id":{id}}}"#);
        let balance = get::<Balance>(&body).unwrap();
        assert_eq!(balance.wei, number(WEI));
        assert_eq!(balance.all.as_deref().unwrap()[1].as_str(), "2.50");
        assert_eq!(balance.all.as_deref().unwrap()[2].as_str(), "1e400");
        assert_eq!(balance.id, expected);
    }
    let balance = get::<Balance>(r#"{"wei":"12","all":[true,null,3],"id":1}"#).unwrap();
    assert_eq!(balance.wei, number("12"));
    assert_eq!(balance.all, Some(vec![Number::from(3)]));
    assert_eq!(
        drift(&balance),
        [
            "all[0]: expected a number, found true",
            "all[1]: expected a number, found null"
        ]
    );
}

#[test]
fn a_fraction_is_the_nearest_there_is() {
    for number in [
        "1.1002008987727225e20",
        "110020089877272254570",
        "0.30000000000000004",
        "6.631236846766476e-316",
        "83.54970123456789012345",
        "1.7976931348623157e308",
    ] {
        let item = get::<Item>(&format!(r#"{{"price":{number},"any":{number}}}"#)).unwrap();
        assert_eq!(item.price, number.parse().ok(), "{number}");
        let any = item.any.as_ref().and_then(Value::as_f64);
        assert_eq!(any, number.parse().ok(), "{number}");
    }
}
