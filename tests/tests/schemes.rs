//! The two tables of schemes of authentication, the generator's and the runtime's, say the same.

use std::collections::BTreeSet;
use std::fs;

use letterpress::ir::SCHEMES;
use letterpress_runtime::AuthKind;
use letterpress_tests::inputs::workspace;

#[test]
fn both_tables_have_the_same_schemes() {
    let generator: BTreeSet<String> = SCHEMES.iter().map(|scheme| scheme.name.to_owned()).collect();
    let runtime: BTreeSet<String> = AuthKind::ALL.iter().map(|kind| format!("{kind:?}")).collect();
    assert_eq!(generator, runtime);
    assert_eq!(runtime.len(), AuthKind::ALL.len());
}

#[test]
fn both_tables_have_the_same_methods_and_features() {
    for kind in AuthKind::ALL {
        let named = |scheme: &&letterpress::ir::Scheme| scheme.name == format!("{kind:?}");
        let scheme = SCHEMES.iter().find(named);
        let told = scheme.map(|scheme| (scheme.methods[0].name, scheme.feature));
        assert_eq!(told, Some((kind.method(), kind.feature())), "{kind:?}");
    }
}

/// A feature that generated code asks for must be one of the runtime, which must know to say so when it is off.
#[test]
fn features_exist_and_are_asked_for() {
    let read = |path: &str| fs::read_to_string(workspace().join(path)).unwrap_or_default();
    let (manifest, needs) = (read("runtime/Cargo.toml"), read("runtime/src/needs.rs"));
    for feature in SCHEMES.iter().filter_map(|scheme| scheme.feature) {
        assert!(manifest.contains(&format!("\n{feature} = [")), "{feature}");
        assert!(needs.contains(&format!("\"{feature}\"")), "{feature}");
    }
}

/// A constructor that a method calls must be one of the runtime, by the arguments that it is given.
#[test]
fn constructors_exist() {
    let path = workspace().join("runtime/src/auth/credential.rs");
    let text = fs::read_to_string(path).unwrap_or_default();
    for method in SCHEMES.iter().flat_map(|scheme| scheme.methods) {
        let start = format!("pub fn {}(", method.constructor);
        let found = text
            .split(&start)
            .nth(1)
            .and_then(|rest| rest.split(") ->").next());
        let args = found.map(|args| args.matches(": impl Into<String>").count());
        assert_eq!(args, Some(method.args.len()), "{}", method.name);
    }
}
