//! Numbers as bytes: seven bits a byte, the lowest first (LEB128). Small numbers are short.
//!
//! In: a number. Out: one to five bytes, and back.

/// Writes a number.
#[inline]
pub(super) fn put(mut number: u32, out: &mut Vec<u8>) {
    if number < 0x4000 {
        // Nearly all are this short, and which of the two lengths is next is nothing a processor could guess: both bytes
        // are written, then the second is taken back if it was not needed.
        let is_longer = number >= 0x80;
        let end = out.len() + 1 + usize::from(is_longer);
        out.extend_from_slice(&[(number & 0x7F) as u8 | u8::from(is_longer) << 7, (number >> 7) as u8]);
        return out.truncate(end);
    }
    while number >= 0x80 {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number and leaves what follows it; `None` where the bytes end.
#[inline]
pub(super) fn take(bytes: &mut &[u8]) -> Option<u32> {
    if let [first, second, ..] = **bytes
        && first & second < 0x80
    {
        // As in `put`: which of the two lengths it is nobody could guess.
        let is_longer = first >= 0x80;
        *bytes = &bytes[1 + usize::from(is_longer)..];
        return Some(u32::from(first & 0x7F) | (u32::from(second) * u32::from(is_longer)) << 7);
    }
    let first = *bytes.split_off_first()?;
    if first < 0x80 { Some(u32::from(first)) } else { rest(first, bytes) }
}

/// A number of several bytes.
fn rest(first: u8, bytes: &mut &[u8]) -> Option<u32> {
    let mut value = u32::from(first & 0x7F);
    for shift in [7, 14, 21, 28] {
        let byte = *bytes.split_off_first()?;
        value |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            break;
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::{put, take};

    #[test]
    fn what_was_put_is_taken() {
        let numbers = [0, 1, 127, 128, 300, 16_383, 16_384, 1 << 21, u32::MAX];
        let mut bytes = Vec::new();
        for number in numbers {
            put(number, &mut bytes);
        }
        let mut rest = bytes.as_slice();
        assert_eq!(numbers.map(|_| take(&mut rest)), numbers.map(Some));
        assert_eq!(take(&mut rest), None);
        assert_eq!(take(&mut &[0x80][..]), None);
    }
}
