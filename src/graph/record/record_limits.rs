//! Checks the lists of a record against the limits of a reader, before anything is made of them.

use crate::graph::record::import::RecordText;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::limits::Limits;
use crate::model::record::{ClaimRecord, EntityRecord, RoleRecord};
use crate::model::text::excerpt;
use crate::model::value::name::Name;
use crate::store::entity_table::Registered;

fn over(part: FieldPath, what: &'static str, limit: u64) -> Error {
    Error::new(part, ErrorKind::Limit { what, limit })
}

/// Returns a limit as the length of a list.
fn length(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

impl Limits {
    /// Checks the names and codes of an entity. `known` is the entity as it is on record, if it is.
    pub(crate) fn check_entity(
        &self,
        record: &EntityRecord,
        known: Option<Registered<'_>>,
    ) -> Result<(), Error> {
        let most = length(self.names);
        let (names, codes) = known.map_or((&[][..], &[][..]), |known| (known.names, known.codes));
        // Names and codes that the entity has already are not counted twice.
        let is_over = |known: usize, given: usize, new: &dyn Fn() -> usize| {
            given > most || (known + given > most && known + new() > most)
        };
        // A second canonical name is kept as an alias.
        let is_known =
            |name: &Name| names.binary_search_by(|known| known.canonical_first(name)).is_ok();
        let is_new = |name: &&Name| !is_known(name) && !is_known(&name.as_alias());
        let new_names = || record.names.iter().filter(is_new).count();
        if is_over(names.len(), record.names.len(), &new_names) {
            return Err(over(FieldPath::Name, "names of an entity", self.names));
        }
        let new_codes =
            || record.codes.iter().filter(|code| codes.binary_search(code).is_err()).count();
        match is_over(codes.len(), record.codes.len(), &new_codes) {
            true => Err(over(FieldPath::Key, "codes of an entity", self.names)),
            false => Ok(()),
        }
    }

    /// Checks the speakers, roles and targets of a claim.
    pub(crate) fn check_claim<T: RecordText>(&self, record: &ClaimRecord<T>) -> Result<(), Error> {
        if record.speakers.len() > length(self.speakers) {
            let part = FieldPath::Speaker(length(self.speakers));
            return Err(over(part, "speakers of a claim", self.speakers));
        }
        if record.targets.len() > length(self.targets) {
            let part = FieldPath::Target(length(self.targets));
            return Err(over(part, "claims that a claim answers", self.targets));
        }
        self.check_roles(&record.roles)
    }

    /// Checks the number of roles.
    pub(crate) fn check_roles<T: RecordText>(&self, roles: &[RoleRecord<T>]) -> Result<(), Error> {
        match roles.get(length(self.roles)) {
            Some(role) => {
                let part = FieldPath::Role(excerpt(role.role.as_ref()));
                Err(over(part, "roles of a claim or statement", self.roles))
            }
            None => Ok(()),
        }
    }
}
