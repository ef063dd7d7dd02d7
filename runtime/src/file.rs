//! A file that a caller uploads: by path or as bytes.
//!
//! In: what a caller names. Out: what a body is made of. Nothing is opened before the body is sent.

use std::path::{Path, PathBuf};

use bytes::Bytes;

/// A file to upload.
#[derive(Clone, Debug)]
pub struct FilePart {
    source: FileSource,
    file_name: Option<String>,
    content_type: Option<String>,
}

/// Where the content of a file comes from.
#[derive(Clone, Debug)]
pub enum FileSource {
    /// A file of the file system, opened when the body is sent.
    Path(PathBuf),
    /// Bytes in memory.
    Bytes(Bytes),
}

impl FilePart {
    /// The file at this path; its last segment is the file name.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::new(FileSource::Path(path.into()))
    }

    /// These bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(FileSource::Bytes(bytes.into()))
    }

    fn new(source: FileSource) -> Self {
        Self {
            source,
            file_name: None,
            content_type: None,
        }
    }

    /// Sends this file name.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sends this media type.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Where the content comes from.
    pub fn source(&self) -> &FileSource {
        &self.source
    }

    /// The file name to send: the one that was set, else the path's last segment.
    pub fn file_name(&self) -> Option<String> {
        let of_path = || match &self.source {
            FileSource::Path(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
            FileSource::Bytes(_) => None,
        };
        self.file_name.clone().or_else(of_path)
    }

    /// The media type that was set.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The length, where it is known: files are asked for it, not read.
    pub fn len(&self) -> Option<u64> {
        match &self.source {
            FileSource::Path(path) => std::fs::metadata(path).ok().map(|found| found.len()),
            FileSource::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
        }
    }

    /// Whether it is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}

impl From<&Path> for FilePart {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<PathBuf> for FilePart {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}
