//! Short names in scripts that are written to mislead.
//!
//! `$1`, `$2` in an expectation stand for a short name each: the same wherever they stand, and no other's.

use std::collections::BTreeMap;

use super::super::syntax::Syntax;
use super::super::tokens::{Kind, tokens};
use super::super::{lean, print, short};

/// A script with short names and all its signs.
fn renamed(script: &str) -> String {
    let tokens = tokens(script).unwrap();
    let texts = super::shortened(&Syntax::of(&tokens).unwrap()).unwrap();
    print(&tokens, texts.into_iter())
}

/// Shortens the names in the body of a function, and finds it as expected.
fn check(body: &str, expected: &str) {
    let whole = |body: &str| format!("(()=>{{{body}}})();\n");
    let (found, expected) = (renamed(&whole(body)), whole(expected));
    let (mut to, mut back) = (BTreeMap::new(), BTreeMap::new());
    let (one, other) = (tokens(&found).unwrap(), tokens(&expected).unwrap());
    let same = |(one, other): (&str, &str)| match other.starts_with('$') {
        true => {
            one.len() == 1
                && *to.entry(other.to_owned()).or_insert(one.to_owned()) == one
                && *back.entry(one.to_owned()).or_insert(other.to_owned()) == other
        }
        false => one == other,
    };
    let mut pairs = one.iter().map(|token| token.text).zip(other.iter().map(|token| token.text));
    assert!(one.len() == other.len() && pairs.all(same), "{body}\n{found}\n{expected}");
    for (_, name) in to {
        let from_outside = |place: usize| {
            one[place].text == name && !other[place].text.starts_with('$') && other[place - 1].text != "."
        };
        assert!(!(0..one.len()).any(from_outside), "{name} is taken: {found}");
    }
}

/// A script that stays as it is, but for white space.
fn stays(script: &str) {
    assert_eq!(short(script), lean(script));
}

#[test]
fn names_and_properties_are_told_apart() {
    check("const aa=1;f(aa.aa,aa?.aa,...aa,aa[aa]);", "const $1=1;f($1.aa,$1?.aa,...$1,$1[$1]);");
    check(
        "let aa=f.aa;aa.aa=aa;f({aa:aa.bb,'aa':1,aa(){return aa;}});",
        "let $1=f.aa;$1.aa=$1;f({aa:$1.bb,'aa':1,aa(){return $1;}});",
    );
    check("let aa=/aa/g;f('aa',\"aa\",aa,0xaa);", "let $1=/aa/g;f('aa',\"aa\",$1,0xaa);");
    check(
        "let aa=1;f(`aa ${aa} ${`${aa.aa}aa`} ${{aa}.aa}`);",
        "let $1=1;f(`aa ${$1} ${`${$1.aa}aa`} ${{aa:$1}.aa}`);",
    );
}

#[test]
fn what_is_both_is_written_out() {
    check("const aa=1,{bb,cc:dd}=aa;f(aa,dd,{bb,aa:bb,ee});", "const $1=1,{bb:$2,cc:$3}=$1;f($1,$3,{bb:$2,aa:$2,ee});");
    check(
        "const {aa=1,bb:{cc=aa,...dd}={},[ee]:gg,'hh':hh}=f(),[ii,,[jj=aa],...kk]=gg;f(cc,dd,hh,ii,jj,kk);",
        "const {aa:$1=1,bb:{cc:$2=$1,...$3}={},[ee]:$4,'hh':$5}=f(),[$6,,[$7=$1],...$8]=$4;f($2,$3,$5,$6,$7,$8);",
    );
    check("let aa,bb;({aa,bb:bb.cc,dd:[bb]=aa}=f());", "let $1,$2;({aa:$1,bb:$2.cc,dd:[$2]=$1}=f());");
}

#[test]
fn braces_and_colons_are_told_apart() {
    check("let aa=1,bb=2;f(aa?bb:aa,aa?{aa}:{bb},aa?.5:bb);", "let $1=1,$2=2;f($1?$2:$1,$1?{aa:$1}:{bb:$2},$1?.5:$2);");
    check("let aa=1,bb=aa?{aa}:{aa,bb:aa};f(bb);", "let $1=1,$2=$1?{aa:$1}:{aa:$1,bb:$1};f($2);");
    check(
        "let aa=1;one:for(;;){switch(aa){case aa:{let bb=aa;f(bb);break one;}default:{f(aa);}}}",
        "let $1=1;one:for(;;){switch($1){case $1:{let $2=$1;f($2);break one;}default:{f($1);}}}",
    );
    check("let aa=1;{aa,f(aa);}", "let $1=1;{$1,f($1);}");
}

#[test]
fn declarations_end_where_they_end() {
    check("let aa=`${f} ${f}`,bb=1;f(aa,bb);", "let $1=`${f} ${f}`,$2=1;f($1,$2);");
    check("const aa=f\n?1\n:2,bb=aa;f(bb);", "const $1=f\n?1\n:2,$2=$1;f($2);");
    check("const aa=(bb)=>bb\n||f,cc=1;f(aa,cc);", "const $1=($1)=>$1\n||f,$2=1;f($1,$2);");
}

#[test]
fn no_name_is_a_word_of_the_language() {
    let script: String = (0..3400).map(|number| format!("let v{number}=1;")).collect();
    let script = renamed(&format!("(()=>{{{script}}})();"));
    let names: Vec<&str> = script.split("let ").skip(1).filter_map(|rest| rest.split('=').next()).collect();
    assert_eq!(names.len(), 3400);
    assert!(!names.iter().any(|name| ["do", "if", "in", "of"].contains(name)));
}

#[test]
fn functions_of_every_form() {
    check(
        "f(aa);function aa(bb,{cc}={},...dd){return[bb,cc,dd,aa,arguments];}",
        "f($1);function $1($2,{cc:$3}={},...$4){return[$2,$3,$4,$1,arguments];}",
    );
    check(
        "const aa=async(bb)=>{await bb;},cc=async dd=>dd;f(aa,cc);",
        "const $1=async($1)=>{await $1;},$2=async $1=>$1;f($1,$2);",
    );
    check(
        "let aa=1;f({get aa(){return aa;},set bb(cc){f(cc);},async dd(cc){await cc;},get:aa,set:1,async:2});",
        "let $1=1;f({get aa(){return $1;},set bb($1){f($1);},async dd($1){await $1;},get:$1,set:1,async:2});",
    );
    check("const aa=function bb(cc){return bb(cc);};f(aa);", "const $1=function $1($2){return $1($2);};f($1);");
    check(
        "try{f();}catch{f();}try{f();}catch({aa}){let bb=1;f(bb);}",
        "try{f();}catch{f();}try{f();}catch({aa:$1}){let $2=1;f($2);}",
    );
}

#[test]
fn a_name_from_outside_stays() {
    check("f(status);{const status=1,aa=status;f(aa);}", "f(status);{const status=1,$1=status;f($1);}");
    check("f((name)=>name,name);", "f((name)=>name,name);");
    check("const aa=function bb(){};f(aa,bb);", "const $1=function bb(){};f($1,bb);");
    check("for(const aa of f())if(aa)f(aa);else f(-aa);f(aa);", "for(const aa of f())if(aa)f(aa);else f(-aa);f(aa);");
    check("try{f();}catch(aa){f(aa);}f(aa);", "try{f();}catch(aa){f(aa);}f(aa);");
    check("if(f){var aa=1;}f(aa);", "if(f){var $1=1;}f($1);");
}

#[test]
fn no_name_hides_another() {
    // The last parameter may have the name of what its function does not use.
    check(
        "const aa=1;f((bb)=>{f((cc)=>aa+bb+cc);});f((dd)=>dd);",
        "const $1=1;f(($2)=>{f(($3)=>$1+$2+$3);});f(($1)=>$1);",
    );
    check("f((aa)=>{let bb=1;f(bb);});", "f(($1)=>{let $2=1;f($2);});");
    check("let aa=1;if(f){var bb=2;}f(aa);", "let $1=1;if(f){var $2=2;}f($1);");
    check(
        "let aa=1;for(const bb of f())if(bb)f(bb);else f(aa);",
        "let $1=1;for(const $2 of f())if($2)f($2);else f($1);",
    );
    check("let aa=1;f((bb)=>bb?f:aa);", "let $1=1;f(($2)=>$2?f:$1);");
    // What a parameter is without a value may be a name from outside that the function has, too.
    check(
        "let aa=1;f(()=>{let bb=1;f(bb,(cc=aa)=>{let aa=2;f(aa,cc);});});",
        "let $1=1;f(()=>{let $2=1;f($2,($2=$1)=>{let $1=2;f($1,$2);});});",
    );
    let all: Vec<String> = ('a'..='z').chain('A'..='Z').chain(['_']).map(String::from).collect();
    let script = renamed(&format!("(()=>{{let $=[{}],one=1;g($,one);}})();", all.join(",")));
    let one = script.split("],").nth(1).and_then(|rest| rest.split('=').next()).unwrap();
    assert!(one.len() == 2 && script.contains(&all.join(",")), "{script}");
}

#[test]
fn what_is_not_understood_stays() {
    for script in [
        "(() => { class Aaa { #bb = 1; get cc() { return this.#bb; } } f(new Aaa()); })();",
        "(() => { const aaa = 1; f(eval('aaa')); })();",
        "(function () { const aaa = 1; with (aaa) { f(bbb); } })();",
        "(() => { function* aaa(bbb) { yield bbb; } f(aaa); })();",
        "(() => { const aaa = f()\nlet bbb = aaa, ccc = 1; f(bbb, ccc); })();",
        "(() => { const aaa = (bbb) => bbb\nf(aaa); })();",
        "(() => { const aaa = 1; f(aaa) { } /'/.test(aaa); })();",
        "(() => { for (const aaa of f()) do f(aaa); while (f); })();",
        "/*! Ours */ (() => { const aaa = 1; f(aaa); })();",
        "import { aaa } from 'bbb'; (() => { const ccc = 1; f(ccc); })();",
    ] {
        stays(script);
    }
}

#[test]
fn what_other_scripts_see_stays() {
    for script in [
        "const aaa = 1; f(aaa);",
        "var aaa = 1;",
        "function aaa(bbb) { return bbb; }",
        "{ var aaa = 1; }",
        "{ function aaa() {} }",
    ] {
        stays(script);
    }
    stays("let aaa; (() => { const bbb = 1; f(bbb); })();");
}

/// The theme's scripts have short names, and nothing else is changed.
#[test]
fn the_theme_keeps_everything_but_names() {
    for (name, script) in crate::source::builtin::below("static/theme").filter(|(name, _)| name.ends_with(".js")) {
        let script = std::str::from_utf8(script).unwrap();
        let (before, after) = (lean(script), renamed(script));
        assert!(after.len() < before.len(), "{name} has no short names");
        let (before, after) = (tokens(&before).unwrap(), tokens(&after).unwrap());
        let mut rest = after.iter();
        for (at, token) in before.iter().enumerate() {
            let is_property = at > 0 && before[at - 1].text == "." && (at < 3 || before[at - 2].text != ".");
            let is_number = token.text.starts_with(|c: char| c == '.' || c.is_ascii_digit());
            let new = rest.next().unwrap();
            assert_eq!(new.kind, token.kind, "{name}: {token:?} became {new:?}");
            if token.kind != Kind::Word || is_property || is_number {
                assert_eq!(new.text, token.text, "{name}");
            }
            // `{ a }` became `{ a: b }`.
            let behind = before.get(at + 1).map_or("", |next| next.text);
            if rest.as_slice().first().is_some_and(|next| next.text == ":") && behind != ":" {
                assert_eq!(new.text, token.text, "{name}");
                assert_eq!(rest.by_ref().nth(1).map(|next| next.kind), Some(Kind::Word), "{name}");
            }
        }
        assert_eq!(rest.count(), 0, "{name}");
    }
}
