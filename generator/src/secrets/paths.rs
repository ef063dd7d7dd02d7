//! Paths on the machine of whoever wrote a text: they name a person, and lead nowhere elsewhere.
//!
//! In: any text, or the path of a file. Out: the same with the name of the file only. A path is one if it begins with
//! a drive and its folder of users, with a home and one of the folders that are in homes, or with `file://`.

use std::borrow::Cow;

/// Folders that people have in their homes.
const FOLDERS: &[&str] = &[
    "code",
    "desktop",
    "dev",
    "development",
    "documents",
    "downloads",
    "dropbox",
    "git",
    "github",
    "library",
    "movies",
    "music",
    "onedrive",
    "pictures",
    "postman",
    "projects",
    "repos",
    "source",
    "src",
    "videos",
    "work",
    "workspace",
];

/// As far as a path is looked for.
const LONGEST: usize = 1_024;

/// The path of a file without the folders of the machine that it was chosen on; paths that are not absolute stay.
pub fn file_name(path: &str) -> &str {
    let bytes = path.as_bytes();
    let drive =
        |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && bytes.get(at + 1) == Some(&b':');
    let absolute = path.starts_with(['/', '\\', '~']) || drive(0) || path.starts_with("file:");
    if !absolute {
        return path;
    }
    path.trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
}

/// A text with each such path in it cut to its last part.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    let mut short: Option<String> = None;
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = next_mark(text, at) {
        at = found.after;
        if let Some(end) = end_of_path(text, &found) {
            let path = text.get(found.start..end).unwrap_or_default();
            let short = short.get_or_insert_with(String::new);
            short.push_str(text.get(from..found.start).unwrap_or_default());
            short.push_str(last_part(path));
            from = end;
            at = end;
        }
    }
    let Some(mut short) = short else {
        return Cow::Borrowed(text);
    };
    short.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(short)
}

/// Something that a path may begin with.
struct Mark {
    /// Where the path begins.
    start: usize,
    /// Behind the folder of homes, or the scheme.
    after: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `C:\Users\`, `file:///`: nothing else begins so.
    Certain,
    /// `/Users/`, `/home/`: may be the path of an address.
    Home,
}

/// The next mark at or after an offset.
fn next_mark(text: &str, from: usize) -> Option<Mark> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let offset = at + rest.find(['/', '\\'])?;
        if let Some(mark) = mark_at(text, offset) {
            return Some(mark);
        }
        at = offset + 1;
    }
}

fn mark_at(text: &str, slash: usize) -> Option<Mark> {
    let rest = text.get(slash..)?;
    let before = text.get(..slash)?;
    if rest.starts_with("///") && before.ends_with("file:") {
        return Some(Mark {
            start: slash - "file:".len(),
            after: slash + 3,
            kind: Kind::Certain,
        });
    }
    let slashes = rest.len() - rest.trim_start_matches(['/', '\\']).len();
    let name = rest.get(slashes..)?;
    let folder = ["Users", "home", "users"].into_iter().find(|folder| {
        name.strip_prefix(folder)
            .is_some_and(|name| name.starts_with(['/', '\\']))
    })?;
    let after = slash + slashes + folder.len() + 1;
    let bytes = before.as_bytes();
    let drive = match bytes {
        [.., letter, b':'] if letter.is_ascii_alphabetic() => 2,
        _ => 0,
    };
    let before_drive = before.get(..before.len() - drive)?;
    let alone = before_drive
        .bytes()
        .next_back()
        .is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"}._-:%~".contains(&byte));
    let kind = if drive > 0 { Kind::Certain } else { Kind::Home };
    // Of homes without a drive, only one slash leads to them, and capitals count.
    let home =
        drive > 0 || folder != "users" && slashes == 1 && rest.starts_with('/') && !before.ends_with('/');
    (alone && home).then_some(Mark {
        start: slash - drive - usize::from(drive > 0 && before_drive.ends_with('/')),
        after,
        kind,
    })
}

/// Where a path that begins with this mark ends; `None` if it is none.
fn end_of_path(text: &str, mark: &Mark) -> Option<usize> {
    let rest = text.get(mark.after..)?;
    let limit = super::scan::boundary(rest, LONGEST);
    let rest = rest.get(..limit)?;
    let ends = |character: char| character.is_whitespace() || "\"'`<>|,;)]}*?".contains(character);
    let length = rest.find(ends).unwrap_or(rest.len());
    let path = rest.get(..length)?.trim_end_matches(['.', ':', '\\', '/']);
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    let is_home_folder = |part: &&str| FOLDERS.contains(&part.to_ascii_lowercase().as_str());
    let is_path = match mark.kind {
        Kind::Certain => !parts.is_empty(),
        Kind::Home => parts.get(1).is_some_and(is_home_folder),
    };
    (is_path && !path.contains("{{")).then_some(mark.after + path.len())
}

fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_machine_are_cut_to_the_file() {
        for (text, short) in [
            (r"see C:\Users\Ada\Desktop\a.json now", "see a.json now"),
            (r#"{"f": "C:\\Users\\Ada\\a.json"}"#, r#"{"f": "a.json"}"#),
            ("/C:/Users/Ada/a.png", "a.png"),
            ("in `/Users/ada/Documents/x/a.csv`.", "in `a.csv`."),
            ("from /home/ada/projects/api, and", "from api, and"),
            ("file:///home/ada/a.txt", "a.txt"),
            ("c:/users/ada/a.txt x /Users/ada/Desktop/b.txt", "a.txt x b.txt"),
        ] {
            assert_eq!(shortened(text), short);
        }
        for text in [
            "GET /Users/2819c223/Groups and https://a.io/Users/ada/documents",
            "/home/feed, /home/ada/latest, https://a.io/home/ada/projects/1",
            "{{host}}/Users/ada/Documents",
            "C: drive, and /users/me/downloads",
        ] {
            assert_eq!(shortened(text), text);
        }
        assert_eq!(file_name("/home/ada/a.txt"), "a.txt");
        assert_eq!(file_name(r"C:\a\b.txt"), "b.txt");
        assert_eq!(file_name("fixtures/a.txt"), "fixtures/a.txt");
    }
}
