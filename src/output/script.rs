//! The theme's scripts as they are published: without comments and without white space that says nothing; our own with
//! short names, too, and without signs that say nothing.
//!
//! In: the text of a script. Out: the same program. What stays true: an end of line stays wherever a semicolon may be
//! understood there (ECMA-262, 12.10); a script that cannot be divided for sure stays as it is. Projects may bring
//! scripts of their own, so `lean` holds for any script: the same tokens in the same order. `short` is for those inside
//! the program, and a check of the built sample compares what everything in them means before and after.

mod names;
mod scopes;
mod signs;
mod syntax;
mod tokens;

use std::borrow::Cow;

use syntax::Syntax;
use tokens::{Gap, Kind, Token, tokens};

/// Pairs of signs that would become one operator, or a comment, without the space between them.
const PAIRS: &str = "++ -- << >> >= <= == != => && || ?? ?. ** += -= *= /= %= &= |= ^= // /* <! ->";

/// Takes out comments and white space.
pub(super) fn lean(source: &str) -> String {
    let Some(tokens) = tokens(source) else { return source.to_owned() };
    print(&tokens, tokens.iter().map(|token| Cow::Borrowed(token.text)))
}

/// Takes out all that can go, and gives short names to what the script declares.
pub(super) fn short(source: &str) -> String {
    let Some(tokens) = tokens(source) else { return source.to_owned() };
    let shortened = Syntax::of(&tokens).and_then(|syntax| {
        let mut texts = names::shortened(&syntax)?;
        signs::spare(&syntax, &mut texts);
        let mut in_line = tokens.clone();
        for (at, token) in in_line.iter_mut().enumerate().filter(|(at, _)| signs::follows_block(&syntax, *at)) {
            token.gap = tokens[at].gap.min(Gap::Space);
        }
        Some(print(&in_line, texts.into_iter()))
    });
    shortened.unwrap_or_else(|| lean(source))
}

/// Prints tokens with the texts they are to have; those without one are left out.
fn print<'a>(tokens: &[Token<'_>], texts: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut out = String::new();
    let mut last: Option<&Token<'_>> = None;
    let mut gap = Gap::None;
    for (token, text) in tokens.iter().zip(texts) {
        gap = gap.max(token.gap);
        if text.is_empty() {
            gap = gap.max(Gap::Space);
            continue;
        }
        if let Some(last) = last {
            out.push_str(between(last, &Token { gap, ..*token }));
        }
        out.push_str(&text);
        last = Some(token);
        gap = Gap::None;
    }
    out.push('\n');
    out
}

/// What has to stand between two tokens.
fn between(last: &Token<'_>, next: &Token<'_>) -> &'static str {
    let is_notice = last.kind == Kind::Notice || next.kind == Kind::Notice;
    let (end, start) = (last.text.chars().next_back().unwrap_or(' '), next.text.chars().next().unwrap_or(' '));
    match next.gap {
        Gap::None => "",
        Gap::Line if is_notice || !(leads_on(last, end) || goes_on(last, next, start)) => "\n",
        _ if would_join(last, next, end, start) => " ",
        _ => "",
    }
}

/// Whether a statement may end between two tokens for no other reason than the end of a line.
fn may_end(last: &Token<'_>, next: &Token<'_>) -> bool {
    let operators = "? & | = < > * % ^";
    let is_operator = next.kind == Kind::Sign && operators.split(' ').any(|one| one == next.text);
    next.gap == Gap::Line && !is_operator && between(last, next) == "\n"
}

/// Whether a statement cannot end with this token, so that the line may go on.
fn leads_on(last: &Token<'_>, end: char) -> bool {
    let is_sign = matches!(last.kind, Kind::Sign | Kind::Text);
    // `+` and `-` may be the second half of `a++`.
    is_sign
        && matches!(
            end,
            '{' | '('
                | '['
                | ','
                | ';'
                | ':'
                | '?'
                | '='
                | '&'
                | '|'
                | '^'
                | '!'
                | '~'
                | '<'
                | '>'
                | '*'
                | '%'
                | '/'
                | '.'
        )
}

/// Whether this token cannot begin a statement: the line before goes on, or ends without a semicolon as well.
fn goes_on(last: &Token<'_>, next: &Token<'_>, start: char) -> bool {
    match start {
        '}' | ')' | ']' | ',' | ';' | ':' => matches!(next.kind, Kind::Sign | Kind::Text),
        // Behind a number a point would be the number's own.
        '.' => next.kind == Kind::Sign && !is_number(last),
        _ => false,
    }
}

fn is_number(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.starts_with(|c: char| c == '.' || c.is_ascii_digit())
}

/// Whether two tokens would be read as one, or as a comment.
fn would_join(last: &Token<'_>, next: &Token<'_>, end: char, start: char) -> bool {
    match (last.kind, next.kind) {
        (Kind::Notice, _) | (_, Kind::Notice) => false,
        (Kind::Word | Kind::Pattern, Kind::Word) => true,
        // `1 .toFixed()`, `a ? .5 : 1`
        (Kind::Word, Kind::Sign) => start == '.' && is_number(last),
        (Kind::Sign, Kind::Word) if start == '.' => end == '?',
        (Kind::Sign, Kind::Sign | Kind::Pattern) => {
            PAIRS.split(' ').any(|pair| pair.starts_with(end) && pair.ends_with(start))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{lean, short};

    /// What is left of a script, without the last end of line.
    fn left(source: &str) -> String {
        lean(source).strip_suffix('\n').map(str::to_owned).unwrap_or_default()
    }

    #[test]
    fn comments_and_spaces_go() {
        assert_eq!(left("// one\n  let a = 1; // two\n\n  /** @type {T} */\n  let b;\n"), "let a=1;let b;");
        assert_eq!(left("/* a */ f( /* b */ x ); /* c\n d */ g( )"), "f(x);g()");
        assert_eq!(left("if (a) {\n  b();\n} else {\n  c();\n}\n"), "if(a){b();}else{c();}");
        assert_eq!(left("const { a, b = [1, 2] } = c ?? (await d);"), "const{a,b=[1,2]}=c??(await d);");
    }

    #[test]
    fn texts_stay() {
        for text in [
            r#""a  // b""#,
            r"'it\'s /* here */'",
            "'a\\\n   b'",
            "`a  // ${ b } \n  /* c */`",
            "`\\`  ${1}`",
            r#"/[/'"]  \/\/ /gu"#,
        ] {
            assert_eq!(left(&format!("f( {text} )\n")), format!("f({})", text.replace("${ b }", "${b}")));
        }
        assert_eq!(left("`a ${ `b  ${ c + {} }  d` } e`"), "`a ${`b  ${c+{}}  d`} e`");
    }

    #[test]
    fn an_end_of_line_stays_where_it_may_end_a_statement() {
        for script in ["a\n(b)", "a\n[b]", "a\n++\nb", "return\nx", "let a = {}\nb", "x\n/y/g", "f()\nlet b", "a\n`b`"]
        {
            assert_eq!(left(script), script.replace(" = ", "="));
        }
        assert_eq!(left("a /* one\n two */ b"), "a\nb", "a comment over two lines ends a line, too");
        assert_eq!(
            left("class A {\n  get\n  x\n  [y]\n  static\n  *z() {}\n}"),
            "class A{get\nx\n[y]\nstatic\n*z(){}}"
        );
        assert_eq!(left("a\u{2028}b\r\nc"), "a\nb\nc");
    }

    #[test]
    fn an_end_of_line_goes_where_it_cannot() {
        assert_eq!(left("f(\n  a,\n  b\n)\n"), "f(a,b)");
        assert_eq!(left("const f = (a) =>\n  a\n    .b()\n    .c;\ng()"), "const f=(a)=>a.b().c;g()");
        assert_eq!(left("a = b\n  ? c\n  : d\n"), "a=b\n?c:d");
    }

    #[test]
    fn signs_do_not_run_together() {
        for (script, expected) in [
            ("a + + b", "a+ +b"),
            ("a + ++ b", "a+ ++b"),
            ("a - - b", "a- -b"),
            ("a-- > b", "a-- >b"),
            ("a < ! --b", "a< !--b"),
            ("a / /b/", "a/ /b/"),
            ("a ? .5 : 1", "a? .5:1"),
            ("1 .b", "1 .b"),
            ("/a/ in b", "/a/ in b"),
            ("a in b", "a in b"),
            ("a & & b", "a& &b"),
        ] {
            assert_eq!(left(script), expected);
        }
        assert_eq!(left("a = - b"), "a=-b");
        assert_eq!(left("a = + /b  c/"), "a=+/b  c/");
        assert_eq!(left("1\n.b"), "1\n.b");
    }

    #[test]
    fn divisions_are_told_from_patterns() {
        assert_eq!(left("a = b / c; d = '/  '"), "a=b/c;d='/  '");
        assert_eq!(left("x = (a) / 2 + (b / '  '.length)"), "x=(a)/2+(b/'  '.length)");
        assert_eq!(left("if (a) /'  /.test(b)"), "if(a)/'  /.test(b)");
        assert_eq!(left("return /'  \"/g"), "return/'  \"/g");
        assert_eq!(left("a.return / 2; b?.if(c) / '  '.length"), "a.return/2;b?.if(c)/'  '.length");
        assert_eq!(left("[...typeof /'  /]"), "[...typeof/'  /]");
        assert_eq!(left("a[0] / 1 / '  '.length"), "a[0]/1/'  '.length");
        assert_eq!(left("`${ /`  }/ }`"), "`${/`  }/}`");
    }

    #[test]
    fn what_is_unclear_is_left_alone() {
        for script in [
            "f() { } /'  /.test( a )",
            "i++ / 2",
            "for (a of /'  /) { }",
            "await (a) / 2",
            "a\n--> a comment of the nineties",
            "<!-- another\n",
            "#!/usr/bin/env node\na  ()",
            "\\u0061  = 1",
            "let  a = 'open\n'",
            "let  a = `open",
            "a /* open",
            "a /* open /",
            "a  = /open\n/",
            "f( (a )",
            "f( a))",
            "a  = 1 \u{85} 2",
        ] {
            assert_eq!(lean(script), script);
        }
    }

    #[test]
    fn lines_go_on_behind_statements_that_end_with_a_block() {
        for (body, expected) in [
            ("function n() {\n}\nb()", "function n(){}b()"),
            ("a();\nasync function n() { }\n(c)", "a();async function n(){}(c)"),
            // Where a semicolon is understood the line ends.
            ("a = function () { }\nb()", "a=function(){}\nb()"),
            ("a = () => { }\nb()", "a=()=>{}\nb()"),
            ("if (a) { b() }\nfor (;;) { }\nwhile (a) { }\nc()", "if(a){b()}for(;;){}while(a){}c()"),
            ("try { }\ncatch { }\ntry { }\nfinally { }\nb()", "try{}catch{}try{}finally{}b()"),
        ] {
            let script = short(&format!("(() => {{ {body}; c() }})()"));
            assert_eq!(script.trim_end(), format!("(()=>{{{expected};c()}})()"));
        }
    }

    #[test]
    fn licences_stay() {
        assert_eq!(
            left("/*! Ours\n 2026 */\n\nf( );\n/* @license MIT */ g( )"),
            "/*! Ours\n 2026 */\nf();\n/* @license MIT */g()"
        );
    }

    #[test]
    fn what_is_lean_stays() {
        for (_, script) in crate::source::builtin::below("static/theme").filter(|(name, _)| name.ends_with(".js")) {
            let script = std::str::from_utf8(script).unwrap();
            let once = lean(script);
            assert!(once.len() * 4 < script.len() * 3, "{script}");
            assert_eq!(lean(&once), once);
        }
    }
}
