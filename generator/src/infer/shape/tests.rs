//! The laws of the join, and what shapes tell of samples.

use super::*;
use crate::infer::json::read;
use proptest::prelude::*;

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        Just(Json::Unknown),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(|int| Json::Number(Number::I64(int))),
        (i64::MAX as u64 + 1..).prop_map(|int| Json::Number(Number::U64(int))),
        Just(Json::Number(Number::F64(0.5))),
        "[a-c]{0,2}".prop_map(Json::String),
        Just(Json::String("2024-01-31T10:00:00Z".to_owned())),
        Just(Json::Placeholder(Placeholder::Object)),
        Just(Json::Placeholder(Placeholder::List)),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::Array),
            prop::collection::btree_map("[a-d]", inner, 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Json> {
    prop::collection::btree_map("[a-d]", json(), 0..4)
        .prop_map(|members| Json::Object(members.into_iter().collect()))
}

/// Values of any kinds, which mostly have nothing in common; or objects, which have.
fn shapes<const N: usize>() -> impl Strategy<Value = [Shape; N]> {
    let samples = prop_oneof![
        prop::collection::vec(json(), N),
        prop::collection::vec(object(), N)
    ];
    samples.prop_map(|samples| {
        let mut clock = 0;
        std::array::from_fn(|at| Shape::of(samples.get(at).unwrap(), &mut clock))
    })
}

proptest! {
    #[test]
    fn the_order_of_two_does_not_matter([a, b] in shapes()) {
        prop_assert_eq!(a.clone().join(b.clone()), b.join(a));
    }

    #[test]
    fn the_order_of_three_does_not_matter([a, b, c] in shapes()) {
        prop_assert_eq!(a.clone().join(b.clone()).join(c.clone()), a.join(b.join(c)));
    }

    #[test]
    fn the_same_once_more_changes_nothing([a, b] in shapes()) {
        let joined = a.clone().join(b);
        prop_assert_eq!(&a.clone().join(a.clone()), &a);
        prop_assert_eq!(joined.clone().join(a), joined);
    }

    #[test]
    fn no_sample_changes_nothing([a] in shapes()) {
        prop_assert_eq!(&a.clone().join(Shape::default()), &a);
    }
}

/// The laws above say something: joins are more than their parts, and what differs is not equal.
#[test]
fn the_laws_are_not_empty() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut more = 0;
    for _ in 0..200 {
        let [a, b] = shapes().new_tree(&mut runner).unwrap().current();
        let joined = a.clone().join(b.clone());
        more += usize::from(joined != a && joined != b && matches!(joined.kind, Kind::Object(_)));
    }
    assert!(more >= 50, "{more}");
    let texts = [
        "1",
        "-1",
        "1.5",
        "\"a\"",
        "true",
        "null",
        "[1]",
        "[\"a\"]",
        "{\"a\": 1}",
        "{\"a\": null}",
        "{\"b\": 1}",
    ];
    let shape = |text: &&str| Shape::of(&read(text).unwrap().json, &mut 0);
    for (at, a) in texts.iter().enumerate() {
        for (other, b) in texts.iter().enumerate() {
            assert_eq!(shape(a) == shape(b), at == other, "{a} and {b}");
        }
    }
}

#[test]
fn a_datetime_has_all_its_parts() {
    for text in [
        "2024-01-31T10:00:00Z",
        "2024-01-31T10:00:00.123456+01:00",
        "2024-01-31t10:00:00-05:30",
    ] {
        assert!(is_datetime(text), "{text}");
    }
    for text in [
        "2024-01-31",
        "2024-01-31T10:00:00",
        "2024-01-31 10:00:00Z",
        "2024-01-31T10:00Z",
        "2024-01-31T10:00:00+1:000",
        "é024-01-31T10:00:00Z",
        "",
    ] {
        assert!(!is_datetime(text), "{text}");
    }
}

#[test]
fn tallies_count_objects() {
    let items = read(r#"[{"a": 1}, {"a": null, "b": 2}, {"b": 3}]"#).unwrap().json;
    let Kind::List(items) = Shape::of(&items, &mut 0).kind else {
        panic!("no list");
    };
    let Kind::Object(object) = items.kind else {
        panic!("no object");
    };
    let member = object.members.get("a").unwrap();
    assert_eq!((object.samples, member.seen, member.null), (3, 2, 1));
}
