//! What of a saved request a caller gives, what a client is configured with, and what is sent as it stands.
//!
//! In: operations as they were saved: addresses, entries and bodies with their `{{variables}}`. Out: the same with
//! parameters, with the role of each variable, and with the moment at which each entry is sent. A sample is not intent:
//! an id is an argument even where the collection holds one, and a header that names one call goes out when it is set.
//! It knows neither where a model came from nor what its parts are called in Rust.

mod body_fields;
mod census;
mod header_names;
mod headers;
mod path;
mod query;
mod roles;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{
    Api, Body, Docs, Entry, Operation, Param, ParamPlace, Place, Presence, Sent, Type, Variable,
    VariableKind, VariableRole, template,
};
use census::Census;

/// The pass.
pub fn choose_arguments(api: &mut Api, _config: &Config, _sink: &mut Sink) {
    let census = Census::of(api);
    roles::assign(api, &census);
    let settings: BTreeSet<String> = api
        .variables
        .iter()
        .filter(|variable| variable.role == VariableRole::Setting)
        .map(|variable| variable.name.clone())
        .collect();
    let habits = headers::Habits::of(api);
    let values = Values::of(api);
    api.root.visit_mut(&mut |operation| {
        let arguments = path::arguments(operation, &census, &settings, &values);
        let mut chooser = Chooser {
            settings: &settings,
            values: &values,
            params: arguments,
            given: BTreeSet::new(),
        };
        chooser.choose(operation, &habits);
        let mut params = chooser.params;
        for param in &mut params {
            as_declared(param, operation);
        }
        params.shrink_to_fit();
        operation.params = params;
        let is_shared =
            |fill: &(String, String)| census.shared_fields.contains(fill) && settings.contains(&fill.1);
        operation.fills = body_fields::filled(operation)
            .into_iter()
            .filter(is_shared)
            .collect();
    });
}

/// Takes what is declared of a parameter for what it is.
fn as_declared(param: &mut Param, operation: &Operation) {
    let Some(declared) = operation.declared_of(&param.place) else {
        return;
    };
    param.ty = declared.ty.clone();
    param.is_declared = true;
    let entry = match param.place {
        ParamPlace::Query(at) => operation.url.query.get(at),
        ParamPlace::Header(at) => operation.headers.get(at),
        ParamPlace::Path(_) | ParamPlace::Variable(_) => None,
    };
    // What is sent by itself, or was switched off, need not be given all the same.
    let may_be_left = entry.is_some_and(|entry| entry.disabled || entry.sent != Sent::Saved);
    if declared.required && !may_be_left {
        param.presence = Presence::Required;
    }
}

/// What chooses for one operation.
struct Chooser<'a> {
    settings: &'a BTreeSet<String>,
    values: &'a Values,
    params: Vec<Param>,
    /// Variables that arguments of the operation stand for.
    given: BTreeSet<String>,
}

impl Chooser<'_> {
    fn choose(&mut self, operation: &mut Operation, habits: &headers::Habits) {
        self.given = self.params.iter().filter_map(variable_name).collect();
        let mut loose = self.body_variables(operation);
        query::choose(self, operation);
        headers::choose(self, operation, habits);
        loose.extend(self.name_setters(operation));
        self.params.extend(loose);
    }

    /// Whether a variable has its value before anything is given for the call: a setting, an argument of the path, or
    /// one that is made for each call.
    fn is_known(&self, name: &str) -> bool {
        template::is_dynamic(name) || self.settings.contains(name) || self.given.contains(name)
    }

    /// Whether all variables of a text are known.
    fn is_filled(&self, text: &str) -> bool {
        template::variables(text).all(|name| self.is_known(name))
    }

    /// Variables that stand in names of entries: nothing else could fill them.
    fn name_setters(&mut self, operation: &Operation) -> Vec<Param> {
        let entries = operation.url.query.iter().chain(&operation.headers);
        let mut params: Vec<Param> = Vec::new();
        for entry in entries {
            for name in entry.key.iter().flat_map(|key| template::variables(key)) {
                params.extend(self.param(name, Presence::Optional, &entry.place));
            }
        }
        params
    }

    /// Variables of what is sent of a body whatever the caller gives: a query document, names of entries.
    fn body_variables(&mut self, operation: &Operation) -> Vec<Param> {
        let mut params = Vec::new();
        let texts = if operation.drops_body {
            Vec::new()
        } else {
            fixed_texts(&operation.body)
        };
        for (text, presence) in texts {
            for name in template::variables(text) {
                params.extend(self.param(name, presence, &operation.place));
            }
        }
        params
    }

    /// A parameter for a variable that nothing else fills.
    fn param(&mut self, name: &str, presence: Presence, place: &Place) -> Option<Param> {
        if self.is_known(name) {
            return None;
        }
        self.given.insert(name.to_owned());
        Some(self.values.param(name, presence, place))
    }
}

/// Texts of a body in whose place no caller gives anything, and whether their variables must be given.
fn fixed_texts(body: &Body) -> Vec<(&str, Presence)> {
    match body {
        Body::None | Body::File { .. } | Body::Raw(_) => Vec::new(),
        Body::UrlEncoded { fields, .. } | Body::FormData { fields, .. } => {
            let keys = fields.iter().filter_map(|field| field.key.as_deref());
            keys.map(|key| (key, Presence::Optional)).collect()
        }
        Body::GraphQl(graphql) => {
            let documents = graphql.query.iter().chain(&graphql.operation_name);
            documents
                .map(|text| (text.as_str(), Presence::Required))
                .collect()
        }
    }
}

/// A parameter that an entry of the query or the headers stands for.
fn entry_param(entry: &Entry, place: ParamPlace) -> Param {
    let presence = match entry.sent {
        Sent::Saved if entry.docs.says_required() => Presence::Required,
        Sent::Always | Sent::Saved | Sent::Fresh | Sent::WhenSet | Sent::WhenGiven => Presence::Optional,
    };
    Param {
        name: entry.key.clone().unwrap_or_default(),
        place,
        presence,
        many: false,
        style: None,
        ty: Type::String,
        is_declared: false,
        default: None,
        deprecated: false,
        saved: entry.value.clone(),
        docs: entry.docs.clone(),
        source: entry.place.clone(),
    }
}

/// What the collection holds for variables: examples of what callers give.
struct Values(BTreeMap<String, (String, Docs)>);

impl Values {
    fn of(api: &Api) -> Self {
        let known = api
            .variables
            .iter()
            .filter(|variable| variable.kind != VariableKind::Secret);
        let value = |variable: &Variable| {
            let value = variable.default.clone().unwrap_or_default();
            (variable.name.clone(), (value, variable.docs.clone()))
        };
        Self(known.map(value).collect())
    }

    /// A parameter that fills a variable wherever it stands in an operation.
    fn param(&self, name: &str, presence: Presence, place: &Place) -> Param {
        let (saved, docs) = self.0.get(name).cloned().unwrap_or_default();
        Param {
            name: name.to_owned(),
            place: ParamPlace::Variable(name.to_owned()),
            presence,
            many: false,
            style: None,
            ty: Type::String,
            is_declared: false,
            default: None,
            deprecated: false,
            saved: Some(saved).filter(|saved| !saved.is_empty() && !template::has_variables(saved)),
            docs,
            source: place.clone(),
        }
    }
}

fn variable_name(param: &Param) -> Option<String> {
    match &param.place {
        ParamPlace::Variable(name) => Some(name.clone()),
        ParamPlace::Path(_) | ParamPlace::Query(_) | ParamPlace::Header(_) => None,
    }
}
