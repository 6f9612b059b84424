//! The keys every page may carry, typed.
//!
//! In: a located map. Out: [`FrontMatter`], everything optional, so that a page's own values can be laid over what
//! its sections hand down. Keys of other generators that hold a page back are always honoured.

use std::sync::Arc;

use crate::config::fields::{Fields, Spanned, text_of};
use crate::config::value::Data;
use crate::config::vocabulary::{Audience, Standing, Status, Visibility};
use crate::diagnostics::{Code, Diagnostic, Extent, Span};
use crate::text::date::{Date, Interval};
use crate::text::slug::slug;

/// Something named by its path or id, resolved when the site is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A subject pages share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// `domestic-abuse`
    pub slug: String,
    /// As written.
    pub title: String,
}

/// A note on what changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub on: Date,
    /// What.
    pub note: String,
    /// Read the page again.
    pub important: bool,
    /// Who may see the note.
    pub visibility: Visibility,
}

/// Why a page's text is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Since when.
    pub on: Option<Date>,
    /// The reason.
    pub because: Option<String>,
    /// What to read instead.
    pub see: Option<Reference>,
}

/// How a section orders its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// `order`, then title.
    Order,
    /// Title.
    Title,
    /// Oldest first.
    Date,
    /// Newest first.
    DateDescending,
}

/// What search should know about a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchHints {
    /// Words readers use that the page does not.
    pub keywords: Vec<String>,
    /// Weight, 1 is usual.
    pub boost: Option<f64>,
    /// Not in the index.
    pub hide: bool,
}

/// Common front matter. `None` means not said here.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the names are the keys of design section 1.3")]
pub struct FrontMatter {
    pub title: Option<Spanned<String>>,
    pub summary: Option<String>,
    pub kind: Option<Spanned<String>>,
    pub slug: Option<Spanned<String>>,
    pub order: Option<i64>,
    pub nav: Option<bool>,
    pub template: Option<Spanned<String>>,
    pub lang: Option<String>,
    pub translation_of: Option<Reference>,
    pub based_on: Option<Reference>,
    pub audience: Option<Vec<Audience>>,
    pub visibility: Option<Visibility>,
    pub status: Option<Status>,
    pub withdrawn: Option<Withdrawn>,
    pub publish_on: Option<Date>,
    pub expires_on: Option<Date>,
    pub owner: Option<String>,
    pub reviewed_on: Option<Date>,
    pub review_every: Option<Interval>,
    pub standing: Option<Standing>,
    pub changes: Vec<Change>,
    pub topics: Option<Vec<Topic>>,
    pub aliases: Vec<Spanned<String>>,
    pub related: Vec<Reference>,
    pub sensitive: Option<bool>,
    pub search: Option<SearchHints>,
    pub allow_html: Option<bool>,
    pub child_kind: Option<Spanned<String>>,
    pub sort: Option<Sort>,
    /// Not in menus, lists or search, and search engines are asked to stay away; reachable by its address.
    pub unlisted: Option<bool>,
}

/// Keys whose misspelling would publish what was held back.
pub(super) const GUARDED_KEYS: [&str; 4] = ["visibility", "status", "publish_on", "expires_on"];

const SORTS: &[(&str, Sort)] =
    &[("order", Sort::Order), ("title", Sort::Title), ("date", Sort::Date), ("-date", Sort::DateDescending)];

impl FrontMatter {
    /// Takes the common keys out of a map. `section` says whether the keys of `_index.md` are allowed.
    pub fn read(fields: &mut Fields<'_>, section: bool) -> Self {
        let file = Arc::clone(fields.file());
        let reference = |found: Option<Spanned<String>>| {
            found.map(|found| Reference { text: found.value, span: Span::new(&file, found.extent) })
        };
        let mut front = Self {
            title: fields.text("title"),
            summary: fields.text("summary").map(|found| found.value),
            kind: fields.text("kind"),
            slug: read_slug(fields),
            order: fields.integer("order").map(|found| found.value),
            nav: fields.boolean("nav").map(|found| found.value),
            template: fields.text("template"),
            lang: read_language(fields),
            translation_of: reference(fields.text("translation_of")),
            based_on: reference(fields.text("based_on")),
            audience: read_audience(fields),
            visibility: fields.choice("visibility", Visibility::WORDS).map(|found| found.value),
            status: fields.choice("status", Status::WORDS).map(|found| found.value),
            withdrawn: read_withdrawn(fields),
            publish_on: fields.date("publish_on").map(|found| found.value),
            expires_on: None,
            owner: fields.text("owner").map(|found| found.value),
            reviewed_on: fields.date("reviewed_on").map(|found| found.value),
            review_every: fields.interval("review_every").map(|found| found.value),
            standing: fields.choice("standing", Standing::WORDS).map(|found| found.value),
            changes: read_changes(fields),
            topics: read_topics(fields),
            aliases: fields.texts("aliases"),
            related: fields.texts("related").into_iter().filter_map(|found| reference(Some(found))).collect(),
            sensitive: fields.boolean("sensitive").map(|found| found.value),
            search: read_search(fields),
            allow_html: fields.boolean("allow_html").map(|found| found.value),
            child_kind: None,
            sort: None,
            unlisted: None,
        };
        read_expiry(fields, &mut front);
        read_foreign_keys(fields, &mut front);
        if section {
            front.child_kind = fields.text("child_kind");
            front.sort = fields.choice("sort", SORTS).map(|found| found.value);
        }
        front
    }

    /// Fills what is not said here from what a section hands down. Title, address and history are never inherited,
    /// and visibility is only ever narrowed.
    pub fn inherit(&mut self, above: &Self) {
        fn fill<T: Clone>(own: &mut Option<T>, above: &Option<T>) {
            if own.is_none() {
                own.clone_from(above);
            }
        }
        fill(&mut self.kind, &above.kind);
        fill(&mut self.nav, &above.nav);
        fill(&mut self.template, &above.template);
        fill(&mut self.lang, &above.lang);
        fill(&mut self.audience, &above.audience);
        fill(&mut self.status, &above.status);
        fill(&mut self.publish_on, &above.publish_on);
        fill(&mut self.expires_on, &above.expires_on);
        fill(&mut self.owner, &above.owner);
        fill(&mut self.reviewed_on, &above.reviewed_on);
        fill(&mut self.review_every, &above.review_every);
        fill(&mut self.standing, &above.standing);
        fill(&mut self.topics, &above.topics);
        fill(&mut self.sensitive, &above.sensitive);
        fill(&mut self.search, &above.search);
        fill(&mut self.allow_html, &above.allow_html);
        fill(&mut self.unlisted, &above.unlisted);
        self.visibility = match (self.visibility, above.visibility) {
            (Some(own), Some(above)) => Some(own.max(above)),
            (own, above) => own.or(above),
        };
        if self.related.is_empty() {
            self.related.clone_from(&above.related);
        }
    }
}

fn read_slug(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let found = fields.text("slug")?;
    if slug(&found.value) == found.value {
        return Some(found);
    }
    let help = match slug(&found.value) {
        spelt if spelt.is_empty() => "use letters, digits and hyphens".to_owned(),
        spelt => format!("write `{spelt}`"),
    };
    fields.report(
        Diagnostic::new(
            Code::BadValue,
            format!("`slug` cannot be `{}`: an address has only small letters, digits and hyphens", found.value),
        )
        .help(help),
        found.extent,
    );
    None
}

fn read_language(fields: &mut Fields<'_>) -> Option<String> {
    let found = fields.text("lang")?;
    let shaped = found.value.split('-').enumerate().all(|(i, part)| {
        part.chars().all(|c| c.is_ascii_alphanumeric())
            && if i == 0 { (2..=3).contains(&part.len()) } else { (1..=8).contains(&part.len()) }
    });
    if shaped {
        return Some(found.value);
    }
    fields.report(
        Diagnostic::new(Code::BadValue, format!("`lang` is `{}`, which is not a language code", found.value))
            .help("write a code such as en-GB, pl, ro, ur or cy"),
        found.extent,
    );
    None
}

fn read_audience(fields: &mut Fields<'_>) -> Option<Vec<Audience>> {
    fields.raw("audience")?;
    let mut audience: Vec<Audience> = Vec::new();
    for word in fields.choices("audience", Audience::WORDS) {
        if !audience.contains(&word.value) {
            audience.push(word.value);
        }
    }
    Some(audience)
}

fn read_withdrawn(fields: &mut Fields<'_>) -> Option<Withdrawn> {
    let mut map = fields.map("withdrawn")?;
    let file = Arc::clone(map.file());
    let withdrawn = Withdrawn {
        on: map.date("on").map(|found| found.value),
        because: map.text("because").map(|found| found.value),
        see: map.text("see").map(|found| Reference { text: found.value, span: Span::new(&file, found.extent) }),
    };
    map.finish();
    Some(withdrawn)
}

fn read_changes(fields: &mut Fields<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for item in fields.list("changes") {
        let mut map = fields.open_item(item, "each change");
        let on = map.required("on", "write the day of the change: on: 2026-05-01", |map, key| map.date(key));
        let note = map.required("note", "say in one sentence what changed", |map, key| map.text(key));
        let important = map.boolean("important").is_some_and(|found| found.value);
        let visibility = map.choice("visibility", Visibility::WORDS);
        map.finish();
        // A note whose visibility cannot be read is reported; it is not shown to the public in the meantime.
        let said = !matches!(&item.data, Data::Map(entries) if entries.iter().any(|entry| entry.key == "visibility"));
        let visibility =
            visibility.map_or(if said { Visibility::Public } else { Visibility::Internal }, |found| found.value);
        if let (Some(on), Some(note)) = (on, note) {
            changes.push(Change { on: on.value, note: note.value, important, visibility });
        }
    }
    changes
}

fn read_topics(fields: &mut Fields<'_>) -> Option<Vec<Topic>> {
    fields.raw("topics")?;
    let mut topics: Vec<Topic> = Vec::new();
    for word in fields.texts("topics") {
        let slug = slug(&word.value);
        if slug.is_empty() {
            fields.report(
                Diagnostic::new(
                    Code::BadValue,
                    format!("the topic `{}` has no letters or digits to make an address of", word.value),
                )
                .help("name the topic in words"),
                word.extent,
            );
        } else if !topics.iter().any(|topic| topic.slug == slug) {
            topics.push(Topic { slug, title: word.value });
        }
    }
    Some(topics)
}

fn read_search(fields: &mut Fields<'_>) -> Option<SearchHints> {
    let mut map = fields.map("search")?;
    let boost = map.number("boost");
    if let Some(boost) = boost.as_ref().filter(|boost| boost.value <= 0.0) {
        let message = format!("`boost: {}` would take the page out of every list", boost.value);
        let help = "write a number above 0 (1 is usual), or `hide: true` for a page nobody is to find";
        map.report(Diagnostic::new(Code::BadValue, message).help(help), boost.extent);
    }
    let hints = SearchHints {
        keywords: map.texts("keywords").into_iter().map(|found| found.value).collect(),
        boost: boost.map(|found| found.value).filter(|boost| *boost > 0.0),
        hide: map.boolean("hide").is_some_and(|found| found.value),
    };
    map.finish();
    Some(hints)
}

fn read_expiry(fields: &mut Fields<'_>, front: &mut FrontMatter) {
    let Some(expires) = fields.date("expires_on") else { return };
    front.expires_on = Some(expires.value);
    if front.publish_on.is_some_and(|publish| publish >= expires.value) {
        fields.report(
            Diagnostic::new(Code::BadValue, "`expires_on` is not after `publish_on`, so the page would never be seen")
                .help("put a later day here, or remove one of the two"),
            expires.extent,
        );
    }
}

/// `draft`, `publishDate`, `expiryDate` and `unlisted` come with folders written for other generators. Whatever the
/// project says about unknown keys, what holds a page back is honoured.
fn read_foreign_keys(fields: &mut Fields<'_>, front: &mut FrontMatter) {
    // `draft: yes` is reported as a wrong type; it is also taken for what it means.
    fields.boolean("draft");
    if fields.raw("draft").is_some_and(|value| value.data != Data::Bool(false)) {
        front.status = Some(Status::Draft);
    }
    front.unlisted = fields.boolean("unlisted").map(|found| found.value);
    if let Some(day) = foreign_date(fields, "publishDate") {
        front.publish_on.get_or_insert(day);
    }
    if let Some(day) = foreign_date(fields, "expiryDate") {
        front.expires_on.get_or_insert(day);
    }
}

/// A date that may carry a time of day, which is cut off.
fn foreign_date(fields: &mut Fields<'_>, key: &'static str) -> Option<Date> {
    let value = fields.raw(key)?;
    let text = text_of(value).unwrap_or_default();
    let day = text.get(..10).and_then(Date::parse);
    if day.is_none() {
        fields.report(
            Diagnostic::new(Code::BadDate, format!("`{key}` is `{text}`, which is not a date"))
                .help("write year, month and day like 2026-05-01"),
            value.extent,
        );
    }
    day
}

/// Where front matter stands, for problems that concern it as a whole.
pub(super) fn whole(file: &Arc<str>) -> Span {
    Span::new(file, Extent::default())
}
