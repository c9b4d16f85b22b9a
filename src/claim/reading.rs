//! The claims of one article: sentence by sentence, number by number.

use crate::claim::cue::About;
use crate::claim::frame::Frame;
use crate::claim::identity::{Ids, normalised};
use crate::claim::illness::Illness;
use crate::claim::speaker::{Attribution, Voice};
use crate::claim::{
    Claim, Modality, Slot, aspect, carry, indicator, measure, modality, place, speaker, subject,
    when,
};
use crate::ingest::{Article, BlockKind};
use crate::quantity::{Context, Gate, Quantity, WordClass, dollar_of, is_class, quantities};
use crate::reference::{Catalog, Indicator};
use crate::segment::{Tokens, sentences};
use crate::text::{Prose, Span};
use std::sync::LazyLock;

static GATE: LazyLock<Gate> = LazyLock::new(Gate::new);

/// The claims of `article`, in text order. `index` is the article's place in the review.
pub fn claims(article: &Article, index: usize, catalog: &Catalog) -> Vec<Claim> {
    let prose = article.prose.as_str();
    let host = article.url.as_deref().or(article.outlet.as_deref()).unwrap_or_default();
    let dollar = dollar_of(host_of(host));
    let mut reader = Reader {
        article,
        index,
        catalog,
        illness: Illness::of(prose),
        ids: Ids::default(),
        quoted: false,
        voice: None,
        found: Vec::new(),
    };
    let mut tokens = Tokens::new();
    for block in &article.blocks {
        reader.quoted = false;
        reader.voice = None;
        for sentence in sentences(prose, block.span) {
            if GATE.admits(sentence.of(prose)) {
                tokens.read(prose, sentence);
                let headline = block.kind == BlockKind::Headline;
                let numbers = quantities(prose, &tokens, Context { dollar, headline });
                if !numbers.is_empty() {
                    reader.sentence(&tokens, sentence, block.kind, &numbers);
                }
            }
            reader.quoted = quotes(reader.quoted, sentence.of(prose));
        }
    }
    let Reader { mut found, .. } = reader;
    carry::carry(&mut found, article, catalog);
    found
}

fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// Whether a quotation is open behind `text`, if it was `open` before it.
fn quotes(open: bool, text: &str) -> bool {
    text.chars().fold(open, |open, c| match c {
        '“' | '„' | '«' => true,
        '”' | '»' => false,
        '"' => !open,
        _ => open,
    })
}

struct Reader<'a> {
    article: &'a Article,
    index: usize,
    catalog: &'a Catalog,
    illness: Illness<'a>,
    ids: Ids,
    quoted: bool,
    /// Who spoke last in the block.
    voice: Option<Voice>,
    found: Vec<Claim>,
}

impl Reader<'_> {
    /// A number with nothing of its own to count takes the group of the one before it in its
    /// sentence: `two civilians were killed and seven wounded`.
    fn lean(&self, claim: &mut Claim, frame: &Frame<'_>, q: usize) {
        let elided = claim.quantity.noun.as_ref().is_none_or(|noun| {
            noun.phrase.is_empty()
                || is_class(&noun.phrase.of(&self.article.prose).to_lowercase(), WordClass::State)
                || matches!(noun.singular.as_str(), "casualty" | "death" | "injury" | "fatality")
        });
        let last = self.found.last().filter(|last| q > 0 && last.sentence == claim.sentence);
        let Some(last) = last.filter(|_| elided && claim.subject.is_none()) else { return };
        let people = |i: Indicator| {
            matches!(
                i,
                Indicator::Killed
                    | Indicator::Wounded
                    | Indicator::Casualties
                    | Indicator::Missing
                    | Indicator::Displaced
                    | Indicator::Refugees
                    | Indicator::Captured
                    | Indicator::Troops
            )
        };
        if people(last.indicator.value)
            && people(claim.indicator.value)
            && !frame.breaks(frame.spots[q].hedge)
        {
            claim.subject.clone_from(&last.subject);
        }
    }

    fn sentence(
        &mut self,
        tokens: &Tokens,
        sentence: Span<Prose>,
        block: BlockKind,
        numbers: &[Quantity],
    ) {
        let prose = self.article.prose.as_str();
        let frame = Frame::new(prose, tokens, sentence, numbers, self.catalog);
        let normal = normalised(sentence.of(prose));
        let abouts = indicator::abouts(&frame, &self.illness);
        let speeches = speaker::speeches(&frame, block == BlockKind::Headline);
        let periods = when::periods(&frame, self.article.published);
        for ((q, quantity), about) in numbers.iter().enumerate().zip(abouts) {
            let Slot { value: About { indicator, measure: said, .. }, span, by } = about;
            let indicator = Slot { value: indicator, span, by };
            let before = Span::<Prose>::new(sentence.start(), quantity.span.start()).of(prose);
            let quoted = quotes(self.quoted, before);
            let modality = modality::modality(&frame, q);
            let planned = modality.value == Modality::Planned;
            let mut claim = Claim {
                article: self.index,
                id: self.ids.next(normal, quantity.span.of(prose)),
                block,
                sentence,
                quantity: quantity.clone(),
                subject: subject::subject(&frame, q, indicator.value),
                place: place::place(&frame, q, indicator.value),
                aspect: aspect::aspect(&frame, q, indicator.value, planned),
                when: when::when(&frame, q, &periods, self.article.published),
                modality,
                attributed_to: self.speaker(speaker::attributed_to(&frame, q, &speeches), quoted),
                quoted,
                indicator,
                measure: None,
                rivals: Vec::new(),
            };
            self.lean(&mut claim, &frame, q);
            let measures = measure::measures(&frame, &claim, said);
            claim.measure = measures.first().map(|id| measure::slot(&frame, &claim, *id, said));
            claim.rivals = measures.get(1..).unwrap_or_default().to_vec();
            self.found.push(claim);
        }
        if let Some(voice) = speaker::last_voice(&speeches) {
            self.voice = Some(voice.clone());
        }
    }

    /// Who says a number: named in its sentence, or behind a pronoun and within a quotation the one
    /// who spoke last in the same paragraph.
    fn speaker(&self, said: Attribution, quoted: bool) -> Option<Voice> {
        match said {
            Attribution::Named(voice) => Some(voice),
            Attribution::Pronoun => self.voice.clone(),
            Attribution::None if quoted => self.voice.clone(),
            Attribution::None => None,
        }
    }
}
