//! Whole bodies: each operation has a type of its own for what it sends.

use super::*;

#[test]
fn each_body_is_a_type_of_its_own() {
    let sending = |number: usize, text: &str| Operation {
        body: Body::Raw(Raw {
            text: text.to_owned(),
            language: Language::Json,
            strip_comments: true,
            content: RawContent::Text,
        }),
        results: vec![answers(&[("application/json", text)])],
        ..operation(number)
    };
    let bodies = [
        r#"{"method": "a", "at": {"x": 1}}"#,
        r#"{"method": "b", "at": {"x": 2}}"#,
    ];
    let api = of_operations(vec![sending(0, bodies[0]), sending(1, bodies[1])]);
    let named: Vec<_> = api
        .types
        .iter()
        .map(|(_, def)| {
            (
                def.origin.operation.0,
                def.origin.path.len(),
                def.sent,
                def.received,
            )
        })
        .collect();
    // Two bodies, what is in them once; and as much of what is received, since nothing says that both answers are one thing.
    assert_eq!(
        named,
        [
            (0, 0, true, false),
            (0, 1, true, false),
            (0, 0, false, true),
            (0, 1, false, true),
            (1, 0, true, false),
            (1, 0, false, true),
        ]
    );
}
