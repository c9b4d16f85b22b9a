//! Who is let in: the page itself, on this machine.
//!
//! A page from elsewhere that is open in the same browser must not be able to read articles or
//! tables here. It cannot name this host as its own (DNS rebinding: `Host` is checked), cannot have
//! the browser send a request in its name (CSRF: `Origin` and `Sec-Fetch-Site` are checked, and only
//! JSON is taken), and cannot put the page into a frame.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;

/// The cookie in which a browser keeps the token.
const COOKIE: &str = "numcheck-token";

/// What every answer says: no scripts but its own, no frames, no guessing, no copies.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// What a request must show.
#[derive(Debug)]
pub(crate) struct Guard {
    /// The names of this server; any name where it is open to other machines.
    hosts: Vec<String>,
    token: Option<String>,
}

/// Why a request is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Host,
    Origin,
    Token,
    NotJson,
}

impl Guard {
    /// The guard of a server at that address; with a token for one that is open to other machines.
    pub(crate) fn new(own: SocketAddr, token: Option<String>) -> Self {
        let port = own.port();
        let names = ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}"));
        Self { hosts: names.into_iter().chain([own.to_string()]).collect(), token }
    }

    /// Whether a request may pass, and whether its token came in the address.
    fn passes(&self, method: &Method, query: &str, headers: &HeaderMap) -> Result<(), Refusal> {
        let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let host = header(header::HOST).ok_or(Refusal::Host)?;
        // Whoever knows the token may use any name.
        if self.token.is_none() && !self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)) {
            return Err(Refusal::Host);
        }
        let site = header(HeaderName::from_static("sec-fetch-site"));
        let from_elsewhere =
            matches!(site, Some("cross-site" | "same-site")) && method != Method::GET;
        let origin = headers.get(header::ORIGIN).map(|value| value.to_str().unwrap_or_default());
        let is_own = |origin: &str| {
            origin.split_once("://").is_some_and(|(_, name)| name.eq_ignore_ascii_case(host))
        };
        if from_elsewhere || origin.is_some_and(|origin| !is_own(origin)) {
            return Err(Refusal::Origin);
        }
        if let Some(token) = &self.token {
            let bearer = header(header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer "));
            let cookies = header(header::COOKIE).into_iter().flat_map(|all| all.split("; "));
            let kept = cookies.filter_map(|one| one.strip_prefix(COOKIE)?.strip_prefix('='));
            let shown = kept.chain(bearer).chain(token_in(query));
            if !shown.into_iter().any(|one| is_same(one, token)) {
                return Err(Refusal::Token);
            }
        }
        let media = header(header::CONTENT_TYPE).unwrap_or_default();
        if method == Method::POST && media.split(';').next() != Some("application/json") {
            return Err(Refusal::NotJson);
        }
        Ok(())
    }
}

fn token_in(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("token="))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn is_same(a: &str, b: &str) -> bool {
    let differ = a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    a.len() == b.len() && differ == 0
}

/// Lets a request through, or says why not.
pub(crate) async fn let_in(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let passes = guard.passes(request.method(), &query, request.headers());
    let mut response = match passes {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.answer(),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if passes.is_ok()
        && let Some(token) = token_in(&query)
        && let Ok(cookie) =
            HeaderValue::from_str(&format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/"))
    {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}

impl Refusal {
    fn answer(self) -> Response {
        let (status, error) = match self {
            Self::Host => (StatusCode::MISDIRECTED_REQUEST, "this host name is not served here"),
            Self::Origin => (StatusCode::FORBIDDEN, "requests from other pages are not answered"),
            Self::Token => (
                StatusCode::UNAUTHORIZED,
                "the token is missing: open the address that was printed",
            ),
            Self::NotJson => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send JSON, with Content-Type: application/json",
            ),
        };
        (status, axum::Json(json!({ "error": error }))).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::{Guard, Refusal};
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

    fn passes(
        token: Option<&str>,
        method: &Method,
        query: &str,
        headers: &[(&'static str, &'static str)],
    ) -> Result<(), Refusal> {
        let guard = Guard::new("127.0.0.1:7878".parse().unwrap(), token.map(ToOwned::to_owned));
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        guard.passes(method, query, &headers)
    }

    const HOST: (&str, &str) = ("host", "localhost:7878");
    const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

    #[test]
    fn the_page_itself_passes() {
        let post = &Method::POST;
        assert_eq!(passes(None, &Method::GET, "", &[HOST]), Ok(()));
        assert_eq!(passes(None, post, "", &[("host", "127.0.0.1:7878"), JSON]), Ok(()));
        let own =
            [HOST, JSON, ("origin", "http://localhost:7878"), ("sec-fetch-site", "same-origin")];
        assert_eq!(passes(None, post, "", &own), Ok(()));
    }

    #[test]
    fn other_pages_do_not() {
        let post = &Method::POST;
        for host in ["evil.example:7878", "localhost:80", "localhost", "127.0.0.1.nip.io:7878"] {
            let guard = Guard::new("127.0.0.1:7878".parse().unwrap(), None);
            let headers = HeaderMap::from_iter([(
                HeaderName::from_static("host"),
                HeaderValue::from_str(host).unwrap(),
            )]);
            assert_eq!(guard.passes(&Method::GET, "", &headers), Err(Refusal::Host), "{host}");
        }
        assert_eq!(passes(None, &Method::GET, "", &[]), Err(Refusal::Host));
        for origin in [("origin", "http://evil.example"), ("origin", "null"), ("origin", "")] {
            assert_eq!(passes(None, post, "", &[HOST, JSON, origin]), Err(Refusal::Origin));
        }
        let site = ("sec-fetch-site", "cross-site");
        assert_eq!(passes(None, post, "", &[HOST, JSON, site]), Err(Refusal::Origin));
        let form = ("content-type", "text/plain");
        assert_eq!(passes(None, post, "", &[HOST, form]), Err(Refusal::NotJson));
        assert_eq!(passes(None, post, "", &[HOST]), Err(Refusal::NotJson));
    }

    #[test]
    fn a_server_that_others_reach_asks_for_the_token() {
        let (get, far) = (&Method::GET, ("host", "desk.example:7878"));
        let token = Some("s3cret");
        assert_eq!(passes(token, get, "", &[far]), Err(Refusal::Token));
        assert_eq!(passes(token, get, "token=s3cre", &[far]), Err(Refusal::Token));
        assert_eq!(passes(token, get, "token=s3cret", &[far]), Ok(()));
        assert_eq!(passes(token, get, "", &[far, ("authorization", "Bearer s3cret")]), Ok(()));
        assert_eq!(
            passes(token, get, "", &[far, ("cookie", "a=b; numcheck-token=s3cret")]),
            Ok(())
        );
    }
}
