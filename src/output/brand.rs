//! The brand as custom properties: `assets/brand.<hash>.css`.
//!
//! In: two colours. Out: eight tokens whose contrast is computed, not hoped for. What stays true: every colour named
//! `text` reads at 4.5 to 1 (WCAG 2.2, 1.4.3) on each surface the theme puts it on, light and dark; the colours named
//! `on` read on their fill.

use std::fmt::Write as _;
use std::sync::Arc;

use super::assets::hashed;
use super::plan::{Make, Plan};
use crate::config::colour::{AA_TEXT, Color, adjusted_for_text};
use crate::diagnostics::Diagnostic;
use crate::site::Site;

/// The surfaces of `static/theme/site.css` that are hardest to read on: `--sunken` and `--paper`.
const LIGHT: [Color; 2] = [Color { red: 0xf3, green: 0xef, blue: 0xe6 }, Color { red: 0xfb, green: 0xf9, blue: 0xf4 }];
const DARK: [Color; 2] = [Color { red: 0x2a, green: 0x28, blue: 0x24 }, Color { red: 0x18, green: 0x17, blue: 0x14 }];
/// How much brand the theme mixes into `--paper` for `--tint`, in percent.
const LIGHT_TINT: u32 = 8;
const DARK_TINT: u32 = 24;
/// Colour on dark looks dimmer than the formula says, so it is asked for more.
const DARK_RATIO: f64 = 7.0;

/// Adds the brand's style sheet.
pub(super) fn plan(site: &Site, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    let brand = &site.input.brand;
    let mut css = String::from(":root {\n");
    for (name, colour) in [("brand", brand.primary), ("accent", brand.accent)] {
        let tints = |paper: Color, percent: u32| mixed(brand.primary, paper, percent);
        let light = readable(colour, AA_TEXT, &[LIGHT[0], LIGHT[1], tints(LIGHT[1], LIGHT_TINT)]);
        let dark = readable(colour, DARK_RATIO, &[DARK[0], DARK[1], tints(DARK[1], DARK_TINT)]);
        let _ = writeln!(
            css,
            "  --{name}: {colour};\n  --on-{name}: {};\n  --{name}-text: {light};\n  --{name}-text-dark: {dark};",
            colour.text_on()
        );
    }
    css.push_str("}\n");
    let path = hashed("brand.css", css.as_bytes());
    plan.assets.theme.insert("brand".to_owned(), path.clone());
    plan.add(path, Make::Bytes(Arc::from(css.into_bytes())), problems);
}

/// The colour nearest to `colour` that reads on all of `surfaces`.
fn readable(colour: Color, ratio: f64, surfaces: &[Color]) -> Color {
    surfaces.iter().fold(colour, |text, surface| adjusted_for_text(text, *surface, ratio).0)
}

/// `percent` of one colour in another, as `color-mix(in srgb, …)` does.
fn mixed(colour: Color, into: Color, percent: u32) -> Color {
    let part = |a: u8, b: u8| {
        let mixed = (u32::from(a) * percent + u32::from(b) * (100 - percent) + 50) / 100;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    Color { red: part(colour.red, into.red), green: part(colour.green, into.green), blue: part(colour.blue, into.blue) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_brand_reads_on_every_surface() {
        for hex in ["#1d4f91", "#ffd500", "#ff0000", "#000000", "#ffffff", "#7f7f7f", "#00ff88", "#c2410c"] {
            let colour = Color::parse(hex).unwrap();
            for surfaces in [
                [LIGHT[0], LIGHT[1], mixed(colour, LIGHT[1], LIGHT_TINT)],
                [DARK[0], DARK[1], mixed(colour, DARK[1], DARK_TINT)],
            ] {
                let text = readable(colour, AA_TEXT, &surfaces);
                for surface in surfaces {
                    assert!(text.contrast(surface) >= AA_TEXT, "{hex}: {text} on {surface}");
                }
            }
            assert!(colour.text_on().contrast(colour) >= AA_TEXT, "{hex}");
        }
    }
}
