//! Web addresses, as far as an article's head needs them.

/// Whether `text` is an address and nothing else.
pub(crate) fn is_url(text: &str) -> bool {
    rest(text).is_some_and(|rest| !rest.is_empty())
        && !text.bytes().any(|byte| byte.is_ascii_whitespace())
}

/// The outlet an address belongs to: its host without `www.`.
///
/// Hosts under `.invalid` exist nowhere (RFC 2606); they stand for "no address".
pub(crate) fn outlet(url: &str) -> Option<String> {
    let rest = rest(url)?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty() && host.rsplit('.').next() != Some("invalid")).then(|| host.to_owned())
}

/// An address without what differs between two ways to the same page: scheme, `www.`, what follows
/// `?` and `#`, the ending of a page for phones.
pub fn address(url: &str) -> &str {
    let page = rest(url).unwrap_or(url);
    let page = page.split(['?', '#']).next().unwrap_or(page);
    let page = page.strip_prefix("www.").unwrap_or(page).trim_end_matches('/');
    page.strip_suffix("/amp").unwrap_or(page).trim_end_matches('/')
}

fn rest(url: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| {
        url.get(..scheme.len())
            .filter(|start| start.eq_ignore_ascii_case(scheme))
            .and_then(|_| url.get(scheme.len()..))
    })
}

#[cfg(test)]
mod tests {
    use super::{address, is_url, outlet};

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        assert!(is_url(url), "{url}");
        assert_eq!(outlet(url).as_deref(), expected, "{url}");
    }

    #[test]
    fn outlets_are_hosts() {
        check("https://www.enca.com/news/putin-says", Some("enca.com"));
        check("http://BBC.com:80?x=1", Some("bbc.com"));
        check("HTTPS://user@www.example.org#top", Some("example.org"));
        check("https://unknown.invalid/#no-url", None);
    }

    #[test]
    fn the_same_page_has_one_address() {
        for url in ["https://www.example.org/a", "http://example.org/a/?x=1#top"] {
            assert_eq!(address(url), "example.org/a", "{url}");
        }
        assert_eq!(address("https://example.org/a/amp/"), "example.org/a");
        assert_ne!(address("https://example.org/a"), address("https://example.org/b"));
    }

    #[test]
    fn a_sentence_with_an_address_is_none() {
        assert!(!is_url("https://example.org says so"));
        assert!(!is_url("example.org"));
        assert!(!is_url("https://"));
    }
}
