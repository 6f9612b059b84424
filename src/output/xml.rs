//! Text in XML files.

/// A text as content or as a value between double quotes. What XML 1.0 cannot hold at all (its production `Char`) is
/// left out: a reader would refuse the whole file for it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{1_0000}'.. => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_no_reader_of_xml_takes() {
        let text = "A & <b> \"c\"\u{0}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}\td 🙂";
        assert_eq!(escaped(text), "A &amp; &lt;b&gt; &quot;c&quot;\td 🙂");
    }
}
