//! Knows which files on disk are finished already, so that nothing is made twice of the same.
//!
//! In: an index that lies in cargo's `OUT_DIR`, or in the `target` of a crate that is checked in: for each file a digest of what
//! it was made of, and one of its text. Out: the text of a file that was made of the same, by this very program, and that
//! nobody touched since. In any doubt it knows nothing: an index is never more than a shortcut.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::File;
use super::parallel::in_parallel;

/// What is known of the files of an output directory.
#[derive(Debug)]
pub struct Finished {
    index: PathBuf,
    folder: PathBuf,
    /// Which program wrote the index; another one would make other texts of the same.
    maker: String,
    /// Digests of what a file was made of and of its text, by path.
    files: BTreeMap<String, (u64, u64)>,
}

/// A digest that is the same for equal values, in this program.
pub fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Finished {
    /// What this program left in the output directory, by the index in another; `None` if the program is not known.
    pub fn open(folder: &Path, beside: &Path) -> Option<Self> {
        Some(Self::of(folder, beside, this_program()?))
    }

    fn of(folder: &Path, beside: &Path, maker: String) -> Self {
        let index = beside.join(format!("letterpress-{:016x}.index", digest(&folder)));
        let text = fs::read_to_string(&index).unwrap_or_default();
        let mut lines = text.lines();
        let mut files = BTreeMap::new();
        if lines.next() == Some(&maker) {
            files.extend(lines.filter_map(entry));
        }
        Self {
            index,
            folder: folder.to_owned(),
            maker,
            files,
        }
    }

    /// The text of a file that was made of this.
    pub fn text(&self, path: &str, made_of: u64) -> Option<String> {
        let (made_then, text_then) = *self.files.get(path)?;
        if made_then != made_of {
            return None;
        }
        let text = fs::read_to_string(self.folder.join(path)).ok()?;
        (digest(&text) == text_then).then_some(text)
    }

    /// Remembers what these files, which are on disk now, were made of.
    pub fn keep(&self, files: &[File]) -> io::Result<()> {
        let mut text = format!("{}\n", self.maker);
        let lines = in_parallel(files, |file| {
            let made_of = file.made_of?;
            Some(format!(
                "{made_of:016x} {:016x} {}\n",
                digest(&file.text),
                file.path
            ))
        });
        text.extend(lines.into_iter().flatten());
        if fs::read(&self.index).is_ok_and(|present| present == text.as_bytes()) {
            return Ok(());
        }
        fs::write(&self.index, text)
    }
}

fn entry(line: &str) -> Option<(String, (u64, u64))> {
    let mut words = line.splitn(3, ' ');
    let mut number = || u64::from_str_radix(words.next()?, 16).ok();
    let digests = (number()?, number()?);
    Some((words.next()?.to_owned(), digests))
}

/// This program, so that one that was built anew is another. The version alone does not tell that.
fn this_program() -> Option<String> {
    let file = fs::metadata(env::current_exe().ok()?).ok()?;
    let built = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(format!(
        "letterpress {version} {} {}",
        file.len(),
        built.as_nanos()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::disk;

    /// An output directory with one finished file in it.
    struct Output(PathBuf);

    impl Output {
        fn new(name: &str) -> Self {
            let folder = env::temp_dir().join(format!("letterpress-finished-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            let output = Self(folder);
            let files = [
                File::made_of("a/b c.rs", "text\n".to_owned(), 7),
                File::new("other.json", "{}"),
            ];
            disk::write(&output.0, &files).unwrap();
            output.open("maker 1").keep(&files).unwrap();
            output
        }

        fn open(&self, maker: &str) -> Finished {
            Finished::of(&self.0, &self.0, maker.to_owned())
        }
    }

    impl Drop for Output {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_file_made_of_the_same_is_known() {
        let output = Output::new("same");
        let finished = output.open("maker 1");
        assert_eq!(finished.text("a/b c.rs", 7).as_deref(), Some("text\n"));
        assert_eq!(finished.text("other.json", 0), None);
    }

    #[test]
    fn one_made_of_something_else_or_by_another_program_is_not() {
        let output = Output::new("else");
        assert_eq!(output.open("maker 1").text("a/b c.rs", 8), None);
        assert_eq!(output.open("maker 2").text("a/b c.rs", 7), None);
        assert!(this_program().is_some_and(|maker| maker.contains(env!("CARGO_PKG_VERSION"))));
    }

    #[test]
    fn one_that_was_edited_or_removed_is_not() {
        let output = Output::new("edited");
        let file = output.0.join("a/b c.rs");
        fs::write(&file, "text!\n").unwrap();
        assert_eq!(output.open("maker 1").text("a/b c.rs", 7), None);
        fs::remove_file(&file).unwrap();
        assert_eq!(output.open("maker 1").text("a/b c.rs", 7), None);
    }

    #[test]
    fn a_damaged_index_is_none() {
        let output = Output::new("damaged");
        let index = output.open("maker 1").index;
        for text in ["", "maker 1", "maker 1\n\n7\nx y z\n0 0", "\u{0}"] {
            fs::write(&index, text).unwrap();
            assert_eq!(output.open("maker 1").text("a/b c.rs", 7), None, "{text}");
        }
    }
}
