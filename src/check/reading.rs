//! Articles read: their claims, each held against the tables and its own article. What they say
//! against other articles comes after that, once it is known which others there are.

use crate::archive::{Wanted, identity};
use crate::check::archived::wanted;
use crate::check::{AsOf, Review, Settings, against, levels, verdicts};
use crate::claim::{Claim, claims};
use crate::compare::{
    Comparison, Corpus, Relation, Surroundings, addresses, comparison, confusions, relations,
    series,
};
use crate::ingest::Article;
use crate::reference::Store;
use crate::rules::{Facts, run};
use crate::text::Sources;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Articles whose claims are read and held against the tables.
#[derive(Debug)]
pub struct Reading {
    /// The articles.
    pub articles: Vec<Article>,
    /// The claims of each.
    pub claims: Vec<Vec<Claim>>,
    /// What the tables say of each.
    pub comparisons: Vec<Vec<Comparison>>,
}

/// Reads the claims of `articles` and holds them against the tables.
pub fn read(articles: Vec<Article>, store: &Store, settings: &Settings) -> Reading {
    read_behind(0, articles, store, settings)
}

/// The same of articles that stand in a review behind `before` others.
fn read_behind(
    before: usize,
    articles: Vec<Article>,
    store: &Store,
    settings: &Settings,
) -> Reading {
    let addresses = addresses(&articles, store);
    let one = |(index, article): (usize, &Article)| {
        let found_at = addresses.get(index).map_or(&[][..], Vec::as_slice);
        let mut claims = claims(article, before + index, &store.catalog);
        let held: Vec<_> =
            claims.iter().map(|c| held(c, article, found_at, store, settings)).collect();
        for (claim, comparison) in claims.iter_mut().zip(&held) {
            settle(claim, comparison, store);
        }
        (claims, held)
    };
    let (claims, comparisons) = articles.par_iter().enumerate().map(one).unzip();
    Reading { articles, claims, comparisons }
}

/// What articles are held against beside tables and each other.
#[derive(Debug, Default)]
pub struct Beside {
    /// Articles of an archive.
    pub archived: Vec<Article>,
    /// Earlier versions of the articles themselves.
    pub before: Vec<Article>,
}

impl Reading {
    /// Which claims of an archive the articles may be held against.
    pub fn wanted(&self, store: &Store) -> Vec<Wanted> {
        let each = self.articles.iter().zip(&self.claims);
        let all = each.flat_map(|(article, claims)| wanted(article, claims, store));
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What there is to say of the articles, held against each other and against what is given
    /// beside them. Versions of the articles themselves are no evidence of the archive's.
    pub fn judged(
        self,
        beside: Beside,
        sources: Sources,
        store: Arc<Store>,
        settings: &Settings,
    ) -> Review {
        let own: BTreeSet<&str> = self.articles.iter().map(identity).collect();
        let Beside { mut archived, before } = beside;
        archived.retain(|article| !own.contains(identity(article)));
        let given = self.articles.len();
        let archived = read_behind(given, archived, &store, settings);
        let relations = self.relations();
        let Self { mut articles, claims, comparisons } = self;
        let mut claims: Vec<Claim> = claims.into_iter().flatten().collect();
        let earlier = against::earlier(&articles, &claims, before, &store.catalog);
        articles.extend(archived.articles);
        claims.extend(archived.claims.into_iter().flatten());
        let comparisons: Vec<Comparison> = comparisons.into_iter().flatten().collect();
        let (series, confusions) = if settings.across || articles.len() > given {
            let corpus = Corpus { articles: &articles, given, claims: &claims };
            (series(corpus, &store), confusions(&articles, &claims, &store))
        } else {
            (Vec::new(), Vec::new())
        };
        let facts = Facts {
            store: &store,
            articles: &articles,
            given,
            claims: &claims,
            comparisons: &comparisons,
            series: &series,
            confusions: &confusions,
            relations: &relations,
            earlier: &earlier,
        };
        let findings = run(&facts, (&settings.select, &settings.ignore), settings.alone);
        let findings = levels::graded(findings, &articles, &settings.levels);
        let verdicts = verdicts(&facts, &findings);
        let mut review = Review {
            settings: settings.clone(),
            sources,
            store,
            articles,
            given,
            claims,
            verdicts,
            comparisons,
            findings,
            waived: Vec::new(),
            series,
            earlier,
            errors: Vec::new(),
        };
        review.waive(&settings.accepted, settings.today);
        review
    }

    /// What the numbers of each article say of each other, by their indices in the review.
    fn relations(&self) -> Vec<Vec<Relation>> {
        let of = |(article, claims): (&Article, &Vec<Claim>)| {
            let own: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
            relations(&article.prose, &own)
        };
        let mut all: Vec<Vec<Relation>> =
            self.articles.par_iter().zip(&self.claims).map(of).collect();
        let mut known = 0;
        for (related, claims) in all.iter_mut().zip(&self.claims) {
            for relation in related {
                relation.shift(known);
            }
            known += claims.len();
        }
        all
    }
}

/// Gives the claim the series it was held against, where that is another than its first guess.
fn settle(claim: &mut Claim, comparison: &Comparison, store: &Store) {
    if let (Some(slot), Some(measure)) = (claim.measure.as_mut(), comparison.measure)
        && slot.value != measure
    {
        // The first guess is now one of those that were passed over.
        let guess = std::mem::replace(&mut slot.value, measure);
        claim.rivals.retain(|rival| *rival != measure && *rival != guess);
        claim.rivals.insert(0, guess);
        slot.by = format!(
            "{} in indicators.csv, whose rows speak of it",
            store.catalog.measure(measure).key
        );
    }
}

/// The claim against the tables, by the knowledge of the settings' day.
fn held(
    claim: &Claim,
    article: &Article,
    addresses: &[&str],
    store: &Store,
    settings: &Settings,
) -> Comparison {
    let published = article.published;
    let (day, hindsight) = match settings.as_of {
        AsOf::Published => (published, false),
        AsOf::Day(day) => (Some(day), false),
        AsOf::Now => (published.or(NaiveDate::MAX.pred_opt()), true),
    };
    let sentence = claim.sentence.of(&article.prose);
    comparison(store, claim, Surroundings { sentence, day, hindsight, addresses })
}
