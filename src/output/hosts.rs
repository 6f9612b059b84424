//! Files for hosts: headers and redirects for those that read `_headers` and `_redirects`, `.nojekyll` for GitHub Pages.
//!
//! In: a site. Out: text files. The policy here says the same as the `<meta>` on every page, and forbids framing, which
//! only a header can (CSP level 3, 3.3).

use std::fmt::Write as _;

use super::plan::Plan;
use crate::diagnostics::Diagnostic;
use crate::site::{Site, Target};

/// The content security policy of every page.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
require-trusted-types-for 'script'; trusted-types guidepost";

/// Adds the files.
pub(super) fn plan(site: &Site, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    plan.add_text("_headers", headers(), problems);
    plan.add_text(".nojekyll", String::new(), problems);
    let redirects = redirects(site);
    if !redirects.is_empty() {
        plan.add_text("_redirects", redirects, problems);
    }
}

fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=()\n\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

fn redirects(site: &Site) -> String {
    let base = super::redirects::base_path(site);
    let mut out = String::new();
    for redirect in &site.redirects {
        let to = match &redirect.to {
            Target::Page(page, _) => format!("{base}{}", site.pages[*page].address),
            Target::Outside(address) => address.to_string(),
            _ => continue,
        };
        // A space ends an address in this file.
        let from = redirect.from.trim_end_matches('/').replace(' ', "%20");
        let _ = writeln!(out, "{base}{from} {to} 301\n{base}{from}/ {to} 301");
    }
    out
}
