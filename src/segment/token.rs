//! Tokens of one sentence: words, runs of digits, and single signs.
//!
//! The lexer decides as little as it can: digits come without grouping, words without hyphens.
//! What belongs together is for the number grammar to say, from the gaps between tokens.

use crate::segment::dictionary::{Dictionary, OWN, key};
use crate::text::{Prose, Span};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with inner apostrophes and full stops (`don't`, `U.S.`).
    Word,
    /// ASCII digits.
    Digits,
    /// The `'s` of a possessive or a contraction.
    Possessive,
    /// One other character; dashes, quotes and apostrophes come in one form each.
    Sign(char),
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    None,
    /// A no-break, thin or narrow space: one that typesetters put inside numbers.
    Thin,
    /// One ordinary space.
    Space,
    /// More white space, or the sentence's start.
    Wide,
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands.
    pub span: Span<Prose>,
    /// What it is.
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether it has two letters or more, all capitals.
    pub upper: bool,
    /// Whether it is ASCII throughout.
    pub(crate) ascii: bool,
    /// The key of its text, by which dictionaries find it.
    key: u64,
}

/// The tokens of one sentence. Made to be filled again and again.
#[derive(Debug, Default)]
pub struct Tokens {
    base: usize,
    lower: String,
    all: Vec<Token>,
}

impl Tokens {
    /// No tokens yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the sentence at `span` of `prose` in place of what was read before.
    pub fn read(&mut self, prose: &str, span: Span<Prose>) {
        let text = span.of(prose);
        self.base = span.start();
        self.lower.clear();
        self.lower.push_str(text);
        self.lower.make_ascii_lowercase();
        self.all.clear();
        let mut lexer = Lexer { text, at: 0, base: self.base, gap: Gap::Wide };
        while let Some(token) = lexer.token() {
            self.all.push(token);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The token at `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.all.get(i)
    }

    /// The kind of the token at `i`.
    pub fn kind(&self, i: usize) -> Option<Kind> {
        self.all.get(i).map(|t| t.kind)
    }

    /// The token's text in ASCII lower case; empty behind the end.
    pub fn lower(&self, i: usize) -> &str {
        self.all.get(i).map_or("", |t| {
            self.lower.get(t.span.start() - self.base..t.span.end() - self.base).unwrap_or_default()
        })
    }

    /// The token's text in lower case if it is a word, else empty.
    pub fn word(&self, i: usize) -> &str {
        if self.kind(i) == Some(Kind::Word) { self.lower(i) } else { "" }
    }

    /// The key of the token at `i`.
    pub(crate) fn key(&self, i: usize) -> Option<u64> {
        self.all.get(i).map(|t| t.key)
    }

    /// What `dictionary` says of the token at `i`.
    #[inline]
    pub(crate) fn look_up<'d, T>(&self, i: usize, dictionary: &'d Dictionary<T>) -> Option<&'d T> {
        let token = self.all.get(i)?;
        let own = token.ascii && token.span.len() <= OWN && !matches!(token.kind, Kind::Sign(_));
        dictionary.get_keyed(token.key, |text| own || text.eq_ignore_ascii_case(self.lower(i)))
    }

    /// The word `back` places before `i`, in lower case; empty where there is none.
    pub fn word_before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |j| self.word(j))
    }

    /// Whether the token at `i` is this sign.
    pub fn is_sign(&self, i: usize, sign: char) -> bool {
        self.kind(i) == Some(Kind::Sign(sign))
    }

    /// Whether the token at `i` touches the one before it.
    pub fn touches(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|t| t.gap == Gap::None)
    }

    /// The span from token `first` up to, not including, token `end`.
    pub fn span(&self, first: usize, end: usize) -> Span<Prose> {
        if end <= first {
            let at = self.all.get(first).or(self.all.last()).map_or(self.base, |t| t.span.start());
            return Span::new(at, at);
        }
        match (self.all.get(first), end.checked_sub(1).and_then(|i| self.all.get(i))) {
            (Some(a), Some(b)) => a.span.to(b.span),
            _ => Span::new(self.base, self.base),
        }
    }

    /// All tokens in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Token> {
        self.all.iter()
    }

    /// The first token that starts at or behind byte `at` of the prose.
    pub fn at_or_after(&self, at: usize) -> usize {
        self.all.partition_point(|t| t.span.start() < at)
    }
}

impl<'a> IntoIterator for &'a Tokens {
    type Item = &'a Token;
    type IntoIter = std::slice::Iter<'a, Token>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What a byte is to the lexer; sets of these are sums.
mod byte {
    pub(super) const LOWER: u8 = 1;
    pub(super) const UPPER: u8 = 2;
    pub(super) const LETTER: u8 = LOWER | UPPER;
    pub(super) const DIGIT: u8 = 4;
    /// `.` and `'` may stand inside a word, and so may what is beyond ASCII.
    pub(super) const INNER: u8 = 8;

    /// The class of each byte.
    pub(super) const CLASS: [u8; 256] = {
        let mut classes = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            classes[byte] = match byte {
                0x61..=0x7a => LOWER,
                0x41..=0x5a => UPPER,
                0x30..=0x39 => DIGIT,
                0x27 | 0x2e | 0x80.. => INNER,
                _ => 0,
            };
            byte += 1;
        }
        classes
    };
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    base: usize,
    gap: Gap,
}

impl Lexer<'_> {
    fn token(&mut self) -> Option<Token> {
        self.skip_space();
        let start = self.at;
        let class = self.class(start)?;
        let mut case = None;
        let kind = if class & byte::LETTER != 0 {
            case = self.plain_word(start);
            if case.is_none() {
                self.word();
            }
            Kind::Word
        } else if class & byte::DIGIT != 0 {
            self.run(byte::DIGIT);
            Kind::Digits
        } else {
            self.sign(start)?
        };
        let text = self.text.get(start..self.at).unwrap_or_default();
        let ascii = case.is_some() || text.is_ascii();
        let (capital, upper) = case.unwrap_or_else(|| letters(kind, text));
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let span = Span::new(self.base + start, self.base + self.at);
        Some(Token { span, kind, gap, capital, upper, ascii, key: key(text) })
    }

    /// Reads a word of ASCII letters alone and tells its capitals as [`letters`] does; `None`
    /// before what may go on with it.
    fn plain_word(&mut self, start: usize) -> Option<(bool, bool)> {
        let seen = self.run(byte::LETTER);
        if self.class(self.at).is_some_and(|class| class & byte::INNER != 0) {
            return None;
        }
        let second = if self.at > start + 1 { self.class(start + 1) } else { None };
        let ahead = self.class(start)? | second.unwrap_or_default();
        let capital = ahead & byte::UPPER != 0;
        Some((capital, capital && second.is_some() && seen & byte::LOWER == 0))
    }

    /// Steps over the bytes of these classes; says which there were.
    #[inline]
    fn run(&mut self, classes: u8) -> u8 {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (mut seen, mut length) = (0, rest.len());
        for (i, byte) in rest.iter().enumerate() {
            let class = byte::CLASS[usize::from(*byte)];
            if class & classes == 0 {
                length = i;
                break;
            }
            seen |= class;
        }
        self.at += length;
        seen
    }

    fn class(&self, at: usize) -> Option<u8> {
        self.byte(at).map(|byte| byte::CLASS[usize::from(byte)])
    }

    /// A sign, a possessive, or a word whose first letter is beyond ASCII.
    fn sign(&mut self, start: usize) -> Option<Kind> {
        let first = self.peek(start)?;
        if is_letter(first) {
            self.word();
            return Some(Kind::Word);
        }
        if is_apostrophe(first) && self.possessive() {
            return Some(Kind::Possessive);
        }
        self.at += first.len_utf8();
        Some(Kind::Sign(plain_sign(first)))
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.byte(self.at) {
            if byte == b' ' {
                self.gap = if self.gap == Gap::None { Gap::Space } else { Gap::Wide };
                self.at += 1;
                continue;
            }
            if byte > b' ' && byte.is_ascii() {
                return;
            }
            let Some(c) = self.peek(self.at) else { return };
            let gap = match c {
                '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' | '\u{200a}' => Gap::Thin,
                c if c.is_whitespace() => Gap::Wide,
                // Marks without width hide inside copied text; they separate nothing.
                '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {
                    self.at += c.len_utf8();
                    continue;
                }
                _ => return,
            };
            self.gap = if self.gap == Gap::None { gap } else { Gap::Wide };
            self.at += c.len_utf8();
        }
    }

    /// Letters, apostrophes between letters, and the full stops of `U.S.` and `a.m.`.
    fn word(&mut self) {
        loop {
            self.run(byte::LETTER);
            let Some(byte) = self.byte(self.at) else { return };
            if byte.is_ascii() && !matches!(byte, b'\'' | b'.') {
                return;
            }
            match self.peek(self.at) {
                Some(c) if is_letter(c) || matches!(c, '²' | '³') => self.at += c.len_utf8(),
                Some(c) if is_apostrophe(c) && self.joins(c) => self.at += c.len_utf8(),
                Some('.') if self.is_initial_stop() => self.at += 1,
                _ => return,
            }
        }
    }

    /// An apostrophe joins two letters of one word, unless it opens a possessive `'s`.
    fn joins(&self, apostrophe: char) -> bool {
        let rest = self.text.get(self.at + apostrophe.len_utf8()..).unwrap_or_default();
        let mut letters = rest.chars().take_while(|c| c.is_alphabetic());
        match (letters.next(), letters.next()) {
            (None, _) | (Some('s' | 'S'), None) => false,
            (Some(_), _) => true,
        }
    }

    /// A full stop behind a single letter that belongs to `U.S.`, `a.m.` or `J.K.`.
    fn is_initial_stop(&self) -> bool {
        let bytes = self.text.as_bytes();
        let byte = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
        let single = |i: usize| {
            byte(i).is_ascii_alphabetic()
                && (i == 0 || !byte(i - 1).is_ascii_alphanumeric() && byte(i - 1) < 0x80)
        };
        let Some(letter) = self.at.checked_sub(1).filter(|i| single(*i)) else { return false };
        let follows = byte(self.at + 1).is_ascii_alphabetic() && byte(self.at + 2) == b'.';
        let precedes = letter >= 2 && byte(letter - 1) == b'.' && single(letter - 2);
        follows || precedes
    }

    fn possessive(&mut self) -> bool {
        let mut chars = self.text.get(self.at..).unwrap_or_default().char_indices();
        let Some((at, 's' | 'S')) = chars.nth(1) else { return false };
        if self.gap != Gap::None || chars.next().is_some_and(|(_, c)| c.is_alphanumeric()) {
            return false;
        }
        self.at += at + 1;
        true
    }
}

/// Whether a character may be part of a word. The ordinal marks of Spanish are used as degrees.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'º' | 'ª')
}

/// Whether a word has a capital, as its first letter or its second (`iPhone`, `eBay`), and whether
/// it has two letters or more and all are capitals.
fn letters(kind: Kind, word: &str) -> (bool, bool) {
    if kind != Kind::Word {
        return (false, false);
    }
    let bytes = word.as_bytes();
    if !word.is_ascii() {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let capital = word.chars().take(2).any(char::is_uppercase);
        return (capital, capital && bytes.len() > 1 && letters.all(char::is_uppercase));
    }
    let capital = bytes.iter().take(2).any(u8::is_ascii_uppercase);
    (capital, capital && bytes.len() > 1 && !bytes.iter().any(u8::is_ascii_lowercase))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Dashes, quotes and apostrophes in one form each, so that the grammar knows one of each kind:
/// `-` every hyphen, `–` en dash, minus and figure dash, `—` em dash, `'` and `"` every quote.
fn plain_sign(c: char) -> char {
    match c {
        '‐' | '‑' | '\u{ad}' => '-',
        '–' | '‒' | '−' => '–',
        '—' | '―' => '—',
        '’' | '‘' | 'ʼ' | '‚' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '％' => '%',
        'º' => '°',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Tokens};
    use crate::text::Span;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        let mut tokens = Tokens::new();
        tokens.read(input, Span::new(0, input.len()));
        let shown: Vec<_> = tokens.iter().map(|t| t.span.of(input)).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn cuts_words_digits_and_signs() {
        check("8,500 troops", "8 , 500 troops");
        check("F-16s, 160km", "F - 16 s , 160 km");
        check("Russia's U.S. plan at 10 a.m. today", "Russia 's U.S. plan at 10 a.m. today");
        check("don’t say “£30m”", "don’t say “ £ 30 m ”");
        check("by J. Smith. He", "by J . Smith . He");
        check("1\u{200b}0 km²", "1 0 km²");
        check("the 1990's", "the 1990 's");
    }

    #[test]
    fn knows_kinds_and_lower_case() {
        let text = "The KREMLIN’s 5";
        let mut tokens = Tokens::new();
        tokens.read(text, Span::new(0, text.len()));
        assert_eq!(tokens.word(1), "kremlin");
        assert!(tokens.get(1).unwrap().upper);
        assert_eq!(tokens.kind(2), Some(Kind::Possessive));
        assert_eq!(tokens.kind(3), Some(Kind::Digits));
        assert_eq!(tokens.at_or_after(4), 1);
    }
}
