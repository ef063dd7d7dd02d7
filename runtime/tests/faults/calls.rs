//! The calls that meet faults: with a credential of every kind, with and without a body.

use letterpress_runtime::wire::{Clock, Sleep};
use letterpress_runtime::{
    Answer, AnyError, Api, AuthKind, Behavior, Body, BodySpec, Call, Client, ClientBuilder, Decoded, Entry,
    FieldSpec, Language, Operation, Redirects, Response, Spec, Unexpected,
};
use std::time::Duration;

pub(crate) const API: Api = Api::new("api")
    .variables(&[
        ("baseUrl", None),
        ("apiKey", None),
        ("tenant", None),
        ("token", None),
    ])
    .secrets(&["tenant"]);

macro_rules! operation {
    ($name:ident, $spec:expr) => {
        pub(crate) struct $name;

        impl Operation for $name {
            type Output = Body;
            type Error = Unexpected;
            const SPEC: Spec = $spec;

            fn output(answer: Answer) -> Decoded<Body> {
                answer.body()
            }

            fn error(answer: Answer) -> Decoded<Unexpected> {
                answer.body().map(Unexpected)
            }
        }
    };
}

const JSON: BodySpec = BodySpec::Raw {
    text: r#"{"name":"Ann"}"#,
    language: Language::Json,
    strip_comments: false,
    json: false,
};

const PATH: &str = "{{baseUrl}}/things/7";

operation!(Get, Spec::new("GET", PATH).query(&[Entry::saved("q", "qu3ry")]));
operation!(
    Post,
    Spec::new("POST", PATH)
        .query(&[Entry::saved("q", "qu3ry")])
        .body(JSON)
);
operation!(
    Keyed,
    Spec::new("POST", PATH)
        .headers(&[Entry::fresh("Idempotency-Key", "1")])
        .body(JSON)
);
operation!(
    Bearer,
    Spec::new("GET", PATH).auth(AuthKind::Bearer, &[("token", "{{token}}")])
);
operation!(Basic, Spec::new("GET", PATH).auth(AuthKind::Basic, &[]));
operation!(
    KeyInHeader,
    Spec::new("GET", PATH).auth(AuthKind::ApiKey, &[("key", "X-Who"), ("in", "header")])
);
operation!(
    KeyInQuery,
    Spec::new("GET", PATH).auth(AuthKind::ApiKey, &[("key", "who"), ("in", "query")])
);
operation!(
    Cookie,
    Spec::new("GET", PATH).headers(&[Entry::always("Cookie", "id=s3cr3t")])
);
operation!(
    SecretSetting,
    Spec::new("GET", PATH).headers(&[Entry::always("X-Tenant", "{{tenant}}")])
);
operation!(
    Setter,
    Spec::new("GET", PATH).headers(&[Entry::when_set("X-Who", "")])
);
operation!(
    Plain,
    Spec::new("GET", PATH).headers(&[
        Entry::always("X-Version", "2"),
        Entry::always("Accept", "text/plain"),
    ])
);
operation!(
    Delete,
    Spec::new("DELETE", PATH).auth(AuthKind::Bearer, &[("token", "{{token}}")])
);
operation!(
    SecretBody,
    Spec::new("POST", PATH).body(BodySpec::Raw {
        text: r#"{"tenant":"{{tenant}}"}"#,
        language: Language::Json,
        strip_comments: false,
        json: false,
    })
);
operation!(
    Upload,
    Spec::new("POST", PATH).body(BodySpec::File {
        src: None,
        content: None
    })
);
operation!(
    SignedUpload,
    Spec::new("POST", PATH)
        .auth(AuthKind::ApiKey, &[("key", "X-Who"), ("in", "header")])
        .body(BodySpec::File {
            src: None,
            content: None
        })
);
operation!(
    Stays,
    Spec::new("POST", PATH).body(JSON).behavior(Behavior {
        redirects: Redirects {
            most: Some(0),
            ..Redirects::NONE
        },
        ..Behavior::NONE
    })
);
operation!(
    AsAuthorsWant,
    Spec::new("POST", PATH)
        .body(JSON)
        .auth(AuthKind::Bearer, &[("token", "{{token}}")])
        .headers(&[Entry::always("X-Api-Key", "s3cr3t-too")])
        .behavior(Behavior {
            redirects: Redirects {
                most: Some(2),
                keep_method: true,
                keep_authorization: true,
                drop_referer: true,
            },
            ..Behavior::NONE
        })
);
operation!(
    Guid,
    Spec::new("GET", PATH).headers(&[
        Entry::always("X-Request-Id", "{{$guid}}"),
        Entry::always("X-Other", "{{$guid}}")
    ])
);

operation!(
    Form,
    Spec::new("POST", PATH).body(BodySpec::FormData(&[FieldSpec::text("id", "{{$guid}}")]))
);
#[cfg(feature = "digest")]
operation!(
    Digested,
    Spec::new("GET", PATH)
        .auth(AuthKind::Digest, &[])
        .headers(&[Entry::always("X-Request-Id", "{{$guid}}")])
);

/// A call with the methods that generated calls have.
pub(crate) struct Own(pub(crate) Call<Self>);

impl letterpress_runtime::codegen::Wrap for Own {
    fn wrap(call: Call<Self>) -> Self {
        Self(call)
    }
}

impl Operation for Own {
    type Output = Body;
    type Error = Unexpected;
    const SPEC: Spec = Get::SPEC;

    fn output(answer: Answer) -> Decoded<Body> {
        answer.body()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

/// A thousand seconds of it are one.
pub(crate) struct Fast;

impl Clock for Fast {
    fn now(&self) -> Duration {
        Duration::from_secs(1_700_000_000)
    }

    fn sleep(&self, time: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(time / 1000))
    }
}

pub(crate) fn builder(url: &str) -> ClientBuilder {
    ClientBuilder::new(API)
        .variable("baseUrl", url)
        .variable("tenant", "s3cr3t-tenant")
        .clock(Fast)
}

/// Builders over each transport of ours.
pub(crate) fn builders(url: &str) -> Vec<ClientBuilder> {
    vec![
        builder(url),
        #[cfg(feature = "exact")]
        builder(url).transport(letterpress_runtime::transport::Exact::new()),
    ]
}

pub(crate) fn client(url: &str) -> Client {
    builder(url).build().unwrap()
}

/// Sends the call as it was saved.
pub(crate) async fn send<O>(client: &Client) -> Result<Response<Body>, AnyError>
where
    O: Operation<Output = Body, Error = Unexpected>,
{
    Ok(Call::<O>::saved(client).send().await?)
}
