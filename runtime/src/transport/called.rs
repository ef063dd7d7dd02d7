//! Which operation a request is of, for transports that answer or measure by operation.
//!
//! In: the type of the call and the module of the client, as the compiler writes their paths. Out: the path between
//! them, which the generator knows too. Nothing of it is sent.

use crate::client::Inner;
use std::fmt;
use std::sync::Weak;

/// The operation that a request is of; an extension of the requests of generated clients.
///
/// ```
/// # use letterpress_runtime::{http, transport::{Called, Payload}};
/// fn name(request: &http::Request<Payload>) -> &str {
///     request.extensions().get::<Called>().map_or("unknown", Called::operation)
/// }
/// ```
#[derive(Clone)]
pub struct Called {
    /// Weak, as a transport that keeps requests would keep itself by them.
    #[cfg_attr(not(feature = "replay"), expect(dead_code, reason = "only replay asks it"))]
    client: Weak<Inner>,
    operation: &'static str,
}

impl Called {
    /// The operation of this type, in a client of this module; `None` if the one is not below the other.
    pub(crate) fn new(client: Weak<Inner>, module: &str, ty: &'static str) -> Option<Self> {
        let operation = below(module, ty)?;
        Some(Self { client, operation })
    }

    /// The path of the call's type from the client's module: `users::token::GetAUserToken`. It is stable as the names of
    /// generated code are, and the same whatever the crate is called.
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// The clock of the client.
    #[cfg(feature = "replay")]
    pub(crate) fn clock(&self) -> Option<std::sync::Arc<dyn crate::wire::Clock>> {
        Some(std::sync::Arc::clone(&self.client.upgrade()?.clock))
    }

    /// What a variable of the collection stands for in the client; `None` if it says nothing of it, or is gone.
    #[cfg(feature = "replay")]
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        self.client.upgrade()?.value(name)
    }
}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Called").field(&self.operation).finish()
    }
}

fn below<'a>(module: &str, ty: &'a str) -> Option<&'a str> {
    let path = match ty.strip_prefix(module).and_then(|rest| rest.strip_prefix("::")) {
        Some(path) if !module.is_empty() => path,
        Some(_) | None => below_raw(module, ty)?,
    };
    (!path.contains('<')).then_some(path)
}

/// The same where one writes names raw that the other does not.
fn below_raw<'a>(module: &str, ty: &'a str) -> Option<&'a str> {
    let mut path = ty;
    for name in module.split("::") {
        let (first, rest) = path.split_once("::")?;
        if plain(first) != plain(name) {
            return None;
        }
        path = rest;
    }
    Some(path)
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::below;

    struct Local;

    #[test]
    fn a_type_is_found_below_its_module() {
        // The compiler promises no form of these names; without this one requests are only told by what they ask.
        let ty = std::any::type_name::<Local>();
        assert_eq!(below(module_path!(), ty), Some("Local"));
        assert_eq!(
            below("letterpress_runtime::transport", ty),
            Some("called::tests::Local")
        );
        for module in ["", "letterpress", "letterpress_runtime::trans", "other"] {
            assert_eq!(below(module, ty), None, "{module}");
        }
        assert_eq!(below("a", "a::Get<a::T>"), None);
        assert_eq!(below("a::r#type", "a::type::r#move::Get"), Some("r#move::Get"));
    }
}
