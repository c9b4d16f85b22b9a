//! Half-open byte ranges that know which text they measure.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// The text of a source, decoded to UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {}

/// The prose of an article: its text without markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prose {}

/// A half-open range of bytes in a text of the space `S`.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<S> {
    start: usize,
    end: usize,
    space: PhantomData<S>,
}

impl<S> Span<S> {
    /// A span from `start` to `end`; an end before the start is moved to the start.
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end, space: PhantomData }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte behind the last one.
    pub const fn end(self) -> usize {
        self.end
    }

    /// How many bytes it covers.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The piece of `text` it covers; empty where it lies outside or off a character's edge.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies within it.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl<S> Clone for Span<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Span<S> {}

impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Prose, Span};

    #[test]
    fn covers_and_overlaps() {
        let a = Span::<Prose>::new(2, 5);
        assert!(a.overlaps(Span::new(4, 9)));
        assert!(!a.overlaps(Span::new(5, 9)));
        assert!(a.contains(Span::new(3, 5)));
        assert_eq!(a.to(Span::new(7, 9)), Span::new(2, 9));
        assert_eq!(Span::<Prose>::new(5, 2).len(), 0);
    }

    #[test]
    fn slices_only_on_character_edges() {
        assert_eq!(Span::<Prose>::new(0, 3).of("€5"), "€");
        assert_eq!(Span::<Prose>::new(1, 4).of("€5"), "");
        assert_eq!(Span::<Prose>::new(9, 12).of("€5"), "");
    }
}
