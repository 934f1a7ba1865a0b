//! A site on loopback that answers as told and writes down who asked what and when.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub at: Instant,
    pub path: String,
    pub headers: BTreeMap<String, String>,
}

/// What is sent, in pieces with a pause before each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pieces: Vec<(Duration, Vec<u8>)>,
    endless: Option<(Duration, Vec<u8>)>,
}

impl Reply {
    pub(crate) fn html(body: impl AsRef<[u8]>) -> Self {
        Self::with(200, &["content-type: text/html; charset=utf-8"], body)
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::with(status, &[], "")
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::with(302, &[&format!("location: {to}")], "")
    }

    pub(crate) fn with(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n");
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        Self::raw([head.as_bytes(), body].concat())
    }

    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            pieces: vec![(Duration::ZERO, bytes.into())],
            endless: None,
        }
    }

    /// After a pause.
    pub(crate) fn late(mut self, pause_ms: u64) -> Self {
        self.pieces[0].0 = Duration::from_millis(pause_ms);
        self
    }

    /// Then the same piece for ever.
    pub(crate) fn endless(mut self, pause_ms: u64, piece: impl Into<Vec<u8>>) -> Self {
        self.endless = Some((Duration::from_millis(pause_ms), piece.into()));
        self
    }

    async fn send(self, stream: &mut TcpStream) -> std::io::Result<()> {
        for (pause, piece) in self.pieces {
            tokio::time::sleep(pause).await;
            stream.write_all(&piece).await?;
        }
        while let Some((pause, piece)) = &self.endless {
            tokio::time::sleep(*pause).await;
            stream.write_all(piece).await?;
        }
        stream.shutdown().await
    }
}

type Answers = dyn Fn(&Hit) -> Reply + Send + Sync;

/// The site. Ends when dropped.
pub(crate) struct FakeSite {
    pub address: SocketAddr,
    hits: Arc<Mutex<Vec<Hit>>>,
    serving: tokio::task::JoinHandle<()>,
}

impl FakeSite {
    pub(crate) async fn serve(answers: impl Fn(&Hit) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let hits = Arc::new(Mutex::new(Vec::new()));
        let (log, answers): (_, Arc<Answers>) = (Arc::clone(&hits), Arc::new(answers));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, answers) = (Arc::clone(&log), Arc::clone(&answers));
                tokio::spawn(async move {
                    let _ = serve_one(stream, &log, answers.as_ref()).await;
                });
            }
        });
        Self {
            address,
            hits,
            serving,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn hits(&self) -> Vec<Hit> {
        self.hits.lock().unwrap().clone()
    }

    /// The paths asked for, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.hits().into_iter().map(|hit| hit.path).collect()
    }

    /// How often a path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.paths().iter().filter(|asked| *asked == path).count()
    }

    /// The shortest time between two requests, as it was here.
    pub(crate) fn shortest_interval(&self) -> Duration {
        self.hits()
            .windows(2)
            .map(|pair| pair[1].at - pair[0].at)
            .min()
            .unwrap_or(Duration::MAX)
    }
}

impl Drop for FakeSite {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve_one(
    mut stream: TcpStream,
    log: &Mutex<Vec<Hit>>,
    answers: &Answers,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let length = stream.read(&mut piece).await?;
        if length == 0 {
            return Ok(());
        }
        head.extend_from_slice(&piece[..length]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut lines = head.lines();
    let path = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .unwrap_or_default();
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let hit = Hit {
        at: Instant::now(),
        path: path.to_owned(),
        headers,
    };
    log.lock().unwrap().push(hit.clone());
    answers(&hit).send(&mut stream).await
}
