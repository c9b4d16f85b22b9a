//! The answers to requests.

use crate::complaint::Complaint;
use crate::serve::desk::{Desk, Pasted};
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use numcheck::check::Review;
use numcheck::ingest::LIMIT;
use numcheck::report::html::article_html;
use numcheck::report::{RENDERERS, View};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// The largest request: a text at its limit, with every character escaped.
const LARGEST: usize = 2 * LIMIT + 4096;

/// How long the text of a request may take to arrive, a seat to become free, and a check to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a request has no answer.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// What is asked for cannot be done.
    Asked(Complaint),
    TooLarge,
    TooSlow,
    Busy,
    Failed,
    NotThere,
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Asked(complaint) => (StatusCode::UNPROCESSABLE_ENTITY, complaint.to_string()),
            Self::TooLarge => {
                let most = LIMIT >> 20;
                (StatusCode::PAYLOAD_TOO_LARGE, format!("a text may have {most} MiB at most"))
            }
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "the request took too long to arrive".to_owned())
            }
            Self::Busy => {
                let error = "too much is being checked at once; try again in a moment";
                (StatusCode::SERVICE_UNAVAILABLE, error.to_owned())
            }
            Self::Failed => {
                let error = "the check failed; please report it with the text";
                (StatusCode::INTERNAL_SERVER_ERROR, error.to_owned())
            }
            Self::NotThere => (StatusCode::NOT_FOUND, "nothing is here".to_owned()),
        };
        (status, Json(json!({ "error": error }))).into_response()
    }
}

impl From<Complaint> for Trouble {
    fn from(complaint: Complaint) -> Self {
        Self::Asked(complaint)
    }
}

type Answer<T> = Result<T, Trouble>;

/// The text of a request, which must arrive in good time.
async fn pasted(body: Body) -> Answer<Pasted> {
    let bytes = tokio::time::timeout(PATIENCE, to_bytes(body, LARGEST)).await;
    let bytes: Bytes = bytes.map_err(|_| Trouble::TooSlow)?.map_err(|_| Trouble::TooLarge)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let what = format!("the request is no text to check: {error}");
        Trouble::Asked(Complaint::new(what))
    })
}

/// Does work in a seat of its own, so that a crowd waits instead of growing.
async fn seated<T: Send + 'static>(
    desk: Arc<Desk>,
    work: impl FnOnce(&Desk) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let seat = tokio::time::timeout(PATIENCE, Arc::clone(&desk.seats).acquire_owned()).await;
    let seat = seat.map_err(|_| Trouble::Busy)?.map_err(|_| Trouble::Failed)?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work(&desk);
        // Kept until the work is done, also when nobody waits for it any more.
        drop(seat);
        done
    });
    match tokio::time::timeout(PATIENCE, done).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(Trouble::Failed),
        Err(_) => Err(Trouble::Busy),
    }
}

/// The review in a format of `check`.
fn rendered(review: &Review, format: &str) -> Answer<Vec<u8>> {
    let renderer = RENDERERS.iter().find(|renderer| renderer.name == format);
    let mut bytes = Vec::new();
    let renderer = renderer.ok_or(Trouble::Failed)?;
    (renderer.render)(review, &View::default(), &mut bytes).map_err(|_| Trouble::Failed)?;
    Ok(bytes)
}

/// `POST /api/check`: the review, as `check --format json` writes it.
pub(crate) async fn check(State(desk): State<Arc<Desk>>, body: Body) -> Answer<Response> {
    let pasted = pasted(body).await?;
    let json = seated(desk, move |desk| rendered(&desk.check(&pasted)?, "json")).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}

/// `POST /api/page`: the review, and the article marked with its cards as a piece of a page.
pub(crate) async fn page(State(desk): State<Arc<Desk>>, body: Body) -> Answer<Json<Value>> {
    let pasted = pasted(body).await?;
    seated(desk, move |desk| {
        let review = desk.check(&pasted)?;
        let view = View::default();
        let articles = 0..review.articles.len();
        let html: Vec<_> = articles.map(|article| article_html(&review, &view, article)).collect();
        let json = rendered(&review, "json")?;
        let json: Value = serde_json::from_slice(&json).map_err(|_| Trouble::Failed)?;
        Ok(Json(json!({ "review": json, "html": html })))
    })
    .await
}

/// `POST /api/report`: the report as a page of its own.
pub(crate) async fn report(State(desk): State<Arc<Desk>>, body: Body) -> Answer<Response> {
    let pasted = pasted(body).await?;
    let html = seated(desk, move |desk| rendered(&desk.check(&pasted)?, "html")).await?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

/// `POST /api/decisions`: what was decided, as a `numcheck-decisions.toml`.
pub(crate) async fn decisions(State(desk): State<Arc<Desk>>, body: Body) -> Answer<Response> {
    let pasted = pasted(body).await?;
    let toml = seated(desk, move |desk| Ok(desk.decisions(&pasted)?)).await?;
    Ok(([(header::CONTENT_TYPE, "application/toml")], toml).into_response())
}

/// `GET /api/reference`: the series that numbers are held against.
pub(crate) async fn tables(State(desk): State<Arc<Desk>>) -> Json<Value> {
    let store = &desk.asked.store;
    let mut known: std::collections::BTreeMap<&str, (&str, usize)> =
        std::collections::BTreeMap::new();
    for id in store.ids() {
        let measure = store.catalog.measure(store.observation(id).measure);
        known.entry(&measure.key).or_insert((&measure.title, 0)).1 += 1;
    }
    let list = known
        .into_iter()
        .map(|(key, (title, rows))| json!({ "measure": key, "title": title, "rows": rows }));
    Json(list.collect())
}

/// `GET /api/reference/MEASURE`: the rows of a series.
pub(crate) async fn series(
    State(desk): State<Arc<Desk>>,
    Path(measure): Path<String>,
) -> Answer<Json<Value>> {
    let store = &desk.asked.store;
    let of_measure = store
        .ids()
        .map(|id| store.observation(id))
        .filter(|row| *store.catalog.measure(row.measure).key == *measure);
    let rows: Vec<_> = of_measure
        .map(|row| {
            json!({
                "table": row.table, "line": row.line, "as_of": row.as_of.to_string(),
                "lower": row.lower().to_string(), "upper": row.upper().to_string(),
                "publisher": row.publisher, "url": row.url,
                "withdrawn": row.is_withdrawn(),
            })
        })
        .collect();
    if rows.is_empty() { Err(Trouble::NotThere) } else { Ok(Json(rows.into())) }
}

/// `GET /api/files`: the articles of the folder.
pub(crate) async fn files(State(desk): State<Arc<Desk>>) -> Answer<Json<Vec<String>>> {
    seated(desk, |desk| Ok(Json(desk.files()))).await
}

/// `GET /api/files/PATH`: the text of an article of the folder.
pub(crate) async fn file(
    State(desk): State<Arc<Desk>>,
    Path(path): Path<String>,
) -> Answer<Response> {
    let text = seated(desk, move |desk| desk.file(&path).ok_or(Trouble::NotThere)).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// Whatever else is asked for.
pub(crate) async fn nothing() -> Trouble {
    Trouble::NotThere
}
