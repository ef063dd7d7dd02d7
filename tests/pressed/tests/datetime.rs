//! Dates with times as types of three crates: read, sent, and as they were saved.

use letterpress_pressed::{by_chrono, by_format, by_jiff, by_time};
use letterpress_runtime::{AnyError, DateTime, Value, json};

/// What the fixtures save as their body.
fn saved_body() -> Value {
    json!({"from": "2024-05-01T09:30:00Z", "reminders": ["2024-04-30T07:30:00Z"]})
}

/// The saved answer is read without drift, the saved body is a value of the type, and both are written by RFC 3339.
macro_rules! goes_there_and_back {
    ($module:ident, $instant:expr, $body:expr) => {
        let client = $module::Client::builder()
            .transport($module::replay())
            .strict(true)
            .build()?;
        let body = $module::BookBody::saved();
        let answer = client.book(&body).await?;
        assert_eq!(answer.drift(), []);
        assert_eq!(answer.at, Some($instant));
        assert_eq!(answer.others.iter().flatten().count(), 1);
        assert_eq!(answer.day.as_deref(), Some("2024-05-01"));
        assert_eq!(serde_json::to_value(&body).ok(), Some($body));
    };
}

#[tokio::test]
async fn dates_of_jiff() -> Result<(), AnyError> {
    let instant = jiff::Timestamp::from_millisecond(1_714_555_800_500).unwrap_or_default();
    goes_there_and_back!(by_jiff, instant, saved_body());
    Ok(())
}

#[tokio::test]
async fn dates_of_chrono() -> Result<(), AnyError> {
    let instant = chrono::DateTime::from_timestamp_millis(1_714_555_800_500).unwrap_or_default();
    goes_there_and_back!(by_chrono, instant, saved_body());
    Ok(())
}

#[tokio::test]
async fn dates_of_time_keep_their_offset() -> Result<(), AnyError> {
    let instant: DateTime = serde_json::from_value(json!("2024-05-01T09:30:00.5Z")).unwrap_or_default();
    let mut body = saved_body();
    body["reminders"] = json!(["2024-04-30T09:30:00+02:00"]);
    goes_there_and_back!(by_time, instant, body);
    assert_eq!(instant.to_string(), "2024-05-01T09:30:00.5Z");
    assert!(serde_json::from_value::<DateTime>(json!("yesterday")).is_err());
    Ok(())
}

/// Formats that are declared are of the types that settings say, and others are text.
#[tokio::test]
async fn texts_of_a_format() -> Result<(), Box<dyn std::error::Error>> {
    let client = by_format::Client::builder()
        .transport(by_format::replay())
        .strict(true)
        .build()?;
    let page: url::Url = "https://example.com/b".parse()?;
    let mut booking = by_format::Booking::new(jiff::civil::date(2024, 5, 1), page.clone());
    booking.others = Some(vec![page.clone()]);
    booking.at = Some("2024-05-01T09:30:00Z".parse()?);
    booking.code = Some("no uuid".to_owned());
    let sent = json!({
        "day": "2024-05-01", "page": "https://example.com/b", "others": ["https://example.com/b"],
        "at": "2024-05-01T09:30:00Z", "code": "no uuid",
    });
    assert_eq!(serde_json::to_value(&booking)?, sent);
    let call = client.book(&page, &booking).since(jiff::civil::date(2024, 4, 1));
    let address = "https://api.example.com/bookings/https:%2F%2Fexample.com%2Fb?since=2024-04-01";
    assert_eq!(call.request()?.uri().to_string(), address);
    let answer = call.await?;
    assert_eq!(answer.drift(), []);
    assert_eq!(answer.day, jiff::civil::date(2024, 1, 31));
    Ok(())
}
