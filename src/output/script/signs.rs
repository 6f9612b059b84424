//! Words and signs that a script can do without.
//!
//! In: tokens and their texts. Out: the texts, those that are not needed empty. What stays true: a parser reads the same
//! program, but for `let` in place of `const`, which nothing can tell where no constant is given a second value, and
//! TypeScript has seen that none of ours is. One word for both compresses better.

use std::borrow::Cow;

use super::syntax::{FIXED, Role, Syntax, is_one_of};

pub(super) fn spare(syntax: &Syntax<'_, '_>, texts: &mut [Cow<'_, str>]) {
    for at in 0..texts.len() {
        match syntax.text(at) {
            "const" | "let" if syntax.is_keyword(at) => join(syntax, texts, at),
            ";" if syntax.text(at + 1) == "}" && !is_statement(syntax, at) => texts[at] = Cow::Borrowed(""),
            // Behind another comma it counts as an entry.
            "," if matches!(syntax.text(at + 1), "}" | "]" | ")") && !matches!(syntax.before(at, 1), "," | "[") => {
                texts[at] = Cow::Borrowed("");
            }
            "(" => {
                if let Some(close) = syntax.closing(at).filter(|close| is_idle(syntax, at, *close)) {
                    texts[at] = Cow::Borrowed("");
                    texts[close] = Cow::Borrowed("");
                }
            }
            _ => {}
        }
    }
}

/// `let a = 1; let b = 2;` is `let a = 1, b = 2;`.
fn join(syntax: &Syntax<'_, '_>, texts: &mut [Cow<'_, str>], at: usize) {
    if !texts[at].is_empty() {
        texts[at] = Cow::Borrowed("let");
    }
    let Some(end) = syntax.expression(at + 1, true).filter(|end| syntax.text(*end) == ";") else { return };
    if matches!(syntax.text(end + 1), "const" | "let") {
        texts[end] = Cow::Borrowed(",");
        texts[end + 1] = Cow::Borrowed("");
    }
}

/// Whether a semicolon is a statement by itself, as in `while (a);`.
fn is_statement(syntax: &Syntax<'_, '_>, at: usize) -> bool {
    match syntax.before(at, 1) {
        ")" => syntax.opening(at - 1).is_none_or(|open| is_one_of("for if while", syntax.before(open, 1))),
        "}" => syntax.opening(at - 1).is_none_or(|open| syntax.is_block(open) && syntax.before(open, 1) != ">"),
        "" | ";" | "{" | ":" => true,
        word => is_one_of("do else", word),
    }
}

/// Whether a statement has ended before a token for sure, so that the end of a line says nothing more there: it is one
/// that ends with a block.
pub(super) fn follows_block(syntax: &Syntax<'_, '_>, at: usize) -> bool {
    let Some(open) = at.checked_sub(1).and_then(|last| syntax.opening(last)).filter(|open| syntax.is_block(*open))
    else {
        return false;
    };
    let Some(round) = open.checked_sub(1).and_then(|last| syntax.opening(last)) else {
        return is_one_of("catch else finally try", syntax.before(open, 1));
    };
    let first = round.saturating_sub(if syntax.before(round, 3) == "async" { 3 } else { 2 });
    let is_declared = syntax.before(round, 2) == "function" && matches!(syntax.before(first, 1), "" | ";" | "{" | "}");
    is_declared || is_one_of("catch for if while", syntax.before(round, 1))
}

/// Whether brackets can go.
fn is_idle(syntax: &Syntax<'_, '_>, open: usize, close: usize) -> bool {
    if syntax.is_arrow(close + 1) {
        return close == open + 2 && is_name(syntax, open + 1);
    }
    stands_alone(syntax, open, close) || is_operand(syntax, open, close)
}

fn is_name(syntax: &Syntax<'_, '_>, at: usize) -> bool {
    syntax.role(at) == Some(Role::Name) && !is_one_of(FIXED, syntax.text(at))
}

/// Whether an expression could stand without its brackets, whatever it is.
fn stands_alone(syntax: &Syntax<'_, '_>, open: usize, close: usize) -> bool {
    let may_begin = match syntax.before(open, 1) {
        "(" | "[" | "," | "return" => true,
        ">" => open > 1 && syntax.is_arrow(open - 2),
        _ => false,
    };
    let may_end = matches!(syntax.text(close + 1), ")" | "]" | "}" | "," | ";");
    let is_one = syntax.expression(open + 1, false) == Some(close);
    may_begin && may_end && is_one && !matches!(syntax.text(open + 1), "{" | ")")
}

/// Whether an operand that needs no brackets has some: a name with its properties and calls.
fn is_operand(syntax: &Syntax<'_, '_>, open: usize, close: usize) -> bool {
    let is_inside = match syntax.before(open, 1) {
        "return" => true,
        // Behind three points, not behind one.
        "." => syntax.before(open, 2) == ".",
        sign => matches!(sign, "=" | ">" | "(" | "[" | "," | ":" | "?" | "!" | "&" | "|" | "+" | "<"),
    };
    let mut at = open + 1;
    while at < close {
        at = match syntax.text(at) {
            "(" | "[" => syntax.closing(at).map_or(close, |end| end + 1),
            "." if syntax.is_word(at + 1) => at + 2,
            _ if at == open + 1 => at + 1,
            _ => return false,
        };
    }
    is_inside && is_name(syntax, open + 1)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::print;
    use super::super::syntax::Syntax;
    use super::super::tokens::tokens;
    use super::spare;

    /// Takes from the body of a function what it can do without; its names stay.
    fn check(body: &str, expected: &str) {
        let script = format!("(() => {{ {body} }})()");
        let tokens = tokens(&script).unwrap();
        let mut texts: Vec<Cow<'_, str>> = tokens.iter().map(|token| Cow::Borrowed(token.text)).collect();
        spare(&Syntax::of(&tokens).unwrap(), &mut texts);
        assert_eq!(print(&tokens, texts.into_iter()), format!("(()=>{{{expected}}})()\n"));
    }

    #[test]
    fn a_block_needs_no_last_semicolon() {
        check("f(); { g(); } if (f) { g(); }", "f();{g()}if(f){g()}");
        check("if (f) g(); else { }", "if(f)g();else{}");
        check("while (f());", "while(f());");
        check("{ for (;;); }", "{for(;;);}");
        check("{ if (f); }", "{if(f);}");
        check("{ if (f) g(); else; }", "{if(f)g();else;}");
        check("{ one: ; }", "{one:;}");
        check("{ ; }", "{;}");
        check("f(() => { while (g); });", "f(()=>{while(g);})");
    }

    #[test]
    fn brackets_go_where_they_hold_nothing_together() {
        check("f((g)); f = (g.h(1, 2)[3]); f(...(g));", "f(g);f=g.h(1,2)[3];f(...g)");
        check("return (f.g);", "return f.g");
        check("f((aa) => aa, async (aa) => aa, async(aa) => aa);", "f(aa=>aa,async aa=>aa,async aa=>aa)");
        check("f((g) in h); f((g), (h));", "f(g in h);f(g,h)");
        for kept in [
            "f((g,h))",
            "f=(g+h)*2",
            "f=(g?.h).h",
            "f=(g=h)",
            "new(f.g())()",
            "f(()=>0)",
            "f=(-g)",
            "f=(()=>0)()",
            "f(async(g))",
            "f=(g)(h)(i)",
            "(f.g)()",
            "f.g=h(i)",
        ] {
            check(kept, &kept.replace("=(g)(", "=g("));
        }
        check("f(({ gg }) => 0, (gg = 1) => 0, (...gg) => 0)", "f(({gg})=>0,(gg=1)=>0,(...gg)=>0)");
        check("f((g + h), [(g ? f : h)], (g = h)); return (-g);", "f(g+h,[g?f:h],g=h);return-g");
        check("f(aa => (aa ? 1 : 2), aa => (aa, 1), aa => ({ aa }), (aa))", "f(aa=>aa?1:2,aa=>(aa,1),aa=>({aa}),aa)");
        check("f((g + h) * 2, (g, h), (g || h).f, (g) => 0)", "f((g+h)*2,(g,h),(g||h).f,g=>0)");
    }

    #[test]
    fn a_list_needs_no_last_comma() {
        check("f([g, h,], { g, h, }, g,); [,]; [g,,]", "f([g,h],{g,h},g);[,];[g,,]");
    }

    #[test]
    fn variables_are_declared_together() {
        check("const aa = 1; let bb; const { cc } = f(aa); g(bb, cc);", "let aa=1,bb,{cc}=f(aa);g(bb,cc)");
        check(
            "for (const aa of f) { g(aa); } const bb = 1; var cc = 2; let dd;",
            "for(let aa of f){g(aa)}let bb=1;var cc=2;let dd",
        );
        check("let aa = f.const; f({ const: 1, let: aa });", "let aa=f.const;f({const:1,let:aa})");
    }
}
