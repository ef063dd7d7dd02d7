//! What is the same thing, and what only looks like it.

use super::*;

#[test]
fn words_are_told_by_case_and_marks() {
    for (text, words) in [
        ("users", "user"),
        ("shippingAddresses", "shipping address"),
        ("shipping_address", "shipping address"),
        ("userIDs", "user id"),
        ("ID", "id"),
        ("IDToken", "id token"),
        ("identity-providers", "identity provider"),
        ("Get a user token ", "get a user token"),
        ("categories2", "category"),
        ("s", "s"),
        ("42", ""),
        ("", ""),
    ] {
        assert_eq!(words_of(text).join(" "), words, "{text}");
    }
}

#[test]
fn operations_are_about_their_paths_and_names() {
    let words = |name: &str, path: &str| of_operation(name, path).join(" ");
    assert_eq!(
        words(
            "Create team members",
            "https://a.example/api/v1/orgs/:id/teams?x=y"
        ),
        "team"
    );
    assert_eq!(words("Get one by ID", "{{baseUrl}}/users/{id}"), "user");
    assert_eq!(words("List pet shops", "{{baseUrl}}"), "shop");
    assert_eq!(words("", "{{baseUrl}}/payment-methods/:id/"), "payment method");
    assert_eq!(words("", "{{baseUrl}}/api/getUsers"), "user");
    assert_eq!(words("", "{{baseUrl}}/users/search"), "user");
    assert_eq!(words("", "{{baseUrl}}"), "");
}

const OK: Role = Role::Result(crate::ir::Status::Exact(200));

/// What stands at a place of an operation, with so many fields, one of which tells it from others.
fn subject(operation: usize, role: Role, path: &str, about: &str, fields: usize) -> Subject {
    let origin = Origin {
        operation: OperationId(operation),
        operation_name: String::new(),
        role,
        path: path.split_whitespace().map(str::to_owned).collect(),
    };
    let keys = ["userId", "a", "b", "c", "d", "e", "f", "g"];
    Subject::of(&origin, &of_operation("", about), keys.into_iter().take(fields))
}

/// Whether what looks like the one, which comes first, is the same thing at the other place.
fn agree(one: &Subject, other: &Subject) -> bool {
    let mut group = Group::default();
    group.note(one.clone(), ());
    group.find(other).is_some()
}

#[test]
fn what_looks_the_same_is_the_same_only_if_it_is_about_the_same() {
    let users = subject(0, OK, "data users []", "/x", 1);
    for (other, expected) in [
        (subject(1, OK, "user", "/teams", 1), true),
        (subject(1, OK, "createdUser", "/teams", 1), true),
        (subject(1, OK, "", "/users/:id", 1), true),
        (subject(1, OK, "data []", "/users", 1), true),
        (subject(1, OK, "data", "/users/:id/teams", 1), false),
        (subject(1, OK, "tags []", "/users", 1), false),
        (subject(1, OK, "owner", "/teams", 1), false),
        (subject(0, OK, "owner", "/users", 1), false),
        (subject(0, OK, "", "/teams", 1), true),
        (subject(1, OK, "", "/teams", 1), false),
    ] {
        assert_eq!(agree(&users, &other), expected, "{other:?}");
    }
    let created = subject(0, OK, "createdUser", "/teams", 1);
    assert!(!agree(&created, &subject(1, OK, "user", "/teams", 1)));
    // What holds anything is something where the path says so.
    let entry = |operation, about| subject(operation, OK, "x entry", about, 1);
    assert!(agree(&entry(0, "/entries"), &entry(1, "/entries/:id")));
    assert!(!agree(&entry(0, "/x"), &entry(1, "/y")));
    let many = |operation, path| subject(operation, OK, path, "/x", MANY);
    assert!(agree(&many(0, "user"), &many(1, "owner")));
}

#[test]
fn two_addresses_of_one_body_are_addresses() {
    let part = |key| subject(0, OK, key, "/x", 1);
    assert!(agree(&part("billingAddress"), &part("shipping_address")));
    assert!(!agree(&part("billingData"), &part("shippingData")));
    assert!(!agree(&part("region"), &part("planType")));
    assert!(!agree(&part("created_by"), &part("completed_by")));
}

#[test]
fn members_of_several_are_one_of_them() {
    let part = |operation, path| subject(operation, OK, path, "/x", 1);
    assert!(agree(&part(0, "links self"), &part(0, "links next")));
    assert!(agree(&part(0, "links self"), &part(0, "links all []")));
    assert!(!agree(&part(0, "status self"), &part(0, "status next")));
    assert!(!agree(&part(0, "links [] self"), &part(0, "links [] next")));
    assert!(!agree(&part(0, "links self"), &part(1, "links next")));
    let mut group = Group::default();
    group.note(part(0, "links self"), ());
    group.note(part(0, "links next"), ());
    assert!(group.find(&part(1, "links first")).is_some());
}

#[test]
fn what_became_of_a_request_is_no_thing() {
    // Without an identity: of the key that has one, nothing is left.
    let done = |operation, fields| {
        let mut subject = subject(operation, OK, "", "/users", fields);
        subject.identified = false;
        subject
    };
    assert!(!agree(&done(0, 1), &done(1, 1)));
    assert!(agree(&done(0, MANY_OF_ANSWER), &done(1, MANY_OF_ANSWER)));
    let body = subject(0, Role::Body, "", "/users", MANY);
    assert!(!agree(&body, &subject(1, Role::Body, "user", "/x", MANY)));
}

#[test]
fn errors_are_alike() {
    let error = subject(0, Role::Error(404.into()), "errors []", "/x", 1);
    assert!(agree(
        &error,
        &subject(1, Role::Error(400.into()), "details", "/y", 1)
    ));
    assert!(!agree(&error, &subject(1, OK, "details", "/y", 1)));
}

#[test]
fn the_first_type_of_a_name_keeps_it() {
    let part = |operation, key| subject(operation, OK, key, "", 1);
    let mut group = Group::default();
    group.note(part(0, "user"), 'a');
    group.note(part(1, "tag"), 'b');
    group.note(part(1, "user"), 'c');
    for (operation, key, expected) in [
        (2, "users", Some('a')),
        (2, "tags", Some('b')),
        (1, "users", Some('c')),
        (2, "x", None),
    ] {
        assert_eq!(group.find(&part(operation, key)), expected, "{key}");
    }
}
