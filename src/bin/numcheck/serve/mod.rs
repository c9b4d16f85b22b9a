//! The page for people who prefer a browser, and its API.
//!
//! The server keeps nothing and writes nothing: a request carries the text, the answer what there is
//! to say of it. Corrected texts and decisions are downloads of the browser.

mod api;
mod desk;
mod guard;
mod page;

pub(crate) use crate::serve::desk::{Asked, Desk};

use crate::complaint::Complaint;
use crate::serve::guard::Guard;
use axum::Router;
use axum::middleware;
use axum::routing::{get, post};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Where the server listens, and who may come.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) addr: SocketAddr,
    /// What everyone off the machine must show; nobody needs it on the machine itself.
    pub(crate) token: Option<String>,
}

/// Serves until it is told to stop. `ready` is told the address once it is listening.
pub(crate) fn serve(
    door: &Door,
    desk: Desk,
    ready: impl FnOnce(&str) -> Result<(), Complaint>,
) -> Result<(), Complaint> {
    let cannot = |error: std::io::Error| {
        Complaint::new(format!("cannot serve at {}: {error}", door.addr))
            .help("another address: --addr 127.0.0.1:0 takes a free port")
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(cannot)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(door.addr).await.map_err(cannot)?;
        let own = listener.local_addr().map_err(cannot)?;
        let guard = Guard::new(own, door.token.clone());
        let stop = told_to_stop().map_err(cannot)?;
        ready(&address(own, door.token.as_deref()))?;
        let serving = axum::serve(listener, router(Arc::new(desk), Arc::new(guard)));
        serving.with_graceful_shutdown(stop).await.map_err(cannot)
    })
}

fn router(desk: Arc<Desk>, guard: Arc<Guard>) -> Router {
    Router::new()
        .route("/", get(page::page))
        .route("/style.css", get(page::style))
        .route("/page.js", get(page::script))
        .route("/api/check", post(api::check))
        .route("/api/page", post(api::page))
        .route("/api/report", post(api::report))
        .route("/api/decisions", post(api::decisions))
        .route("/api/reference", get(api::tables))
        .route("/api/reference/{measure}", get(api::series))
        .route("/api/files", get(api::files))
        .route("/api/files/{*path}", get(api::file))
        .fallback(api::nothing)
        .layer(middleware::from_fn_with_state(guard, guard::let_in))
        .with_state(desk)
}

/// The address that a person opens.
fn address(own: SocketAddr, token: Option<&str>) -> String {
    let host = match own.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    let key = token.map_or(String::new(), |token| format!("?token={token}"));
    format!("http://{host}:{}/{key}", own.port())
}

/// Ends when the program is interrupted or told to end. It listens from when it is called, so that
/// nothing is missed before it is waited for.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(std::future::poll_fn(move |cx| {
        let told = interrupted.poll_recv(cx).is_ready() || terminated.poll_recv(cx).is_ready();
        if told { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    }))
}

/// Ends when the program is interrupted.
#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a way to hear of it, the program is ended by the system as usual.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
