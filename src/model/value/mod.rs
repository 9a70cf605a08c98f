//! Plain values without a graph: amounts, quantities, three-valued answers, stances, grades, names.

pub(crate) mod amount;
pub(crate) mod answer;
pub(crate) mod grade;
pub(crate) mod name;
pub(crate) mod quantity;
pub(crate) mod quantity_arithmetic;
pub(crate) mod stance;
