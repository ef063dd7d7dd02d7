//! What a text is that is no JSON, and what to do about it.
//!
//! In: the text, and where its reader stopped. Out: a message and a way out, for people who took the wrong file, or whose
//! file was cut off, edited by hand, or is the answer of a server that wanted them to sign in.

/// Says what the text is; `what` is what the reader says, `line` the line that it stopped at, from 1.
pub(in crate::frontend) fn explain(text: &str, what: &str, line: usize) -> (String, &'static str) {
    let start = text.trim_start();
    let line = text
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or_default()
        .trim_start();
    let starts = |words: &[&str]| words.iter().any(|word| start.starts_with(word));
    let is = |text: &str| text.to_owned();
    if start.starts_with("$kind:") || start.contains("\n$kind:") {
        (
            is("this is a file of a v3 collection, which is a folder of YAML files"),
            "name the folder that it is in",
        )
    } else if starts(&["asyncapi:"]) {
        (
            is("this is a description of AsyncAPI, whose messages are no calls of HTTP"),
            "describe the API's HTTP part with OpenAPI",
        )
    } else if starts(&["openapi:", "swagger:"]) || start.contains("\nopenapi:") {
        (
            is("this is a description in YAML, in a file that says it were JSON"),
            "give it a name that ends in `.yaml`",
        )
    } else if starts(&["version https://git-lfs"]) {
        (
            is("this is a pointer of Git LFS, not the file that it stands for"),
            "fetch the file: `git lfs pull`",
        )
    } else if starts(&["<"]) && !starts(&["<<<<<<<"]) {
        (
            is("this is no JSON, but looks like HTML or XML, as a download gives that asks to sign in"),
            "open it in a browser to see what it says, or export the collection from Postman as v2.1",
        )
    } else if ["<<<<<<<", "=======", ">>>>>>>"]
        .iter()
        .any(|mark| line.starts_with(mark))
    {
        (
            is("not JSON: both sides of a merge conflict are in the file"),
            "resolve the conflict",
        )
    } else if is_too_deep(what) {
        (
            is("the document is nested more than 127 levels deep from here on, deeper than it is read"),
            "move what is so deep out of its folders, or save it as text",
        )
    } else if what.starts_with("EOF") {
        (
            is("the file ends in the middle of the document: it was cut off, or a bracket is not closed"),
            "download or export it again",
        )
    } else if what == "trailing comma" {
        (
            is("not JSON: there is a comma before this bracket"),
            "remove the comma",
        )
    } else if line.starts_with("//") || line.starts_with("/*") || line.starts_with('#') {
        (
            is("not JSON: it has no comments"),
            "remove the comment, or make it the description of an item",
        )
    } else if line.contains('\'') && what.contains("string") {
        (
            is("not JSON: keys and texts stand in double quotes"),
            "replace the single quotes, or export the collection from Postman as v2.1",
        )
    } else {
        (
            format!("not JSON: {what}"),
            "correct it at this place, or export the collection from Postman as v2.1",
        )
    }
}

/// Whether the reader stopped at JSON that is only nested too deep.
pub(in crate::frontend) fn is_too_deep(what: &str) -> bool {
    what.contains("recursion limit")
}

#[cfg(test)]
mod tests {
    use super::explain;
    use serde_json::Value;

    fn said(text: &str, message: &str) {
        let error = serde_json::from_str::<Value>(text).unwrap_err();
        let description = error.to_string();
        let what = description.split(" at line ").next().unwrap_or_default();
        let (found, help) = explain(text, what, error.line());
        assert!(found.contains(message) && !help.is_empty(), "{text}: {found}");
    }

    #[test]
    fn wrong_files_are_named() {
        said("$kind: collection\nname: x\n", "a v3 collection");
        said("openapi: 3.0.0\ninfo:\n", "a description in YAML");
        said("asyncapi: 3.0.0\ninfo:\n", "AsyncAPI");
        said("version https://git-lfs.github.com/spec/v1\noid", "Git LFS");
        said("<!DOCTYPE html>\n<html>", "HTML or XML");
        said("{\"info\": {\"name\": \"x", "ends in the middle");
        said("{\"item\": [\n1,\n]}", "a comma before this bracket");
        said("{\n  // note\n  \"item\": []}", "no comments");
        said("{'item': []}", "double quotes");
        said("{\n<<<<<<< HEAD\n\"a\": 1\n=======\n", "a merge conflict");
        said("<<<<<<< HEAD\n{}", "a merge conflict");
        said("{\"item\" []}", "not JSON: expected `:`");
    }
}
