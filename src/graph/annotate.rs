//! Additions to documents and claims on record: texts, links between claims, derived figures. Each is checked, and is
//! kept beside the claims. Programs call these methods, and so does the loader of records.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::claim_details::Details;
use crate::model::claim_link::{Derivation, Link};
use crate::model::document::DocumentInfo;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::ClaimId;
use crate::model::vocabulary::base::Document;
use crate::model::vocabulary::kind::Id;
use crate::model::vocabulary::slot::Slot;
use crate::store::batch_table::Item;
use crate::store::stored_claim::HeldLink;
use std::sync::Arc;

impl ClaimGraph {
    /// Gives a document its text, so that quotations can be shown. The text is kept in memory only: no file holds it.
    ///
    /// # Errors
    /// Returns an error if the text is not the one on record (by length and digest), if a span of a claim lies outside it
    /// or splits a character of it, or if words of a claim are not those of the text: the words of a quote are its span,
    /// other words stand in theirs. There is an error too if the document was redacted. In that case the document stays without a text.
    pub fn attach_text(
        &mut self,
        document: Id<Document>,
        text: impl Into<std::sync::Arc<str>>,
    ) -> Result<(), Error> {
        if self.registry.is_redacted(document.id()) {
            let found = "a text of a redacted document";
            return Err(Error::wrong_term(FieldPath::Document, found, "no text"));
        }
        let text = text.into();
        let on_record = self.document(document)?;
        on_record.check_text(&text)?;
        let settled = DocumentInfo { text: Some(text), ..on_record.clone() }.settle()?;
        for claim in self.ledger.claims() {
            let Some(claim) = ClaimRef::new(self, claim)
                .filter(|claim| claim.document_id() == Some(document.id()))
            else {
                continue;
            };
            for place in claim.details().into_iter().flat_map(Details::places) {
                if let Some(span) = place.span {
                    settled.check_span(span, place.of_span.clone())?;
                }
                settled.check_words(place)?;
            }
        }
        if let Some(on_record) = self.registry.document_mut(document.id()) {
            *on_record = settled;
        }
        Ok(())
    }

    /// Adds a link between two claims that are on record.
    ///
    /// # Errors
    /// Returns an error if a claim or the role is unknown, or if the role does not take claims.
    pub fn link(&mut self, link: Link) -> Result<(), Error> {
        let role = self.checker().role(link.role)?;
        self.put_link(HeldLink {
            from: link.from,
            role,
            to: link.to,
            basis: link.basis,
            because: link.because,
        })
    }

    pub(crate) fn put_link(&mut self, link: HeldLink) -> Result<(), Error> {
        self.checker().known(link.from, FieldPath::Link)?;
        self.checker().known(link.to, FieldPath::Link)?;
        let slot = &self.vocabulary.roles.get(link.role).value;
        if !matches!(slot, Slot::Claim | Slot::Any) {
            return Err(Error::wrong_term(FieldPath::Link, "a claim", slot.to_string()));
        }
        if link.from == link.to {
            return Err(Error::new(FieldPath::Link, ErrorKind::AnswersItself));
        }
        let (place, is_new) = Arc::make_mut(&mut self.ledger.connections).add_link(link);
        if !is_new {
            self.added_again(Item::Link, place);
        }
        Ok(())
    }

    /// Adds a derived figure for a claim that does not give one.
    ///
    /// # Errors
    /// Returns an error if a claim is unknown, if the figure is not valid, or if the claim gives a figure of its own or
    /// has another derived one.
    pub fn add_derived_figure(
        &mut self,
        claim: ClaimId,
        derivation: Derivation,
    ) -> Result<(), Error> {
        self.checker().known(claim, FieldPath::Derivation)?;
        derivation
            .inputs
            .iter()
            .try_for_each(|&input| self.checker().known(input, FieldPath::Derivation))?;
        let mut checker = self.checker();
        checker.quantity(&derivation.quantity, FieldPath::Derivation);
        checker.finish()?;
        let found = match self.ledger.connections.derivation(claim) {
            _ if ClaimRef::new(self, claim).is_some_and(ClaimRef::gives_figure) => {
                "a figure from the text"
            }
            Some(known) if *known != derivation => "another derived figure",
            Some(_) => {
                let place = self.ledger.connections.place_of_derivation(claim);
                place.into_iter().for_each(|place| self.added_again(Item::Derivation, place));
                return Ok(());
            }
            None => {
                Arc::make_mut(&mut self.ledger.connections).derive(claim, derivation);
                return Ok(());
            }
        };
        Err(Error::wrong_term(FieldPath::Derivation, found, "a claim without one"))
    }
}
