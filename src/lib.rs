//! Guidepost turns Markdown practice content into finished static sites.
//!
//! What comes in: a project folder (Markdown, data records, brand), a date and options.
//! What goes out: one site per authority and visibility, or a list of diagnostics and no site.
//! What stays true: data flows one way, down this list; a module imports only from modules above it
//! (`config` and `markdown`, `render` and `search`, not each other).
//!
//! | module | takes | gives |
//! |---|---|---|
//! | [`text`] | strings | slugs, dates, durations, folded text |
//! | [`diagnostics`] | problems with a place | printed messages: human, short, JSON |
//! | [`error`] | what the surroundings answered | one sentence with the cure |
//! | [`source`] | a project folder | [`source::SourceTree`]: paths and handles, layered |
//! | [`config`] | YAML and TOML text | located values, project, authorities, kinds, data records |
//! | [`markdown`] | the text of one file | a tree with spans |
//! | [`content`] | trees and front matter | [`content::Document`]s, one [`content::Library`] per authority |
//! | [`site`] | a library and an edition | pages with addresses, navigation and resolved links |
//! | [`render`] | a page's view | HTML |
//! | [`search`] | a site | an index, and answers to queries |
//! | [`output`] | a site | one artifact per file format |
//! | [`pipeline`] | all of the above | the stages in order |
//! | [`publish`] | artifacts | a folder, swapped in at once |
//! | [`serve`] | artifacts | a preview on loopback |
//! | [`cli`] | arguments | an exit status |

pub mod cli;
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod error;
pub mod markdown;
pub mod output;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod text;
