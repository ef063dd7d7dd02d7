//! Media types by file extension.
//!
//! In: a path or a file name. Out: the type that Postman sends for a file of that name, if its table knows one; any other
//! file is sent as `application/octet-stream`. The table is a text that is searched once for each file that is sent: as
//! a program has it in memory either way, an index of it would only cost every build. (The crate `mime_guess` would bring a
//! build script, two more crates, and other types than Postman's for many extensions.)

/// `type extension extension …` on each line, in the format of Apache's `mime.types`.
const TYPES: &str = include_str!("mime.types");

/// The media type of the file at this path: by what follows the last dot of its name, unless that begins with it.
pub(crate) fn of_path(path: &str) -> Option<&'static str> {
    let name = path.trim_end_matches('/').rsplit('/').next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    if stem.is_empty() {
        return None;
    }
    of_extension(extension)
}

/// The media type by a file name of the collection's own, which may be nothing but an extension, as in Postman.
pub(crate) fn of_name(name: &str) -> Option<&'static str> {
    let name = name.trim_end_matches('/');
    match name.strip_prefix('.').unwrap_or(name) {
        bare if !bare.contains(['.', '/']) => of_extension(bare),
        _ => of_path(name),
    }
}

fn of_extension(extension: &str) -> Option<&'static str> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(extension);
    TYPES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .find(|(_, extensions)| extensions.split(' ').any(is_it))
        .map(|(ty, _)| ty)
}

#[cfg(test)]
mod tests {
    use super::{TYPES, of_name, of_path};

    const JSON: Option<&str> = Some("application/json");

    /// As the Postman runtime was seen to send them.
    #[test]
    fn types_are_those_that_postman_sends() {
        for (text, path, name) in [
            ("/tmp/json", None, None),
            ("json", None, JSON),
            (".json", None, JSON),
            ("x/.json", None, None),
            ("./zip", None, None),
            ("dir.d/png", None, None),
            ("a.json.", None, None),
            ("a.JSON", JSON, JSON),
            (r"C:\x\a.json", JSON, JSON),
            (r"C:\x.d\html", None, None),
            (r"C:\x\html", None, None),
            ("a.tar.gz", Some("application/gzip"), Some("application/gzip")),
            ("..json", JSON, JSON),
            ("json/", None, JSON),
            ("a.json/", JSON, JSON),
            (" .json", JSON, JSON),
            ("a.json ", None, None),
            ("README", None, None),
            ("", None, None),
            (".", None, None),
            ("..", None, None),
            ("a.dwg", Some("image/vnd.dwg"), Some("image/vnd.dwg")),
            ("a.3dml", Some("text/vnd.in3d.3dml"), Some("text/vnd.in3d.3dml")),
            ("a.mp4", Some("video/mp4"), Some("video/mp4")),
        ] {
            assert_eq!((of_path(text), of_name(text)), (path, name), "{text:?}");
        }
    }

    #[test]
    fn every_extension_has_one_type() {
        let mut seen = std::collections::BTreeSet::new();
        for line in TYPES.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let ty = words.next().unwrap_or_default();
            assert!(ty.split('/').count() == 2 && ty.is_ascii(), "{line}");
            for extension in words {
                assert!(!extension.is_empty() && seen.insert(extension), "{line}");
                assert_eq!(of_path(&format!("a.{extension}")), Some(ty));
            }
        }
        assert!(seen.len() > 1_100);
    }
}
