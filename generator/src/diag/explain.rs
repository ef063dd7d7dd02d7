//! What each finding means, at length: `letterpress explain PM0107`.
//!
//! In: a code. Out: what was found, what was made of it, and what to do.

use super::Code;

impl Code {
    /// The code that users see as this, in any case.
    pub fn of_str(text: &str) -> Option<Self> {
        let known = Self::ALL.iter().copied();
        known
            .into_iter()
            .find(|code| code.as_str().eq_ignore_ascii_case(text.trim()))
    }

    /// What it means and what to do, in paragraphs.
    pub fn explained(self) -> &'static str {
        let mut rows = EXPLAINED.iter();
        rows.find(|(code, _)| *code == self).map_or("", |(_, text)| text)
    }
}

/// What each code means: what was found and what was made of it, and in a second paragraph what to do.
const EXPLAINED: &[(Code, &str)] = &[
    (
        Code::Unreadable,
        "The path leads to nothing that can be read: there is no such file, it may not be opened, or it is a directory \
                 without a collection.\n\nA relative path is relative to the directory that the program runs in; of a build script that \
                 is the package's.",
    ),
    (
        Code::NotJson,
        "The file is no JSON. Where it looks like something else (HTML of a sign-in page, a pointer of Git LFS, a merge \
                 conflict, a file that was cut off), the finding says so.\n\nExport the collection again, or correct it at the line and \
                 column that are named.",
    ),
    (
        Code::NotYaml,
        "The file is YAML that cannot be read, or it is YAML and this build of letterpress cannot read any.\n\nBuild scripts \
                 read YAML with the feature `yaml`: `letterpress = { version = \"…\", features = [\"yaml\"] }`. The binary always does.",
    ),
    (
        Code::NotACollection,
        "The file is JSON, but neither a Postman collection nor an OpenAPI description. An environment, an answer of a \
                 server or the export of another tool is named as what it is.\n\nExport the collection from Postman as v2.1, or name the \
                 right file.",
    ),
    (
        Code::EmptyCollection,
        "There is no request in it, so there is no client to be made.\n\nAdd one in Postman and export again. In a directory, \
                 put a collection there.",
    ),
    (
        Code::TrailingData,
        "Something stands behind the end of the document, often the rest of an older and longer version. What is before it \
                 was used.\n\nRemove the rest, or export again.",
    ),
    (
        Code::Credential,
        "A token, a password or a key stands in the file. It was taken out: generated code, documentation, saved answers and \
                 findings do not hold it, wherever else it stands.\n\nGive it when the client is built, by the method that the finding \
                 names; write a variable in its place in Postman; and consider it as known to all who can read the file.",
    ),
    (
        Code::Setting,
        "A setting of `letterpress.toml`, or of the builder, is not understood, has a value that it cannot have, or matches \
                 nothing. Settings that do nothing are errors, since nobody means them.\n\nThe finding names the line, and what may have \
                 been meant.",
    ),
    (
        Code::UnknownSchema,
        "The collection names a schema that is not known. It was read as v2.1.\n\nExport it as v2.1 if something is missing.",
    ),
    (
        Code::DuplicateKey,
        "A key is given more than once in one object. As in JavaScript the last one counts, in the place of the first.\n\nKeep \
                 the one that is meant.",
    ),
    (
        Code::Encoding,
        "Some bytes are no UTF-8, or half of a character stands alone. They became U+FFFD, `\u{fffd}`.\n\nSave the file as UTF-8.",
    ),
    (
        Code::Environment,
        "A file beside the collection that should hold variables cannot be used: it is no JSON or YAML, or it has no list of \
                 values. The collection was pressed without it.\n\nExport the environment again, or remove the file.",
    ),
    (
        Code::TooDeep,
        "Something is nested deeper than 127 levels. It is kept as text and has no type.\n\nSave one that is less deep if you \
                 need its type.",
    ),
    (
        Code::NotRead,
        "One file of a v3 collection cannot be read, and was left out; Postman leaves it out, too. The rest was pressed.\n\nThe \
                 most common mistake is a text that begins with a variable and is not in quotes: write `url: '{{baseUrl}}/x'`, as \
                 `{` begins a map.",
    ),
    (
        Code::UnknownKey,
        "A key of a v3 file is not v3's: another version, or another tool, writes it. It was not read, as Postman does not \
                 read it.\n\nWrite it as the finding says.",
    ),
    (
        Code::Lock,
        "A line of `letterpress.lock` is not a public name and what has it, or two lines give one name to two things, as after a \
                 merge.\n\nKeep one of the lines, or let `letterpress lock` write the file anew.",
    ),
    (
        Code::LockedGone,
        "`letterpress.lock` keeps a name, and nothing in the collection has it: an item was taken out or moved to another folder, \
                 or its answers have another form. Code that uses the name no longer compiles.\n\nBring back what it was of, or accept the change: \
                 `letterpress lock` takes such names out.",
    ),
    (
        Code::Skipped,
        "Something in a list is not what the list is of (a number among items), or is a request of another protocol than HTTP. It \
                 was left out.\n\nRemove it, or write it as what it should be.",
    ),
    (
        Code::RequestDropped,
        "A request of a v1 collection is in no folder's order, so that Postman does not show it. It was left out.\n\nAdd its id to \
                 an `order`, or export the collection as v2.1.",
    ),
    (
        Code::UnknownAuth,
        "An authentication is of a kind that is not known, or a security scheme is not declared. The call is sent without \
                 it.\n\nSet what it needs by hand, with `Client::builder().header(name, value)` or `call.header(name, value)`.",
    ),
    (
        Code::EmptyUrl,
        "A request has no address. There is a function for it, which is an error when it is called.\n\nGive it an address in \
                 Postman, or leave it out with `skip = true` in `letterpress.toml`.",
    ),
    (
        Code::OddValue,
        "A value is of another kind than it should be: a list where a text is due, several authentications where one is sent. It was \
                 taken for what Postman would send.\n\nWrite it as the finding says, if that is not what you mean.",
    ),
    (
        Code::UnknownStatus,
        "A saved answer has no status, or one that is none. It was taken for the usual one.\n\nSave the answer again, with its \
                 status.",
    ),
    (
        Code::ScriptNotRun,
        "Postman runs a script before this request, and it seems to change what is sent. Generated functions run no \
                 scripts.\n\nGive what it sets as a setting of the client, as an argument, or with a setter of the call. If you have seen \
                 to it, `allow = [\"PM0107\"]` for the item in `letterpress.toml` silences the finding.",
    ),
    (
        Code::SameName,
        "Several items of one folder have one name. Their functions are told apart by method, path or a number.\n\nName them \
                 apart in Postman, or in `letterpress.toml`: `[item.\"Folder > Name#2\"] name = \"…\"`.",
    ),
    (
        Code::IdInPath,
        "A part of the path looks like an id that somebody wrote into it. The function always calls that one thing.\n\nWrite a \
                 variable in its place in Postman, or give the path anew in `letterpress.toml`: `path = \"/orders/:order_id\"`.",
    ),
    (
        Code::Paging,
        "Some lists seem to come in pages, as they take a page, an offset or a cursor, and it is not known what their answers say of the \
                 next page, or where in them the list is. Their calls give one page, and nothing asks for the next by itself.\n\nSave an \
                 answer in Postman, or say it in `letterpress.toml`: `[items.\"Folder > Item\"]` with `pages = { style = \"cursor\", send = \
                 \"cursor\", next = \"next_cursor\", items = \"data\" }`; the styles are `cursor`, `header`, `link`, `offset`, `page` and \
                 `url`. `pages = false` says that it is no such list.",
    ),
    (
        Code::TokenNotRead,
        "A script stores a variable that other items are sent with as a credential, and what it stores could not be read off the \
                 script: the client has no method that fetches it by this item.\n\nSay where in the answer it is, in `letterpress.toml`: \
                 `[items.\"Folder > Login\"] token = { for = \"token\", value = \"data.token\" }` (or `value = \"header:X-Token\"`, or \
                 `\"text\"`), or that it is none: `token = false`.",
    ),
    (
        Code::SampleNotJson,
        "A saved answer is said to be JSON and is not, so that it says nothing of its type. The call gives the body as it \
                 is.\n\nSave a valid answer, or correct its `Content-Type`.",
    ),
    (
        Code::BodyNotJson,
        "A saved body is said to be JSON and is not. The function takes text.\n\nCorrect the body in Postman, or set its language \
                 to text.",
    ),
    (
        Code::Reference,
        "A reference leads nowhere, or back to itself. Any JSON stands in its place.\n\nReferences are `#/components/schemas/Name`, \
                 or a file below the description's folder; nothing is fetched from the network.",
    ),
    (
        Code::Schema,
        "A schema says what no type can, is no schema, or is not what a saved answer shows. The nearest type was taken: any JSON, \
                 or what the schema says where a sample differs.\n\nThe finding says which, and what to write.",
    ),
    (
        Code::Parameter,
        "A parameter is left out, or taken for text: it has no meaning where it stands, is not declared, or may be left out in a place \
                 where that cannot be said.\n\nThe finding names the way to send it all the same.",
    ),
    (
        Code::MediaType,
        "A body or an answer is offered in several media types. One was taken: JSON before forms before anything else.\n\nFor \
                 another, send the call with `call.header(\"Content-Type\", …)` and a body of your own.",
    ),
    (
        Code::Server,
        "No server with a host is named, so the client does not know where to send its calls.\n\nName one under `servers`, or give \
                 it when the client is built: `Client::builder().base_url(\"https://api.example.com\")`.",
    ),
    (
        Code::Version,
        "The description says that it is of a version that is not known. It was read as the newest that is, 3.2.\n\nCheck the \
                 version if something is missing.",
    ),
    (
        Code::Example,
        "An example is none of what it is an example of: a member is missing, or of another kind. It is not shown, and no replay \
                 answers with it; the types are the schema's.\n\nCorrect the example, or the schema.",
    ),
    (
        Code::Undeclared,
        "Examples show members of an object that its schema does not declare. What APIs are seen to answer is not dropped: each is an \
                 optional field, of the type that it is shown with.\n\nDeclare them under `properties`, or say \
                 `additionalProperties: false` if there are none.",
    ),
];

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_explained_with_a_way_out() {
        for code in Code::ALL {
            let text = code.explained();
            assert!(
                text.contains("\n\n") && text.ends_with(['.', '`']),
                "{}",
                code.as_str()
            );
            assert_eq!(Code::of_str(&code.as_str().to_lowercase()), Some(*code));
        }
        assert_eq!(Code::of_str("PM9999"), None);
    }
}
