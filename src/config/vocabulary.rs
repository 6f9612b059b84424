//! The fixed words of front matter and kinds: audience, visibility, status, standing.
//!
//! In: nothing. Out: closed types, each with the table of its words for [`super::fields::Fields::choice`].

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident $word:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$word_doc])* $variant,)* }

        impl $name {
            /// Every word with its value, in order.
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant),)*];

            /// The word an author writes.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}
pub(super) use words;

words! {
    /// Whom a page is written for. A facet: it hides nothing.
    Audience {
        /// Parents, carers, children and young people.
        Families "families"
        /// Social workers and the specialists beside them.
        Practitioners "practitioners"
        /// Schools, health, police, voluntary organisations.
        Partners "partners"
        /// All of them.
        Everyone "everyone"
    }
}

words! {
    /// Who may see a thing. Ordered from wide to narrow: what lies inside may only narrow it.
    Visibility {
        /// On every site.
        Public "public"
        /// On internal sites only.
        Internal "internal"
    }
}

impl Visibility {
    /// The narrower of two: what an internal section holds is internal whatever it says.
    #[must_use]
    pub fn narrowed_by(self, outer: Self) -> Self {
        self.max(outer)
    }
}

words! {
    /// Where a page is in its life.
    Status {
        /// Being written: on no site.
        Draft "draft"
        /// Published.
        Live "live"
        /// Its address stays with a notice; its text is gone.
        Withdrawn "withdrawn"
        /// Removes what a lower layer has under the same path.
        Absent "absent"
    }
}

words! {
    /// Whether a text is duty or advice.
    Standing {
        /// Law or policy: no discretion.
        Must "must"
        /// To be followed unless there is a reason, which is recorded.
        Should "should"
        /// Advice.
        Guidance "guidance"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visibility_only_narrows() {
        use Visibility::{Internal, Public};
        assert_eq!(Public.narrowed_by(Internal), Internal);
        assert_eq!(Internal.narrowed_by(Public), Internal);
        assert_eq!(Public.narrowed_by(Public), Public);
    }

    #[test]
    fn words_lead_back_to_their_values() {
        assert!(Status::WORDS.iter().all(|(word, status)| status.word() == *word));
        assert_eq!(Audience::WORDS.len(), 4);
        assert_eq!(Standing::Must.word(), "must");
    }
}
