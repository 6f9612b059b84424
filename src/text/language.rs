//! Languages by their codes.
//!
//! In: a code such as `en-GB` or `ur`. Out: what a page in that language needs.

/// Which way its letters run, as `dir` says it: `ltr` or `rtl`.
pub fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 9] = ["ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "sd"];
    let primary = language.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.iter().any(|code| code.eq_ignore_ascii_case(primary)) { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn letters_run_either_way() {
        assert_eq!(["en-GB", "cy", "arn", ""].map(direction), ["ltr"; 4]);
        assert_eq!(["ar", "ur-PK", "FA", "ckb-IQ"].map(direction), ["rtl"; 4]);
    }
}
