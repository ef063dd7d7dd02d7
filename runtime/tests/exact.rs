//! What the exact transport writes, to the byte, and what it reads.

#![expect(clippy::unwrap_used, reason = "a test")]

use letterpress_runtime::transport::Exact;
use letterpress_runtime::{
    Answer, Api, BodySpec, Call, Client, ClientBuilder, Decoded, Entry, FilePart, Operation, Spec, Unexpected,
};
use std::error::Error;
use std::io::Cursor;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const API: Api = Api::new("Test");

struct Odd;

impl Operation for Odd {
    type Output = String;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("PATCH", "http://Some.Host:8080/a//../b'[|]/")
        .query(&[Entry::saved("q", "'x'"), Entry::saved("k", "")])
        .headers(&[
            Entry::saved("x-lower", " a "),
            Entry::saved("X-UPPER", "b"),
            Entry::saved("x-lower", "c"),
        ])
        .body(BodySpec::File {
            src: None,
            content: Some("aGVsbG8="),
        });

    fn output(answer: Answer) -> Decoded<String> {
        answer.text()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

/// Reads until the request ends as told, answers, and gives what it read.
async fn serve(
    end: &'static str,
    answer: &'static str,
) -> Result<(Client, JoinHandle<String>), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut read = Vec::new();
        while !read.ends_with(end.as_bytes()) {
            read.push(socket.read_u8().await.unwrap());
        }
        // In two pieces, so that nothing can rely on reading all at once.
        let (first, second) = answer.split_at(answer.len() / 2);
        socket.write_all(first.as_bytes()).await.unwrap();
        socket.flush().await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        socket.write_all(second.as_bytes()).await.unwrap();
        String::from_utf8(read).unwrap()
    });
    let client = ClientBuilder::new(API)
        .transport(Exact::new().redirect(address))
        .user_agent("me")
        .build()?;
    Ok((client, served))
}

#[tokio::test]
async fn spelling_order_and_url_are_kept() -> Result<(), Box<dyn Error>> {
    let (client, served) = serve("hello", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await?;
    let answer = Call::<Odd>::saved(&client).send().await?;
    assert_eq!(answer.into_inner(), "ok");
    assert_eq!(
        served.await?,
        "PATCH /a//../b'[|]/?q=%27x%27&k= HTTP/1.1\r\nx-lower:  a \r\nx-lower: c\r\nX-UPPER: b\r\nUser-Agent: me\r\n\
         Host: some.host:8080\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"
    );
    Ok(())
}

#[tokio::test]
async fn a_reader_is_streamed_in_chunks_and_sent_once() -> Result<(), Box<dyn Error>> {
    let (client, served) = serve("0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nuntil the end").await?;
    let call = Call::<Odd>::new(&client).file(FilePart::reader(Cursor::new(b"some text".to_vec())));
    assert_eq!(call.send().await?.into_inner(), "until the end");
    let request = served.await?;
    assert!(
        request.contains("\r\nTransfer-Encoding: chunked\r\n"),
        "{request}"
    );
    assert!(
        request.ends_with("\r\n\r\n9\r\nsome text\r\n0\r\n\r\n"),
        "{request}"
    );

    let (client, _served) = serve("\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n").await?;
    let reader = FilePart::reader_of(4, Cursor::new(b"text".to_vec()));
    let first = Call::<Odd>::new(&client).file(reader.clone()).request()?;
    assert_eq!(first.into_body().collect().await?, "text");
    let again = Call::<Odd>::new(&client).file(reader).send().await.unwrap_err();
    assert!(again.to_string().contains("was sent already"), "{again}");
    Ok(())
}

#[tokio::test]
async fn chunked_answers_and_informational_ones_are_read() -> Result<(), Box<dyn Error>> {
    let (client, _served) = serve(
        "hello",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n\
         4;x=y\r\nfour\r\n20\r\n, and a chunk of thirty-two byte\r\n0\r\nTrailer: t\r\n\r\n",
    )
    .await?;
    let answer = Call::<Odd>::saved(&client).send().await?;
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.into_inner(), "four, and a chunk of thirty-two byte");
    Ok(())
}

#[tokio::test]
async fn a_broken_answer_is_a_transport_error() -> Result<(), Box<dyn Error>> {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/1.1 200",
        "nonsense\r\n\r\n",
    ] {
        let (client, _served) = serve("hello", answer).await?;
        let error = Call::<Odd>::saved(&client).send().await.unwrap_err();
        assert!(error.is_transport() && !error.is_timeout(), "{error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_time_is_bounded() -> Result<(), Box<dyn Error>> {
    let (client, _served) = serve("never", "").await?;
    let call = Call::<Odd>::saved(&client).set_timeout(Duration::from_millis(50));
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    let text = error.to_string();
    let expected = "no answer in time from PATCH http://some.host:8080/a//../b'[|]/: ";
    assert!(text.starts_with(expected), "{text}");
    Ok(())
}
