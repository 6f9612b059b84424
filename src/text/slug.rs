//! Address words: `Who is in the team?` → `who-is-in-the-team`.
//!
//! In: any text. Out: lower-case ASCII letters, digits and single hyphens, never at either end; empty when
//! nothing of the text can be spelt so. The same text gives the same slug for ever: addresses depend on it.

/// The slug of a title, heading or topic.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    };
    for c in text.chars() {
        match c {
            '’' | '\u{00AD}' | '\u{200B}' => {}
            c if c.is_ascii() => push(c),
            c => deunicode::deunicode_char(c).unwrap_or(" ").chars().for_each(&mut push),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn spells_titles_as_addresses() {
        assert_eq!(slug("Who is in the team?"), "who-is-in-the-team");
        assert_eq!(slug("  Children’s rights & duties — an overview "), "childrens-rights-duties-an-overview");
        assert_eq!(slug("Café Ysgol Łódź"), "cafe-ysgol-lodz");
        assert_eq!(slug("???"), "");
        assert_eq!(slug("don't"), "dont");
    }
}
