//! Writes the neutral model down as a short outline, for snapshots that people read.
//!
//! In: an `ir::Api`. Out: one line per fact, indented by what it belongs to; what is absent or off is not
//! written. It invents nothing: every line repeats a field.

mod types;

use std::fmt::Display;

use letterpress::ir::{
    Api, Behavior, Body, Child, Docs, Entry, Field, FieldContent, Folder, FolderKind, GraphQlVariables,
    Operation, Outcome, Param, Presence, RawContent, Sent, VariableRole,
};

/// The outline of an API.
pub fn outline(api: &Api) -> String {
    let mut out = Outline::default();
    out.line(format!("api {:?} in {}", api.name, api.place.file));
    out.nested(|out| {
        out.docs(&api.docs);
        for variable in &api.variables {
            let role = match variable.role {
                VariableRole::Setting => "setting",
                VariableRole::Example => "example",
            };
            let script = if variable.set_by_script {
                ", set by a script"
            } else {
                ""
            };
            out.line(format!(
                "{role} {:?} {:?} = {:?}{script}",
                variable.name, variable.kind, variable.default
            ));
            out.nested(|out| out.docs(&variable.docs));
        }
        for environment in &api.environments {
            out.line(format!(
                "environment {:?} of {}",
                environment.name, environment.place.file
            ));
            out.pairs(&environment.values);
        }
        for credential in &api.credentials {
            out.line(format!(
                "credential {:?} first at {}",
                credential.scheme, credential.place.at
            ));
        }
        out.folder_content(&api.root);
        types::write(out, &api.types);
    });
    out.text
}

/// Text with a current indentation.
#[derive(Default)]
struct Outline {
    text: String,
    depth: usize,
}

impl Outline {
    fn line(&mut self, line: impl Display) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(&line.to_string());
        self.text.push('\n');
    }

    fn nested(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn docs(&mut self, docs: &Docs) {
        if !docs.is_empty() {
            self.line(format!("docs {:?}", docs.text));
        }
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            self.line(format!("  {name:?} = {value:?}"));
        }
    }

    fn folder_content(&mut self, folder: &Folder) {
        for child in &folder.children {
            let folder = match child {
                Child::Operation(operation) => {
                    self.operation(operation);
                    continue;
                }
                Child::Folder(folder) => folder,
            };
            let kind = match folder.kind {
                FolderKind::Handle => "folder",
                FolderKind::PathParameter => "folder naming a path parameter",
            };
            self.line(format!("{kind} {:?} at {}", folder.name, folder.place.at));
            self.nested(|out| {
                out.docs(&folder.docs);
                out.folder_content(folder);
            });
        }
    }

    fn operation(&mut self, operation: &Operation) {
        self.line(format!(
            "{} {:?} at {}",
            operation.method, operation.name, operation.place.at
        ));
        self.nested(|out| {
            out.docs(&operation.docs);
            out.request(operation);
            operation.params.iter().for_each(|param| out.param(param));
            out.body(&operation.body);
            for auth in operation.security.uses() {
                out.line(format!("auth {:?} of {:?}", auth.scheme, auth.place.at.token()));
                out.pairs(&auth.params);
            }
            let behavior = &operation.behavior;
            if *behavior != Behavior::default() {
                out.line(format!("{behavior:?}"));
            }
            operation
                .results
                .iter()
                .for_each(|outcome| out.outcome("result", outcome));
            operation
                .errors
                .iter()
                .for_each(|outcome| out.outcome("error", outcome));
        });
    }

    fn request(&mut self, operation: &Operation) {
        let url = &operation.url;
        let question_mark = if url.bare_question_mark {
            " with a bare ?"
        } else {
            ""
        };
        self.line(format!("url {:?}{question_mark}", url.base));
        for variable in &url.path_variables {
            self.line(format!("path {:?} = {:?}", variable.name, variable.saved));
        }
        url.query.iter().for_each(|entry| self.entry("query", entry));
        operation
            .headers
            .iter()
            .for_each(|entry| self.entry("header", entry));
    }

    fn entry(&mut self, what: &str, entry: &Entry) {
        let sent = match entry.sent {
            Sent::Always => "always",
            Sent::Saved => "if saved or set",
            Sent::Fresh => "afresh unless set",
            Sent::WhenSet => "only if set",
            Sent::WhenGiven => "if its variables are given",
        };
        self.line(format!("{what} {:?} = {:?}, {sent}", entry.key, entry.value));
    }

    fn param(&mut self, param: &Param) {
        let presence = match param.presence {
            Presence::Required => "argument",
            Presence::Optional => "setter",
        };
        let saved = param
            .saved
            .as_ref()
            .map(|saved| format!(", saved {saved:?}"))
            .unwrap_or_default();
        let many = if param.many { " many" } else { "" };
        self.line(format!(
            "{presence}{many} {:?}: {:?} for {:?}{saved}",
            param.name, param.ty, param.place
        ));
        self.nested(|out| out.docs(&param.docs));
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::None => {}
            Body::Raw(raw) => {
                let comments = if raw.strip_comments {
                    ", comments stripped"
                } else {
                    ""
                };
                let content = match &raw.content {
                    RawContent::Json(ty) => format!("JSON of {ty:?}"),
                    RawContent::Text => "text".to_owned(),
                };
                self.line(format!("raw body ({:?}{comments}): {content}", raw.language));
                self.nested(|out| out.line(format!("{:?}", raw.text)));
            }
            Body::UrlEncoded { fields, ty } => self.form("urlencoded", fields, ty),
            Body::FormData { fields, ty } => self.form("formdata", fields, ty),
            Body::File { src, content } => self.line(format!("file body {src:?}, inline {content:?}")),
            Body::GraphQl(graphql) => {
                self.line(format!("graphql body: variables {:?}", graphql.ty));
                self.nested(|out| {
                    out.line(format!(
                        "query {:?} named {:?}",
                        graphql.query, graphql.operation_name
                    ));
                    if let GraphQlVariables::Text(text) = &graphql.variables {
                        out.line(format!("variables {text:?}"));
                    }
                    if let Some(text) = &graphql.saved_text {
                        out.line(format!("instead {text:?}"));
                    }
                });
            }
        }
    }

    fn form(&mut self, kind: &str, fields: &[Field], ty: &impl std::fmt::Debug) {
        self.line(format!("{kind} body: {ty:?}"));
        self.nested(|out| fields.iter().for_each(|field| out.field(field)));
    }

    fn field(&mut self, field: &Field) {
        let content = match &field.content {
            FieldContent::Text(text) => format!("{text:?}"),
            FieldContent::Files { src, file_name } => format!("files {src:?} named {file_name:?}"),
            FieldContent::Inline { base64, file_name } => format!("inline {base64:?} named {file_name:?}"),
        };
        let ty = field
            .content_type
            .as_ref()
            .map(|ty| format!(", of type {ty:?}"))
            .unwrap_or_default();
        let disabled = if field.disabled { ", disabled" } else { "" };
        let required = if field.required { ", required" } else { "" };
        self.line(format!("{:?} = {content}{ty}{disabled}{required}", field.key));
        self.nested(|out| out.docs(&field.docs));
    }

    fn outcome(&mut self, what: &str, outcome: &Outcome) {
        self.line(format!("{what} {}: {:?}", outcome.status, outcome.body));
        self.nested(|out| {
            for sample in &outcome.samples {
                out.line(format!(
                    "sample {:?} ({:?}, {:?})",
                    sample.name, sample.reason, sample.media_type
                ));
                out.nested(|out| out.docs(&sample.docs));
            }
        });
    }
}
