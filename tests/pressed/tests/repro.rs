//! What users of other generators reported of them, as small descriptions in `tests/repro`: here, each behaves as it should.
//!
//! In: their clients, and answers. Out: what is read, and what is sent. A test is called after what it shows; the number is that of its
//! description.

use letterpress_pressed as pressed;
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{AnyError, FilePart};
use std::future::{Future, ready};

type Tested = Result<(), Box<dyn std::error::Error>>;

/// Answers everything with this.
#[derive(Clone, Copy)]
struct Canned(u16, &'static str);

impl Transport for Canned {
    fn send(&self, _request: http::Request<Payload>) -> Sent<'_> {
        let mut response = http::Response::new(Payload::bytes(self.1.as_bytes().to_vec()));
        *response.status_mut() = http::StatusCode::from_u16(self.0).unwrap_or_default();
        let json = http::HeaderValue::from_static("application/json");
        response.headers_mut().insert("content-type", json);
        let rate = http::HeaderValue::from_static("7");
        response.headers_mut().insert("x-rate-limit", rate);
        Box::pin(ready(Ok(response)))
    }
}

fn wait<T>(future: impl Future<Output = T>) -> Result<T, std::io::Error> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .build()?
        .block_on(future))
}

/// A client that is answered so.
macro_rules! answered {
    ($module:ident, $status:expr, $body:expr) => {
        pressed::$module::Client::builder()
            .transport(Canned($status, $body))
            .retry(letterpress_runtime::Retry::none())
            .build()?
    };
}

/// What `read` reads of this.
macro_rules! read {
    ($module:ident, $body:expr) => {
        wait(answered!($module, 200, $body).read().send())??
    };
}

/// The address of a call, without the host.
macro_rules! sent_to {
    ($call:expr) => {{
        let request = $call.request()?;
        let uri = request.uri().to_string();
        uri.replace("%5B", "[").replace("%5D", "]")
    }};
}

#[test]
fn errors_are_read_by_their_status_01() -> Tested {
    use pressed::r01_status_types::ReadItemError as E;
    for (status, body) in [
        (404, r#"{"key":"k"}"#),
        (429, r#"{"retry_after":1}"#),
        (418, r#"{"title":"t"}"#),
        (503, r#"{"title":"t"}"#),
    ] {
        let error = wait(answered!(r01_status_types, status, body).read_item(1).send())?;
        let error = error.err().ok_or("it is an error")?;
        let is_own = match error.api() {
            Some(E::NotFound(missing)) => status == 404 && missing.key == "k",
            Some(E::TooManyRequests(slow)) => status == 429 && slow.retry_after == 1,
            Some(E::ClientError(problem)) => status == 418 && problem.title == "t",
            Some(E::Other(problem)) => status == 503 && problem.title == "t",
            _ => false,
        };
        assert!(is_own, "{status}: {error:?}");
    }
    Ok(())
}

#[test]
fn successes_are_read_by_their_status_02() -> Tested {
    use pressed::r02_several_2xx::StartJobResponse as R;
    let of = |status, body| -> Result<letterpress_runtime::Response<R>, Box<dyn std::error::Error>> {
        Ok(wait(
            answered!(r02_several_2xx, status, body).start_job().send(),
        )??)
    };
    assert!(matches!(of(202, r#"{"ticket":4}"#)?.value(), R::Accepted(accepted) if accepted.ticket == 4));
    assert!(matches!(of(204, "")?.value(), R::NoContent(())));
    assert!(matches!(of(200, r#"{"result":"r"}"#)?.value(), R::Ok(ok) if ok.result == "r"));
    Ok(())
}

#[test]
fn alternatives_are_told_by_a_member_of_a_member_15() -> Tested {
    use pressed::r15_same_tag_everywhere::ReadResponse as Body;
    let read = |body| -> Result<_, Box<dyn std::error::Error>> {
        let client = answered!(r15_same_tag_everywhere, 200, body);
        Ok(wait(client.read().send())??)
    };
    let deleted = read(r#"{"sync":{"id":"x","type":"deleted"},"type":"sync"}"#)?;
    assert!(matches!(&*deleted, Body::Deleted(deleted) if deleted.sync.id.as_deref() == Some("x")));
    assert!(matches!(
        &*read(r#"{"type":"sync","sync":{"type":"created"}}"#)?,
        Body::Created(_)
    ));
    // What does not fit is looked at once more, and told apart all the same.
    let odd = read(r#"{"type":"sync","sync":{"type":"deleted","id":[]}}"#)?;
    assert!(matches!(&*odd, Body::Deleted(_)), "{odd:?}");
    assert_eq!(odd.drift().len(), 1);
    let other = read(r#"{"type":"sync","sync":{"type":"moved"}}"#)?;
    assert!(matches!(&*other, Body::Other(_)), "{other:?}");
    Ok(())
}

#[test]
fn null_is_told_apart_03_17_26_30() -> Tested {
    let read = read!(r03_type_array_null, r#"{"a":"x","b":null,"d":3,"e":null}"#);
    assert!(read.drift().is_empty() && read.b.is_none() && read.c.is_none());
    assert!(matches!(
        read.d,
        Some(pressed::r03_type_array_null::ReadD::Number(3))
    ));
    let client = answered!(
        r17_anyof_null,
        200,
        r#"{"field_name":null,"other":{"id":1},"value":[1]}"#
    );
    let read = wait(client.read("x").send())??;
    assert!(read.drift().is_empty() && read.field_name.is_none());
    assert_eq!(read.other.as_ref().and_then(|other| other.id), Some(1));
    let read = read!(r26_allof_nullable, r#"{"user":null,"other":{"name":"n"}}"#);
    assert!(read.drift().is_empty() && read.user.is_none());
    let other: Option<&pressed::r26_allof_nullable::User> = read.other.as_ref();
    assert_eq!(other.map(|other| other.name.as_str()), Some("n"));
    let read = read!(
        r30_nullable_map_values,
        r#"{"labels":{"a":null,"b":"c"},"extra":{"name":"n","x":1}}"#
    );
    assert!(read.drift().is_empty() && read.labels["a"].is_none());
    assert_eq!(read.extra.as_ref().map(|extra| extra.additional["x"]), Some(1));
    Ok(())
}

#[test]
fn four_cases_are_four_types_10() -> Tested {
    use pressed::r10_patch_null::Change;
    let mut change = Change::new("m", None);
    assert_eq!(
        serde_json::to_string(&change)?,
        r#"{"must":"m","must_or_null":null}"#
    );
    change.may_or_null = Some(None);
    change.may = Some("x".to_owned());
    let text = r#"{"must":"m","must_or_null":null,"may":"x","may_or_null":null}"#;
    assert_eq!(serde_json::to_string(&change)?, text);
    Ok(())
}

#[test]
fn unions_are_told_by_tags_11_12_13_14_21_38() -> Tested {
    use pressed::r11_tag_twice::Shape;
    let read = read!(r11_tag_twice, r#"{"type":"circle","radius":5.0}"#);
    assert!(matches!(read.value(), Shape::Circle(circle) if circle.radius == 5.0));
    use pressed::r12_base_lists_its_children::Profile;
    let read = read!(
        r12_base_lists_its_children,
        r#"{"kind":"Human","name":"a","age":3}"#
    );
    assert!(matches!(read.value(), Profile::Human(human) if human.age == Some(3) && human.name == "a"));
    use pressed::r13_implicit_tag_values::Post;
    let read = read!(r13_implicit_tag_values, r#"{"commentType":"quote","of":"o"}"#);
    assert!(matches!(read.value(), Post::Quote(quote) if quote.of == "o"));
    let read = read!(r13_implicit_tag_values, r#"{"commentType":"Note","text":"t"}"#);
    assert!(matches!(read.value(), Post::Note(note) if note.text == "t"));
    use pressed::r14_many_tags_one_schema::Root;
    for tag in ["policy", "entity"] {
        let text = format!(r#"{{"object_type":"{tag}","level":1}}"#);
        let read = read!(r14_many_tags_one_schema, Box::leak(text.into_boxed_str()));
        assert!(matches!(read.value(), Root::Policy(common) if common.object_type == tag));
    }
    use pressed::r21_unknown_tag::Vehicle;
    let read = read!(r21_unknown_tag, r#"{"kind":"drone","x":1}"#);
    assert!(matches!(read.value(), Vehicle::Other(json) if json["x"] == 1));
    use pressed::r38_required_in_branch::Record;
    let read = read!(
        r38_required_in_branch,
        r#"{"id":"1","type":"A","content":"1.2.3.4"}"#
    );
    assert!(matches!(read.value(), Record::A(a) if a.content == "1.2.3.4") && read.drift().is_empty());
    Ok(())
}

#[test]
fn enums_are_open_16_18_19_20() -> Tested {
    use pressed::r16_open_enum_by_anyof::Model;
    let read = read!(r16_open_enum_by_anyof, r#"{"model":"huge"}"#);
    assert_eq!(read.model, Model::Other("huge".to_owned()));
    let read = read!(r18_integer_enum, r#"{"level":2,"quoted":"4"}"#);
    assert_eq!((read.level, read.quoted), (Some(2), Some(4)));
    for sign in ["+", "-", ""] {
        let text = format!(r#"{{"sign":"{sign}"}}"#);
        let read = read!(r19_negative_enum, Box::leak(text.into_boxed_str()));
        let known = read.sign.as_ref().ok_or("there is one")?;
        assert!(
            !matches!(known, pressed::r19_negative_enum::Sign::Other(_)),
            "{sign}"
        );
        assert_eq!(known.as_str(), sign);
    }
    let read = read!(r20_unknown_enum_value, r#"{"state":"archived"}"#);
    assert_eq!(read.state.as_str(), "archived");
    Ok(())
}

#[test]
fn objects_and_lists_of_the_query_22_23_24() -> Tested {
    let client = pressed::r22_deep_object::Client::builder().build()?;
    let call = client.list_pets();
    let call = call.page_size(20).page_number(2).expand(["a", "b"]);
    let uri = sent_to!(call);
    assert!(
        uri.ends_with("/pets?page[size]=20&page[number]=2&expand[]=a&expand[]=b"),
        "{uri}"
    );
    let uri = sent_to!(client.list_pets().created_gte(1));
    assert!(uri.ends_with("/pets?created[gte]=1"), "{uri}");
    let uri = sent_to!(client.list_pets().created(5).free([("k", "v w")]));
    assert!(uri.ends_with("/pets?created=5&free[k]=v%20w"), "{uri}");
    let client = pressed::r23_explode::Client::builder().build()?;
    for (call, query) in [
        (client.find_widgets().tags(["a", "b"]), "tags=a&tags=b"),
        (client.find_widgets().ids(["1", "2,3"]), "ids=1,2%2C3"),
        (client.find_widgets().color("red").size(5), "color=red&size=5"),
        (client.find_widgets().r#box([("R", 1), ("G", 2)]), "box=R,1,G,2"),
        (client.find_widgets().spaces(["a", "b"]), "spaces=a%20b"),
        (client.find_widgets().pipes(["a", "b"]), "pipes=a%7Cb"),
    ] {
        let uri = sent_to!(call);
        assert_eq!(uri.split('?').nth(1), Some(query));
    }
    let client = pressed::r24_json_in_query::Client::builder().build()?;
    let json = serde_json::json!({"a": 1});
    let request = client.find().filter(&json).x_filter(&json).request()?;
    assert!(
        request
            .uri()
            .query()
            .is_some_and(|query| query.contains("filter=%7B%22a%22:1%7D"))
    );
    assert_eq!(request.headers()["x-filter"], r#"{"a":1}"#);
    Ok(())
}

#[test]
fn one_name_in_four_places_31() -> Tested {
    let client = pressed::r31_one_name_four_places::Client::builder().build()?;
    let call = client.test("p").name("q").header_name("h").variable_name("c");
    let request = call.query("x").client("y").top(1).n3d(true).request()?;
    let uri = request.uri().to_string();
    assert!(
        uri.contains("/t/p?name=q&query=x&client=y") && uri.ends_with("top=1&3d=true"),
        "{uri}"
    );
    assert_eq!(request.headers()["name"], "h");
    assert_eq!(request.headers()["cookie"], "name=c");
    // Nothing is sent that nobody gave.
    assert!(client.test("p").request()?.headers().get("cookie").is_none());
    Ok(())
}

#[test]
fn bodies_are_what_they_are_07_08_09_40() -> Tested {
    let client = pressed::r07_multipart_file::Client::builder().build()?;
    let form = pressed::r07_multipart_file::UploadForm {
        file: Some(FilePart::from(b"x".to_vec())),
        meta: Some(pressed::r07_multipart_file::MetaInput {
            title: Some("a".into()),
        }),
        tags: Some(vec!["a".to_owned(), "b".to_owned()]),
        count: Some(3),
    };
    let curl = client.upload(&form).curl();
    assert!(
        curl.contains("tags=a") && curl.contains("tags=b") && curl.contains("count=3"),
        "{curl}"
    );
    assert!(curl.contains("application/json"), "{curl}");
    let client = answered!(r08_octet_stream, 200, "\u{0}\u{7f}");
    let bytes = wait(client.write_blob(b"y".to_vec()).send())??;
    assert_eq!(bytes.value().as_ref(), [0, 0x7f]);
    let client = pressed::r09_multipart_many_files::Client::builder().build()?;
    let mut form = pressed::r09_multipart_many_files::SendReportForm::new("r");
    form.files = Some(vec![FilePart::from(b"1".to_vec()), FilePart::from(b"2".to_vec())]);
    let curl = client.send_report().form(&form).curl();
    assert_eq!(curl.matches("files=").count(), 2, "{curl}");
    form.files = Some(Vec::new());
    assert!(!client.send_report().form(&form).curl().contains("files="));
    let client = pressed::r40_wildcard_media::Client::builder().build()?;
    let request = client.put_avatar(b"z".to_vec()).request()?;
    assert_eq!(request.headers()["content-type"], "application/octet-stream");
    let named = client
        .put_avatar(b"z".to_vec())
        .header("Content-Type", "image/png");
    assert_eq!(named.request()?.headers()["content-type"], "image/png");
    Ok(())
}

#[test]
fn answers_that_differ_are_read_27_29_37_41() -> Tested {
    use pressed::r27_allof_conflict::Documents;
    let read = read!(r27_allof_conflict, r#"{"id":"i","documents":{"a":1},"numero":5}"#);
    assert!(matches!(&read.documents, Some(Documents::Object(map)) if map["a"] == 1));
    let read = read!(
        r29_closed_objects,
        r#"{"a":{"version":"1","unknown":2},"b":"text"}"#
    );
    assert!(read.drift().is_empty());
    let sent = serde_json::to_string(&pressed::r37_read_only_required::User::new("n"))?;
    assert_eq!(sent, r#"{"name":"n"}"#);
    let read = read!(r41_null_in_lists, r#"[{"tags":[null,{"name":"a"}]}]"#);
    let names = read[0].tags.iter().filter_map(|tag| tag.name.as_deref());
    assert_eq!(names.collect::<Vec<_>>(), ["a"]);
    Ok(())
}

#[test]
fn references_lead_where_they_say_28_43_44_45() -> Tested {
    let read = read!(r28_allof_annotations, r#"{"a":{"name":"n"}}"#);
    let _: Option<&pressed::r28_allof_annotations::User> = read.a.as_ref();
    let read = read!(
        r43_id_scope,
        r#"{"tree":{"kind":"leaf","children":[{"kind":"branch"}]}}"#
    );
    let children = read.tree.as_ref().map(|tree| tree.children.len());
    assert!(children == Some(1) && read.drift().is_empty());
    let client = answered!(
        r44_pointer_escapes,
        200,
        r#"{"t":"x","p":1.5,"s":true,"q":{"n":1}}"#
    );
    let read = wait(client.a(1).send())??;
    assert_eq!(
        (read.p, read.s, read.q.as_ref().and_then(|q| q.n)),
        (Some(1.5), Some(true), Some(1))
    );
    let read = read!(
        r45_ref_siblings,
        r#"{"a":{"name":"n"},"b":{"name":"m","email":"e"}}"#
    );
    assert_eq!(read.b.as_ref().map(|b| b.email.as_str()), Some("e"));
    Ok(())
}

#[test]
fn names_do_not_meet_05_06_32_33_34_39() -> Result<(), AnyError> {
    let client = pressed::r05_no_operation_id::Client::builder().build()?;
    assert_eq!(client.save().request()?.method(), "POST");
    assert_eq!(client.save_by_id(1).request()?.method(), "PUT");
    let client = pressed::r06_ignored_headers::Client::builder().build()?;
    assert_eq!(
        client.read_store().x_trace("t").request()?.headers()["x-trace"],
        "t"
    );
    let client = pressed::r34_undeclared_path_variable::Client::builder().build()?;
    assert!(
        client
            .read_repo("o", "r")
            .request()?
            .uri()
            .path()
            .ends_with("/repos/o/r")
    );
    assert_eq!(client.old_mode().request()?.uri().query(), Some("mode=full"));
    let client = pressed::r39_all_methods::Client::builder().build()?;
    let methods = [
        client.opts().request()?,
        client.look().request()?,
        client.echo().request()?,
    ];
    let methods: Vec<&str> = methods.iter().map(|request| request.method().as_str()).collect();
    assert_eq!(methods, ["OPTIONS", "HEAD", "TRACE"]);
    Ok(())
}

#[test]
fn unions_are_called_after_what_they_hold_33_42() -> Tested {
    use pressed::r42_union_variant_names::ReadResponse;
    let read = read!(r42_union_variant_names, r#"{"x":1.5}"#);
    assert!(matches!(read.value(), ReadResponse::Object(point) if point.x == 1.5));
    let read = read!(
        r33_std_names,
        r#"{"Vec":[{"value":"v"}],"self":{"unknown":true},"static":"s"}"#
    );
    assert!(read.drift().is_empty());
    let own = read.self_.as_ref().ok_or("it is there")?;
    assert!(matches!(own, pressed::r33_std_names::Self_::Box(own) if own.unknown));
    Ok(())
}

#[test]
fn headers_of_answers_are_at_hand_46() -> Tested {
    let read = wait(answered!(r46_response_headers, 200, "{}").x().send())??;
    assert_eq!(read.headers()["x-rate-limit"], "7");
    assert_eq!(read.header::<i64>("X-Rate-Limit"), Some(7));
    assert_eq!(read.header::<bool>("x-rate-limit"), None);
    assert_eq!(read.header::<i64>("x-other"), None);
    let error = wait(answered!(r46_response_headers, 404, "{}").x().send())?.err();
    assert_eq!(error.and_then(|error| error.header("x-rate-limit")), Some(7_u8));
    Ok(())
}

#[test]
fn servers_are_where_calls_go_04_47() -> Result<(), AnyError> {
    assert!(pressed::r04_version_spelling::Client::builder().build().is_ok());
    let client = pressed::r47_servers::Client::builder().region("us").build()?;
    assert_eq!(client.x().request()?.uri(), "https://us.example.test/v1/x");
    assert_eq!(client.up().request()?.uri(), "https://upload.example.test/upload");
    Ok(())
}

#[test]
fn what_holds_itself_is_read_48() -> Tested {
    let text =
        r#"{"left":{"left":null,"kids":[]},"kids":[{"left":null}],"expr":{"not":{"not":1.5}},"loop":7}"#;
    let read = read!(r48_recursive, text);
    assert!(read.drift().is_empty() && read.left.as_ref().is_some_and(|left| left.left.is_none()));
    Ok(())
}

#[test]
fn swagger_is_read_as_it_is_meant_49() -> Tested {
    let client = answered!(r49_swagger_2, 200, r#"[{"kind":"Cat","name":null}]"#);
    let call = client.list_pets().ids([1, 2]).tags(["a", "b"]);
    let uri = call
        .piped(["x", "y"])
        .tabbed(["p", "q"])
        .request()?
        .uri()
        .to_string();
    let query = "ids=1,2&tags=a&tags=b&piped=x%7Cy&tabbed=p%09q";
    assert!(
        uri.starts_with("https://api.example.test/v1/pets?") && uri.ends_with(query),
        "{uri}"
    );
    let pets = wait(client.list_pets().send())??;
    assert!(matches!(&pets[0], pressed::r49_swagger_2::Pet::Cat(cat) if cat.kind == "Cat"));
    Ok(())
}

/// Answers a stream where one is asked for, JSON else.
#[derive(Clone, Copy)]
struct Streaming(&'static str, &'static str, &'static str);

impl Transport for Streaming {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let accept = request
            .headers()
            .get("accept")
            .and_then(|accept| accept.to_str().ok());
        let is_stream =
            accept.is_some_and(|accept| accept.contains("event-stream") || accept.contains("jsonl"));
        let Self(media, stream, json) = *self;
        let (media, text) = if is_stream {
            (media, stream)
        } else {
            ("application/json", json)
        };
        let mut response = http::Response::new(Payload::bytes(text.as_bytes().to_vec()));
        let media = http::HeaderValue::from_static(media);
        response.headers_mut().insert("content-type", media);
        Box::pin(ready(Ok(response)))
    }
}

#[test]
fn a_stream_of_events_is_typed_beside_json_35() -> Tested {
    use pressed::r35_event_stream::{Chunk, Client};
    let stream = ": hello\nretry: 5\ndata: {\"delta\":\"a\"}\n\ndata: {\"delta\":\"b\"}\n\ndata: [DONE]\n\n";
    let client = Client::builder()
        .transport(Streaming("text/event-stream", stream, r#"{"text":"ab"}"#))
        .build()?;
    wait(async {
        let body = pressed::r35_event_stream::ChatBody::default();
        assert_eq!(client.chat(&body).await?.text.as_deref(), Some("ab"));
        let mut events = client.chat(&body).events().await?.until("[DONE]");
        let mut deltas = Vec::new();
        while let Some(event) = events.next().await {
            deltas.extend(event?.json::<Chunk>()?.delta);
        }
        assert_eq!(deltas, ["a", "b"]);
        Ok(())
    })?
}

#[test]
fn what_a_stream_is_made_of_is_typed_36() -> Tested {
    use pressed::r36_item_schema::{Client, FollowEvent, FollowLine};
    let events = "event: line\ndata: {\"at\":\"now\"}\n\n";
    let client = Client::builder()
        .transport(Streaming("text/event-stream", events, ""))
        .build()?;
    wait(async {
        let mut events = client.follow().events().await?;
        let event = events.next().await.ok_or("an event")??;
        assert_eq!(event.json::<FollowEvent>()?.at.as_deref(), Some("now"));
        let lines = "{\"at\":\"a\"}\n{\"at\":\"b\"}\n";
        let client = Client::builder()
            .transport(Streaming("application/jsonl", lines, lines))
            .build()?;
        let mut lines = client.follow().lines().await?;
        let line = lines.next().await.ok_or("a line")??;
        assert_eq!(line.json::<FollowLine>()?.at, "a");
        assert_eq!(client.search().request()?.method().as_str(), "QUERY");
        assert_eq!(client.copy().request()?.method().as_str(), "COPY");
        Ok(())
    })?
}

#[test]
fn what_several_files_lead_to_is_one_type_50() -> Tested {
    use pressed::r50_many_files::{Client, Kind, Pet};
    let text = r#"{"name":"Rex","owner":{"pets":[{"name":"Tom"}],"kind":"shop"},"mother":{"name":"Ada"}}"#;
    let client = Client::builder().transport(Canned(200, text)).build()?;
    let pet: Pet = wait(client.read_pet("1").send())??.into_inner();
    let owner = pet.owner.ok_or("an owner")?;
    let first: &Pet = owner.pets.first().ok_or("a pet")?;
    assert_eq!(first.name, "Tom");
    assert!(matches!(owner.kind, Some(Kind::Shop)));
    assert_eq!(pet.mother.map(|mother| mother.name).as_deref(), Some("Ada"));
    let client = Client::builder().transport(Canned(200, "[]")).build()?;
    let none: Vec<Pet> = wait(client.list_pets().send())??.into_inner();
    assert!(none.is_empty());
    Ok(())
}
