//! A file of bytes as a script that hands them over.
//!
//! In: a path of the site and bytes. Out: a classic script that gives the bytes, as base64, to the search under that
//! path. A page that was opened from a folder may run the scripts beside it and may read no file (HTML gives `file:` an
//! opaque origin, so `fetch` is refused). What stays true: the script holds nothing but the path and base64, so that
//! it is the same for the same bytes, on one line, in ASCII.

use std::sync::Arc;

/// The script for the bytes at `path`, which is made by this program and needs no escapes.
pub(super) fn script(path: &str, bytes: &[u8]) -> Arc<[u8]> {
    let mut out = format!("guidepost.search.put(\"{path}\",\"").into_bytes();
    out.reserve(bytes.len().div_ceil(3) * 4 + 4);
    base64(bytes, &mut out);
    out.extend(b"\");\n");
    out.into()
}

/// RFC 4648, section 4: three bytes are four letters; the end is filled with `=`.
fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= three.len() { letter } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{base64, script};

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10, and the two letters that are no letters.
        for (bytes, expected) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
            (b"fooba", "Zm9vYmE="),
            (b"foobar", "Zm9vYmFy"),
            (&[0xfb, 0xff, 0xfe], "+//+"),
        ] {
            let mut out = Vec::new();
            base64(bytes, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn a_script_is_one_call() {
        let text = String::from_utf8(script("assets/a.js", b"foob").to_vec()).unwrap();
        assert_eq!(text, "guidepost.search.put(\"assets/a.js\",\"Zm9vYg==\");\n");
    }
}
