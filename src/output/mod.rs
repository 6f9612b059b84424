//! What a site consists of: one file per format, and the plan that lists them.
//!
//! In: a resolved site, its sources and templates. Out: a [`Plan`]: every path of the site and how its bytes are made.
//! Publishing makes all of them; the preview makes one when it is asked for. What stays true: no two sources make one
//! path, compared without case.

mod assets;
mod brand;
mod feed;
mod gzip;
mod handed;
mod hosts;
mod media;
mod plan;
mod redirects;
mod script;
mod search;
mod sitemap;
mod xml;

pub use media::content_type;
pub use plan::{Make, Plan, Printer};
