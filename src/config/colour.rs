//! Colours of a brand, and whether text in them can be read.
//!
//! In: a CSS colour. Out: [`Color`], its contrast after WCAG 2.2, and a colour of the same hue that can be read.
//! The same colour gives the same answer on every machine: whole steps, no angles.

use std::fmt;

/// The contrast WCAG AA asks of text of ordinary size (1.4.3).
pub const AA_TEXT: f64 = 4.5;

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red, 0–255.
    pub red: u8,
    /// Green, 0–255.
    pub green: u8,
    /// Blue, 0–255.
    pub blue: u8,
}

impl Color {
    /// `#ffffff`
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    /// `#000000`
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };

    /// Reads any CSS colour; a transparent one is none.
    pub fn parse(text: &str) -> Option<Self> {
        let [red, green, blue, alpha] = csscolorparser::parse(text.trim()).ok()?.to_rgba8();
        (alpha == 255).then_some(Self { red, green, blue })
    }

    /// Relative luminance, 0 (black) to 1 (white), as WCAG defines it.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio of two colours, 1 to 21, in either order.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white, whichever is easier to read on this colour.
    #[must_use]
    pub fn text_on(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }

    /// `step` of 255 parts of the way to another colour.
    #[must_use]
    pub fn towards(self, other: Self, step: u8) -> Self {
        let mix = |from: u8, to: u8| {
            let (from, to, step) = (u32::from(from), u32::from(to), u32::from(step));
            u8::try_from((from * (255 - step) + to * step + 127) / 255).unwrap_or(u8::MAX)
        };
        Self { red: mix(self.red, other.red), green: mix(self.green, other.green), blue: mix(self.blue, other.blue) }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The colour, or the nearest to it on the way to black or white that reaches `ratio` on `background`; and whether
/// it had to change. Where neither end reaches the ratio, the end with the better contrast.
pub fn adjusted_for_text(colour: Color, background: Color, ratio: f64) -> (Color, bool) {
    if colour.contrast(background) >= ratio {
        return (colour, false);
    }
    let end = background.text_on();
    let found = (1..=u8::MAX).map(|step| colour.towards(end, step)).find(|colour| colour.contrast(background) >= ratio);
    (found.unwrap_or(end), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Color {
        Color::parse(text).unwrap()
    }

    #[test]
    fn reads_css_colours_and_refuses_the_rest() {
        assert_eq!(colour("#1D4F91").to_string(), "#1d4f91");
        assert_eq!(colour("rebeccapurple").to_string(), "#663399");
        assert_eq!(colour("rgb(0 128 255)").to_string(), "#0080ff");
        for bad in ["", "#12", "blueish", "transparent", "#00000080", "url(x)", "#fff;}", "var(--x)"] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that passes AA on white; #777777 fails.
        assert!(colour("#767676").contrast(Color::WHITE) >= AA_TEXT);
        assert!(colour("#777777").contrast(Color::WHITE) < AA_TEXT);
    }

    #[test]
    fn adjusts_only_what_cannot_be_read() {
        assert_eq!(adjusted_for_text(colour("#1d4f91"), Color::WHITE, AA_TEXT), (colour("#1d4f91"), false));
        for (text, background) in [
            ("#ffdd00", "#ffffff"),
            ("#1d4f91", "#000000"),
            ("#808080", "#777777"),
            ("white", "white"),
            ("black", "black"),
            ("#ff0000", "#ff0000"),
        ] {
            let (adjusted, changed) = adjusted_for_text(colour(text), colour(background), AA_TEXT);
            assert!(changed && adjusted.contrast(colour(background)) >= AA_TEXT, "{text} on {background}: {adjusted}");
        }
        assert_eq!(adjusted_for_text(colour("#ffdd00"), Color::WHITE, AA_TEXT).0.to_string(), "#887600");
    }

    #[test]
    fn text_on_any_colour_can_be_read() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                let background = Color { red, green, blue: 120 };
                assert!(background.text_on().contrast(background) >= AA_TEXT, "{background}");
            }
        }
    }
}
