//! Pages and sites: what selection and placement decided.
//!
//! In: from [`super::place`]. Out: for resolving, rendering, search and checks. A page holds its entry; what is added
//! is its address, its neighbours, its outline and what its links mean in this edition.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::edition::Edition;
use super::files::Files;
use super::menu::Menus;
use super::redirect::Redirect;
use super::route::Route;
use super::select::{Absence, Hidden};
use super::taxonomy::Topic;
use crate::config::brand::Brand;
use crate::config::facts::Facts;
use crate::config::kind::Kinds;
use crate::config::project::Project;
use crate::config::records::Records;
use crate::config::words::Words;
use crate::content::Entry;
use crate::markdown::outline::Outline;
use crate::markdown::tree::{NodeId, Tree};
use crate::text::date::Date;

/// The place of a page in [`Site::pages`].
pub type PageId = usize;

/// What is the same for all editions of one authority.
#[derive(Clone, Debug)]
pub struct SiteInput {
    /// `guidepost.yaml`
    pub project: Arc<Project>,
    /// The organisation's name.
    pub organisation: String,
    /// Where the site will stand, with one slash at the end.
    pub base_url: Option<String>,
    /// The authority's over the project's.
    pub facts: Arc<Facts>,
    /// The authority's over the project's.
    pub brand: Arc<Brand>,
    /// Data records, layered.
    pub records: Arc<Records>,
    /// Every kind.
    pub kinds: Arc<Kinds>,
    /// Files that are not Markdown, layered.
    pub files: Arc<Files>,
    /// What readers read around the content.
    pub words: Arc<Words>,
}

/// One site.
#[derive(Debug)]
pub struct Site {
    /// Which one.
    pub edition: Edition,
    /// What it is made with.
    pub input: Arc<SiteInput>,
    /// In reading order: home, then each section before its pages.
    pub pages: Vec<Page>,
    /// By content path.
    pub by_id: HashMap<Arc<str>, PageId>,
    /// By address without a leading slash: `faqs/families/`.
    pub by_address: HashMap<String, PageId>,
    /// Why other entries are not here.
    pub absent: BTreeMap<Arc<str>, Absence>,
    /// Reporting routes in the site's order.
    pub routes: Vec<Route>,
    /// Subjects with their pages, by slug.
    pub topics: Vec<Topic>,
    /// The pages the program makes.
    pub generated: BTreeMap<Generated, PageId>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// Links around every page.
    pub menus: Menus,
    /// Files of the content folder that something visible refers to: path → source name.
    pub assets: BTreeMap<String, Arc<str>>,
}

/// One page of a site.
#[derive(Debug)]
pub struct Page {
    /// What was written.
    pub entry: Arc<Entry>,
    /// From the root, without a leading slash, with one at the end; home is empty.
    pub address: String,
    /// The section above.
    pub parent: Option<PageId>,
    /// The listed pages below, ascending, in their section's order; for home also its sections.
    pub children: Vec<PageId>,
    /// What the program adds to it.
    pub generated: Option<Generated>,
    /// Its text is gone, its address kept.
    pub withdrawn: bool,
    /// Said in the preview.
    pub mark: Option<Mark>,
    /// Parts of the body that do not exist here.
    pub hidden: Hidden,
    /// Headings with their ids.
    pub outline: Outline,
    /// What is printed of raw HTML in the body, by node; empty unless the page asks for it.
    pub allowed_html: BTreeMap<NodeId, String>,
    /// What links, images and directives mean; the body first, then Markdown fields.
    pub links: Vec<TreeLinks>,
}

/// What the links of one tree mean.
#[derive(Debug, Default)]
pub struct TreeLinks {
    /// The address of the tree, which names it while its entry lives.
    pub tree: usize,
    /// By node, ascending.
    pub targets: Vec<(NodeId, Target)>,
}

/// What a link means in this edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another page, perhaps a place on it.
    Page(PageId, Option<Box<str>>),
    /// A place on the same page.
    Fragment(Box<str>),
    /// A file of the content folder, by its path there.
    Asset(Box<str>),
    /// A file of `static/`, by its path there.
    Static(Box<str>),
    /// An address that is printed as it is.
    Outside(Box<str>),
    /// Not a link here: only its words are printed.
    Text,
}

/// Pages the program makes; a Markdown file at the same address supplies the introduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Generated {
    Search,
    AToZ,
    Contacts,
    Words,
    Changes,
    Topics,
    /// One topic: its place in [`Site::topics`].
    Topic(usize),
}

impl Generated {
    /// The key of the views and of the words; `None` for single topics.
    pub fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::Search => "search",
            Self::AToZ => "a_to_z",
            Self::Contacts => "contacts",
            Self::Words => "words",
            Self::Changes => "changes",
            Self::Topics => "topics",
            Self::Topic(_) => return None,
        })
    }

    /// The template that prints it.
    pub fn template(self) -> &'static str {
        match self {
            Self::Search => "generated/search.html",
            Self::AToZ => "generated/a-to-z.html",
            Self::Contacts => "generated/contacts.html",
            Self::Words => "generated/words.html",
            Self::Changes => "generated/changes.html",
            Self::Topics => "generated/topics.html",
            Self::Topic(_) => "generated/topic.html",
        }
    }
}

/// Why a page is only in the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Mark {
    Draft,
    Scheduled(Date),
    Expired(Date),
}

impl Page {
    /// What a link of one of this page's trees means.
    pub fn target(&self, tree: &Tree, node: NodeId) -> Option<&Target> {
        let tree = std::ptr::from_ref(tree) as usize;
        let links = self.links.iter().find(|links| links.tree == tree)?;
        let at = links.targets.binary_search_by_key(&node, |(node, _)| *node).ok()?;
        Some(&links.targets[at].1)
    }

    /// Whether lists, menus, A to Z and feeds may name it.
    pub fn is_listed(&self) -> bool {
        self.entry.front.nav != Some(false) && self.entry.front.unlisted != Some(true)
    }
}
