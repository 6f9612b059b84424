//! Where files stand in the output: names with a hash of their bytes, so that hosts may cache them for ever.
//!
//! In: built by the output stage. Out: for views and bodies. Only files that something visible uses are here.

use std::collections::BTreeMap;

/// One published file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asset {
    /// From the site's root: `assets/plan.3f2a9c1b.png`.
    pub path: String,
    /// Its own name: `plan.png`.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Pixels, for images whose header can be read.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
}

impl Asset {
    /// `PDF`, from the name's ending.
    pub fn format(&self) -> String {
        self.name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_uppercase())
    }

    /// `413KB`, as people read sizes (public-sector style: no space, powers of 1,000).
    pub fn size_text(&self) -> String {
        match self.size {
            0..1_000 => format!("{} bytes", self.size),
            1_000..1_000_000 => format!("{}KB", (self.size + 500) / 1_000),
            size => format!("{}.{}MB", size / 1_000_000, size % 1_000_000 / 100_000),
        }
    }
}

/// All published files of a site that are not pages.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Files of the content folder, by path there.
    pub content: BTreeMap<String, Asset>,
    /// Files of `static/`, by path there; they keep their names.
    pub statics: BTreeMap<String, Asset>,
    /// The theme's files by role: `style`, `brand`, `script`, `theme_script`, `favicon`, `favicon_neutral` → path.
    pub theme: BTreeMap<String, String>,
}
