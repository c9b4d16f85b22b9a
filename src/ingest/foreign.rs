//! Formats that are known but not read: told by name, so that markup never passes for prose.

use std::path::Path;

/// The file name extensions of each, and what people call it.
const EXTENSIONS: &[(&[&str], &str)] =
    &[(&["doc", "odt", "rtf", "pdf"], "a word processor's file")];

/// How a text of each begins, in lower case.
const BEGINNINGS: &[(&str, &str)] = &[("<?xml", "XML"), ("{\\rtf", "a word processor's file")];

/// What an input is that no format here reads, by its name or by how its text begins. Asked where
/// nobody says what it is and no format claims it.
pub(crate) fn foreign(name: &str, text: &str) -> Option<&'static str> {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    let is_own = |own: &&str| extension.is_some_and(|given| given.eq_ignore_ascii_case(own));
    let by_name = EXTENSIONS.iter().find(|(own, _)| own.iter().any(is_own));
    let text = text.trim_start();
    let begins = |start: &str| {
        text.get(..start.len()).is_some_and(|given| given.eq_ignore_ascii_case(start))
    };
    let by_text = || BEGINNINGS.iter().find(|(start, _)| begins(start)).map(|(_, what)| *what);
    by_name.map(|(_, what)| *what).or_else(by_text)
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn markup_is_told_by_name_or_by_its_beginning() {
        assert_eq!(foreign("a.txt", "<?xml version=\"1.0\"?><svg/>"), Some("XML"));
        assert_eq!(foreign("a.txt", "<b>Ten</b> people came."), None);
        assert_eq!(foreign("a", "Ten people came."), None);
    }
}
