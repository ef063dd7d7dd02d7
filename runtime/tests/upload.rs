//! A large file is streamed: what an upload needs of memory does not grow with the file.
//!
//! The file is sparse, so it takes no room; `UPLOAD_BYTES` makes it larger than the test needs.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    net::TcpListener,
    thread::{self, JoinHandle},
};

use letterpress_runtime::{
    Answer, AnyError, Api, BodySpec, Call, ClientBuilder, Decoded, FieldSpec, FilePart, Form, Operation,
    Spec, Unexpected, transport::Exact,
};

struct Upload;

const FIELDS: &[FieldSpec] = &[FieldSpec::text("title", "x"), FieldSpec::files("file", &[])];

impl Operation for Upload {
    type Output = ();
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("POST", "http://api.test/files").body(BodySpec::FormData(FIELDS));

    fn output(answer: Answer) -> Decoded<()> {
        answer.empty()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

struct UploadForm(FilePart);

impl Form for UploadForm {
    fn write(&self, fields: &mut letterpress_runtime::codegen::FormFields) {
        fields.text("title", "large".to_owned());
        fields.file("file", self.0.clone());
    }
}

/// The most memory that this process ever held, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Counts what it is sent, by `Content-Length`, and answers.
fn sink(listener: TcpListener) -> JoinHandle<(u64, u64)> {
    thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a connection");
        let mut buffer = vec![0; 1 << 16];
        let mut head = Vec::new();
        let end = loop {
            let count = socket.read(&mut buffer).expect("the head");
            head.extend_from_slice(&buffer[..count]);
            if let Some(end) = head.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = String::from_utf8_lossy(&head[..end]).to_ascii_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: u64 = length.and_then(|length| length.parse().ok()).expect("a length");
        let mut received = u64::try_from(head.len() - end).expect("it is short");
        while received < length {
            match socket.read(&mut buffer).expect("the body") {
                0 => break,
                count => received += u64::try_from(count).expect("it is short"),
            }
        }
        socket
            .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
            .expect("it is answered");
        (length, received)
    })
}

#[tokio::test]
async fn memory_does_not_grow_with_the_file() -> Result<(), AnyError> {
    let size = std::env::var("UPLOAD_BYTES")
        .ok()
        .and_then(|bytes| bytes.parse().ok());
    let size: u64 = size.unwrap_or(256 << 20);
    let path = std::env::temp_dir().join(format!("letterpress-upload-{}", std::process::id()));
    let file = File::create(&path).expect("a file can be made");
    file.set_len(size).expect("it can be made long");

    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let received = sink(listener);
    let client = ClientBuilder::new(Api::new("Files"))
        .transport(Exact::new().redirect(address))
        .build()?;
    let before = peak();
    let call = Call::<Upload>::new(&client).form(&UploadForm(FilePart::path(&path)));
    call.send().await?;
    let after = peak();
    std::fs::remove_file(&path).expect("it can be removed");

    let (length, received) = received.join().expect("the server ends");
    assert_eq!(length, received, "everything that was announced arrived");
    assert!(received > size && received < size + 1024, "{received}");
    if let (Some(before), Some(after)) = (before, after) {
        let grown = after - before;
        println!("{size} bytes were sent; memory grew by {grown} KiB");
        assert!(grown < 32 << 10, "memory grew by {grown} KiB");
    }
    Ok(())
}
