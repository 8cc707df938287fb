//! A network between phone and receiver that does everything networks do: it cuts, delays, doubles, brings things late,
//! alters them, is a login page for a while; and a receiver that is killed and started again.

use super::Dice;
use anyhow::{Context as _, Result};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use bintang_receiver::run;
use std::{
    collections::BTreeMap,
    future::pending,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    sync::Mutex as Turn,
    time::sleep,
};

/// Of so many requests one is disturbed.
const ONE_IN: usize = 7;
/// How long the login page stands.
const PORTAL: Duration = Duration::from_secs(2);
/// Longest a request is delayed.
const DELAY: usize = 1_500;
/// Between two looks for a receiver that starts.
const LOOK: Duration = Duration::from_millis(20);

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The connection is cut somewhere in what is sent.
    CutGoing,
    /// The receiver answers, and the answer never comes.
    CutComing,
    /// It takes long.
    Delayed,
    /// It comes twice.
    Doubled,
    /// It comes once more, after others.
    Late,
    /// A byte of it is another one.
    Altered,
    /// A byte of the answer is another one.
    AnswerAltered,
    /// The login page of a Wi-Fi, for a while.
    Portal,
    /// The receiver is killed while it works.
    Killed,
}

const FAULTS: [Fault; 9] = [
    Fault::CutGoing,
    Fault::CutComing,
    Fault::Delayed,
    Fault::Doubled,
    Fault::Late,
    Fault::Altered,
    Fault::AnswerAltered,
    Fault::Portal,
    Fault::Killed,
];

/// What came of the requests for one address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes of bodies that the phone sent.
    pub sent: u64,
    /// Requests with a body that the phone got no true success for.
    pub disturbed: u64,
}

/// The network. Clones are the same one.
#[derive(Debug, Clone)]
pub struct Network(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Its own address.
    port: u16,
    /// The receiver's.
    receiver: u16,
    program: PathBuf,
    folder: PathBuf,
    child: Turn<Option<Child>>,
    known: Mutex<Known>,
}

#[derive(Debug)]
struct Known {
    dice: Dice,
    happened: BTreeMap<Fault, usize>,
    traffic: BTreeMap<String, Traffic>,
    portal_until: Option<Instant>,
}

impl Network {
    /// Starts the receiver, this program, in a folder, and the network before it.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(program: &str, folder: &Path, dice: Dice) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let receiver = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?.local_addr()?.port();
        let known = Known { dice, happened: BTreeMap::new(), traffic: BTreeMap::new(), portal_until: None };
        let network = Self(Arc::new(Inner {
            port: listener.local_addr()?.port(),
            receiver,
            program: program.into(),
            folder: folder.to_owned(),
            child: Turn::new(None),
            known: Mutex::new(known),
        }));
        network.restart().await?;
        let router = Router::new().fallback(carry).with_state(network.clone());
        tokio::spawn(run(listener, router, pending()));
        Ok(network)
    }

    /// The address that phones know.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}/assessments", self.0.port)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has happened so far, and how often.
    #[must_use]
    pub fn happened(&self) -> BTreeMap<Fault, usize> {
        self.known().happened.clone()
    }

    /// What was sent to each address that files are put to.
    #[must_use]
    pub fn traffic(&self) -> BTreeMap<String, Traffic> {
        self.known().traffic.clone()
    }

    /// Kills the receiver, if it runs, without a word (SIGKILL), and starts it again.
    async fn restart(&self) -> Result<()> {
        let mut child = self.0.child.lock().await;
        if let Some(mut running) = child.take() {
            running.kill().await?;
        }
        let port = self.0.receiver.to_string();
        let mut started = Command::new(&self.0.program)
            .arg(&self.0.folder)
            .arg(port)
            .kill_on_drop(true)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.0.receiver)).await.is_err() {
            anyhow::ensure!(started.try_wait()?.is_none(), "the receiver ended");
            sleep(LOOK).await;
        }
        *child = Some(started);
        Ok(())
    }

    /// What happens to the next request.
    fn next(&self) -> Option<Fault> {
        let mut known = self.known();
        let now = Instant::now();
        if known.portal_until.is_some_and(|until| now < until) {
            return Some(Fault::Portal);
        }
        if known.dice.below(ONE_IN) != 0 {
            return None;
        }
        let fault = known.dice.one(&FAULTS).copied()?;
        *known.happened.entry(fault).or_default() += 1;
        if fault == Fault::Portal {
            known.portal_until = Some(now + PORTAL);
        }
        Some(fault)
    }

    fn below(&self, end: usize) -> usize {
        self.known().dice.below(end)
    }

    async fn forward(&self, asked: &Asked, body: Body) -> Result<Answered> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.0.receiver)).await?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(hyper_util::rt::TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let mut request = axum::http::Request::builder().method(asked.method.clone()).uri(&asked.path);
        for (name, value) in &asked.head {
            request = request.header(name, value);
        }
        let answer = sender.send_request(request.body(body)?).await?;
        let (head, body) = answer.into_parts();
        let body = axum::body::to_bytes(Body::new(body), usize::MAX).await?;
        Ok(Answered { status: head.status, head: head.headers, body })
    }
}

#[derive(Debug, Clone)]
struct Asked {
    method: Method,
    path: String,
    head: HeaderMap,
    body: Bytes,
}

struct Answered {
    status: StatusCode,
    head: HeaderMap,
    body: Bytes,
}

impl Answered {
    fn response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.head;
        response
    }
}

/// The first bytes of a body, and then nothing any more.
fn broken(body: &Bytes, after: usize) -> Body {
    let first = body.slice(..after.min(body.len()));
    let cut = std::io::Error::from(std::io::ErrorKind::ConnectionAborted);
    Body::from_stream(futures::stream::iter([Ok(first), Err(cut)]))
}

/// The same bytes but one.
fn altered(body: &Bytes, at: usize) -> Bytes {
    let mut bytes = body.to_vec();
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 0x20;
    }
    bytes.into()
}

async fn carry(State(network): State<Network>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let asked = Asked { method: head.method, path: head.uri.to_string(), head: head.headers, body };
    let counts = asked.method == Method::PUT;
    let fault = if asked.method == Method::OPTIONS { None } else { network.next() };
    let answered = under(&network, &asked, fault).await;
    let success = matches!(&answered, Ok(answered) if answered.status.is_success());
    let true_success = success && !matches!(fault, Some(Fault::Portal | Fault::AnswerAltered | Fault::CutComing));
    if counts {
        let mut known = network.known();
        let traffic = known.traffic.entry(asked.path.clone()).or_default();
        traffic.sent += asked.body.len() as u64;
        traffic.disturbed += u64::from(!true_success);
    }
    match answered {
        Ok(answered) if fault != Some(Fault::CutComing) => answered.response(),
        // Nothing comes back: the connection ends in the middle of an answer.
        _ => {
            let cut = std::io::Error::from(std::io::ErrorKind::ConnectionAborted);
            Body::from_stream(futures::stream::iter([Err::<Bytes, _>(cut)])).into_response()
        }
    }
}

async fn under(network: &Network, asked: &Asked, fault: Option<Fault>) -> Result<Answered> {
    let whole = || Body::from(asked.body.clone());
    let at = network.below(asked.body.len());
    match fault {
        None | Some(Fault::CutComing) => network.forward(asked, whole()).await,
        Some(Fault::CutGoing) => {
            let _ = network.forward(asked, broken(&asked.body, at)).await;
            anyhow::bail!("cut")
        }
        Some(Fault::Delayed) => {
            let milliseconds = network.below(DELAY) as u64;
            sleep(Duration::from_millis(milliseconds)).await;
            network.forward(asked, whole()).await
        }
        Some(Fault::Doubled) => {
            let (one, two) = tokio::join!(network.forward(asked, whole()), network.forward(asked, whole()));
            one.or(two)
        }
        Some(Fault::Late) => {
            let (later, own) = (network.clone(), asked.clone());
            let milliseconds = network.below(DELAY * 3) as u64;
            tokio::spawn(async move {
                sleep(Duration::from_millis(milliseconds)).await;
                let body = Body::from(own.body.clone());
                later.forward(&own, body).await.map(drop)
            });
            network.forward(asked, whole()).await
        }
        Some(Fault::Altered) => network.forward(asked, Body::from(altered(&asked.body, at))).await,
        Some(Fault::AnswerAltered) => {
            let mut answered = network.forward(asked, whole()).await?;
            let at = network.below(answered.body.len());
            answered.body = altered(&answered.body, at);
            Ok(answered)
        }
        Some(Fault::Portal) => {
            let mut head = HeaderMap::new();
            head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            head.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            let body = Bytes::from_static(b"<!doctype html><title>Wi-Fi</title><form>Masuk</form>");
            Ok(Answered { status: StatusCode::OK, head, body })
        }
        Some(Fault::Killed) => {
            let (sending, killing) = (network.forward(asked, whole()), network.restart());
            let (sent, started) = tokio::join!(sending, killing);
            started.context("the receiver does not start again")?;
            sent
        }
    }
}
