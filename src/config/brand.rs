//! What makes a site look like a council's own: two colours and a logo.
//!
//! In: the map below `brand:`. Out: [`Brand`], always complete; what is not said is the brand it lies over. A
//! colour that cannot be read as text on white is kept for surfaces, and said.

use super::colour::{AA_TEXT, Color, adjusted_for_text};
use super::fields::{Fields, Spanned};
use crate::diagnostics::{Code, Diagnostic};

/// Colours and logo.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Brand {
    /// Header, links, headings.
    pub primary: Color,
    /// Marks and buttons.
    pub accent: Color,
    /// A path below `static/`.
    pub logo: Option<Spanned<String>>,
    /// What the logo says, for those who cannot see it.
    pub logo_alt: Option<String>,
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            primary: Color { red: 0x1d, green: 0x4f, blue: 0x91 },
            accent: Color { red: 0xc2, green: 0x41, blue: 0x0c },
            logo: None,
            logo_alt: None,
        }
    }
}

impl Brand {
    /// Reads `brand:` of a map that is being read, over `base`.
    pub fn read<'a>(fields: &mut Fields<'a>, base: &Self) -> Self {
        let Some(mut map) = fields.map("brand") else {
            return base.clone();
        };
        let primary = colour(&mut map, "primary").unwrap_or(base.primary);
        let accent = colour(&mut map, "accent").unwrap_or(base.accent);
        let logo = map.text("logo");
        let logo_alt = match &logo {
            Some(_) => map.required("logo_alt", "say what the logo shows, most often the council's name", Fields::text),
            None => map.text("logo_alt"),
        };
        map.finish();
        let (logo, logo_alt) = match logo {
            Some(_) => (logo, logo_alt.map(|text| text.value)),
            None => (base.logo.clone(), logo_alt.map(|text| text.value).or_else(|| base.logo_alt.clone())),
        };
        Self { primary, accent, logo, logo_alt }
    }
}

fn colour<'a>(map: &mut Fields<'a>, key: &'a str) -> Option<Color> {
    let text = map.text(key)?;
    let Some(colour) = Color::parse(&text.value) else {
        let message = format!("`{key}` is `{}`, which is not a colour", text.value);
        let help = "write six hex digits in quotes, like \"#1d4f91\", or the name of a CSS colour";
        map.report(Diagnostic::new(Code::BadValue, message).help(help), text.extent);
        return None;
    };
    if let (readable, true) = adjusted_for_text(colour, Color::WHITE, AA_TEXT) {
        let message = format!("text in `{}` could not be read on white, so `{readable}` is used for text", text.value);
        let help = format!("keep it as it is, or choose a darker colour such as {readable}");
        map.report(Diagnostic::new(Code::ColourAdjusted, message).help(help), text.extent);
    }
    Some(colour)
}
