//! The client of a model by hand: styles, answers by range, unions, required members and alternatives of security go all the way
//! to requests and values, whatever front end they come from.

use letterpress_pressed::model::handmade::{Card, Client, ListOrdersError, PayError, WayToPay};
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{AnyError, Error};
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

fn answering(status: u16, body: &'static str) -> Result<Client, AnyError> {
    Client::builder().transport(Canned(status, body)).build()
}

#[test]
fn lists_and_objects_are_written_in_their_style() -> Result<(), AnyError> {
    let client = Client::builder().build()?;
    let call = client
        .list_orders(["a b", "c,d"])
        .state(["open", "paid"])
        .size([("min", 1), ("max", 2)]);
    let request = call.request()?;
    assert_eq!(
        request.uri().to_string(),
        "https://api.example.com/shops/;shops=a%20b,c%2Cd/orders?state=open%7Cpaid&size%5Bmin%5D=1&size%5Bmax%5D=2"
    );
    Ok(())
}

#[test]
fn any_one_credential_will_do_and_none_as_well() -> Result<(), AnyError> {
    let sent = |client: &Client| -> Result<(bool, bool), AnyError> {
        let request = client.list_orders(["a"]).request()?;
        let headers = request.headers();
        Ok((
            headers.contains_key("authorization"),
            headers.contains_key("x-api-key"),
        ))
    };
    assert_eq!(sent(&Client::builder().build()?)?, (false, false));
    let bearer = Client::builder().bearer_token("t").build()?;
    assert_eq!(sent(&bearer)?, (true, false));
    let key = Client::builder().api_key("k").build()?;
    assert_eq!(sent(&key)?, (false, true));
    Ok(())
}

#[tokio::test]
async fn unions_are_told_apart_by_their_tag_and_open_to_others() -> Result<(), AnyError> {
    let orders = r#"[
        {"id": 1, "note": null, "paid_by": {"kind": "card", "last4": "4242"}},
        {"id": 2, "note": "soon", "paid_by": {"kind": "transfer", "iban": "X"}},
        {"id": 3, "note": "odd", "paid_by": {"kind": "cheque", "number": 7}}
    ]"#;
    let answer = answering(200, orders)?.list_orders(["a"]).await?;
    let notes = answer
        .value()
        .iter()
        .map(|order| (order.id, order.note.as_deref()));
    let notes: Vec<_> = notes.collect();
    assert_eq!(notes, [(1, None), (2, Some("soon")), (3, Some("odd"))]);
    let ways: Vec<_> = answer
        .value()
        .iter()
        .filter_map(|order| order.paid_by.as_ref())
        .collect();
    let [
        WayToPay::Card(card),
        WayToPay::Transfer(transfer),
        WayToPay::Other(other),
    ] = &ways[..]
    else {
        panic!("{ways:?}");
    };
    assert_eq!((card.last4.as_str(), transfer.iban.as_str()), ("4242", "X"));
    assert_eq!(other["number"], 7);
    assert!(answer.drift().is_empty(), "{:?}", answer.drift());
    Ok(())
}

#[tokio::test]
async fn answers_are_told_apart_by_range_and_rest() -> Result<(), AnyError> {
    let missing = answering(404, r#"{"title": "no such shop"}"#)?
        .list_orders(["a"])
        .await;
    let missing = missing.err();
    let Some(ListOrdersError::ClientError(problem)) = missing.as_ref().and_then(Error::api) else {
        panic!("404 is one of 4XX: {missing:?}");
    };
    assert_eq!(problem.title, "no such shop");
    let card = WayToPay::Card(Card::new("4242"));
    let down = answering(503, r#"{"trace": "abc"}"#)?.pay(1, &card).await.err();
    let Some(PayError::Other(failure)) = down.as_ref().and_then(Error::api) else {
        panic!("503 is the rest: {down:?}");
    };
    assert_eq!(failure.trace, "abc");
    Ok(())
}

#[tokio::test]
async fn a_required_member_that_is_missing_is_an_error_of_the_whole() -> Result<(), AnyError> {
    let client = answering(200, r#"[{"note": "no id"}]"#)?;
    let answer = client.list_orders(["a"]).await?;
    assert!(answer.value().is_empty(), "{:?}", answer.value());
    assert_eq!(answer.drift().len(), 1);
    Ok(())
}
