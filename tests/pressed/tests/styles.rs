//! The specification's table of styles, cell by cell: what a recorder gets of a call for each.
//!
//! Lists and objects in cookies are text: the caller joins them.

use std::future::ready;
use std::sync::{Arc, Mutex};

use letterpress_pressed::styles::Client;
use letterpress_runtime::transport::{Payload, Sent, Transport};

/// Notes each request: the path behind the operation's name, the query, the header, and the cookie.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<[String; 4]>>);

impl Transport for Recorder {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let header = |name: &str| {
            let value = request.headers().get(name);
            value.map_or_else(String::new, |value| {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            })
        };
        let path = request.uri().path().splitn(3, '/').nth(2).unwrap_or_default();
        let query = request.uri().query().unwrap_or_default();
        let seen = [
            path.to_owned(),
            query.to_owned(),
            header("color"),
            header("cookie"),
        ];
        if let Ok(mut recorded) = self.0.lock() {
            *recorded = seen;
        }
        let mut response = http::Response::new(Payload::bytes(Vec::new()));
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        Box::pin(ready(Ok(response)))
    }
}

#[tokio::test]
async fn requests_are_written_as_the_table_of_styles_says() -> Result<(), Box<dyn std::error::Error>> {
    let recorder = Recorder::default();
    let client = Client::builder().transport(recorder.clone()).build()?;
    let places = ["path", "query", "header", "cookie"];
    macro_rules! sent {
        ($place:ident, $call:expr, $expected:literal) => {
            $call.await?;
            let recorded = recorder.0.lock().map_err(|_| "poisoned")?.clone();
            let seen = places.iter().zip(&recorded);
            for (place, text) in seen {
                let expected = if *place == stringify!($place) {
                    $expected
                } else {
                    ""
                };
                assert_eq!(text, expected, "{place} of {}", stringify!($call));
            }
        };
    }
    sent!(path, client.path_matrix_plain_string("blue"), ";color=blue");
    sent!(path, client.path_matrix_exploded_string("blue"), ";color=blue");
    sent!(
        path,
        client.path_matrix_plain_list(["blue", "black", "brown"]),
        ";color=blue,black,brown"
    );
    sent!(
        path,
        client.path_matrix_exploded_list(["blue", "black", "brown"]),
        ";color=blue;color=black;color=brown"
    );
    sent!(
        path,
        client.path_matrix_plain_object([("R", 100), ("G", 200), ("B", 150)]),
        ";color=R,100,G,200,B,150"
    );
    sent!(
        path,
        client.path_matrix_exploded_object([("R", 100), ("G", 200), ("B", 150)]),
        ";R=100;G=200;B=150"
    );
    sent!(path, client.path_label_plain_string("blue"), ".blue");
    sent!(path, client.path_label_exploded_string("blue"), ".blue");
    sent!(
        path,
        client.path_label_plain_list(["blue", "black", "brown"]),
        ".blue,black,brown"
    );
    sent!(
        path,
        client.path_label_exploded_list(["blue", "black", "brown"]),
        ".blue.black.brown"
    );
    sent!(
        path,
        client.path_label_plain_object([("R", 100), ("G", 200), ("B", 150)]),
        ".R,100,G,200,B,150"
    );
    sent!(
        path,
        client.path_label_exploded_object([("R", 100), ("G", 200), ("B", 150)]),
        ".R=100.G=200.B=150"
    );
    sent!(path, client.path_simple_plain_string("blue"), "blue");
    sent!(path, client.path_simple_exploded_string("blue"), "blue");
    sent!(
        path,
        client.path_simple_plain_list(["blue", "black", "brown"]),
        "blue,black,brown"
    );
    sent!(
        path,
        client.path_simple_exploded_list(["blue", "black", "brown"]),
        "blue,black,brown"
    );
    sent!(
        path,
        client.path_simple_plain_object([("R", 100), ("G", 200), ("B", 150)]),
        "R,100,G,200,B,150"
    );
    sent!(
        path,
        client.path_simple_exploded_object([("R", 100), ("G", 200), ("B", 150)]),
        "R=100,G=200,B=150"
    );
    sent!(query, client.query_form_plain_string("blue"), "color=blue");
    sent!(query, client.query_form_exploded_string("blue"), "color=blue");
    sent!(
        query,
        client.query_form_plain_list(["blue", "black", "brown"]),
        "color=blue,black,brown"
    );
    sent!(
        query,
        client.query_form_exploded_list(["blue", "black", "brown"]),
        "color=blue&color=black&color=brown"
    );
    sent!(
        query,
        client.query_form_plain_object([("R", 100), ("G", 200), ("B", 150)]),
        "color=R,100,G,200,B,150"
    );
    sent!(
        query,
        client.query_form_exploded_object().r(100).g(200).b(150),
        "R=100&G=200&B=150"
    );
    sent!(header, client.header_simple_plain_string("blue"), "blue");
    sent!(header, client.header_simple_exploded_string("blue"), "blue");
    sent!(
        header,
        client.header_simple_plain_list(["blue", "black", "brown"]),
        "blue,black,brown"
    );
    sent!(
        header,
        client.header_simple_exploded_list(["blue", "black", "brown"]),
        "blue,black,brown"
    );
    sent!(
        header,
        client.header_simple_plain_object([("R", 100), ("G", 200), ("B", 150)]),
        "R,100,G,200,B,150"
    );
    sent!(
        header,
        client.header_simple_exploded_object([("R", 100), ("G", 200), ("B", 150)]),
        "R=100,G=200,B=150"
    );
    sent!(cookie, client.cookie_form_plain_string("blue"), "color=blue");
    sent!(cookie, client.cookie_form_exploded_string("blue"), "color=blue");
    sent!(cookie, client.cookie_cookie_plain_string("blue"), "color=blue");
    sent!(cookie, client.cookie_cookie_exploded_string("blue"), "color=blue");
    sent!(
        query,
        client.query_spacedelimited_plain_list(["blue", "black", "brown"]),
        "color=blue%20black%20brown"
    );
    sent!(
        query,
        client.query_spacedelimited_plain_object([("R", 100), ("G", 200), ("B", 150)]),
        "color=R%20100%20G%20200%20B%20150"
    );
    sent!(
        query,
        client.query_pipedelimited_plain_list(["blue", "black", "brown"]),
        "color=blue%7Cblack%7Cbrown"
    );
    sent!(
        query,
        client.query_pipedelimited_plain_object([("R", 100), ("G", 200), ("B", 150)]),
        "color=R%7C100%7CG%7C200%7CB%7C150"
    );
    sent!(
        query,
        client
            .query_deepobject_exploded_object()
            .color_r(100)
            .color_g(200)
            .color_b(150),
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    );
    Ok(())
}
