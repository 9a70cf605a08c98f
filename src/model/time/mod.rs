//! Days, periods with uncertain ends, and EDTF, the text form of a period.

pub(crate) mod day;
pub(crate) mod edtf;
pub(crate) mod edtf_date;
pub(crate) mod instant;
pub(crate) mod period;
pub(crate) mod period_words;
pub(crate) mod spell;
pub(crate) mod spoken;
pub(crate) mod window;

pub use crate::model::time::day::Day;
pub use crate::model::time::edtf::PeriodError;
pub use crate::model::time::period::Aspect;
