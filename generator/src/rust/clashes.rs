//! Names that a user gave and that something else has: they cannot be given as they were written.
//!
//! In: all names, and the overrides. Out: an error for each such override, with what has the name. The collection's own
//! names are told apart silently, but one who writes a name down counts on it.

use super::call::RUNTIME;
use super::call_name;
use super::name::{self, Case};
use super::names::{CallNames, ModuleNames, Names};
use super::types::{self, TypeItemKind};
use crate::config::file;
use crate::config::overrides::{Overrides, ValueOverride, Written};
use crate::diag::Sink;
use crate::ir;

/// Reports names that were given and are not free.
pub fn report(names: &Names<'_>, overrides: &Overrides, sink: &mut Sink) {
    if overrides.items.is_empty() && overrides.folders.is_empty() {
        return;
    }
    let mut cx = Cx { overrides, sink };
    for module in names.modules() {
        for call in &module.calls {
            cx.function(module, call);
            cx.params(call.operation);
        }
        cx.folder(module);
        cx.folders(module);
        let types = module
            .calls
            .iter()
            .flat_map(|call| &call.types)
            .chain(&module.types);
        for id in types {
            cx.ty(names, *id);
        }
    }
}

struct Cx<'a> {
    overrides: &'a Overrides,
    sink: &'a mut Sink,
}

impl<'a> Cx<'a> {
    fn function(&mut self, module: &ModuleNames<'_>, call: &CallNames<'_>) {
        let mut items = self.overrides.items.iter();
        let found = items.find(|item| item.selector.matches(&call.operation.place));
        let Some(item) = found.filter(|item| item.name.is_some()) else {
            return;
        };
        let wanted = wanted(call);
        let is_other = |other: &&CallNames<'_>| other.operation.id != call.operation.id;
        let mut others = module.calls.iter().filter(is_other);
        let is_same = |other: &CallNames<'_>| item.selector.matches(&other.operation.place);
        if others.clone().any(is_same) {
            // That the words name several was reported.
            return;
        }
        if let Some(other) = others.find(|other| self::wanted(other) == wanted) {
            let other = other.operation.place.breadcrumb.join(" > ");
            return self.error(
                &item.selector.written,
                "function",
                &wanted,
                &format!("of `{other}`"),
            );
        }
        let mut folders = module.modules.iter();
        if let Some(folder) =
            folders.find(|module| name::name(&module.folder.name, Case::Snake, "folder") == wanted)
        {
            let folder = folder.folder.place.breadcrumb.join(" > ");
            return self.error(
                &item.selector.written,
                "function",
                &wanted,
                &format!("of the folder `{folder}`"),
            );
        }
        if call.function.as_str().starts_with(&wanted) && call.function.as_str() != wanted {
            self.error(&item.selector.written, "function", &wanted, "of letterpress");
        }
    }

    fn params(&mut self, operation: &ir::Operation) {
        let items = self.overrides.items.iter();
        let of_item = items.filter(|item| item.selector.matches(&operation.place));
        for said in of_item.flat_map(|item| &item.values) {
            let (ir::Role::Param(_), Some(name)) = (&said.role, &said.name) else {
                continue;
            };
            let wanted = name::name(name, Case::Snake, "value");
            let same = |param: &&ir::Param| name::name(&param.name, Case::Snake, "value") == wanted;
            let setter = operation
                .params
                .iter()
                .filter(same)
                .any(|param| param.presence == ir::Presence::Optional);
            if operation.params.iter().filter(same).count() > 1 {
                self.error(&said.written, "parameter", &wanted, "of another parameter");
            } else if setter && RUNTIME.contains(&wanted.as_str()) {
                self.error(&said.written, "setter", &wanted, "of letterpress");
            }
        }
    }

    fn folder(&mut self, module: &ModuleNames<'_>) {
        let mut folders = self.overrides.folders.iter();
        let found = folders.find(|folder| folder.selector.matches(&module.folder.place));
        let Some((folder, name)) = found.and_then(|folder| Some((folder, folder.name.as_ref()?))) else {
            return;
        };
        let wanted = name::name(name, Case::Snake, "folder");
        if module.index != 0 && module.function.as_str() != wanted {
            self.error(
                &folder.selector.written,
                "function",
                &wanted,
                "of something else there",
            );
        }
    }

    /// Folders of one name are one module, but not because a user called one as the other is called.
    fn folders(&mut self, module: &ModuleNames<'_>) {
        let folders = || std::iter::once(module.folder).chain(module.more.iter().copied());
        let overrides = self.overrides.folders.iter();
        for said in overrides.filter(|said| said.name.is_some()) {
            let is_said = |folder: &&ir::Folder| said.selector.matches(&folder.place);
            if let (true, Some(other)) = (
                folders().any(|folder| is_said(&folder)),
                folders().find(|folder| !is_said(folder)),
            ) {
                let other = other.place.breadcrumb.join(" > ");
                let whose = format!("of the folder `{other}`");
                return self.error(&said.selector.written, "folder", module.function.as_str(), &whose);
            }
        }
    }

    fn ty(&mut self, names: &Names<'_>, id: ir::TypeId) {
        let def = names.def(id);
        if let Some(name) = &def.name {
            let wanted = name::name(name, Case::Camel, "Type");
            if names.home(id).ident.as_str() != wanted {
                let written = self.written(|said| said.type_name.as_ref() == Some(name));
                self.error(written, "type", &wanted, "of something else there");
            }
        }
        match &def.kind {
            ir::TypeKind::Struct(fields) if fields.iter().any(|field| field.name.is_some()) => {
                let given = fields.iter().map(|field| field.name.as_deref());
                self.members(given.collect(), &types::item(names, id, None).kind);
            }
            ir::TypeKind::OpenEnum(values) if values.iter().any(|value| value.name.is_some()) => {
                let given = values.iter().map(|value| value.name.as_deref());
                self.members(given.collect(), &types::item(names, id, None).kind);
            }
            ir::TypeKind::Struct(_) | ir::TypeKind::OpenEnum(_) | ir::TypeKind::Union(_) => {}
        }
    }

    /// Fields or variants, by the names that they were given.
    fn members(&mut self, given: Vec<Option<&str>>, kind: &TypeItemKind) {
        let (what, case, made): (_, _, Vec<&str>) = match kind {
            TypeItemKind::Struct(strukt) => {
                let idents = strukt.fields.iter().map(|field| field.ident.as_str());
                ("field", Case::Snake, idents.collect())
            }
            TypeItemKind::OpenEnum(variants) => {
                let idents = variants.iter().map(|variant| variant.ident.as_str());
                ("variant", Case::Camel, idents.collect())
            }
            // No override names an alternative.
            TypeItemKind::Union(_) => return,
        };
        for (name, own) in given.into_iter().zip(&made) {
            let Some(name) = name else { continue };
            let wanted = name::name(name, case, what);
            let displaces = made
                .iter()
                .any(|other| other != own && is_numbered(other, &wanted));
            if *own != wanted || displaces {
                let written = self.written(|said| {
                    said.name.as_deref() == Some(name) || said.variants.iter().any(|(_, given)| given == name)
                });
                self.error(written, what, &wanted, &format!("of another {what}"));
            }
        }
    }

    /// Where the last override of this kind was written: of equal names that one is too much.
    fn written(&self, is_it: impl Fn(&ValueOverride) -> bool) -> &'a Written {
        let values = self.overrides.items.iter().flat_map(|item| &item.values);
        values
            .filter(|said| is_it(said))
            .last()
            .map_or(&NOWHERE, |said| &said.written)
    }

    fn error(&mut self, written: &Written, what: &str, name: &str, whose: &str) {
        let message = format!("the {what} cannot be called `{name}`: that is the name {whose}");
        let help = "choose a name that is free, or give the other one another name too";
        file::report(self.sink, written, message, help);
    }
}

/// The name of an operation's function, if nothing else has it.
fn wanted(call: &CallNames<'_>) -> String {
    name::join(&call_name::words(call.operation), Case::Snake)
}

/// Whether a name is this one with a number.
fn is_numbered(name: &str, wanted: &str) -> bool {
    let number = name.strip_prefix(wanted).map(|rest| rest.trim_start_matches('_'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A target that was written by nobody.
static NOWHERE: Written = Written {
    file: String::new(),
    position: None,
    line: String::new(),
};

#[cfg(test)]
mod tests {
    use super::is_numbered;

    #[test]
    fn numbers_are_seen() {
        assert!(is_numbered("token_2", "token") && is_numbered("Token2", "Token"));
        assert!(!is_numbered("token", "token") && !is_numbered("token_type", "token"));
    }
}
