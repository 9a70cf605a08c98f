//! A mapping of any sort: what each row of a table makes.

use crate::tables::affiliation_loader::AffiliationColumns;
use crate::tables::affiliation_mapping::AffiliationMapping;
use crate::tables::bound_column::Header;
use crate::tables::csv_reader::Fields;
use crate::tables::mapping::{Layout, Mapping};
use crate::tables::name_loader::NameColumns;
use crate::tables::name_mapping::NameMapping;
use crate::tables::row_loader::Columns;
use claimgraph::ClaimGraph;
use claimgraph::format::{ReadError, ReadErrorKind};

/// A mapping of any sort, which a [`Reader`](super::Reader) takes.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum TableMapping {
    /// Each row makes a claim.
    Claims(Box<Mapping>),
    /// Each row makes an entity with its names.
    Names(Box<NameMapping>),
    /// Each row makes an affiliation.
    Affiliations(Box<AffiliationMapping>),
}

impl From<Mapping> for TableMapping {
    fn from(mapping: Mapping) -> Self {
        Self::Claims(Box::new(mapping))
    }
}

impl From<NameMapping> for TableMapping {
    fn from(mapping: NameMapping) -> Self {
        Self::Names(Box::new(mapping))
    }
}

impl From<AffiliationMapping> for TableMapping {
    fn from(mapping: AffiliationMapping) -> Self {
        Self::Affiliations(Box::new(mapping))
    }
}

/// The columns of a mapping, resolved against one file.
pub(super) enum TableColumns {
    Claims(Box<Columns>),
    Names(Box<NameColumns>),
    Affiliations(Box<AffiliationColumns>),
}

impl TableMapping {
    pub(super) fn layout(&self) -> &Layout {
        match self {
            Self::Claims(mapping) => &mapping.layout,
            Self::Names(mapping) => &mapping.layout,
            Self::Affiliations(mapping) => &mapping.layout,
        }
    }

    /// Resolves the columns against the header of a file.
    pub(super) fn columns(
        &self,
        graph: &ClaimGraph,
        header: &Header,
    ) -> Result<TableColumns, ReadError> {
        let problem = match self {
            Self::Claims(mapping) => mapping.problem(),
            Self::Names(mapping) => mapping.problem(),
            Self::Affiliations(mapping) => mapping.problem(),
        };
        if let Some((field, problem)) = problem {
            let wrong = ReadErrorKind::Mapping(problem.to_owned());
            return Err(ReadError::new(wrong).in_field(field));
        }
        Ok(match self {
            Self::Claims(mapping) => {
                TableColumns::Claims(Box::new(Columns::new(mapping, graph, header)?))
            }
            Self::Names(mapping) => {
                TableColumns::Names(Box::new(NameColumns::new(mapping, header)?))
            }
            Self::Affiliations(mapping) => {
                TableColumns::Affiliations(Box::new(AffiliationColumns::new(mapping, header)?))
            }
        })
    }
}

impl TableColumns {
    /// Adds what the row makes. Returns false if the row is skipped.
    pub(super) fn load(
        &mut self,
        graph: &mut ClaimGraph,
        row: Fields<'_>,
    ) -> Result<bool, ReadError> {
        match self {
            Self::Claims(columns) => columns.load(graph, row),
            Self::Names(columns) => columns.load(graph, row),
            Self::Affiliations(columns) => columns.load(graph, row),
        }
    }
}
