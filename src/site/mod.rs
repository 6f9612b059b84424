//! One site: which pages exist in an edition, where they stand, and what their links mean.
//!
//! In: a [`Library`](crate::content::Library), records, an [`Edition`]. Out: a [`Site`]. The order is fixed:
//! [`select`] decides what exists, [`place`] gives addresses and neighbours, [`resolve`] settles every link.
//! What stays true: nothing that selection left out can be seen by any later stage.

mod address;
mod anchor;
mod dead_link;
mod declared;
mod edition;
mod files;
mod find;
mod history;
mod menu;
mod navigation;
mod page;
mod place;
mod record;
mod redirect;
mod resolve;
mod route;
mod scheme;
mod select;
mod taxonomy;
mod unplaced;
mod wording;

pub use edition::Edition;
pub use files::Files;
pub use history::{Feed, FeedEntry, Noted, all_changes, feed, feed_path};
pub use menu::Menus;
pub use navigation::date;
pub use page::{Generated, Mark, Page, PageId, Site, SiteInput, Target, TreeLinks};
pub use place::place;
pub use redirect::Redirect;
pub use resolve::resolve;
pub use route::{Route, all_routes};
pub use select::{Absence, Hidden, Selected, changes, may_see, select};
pub use taxonomy::Topic;
pub use wording::wording;
