//! Saved responses in process: each call is answered with its own, and every answer is what its type says.

use letterpress_pressed::one_address::{self, rt};
use letterpress_pressed::{placeholders, stand_ins};

type Tested = Result<(), rt::AnyError>;

#[tokio::test]
async fn calls_of_one_address_have_their_own_answers() -> Tested {
    let client = one_address::Client::builder()
        .transport(one_address::replay())
        .strict(true)
        .build()?;
    let user = one_address::GetUser::saved(&client).await?;
    assert_eq!(user.raw_body(), r#"{"data":{"user":{"id":1,"name":"a"}}}"#);
    let posts = one_address::ListPosts::saved(&client).await?;
    assert_eq!(posts.raw_body(), r#"{"data":{"posts":[{"title":"x"}]}}"#);
    let balance = one_address::GetBalance::saved(&client).await?;
    assert_eq!(balance.result, Some(100));
    let block = one_address::GetBlock::saved(&client).await?;
    assert_eq!(
        block.raw_body(),
        r#"{"jsonrpc":"2.0","result":{"height":5},"id":1}"#
    );
    assert_eq!(
        one_address::GetPrice::saved(&client).await?.value(),
        "<price>1</price>"
    );
    assert_eq!(
        one_address::GetStock::saved(&client).await?.value(),
        "<stock>2</stock>"
    );
    assert_eq!(one_address::Find::saved(&client).await?.found, Some(1));
    assert_eq!(one_address::Remove::saved(&client).await?.removed, Some(true));
    // Whatever is sent, it is still this call.
    let removed = one_address::Remove::saved(&client)
        .header("SOAPAction", "GetPrice")
        .await?;
    assert_eq!(removed.removed, Some(true));
    Ok(())
}

#[tokio::test]
async fn a_call_without_a_saved_response_is_not_answered_with_another() -> Tested {
    let client = one_address::Client::builder()
        .transport(one_address::replay())
        .build()?;
    let error = one_address::NeverAnswered::saved(&client)
        .await
        .map(|_| ())
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("404") && text.contains("no response of `NeverAnswered` was saved"),
        "{text}"
    );
    let chosen = one_address::Find::saved(&client).header("x-mock-response-code", "500");
    let text = chosen.await.map(|_| ()).unwrap_err().to_string();
    assert!(text.contains("it is known what is called"), "{text}");
    Ok(())
}

#[tokio::test]
async fn answers_are_of_their_types() -> Tested {
    let client = stand_ins::Client::builder()
        .transport(stand_ins::replay())
        .strict(true)
        .build()?;
    let filled = stand_ins::Variables::saved(&client).await?;
    assert_eq!(filled.city.as_deref(), Some("Oslo"));
    // Secret values of the collection are in no output.
    assert_eq!(filled.token.as_deref(), Some("token"));
    assert_eq!(filled.nested.as_deref(), Some("hello you \"two\""));
    assert_eq!(filled.guid.as_deref().map(str::len), Some(36));
    assert!(has(filled.raw_body(), "\"count\":5,"), "{filled:?}");
    for answer in ["Answer 1", "Answer 2"] {
        let call = stand_ins::NoValues::saved(&client).header("x-mock-response-name", answer);
        let values = call.await?;
        let expected = if answer == "Answer 1" {
            (1, "name", 1.5)
        } else {
            (7, "x", 0.5)
        };
        assert_eq!(
            (values.id, values.name.as_deref(), values.rate),
            (Some(expected.0), Some(expected.1), Some(expected.2))
        );
    }
    let made = stand_ins::Placeholders::saved(&client).await?;
    assert_eq!(
        (made.id, made.price, made.ok, made.bare),
        (Some(1), Some(1.5), Some(true), Some(true))
    );
    assert_eq!(stand_ins::Loose::saved(&client).await?.b, [true]);

    let client = placeholders::Client::builder()
        .transport(placeholders::replay())
        .strict(true)
        .build()?;
    placeholders::Get::saved(&client).await?;
    Ok(())
}

#[tokio::test]
async fn variables_are_those_of_the_test_then_of_the_client() -> Tested {
    let count = |client: stand_ins::Client| async move {
        let answer = stand_ins::Variables::saved(&client).await?;
        Ok::<_, rt::AnyError>((has(answer.raw_body(), "\"count\":7,"), answer.city.clone()))
    };
    let client = stand_ins::Client::builder()
        .variable("count", "7")
        .variable("city", "c");
    assert_eq!(
        count(client.transport(stand_ins::replay()).build()?).await?,
        (true, Some("c".to_owned()))
    );
    let replay = stand_ins::replay()
        .variable("city", "t")
        .variables(&[("count", "7")]);
    let client = stand_ins::Client::builder()
        .variable("city", "c")
        .transport(replay);
    assert_eq!(count(client.build()?).await?, (true, Some("t".to_owned())));
    Ok(())
}

fn has(body: &rt::Bytes, text: &str) -> bool {
    body.windows(text.len()).any(|window| window == text.as_bytes())
}
