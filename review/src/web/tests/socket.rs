//! `serve` on a real socket: answers, then ends when it is told to.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::stage::Stage;
use crate::web::{Options, serve};

async fn ask(address: std::net::SocketAddr, head: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn serves_until_told_to_stop() {
    let stage = Stage::empty(Options {
        header_timeout_ms: 200,
        ..Options::default()
    })
    .await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(listener, Arc::clone(&stage.state), async {
        let _ = stopped.await;
    }));
    let answer = ask(
        address,
        &format!("GET /sign-in HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("frame-ancestors 'none'"));

    // A client that never ends its head is cut off after the limit.
    let slow = tokio::time::timeout(
        Duration::from_secs(10),
        ask(address, "GET / HTTP/1.1\r\nHost"),
    );
    assert!(slow.await.is_ok(), "the slow client was left waiting");

    stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(10), serving).await;
    ended.unwrap().unwrap().unwrap();
    assert!(
        TcpStream::connect(address).await.is_err(),
        "the socket is still open"
    );
}
