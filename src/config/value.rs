//! A value with its place: what YAML and TOML are both read into.
//!
//! In: from [`super::yaml`] and [`super::toml`]. Out: for [`super::fields`], which types it. Every value and
//! every key knows the bytes it was written in.

use crate::diagnostics::Extent;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// Bytes in the file (not in the front matter).
    pub extent: Extent,
    /// The value.
    pub data: Data,
}

/// The data itself. Dates are text until a field asks for a date; in YAML only `true` and `false` are booleans.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Text(String),
    /// Items in order.
    List(Vec<Located>),
    /// Keys in the order written, none twice.
    Map(Vec<Entry>),
}

/// One key of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as text.
    pub key: String,
    /// Where the key stands.
    pub key_extent: Extent,
    /// What follows it.
    pub value: Located,
}

impl Data {
    /// What a person would call this sort of value, with its article.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number with a fraction",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a group of keys",
        }
    }
}
