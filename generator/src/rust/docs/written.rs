//! Lines of Rust that examples are made of, as rustfmt would have them.
//!
//! In: texts. Out: lines. It knows no calls.

/// The call, awaited, in the format that rustfmt would give it.
pub(super) fn statement(chain: &[String], lines: &mut Vec<String>) {
    let line = format!("let response = {}.await?;", chain.concat());
    if line.len() <= 90 {
        lines.push(line);
        return;
    }
    let (first, rest) = chain
        .split_first()
        .map_or(("", chain), |(first, rest)| (first.as_str(), rest));
    lines.push(format!("let response = {first}"));
    lines.extend(rest.iter().map(|part| format!("    {part}")));
    lines.push("    .await?;".to_owned());
}

/// Whether a text is a whole number as Rust writes it.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits && text.len() < 10 && !text.is_empty() && (text == "0" || !text.starts_with('0'))
}

/// The lines that say where types are, by the path of the root with `::` after it.
pub(super) fn used(root: &str, uses: &[String]) -> Vec<String> {
    let (plain, deep): (Vec<_>, Vec<_>) = uses.iter().partition(|path| !path.contains("::"));
    let plain: Vec<&str> = plain.into_iter().map(String::as_str).collect();
    let mut lines: Vec<String> = deep.iter().map(|path| format!("use {root}{path};")).collect();
    match plain.as_slice() {
        [] => {}
        [one] => lines.push(format!("use {root}{one};")),
        several => lines.push(format!("use {root}{{{}}};", several.join(", "))),
    }
    lines
}

/// The path of the root, of that of a module so many below it.
pub(super) fn above(near: &str, depth: usize) -> String {
    let mut parts: Vec<&str> = near.split("::").filter(|part| !part.is_empty()).collect();
    parts.truncate(parts.len().saturating_sub(depth));
    parts.iter().flat_map(|part| [part, "::"]).collect()
}
