//! Names of parts, by the keys that lead to them and the path of their operation.

use super::*;

fn named(method: &str, url: &str, role: ir::Role, path: &str) -> String {
    let mut operation = ir::Operation::default();
    method.clone_into(&mut operation.method);
    url.clone_into(&mut operation.url.base);
    let field = ir::StructField {
        key: "id".to_owned(),
        ty: ir::Type::String,
        ..ir::StructField::default()
    };
    let path: Vec<String> = path.split_whitespace().map(str::to_owned).collect();
    let def = ir::TypeDef {
        origin: ir::Origin {
            operation: ir::OperationId::default(),
            operation_name: String::new(),
            role,
            path: path.clone(),
        },
        kind: ir::TypeKind::Struct(vec![field]),
        docs: ir::Docs::default(),
        sent: false,
        received: true,
        name: None,
        declared: None,
        is_declared: false,
        is_closed: false,
        example: None,
    };
    let steps = type_name::words_of_steps(&path);
    let mut names = names(&def, &steps, None, Resource::of(&operation).as_ref());
    names.dedup();
    names.join(" ")
}

#[test]
fn parts_of_answers_are_called_by_their_keys_or_by_the_path() {
    let ok = ir::Role::Result(200.into());
    for (method, url, path, expected) in [
        ("GET", "/users", "[]", "User UserSummary"),
        ("GET", "/users", "data []", "User UserSummary"),
        ("GET", "/users", "data items []", "User UserSummary"),
        ("GET", "/users", "meta items []", "User UserSummary"),
        ("GET", "/users", "values [] content", ""),
        ("GET", "/teams/:id/users", "[]", "User TeamUser UserSummary"),
        ("GET", "/users", "data", ""),
        ("GET", "/users", "", ""),
        ("GET", "/users/:id", "", "User UserDetails"),
        ("GET", "/defaults/:id", "", "DefaultDetails"),
        ("GET", "/org/defaults/:id", "", "OrgDefault DefaultDetails"),
        ("GET", "/entries/:id", "entry", "Entry"),
        ("GET", "/users/:id", "data", "User UserDetails"),
        ("POST", "/users", "", "User UserDetails"),
        ("POST", "/users", "[]", "User UserSummary"),
        ("POST", "/orders", "items []", "OrderItem"),
        ("GET", "/orders/:id", "items []", "OrderItem"),
        ("GET", "/orders/:id", "[]", ""),
        ("GET", "/orders/:id", "customer", "Customer OrderCustomer"),
        ("GET", "/orders", "customer", "Customer"),
        ("GET", "/orders/:id", "orders", "Orders"),
        (
            "GET",
            "/orders/:id",
            "customer billingAddress",
            "BillingAddress CustomerBillingAddress",
        ),
        ("GET", "/orders/:id", "customer customerType", "CustomerType"),
        ("GET", "/orders/:id", "customer type", "CustomerType"),
        ("GET", "/orders/:id", "type", "OrderType"),
        ("GET", "/status", "type", ""),
        ("GET", "/status", "params registration", "Registration"),
        ("GET", "/users/:id", "attributes", "UserAttributes"),
        ("GET", "/status", "", ""),
    ] {
        assert_eq!(
            named(method, url, ok.clone(), path),
            expected,
            "{method} {url} {path}"
        );
    }
}

#[test]
fn parts_of_requests_say_so() {
    for (path, expected) in [
        ("address", "AddressInput OrderAddressInput"),
        ("userInput", "UserInput OrderUserInput"),
        ("items []", "OrderItemInput"),
        ("type", "OrderTypeInput"),
        ("data", "OrderInput CreateOrderInput"),
        ("[]", "OrderInput CreateOrderInput"),
        ("client", "ClientInput OrderClientInput"),
        ("order", "OrderInput"),
        ("", ""),
    ] {
        assert_eq!(named("POST", "/orders", ir::Role::Body, path), expected, "{path}");
    }
    assert_eq!(
        named("PUT", "/entries/:id", ir::Role::Body, "entry"),
        "EntryInput"
    );
    let sort = ir::Role::Param("sort_by".to_owned());
    assert_eq!(named("GET", "/orders", sort.clone(), ""), "OrderSortBy");
    assert_eq!(named("GET", "/search", sort, ""), "");
    assert_eq!(
        named("GET", "/orders", ir::Role::Error(404.into()), "address"),
        ""
    );
}
