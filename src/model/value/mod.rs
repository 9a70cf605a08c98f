//! Plain values without a graph: amounts, quantities, three-valued answers, stances, grades, names, closed words.

pub(crate) mod amount;
pub(crate) mod answer;
pub(crate) mod direction;
pub mod grade;
pub(crate) mod name;
pub mod quantity;
pub(crate) mod quantity_arithmetic;
pub(crate) mod quantity_words;
pub(crate) mod stance;
pub(crate) mod word;
