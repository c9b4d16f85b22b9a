//! Shortcodes of site generators in Markdown: what they show is not written in the article.

use memchr::memmem;
use std::borrow::Cow;
use std::ops::Range;

/// How far a shortcode may reach, in bytes; the longest carry a caption.
const LONGEST_SHORTCODE: usize = 2048;

/// The text with the shortcodes of site generators, `{{< … >}}` and `{% … %}`, as comments of the
/// same length: what they show is not written here.
pub(crate) fn without_shortcodes(body: &str) -> Cow<'_, str> {
    const COMMENT: (&str, &str) = ("<!--", "-->");
    let mut shown = String::new();
    let mut done = 0;
    while let Some(at) = body.get(done..).and_then(shortcode) {
        let (start, end) = (done + at.start, done + at.end);
        shown.push_str(body.get(done..start).unwrap_or_default());
        shown.push_str(COMMENT.0);
        let left = (end - start).saturating_sub(COMMENT.0.len() + COMMENT.1.len());
        shown.extend(std::iter::repeat_n(' ', left));
        shown.push_str(COMMENT.1);
        done = end;
    }
    if done == 0 {
        return Cow::Borrowed(body);
    }
    shown.push_str(body.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

/// The first shortcode of `text` that is long enough to become a comment.
fn shortcode(text: &str) -> Option<Range<usize>> {
    memchr::memchr_iter(b'{', text.as_bytes()).find_map(|start| {
        let rest = text.as_bytes().get(start..)?;
        let close = match rest.get(1)? {
            b'{' => "}}",
            b'%' => "%}",
            _ => return None,
        };
        let rest = rest.get(..rest.len().min(LONGEST_SHORTCODE))?;
        let len = memmem::find(rest, close.as_bytes())? + close.len();
        let inner = rest.get(2..len)?;
        let is_one = len >= 7
            && memmem::find(inner, b"\n\n").is_none()
            && memmem::find(inner, b"{{").is_none()
            && !text.get(..start)?.ends_with('\\');
        is_one.then_some(start..start + len)
    })
}

#[cfg(test)]
mod tests {
    use super::without_shortcodes;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(without_shortcodes(body), expected);
        assert_eq!(body.len(), expected.len());
    }

    #[test]
    fn shortcodes_become_comments_of_their_length() {
        check("a {{< b >}} c {% d %}", "a <!--  --> c <!---->");
        check("{{< é >}}{{%x 1%}}", "<!--   --><!--  -->");
        check("[a]({{< ref \"b\" >}})", "[a](<!--        -->)");
    }

    #[test]
    fn what_is_no_shortcode_stays() {
        for body in ["{{x}}", "{a}", "\\{{ 14 }}", "{{ 14\n\n}}", "{{ 14", "{"] {
            check(body, body);
        }
    }
}
