//! The examples of the tables, read as articles are read.

use crate::claim::{Claim, claims};
use crate::ingest::read;
use crate::reference::{Catalog, CueRow, TableFault};
use crate::text::Sources;

/// What the examples of all tables of cues get wrong: each has to be read as its row says.
pub fn untrue_examples(catalog: &Catalog) -> Vec<TableFault> {
    catalog.cue_rows().iter().filter_map(|row| untrue(row, catalog)).collect()
}

fn untrue(row: &CueRow, catalog: &Catalog) -> Option<TableFault> {
    let key = |claim: &Claim| {
        claim.measure.as_ref().map(|slot| catalog.measure(slot.value).key.to_string())
    };
    let wanted = row.measure.map(|id| catalog.measure(id).key.to_string());
    let claim = claim_marked(&row.example, catalog);
    let found = claim.as_ref().map(|claim| (claim.indicator.value, key(claim)));
    let message = match (&found, &wanted) {
        (None, _) => "no number is read where the example marks one".to_owned(),
        (Some((indicator, _)), _) if *indicator != row.indicator => {
            format!("the example is read as `{}`", indicator.name())
        }
        (Some((_, Some(found))), Some(wanted)) if found != wanted => {
            format!("the example is read as `{found}`")
        }
        (Some((_, None)), Some(_)) => "the example is read as no measure".to_owned(),
        _ => return None,
    };
    let said = wanted.unwrap_or_else(|| row.indicator.name().to_owned());
    let help = format!("write an example in which the words say `{said}`, or other words");
    Some(TableFault::new(row.at, message, help))
}

/// The claim whose number stands between `[` and `]`, in an article of its own.
pub(crate) fn claim_marked(marked: &str, catalog: &Catalog) -> Option<Claim> {
    let start = marked.find('[')?;
    let number = marked.get(start + 1..)?.split(']').next()?;
    let text = marked.replace(['[', ']'], "");
    let turn = text.get(..start)?.matches(number).count();
    let file = format!("No numbers here\n20220128\nhttps://example.org/a\n{text}\n");
    let articles = read("example.txt", file.as_bytes(), None, &mut Sources::new()).ok()?;
    let article = articles.first()?;
    let named = |claim: &Claim| claim.quantity.span.of(&article.prose) == number;
    claims(article, 0, catalog).into_iter().filter(named).nth(turn)
}

#[cfg(test)]
mod tests {
    use super::untrue_examples;
    use crate::reference::Store;
    use crate::text::Sources;

    #[test]
    fn every_cue_reads_its_example() {
        let mut sources = Sources::new();
        let store = Store::builtin(&mut sources);
        assert!(store.catalog.cue_rows().len() > 50);
        let wrong: Vec<_> = untrue_examples(&store.catalog)
            .iter()
            .map(|fault| format!("{}: {}", sources.place(fault.at).text, fault.message))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
