//! A day or an instant as of which a view is asked.

use jiff::Timestamp;
use jiff::civil::Date;

/// The moment as of which a view knows what it knows: a whole day, or an instant.
///
/// [`View::as_of`](crate::View::as_of) takes a date or an instant, each as it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Moment {
    /// The end of this day.
    Day(Date),
    /// This instant.
    Instant(Timestamp),
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Moment::Day(day)
    }
}

impl From<Timestamp> for Moment {
    fn from(instant: Timestamp) -> Self {
        Moment::Instant(instant)
    }
}
