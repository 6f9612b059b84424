//! Views made from pages.
//!
//! In: a page of a resolved site. Out: a [`PageView`]. Everything a template prints of a page is decided here.

use std::cell::RefCell;

use super::body::Body;
use super::fields::fields_view;
use super::linker::Linker;
use super::menu::menu;
use super::records::{concerns, date_view, text};
use super::renderer::Renderer;
use super::structured::structured_data;
use super::view::{CardView, ChangeView, ContentsView, FeedView, LabelView, LinkView, PageView, WithdrawnView};
use crate::config::kind::ListStyle;
use crate::config::vocabulary::{Audience, Visibility};
use crate::diagnostics::Diagnostic;
use crate::markdown::tree::NodeKind;
use crate::site::{Mark, Page, PageId, Site, changes, date, feed_path};
use crate::text::language::direction;

/// Fewer headings than this need no contents list.
const CONTENTS_FROM: usize = 3;

/// The view of a page.
pub(super) fn page_view(
    renderer: &Renderer<'_>,
    id: PageId,
    linker: &Linker<'_>,
    problems: &RefCell<Vec<Diagnostic>>,
) -> PageView {
    let site = renderer.site;
    let page = &site.pages[id];
    let entry = &*page.entry;
    let front = &entry.front;
    let body = Body::of_page(renderer, id, linker, problems);
    let (menu_title, menu) = menu(renderer, id, linker, problems);
    let (previous, next) = site.neighbours(id);
    let next_review = front.reviewed_on.zip(front.review_every).and_then(|(day, every)| day.plus(every));
    let sensitive = front.sensitive == Some(true);
    let listed_already = page.generated.is_some() || lists_children(page);
    let children = if listed_already { &[] } else { site.listed_children(id) };
    let language = front.lang.clone().unwrap_or_else(|| site.edition.language.clone());
    PageView {
        title: heading(page),
        document_title: document_title(site, page, sensitive),
        summary: front.summary.clone(),
        path: page.address.clone(),
        canonical: site.input.base_url.as_ref().filter(|_| !sensitive).map(|base| format!("{base}{}", page.address)),
        direction: direction(&language),
        language,
        is_home: id == 0,
        is_section: entry.is_section,
        audience: front.audience.iter().flatten().map(|audience| audience_label(site, *audience)).collect(),
        standing: front.standing.map(|standing| label(site, "standing", standing.word())),
        mark: page.mark.map(|mark| mark_word(mark).to_owned()),
        internal: entry.visibility == Visibility::Internal,
        withdrawn: page.withdrawn.then(|| withdrawn_view(site, page, linker)),
        owner: front.owner.clone(),
        reviewed_on: front.reviewed_on.map(|day| date_view(site, day)),
        next_review: next_review.map(|day| date_view(site, day)),
        review_overdue: next_review.is_some_and(|day| day < site.edition.date),
        changes: changes(entry, &site.edition)
            .into_iter()
            .map(|change| ChangeView {
                on: date_view(site, change.on),
                note: change.note.clone(),
                important: change.important,
            })
            .collect(),
        topics: topics(site, page, linker),
        related: cards(renderer, linker, &related(site, page)),
        breadcrumbs: site.ancestors(id).into_iter().map(|above| crumb(site, above, linker)).collect(),
        menu,
        menu_title,
        previous: previous.map(|page| linker.link(page)),
        next: next.map(|page| linker.link(page)),
        contents: if entry.kind.contents { contents(page) } else { Vec::new() },
        body: body.html(),
        fields: fields_view(&body),
        children: cards(renderer, linker, children),
        list: site.list_style(children).word().to_owned(),
        feeds: feeds(renderer, id, linker),
        alerts: renderer.alerts.iter().filter(|alert| concerns(alert, page)).cloned().collect(),
        route: renderer.all_routes.get(&id).cloned(),
        sensitive,
        noindex: sensitive
            || page.withdrawn
            || front.unlisted == Some(true)
            || site.edition.visibility == Visibility::Internal
            || page.mark.is_some(),
        structured_data: structured_data(&body),
    }
}

/// Whether the text itself has `::children`.
fn lists_children(page: &Page) -> bool {
    let tree = &page.entry.document.tree;
    let is_list = |kind: &NodeKind| matches!(kind, NodeKind::Leaf(directive) if directive.name == "children");
    (0..tree.nodes.len()).any(|node| is_list(&tree.nodes[node].kind) && !page.hidden.contains(node))
}

/// The heading a page shows: its own first heading, else its title.
fn heading(page: &Page) -> String {
    let own = page.outline.title.as_ref().map(|title| title.text.trim().to_owned()).filter(|text| !text.is_empty());
    own.unwrap_or_else(|| page.entry.title.clone())
}

fn document_title(site: &Site, page: &Page, sensitive: bool) -> String {
    let words = &site.input.words;
    if sensitive {
        return words.get("neutral_title").to_owned();
    }
    if page.parent.is_none() {
        let home = &page.entry.title;
        let other =
            if *home == site.input.project.title { &site.input.organisation } else { &site.input.project.title };
        return with_site(home, other);
    }
    with_site(&page.entry.title, &site.input.project.title)
}

/// A title and the site's, as long as both fit where search engines and tabs cut them off.
fn with_site(title: &str, site: &str) -> String {
    const LONGEST: usize = 70;
    let both = format!("{title} – {site}");
    if both.chars().count() <= LONGEST { both } else { title.to_owned() }
}

fn label(site: &Site, list: &str, id: &str) -> LabelView {
    LabelView { id: id.to_owned(), label: site.input.words.label(list, id).to_owned() }
}

fn audience_label(site: &Site, audience: Audience) -> LabelView {
    label(site, "audience", audience.word())
}

fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Draft => "draft",
        Mark::Scheduled(_) => "scheduled",
        Mark::Expired(_) => "expired",
    }
}

fn withdrawn_view(site: &Site, page: &Page, linker: &Linker<'_>) -> WithdrawnView {
    let Some(withdrawn) = &page.entry.front.withdrawn else {
        return WithdrawnView { on: None, because: None, see: None };
    };
    let see = withdrawn.see.as_ref().and_then(|see| site.page_at(&page.entry, &see.text));
    WithdrawnView {
        on: withdrawn.on.map(|day| date_view(site, day)),
        because: withdrawn.because.clone(),
        see: see.map(|page| linker.link(page)),
    }
}

fn topics(site: &Site, page: &Page, linker: &Linker<'_>) -> Vec<LinkView> {
    let own = page.entry.front.topics.iter().flatten();
    own.filter_map(|topic| {
        let at = site.topics.binary_search_by(|other| other.slug.cmp(&topic.slug)).ok()?;
        let found = &site.topics[at];
        Some(LinkView { title: found.title.clone(), href: linker.path(&format!("topics/{}/", found.slug)) })
    })
    .collect()
}

fn related(site: &Site, page: &Page) -> Vec<PageId> {
    page.entry.front.related.iter().filter_map(|related| site.page_at(&page.entry, &related.text)).collect()
}

fn crumb(site: &Site, page: PageId, linker: &Linker<'_>) -> LinkView {
    let mut link = linker.link(page);
    if page == 0 {
        link.title = site.input.words.get("home").to_owned();
    }
    link
}

/// Headings of the second and third level, the third below its second.
fn contents(page: &Page) -> Vec<ContentsView> {
    let mut contents: Vec<ContentsView> = Vec::new();
    for heading in &page.outline.headings {
        let item = ContentsView { id: format!("#{}", heading.id), title: heading.text.clone(), children: Vec::new() };
        match (heading.level, contents.last_mut()) {
            (2, _) | (3, None) => contents.push(item),
            (3, Some(last)) => last.children.push(item),
            _ => {}
        }
    }
    if contents.len() < CONTENTS_FROM { Vec::new() } else { contents }
}

fn feeds(renderer: &Renderer<'_>, id: PageId, linker: &Linker<'_>) -> Vec<FeedView> {
    let here = renderer.feeds.iter().filter(|(page, _)| id == 0 || id == *page);
    here.map(|(page, title)| FeedView { title: title.clone(), href: linker.path(&feed_path(renderer.site, *page)) })
        .collect()
}

/// Cards of pages, as the page of `linker` prints them.
pub(super) fn cards(renderer: &Renderer<'_>, linker: &Linker<'_>, pages: &[PageId]) -> Vec<CardView> {
    pages.iter().map(|page| card(renderer, linker, *page)).collect()
}

/// What a list says of a page that has no summary.
fn short_answer(site: &Site, page: &Page) -> Option<String> {
    if page.withdrawn { None } else { text(site, page.entry.field("short_answer")?) }
}

fn card(renderer: &Renderer<'_>, linker: &Linker<'_>, id: PageId) -> CardView {
    let site = renderer.site;
    let page = &site.pages[id];
    let entry = &*page.entry;
    let LinkView { title, href } = linker.link(id);
    CardView {
        title,
        href,
        summary: entry.front.summary.clone().or_else(|| short_answer(site, page)),
        kind: entry.kind.name.clone(),
        kind_label: entry.kind.label.clone(),
        date: (entry.kind.list == ListStyle::Dated).then(|| date(entry)).flatten().map(|day| date_view(site, day)),
        audience: entry.front.audience.iter().flatten().map(|audience| audience_label(site, *audience)).collect(),
        mark: page
            .mark
            .map(|mark| mark_word(mark).to_owned())
            .or_else(|| page.withdrawn.then(|| "withdrawn".to_owned())),
        count: entry.is_section.then(|| site.listed_children(id).len()),
        phone: renderer.all_routes.get(&id).and_then(|route| route.daytime.as_ref()?.contact.phone.clone()),
    }
}
