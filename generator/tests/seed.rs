//! The seed collection through the front end: what it is understood as.

use letterpress::config::Config;
use letterpress::diag::Sink;
use letterpress::frontend::{self, Source};
use letterpress::ir::{FolderKind, ParamPlace, Presence, Sent, VariableKind};
use letterpress::passes::choose_arguments::choose_arguments;

#[test]
fn the_seed_is_understood() {
    let text = include_str!("../../collections/zoom.postman_collection.json");
    let mut sink = Sink::default();
    let source = Source::new("zoom.postman_collection.json", text);
    let config = Config::default();
    let mut api = frontend::read(&source, &config, &mut sink).unwrap();
    choose_arguments(&mut api, &config, &mut sink);
    assert_eq!(sink.into_diagnostics(), []);

    let setting = &api.variables[0];
    assert_eq!(
        (setting.name.as_str(), setting.kind),
        ("baseUrl", VariableKind::BaseUrl)
    );
    assert_eq!(setting.default.as_deref(), Some("https://api.zoom.us/v2"));
    let user_id = api.root.folders().next().unwrap().folders().next().unwrap();
    assert_eq!(
        (user_id.name.as_str(), user_id.kind),
        ("{user Id}", FolderKind::PathParameter)
    );

    let operation = user_id.folders().next().unwrap().operations().next().unwrap();
    assert_eq!(operation.url.base, "{{baseUrl}}/users/:userId/token");
    assert_eq!(
        operation.url.path_variables[0].saved.as_deref(),
        Some("quis officia in reprehenderit")
    );
    assert_eq!(
        operation
            .security
            .uses()
            .map(|auth| auth.scheme.name)
            .collect::<Vec<_>>(),
        ["OAuth2"]
    );
    assert!(operation.url.query.iter().all(|entry| entry.sent == Sent::Saved));
    let params: Vec<_> = operation
        .params
        .iter()
        .map(|param| (param.name.as_str(), &param.place, param.presence))
        .collect();
    assert_eq!(
        params,
        [
            ("userId", &ParamPlace::Path(0), Presence::Required),
            ("type", &ParamPlace::Query(0), Presence::Optional),
            ("ttl", &ParamPlace::Query(1), Presence::Optional),
        ]
    );
    assert_eq!(
        (operation.results[0].status, operation.errors[0].status),
        (200.into(), 404.into())
    );
    assert_eq!(
        operation.results[0].samples[0].media_type.as_deref(),
        Some("application/json")
    );
}
