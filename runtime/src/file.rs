//! A file that a caller uploads: by path, as bytes, or as a stream.
//!
//! In: what a caller names. Out: what a body is made of. Nothing is opened before the body is sent, and then it is
//! read in chunks.

use bytes::Bytes;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

/// A file to upload.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePart {
    source: FileSource,
    file_name: Option<String>,
    content_type: Option<String>,
}

/// Where the content of a file comes from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FileSource {
    /// A file of the file system, opened when the body is sent.
    Path(PathBuf),
    /// Bytes in memory.
    Bytes(Bytes),
    /// Anything that can be read, once.
    Reader(Reader),
}

/// Something that can be read once, by whichever of its clones is read first.
#[derive(Clone)]
pub struct Reader {
    inner: Arc<Mutex<Option<BoxReader>>>,
    length: Option<u64>,
}

type BoxReader = Pin<Box<dyn AsyncRead + Send>>;

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// The same reader, not the same content.
impl PartialEq for Reader {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }
}

/// An empty file, so that forms with files have a default too.
impl Default for FilePart {
    fn default() -> Self {
        Self::bytes(Bytes::new())
    }
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

    /// What this reader gives until it ends. It is read once: a call with it cannot be sent again.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        let inner: BoxReader = Box::pin(reader);
        Self::new(FileSource::Reader(Reader {
            inner: Arc::new(Mutex::new(Some(inner))),
            length: None,
        }))
    }

    /// Like [`FilePart::reader`], where the length is known; many servers want to be told.
    pub fn reader_of(length: u64, reader: impl AsyncRead + Send + 'static) -> Self {
        let inner: BoxReader = Box::pin(reader);
        let inner = Arc::new(Mutex::new(Some(inner)));
        Self::new(FileSource::Reader(Reader {
            inner,
            length: Some(length),
        }))
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
            FileSource::Bytes(_) | FileSource::Reader(_) => None,
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
            FileSource::Reader(reader) => reader.length,
        }
    }

    /// Whether it is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Whether it can be read once, and was.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.source {
            FileSource::Path(_) | FileSource::Bytes(_) => false,
            FileSource::Reader(reader) => {
                let inner = reader.inner.lock().unwrap_or_else(PoisonError::into_inner);
                inner.is_none()
            }
        }
    }

    /// Starts to read it.
    pub(crate) fn open(&self) -> FileReader {
        let state = match &self.source {
            FileSource::Bytes(bytes) => State::Bytes(bytes.clone()),
            FileSource::Path(path) => match std::fs::File::open(path) {
                Err(error) => State::Failed(error),
                // Without tokio's threads, a file is read on this one.
                Ok(file) if tokio::runtime::Handle::try_current().is_err() => State::Blocking(file),
                Ok(file) => State::reading(Box::pin(tokio::fs::File::from_std(file))),
            },
            FileSource::Reader(reader) => {
                let taken = reader.inner.lock().unwrap_or_else(PoisonError::into_inner).take();
                taken.map_or_else(
                    || State::Failed(io::Error::other("was sent already")),
                    State::reading,
                )
            }
        };
        FileReader(state)
    }
}

/// A file that is being read.
pub(crate) struct FileReader(State);

enum State {
    Bytes(Bytes),
    Blocking(std::fs::File),
    /// The mutex is never locked; it makes a reader `Sync`, which transports want.
    Reading(Mutex<BoxReader>, Vec<u8>),
    Failed(io::Error),
    Done,
}

const CHUNK: usize = 64 * 1024;

impl State {
    fn reading(reader: BoxReader) -> Self {
        Self::Reading(Mutex::new(reader), vec![0; CHUNK])
    }
}

impl FileReader {
    /// The next chunk; `None` at the end.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        match &mut self.0 {
            State::Done => Poll::Ready(Ok(None)),
            State::Bytes(_) | State::Failed(_) => Poll::Ready(self.finish()),
            State::Blocking(file) => {
                let mut chunk = vec![0; CHUNK];
                let read = file.read(&mut chunk)?;
                chunk.truncate(read);
                Poll::Ready(Ok((read > 0).then(|| chunk.into())))
            }
            State::Reading(reader, chunk) => {
                let reader = reader.get_mut().unwrap_or_else(PoisonError::into_inner);
                let mut buffer = ReadBuf::new(chunk);
                ready!(reader.as_mut().poll_read(cx, &mut buffer))?;
                let read = buffer.filled();
                Poll::Ready(Ok((!read.is_empty()).then(|| Bytes::copy_from_slice(read))))
            }
        }
    }

    fn finish(&mut self) -> io::Result<Option<Bytes>> {
        match std::mem::replace(&mut self.0, State::Done) {
            State::Bytes(bytes) if !bytes.is_empty() => Ok(Some(bytes)),
            State::Failed(error) => Err(error),
            State::Bytes(_) | State::Blocking(_) | State::Reading(..) | State::Done => Ok(None),
        }
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
