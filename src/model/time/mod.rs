//! Days, periods with uncertain ends, and EDTF, the text form of a period.

pub(crate) mod day;
pub(crate) mod edtf;
pub(crate) mod edtf_date;
pub(crate) mod period;
