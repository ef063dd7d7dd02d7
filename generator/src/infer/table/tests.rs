//! What types samples become, and which of them are one.

use super::super::json::read;
use super::*;
use crate::infer::subject;
use crate::ir::{OperationId, Role};

/// Types samples one after the other, all of one operation, and spells the types out.
fn typed(direction: Direction, samples: &[&str]) -> (Types, Vec<String>) {
    typed_at(
        direction,
        &samples.iter().map(|sample| ("", *sample)).collect::<Vec<_>>(),
    )
}

/// The same, each at a path, which is an operation.
fn typed_at(direction: Direction, samples: &[(&str, &str)]) -> (Types, Vec<String>) {
    let mut types = Types::default();
    let mut table = Table::default();
    let tys: Vec<Type> = samples
        .iter()
        .map(|(path, text)| {
            let same = samples.iter().position(|(other, _)| other == path);
            let shape = Shape::of(&read(text).unwrap().json, &mut 0);
            let origin = Origin {
                operation: OperationId(same.unwrap_or_default()),
                operation_name: (*text).to_owned(),
                role: Role::Result(200.into()),
                path: Vec::new(),
            };
            let placed = Placed {
                shape,
                forced: &[],
                origin: &origin,
                about: &subject::of_operation("", path),
                direction,
            };
            table.type_of(&mut types, placed)
        })
        .collect();
    let spelled = tys.iter().map(|ty| spell(&types, ty, 3)).collect();
    (types, spelled)
}

/// A type in words: `1{a: I64, b?: [String]}`, where 1 is its number, `?` is null and `*` a box.
fn spell(types: &Types, ty: &Type, depth: usize) -> String {
    match ty {
        Type::List(inner) => format!("[{}]", spell(types, inner, depth)),
        Type::Map(inner) => format!("<{}>", spell(types, inner, depth)),
        Type::Nullable(inner) => format!("{}?", spell(types, inner, depth)),
        Type::Named(id) if depth == 0 => id.0.to_string(),
        Type::Named(id) => match &types.get(*id).kind {
            TypeKind::Struct(fields) => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|field| spell_field(types, field, depth))
                    .collect();
                format!("{}{{{}}}", id.0, fields.join(", "))
            }
            TypeKind::OpenEnum(_) => "enum".to_owned(),
            TypeKind::Union(union) => {
                let alternatives = union.alternatives.iter().map(|alternative| {
                    format!(
                        "{}{}",
                        alternative.tagged.concat(),
                        spell(types, &alternative.ty, depth - 1)
                    )
                });
                let by = union.tag.as_deref().unwrap_or_default();
                format!("{}{by}({})", id.0, alternatives.collect::<Vec<_>>().join(" | "))
            }
        },
        Type::Value
        | Type::Bool
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Number
        | Type::String
        | Type::File
        | Type::FileOrText
        | Type::External(_) => format!("{ty:?}"),
    }
}

fn spell_field(types: &Types, field: &StructField, depth: usize) -> String {
    let null = if field.nullable { "?" } else { "" };
    let boxed = if field.boxed { "*" } else { "" };
    format!(
        "{}{null}: {boxed}{}",
        field.key,
        spell(types, &field.ty, depth - 1)
    )
}

fn received(sample: &str) -> String {
    typed(Direction::Received, &[sample]).1.concat()
}

#[test]
fn values_have_the_narrowest_type() {
    for (sample, ty) in [
        ("[1, 2]", "[I64]"),
        ("[1, 2.5]", "[F64]"),
        ("[1, 18446744073709551615]", "[U64]"),
        ("[-1, 18446744073709551615]", "[F64]"),
        ("[1, \"a\"]", "[0(I64 | String)]"),
        (
            "[\"a\", {\"b\": 1}, [2.5], true, 1]",
            "[0(Bool | I64 | String | [F64] | 1{b: I64})]",
        ),
        (
            "[{\"a\": 1}, {\"a\": [true]}, {\"a\": null}]",
            "[0{a?: 1(I64 | [Bool])}]",
        ),
        ("[[], {}]", "[0([Value] | <Value>)]"),
        ("[1, \"a\", null]", "[0(I64 | String)?]"),
        ("[null, \"a\"]", "[String?]"),
        ("[null]", "[Value]"),
        ("[[], [1]]", "[[I64]]"),
        ("[]", "[Value]"),
        ("[{}]", "[<Value>]"),
        ("{\"1\": true, \"2\": null}", "<Bool?>"),
        ("{\"z\": 1, \"a\": null}", "0{z: I64, a?: Value}"),
        ("[{\"b\": 1}, {\"a\": 2, \"b\": null}]", "[0{b?: I64, a: I64}]"),
    ] {
        assert_eq!(received(sample), ty, "{sample}");
    }
}

#[test]
fn objects_that_say_what_they_are_are_told_apart() {
    for (sample, ty) in [
        (
            r#"[{"type": "a", "x": 1}, {"type": "b", "y": "s"}]"#,
            "[0type(a1{type: String, x: I64} | b2{type: String, y: String})]",
        ),
        // One that does not say it is any of them, so none is told apart.
        (
            r#"[{"type": "a", "x": 1}, {"type": "b", "y": "s"}, {"y": "t"}]"#,
            "[0{type: String, x: I64, y: String}]",
        ),
        // One that holds others of its kind.
        (
            r#"[{"type": "text", "text": "x"}, {"type": "list", "items": [{"type": "text", "text": "y"}, {"type": "list", "items": []}]}]"#,
            "[0type(text1{type: String, text: String} | list2{type: String, items: [0type(text1 | list2)]})]",
        ),
    ] {
        let found = received(sample);
        assert_eq!(found, ty, "{sample}");
    }
    // Whole bodies of requests have one sample, and are no union.
    let (_, sent) = typed(
        Direction::Sent,
        &[r#"{"of": [{"kind": "a", "x": 1}, {"kind": "b", "y": 2}]}"#],
    );
    assert_eq!(
        sent,
        ["0{of: [1kind(a2{kind: String, x: I64} | b3{kind: String, y: I64})]}"]
    );
}

#[test]
fn an_object_in_itself_is_one_type() {
    let tree = r#"{"name": "a", "children": [{"name": "b", "children": [{"name": "c", "children": []}]}]}"#;
    assert_eq!(
        received(tree),
        "0{name: String, children: [0{name: String, children: [0{name: String, children: [0]}]}]}"
    );
    let chain = r#"{"id": 1, "parent": {"id": 2, "parent": null}}"#;
    assert_eq!(
        received(chain),
        "0{id: I64, parent?: *0{id: I64, parent?: *0{id: I64, parent?: *0}}}"
    );
    let by_a_stop = r#"{"left": {"id": 1, "right": {"id": 2, "left": {"id": 3, "right": null}}}, "id": 0, "right": null}"#;
    assert!(received(by_a_stop).contains("*0"), "{}", received(by_a_stop));
}

#[test]
fn an_object_in_another_is_not() {
    let owner = r#"{"id": 1, "name": "a", "owner": {"id": 2, "name": "b"}}"#;
    assert_eq!(
        received(owner),
        "0{id: I64, name: String, owner: 1{id: I64, name: String}}"
    );
    let clash = r#"{"id": 1, "child": {"id": "x", "child": null}}"#;
    assert_eq!(received(clash), "0{id: I64, child: 1{id: String, child?: Value}}");
}

#[test]
fn an_empty_answer_says_nothing() {
    assert_eq!(received("{}"), "Value");
    assert_eq!(received(r#"{"a": {}}"#), "0{a: <Value>}");
    let (_, sent) = typed(Direction::Sent, &["{}"]);
    assert_eq!(sent, ["<Value>"]);
}

#[test]
fn equal_shapes_are_one_type() {
    let (types, spelled) = typed(
        Direction::Received,
        &[
            r#"{"a": {"x": 1, "y": null}}"#,
            r#"{"y": null, "x": 5}"#,
            r#"[{"x": 1, "y": null}]"#,
            r#"{"x": 1.5, "y": null}"#,
        ],
    );
    assert_eq!(spelled[1], "1{x: I64, y?: Value}");
    assert_eq!(spelled[2], "[1{x: I64, y?: Value}]");
    assert!(spelled[3].starts_with('2'));
    assert_eq!(types.iter().count(), 3);
}

#[test]
fn equal_shapes_of_different_things_are_not() {
    let (_, spelled) = typed_at(
        Direction::Received,
        &[
            ("/teams", r#"{"teams": [{"id": 1}], "tags": [{"id": 1}]}"#),
            ("/users", r#"{"teams": [{"id": 1}]}"#),
            ("/me", r#"{"user": {"id": 1}}"#),
            ("/users/:id", r#"{"id": 1}"#),
            ("/clocks", r#"{"id": 1}"#),
            ("/all", r#"{"users": [{"id": 1}]}"#),
        ],
    );
    assert_eq!(spelled[0], "0{teams: [1{id: I64}], tags: [2{id: I64}]}");
    assert_eq!(spelled[1], "3{teams: [1{id: I64}]}");
    assert_eq!(spelled[2], "4{user: 5{id: I64}}");
    assert_eq!(spelled[3], "5{id: I64}");
    assert_eq!(spelled[4], "6{id: I64}");
    assert_eq!(spelled[5], "7{users: [5{id: I64}]}");
}

#[test]
fn equal_recursive_shapes_are_one_type() {
    let tree = r#"{"name": "a", "children": [{"name": "b", "children": []}]}"#;
    let (types, spelled) = typed(Direction::Received, &[tree, &format!(r#"{{"tree": {tree}}}"#)]);
    assert!(spelled[1].starts_with("1{tree: 0{"), "{}", spelled[1]);
    assert_eq!(types.iter().count(), 2);
}

#[test]
fn what_is_sent_keeps_its_order_and_its_nulls() {
    let (types, _) = typed(
        Direction::Sent,
        &[
            r#"{"a": 1, "b": "x"}"#,
            r#"{"b": "x", "a": 1}"#,
            r#"{"a": 1, "b": "y"}"#,
        ],
    );
    assert_eq!(types.iter().count(), 2);
    let (types, _) = typed(Direction::Sent, &[r#"[{"a": 1}]"#, r#"[{"a": 1}, {"a": null}]"#]);
    assert_eq!(types.iter().count(), 2);
}

#[test]
fn a_later_shape_changes_nothing() {
    let samples = [
        r#"{"a": {"x": 1}, "b": [{"y": null}]}"#,
        r#"{"x": null}"#,
        r#"{"x": 1, "y": [{"x": 1}]}"#,
    ];
    let (before, _) = typed(Direction::Received, &samples[..1]);
    let (after, _) = typed(Direction::Received, &samples);
    for (id, def) in before.iter() {
        assert_eq!(format!("{def:?}"), format!("{:?}", after.get(id)));
    }
}

#[test]
fn deep_samples_are_typed() {
    let deep = format!("{}1{}", r#"{"a": ["#.repeat(50), "]}".repeat(50));
    let (types, _) = typed(Direction::Received, &[&deep]);
    assert!(types.iter().count() > 0);
}
