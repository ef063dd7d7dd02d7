//! The seed item by hand, from the neutral model to text.

use super::render::{self, Layout};
use crate::config::Config;
use crate::{ir, rust};

fn place(pointer: &str, breadcrumb: &[&str]) -> ir::Place {
    let breadcrumb = breadcrumb.iter().map(|name| (*name).to_owned()).collect();
    ir::Place {
        file: "zoom.json".to_owned(),
        pointer: pointer.to_owned(),
        breadcrumb,
    }
}

fn seed() -> ir::Api {
    let at = place(
        "/item/0/item/0/item/0/item/0",
        &["users", "{user Id}", "token", "Get a user token"],
    );
    let mut types = ir::Types::default();
    let def = |role, kind| ir::TypeDef {
        origin: ir::Origin {
            operation: at.clone(),
            operation_name: "Get a user token".into(),
            role,
            path: vec![],
        },
        kind,
        docs: ir::Docs::default(),
        sent: false,
        received: true,
        name: None,
    };
    let values = ["token", "zak"].map(|text| ir::types::EnumValue {
        text: text.into(),
        docs: ir::Docs::default(),
        name: None,
    });
    let kind = types.add(def(
        ir::Role::Param("type".into()),
        ir::TypeKind::OpenEnum(values.to_vec()),
    ));
    let token = ir::StructField {
        key: "token".into(),
        ty: ir::Type::String,
        boxed: false,
        nullable: false,
        required: false,
        docs: ir::Docs::default(),
        evidence: ir::Evidence::default(),
        name: None,
    };
    let body = types.add(def(ir::Role::Result(200), ir::TypeKind::Struct(vec![token])));
    let param = |name: &str, place, presence, ty| ir::Param {
        name: name.into(),
        place,
        presence,
        ty,
        saved: None,
        docs: ir::Docs::default(),
        source: at.clone(),
    };
    let entry = |key: &str, value: &str| ir::Entry {
        key: Some(key.into()),
        value: Some(value.into()),
        sent: ir::Sent::Saved,
    };
    let outcome = |status, body| ir::Outcome {
        status,
        body,
        samples: vec![],
    };
    let operation = ir::Operation {
        name: "Get a user token".into(),
        docs: ir::Docs::new("Retrieve a user's token."),
        place: at.clone(),
        method: "GET".into(),
        url: ir::Url {
            base: "{{baseUrl}}/users/:userId/token".into(),
            path_variables: vec![ir::url::PathVariable {
                name: "userId".into(),
                saved: Some("quis officia".into()),
            }],
            query: vec![entry("type", "zak"), entry("ttl", "68423085")],
            bare_question_mark: false,
        },
        headers: vec![],
        params: vec![
            param(
                "userId",
                ir::ParamPlace::Path(0),
                ir::Presence::Required,
                ir::Type::String,
            ),
            param(
                "type",
                ir::ParamPlace::Query(0),
                ir::Presence::Optional,
                ir::Type::Named(kind),
            ),
            param(
                "ttl",
                ir::ParamPlace::Query(1),
                ir::Presence::Optional,
                ir::Type::I64,
            ),
        ],
        body: ir::Body::None,
        auth: Some(ir::AuthUse {
            kind: ir::AuthKind::OAuth2,
            params: vec![],
            place: at.clone(),
        }),
        behavior: ir::Behavior::default(),
        results: vec![outcome(200, ir::BodyType::Json(ir::Type::Named(body)))],
        errors: vec![outcome(404, ir::BodyType::Empty)],
        source: String::new(),
    };
    let folder = |name: &str, depth: usize, kind, folders, operations| ir::Folder {
        name: name.into(),
        docs: ir::Docs::default(),
        place: place(
            &"/item/0".repeat(depth),
            &["users", "{user Id}", "token"][..depth],
        ),
        kind,
        folders,
        operations,
    };
    let token = folder("token", 3, ir::FolderKind::Handle, vec![], vec![operation]);
    let id = folder("{user Id}", 2, ir::FolderKind::PathParameter, vec![token], vec![]);
    let users = folder("users", 1, ir::FolderKind::Handle, vec![id], vec![]);
    ir::Api {
        name: "Zoom API".into(),
        settings: vec![ir::Setting {
            name: "baseUrl".into(),
            default: Some("https://api.zoom.us/v2".into()),
            kind: ir::SettingKind::BaseUrl,
            docs: ir::Docs::default(),
            place: ir::Place::default(),
        }],
        credentials: vec![ir::Credential {
            kind: ir::AuthKind::OAuth2,
            place: at,
        }],
        root: ir::Folder {
            folders: vec![users],
            ..ir::Folder::default()
        },
        types,
        ..ir::Api::default()
    }
}

#[test]
fn the_seed_has_the_names_that_users_expect() {
    let root = rust::resolve(&seed(), "zoom", &Config::default());
    let files = render::files(&root, "zoom.json", Layout::Module);
    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["zoom/mod.rs", "zoom/users/mod.rs", "zoom/users/token.rs"]);
    let text: String = files.iter().map(|file| file.text.as_str()).collect();
    for expected in [
        "pub fn users(&self) -> users::Users<'_> {",
        "pub fn token(self) -> token::Token<'a> {",
        "pub fn get_a_user_token(",
        "pub fn r#type(self, r#type: impl ::core::convert::Into<GetAUserTokenType>) -> Self {",
        "pub fn ttl(self, ttl: i64) -> Self {",
        "pub token: ::core::option::Option<::std::string::String>,",
        "NotFound(()),",
        "pub use users::token::{",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    for file in &files {
        assert!(syn::parse_file(&file.text).is_ok());
    }
}
