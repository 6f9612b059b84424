//! Civil dates and review intervals.
//!
//! In: `2026-05-01`, `12 months`. Out: [`Date`] and [`Interval`], ordered and printable. The day a site is
//! built for is always an input; nothing here asks for today's date.

use std::fmt;

use jiff::{Span, civil};

/// A calendar day without a time zone, in the range of ISO 8601 four-digit years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Reads exactly `YYYY-MM-DD`; anything else, also an impossible day, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return None;
        }
        let date = civil::Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
        date.ok().map(Self)
    }

    /// The day that holds this many seconds after 1970-01-01T00:00:00 UTC.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let days = seconds.div_euclid(86_400);
        civil::date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok().map(Self)
    }

    /// Year, month 1–12, day 1–31.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// The day `interval` later; month ends are clamped (31 January + 1 month = 28 or 29 February).
    pub fn plus(self, interval: Interval) -> Option<Self> {
        let n = i64::from(interval.count);
        let span = match interval.unit {
            Unit::Day => Span::new().try_days(n),
            Unit::Week => Span::new().try_weeks(n),
            Unit::Month => Span::new().try_months(n),
            Unit::Year => Span::new().try_years(n),
        };
        self.0.checked_add(span.ok()?).ok().map(Self)
    }

    /// Whole days from `self` to `later`; negative when `later` is earlier.
    pub fn days_until(self, later: Self) -> i32 {
        self.0.until(later.0).map_or(0, |span| span.get_days())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// The unit of an [`Interval`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 24 hours of the calendar.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// A length of calendar time as people write it: `6 weeks`, `12 months`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// How many units, 1–9999.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

impl Interval {
    /// Reads `<number> day|days|week|weeks|month|months|year|years`; the number is 1–9999.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.trim().split_once(char::is_whitespace)?;
        let count: u16 = number.parse().ok().filter(|n| (1..=9999).contains(n))?;
        let unit = match unit.trim().trim_end_matches('s') {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            _ => return None,
        };
        Some(Self { count, unit })
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_strictly() {
        assert_eq!(Date::parse("2026-05-01").map(|d| d.to_string()).as_deref(), Some("2026-05-01"));
        for bad in ["2026-5-1", "2026-02-30", "01/05/2026", "2026-05-01T00:00", "", "２026-05-01"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn adds_intervals_and_clamps_month_ends() {
        let day = |s| Date::parse(s).unwrap();
        let plus = |s, i| day(s).plus(Interval::parse(i).unwrap()).unwrap().to_string();
        assert_eq!(plus("2026-01-31", "1 month"), "2026-02-28");
        assert_eq!(plus("2024-02-29", "1 year"), "2025-02-28");
        assert_eq!(plus("2026-12-30", "6 weeks"), "2027-02-10");
        assert_eq!(day("2026-01-01").days_until(day("2026-03-01")), 59);
        assert_eq!(Date::from_unix_seconds(0).unwrap().to_string(), "1970-01-01");
        assert_eq!(Date::from_unix_seconds(1_790_000_000).unwrap().to_string(), "2026-09-21");
    }

    #[test]
    fn refuses_intervals_without_a_number_or_a_unit() {
        for bad in ["months", "0 months", "six months", "6", "6 fortnights", "-1 year"] {
            assert_eq!(Interval::parse(bad), None, "{bad}");
        }
        assert_eq!(Interval::parse("1 month").unwrap().to_string(), "1 month");
    }
}
