//! `guidepost explain CODE`: why a diagnostic exists.
//!
//! In: a code. Out: its severity, whether it may be lowered, and the reason.

use super::args::Explain;
use super::{Outcome, print};
use crate::diagnostics::{Code, print as form, suggest};
use crate::error::Error;

/// Runs the command.
pub(crate) fn run(arguments: &Explain) -> Result<Outcome, Error> {
    let Some(code) = Code::ALL.iter().find(|code| code.name() == arguments.code) else {
        let near = suggest(&arguments.code, Code::ALL.iter().map(|code| code.name()));
        return Err(Error::BadOption {
            option: "explain".to_owned(),
            given: arguments.code.clone(),
            cure: near.map_or_else(
                || "codes stand in brackets before a message, like [broken-link]".to_owned(),
                |near| format!("did you mean `{near}`?"),
            ),
        });
    };
    let level = match code.guarded() {
        true => "It guards people's safety, so its level cannot be lowered.",
        false => "Its level can be set in guidepost.yaml under `levels:`.",
    };
    print(&format!("{} ({})\n\n{}\n\n{level}\n", code.name(), form::severity(code.severity()), code.why()))?;
    Ok(Outcome::Fine)
}
