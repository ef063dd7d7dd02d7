//! What the typing of operations makes of each kind of parameter, body and answer.

mod bodies;

use super::*;
use crate::config::DateTime;
use crate::config::overrides::{ItemOverride, Selector, ValueOverride, Written};
use crate::ir::{
    Body, BodyType, Child, Docs, Entry, Field, FieldContent, Folder, GraphQl, GraphQlVariables, Language,
    OperationId, Outcome, Param, ParamPlace, Presence, Raw, RawContent, Sample, Shown, TypeKind,
};

fn operation(number: usize) -> Operation {
    let name = format!("Item {number}");
    Operation {
        id: OperationId(number),
        docs: Docs::default(),
        place: Place {
            breadcrumb: [name.clone()].into(),
            ..Place::of_file("api.json")
        },
        name,
        method: "GET".to_owned(),
        ..Operation::default()
    }
}

fn answers(samples: &[(&str, &str)]) -> Outcome {
    let sample = |(media_type, body): &(&str, &str)| Sample {
        shown: Shown::Saved,
        id: String::new(),
        name: String::new(),
        reason: String::new(),
        headers: Vec::new(),
        body: (*body).to_owned(),
        media_type: Some((*media_type).to_owned()).filter(|media_type| !media_type.is_empty()),
        docs: Docs::default(),
        request: None,
        place: Place::default(),
    };
    Outcome {
        status: 200.into(),
        headers: Vec::new(),
        docs: crate::ir::Docs::default(),
        body: BodyType::Unknown,
        declared: None,
        samples: samples.iter().map(sample).collect(),
    }
}

fn run(root: Folder, config: &Config) -> Api {
    let mut api = Api {
        root,
        ..Api::default()
    };
    infer_types(&mut api, config, &mut Sink::default());
    api
}

fn of_operations(operations: Vec<Operation>) -> Api {
    let root = Folder::of(operations.into_iter().map(Child::from).collect());
    run(root, &Config::default())
}

/// The operation that an API begins with.
fn first(api: &Api) -> &Operation {
    api.root.operations().next().unwrap()
}

fn body_type(samples: &[(&str, &str)]) -> BodyType {
    let mut operation = operation(0);
    operation.results.push(answers(samples));
    first(&of_operations(vec![operation])).results[0].body.clone()
}

fn fields(api: &Api, ty: &Type) -> Vec<(String, Type)> {
    let Type::Named(id) = ty else {
        panic!("{ty:?} is no struct")
    };
    let TypeKind::Struct(fields) = &api.types.get(*id).kind else {
        panic!("{id:?} is no struct")
    };
    fields
        .iter()
        .map(|field| (field.key.clone(), field.ty.clone()))
        .collect()
}

#[test]
fn an_answer_is_what_media_type_and_text_agree_on() {
    let json = |body| matches!(body, BodyType::Json(_));
    assert!(json(body_type(&[("application/json", "{}")])));
    assert!(json(body_type(&[("application/hal+json; charset=utf-8", "[1]")])));
    assert!(json(body_type(&[("text/html", "{\"a\": 1}")])));
    assert!(json(body_type(&[("application/octet-stream", "{\"a\": 1}")])));
    assert!(json(body_type(&[("", "{\"a\": 1}")])));
    assert!(json(body_type(&[
        ("application/json", ""),
        ("application/json", "{}")
    ])));
    assert_eq!(body_type(&[("application/json", "5")]), BodyType::Json(Type::I64));
    assert_eq!(body_type(&[("text/plain", "5")]), BodyType::Text);
    assert_eq!(body_type(&[("", "Unauthorized")]), BodyType::Text);
    assert_eq!(body_type(&[("application/xml", "<a/>")]), BodyType::Text);
    assert_eq!(body_type(&[("application/x-ndjson", "{}")]), BodyType::Text);
    assert_eq!(body_type(&[("image/png", "\u{fffd}PNG")]), BodyType::Bytes);
    assert_eq!(body_type(&[("text/html", "a\0b")]), BodyType::Bytes);
    assert_eq!(body_type(&[("text/plain", "")]), BodyType::Empty);
    assert_eq!(body_type(&[("application/json", "oops")]), BodyType::Unknown);
    assert_eq!(
        body_type(&[("application/json", "{}"), ("text/html", "<p>")]),
        BodyType::Unknown
    );
}

#[test]
fn json_in_a_string_is_typed_by_what_it_holds() {
    let body = body_type(&[("application/json", r#""{\"a\": 1}""#)]);
    assert!(matches!(body, BodyType::JsonInString(Type::Named(_))), "{body:?}");
    assert_eq!(
        body_type(&[("application/json", "\"{}\""), ("application/json", "\"x\"")]),
        BodyType::Json(Type::String)
    );
}

fn raw(language: Language, content_type: Option<&str>, text: &str) -> RawContent {
    let mut operation = operation(0);
    operation.headers.extend(content_type.map(|value| Entry {
        key: Some("content-type".to_owned()),
        value: Some(value.to_owned()),
        ..Entry::default()
    }));
    operation.body = Body::Raw(Raw {
        text: text.to_owned(),
        language,
        strip_comments: false,
        content: RawContent::Text,
    });
    match &first(&of_operations(vec![operation])).body {
        Body::Raw(raw) => raw.content.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_raw_body_is_json_if_nothing_says_otherwise() {
    let json = |content| matches!(content, RawContent::Json(_));
    assert!(json(raw(Language::Json, None, "{\"a\": {{a}}, /* b */}")));
    assert!(json(raw(Language::Text, Some("application/json"), "[1]")));
    assert!(json(raw(Language::Text, None, "{\"a\": 1}")));
    assert!(json(raw(Language::Json, None, "\"<string>\"")));
    assert!(!json(raw(Language::Text, None, "5")));
    assert!(!json(raw(Language::Xml, None, "{\"a\": 1}")));
    assert!(!json(raw(Language::Text, Some("text/csv"), "[1]")));
    assert!(!json(raw(Language::Json, None, "{{body}}")));
    assert!(!json(raw(Language::Json, None, "{\"a\": ")));
}

#[test]
fn parameters_take_the_type_of_their_saved_value() {
    let param = |place, saved: &str, docs: &str| Param {
        name: "p".to_owned(),
        place,
        presence: Presence::Optional,
        many: false,
        style: None,
        ty: Type::String,
        is_declared: false,
        default: None,
        deprecated: false,
        saved: Some(saved.to_owned()),
        docs: Docs::new(docs),
        source: Place::default(),
    };
    let mut first = operation(0);
    first.params = vec![
        param(ParamPlace::Query(0), "68423085", ""),
        param(
            ParamPlace::Query(1),
            "zak",
            "Kinds:<br>`token` - One.<br>`zak` - Two.",
        ),
        param(ParamPlace::Query(2), "other", "One of token, zak"),
        param(ParamPlace::Path(0), "5", ""),
    ];
    let mut second = operation(1);
    second.params = vec![param(
        ParamPlace::Query(0),
        "token",
        "Kinds:<br>`token` - One.<br>`zak` - Two.",
    )];
    let api = of_operations(vec![first, second]);
    let types = |at: usize| {
        let operation = api.root.operations().nth(at).unwrap();
        operation
            .params
            .iter()
            .map(|param| param.ty.clone())
            .collect::<Vec<_>>()
    };
    let named = Type::Named(crate::ir::TypeId(0));
    assert_eq!(types(0), [Type::I64, named.clone(), Type::String, Type::String]);
    assert_eq!(types(1), [named]);
    let def = api.types.get(crate::ir::TypeId(0));
    assert_eq!(def.origin.role, Role::Param("p".to_owned()));
    assert!(def.sent && !def.received);
}

#[test]
fn a_form_is_a_struct() {
    let field = |key: &str, content| Field {
        key: Some(key.to_owned()),
        content,
        content_type: None,
        disabled: false,
        required: key == "file",
        docs: Docs::default(),
        place: Place::default(),
    };
    let text = |text: &str| FieldContent::Text(text.to_owned());
    let files = |paths: &[&str]| FieldContent::Files {
        src: paths.iter().map(|path| (*path).to_owned()).collect(),
        file_name: None,
    };
    let mut operation = operation(0);
    operation.body = Body::FormData {
        fields: vec![
            field("a[b]", text("5")),
            field("tag", text("x")),
            field("file", files(&["/a"])),
            field("tag", text("1")),
            field("many", files(&["/a", "/b"])),
            field("image", text("https://a.io/b.png")),
            field("image", files(&["/a"])),
            field("image", text("x")),
            field("other", files(&["/a", "/b"])),
            field("other", text("7")),
        ],
        ty: None,
    };
    let api = of_operations(vec![operation]);
    let Body::FormData { ty: Some(ty), .. } = &first(&api).body else {
        panic!("no type")
    };
    let expected = [
        ("a[b]", Type::I64),
        ("tag", Type::List(Box::new(Type::String))),
        ("file", Type::File),
        ("many", Type::List(Box::new(Type::File))),
        ("image", Type::List(Box::new(Type::FileOrText))),
        ("other", Type::List(Box::new(Type::FileOrText))),
    ];
    assert_eq!(fields(&api, ty), expected.map(|(key, ty)| (key.to_owned(), ty)));
    let TypeKind::Struct(fields) = &api.types.get(crate::ir::TypeId(0)).kind else {
        panic!("no struct")
    };
    assert!(fields.iter().all(|field| field.required == (field.key == "file")));
}

#[test]
fn graphql_variables_are_a_struct() {
    let variables = |text: &str| {
        let mut operation = operation(0);
        operation.body = Body::GraphQl(GraphQl {
            variables: GraphQlVariables::Text(text.to_owned()),
            ..GraphQl::default()
        });
        let api = of_operations(vec![operation]);
        match &first(&api).body {
            Body::GraphQl(graphql) => match &graphql.ty {
                // Callers give any JSON in place of what is none.
                Some(Type::Value) => Some(Vec::new()),
                ty => ty.as_ref().map(|ty| fields(&api, ty)),
            },
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        variables(r#"{"id": {{id}}, "n": 1}"#),
        Some(vec![("id".to_owned(), Type::Value), ("n".to_owned(), Type::I64)])
    );
    assert_eq!(variables("{}"), None);
    assert_eq!(variables("not json"), Some(Vec::new()));
}

#[test]
fn graphql_variables_are_those_declared_and_those_saved() {
    let mut operation = operation(0);
    operation.body = Body::GraphQl(GraphQl {
        query: Some("query ($n: Int, $id: ID!, $input: Input) { x }".to_owned()),
        variables: GraphQlVariables::Text(r#"{"id": {{id}}, "input": {"a": 1}, "more": true}"#.to_owned()),
        ..GraphQl::default()
    });
    let api = of_operations(vec![operation]);
    let Body::GraphQl(GraphQl { ty: Some(ty), .. }) = &first(&api).body else {
        panic!("no type")
    };
    let fields = fields(&api, ty);
    let keys: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["id", "input", "more", "n"]);
    assert_eq!((&fields[0].1, &fields[3].1), (&Type::String, &Type::I64));
    assert!(matches!(fields[1].1, Type::Named(_)));
}

#[test]
fn an_item_added_at_the_end_changes_no_type_before_it() {
    let with = |number: usize, sample: &str| {
        let mut operation = operation(number);
        operation.results.push(answers(&[("application/json", sample)]));
        Child::from(operation)
    };
    let tree = |last: Option<Child>| {
        let folder = Folder::of(vec![with(0, r#"{"a": 1}"#), with(1, r#"{"user": {"b": 1}}"#)]);
        let children = [Child::Folder(folder)].into_iter().chain(last);
        run(Folder::of(children.collect()), &Config::default())
    };
    let before = tree(None);
    let after = tree(Some(with(2, r#"{"user": {"b": 1}}"#)));
    let spelled = |api: &Api| {
        let types = api.types.iter();
        types.map(|(_, def)| format!("{def:?}")).collect::<Vec<_>>()
    };
    let (before, after) = (spelled(&before), spelled(&after));
    assert!(after.starts_with(&before), "{before:#?} {after:#?}");
    // The answer is new, the user in it is known.
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[3].matches("Named(TypeId(2))").count(), 1, "{}", after[3]);
}

#[test]
fn the_user_says_what_dates_are() {
    let dates = r#"[{"at": "2024-01-31T10:00:00Z", "on": "2024-01-31", "s": "2024-01-31T10:00:00Z"}, {"at": null, "s": "soon"}]"#;
    let types = |datetime| {
        let mut operation = operation(0);
        operation.results.push(answers(&[("application/json", dates)]));
        let root = Folder::of(vec![operation.into()]);
        let api = run(
            root,
            &Config {
                datetime,
                ..Config::default()
            },
        );
        fields(&api, &Type::Named(crate::ir::TypeId(0)))
            .into_iter()
            .map(|(_, ty)| ty)
            .collect::<Vec<_>>()
    };
    assert_eq!(types(DateTime::Text), [Type::String, Type::String, Type::String]);
    let jiff = Type::External("::jiff::Timestamp".to_owned());
    assert_eq!(types(DateTime::Jiff), [jiff, Type::String, Type::String]);
}

#[test]
fn the_user_says_what_is_a_map() {
    let said = |path: &[&str], map| {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        let mut value = ValueOverride::new(Role::Result(200.into()), path, Written::default());
        value.map = Some(map);
        value
    };
    let mut config = Config::default();
    config.overrides.items.push(ItemOverride {
        selector: Selector {
            text: "Item 0".to_owned(),
            ..Selector::default()
        },
        values: vec![said(&["rates"], true), said(&["codes"], false)],
        ..ItemOverride::default()
    });
    let mut operation = operation(0);
    operation.results.push(answers(&[(
        "application/json",
        r#"{"rates": {"EUR": 1.5, "USD": 1}, "codes": {"1": "a"}}"#,
    )]));
    let root = Folder::of(vec![operation.into()]);
    let api = run(root, &config);
    let BodyType::Json(ty) = &first(&api).results[0].body else {
        panic!("no JSON")
    };
    let fields = fields(&api, ty);
    assert_eq!(fields[0].1, Type::Map(Box::new(Type::F64)));
    assert!(matches!(fields[1].1, Type::Named(_)));
}
