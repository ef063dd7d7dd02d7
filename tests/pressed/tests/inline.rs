//! A client that is put where it is included is found there, and not in a module of its own.

use letterpress_pressed::inline::users::token::GetAUserTokenType;
use letterpress_pressed::inline::{Client, GetAUserToken, replay, rt};

#[test]
fn the_client_is_where_it_is_included() -> Result<(), rt::AnyError> {
    let client = Client::builder().transport(replay()).build()?;
    let call = client
        .users()
        .token()
        .get_a_user_token("me")
        .r#type(GetAUserTokenType::Zak);
    assert!(
        call.curl().contains("/users/me/token?type=zak"),
        "{}",
        call.curl()
    );
    assert!(GetAUserToken::saved(&client).curl().starts_with("curl "));
    Ok(())
}
