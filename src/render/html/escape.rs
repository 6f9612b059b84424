//! Escaping for HTML text, attributes in double quotes, and addresses.
//!
//! In: any text. Out: text that cannot end the place it is put in. Control characters, which HTML does not allow,
//! are dropped; tabs and line ends stay.

/// Appends `text`, escaped for element content and for attributes in double quotes.
pub fn text(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\n' | b'\t' => continue,
            0..0x20 | 0x7f => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Appends an address for an attribute in double quotes. What may not stand in one is percent-encoded;
/// what is encoded already stays as it is.
pub fn href(address: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in address.bytes().enumerate() {
        if is_plain_in_addresses(byte) {
            continue;
        }
        out.push_str(address.get(from..at).unwrap_or_default());
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            0..0x20 | 0x7f => {}
            byte => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
        from = at + 1;
    }
    out.push_str(address.get(from..).unwrap_or_default());
}

/// The set that CommonMark's reference implementation leaves as it is.
fn is_plain_in_addresses(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/$~".contains(&byte)
}
