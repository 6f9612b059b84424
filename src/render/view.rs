//! Views: all that a template can print. This file is the contract between the program and the theme.
//!
//! In: a placed page of one edition. Out: plain data, serialised once for Tera. A template sees five names:
//! `site` ([`SiteView`], one shared value), `page` ([`PageView`]), `words` (the page's language, from
//! `templates/locales/`), `root` (the way from this page to the site's root: `./`, `../`, `../../`) and, on generated
//! pages, `data`. What stays true: everything a page prints is in its view; a template can ask for nothing else.
//!
//! Addresses: fields called `href` are ready to print on this page. Fields called `path` belong to the shared value:
//! print them through the `href` filter (`{{ link.path | href }}`), which puts `root` before a path of the site and
//! leaves `https:`, `mailto:` and `tel:` alone.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// A day for readers and machines.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// `2026-05-01`
    pub iso: String,
    /// `1 May 2026`, in the page's language.
    pub text: String,
}

/// A link that is ready to print on its page.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// What it says.
    pub title: String,
    /// Where it goes, relative to the page it stands on.
    pub href: String,
}

/// A link of the shared value; print it with `{{ link.path | href }}`.
#[derive(Clone, Debug, Serialize)]
pub struct MenuView {
    /// What it says.
    pub label: String,
    /// A path from the site's root without a leading slash, or a whole address.
    pub path: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// A word of a fixed list and what readers call it.
#[derive(Clone, Debug, Serialize)]
pub struct LabelView {
    /// `families`
    pub id: String,
    /// `Families`
    pub label: String,
}

/// An image of known size.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// Path from the root; print it with `| href`.
    pub path: String,
    /// Pixels.
    pub width: Option<usize>,
    /// Pixels.
    pub height: Option<usize>,
    /// Alternative text; empty when decorative.
    pub alt: String,
}

/// A telephone number, e-mail or web address: what is printed and where it leads (`tel:`, `mailto:`, `https:`).
#[derive(Clone, Debug, Serialize)]
pub struct ReachView {
    /// `020 7946 0123`
    pub text: String,
    /// `tel:+442079460123`
    pub href: String,
}

/// A contact record.
#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    /// `front-door`
    pub id: String,
    /// `Multi-agency front door`
    pub name: String,
    /// What it is for, in a few words each.
    pub purposes: Vec<String>,
    /// Voice.
    pub phone: Option<ReachView>,
    /// Textphone.
    pub textphone: Option<ReachView>,
    /// Relay service, as text.
    pub relay: Option<String>,
    /// Text message.
    pub sms: Option<ReachView>,
    /// E-mail.
    pub email: Option<ReachView>,
    /// Online form.
    pub form: Option<ReachView>,
    /// Lines of an address.
    pub address: Vec<String>,
    /// Opening hours as text.
    pub hours: Option<String>,
    /// Who answers when it is closed: name and phone only.
    pub out_of_hours: Option<OtherContact>,
    /// Calls cost nothing.
    pub free_to_call: bool,
    /// What the service says about staying anonymous.
    pub anonymous: Option<String>,
    /// Languages other than English.
    pub languages: Vec<String>,
    /// The last day somebody checked it.
    pub checked_on: Option<DateView>,
    /// Nobody has checked it, or the check has run out: must be said on the page.
    pub unverified: bool,
}

/// Another contact, by name and number.
#[derive(Clone, Debug, Serialize)]
pub struct OtherContact {
    /// Its name.
    pub name: String,
    /// Its number.
    pub phone: Option<ReachView>,
}

/// A way to reach somebody on a reporting route.
#[derive(Clone, Debug, Serialize)]
pub struct WayView {
    /// Whom.
    pub contact: ContactView,
    /// A sentence to go with it.
    pub note: Option<String>,
}

/// A reporting route, as header, footer, 404, print and its own page show it.
#[derive(Clone, Debug, Serialize)]
pub struct RouteView {
    /// `worried-about-a-child`
    pub id: String,
    /// `Worried about a child`
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// Path from the root; print it with `| href`.
    pub path: String,
    /// `child`, `adult`, …
    pub concern: Option<String>,
    /// Whom to call when somebody is in danger now (999).
    pub emergency: Option<ContactView>,
    /// "Call 999 if …": each completes the sentence.
    pub emergency_if: Vec<String>,
    /// During the day.
    pub daytime: Option<WayView>,
    /// Evenings, nights, weekends.
    pub out_of_hours: Option<WayView>,
    /// An online form.
    pub online: Option<OnlineView>,
    /// Helplines and others.
    pub other: Vec<WayView>,
}

/// An online form.
#[derive(Clone, Debug, Serialize)]
pub struct OnlineView {
    /// Its address.
    pub href: String,
    /// What the link says.
    pub label: String,
    /// A sentence to go with it.
    pub note: Option<String>,
}

/// An alert banner that is live on the build day.
#[derive(Clone, Debug, Serialize)]
pub struct AlertView {
    /// `winter-hours`
    pub id: String,
    /// `announcement`, `minor`, `emergency`, `notable-death`, strongest first.
    pub level: String,
    /// Its heading.
    pub title: String,
    /// Plain text, at most three sentences.
    pub text: Option<String>,
    /// More information.
    pub link: Option<MenuView>,
    /// The last day it counts; also honoured in the browser.
    pub until: Option<String>,
    /// Site paths it is for (`/faqs/`); empty: everywhere. Already decided for this page where `page.alerts` is used.
    #[serde(skip)]
    pub paths: Vec<String>,
}

/// What is the same on every page of a site. Serialised once.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// The organisation that publishes it.
    pub organisation: String,
    /// BCP 47.
    pub language: String,
    /// With one slash at the end.
    pub base_url: Option<String>,
    /// The day it was built for.
    pub built_on: DateView,
    /// `public` or `internal`.
    pub visibility: String,
    /// The organisation's logo.
    pub logo: Option<ImageView>,
    /// Hashed names of the theme's files, as paths: `style`, `brand`, `script`, `theme_script`, `favicon`,
    /// `favicon_neutral`; `search_script` and `search` are what a search loads.
    pub assets: BTreeMap<String, String>,
    /// Links in the header.
    pub header: Vec<MenuView>,
    /// Links in the footer.
    pub footer: Vec<MenuView>,
    /// Small print links.
    pub legal: Vec<MenuView>,
    /// Reporting routes in the site's order.
    pub routes: Vec<RouteView>,
    /// Pages the program makes and that exist here: `a_to_z`, `contacts`, `words`, `changes`, `search` → path.
    pub generated: BTreeMap<String, String>,
}

/// A feed that can be followed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// What it is called among others.
    pub title: String,
    /// Ready to print.
    pub href: String,
}

/// A heading of the contents list.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    /// `#id`
    pub id: String,
    /// Its text.
    pub title: String,
    /// Headings below it.
    pub children: Vec<ContentsView>,
}

/// A page in somebody else's list: section lists, related pages, directive `children`.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Its title.
    pub title: String,
    /// Ready to print.
    pub href: String,
    /// One sentence.
    pub summary: Option<String>,
    /// `module`
    pub kind: String,
    /// `Module guide`
    pub kind_label: String,
    /// For dated kinds the field `date`, else nothing.
    pub date: Option<DateView>,
    /// Whom it is for.
    pub audience: Vec<LabelView>,
    /// `withdrawn`, `draft` (preview only) or nothing.
    pub mark: Option<String>,
    /// How many pages a section holds; absent for a page.
    pub count: Option<usize>,
    /// For kind `route`: phone of the daytime contact.
    pub phone: Option<ReachView>,
}

/// One change note.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// When.
    pub on: DateView,
    /// What, one sentence.
    pub note: String,
    /// Staff should read the page again.
    pub important: bool,
}

/// The notice of a withdrawn page.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawnView {
    /// Since when.
    pub on: Option<DateView>,
    /// Why.
    pub because: Option<String>,
    /// Where to go instead.
    pub see: Option<LinkView>,
}

/// One page. Beside these fields a template sees `page.kind`, which is shared by all pages of a kind:
/// `{name, label, plural, list, fields: [{name, label, type, of?, fields?, choices?}]}`.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// The page's heading.
    pub title: String,
    /// For `<title>`: with the site's name; neutral on sensitive pages.
    pub document_title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// From the root without a leading slash: `faqs/families/`; empty for home.
    pub path: String,
    /// The whole address, where `base_url` is known.
    pub canonical: Option<String>,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The site's first page.
    pub is_home: bool,
    /// A folder's page.
    pub is_section: bool,
    /// Whom it is written for; hides nothing.
    pub audience: Vec<LabelView>,
    /// `must`, `should` or `guidance` with its label.
    pub standing: Option<LabelView>,
    /// `draft`, `scheduled` or `expired`, in the preview only.
    pub mark: Option<String>,
    /// Only on internal sites, for pages that the public site lacks.
    pub internal: bool,
    /// Present on a withdrawn page; the body is then empty.
    pub withdrawn: Option<WithdrawnView>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When somebody last read it through.
    pub reviewed_on: Option<DateView>,
    /// When it should be read again.
    pub next_review: Option<DateView>,
    /// The next review lies before the build day.
    pub review_overdue: bool,
    /// Newest first.
    pub changes: Vec<ChangeView>,
    /// Topic pages.
    pub topics: Vec<LinkView>,
    /// Pages the author names.
    pub related: Vec<CardView>,
    /// From home to the parent, without the page itself; empty on home.
    pub breadcrumbs: Vec<LinkView>,
    /// The section menu: `<li>` elements made from `partials/menu-item.html`; empty when there is nothing to show.
    pub menu: String,
    /// The section the menu is of.
    pub menu_title: Option<LinkView>,
    /// The page before in reading order.
    pub previous: Option<LinkView>,
    /// The page after.
    pub next: Option<LinkView>,
    /// Headings, two levels deep; empty when the page has too few.
    pub contents: Vec<ContentsView>,
    /// The body as HTML: print with `| safe`.
    pub body: String,
    /// The kind's fields by name, absent where the page has none. Text, numbers and booleans as they are; markdown as
    /// HTML (print with `| safe`); date `{iso,text}`; choice `{id,label}`; page `{title,href,summary}`; contact as
    /// [`ContactView`]; file `{href,name,format,size}`; url, email and phone `{text,href}`; list and record of these.
    pub fields: Value,
    /// Pages of a section in its order.
    pub children: Vec<CardView>,
    /// How to list them: `links cards numbered dated questions routes`.
    pub list: String,
    /// The feed that says the same as this page; on home every feed of the site.
    pub feeds: Vec<FeedView>,
    /// Alerts that concern this page.
    pub alerts: Vec<AlertView>,
    /// On a page of kind `route`: the route itself.
    pub route: Option<RouteView>,
    /// Exit button, neutral title and icon, nothing stored, no referrer.
    pub sensitive: bool,
    /// Search engines should leave it out.
    pub noindex: bool,
    /// JSON-LD with `<` escaped: print with `| safe` inside `<script type="application/ld+json">`.
    pub structured_data: Option<String>,
}
