//! A model by hand, with all that a Postman collection has no words for.
//!
//! In: nothing. Out: an API of two operations, whose parameters have styles, whose answers are told apart by range and are unions,
//! whose members are required and may be null, and that is called with one of two credentials or with none.

use letterpress::ir::{
    Alternative, Api, BodyType, Child, Credential, Docs, Entry, Folder, Operation, Origin, Outcome, Param,
    ParamPlace, PathVariable, Place, Presence, Role, Scheme, SchemeUse, Security, Sent, Status, StructField,
    Style, Type, TypeDef, TypeId, TypeKind, Types, Union, Url, Variable, VariableKind, VariableRole,
};

pub fn api() -> Api {
    let mut types = Types::default();
    let card = types.add(named(
        "Card",
        TypeKind::Struct(vec![required("last4", Type::String)]),
    ));
    let transfer = types.add(named(
        "Transfer",
        TypeKind::Struct(vec![required("iban", Type::String)]),
    ));
    let way = types.add(named(
        "Way to pay",
        TypeKind::Union(Union {
            tag: Some("kind".to_owned()),
            alternatives: vec![tagged(card, "card"), tagged(transfer, "transfer")],
        }),
    ));
    let order = types.add(named(
        "Order",
        TypeKind::Struct(vec![
            required("id", Type::I64),
            required("note", Type::Nullable(Box::new(Type::String))),
            StructField {
                required: false,
                ..required("paid_by", Type::Named(way))
            },
        ]),
    ));
    let problem = types.add(named(
        "Problem",
        TypeKind::Struct(vec![required("title", Type::String)]),
    ));
    let failure = types.add(named(
        "Failure",
        TypeKind::Struct(vec![required("trace", Type::String)]),
    ));
    let errors = vec![
        outcome(Status::Range(4), Type::Named(problem)),
        outcome(Status::Rest, Type::Named(failure)),
    ];
    let list = Operation {
        results: vec![outcome(
            Status::Exact(200),
            Type::List(Box::new(Type::Named(order))),
        )],
        errors: errors.clone(),
        ..list_orders()
    };
    let pay = Operation {
        name: "Pay".to_owned(),
        method: "POST".to_owned(),
        url: url("{{base}}/orders/:id/pay", &["id"]),
        params: vec![param("id", ParamPlace::Path(0), Type::I64)],
        declared_body: Some(Type::Named(way)),
        body: letterpress::ir::Body::Raw(letterpress::ir::Raw {
            text: String::new(),
            language: letterpress::ir::Language::Json,
            strip_comments: false,
            content: letterpress::ir::RawContent::Json(Type::Named(way)),
        }),
        results: vec![outcome(Status::Range(2), Type::Named(order))],
        errors,
        security: alternatives(),
        ..Operation::default()
    };
    types.mark(&Type::Named(way), |def| &mut def.sent);
    for received in [order, problem, failure] {
        types.mark(&Type::Named(received), |def| &mut def.received);
    }
    Api {
        name: "Handmade".to_owned(),
        is_declared: true,
        variables: vec![Variable {
            name: "base".to_owned(),
            default: Some("https://api.example.com".into()),
            kind: VariableKind::BaseUrl,
            role: VariableRole::Setting,
            set_by_script: false,
            docs: Docs::default(),
            place: Place::default(),
        }],
        credentials: ["Bearer", "ApiKey"].into_iter().filter_map(credential).collect(),
        root: Folder::of(vec![Child::from(list), Child::from(pay)]),
        types,
        ..Api::default()
    }
}

/// Its shops are a list in the style `matrix`, its states one entry with pipes between them, its sizes an object of an entry each.
fn list_orders() -> Operation {
    let entry = |key: &str, joined| Entry {
        key: Some(key.into()),
        sent: Sent::WhenSet,
        joined,
        ..Entry::default()
    };
    Operation {
        name: "List orders".to_owned(),
        method: "GET".to_owned(),
        url: Url {
            query: vec![entry("state", Some("%7C")), entry("size", None)],
            ..url("{{base}}/shops/:shops/orders", &["shops"])
        },
        params: vec![
            Param {
                many: true,
                style: Some(Style {
                    lead: ";shops=".to_owned(),
                    between: ",".to_owned(),
                    equals: None,
                }),
                ..param("shops", ParamPlace::Path(0), Type::String)
            },
            Param {
                many: true,
                presence: Presence::Optional,
                ..param("state", ParamPlace::Query(0), Type::String)
            },
            Param {
                presence: Presence::Optional,
                style: Some(Style {
                    lead: "size[".to_owned(),
                    between: String::new(),
                    equals: Some("]".to_owned()),
                }),
                ..param("size", ParamPlace::Query(1), Type::String)
            },
        ],
        security: alternatives(),
        ..Operation::default()
    }
}

fn url(base: &str, variables: &[&str]) -> Url {
    let at = |name: &str| base.find(&format!(":{name}")).unwrap_or_default();
    Url {
        base: base.into(),
        path_start: "{{base}}".len(),
        path_variables: variables
            .iter()
            .map(|name| PathVariable {
                name: (*name).to_owned(),
                at: at(name),
                ..PathVariable::default()
            })
            .collect(),
        ..Url::default()
    }
}

fn param(name: &str, place: ParamPlace, ty: Type) -> Param {
    Param {
        deprecated: false,
        name: name.to_owned(),
        place,
        presence: Presence::Required,
        many: false,
        style: None,
        ty,
        is_declared: true,
        default: None,
        saved: None,
        docs: Docs::default(),
        source: Place::default(),
    }
}

fn outcome(status: Status, ty: Type) -> Outcome {
    Outcome {
        headers: Vec::new(),
        status,
        docs: Docs::default(),
        body: BodyType::Json(ty.clone()),
        declared: Some(ty),
        samples: Vec::new(),
    }
}

fn named(name: &str, kind: TypeKind) -> TypeDef {
    TypeDef {
        origin: Origin {
            operation: letterpress::ir::OperationId(0),
            operation_name: "List orders".to_owned(),
            role: Role::Result(Status::Exact(200)),
            path: Vec::new(),
        },
        kind,
        docs: Docs::default(),
        sent: false,
        received: false,
        name: None,
        declared: Some(name.to_owned()),
        is_declared: true,
        is_closed: false,
        example: None,
    }
}

fn required(key: &str, ty: Type) -> StructField {
    StructField {
        key: key.to_owned(),
        ty,
        required: true,
        ..StructField::default()
    }
}

fn tagged(id: TypeId, tag: &str) -> Alternative {
    Alternative {
        ty: Type::Named(id),
        boxed: false,
        tagged: vec![tag.to_owned()],
        docs: Docs::default(),
        name: None,
    }
}

fn used(name: &str) -> Option<SchemeUse> {
    let params: &[(&str, &str)] = match name {
        "ApiKey" => &[("key", "x-api-key"), ("in", "header")],
        _ => &[],
    };
    Some(SchemeUse {
        scheme: Scheme::named(name)?,
        params: params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).into()))
            .collect(),
        place: Place::default(),
    })
}

fn alternatives() -> Security {
    Security {
        alternatives: ["Bearer", "ApiKey"]
            .iter()
            .map(|name| used(name).into_iter().collect())
            .collect(),
        anonymous: true,
    }
}

fn credential(name: &str) -> Option<Credential> {
    Some(Credential {
        scheme: Scheme::named(name)?,
        place: Place::default(),
    })
}
