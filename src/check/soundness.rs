//! What always holds of a review; asked by goldens, properties and fuzzing.

use crate::check::Review;

impl Review {
    /// What does not hold of this review that always should: spans inside their texts, claims in
    /// text order, a verdict for every claim, places that exist. Empty for a sound review.
    pub fn unsound(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |text: String| faults.push(text);
        let checked = self.claims.partition_point(|claim| claim.article < self.given);
        if checked != self.verdicts.len() || checked != self.comparisons.len() {
            fault("a claim without a verdict".to_owned());
        }
        for pair in self.claims.windows(2) {
            let [a, b] = pair else { continue };
            if (a.article, a.quantity.span.start()) >= (b.article, b.quantity.span.start()) {
                fault(format!("claims {} and {} are out of order", a.id, b.id));
            }
        }
        for claim in &self.claims {
            let Some(article) = self.articles.get(claim.article) else {
                fault(format!("claim {} has no article", claim.id));
                continue;
            };
            let inside = claim.sentence.contains(claim.quantity.span);
            let text = claim.quantity.span.of(&article.prose);
            if !inside
                || text.is_empty()
                || !self.sources.holds(article.locate(claim.quantity.span))
            {
                fault(format!("claim {} lies outside its sentence or its file", claim.id));
            }
            if claim.quantity.lower > claim.quantity.upper {
                fault(format!("claim {} has its ends the wrong way round", claim.id));
            }
        }
        for finding in &self.findings {
            let places = std::iter::once(&finding.primary).chain(&finding.related);
            if places.into_iter().any(|label| !self.sources.holds(label.at)) {
                fault(format!("finding {} points outside its file", finding.fingerprint));
            }
        }
        faults
    }

    /// Whether everything holds that always should.
    pub fn is_sound(&self) -> bool {
        self.unsound().is_empty()
    }
}
