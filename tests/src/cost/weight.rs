//! What it costs to have a client built, beside the same call by hand.
//!
//! In: nothing but the repository. Out: user CPU seconds of two cold builds in one run: a program whose build script presses the
//! seed's collection, and one that makes the same call with `reqwest`, `rustls` and `serde`, of the versions of our own lock.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{build, child_seconds, flags};
use crate::inputs::workspace;

const PRESSED: &str = "//! One call.

mod api {
    include!(concat!(env!(\"OUT_DIR\"), \"/letterpress.rs\"));
}

#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), api::zoom::rt::AnyError> {
    let client = api::zoom::Client::builder().bearer_token(\"x\").build()?;
    let answer = client.users().token().get_a_user_token(\"me\").ttl(3600).await?;
    println!(\"{:?}\", answer.token);
    Ok(())
}
";

const BUILD: &str = "//! Presses the collection.

fn main() -> Result<(), letterpress::Error> {
    letterpress::Generator::new().collection(\"zoom.postman_collection.json\").build()?;
    Ok(())
}
";

const BY_HAND: &str = "//! One call.

use rustls_platform_verifier::BuilderVerifierExt;

#[derive(serde::Deserialize)]
struct Token {
    token: Option<String>,
}

#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let provider = rustls::crypto::ring::default_provider();
    let tls = rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).build()?;
    let request = client.get(\"https://api.zoom.us/v2/users/me/token\");
    let answer = request.query(&[(\"ttl\", \"3600\")]).bearer_auth(\"x\").send().await?;
    let token: Token = answer.error_for_status()?.json().await?;
    println!(\"{:?}\", token.token);
    Ok(())
}
";

/// Builds both below `work`, from nothing, and says how they compare.
pub fn compare(work: &Path, release: bool) -> Result<String, String> {
    let collection = workspace().join("collections/zoom.postman_collection.json");
    let collection = fs::read_to_string(collection).map_err(|error| error.to_string())?;
    let letterpress = workspace().join("generator").display().to_string();
    let runtime = workspace().join("runtime").display().to_string();
    let pressed = format!(
        "letterpress-runtime = {{ path = {runtime:?} }}\n\n[build-dependencies]\nletterpress = {{ path = {letterpress:?} }}\n"
    );
    let by_hand = "reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"query\", \"rustls-no-provider\"] }\n\
         rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n\
         rustls-platform-verifier = \"0.7\"\nserde = { version = \"1\", features = [\"derive\"] }\n";
    let crates = [
        (
            "pressed",
            pressed.as_str(),
            vec![
                ("build.rs", BUILD),
                ("src/main.rs", PRESSED),
                ("zoom.postman_collection.json", collection.as_str()),
            ],
        ),
        ("by-hand", by_hand, vec![("src/main.rs", BY_HAND)]),
    ];
    let mut seconds = Vec::new();
    for (name, dependencies, files) in crates {
        let folder = write(work, name, dependencies, &files).map_err(|error| format!("{name}: {error}"))?;
        let before = child_seconds();
        build(&folder, flags(release))?;
        seconds.push(child_seconds() - before);
    }
    let [pressed, by_hand] = seconds[..] else {
        return Err("two builds were asked for".to_owned());
    };
    Ok(format!(
        "cold cargo {}\npressed by a build script: {pressed:.1} s of user CPU\nby hand: {by_hand:.1} s of user CPU\nratio: {:.2}",
        flags(release).join(" "),
        pressed / by_hand
    ))
}

/// A crate of which nothing is built yet.
fn write(work: &Path, name: &str, dependencies: &str, files: &[(&str, &str)]) -> io::Result<PathBuf> {
    let folder = work.join("weight").join(name);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{dependencies}"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    // The same versions on both sides, and those that are tested.
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    for (path, text) in files {
        fs::write(folder.join(path), text)?;
    }
    Ok(folder)
}
