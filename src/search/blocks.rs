//! Blocks of text one after another: paragraphs, items, cells, what a contact has.
//!
//! In: text without any sign between them. Out: one text in which a reader, or somebody who listens, notices where each
//! ends: by its own punctuation, else by a sign put there. What stays true: between two blocks stands a line end, and nowhere
//! else, so that a phrase never runs from one into the next; no word is changed.

/// Ends the last block of a text, with `sign` where it does not end with punctuation.
pub(super) fn end_block(text: &mut String, sign: char) {
    text.truncate(text.trim_end().len());
    if text.is_empty() {
        return;
    }
    if text.trim_end_matches(closes).chars().next_back().is_some_and(|last| !ends(last)) {
        text.push(sign);
    }
    text.push('\n');
}

/// Blocks as one text; those without any text are left out.
pub(super) fn joined<T: AsRef<str>>(blocks: impl IntoIterator<Item = T>, sign: char) -> String {
    let mut text = String::new();
    for block in blocks {
        let block = block.as_ref().trim();
        if !block.is_empty() {
            end_block(&mut text, sign);
            text.push_str(block);
        }
    }
    text
}

/// Signs that may follow the end of a sentence.
fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '\'' | '’' | '”' | '»' | '*')
}

fn ends(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | ':'
            | ';'
            | ','
            | '–'
            | '—'
            | '،'
            | '؛'
            | '؟'
            | '۔'
            | '।'
            | '。'
            | '！'
            | '？'
            | '、'
    )
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_sign_stands_where_there_is_none() {
        assert_eq!(
            joined(["Bring a card", "your passport ", "", "a pen"], ';'),
            "Bring a card;\nyour passport;\na pen"
        );
        assert_eq!(
            joined(["Do this.", "“Say so!”", "(Or not.)", "And:", "end"], ';'),
            "Do this.\n“Say so!”\n(Or not.)\nAnd:\nend"
        );
        assert_eq!(joined(["the team (MDT)", "“hope”", "50%"], '.'), "the team (MDT).\n“hope”.\n50%");
        assert_eq!(joined(["", " "], ';'), "");
        assert_eq!(joined(["”", "a"], ';'), "”\na");
    }
}
