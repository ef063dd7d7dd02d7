//! What a crate's CI is to do: a workflow for GitHub, in which others find the commands that theirs needs.

use super::Kind;

/// Where it lies in a repository.
pub(super) const FILE: &str = ".github/workflows/client.yml";

/// The workflow of a crate.
pub(super) fn workflow(kind: Kind) -> String {
    let steps = match kind {
        Kind::BuildScript => "",
        Kind::CheckedIn => CHECK,
    };
    format!("{HEAD}{steps}      - run: cargo test\n")
}

const HEAD: &str = "\
name: client
on: [push, pull_request]

permissions:
  contents: read

jobs:
  client:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
";

/// Nobody forgets to press a crate that is checked in, nor the version that a change asks for.
const CHECK: &str = "      \
      - run: cargo install letterpress --features cli
      # The client is what its collection makes, and its version is high enough for what changed.
      - run: letterpress check --semver
";
