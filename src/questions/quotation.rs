//! Quotations: what documents give in the words of a speaker, each once, with the claims it carries.

use crate::graph::claim_ref::ClaimRef;
use crate::model::document::Span;
use crate::model::id::{ClaimId, EntityId};
use crate::model::vocabulary::base::Document;
use crate::model::vocabulary::kind::Id;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use indexmap::IndexMap;
use indexmap::map::Entry;
use rustc_hash::FxBuildHasher;
use std::fmt;

/// Words of a speaker in one place of one document, and the claims they carry. [`View::quotations`] returns them.
///
/// ```
/// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let article = graph.add_document("article", date(2024, 10, 24))?;
/// let russia = graph.add(State, "russia")?;
/// let denial = Claim::by(russia).denies(russia, ATTACKS, russia).read_in(article, 0..40);
/// let denial = graph.insert(denial.quote(Quote::fragment("fake news").at(9..18).with_marks(6..21)))?;
/// let quotations = graph.view().quotations();
/// let quotation = quotations.first().unwrap();
/// assert_eq!((quotation.speaker(), quotation.document()), (Some(russia.id()), Some(article)));
/// assert_eq!((quotation.words(), quotation.is_fragment()), (Some("fake news"), true));
/// assert_eq!(quotation.span().map(|span| (span.start, span.end)), Some((9, 18)));
/// assert_eq!(quotation.span_with_marks().map(|span| (span.start, span.end)), Some((6, 21)));
/// assert_eq!(quotation.carried(), [graph.claim(denial)?]);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Quotation<'g> {
    speaker: Option<EntityId>,
    words: Option<&'g str>,
    span: Option<Span>,
    span_with_marks: Option<Span>,
    fragment: bool,
    first: ClaimRef<'g>,
    carried: Vec<ClaimRef<'g>>,
}

impl<'g> Quotation<'g> {
    /// Returns the speaker: the innermost of the chain that is quoted in its own words. If the text does not name it, it
    /// is `None`.
    pub fn speaker(&self) -> Option<EntityId> {
        self.speaker
    }

    /// Returns the document that quotes the speaker, if it is known.
    pub fn document(&self) -> Option<Id<Document>> {
        self.first.document()
    }

    /// Returns the words between the marks, as they were given with a claim. If none were given, they are those of the
    /// text, if it is attached.
    pub fn words(&self) -> Option<&'g str> {
        self.words
    }

    /// Returns the bytes of the words in the document.
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// Returns the bytes of the words with their quotation marks.
    pub fn span_with_marks(&self) -> Option<Span> {
        self.span_with_marks
    }

    /// Returns whether it is a few words inside a sentence, and not a whole sentence or clause.
    pub fn is_fragment(&self) -> bool {
        self.fragment
    }

    /// Returns the claims it carries, in the order of findings; at least one.
    pub fn carried(&self) -> &[ClaimRef<'g>] {
        &self.carried
    }

    /// Returns the quotations of a claim by themselves.
    fn of(claim: ClaimRef<'g>) -> impl Iterator<Item = Self> {
        let quoted = move |words, span, span_with_marks, fragment| {
            let speaker = claim.quoted_speaker()?;
            let carried = vec![claim];
            Some(Self { speaker, words, span, span_with_marks, fragment, first: claim, carried })
        };
        let given = claim.quotes().filter_map(move |quote| {
            quoted(quote.words(), quote.span(), quote.span_with_marks(), quote.is_fragment())
        });
        // A claim that is quoted as it stands is a quotation at its own place.
        let own = || {
            let words = claim.span().map_or(claim.words(), |span| claim.text_at(span));
            quoted(words, claim.span(), None, false)
        };
        given.chain(Some(claim).filter(|claim| claim.quotes().len() == 0).and_then(|_| own()))
    }

    /// Returns what is the same for all claims that it carries. A quotation of no document, or of no known place and
    /// words, carries one claim.
    fn identity(&self) -> Identity<'g> {
        let place = match (self.span, self.words) {
            (Some(span), _) => Place::Span(span),
            (None, Some(words)) => Place::Words(words),
            (None, None) => return Identity::Own(self.first.id(), None),
        };
        match self.first.document_id() {
            Some(document) => Identity::Of(document, self.speaker, place),
            None => Identity::Own(self.first.id(), Some(place)),
        }
    }

    /// Adds the claim of another quotation of the same words.
    fn join(&mut self, other: Self) {
        self.words = self.words.or(other.words);
        self.span_with_marks = self.span_with_marks.or(other.span_with_marks);
        self.fragment &= other.fragment;
        let new = |claim: &ClaimRef<'_>| self.carried.last() != Some(claim);
        let added: Vec<ClaimRef<'g>> = other.carried.into_iter().filter(new).collect();
        self.carried.extend(added);
    }
}

#[derive(PartialEq, Eq, Hash)]
enum Place<'g> {
    Span(Span),
    Words(&'g str),
}

#[derive(PartialEq, Eq, Hash)]
enum Identity<'g> {
    Of(EntityId, Option<EntityId>, Place<'g>),
    Own(ClaimId, Option<Place<'g>>),
}

impl Finding for Quotation<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.carried.iter().map(|claim| claim.id()).collect()
    }
}

json_form!(Quotation<'_>, |it| {
    speaker => it.first.graph().keyed_entity(it.speaker),
    document => it.first.graph().keyed_entity(it.first.document_id()),
    words => it.words,
    span => it.span,
    span_with_marks => it.span_with_marks,
    fragment: it.fragment,
    claims: it.carried,
});

/// "Russia: “fake news” [the article, bytes 1812..1821]". If the words are not known, the claims stand in their place.
impl fmt::Display for Quotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.first.graph();
        match self.words {
            Some(words) => {
                write!(f, "{}: \u{201c}{words}\u{201d}", graph.speaker_name(self.speaker))?
            }
            None => {
                for (place, claim) in self.carried.iter().enumerate() {
                    write!(f, "{}{claim}", if place > 0 { "; " } else { "" })?;
                }
            }
        }
        match (self.first.document_id(), self.span) {
            (Some(document), Some(span)) => {
                write!(f, " [{}, bytes {span}]", graph.name_of(document))
            }
            (Some(document), None) => write!(f, " [{}]", graph.name_of(document)),
            (None, _) => Ok(()),
        }
    }
}

impl<'g> View<'g> {
    /// Returns what speakers are quoted as saying, each quotation once, with the claims it carries.
    ///
    /// Claims of one document and speaker share a quotation if they give the same span; without a span, if they give the
    /// same words. A claim that is marked as [`quoted`](crate::claim::Attribution::quoted) and gives no
    /// [`Quote`](crate::claim::Quote) is a whole quotation at the span of the claim. If claims that share a quotation
    /// differ on whether it is a fragment, it is whole.
    ///
    /// Quotations are in order of the report day, the instant and the key of their documents, then of their places, then
    /// of the claims they carry. What has no place comes first.
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let article = graph.add_document("article", date(2024, 10, 24))?;
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let minister = graph.add(Person, "minister")?;
    /// let quote = || Quote::whole(None).at(13..60).with_marks(10..63);
    /// let sent = Claim::by(minister).asserts(nk, DEPLOYS_TO, russia).quote(quote()).read_in(article, 13..40);
    /// let sent = graph.insert(sent)?;
    /// let allied = Claim::by(minister).presupposes(nk, ALLIED_WITH, russia).quote(quote());
    /// graph.insert(allied.read_in(article, 41..60))?;
    /// let dismissal = Claim::by(russia).dismisses(sent).read_in(article, 70..120);
    /// graph.insert(
    ///     dismissal
    ///         .quote(Quote::fragment("fake news").at(80..89).with_marks(77..92))
    ///         .quote(Quote::fragment("idle talk").at(100..109).with_marks(97..112)),
    /// )?;
    /// let quotations = graph.view().quotations();
    /// assert_eq!(quotations.len(), 3);
    /// assert_eq!((quotations[0].speaker(), quotations[0].carried().len()), (Some(minister.id()), 2));
    /// assert_eq!((quotations[1].words(), quotations[1].is_fragment()), (Some("fake news"), true));
    /// assert_eq!(quotations[2].span_with_marks().map(|span| span.start), Some(97));
    /// assert_eq!(quotations[2].to_string(), "russia: \u{201c}idle talk\u{201d} [article, bytes 100..109]");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn quotations(&self) -> Findings<'g, Quotation<'g>> {
        let mut claims: Vec<ClaimRef<'g>> =
            self.claims().filter(|claim| claim.is_quoted()).collect();
        self.graph.sort_findings(&mut claims, |claim| claim.id());
        let mut found: IndexMap<Identity<'g>, Quotation<'g>, FxBuildHasher> = IndexMap::default();
        for quotation in claims.into_iter().flat_map(Quotation::of) {
            match found.entry(quotation.identity()) {
                Entry::Occupied(mut known) => known.get_mut().join(quotation),
                Entry::Vacant(place) => _ = place.insert(quotation),
            }
        }
        let mut found: Vec<Quotation<'g>> = found.into_values().collect();
        found.sort_by_cached_key(|quotation| {
            let first = quotation.first;
            let document = first.document_id().map(|document| self.graph.key_of(document));
            let published = self.graph.published(first);
            (first.reported_day(), published, document, quotation.span)
        });
        Findings::of(self, found)
    }
}
