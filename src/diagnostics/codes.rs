//! The list of codes: name, severity, whether it may be lowered, and why it exists.
//!
//! In: nothing. Out: [`Code`]. Every code has an explanation; a code once released keeps its name.

use super::Severity;

macro_rules! codes {
    ($($(#[$guard:ident])? $variant:ident $name:literal $severity:ident $why:literal)*) => {
        /// The sort of a problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $why] $variant,)* }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The severity it has unless the project says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Whether the project may lower it. Codes that guard safety may not be lowered.
            pub fn guarded(self) -> bool {
                match self { $(Code::$variant => false $(|| stringify!($guard) == "guarded")?,)* }
            }

            /// Why it exists.
            pub fn why(self) -> &'static str {
                match self { $(Code::$variant => $why,)* }
            }
        }
    };
}

// `#[guarded]` marks codes that guard safety.
codes! {
    // Reading YAML and TOML
    #[guarded] YamlSyntax "yaml-syntax" Error "The text is not valid YAML, so nothing in it can be trusted."
    #[guarded] YamlTab "yaml-tab" Error "YAML does not allow tabs for indentation: editors show them at different widths."
    #[guarded] YamlAlias "yaml-alias" Error "Anchors and aliases can make a small file stand for gigabytes, and hide where a value comes from."
    #[guarded] YamlTag "yaml-tag" Error "Tags change what a value is without saying so, and every program reads them differently."
    #[guarded] YamlDuplicateKey "duplicate-key" Error "A key given twice means that one of the two values is silently lost."
    #[guarded] UnclosedQuote "unclosed-quote" Error "A quote that is opened and never closed swallows the lines after it."
    #[guarded] TomlSyntax "toml-syntax" Error "The text is not valid TOML, so nothing in it can be trusted."
    #[guarded] UnclosedFrontMatter "unclosed-front-matter" Error "Front matter starts with --- or +++ and must end with the same line, or the page's text is taken for settings."
    #[guarded] FrontMatterUnreadable "front-matter-unreadable" Error "A page whose settings cannot be read may be a draft or internal; it is never published."
    #[guarded] TooLarge "too-large" Error "Front matter ends at 64 KiB and data files at 4 MiB: larger ones are mistakes or attacks."
    TurnedText "turned-text" Warning "Invisible characters that turn text around make a page read differently from what its author and reviewers see."
    #[guarded] NotUtf8 "not-utf8" Error "Only UTF-8 text can be read without guessing, and guessing turns names into nonsense."
    // Files
    NotAFile "not-a-file" Warning "Links can lead out of the project, and what lies there was never meant to be published."
    NameNotUtf8 "name-not-utf8" Error "A file name that is not text cannot become a web address."
    FileUnreadable "file-unreadable" Error "A file that cannot be read would be missing from the site without a word."
    // Configuration
    UnknownCode "unknown-code" Error "Setting the level of a diagnostic that does not exist changes nothing, most often through a spelling mistake."
    #[guarded] GuardedLevel "guarded-level" Error "Diagnostics that guard people's safety cannot be made milder or switched off."
    ReservedField "reserved-field" Error "Every page has this key already; a kind that declares it again would take its meaning away."
    DuplicateRecord "duplicate-record" Error "Two records with one name: one of them would silently be lost."
    NoWayToReach "contact-unreachable" Error "A contact with no number, address or form leaves a reader who needs help with nothing to do."
    ColourAdjusted "colour-adjusted" Info "A brand colour too pale to be read is darkened where it colours text, so that the site meets WCAG AA."
    UnknownAuthority "unknown-authority" Error "An authority that does not exist would build no site, without a word."
    UnknownRecord "unknown-record" Error "A data file nobody reads is lost work, most often through a spelling mistake in its name."
    AuthorityWithoutFile "authority-without-file" Error "Every authority has a name, and it stands in its authority.yaml."
    MissingLogo "missing-logo" Error "The logo is on every page; a file that is not there leaves a hole on each."
    UnknownLanguage "unknown-language" Warning "There are no words of this language for menus and labels, so English ones are printed."
    // Typing
    UnknownKey "unknown-key" Error "A key nobody reads is a setting that silently does nothing, most often a spelling mistake."
    #[guarded] WrongType "wrong-type" Error "The value is not of the kind this key needs."
    #[guarded] BadDate "bad-date" Error "Dates are written year, month, day: 2026-05-01. Other orders are read differently by different people."
    MissingField "missing-field" Error "A page of this kind is not useful to its readers without this field."
    UnknownKind "unknown-kind" Error "The kind decides which fields a page has and how it looks."
    #[guarded] UnknownChoice "unknown-choice" Error "This key takes one of a fixed list of values."
    #[guarded] NearMiss "near-miss" Error "A misspelt visibility, status or date would publish what was meant to be held back."
    EmptyValue "empty-value" Error "A required text that is empty prints as a hole on the page."
    BadValue "bad-value" Error "The value has the right type and cannot be right."
    // Pages
    TwoSources "two-sources" Error "Two files that make one address: whichever came last would silently win."
    TitleFromFileName "title-from-file-name" Info "Readers see this title in menus, lists and search."
    NoAddress "no-address" Error "Every page needs an address made of letters, digits and hyphens."
    SameAddress "same-address" Error "Two pages at one address: readers would see whichever was written last."
    SecondTitle "second-title" Warning "Screen readers announce the top heading as the name of the page, so there is one."
    #[guarded] RouteWithoutEmergency "route-without-emergency" Error "Somebody in danger reads this page; the first thing it says is whom to call now."
    UnknownRoute "unknown-route" Error "Reporting routes are shown on every page; a name that means nothing shows nothing."
    RedirectTwice "redirect-twice" Error "An old address can lead to one place only."
    RedirectOnPage "redirect-on-page" Error "A redirect on a page's own address would hide the page."
    NoPages "no-pages" Error "A site without any page of its own would replace one that is full, most often because a folder was renamed."
    // Links
    BrokenLink "broken-link" Error "A link that leads nowhere costs a reader the answer."
    BrokenAnchor "broken-anchor" Error "The link opens the page and not the place on it."
    #[guarded] UnsafeScheme "unsafe-scheme" Error "Links such as javascript: run code on the reader's machine."
    #[guarded] LinkToInternal "link-to-internal" Error "The words and the address of the link would tell the public about a page they may not see."
    LinkToDraft "link-to-draft" Error "The page linked to does not exist for readers yet."
    LinkByDate "link-by-date" Warning "The page linked to is not there on the day the site is built for."
    OutsideImage "outside-image" Error "Pictures from other sites tell those sites who is reading, and vanish when they do."
    ImageWithoutAlt "image-without-alt" Warning "Readers who cannot see the picture learn nothing of it."
    #[guarded] EndlessComment "endless-comment" Error "A comment that never ends takes the rest of the page with it, or is read as text and printed."
    RawHtml "raw-html" Warning "HTML in content can break the page's structure, and is shown as text instead."
    UnknownContact "unknown-contact" Error "The page would show no number where one is needed."
    ContactUnverified "contact-unverified" Warning "A wrong number on a page like this costs more than a missing one, so the page says that it is unchecked."
    MissingFact "missing-fact" Error "Names and roles are declared once for each authority; without one the sentence has a hole."
    UnknownTerm "unknown-term" Error "The glossary is the one place where words are explained."
    DirectiveNotReady "directive-not-ready" Error "The directive is known and does nothing yet; it must not vanish without a word."
    SamePath "same-path" Error "Two files at one path: one of them would be lost."
    #[guarded] PhotoLocation "photo-location" Error "Photographs can carry the address of the home they were taken in."
    SearchTest "search-test" Warning "Somebody has written down what readers type and which page they need; they would not find it."
    WordsOfDanger "words-of-danger" Warning "Somebody in danger would type these words and not be shown whom to call."
    // Templates
    #[guarded] Template "template" Error "A template that asks for what its view does not have would print a hole."
    UnknownTemplate "unknown-template" Error "The page names a template that does not exist."
    // Writing
    UnknownDirective "unknown-directive" Error "A block or element nobody knows prints as if its first line had not been there."
    UnknownAttribute "unknown-attribute" Error "A setting nobody reads does nothing, most often because of a spelling mistake."
    MissingAttribute "missing-attribute" Error "Without this setting the element has nothing to show."
    DirectiveMalformed "directive-malformed" Error "A bracket, brace or setting written wrongly is read as something other than what was meant."
    DirectiveNotClosed "directive-not-closed" Warning "A block that is not closed takes in everything that follows it."
    #[guarded] InternalNotClosed "internal-not-closed" Error "Where an internal block ends must be certain, or the public reads what was not meant for them."
    DirectiveStrayClose "directive-stray-close" Warning "A closing line that closes nothing means that a block ends somewhere else than its author thinks."
    #[guarded] DirectiveNotRead "directive-not-read" Error "A block that is read as ordinary text is printed, also when it was meant to be internal."
    #[guarded] NestedTooDeeply "nested-too-deeply" Error "Nobody can follow a hundred levels, and blocks at that depth would lose their meaning, also internal ones."
    #[guarded] MarkdownUnreadable "markdown-unreadable" Error "A page that cannot be read cannot be searched for what must not be published."
}
