//! Search: what a site's search box would answer, and the index it answers from.
//!
//! In: a resolved [`Site`](crate::site::Site). Out: an [`Index`], its bytes for browsers, and answers to queries. The
//! ranking exists twice, here and in `static/theme/search.js`; `tests/search` binds the two. What stays true: documents
//! are made from trees of the edition, never from HTML, so what the edition lacks is in no index; numbers are integers,
//! and a query only adds, multiplies and divides, so that both give the same order.
//!
//! | file | takes | gives |
//! |---|---|---|
//! | `document` | a page | its sections as plain text |
//! | `blocks` | blocks of a page | one text that shows where each ends |
//! | `fields` | a kind's fields, contacts, terms | sections of the page that shows them |
//! | `vocabulary` | words | a number for each |
//! | `reader` | words of texts, from any thread | a number for each, and for its term |
//! | `number` | a number | bytes, and back |
//! | `postings` | pages or sections with counts | bytes, and back |
//! | `symbols` | a text | numbers of its words, and back |
//! | `analysis` | a document | an analysis, remembered by its text |
//! | `stem` | a folded word | its stem |
//! | `pages` | pages while they are read | what an index says of them beside their words |
//! | `places` | words of texts by number | where each stands, with counts |
//! | `stretch` | some pages | their analyses, and where each of their words stands |
//! | `joining` | stretches | the words and terms of all |
//! | `terms` | terms of stretches | where each stands on the site |
//! | `index` | a site | pages, sections, words, terms |
//! | `synonyms` | shipped and site lists | phrases that mean the same |
//! | `encoding` | an index | bytes |
//! | `query` | typed words | units with alternatives |
//! | `mending` | typed words | the same, joined and spelt as pages and synonyms do |
//! | `correction` | a word nobody wrote | the word that was meant |
//! | `ranking` | units | pages by score |
//! | `routes` | pages of reporting routes | the phrases that call for each |
//! | `danger` | typed words | the reporting routes they call for |
//! | `phrases` | what stands in quotation marks | pages that hold it first |
//! | `excerpt` | a text and stems | the stretch that shows them |
//! | `promises` | search tests of the site | diagnostics |
//! | `answer` | all of these | results with excerpts |

mod analysis;
mod answer;
mod blocks;
mod calls;
mod correction;
mod danger;
mod document;
mod encoding;
mod excerpt;
mod fields;
mod index;
mod joining;
mod mending;
mod number;
mod pages;
mod phrases;
mod places;
mod postings;
mod promises;
mod query;
mod ranking;
mod reader;
mod routes;
mod stem;
mod stretch;
mod symbols;
mod synonyms;
mod terms;
mod vocabulary;

pub use analysis::Analyses;
pub use answer::{Answer, Engine, Found};
pub use calls::check_calls;
pub use danger::Shown;
pub use encoding::{Encoded, encode};
pub use excerpt::Piece;
pub use index::{Index, index};
pub use promises::check_promises;
pub use query::Typed;
pub use routes::{Call, Level, RouteWords};
pub use stem::stem;
