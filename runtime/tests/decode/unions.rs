//! Values that are one of several kinds of thing.

use super::{drift, get, get_strictly};
use letterpress_runtime::{Value, json, received, sent, sent_union, union};
use std::collections::BTreeMap;

/// Told apart by kind.
#[derive(Clone, Debug, PartialEq)]
enum Price {
    Number(f64),
    Text(String),
    List(Vec<i64>),
    Object(Amount),
    Other(Value),
}

union!(Price { Number(f64) Number, Text(String) Text, List(Vec<i64>) List, Object(Amount) Object });
sent_union!(Price {
    Number,
    Text,
    List,
    Object
});

#[derive(Default)]
struct Amount {
    value: Option<i64>,
    /// Holds its own union.
    fee: Option<Box<Price>>,
}

received!(Amount { 0 value "value", 1 fee "fee" });
sent!(Amount { 0 value "value", 1 fee "fee" });

/// Told apart by what `type` says.
#[derive(Clone, Debug, PartialEq)]
enum Event {
    Message(Message),
    Ping(Ping),
    Other(Value),
}

union!(Event by "type" { Message(Message) Object tagged ["message", "note"], Ping(Ping) Object tagged ["7", "true"] });
sent_union!(Event { Message, Ping });

#[derive(Default)]
struct Message {
    r#type: Option<String>,
    text: Option<String>,
}

received!(Message { 0 r#type "type", 1 text "text" });
sent!(Message { 0 r#type "type", 1 text "text" });

#[derive(Default)]
struct Ping {
    at: Option<i64>,
}

received!(Ping { 0 at "at" });
sent!(Ping { 0 at "at" });

/// Told apart by their members; each of the first two would take the other.
#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    Fish(Ping),
    Other(Value),
}

union!(Pet {
    Cat(Cat) Object knows ["name", "meows"], Dog(Dog) Object knows ["name", "barks", "tricks"],
    Fish(Ping) Object requires ["depth"] knows ["name"],
});
sent_union!(Pet { Cat, Dog, Fish });

#[derive(Default)]
struct Cat {
    name: Option<String>,
    meows: Option<bool>,
}

received!(Cat { 0 name "name", 1 meows "meows" });
sent!(Cat { 0 name "name", 1 meows "meows" });

#[derive(Default)]
struct Dog {
    name: Option<String>,
    tricks: Vec<String>,
}

received!(Dog { 0 name "name", 1 list(tricks) "tricks" });
sent!(Dog { 0 name "name", 1 list(tricks) "tricks" });

/// What holds them.
#[derive(Default)]
struct Held {
    price: Option<Price>,
    events: Vec<Event>,
    by_name: Option<BTreeMap<String, Pet>>,
    id: Option<i64>,
}

received!(Held { 0 price "price", 1 list(events) "events", 2 by_name "by_name", 3 id "id" });
sent!(Held { 0 price "price", 1 list(events) "events", 2 by_name "by_name", 3 id "id" });

#[expect(clippy::unnecessary_wraps, reason = "a field of a struct is one")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_value_is_the_alternative_of_its_kind_and_comes_back_as_it_was() {
    for (body, expected) in [
        ("1.5", Price::Number(1.5)),
        ("3", Price::Number(3.0)),
        ("\"1.5\"", Price::from("1.5".to_owned())),
        ("[1,2]", Price::List(vec![1, 2])),
        (
            r#"{"value":1,"fee":"none"}"#,
            Price::Object(Amount {
                value: Some(1),
                fee: Some(Box::new(Price::Text("none".to_owned()))),
            }),
        ),
        ("true", Price::Other(json!(true))),
    ] {
        // The strict pass, and the tolerant one.
        for id in ["5", "[\"none\"]"] {
            let body = format!(r#"{{"price":{body},"id":{id}}}"#);
            let held = get::<Held>(&body).unwrap();
            assert_eq!(held.price, Some(expected.clone()), "{body}");
            assert_eq!(held.drift().len(), usize::from(id != "5"), "{body}");
            let again = serde_json::to_string(&held.price).unwrap();
            let sent: Value = serde_json::from_str(&body).unwrap();
            let again: Value = serde_json::from_str(&again).unwrap();
            let whole = if sent["price"] == json!(3) {
                json!(3.0)
            } else {
                sent["price"].clone()
            };
            assert_eq!(again, whole);
        }
    }
}

#[test]
fn a_tag_decides_wherever_it_stands_and_what_it_says() {
    let body = r#"{"events":[{"text":"a","type":"message"},{"type":"note"},{"at":1,"type":7},{"type":true},
        {"type":"new","of":[1.50,123456789012345678901]},{"text":"without"},5]}"#;
    let message = |r#type: &str, of: Option<&str>| {
        Event::Message(Message {
            r#type: text(r#type),
            text: of.and_then(text),
        })
    };
    for id in ["", r#","id":"none""#] {
        let body = body.replace("5]}", &format!("5]{id}}}"));
        let held = get::<Held>(&body).unwrap();
        assert_eq!(held.drift().len(), usize::from(!id.is_empty()));
        assert_eq!(
            held.events[..4],
            [
                message("message", Some("a")),
                message("note", None),
                Event::Ping(Ping { at: Some(1) }),
                Event::Ping(Ping::default())
            ]
        );
        assert!(matches!(&held.events[4], Event::Other(value) if value["type"] == json!("new")));
        assert_eq!(held.events[5], Event::Other(json!({"text": "without"})));
        assert_eq!(held.events[6], Event::Other(json!(5)));
    }
}

#[test]
fn of_several_objects_it_is_the_one_that_knows_the_most_and_lacks_nothing() {
    let body = r#"{"by_name":{"a":{"name":"a","meows":true},"b":{"name":"b","barks":1},"c":{"name":"c"},
        "d":{"depth":3,"name":"d"},"e":{}}}"#;
    let held = get_strictly::<Held>(body).unwrap();
    let pets = held.by_name.as_ref().unwrap();
    assert!(matches!(pets["a"], Pet::Cat(_)));
    assert!(matches!(pets["b"], Pet::Dog(_)));
    assert!(matches!(pets["c"], Pet::Cat(_)), "the first of equals");
    assert!(matches!(pets["d"], Pet::Fish(_)));
    assert!(matches!(pets["e"], Pet::Cat(_)));
}

#[test]
fn what_does_not_fit_inside_is_noted_at_its_place() {
    let held =
        get::<Held>(r#"{"price":{"value":"x","fee":[1,"y"]},"events":[{"type":"message","text":[1]}]}"#)
            .unwrap();
    assert_eq!(
        drift(&held),
        [
            "price.value: expected an integer, found \"x\"",
            "price.fee[1]: expected an integer, found \"y\"",
            "events[0].text: expected a string, found a list of 1",
        ]
    );
    assert_eq!(
        held.price,
        Some(Price::Object(Amount {
            value: None,
            fee: Some(Box::new(Price::List(vec![1]))),
        }))
    );
}

#[test]
fn a_lone_alternative_stands_for_a_list_of_one_and_nothing_else_does() {
    let held = get::<Held>(r#"{"events":{"type":"message","text":"a"}}"#).unwrap();
    assert_eq!(held.events.len(), 1);
    let held = get::<Held>(r#"{"events":"none"}"#).unwrap();
    assert_eq!(held.events, []);
    assert_eq!(drift(&held), ["events: expected a list, found \"none\""]);
}

#[test]
fn a_whole_body_may_be_any_of_them_but_not_null_and_a_member_of_null_is_none() {
    assert_eq!(get::<Price>("[1]").unwrap().into_inner(), Price::List(vec![1]));
    assert_eq!(
        get::<Price>("\"a\"").unwrap().into_inner(),
        Price::Text("a".to_owned())
    );
    assert!(get::<Price>("null").is_err());
    assert!(get::<Price>("").is_err());
    assert_eq!(get::<Held>(r#"{"price":null}"#).unwrap().price, None);
    assert_eq!(Price::default(), Price::Other(Value::Null));
}
