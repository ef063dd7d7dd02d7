//! What clients of descriptions send and read: the cases of the fixtures in `openapi`.

use letterpress_pressed::schemas::{Change, ChangePrice, ChangeSize, Shape};
use letterpress_pressed::{bodies, families, forms, parameters, schemas, security, statuses, swagger};
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{AnyError, FilePart};
use std::future::ready;

/// Answers everything with this.
struct Canned(u16, &'static str);

impl Transport for Canned {
    fn send(&self, _request: http::Request<Payload>) -> Sent<'_> {
        let mut response = http::Response::new(Payload::bytes(self.1.as_bytes().to_vec()));
        *response.status_mut() = http::StatusCode::from_u16(self.0).unwrap_or_default();
        Box::pin(ready(Ok(response)))
    }
}

/// The address of a cURL command.
fn address(curl: &str) -> &str {
    let start = curl.find("https://").unwrap_or_default();
    let rest = curl.get(start..).unwrap_or_default();
    rest.split('\'').next().unwrap_or_default()
}

#[test]
fn parameters_are_sent_in_their_style() -> Result<(), AnyError> {
    use letterpress_pressed::parameters::reports::ApiReportsReadOrder;

    let client = parameters::Client::builder().build()?;
    let call = client
        .reports()
        .read("a/b", 2024, "01", ApiReportsReadOrder::Asc, "s");
    let plain = "https://api.example.com/reports/a%2Fb/2024-01.json?order=asc";
    assert_eq!(address(&call.curl()), plain);
    assert_eq!(call.request()?.headers()["cookie"], "session=s");
    let read = || {
        client
            .reports()
            .read("1", 2024, "01", ApiReportsReadOrder::Desc, "s")
    };
    for (call, query) in [
        (read().limit(5), "limit=5&"),
        (read().tags(["a", "b"]), "tags=a&tags=b&"),
        (read().ids(["1", "2,3"]), "ids=1,2%2C3&"),
        (read().spaces(["a", "b c"]), "spaces=a%20b%20c&"),
        (read().pipes(["a", "b"]), "pipes=a%7Cb&"),
        (
            read().page_size(20).page_number(2),
            "page[size]=20&page[number]=2&",
        ),
        (read().red(1), "red=1&"),
        (read().expand(["x", "y"]), "expand[]=x&expand[]=y&"),
        (read().ids(Vec::<i64>::new()), ""),
    ] {
        let curl = call.curl();
        let sent = address(&curl).split('?').nth(1).unwrap_or_default().to_owned();
        assert_eq!(
            sent.replace("%5B", "[").replace("%5D", "]"),
            format!("{query}order=desc")
        );
    }
    assert_eq!(
        address(&client.search().curl()),
        "https://api.example.com/search?kind=all"
    );
    Ok(())
}

#[test]
fn bodies_are_sent_as_their_media_type_says() -> Result<(), Box<dyn std::error::Error>> {
    let client = bodies::Client::builder().build()?;
    let form = bodies::UploadForm {
        file: Some(FilePart::from(b"x".to_vec())),
        tags: Some(vec!["a".to_owned(), "b".to_owned()]),
        meta: Some(letterpress_pressed::bodies::MetaInput { a: Some(1) }),
        ..bodies::UploadForm::new(2)
    };
    let curl = client.upload(&form).curl();
    for part in ["count=2", "tags=a", "tags=b", "meta=", "application/json"] {
        assert!(curl.contains(part), "{part}: {curl}");
    }
    assert!(!curl.contains("more="), "{curl}");
    let curl = client.login(&bodies::LoginForm::new("ada")).curl();
    assert!(curl.contains("user=ada") && !curl.contains("remember"), "{curl}");
    let curl = client.delete_notes(&["a".to_owned()]).curl();
    assert!(
        curl.contains("-X DELETE") || curl.contains("--request DELETE"),
        "{curl}"
    );
    assert!(
        curl.contains("application/vnd.example+json") && curl.contains(r#"["a"]"#),
        "{curl}"
    );
    // A body that may be left out is.
    let request = client.note().request()?;
    assert_eq!(
        request.body().as_bytes().map(<[u8]>::len),
        Some(0),
        "{:?}",
        request.headers()
    );
    let request = client.replace().request()?;
    assert_eq!(request.body().as_bytes().map(<[u8]>::len), Some(0));
    let request = client.note().body("hello").request()?;
    assert_eq!(request.body().as_bytes().map(<[u8]>::len), Some(5));
    Ok(())
}

#[test]
fn of_several_credentials_those_are_sent_that_are_enough() -> Result<(), AnyError> {
    let none = security::Client::builder().build()?;
    // Who gives nothing is told so when the API refuses.
    assert!(none.a().request()?.headers().get("x-key").is_none());
    assert!(none.open().request()?.headers().get("authorization").is_none());
    assert!(none.maybe().request()?.headers().get("authorization").is_none());
    let bearer = security::Client::builder().bearer_token("t").build()?;
    assert_eq!(bearer.a().request()?.headers()["authorization"], "Bearer t");
    assert!(bearer.open().request()?.headers().get("authorization").is_none());
    let both = security::Client::builder()
        .key("k")
        .tenant("t1")
        .bearer_token("t")
        .build()?;
    let request = both.a().request()?;
    assert_eq!(request.headers()["x-key"], "k");
    assert_eq!(request.uri(), "https://eu.example.com/v1/a?tenant=t1");
    assert!(request.headers().get("authorization").is_none());
    let session = security::Client::builder().session("s").region("us").build()?;
    let request = session.cookie().request()?;
    assert_eq!(request.headers()["cookie"], "sid=s");
    assert_eq!(request.uri(), "https://us.example.com/v1/cookie");
    assert_eq!(session.odd().request()?.uri(), "https://odd.example.com/odd");
    Ok(())
}

#[test]
fn absent_null_and_given_are_told_apart() -> Result<(), Box<dyn std::error::Error>> {
    let mut change = Change::new("m", None);
    assert_eq!(
        serde_json::to_string(&change)?,
        r#"{"must":"m","must_or_null":null}"#
    );
    change.may_or_null = Some(None);
    change.size = Some("medium".into());
    change.price = Some("1.50".to_owned().into());
    let text = r#"{"must":"m","must_or_null":null,"may_or_null":null,"size":"medium","price":"1.50"}"#;
    assert_eq!(serde_json::to_string(&change)?, text);
    let read: Change = serde_json::from_str(r#"{"must":"a","must_or_null":"b","price":2,"size":"small"}"#)?;
    assert_eq!(read.price, Some(ChangePrice::Number(2.0)));
    assert_eq!(read.size, Some(ChangeSize::Small));
    let shapes = r#"[{"kind":"disc","radius":1.0},{"kind":"Square","side":2},{"kind":"blob"}]"#;
    let shapes: Vec<Shape> = serde_json::from_str(shapes)?;
    assert!(matches!(
        shapes.as_slice(),
        [Shape::Round(_), Shape::Square(_), Shape::Other(_)]
    ));
    let tree: schemas::Tree = serde_json::from_str(r#"{"children":[{"name":"x","parent":{"name":"y"}}]}"#)?;
    assert_eq!(tree.children.len(), 1);
    Ok(())
}

/// Members of names that nobody declared are kept where the schema says that there may be some, and written again.
#[test]
fn members_of_other_names_are_kept() -> Result<(), Box<dyn std::error::Error>> {
    let text = r#"{"must":"m","must_or_null":null,"owner":{"name":"Ida","a":1,"b":2}}"#;
    let change: Change = serde_json::from_str(text)?;
    let owner = change.owner.clone().flatten().ok_or("an owner")?;
    assert_eq!(owner.additional.get("b"), Some(&2));
    assert_eq!(serde_json::to_string(&change)?, text);
    Ok(())
}

/// Whole numbers tell alternatives apart as texts do, and what several parts say of one member is said of it together.
#[test]
fn parts_and_tags_are_those_of_the_schemas() -> Result<(), Box<dyn std::error::Error>> {
    use letterpress_pressed::schemas::Event;

    let text = r#"[{"level":1,"notes":[{"text":"a"}]},{"level":2,"at":"now","notes":[{"text":"b","page":3}]},{"level":3}]"#;
    let events: Vec<Event> = serde_json::from_str(text)?;
    let [Event::Started(_), Event::Stopped(stopped), Event::Other(_)] = events.as_slice() else {
        return Err(format!("{events:?}").into());
    };
    assert_eq!(stopped.at.as_deref(), Some("now"));
    assert_eq!(stopped.notes.first().and_then(|note| note.page), Some(3));
    Ok(())
}

#[tokio::test]
async fn answers_are_read_by_status_range_and_default() -> Result<(), AnyError> {
    use letterpress_pressed::statuses::{ReadItemError, StartJobResponse};

    let client = |status, body| {
        statuses::Client::builder()
            .transport(Canned(status, body))
            .build()
    };
    let item = client(200, r#"{"id":"1"}"#)?.read_item("1").await?;
    assert_eq!(item.id, "1");
    for (status, body, expected) in [
        (404, r#"{"key":"k"}"#, "NotFound"),
        (418, r#"{"title":"t"}"#, "ClientError"),
        (503, r#"{"title":"t"}"#, "Other"),
    ] {
        let error = client(status, body)?.read_item("1").await.map(|_| ()).err();
        let found = error
            .as_ref()
            .and_then(|error| error.api())
            .map(|error| match error {
                ReadItemError::NotFound(_) => "NotFound",
                ReadItemError::ClientError(_) => "ClientError",
                ReadItemError::Other(_) => "Other",
                _ => "Unexpected",
            });
        assert_eq!(found, Some(expected), "{status}");
    }
    let job = client(204, "")?.start_job().await?;
    assert!(matches!(*job, StartJobResponse::NoContent(())));
    Ok(())
}

#[test]
fn swagger_is_read_as_well() -> Result<(), AnyError> {
    let client = swagger::Client::builder().key("k").build()?;
    let call = client.pets().find_pets().tags(["a", "b"]).ids([1, 2]).limit(3);
    assert_eq!(
        call.request()?.uri(),
        "https://api.example.com/v2/pets?tags=a,b&ids=1&ids=2&limit=3"
    );
    assert_eq!(call.request()?.headers()["api_key"], "k");
    Ok(())
}

/// What an answer shows and its schema does not declare is a field; what a schema says that there is not is none.
#[test]
fn members_that_only_examples_show_are_read() -> Result<(), Box<dyn std::error::Error>> {
    use letterpress_pressed::examples::{Client, replay};

    let client = Client::builder().transport(replay()).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let shelter = runtime.block_on(client.read_shelter().send())?.into_inner();
    assert_eq!((shelter.name.as_str(), shelter.beds), ("North", Some(12)));
    let keeper = shelter.keeper.ok_or("no keeper")?;
    assert_eq!((keeper.name.as_deref(), keeper.since), (Some("Ann"), Some(2019)));
    assert_eq!(shelter.inmates.first().and_then(|inmate| inmate.loud), Some(true));
    let debug = format!("{:?}", shelter.door);
    assert!(!debug.contains("colour"), "{debug}");
    Ok(())
}

/// What the runtime's replay answers of a description: its examples, and values made of schemas where there are none.
#[test]
fn examples_answer() -> Result<(), Box<dyn std::error::Error>> {
    use letterpress_pressed::examples::{AddPetError, Client, NewPet, NewPetHome, NewPetKind, replay};

    let pet = NewPet::new("Rex", NewPetKind::Dog, NewPetHome::new("Main St"));
    let chosen = |header: &str, value: &str| {
        let client = Client::builder().transport(replay());
        client.header(header, value).build()
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let client = Client::builder().transport(replay()).build()?;
        let added = client.add_pet(&pet).await?;
        assert_eq!((added.id, added.name.as_str()), (1, "Rex"));
        assert_eq!(added.headers()["x-request-id"], "r-1");
        let cat = chosen("x-mock-response-name", "A cat")?.add_pet(&pet).await?;
        assert_eq!((cat.id, cat.born.as_deref()), (2, Some("2020-02-03")));
        // The example that has no `id` is none.
        assert!(
            chosen("x-mock-response-name", "wrong")?
                .add_pet(&pet)
                .await
                .is_err()
        );
        let refused = chosen("x-mock-response-code", "422")?.add_pet(&pet).await;
        match refused.map_err(letterpress_runtime::Error::into_api) {
            Err(Ok(AddPetError::UnprocessableContent(problem))) => {
                assert_eq!(problem.at.as_deref(), Some("2024-01-31T12:30:00Z"));
            }
            other => return Err(format!("{other:?}").into()),
        }
        let event = client.replace_pet(1, &pet).await?;
        assert_eq!(event.pets.len(), 1);
        assert!(client.drop_pet(4).await?.status().is_success());
        Ok(())
    })
}

#[tokio::test]
async fn a_base_is_any_of_those_that_have_it() -> Result<(), Box<dyn std::error::Error>> {
    use families::{Pet, Puppy};
    let read = async |body| -> Result<Pet, AnyError> {
        let client = families::Client::builder().transport(Canned(200, body)).build()?;
        Ok(client.read_pet(1).await?.into_inner())
    };
    let friend = r#"{"petType":"Dog","name":"Rex","bark":"wuff"}"#;
    let cat = format!(r#"{{"petType":"cat","name":"Tom","lives":9,"friend":{friend}}}"#);
    let Pet::Cat(cat) = read(cat.leak()).await? else {
        return Err("a cat".into());
    };
    assert_eq!(cat.lives, Some(9));
    assert!(matches!(cat.friend.as_deref(), Some(Pet::Dog(dog)) if dog.bark.as_deref() == Some("wuff")));
    let puppy = read(r#"{"petType":"Puppy","name":"Bo","weeks":3}"#).await?;
    assert!(matches!(puppy, Pet::Puppy(puppy) if puppy.weeks == Some(3)));
    // What nobody declared is what all have.
    let fish = read(r#"{"petType":"fish","name":"Wanda"}"#).await?;
    assert!(matches!(fish, Pet::Base(base) if base.name == "Wanda"));
    let client = families::Client::builder().build()?;
    let puppy = Puppy {
        weeks: Some(3),
        ..Puppy::new(families::PetPetType::Puppy, "Bo")
    };
    let sent = client.write_pet(1, &Pet::from(puppy)).curl();
    assert!(
        sent.contains(r#"{"petType":"Puppy","name":"Bo","weeks":3}"#),
        "{sent}"
    );
    Ok(())
}

#[tokio::test]
async fn of_alternatives_with_the_same_members_the_one_that_fits_is_read()
-> Result<(), Box<dyn std::error::Error>> {
    use families::{Problem, ReadPetError};
    let client = |status, body| {
        families::Client::builder()
            .transport(Canned(status, body))
            .build()
    };
    let simple = r#"{"message":"m","errors":["e"]}"#;
    let error = client(422, simple)?.read_pet(1).await.err().ok_or("an error")?;
    let Some(ReadPetError::UnprocessableContent(Problem::Simple(simple))) = error.api() else {
        return Err(format!("{error:?}").into());
    };
    assert_eq!(simple.errors, ["e"]);
    let detailed = r#"{"message":"m","errors":[{"code":"c"}]}"#;
    let error = client(422, detailed)?.read_pet(1).await.err().ok_or("an error")?;
    let is_detailed = matches!(
        error.api(),
        Some(ReadPetError::UnprocessableContent(Problem::Detailed(one))) if one.errors[0].code == "c"
    );
    assert!(is_detailed, "{error:?}");
    // Where something else does not fit, too.
    let odd = r#"{"count":"many","problem":{"message":"m","errors":["e"]}}"#;
    let report = client(200, odd)?.report().await?;
    assert!(matches!(&report.problem, Some(Problem::Simple(_))), "{report:?}");
    assert_eq!(report.drift().len(), 1);
    Ok(())
}

#[tokio::test]
async fn an_alternative_has_the_member_that_tells_it_declared_or_not() -> Result<(), AnyError> {
    use families::ListShapesItem as Shape;
    let body = r#"[{"kind":"Square","side":2.0},{"kind":"Circle"}]"#;
    let client = families::Client::builder().transport(Canned(200, body)).build()?;
    let shapes = client.list_shapes().await?;
    let [Shape::Square(square), Shape::Circle(circle)] = shapes.as_slice() else {
        panic!("{shapes:?}");
    };
    assert_eq!((square.kind.as_deref(), square.side), (Some("Square"), Some(2.0)));
    assert_eq!(circle.kind.as_deref(), Some("Circle"));
    Ok(())
}

/// A form as text, its commonest marks readable.
fn form_of(request: &http::Request<Payload>) -> String {
    let text = String::from_utf8_lossy(request.body().as_bytes().unwrap_or_default()).into_owned();
    let marks = [
        ("%5B", "["),
        ("%5D", "]"),
        ("%2C", ","),
        ("%7C", "|"),
        ("%20", " "),
        ("%40", "@"),
    ];
    let marks = marks
        .iter()
        .chain(&[("%7B", "{"), ("%7D", "}"), ("%22", "\""), ("%3A", ":")]);
    marks.fold(text, |text, (mark, char)| text.replace(mark, char))
}

#[tokio::test]
async fn members_of_a_form_are_written_as_their_encoding_says() -> Result<(), AnyError> {
    use forms::{Address, CreateCustomerForm, CustomerItemInput, FilterInput};
    let address = || Address {
        lines: vec!["1".into(), "2".into()],
        ..Address::new("Ulm")
    };
    let form = CreateCustomerForm {
        kind: Some("company".into()),
        expand: Some(vec!["a".into(), "b".into()]),
        items: Some(vec![CustomerItemInput {
            price: Some("p".into()),
            count: None,
        }]),
        ids: Some(vec![1, 2]),
        words: Some(vec!["x".into(), "y".into()]),
        pipes: Some(vec!["x".into(), "y".into()]),
        filter: Some(FilterInput {
            from: Some(1),
            to: None,
        }),
        plain: Some(Address::new("Bonn")),
        several: Some(vec!["x".into(), "y".into()]),
        ..CreateCustomerForm::new("a@b.io", address())
    };
    let client = forms::Client::builder().build()?;
    #[expect(deprecated, reason = "the API's author says so")]
    let request = client.create_customer(&form).request()?;
    let sent = "email=a@b.io&kind=company&address[city]=Ulm&address[lines][]=1&address[lines][]=2&expand[]=a&expand[]=b&\
        items[0][price]=p&ids=1,2&words=x y&pipes=x|y&from=1&plain={\"city\":\"Bonn\"}&several=x&several=y";
    assert_eq!(form_of(&request), sent);
    let upload = forms::UploadForm {
        address: Some(address()),
        owner: Some(Address::new("Ulm")),
        others: Some(vec![Address::new("A"), Address::new("B")]),
        picture: Some(FilePart::from(b"png".to_vec())),
    };
    let curl = client.upload(&upload).curl();
    for part in [
        "type=image/png",
        r#"'address="{"city":"Ulm","lines":["1","2"]}";type=application/vnd.address+json'"#,
        "owner[city]=Ulm",
        r#"'others="{"city":"A"}";type=application/json'"#,
    ] {
        assert!(curl.replace('\\', "").contains(part), "{part}: {curl}");
    }
    Ok(())
}

#[tokio::test]
async fn another_media_type_is_sent_in_place_of_the_body() -> Result<(), AnyError> {
    let client = bodies::Client::builder().build()?;
    let call = client.note().body("as text");
    assert_eq!(call.request()?.headers()["content-type"], "text/plain");
    let call = call.body_as("application/xml", b"<a/>".to_vec());
    assert_eq!(call.request()?.headers()["content-type"], "application/xml");
    let curl = call.curl();
    assert!(
        curl.contains("application/xml") && !curl.contains("as text"),
        "{curl}"
    );
    Ok(())
}
