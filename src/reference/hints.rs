//! What titles and file names hint at: a measure, a unit, a power of ten.

use crate::reference::catalog::Catalog;
use crate::reference::look::words_of;
use crate::reference::measure::Measure;

/// A word without the ending of its plural.
fn stem(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// The measure whose key is in the words: the one with most words, if it is one.
pub(crate) fn measure_of<'c>(words: &[String], catalog: &'c Catalog) -> Option<&'c Measure> {
    let has = |part: &str| words.iter().any(|word| stem(word) == stem(part));
    let fitting = catalog.measures().filter(|(_, one)| one.key.split('_').all(has));
    let long = |measure: &Measure| measure.key.split('_').count();
    let fitting: Vec<_> = fitting.map(|(_, one)| one).collect();
    let most = fitting.iter().map(|one| long(one)).max()?;
    let mut longest = fitting.into_iter().filter(|one| long(one) == most);
    longest.next().filter(|_| longest.next().is_none())
}

/// Words of titles that change nothing of what is measured.
const PLAIN: &[&str] = &[
    "total",
    "value",
    "number",
    "of",
    "in",
    "the",
    "current",
    "prices",
    "usd",
    "us",
    "eur",
    "euro",
    "euros",
    "gbp",
    "million",
    "millions",
    "mn",
    "mio",
    "billion",
    "billions",
    "bn",
    "thousand",
    "thousands",
    "persons",
    "people",
    "cum",
    "cumulative",
];

/// The measure that a title names, and nothing beside it: a share of it, or it per head, is another.
pub(crate) fn measure_named<'c>(title: &str, catalog: &'c Catalog) -> Option<&'c Measure> {
    let words = words_of(title);
    let measure = measure_of(&words, catalog)?;
    let is_own = |word: &String| {
        PLAIN.contains(&word.as_str()) || measure.key.split('_').any(|own| stem(own) == stem(word))
    };
    words.iter().all(is_own).then_some(measure)
}

/// The measures that have most to do with the words.
pub(crate) fn likely_measures(words: &[String], catalog: &Catalog) -> Vec<String> {
    let mut scored: Vec<(usize, &str)> = Vec::new();
    for (_, measure) in catalog.measures() {
        let mut own = words_of(&measure.key);
        own.extend(words_of(&measure.title));
        own.extend(measure.words.iter().flat_map(|word| words_of(word)));
        let shared = words.iter().filter(|word| own.iter().any(|other| stem(other) == stem(word)));
        let score = shared.count();
        if score > 0 {
            scored.push((score, &measure.key));
        }
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().take(5).map(|(_, key)| key.to_owned()).collect()
}

/// The unit that a title names.
pub(crate) fn unit_in(title: &str) -> Option<&'static str> {
    let words = words_of(title);
    let has = |word: &str| words.iter().any(|other| other == word);
    let signs = [("us$", "USD"), ("€", "EUR"), ("£", "GBP"), ("$", "USD")];
    let named = [("usd", "USD"), ("eur", "EUR"), ("euro", "EUR"), ("euros", "EUR"), ("gbp", "GBP")];
    let others = [("percent", "%"), ("persons", "person"), ("people", "person")];
    let signed = signs.into_iter().find(|(sign, _)| title.contains(sign));
    let worded = named.into_iter().chain(others).find(|(word, _)| has(word));
    let share = title.contains('%').then_some(("%", "%"));
    signed.or(worded).or(share).map(|(_, unit)| unit)
}

/// The power of ten that a title names, and its word.
pub(crate) fn scale_in(title: &str) -> Option<(u8, &'static str)> {
    let words = words_of(title);
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    if has(&["billion", "billions", "bn"]) {
        Some((9, "billions"))
    } else if has(&["million", "millions", "mn", "mio"]) {
        Some((6, "millions"))
    } else if has(&["thousand", "thousands"]) || title.contains("'000") {
        Some((3, "thousands"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{likely_measures, measure_named, scale_in, unit_in};
    use crate::reference::Store;
    use crate::reference::look::words_of;
    use crate::text::Sources;

    #[test]
    fn a_title_names_a_measure_if_nothing_changes_it() {
        let catalog = Store::builtin(&mut Sources::new()).catalog;
        let named = |title| measure_named(title, &catalog).map(|measure| measure.key.to_string());
        assert_eq!(
            named("Military expenditure (USD million)"),
            Some("military_expenditure".into())
        );
        assert_eq!(named("IDPs"), Some("idps".into()));
        assert_eq!(named("returned_idps"), None);
        assert_eq!(named("military_expenditure_share_gdp"), None);
        assert_eq!(named("pct_gdp"), None);
        let likely = likely_measures(&words_of("refugees at year end"), &catalog);
        assert_eq!(likely.first().map(String::as_str), Some("refugees_year_end"));
    }

    #[test]
    fn titles_tell_unit_and_scale() {
        assert_eq!(
            (unit_in("spending (us$ m)"), scale_in("spending (us$ m)")),
            (Some("USD"), None)
        );
        assert_eq!(
            (unit_in("aid, eur bn"), scale_in("aid, eur bn")),
            (Some("EUR"), Some((9, "billions")))
        );
        assert_eq!((unit_in("turnout, %"), scale_in("turnout, %")), (Some("%"), None));
        assert_eq!((unit_in("europe"), scale_in("troops ('000)")), (None, Some((3, "thousands"))));
    }
}
