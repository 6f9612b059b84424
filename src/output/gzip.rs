//! Compressed bytes, for hosts that compress nothing themselves.
//!
//! In: bytes. Out: a gzip member (RFC 1952) without a name or time, so that the same bytes give the same file.

use std::cell::RefCell;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// How hard to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For one file that every search loads.
    Best,
    /// For many of which a search loads a few: two percent longer, in half the time.
    Quick,
}

thread_local! {
    // Its tables are a third of a megabyte: cleared, they serve for the next file of this thread.
    static QUICK: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(3), false));
}

/// Compresses bytes.
pub(super) fn gzip(bytes: &[u8], effort: Effort) -> Vec<u8> {
    // Deflate, no flags, no time, no statement of effort, of an unknown system.
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];
    match effort {
        Effort::Best => deflate(bytes, &mut Compress::new(Compression::best(), false), &mut out),
        Effort::Quick => QUICK.with_borrow_mut(|compress| {
            compress.reset();
            deflate(bytes, compress, &mut out);
        }),
    }
    let mut crc = Crc::new();
    crc.update(bytes);
    out.extend(crc.sum().to_le_bytes());
    out.extend(crc.amount().to_le_bytes());
    out
}

fn deflate(bytes: &[u8], compress: &mut Compress, out: &mut Vec<u8>) {
    loop {
        out.reserve(bytes.len() / 2 + 256);
        let read = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
        // Memory is the only thing that could be missing, and more was just reserved.
        match compress.compress_vec(&bytes[read..], out, FlushCompress::Finish) {
            Ok(Status::Ok | Status::BufError) => {}
            Ok(Status::StreamEnd) | Err(_) => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Effort, gzip};

    #[test]
    fn what_was_packed_comes_out() {
        let noise: Vec<u8> = (0_u32..100_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for given in [&b""[..], b"a", &[b'a'; 300_000], &noise, b"again"] {
            for effort in [Effort::Best, Effort::Quick] {
                let packed = gzip(given, effort);
                let mut plain = Vec::new();
                flate2::read::GzDecoder::new(&*packed).read_to_end(&mut plain).unwrap();
                assert_eq!(plain, given);
                assert_eq!(packed, gzip(given, effort));
            }
        }
    }
}
