//! From pages to HTML: views, bodies, templates.
//!
//! In: a resolved site, its assets, a set of templates. Out: the HTML of one page at a time. What stays true: a page's
//! HTML depends on its own view, the site's shared values and the templates, and on nothing else.

pub mod assets;
mod body;
mod directives;
mod fields;
mod generated;
mod highlight;
pub mod html;
pub mod linker;
mod menu;
mod records;
mod renderer;
mod structured;
pub mod templates;
pub mod view;
mod views;

pub use renderer::Renderer;
