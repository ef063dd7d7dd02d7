//! What cleaning must keep and what it must never let through, on examples and on arbitrary input.

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::clean::one_line;
use super::{brief, clean, clean_inner, code, escaped};

fn check(input: &str, expected: &[&str]) {
    let cleaned = clean(input);
    assert_eq!(cleaned, expected, "of {input:?}");
    accepted(&cleaned.join("\n"));
}

/// Asserts what rustdoc's lints ask for, on the events that rustdoc itself sees.
fn accepted(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut shown = String::new();
    let mut broken = None;
    let mut in_link = 0;
    let parser = Parser::new_with_broken_link_callback(
        markdown,
        options,
        Some(|link: pulldown_cmark::BrokenLink<'_>| {
            broken = Some(link.reference.to_string());
            None
        }),
    );
    for event in parser {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("a stray tag {html:?} in {markdown:?}"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {
                panic!("accidental markup in {markdown:?}")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("indented code in {markdown:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(label))) => {
                assert!(
                    !label.is_empty() && &*label != "rust",
                    "a doc test in {markdown:?}"
                );
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => in_link += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => in_link -= 1,
            Event::Text(text) => {
                let bare = text.contains("http://a") || text.contains("https://a");
                assert!(
                    in_link > 0 || !bare || text.contains('\n'),
                    "a bare address in {markdown:?}"
                );
                shown.push_str(&text);
            }
            Event::Code(text) => shown.push_str(&text),
            _ => {}
        }
    }
    assert_eq!(broken, None, "a broken link in {markdown:?}");
    for line in markdown.lines() {
        assert!(
            line.chars().all(super::blocks::is_shown),
            "a hidden character in {line:?}"
        );
    }
    shown.retain(|c| !c.is_whitespace());
    shown
}

#[test]
fn markdown_stays_markdown() {
    check(
        "Retrieve a [token](https://a.io/x#y), **now**.",
        &["Retrieve a [token](https://a.io/x#y), **now**."],
    );
    check("a\n- b\n- c\n  1. d", &["a", "", "- b", "- c", "  1. d"]);
    check(
        "|a|b|\n|-|-|\n|1|`x\\|y`|",
        &["| a | b |", "| --- | --- |", "| 1 | `x\\|y` |"],
    );
    check("> quoted\n> text", &["> quoted text"]);
}

#[test]
fn headings_go_below_those_of_the_page() {
    check(
        "Top\n===\n\ntext\n\n### Deep\n\n##### Deeper",
        &["## Top", "", "text", "", "#### Deep", "", "###### Deeper"],
    );
    check("## Only", &["## Only"]);
    check("- # In a list", &["- **In a list**"]);
    assert_eq!(clean_inner("# Parameters\n\nx"), ["**Parameters**", "", "x"]);
}

#[test]
fn html_becomes_markdown() {
    check(
        "User token types:<br>`token` - Starts.<br>`zak` - Ends.<br><br>More",
        &[
            "User token types:\\",
            "`token` - Starts.\\",
            "`zak` - Ends.",
            "",
            "More",
        ],
    );
    check(
        "<p>One <b>two</b></p><p>three <i>four</i>&nbsp;&amp; <code>a_b</code></p>",
        &["One **two**", "", "three *four* & `a_b`"],
    );
    check("<ul><li>a</li><li>b<ul><li>c</ul></ul>", &["- a", "- b", "  - c"]);
    check("<ol>\n  <li>a\n\n  <li>b</li>\n</ol>", &["1. a", "2. b"]);
    check(
        "<table><tr><th>k</th><th>v</th></tr>\n\n    <tr><td>a|b</td><td><p>1</p><p>2</p></td></tr></table>",
        &["| k | v |", "| --- | --- |", "| a\\|b | 1 2 |"],
    );
    check(
        "<pre><code>let x = &lt;y&gt;;\n  z</code></pre>",
        &["```text", "let x = <y>;", "  z", "```"],
    );
    check(
        "<a href='https://a.io/?q=1&amp;copy;=2'>here</a>",
        &["[here](https://a.io/?q=1&amp;copy;=2)"],
    );
    check(
        "<img alt='A picture' src=\"https://a.io/p.png\">",
        &["![A picture](https://a.io/p.png)"],
    );
    check(
        "<h3>Title</h3>text<!-- hidden --><script>alert(1)</script>",
        &["## Title", "", "text"],
    );
}

#[test]
fn what_only_looks_like_markup_is_text() {
    check(
        "send <token> or <your-key> as [userId] in a_b and _c",
        &["send \\<token> or \\<your-key> as \\[userId\\] in a_b and \\_c"],
    );
    check(
        "1 < 2 && 3 > 2; a*b*c ~5 5`",
        &["1 < 2 && 3 > 2; a*b*c \\~5 5\\`"],
    );
    check("x --flag\n\\# no\n\\- no", &["x \\--flag # no - no"]);
    check("\\# no", &["\\# no"]);
    check("1\\. no", &["1\\. no"]);
    check("see [below](#below) or [there](users)", &["see below or there"]);
}

#[test]
fn addresses_stand_in_brackets() {
    check(
        "at http://api.a.io/v1/{id}. Or (https://a.io/b)!",
        &["at <http://api.a.io/v1/{id}>. Or (<https://a.io/b>)!"],
    );
    check("[https://a.io/](https://a.io/)", &["<https://a.io/>"]);
}

#[test]
fn code_is_never_run() {
    check("```\nlet x;\n```", &["```text", "let x;", "```"]);
    check("```rust\nlet x;\n```", &["```text", "let x;", "```"]);
    check("~~~ json title\n{}\n~~~", &["```json", "{}", "```"]);
    check("    indented", &["```text", "indented", "```"]);
    check("````\n```\n````", &["````text", "```", "````"]);
    check("```\nnever closed", &["```text", "never closed", "```"]);
}

#[test]
fn a_fence_is_longer_than_what_is_left_of_the_code() {
    faithful("<pre>`\u{202e}```<b>");
}

#[test]
fn nothing_leaves_the_comment() {
    check("a\"] */ \u{202e}b\0\rc", &["a\"\\] \\*/ b c"]);
    check("&#x202e;a&#0;", &["a\u{fffd}"]);
    check("```\na\u{2028}b\u{7}\tc\n```", &["```text", "a", "b    c", "```"]);
}

#[test]
fn delimiters_are_seen_as_such() {
    check(
        "<b>note:</b>text<b>(x)</b><i>y</i>",
        &["**note:** text **(x)** *y*"],
    );
    check(
        "**[Rate](https://a.io/x):** `Light`",
        &["**[Rate](https://a.io/x):** `Light`"],
    );
    check("<b>a <i>b</i></b><i>c</i> <b> </b>d", &["**a *b*** *c* d"]);
    check(
        "wow!<a href='https://a.io/x'>y</a>",
        &["wow\\![y](https://a.io/x)"],
    );
}

#[test]
fn names_and_summaries_are_single_lines() {
    assert_eq!(
        one_line("**HTTP Status Code:** `200`<br>\nToken returned."),
        "HTTP Status Code: `200` Token returned."
    );
    assert_eq!(one_line("- a\n- b|c"), "a b|c");
    assert_eq!(escaped("<b> [x] *"), "\\<b> \\[x\\] \\*");
    assert_eq!(code(" a`b "), "``a`b``");
    assert_eq!(code(""), "");
}

#[test]
fn long_lines_are_wrapped_without_making_markup() {
    let cleaned = clean(&"word - + 1. # > = | :- ~~~ \\` ".repeat(40));
    assert!(
        cleaned.len() > 5 && cleaned.iter().all(|line| line.chars().count() < 110),
        "{cleaned:?}"
    );
    let text = accepted(&cleaned.join("\n"));
    assert_eq!(text, "word-+1.#>=|:-~~~`".repeat(40));
}

#[test]
fn hostile_input_is_bounded() {
    for hostile in [
        "> ",
        "- ",
        "<ul><li>",
        "<table><td>",
        "[",
        "![",
        "**",
        "<a \"",
        "<!--",
        "&",
        "`",
        "*a_",
        "<b>x",
    ] {
        let input = hostile.repeat(60_000 / hostile.len());
        accepted(&clean(&input).join("\n"));
    }
}

/// Pieces that clash with each other more often than arbitrary characters do.
const TOKENS: &[&str] = &[
    "word",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "[",
    "]",
    "(https://a.io/x)",
    "https://a.io/y",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<br>",
    "<p>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<token>",
    "&lt;",
    "&amp;",
    "&",
    "#",
    "- ",
    "1. ",
    "> ",
    "|",
    "---",
    "=",
    "\\",
    "!",
    "x",
    "é",
    "→",
    "<",
    ">",
    "<a href='https://a.io'>",
    "</a>",
    "<img src=x alt=y>",
    "    ",
    "\t",
    ":",
    "[^1]",
    "[x]: https://a.io\n",
    "<h2>",
    "<s>",
    "</s>",
    "+ ",
    "\u{202e}",
];

fn mixture() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(TOKENS), 0..40).prop_map(|tokens| tokens.concat())
}

/// Asserts that rustdoc shows exactly what the input was understood as.
fn faithful(input: &str) {
    let shown = accepted(&clean(input).join("\n"));
    let mut understood = super::clean::visible(input);
    understood.retain(|c| !c.is_whitespace());
    assert_eq!(shown, understood, "of {input:?} as {:?}", clean(input));
    let mut inner = accepted(&clean_inner(input).join("\n"));
    inner.retain(|c| !c.is_whitespace());
    assert_eq!(inner, understood, "of {input:?} as {:?}", clean_inner(input));
    accepted(&one_line(input));
    accepted(&brief(input, 12));
    accepted(&escaped(input));
    accepted(&code(input));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_is_shown_as_understood(input in mixture()) {
        faithful(&input);
    }

    #[test]
    fn any_text_is_shown_as_understood(input in "\\PC{0,60}") {
        faithful(&input);
    }

    #[test]
    fn any_name_is_shown_as_it_is(input in "\\PC{0,30}") {
        let mut shown = accepted(&format!("- {}", escaped(&input)));
        let mut name: String = input.chars().filter(|c| super::blocks::is_shown(*c)).collect();
        name.retain(|c| !c.is_whitespace());
        shown.retain(|c| !c.is_whitespace());
        prop_assert_eq!(shown, name);
    }
}
