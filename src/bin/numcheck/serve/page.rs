//! The page itself: its parts are files of their own, as a browser wants them.

use axum::http::header::{self, HeaderName};
use numcheck::report::html::STYLE;

type File = ([(HeaderName, &'static str); 1], String);

fn of_type(media: &'static str, text: String) -> File {
    ([(header::CONTENT_TYPE, media)], text)
}

/// `GET /`
pub(crate) async fn page() -> File {
    of_type("text/html; charset=utf-8", include_str!("page.html").to_owned())
}

/// `GET /style.css`: the style of the report, and what this page adds.
pub(crate) async fn style() -> File {
    of_type("text/css; charset=utf-8", [STYLE, include_str!("page.css")].concat())
}

/// `GET /page.js`
pub(crate) async fn script() -> File {
    of_type("text/javascript; charset=utf-8", include_str!("page.js").to_owned())
}
