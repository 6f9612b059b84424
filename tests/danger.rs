//! Words of danger: which reporting routes a query calls for.
//!
//! In: a site with routes and their `show_for`. Out: the routes of an answer. What stays true: they are called however
//! the words are spelt, wherever they stand, and move no result.

use std::fs;
use std::time::Duration;

use guidepost::pipeline::{Memo, Timings, build};
use guidepost::search::{Engine, Index, Level, Typed, index};

use crate::built::{files_of, memory, options, repository};
use crate::ranking::site;

/// A route with its words, or with none.
fn route(show_for: &str) -> String {
    format!(
        "---\ntitle: A route\nkind: route\nfor: child\nemergency_if: [now]\n{show_for}\n---\n\nYou do not need proof.\n"
    )
}

const CHILD: &str =
    "show_for:\n  immediate: [hit, hurt my child, suicide, touching me]\n  concern: [worried about a child, neglect]";
const HOME: &str = "show_for:\n  immediate: [scared he hit me]\n  concern: [domestic abuse, sexually abused]";

fn routes(child: &str, home: &str) -> Index {
    site(&[
        ("a/child.md", &route(child)),
        ("a/home.md", &route(home)),
        ("b.md", "# Hit rates and killer facts\n\nHow often a target is hit. Children, scared or not.\n"),
        ("c.md", "# Keeping in contact\n\nAbuse of process, and a child. Say no.\n"),
    ])
}

/// `child!` for danger now, `child?` for a worry.
fn called(index: &Index, query: &str) -> String {
    let answer = Engine::new(index).answer(query, 10, Typed::Finished);
    let name = |level| if level == Level::Immediate { "!" } else { "?" };
    answer.routes.iter().map(|shown| format!("{}{}", shown.route.id, name(shown.level))).collect::<Vec<_>>().join(" ")
}

#[test]
fn routes_are_called_by_stems_synonyms_and_typos_anywhere() {
    let index = routes(CHILD, HOME);
    for (query, expected) in [
        ("my dad hits me", "child!"),
        ("is it wrong that he was hitting", "child!"),
        ("he beat me", "child!"),
        ("i want to end my life", "child!"),
        ("kill myslef or kill myself", "child!"),
        ("suicde", "child!"),
        ("sucidal thoughts at night", "child!"),
        ("somebody hrut my kid", "child!"),
        ("somebody hurted my kid", "child!"),
        ("neglict", "child?"),
        ("i am woried about my neighbours child", "child?"),
        ("domestic vilence", "home?"),
        ("DV", "home?"),
        ("molested", "home?"),
        ("he touches me", "child!"),
    ] {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}

#[test]
fn ordinary_questions_call_for_nothing() {
    let index = routes(CHILD, HOME);
    for query in
        ["", "killer facts", "abuse of process", "child", "children", "contact", "my", "domestic", "hut", "me", "rate"]
    {
        assert_eq!(called(&index, query), "", "{query}");
    }
}

#[test]
fn one_telling_word_calls_only_beside_small_words() {
    let words = "show_for:\n  immediate: [hurts me, locked in, locked me in, going to kill, not breathing]\n  concern: [am scared, leave him, not safe]";
    let index = routes(words, "");
    for (query, expected) in [
        ("he hurts us", "child!"),
        ("my uncle hrts me", "child!"),
        ("injured him", "child!"),
        ("she locked me in the room", "child!"),
        ("locked in all day", "child!"),
        ("i'm scared", "child?"),
        ("afraid, i am frightened", "child?"),
        ("how do i leave him", "child?"),
        ("annual leave", ""),
        ("leave the meeting", ""),
        ("so scared", "child?"),
        ("scared of the court hearing", ""),
        ("isn't safe here", "child?"),
        ("locked cabinet", ""),
        ("road safety", ""),
        ("my baby isn't breathing", "child!"),
        ("she cant breathe", "child!"),
        ("breathing space", ""),
        ("killer facts", ""),
    ] {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}

#[test]
fn of_a_short_word_a_letter_may_be_missing_where_more_is_said() {
    let words =
        "show_for:\n  immediate: [kill me, hurt my child, rape, not want to die]\n  concern: [left alone, gang]";
    let index = routes(words, "");
    for (query, expected) in [
        ("he will kil me", "child!"),
        ("somebody hrt my child", "child!"),
        ("i do not want to di", ""),
        ("lft alone all night", "child?"),
        ("kil", ""),
        ("kil bill", ""),
        ("rap music", ""),
        ("gan", ""),
        ("gagging order", ""),
        ("rapping", ""),
        ("raep", "child!"),
    ] {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}

#[test]
fn words_that_tell_nothing_call_only_as_they_stand() {
    let words = "show_for:\n  immediate: [want to die, not want to be here, not want to live]\n  concern: [i need to get out, been at me again]";
    let index = routes(words, "");
    for (query, expected) in [
        ("i want to die", "child!"),
        ("she wants to dy", ""),
        ("what do parents want when somebody dies", ""),
        ("i dont want to be here any more", "child!"),
        ("do not want to be here", "child!"),
        ("not here, to be, want", ""),
        ("he doesn't want to live", "child!"),
        ("where do you want to live", ""),
        ("please i need to get out", "child?"),
        ("what do i need to find out", ""),
        ("he has been at me again", "child?"),
        ("been again at me", ""),
        ("me", ""),
        ("here", ""),
    ] {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}

#[test]
fn a_search_may_call_by_saying_nothing_else() {
    let words = "show_for:\n  immediate: [hit]\n  alone: [help, help me, in danger now]\n  except: [… training]";
    let index = routes(words, HOME);
    for query in ["help", "Help!", "help me", "“help us”", "in danger now", "danger help hit"] {
        assert_eq!(called(&index, query), "child!", "{query}");
    }
    for query in ["help me with a form", "can you help", "helpline", "how to help", "danger now", "help training"] {
        assert_eq!(called(&index, query), "", "{query}");
    }
}

#[test]
fn a_phrase_may_be_run_together() {
    let child =
        "show_for: {immediate: [kill me, scared of him, hurting my mum], alone: [kms, help me], except: [hit rate]}";
    let index = routes(child, "show_for: {concern: [hit us]}");
    let cases = [
        ("he will killme", "child!"),
        ("killme", "child!"),
        ("Kill-me", "child!"),
        ("im scaredofhim", "child!"),
        ("he is hurtingmum", "child!"),
        ("helpme", ""),
        ("km/s", ""),
        ("10kms", ""),
        ("hiatus", ""),
        ("hitus", "home?"),
        ("help hit rate me", ""),
        ("hit rate kms", ""),
    ];
    for (query, expected) in cases {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}

#[test]
fn an_exception_may_begin_with_any_word() {
    let child = "show_for:\n  immediate: [hit, suicide]\n  concern: [neglect]\n  except: [… training, ... risk assessment, suicide prevention]";
    let index = routes(child, HOME);
    for (query, expected) in [
        ("neglect training", ""),
        ("Neglect training, dates", ""),
        ("domestic abuse training", ""),
        ("suicide prevention training", ""),
        ("suicide risk assessments", ""),
        ("training about neglect", "child?"),
        ("he hit me after training", "child!"),
        ("training", ""),
        ("neglect", "child?"),
        // Not "… training", though they have the same stem.
        ("he hit me on the train", "child!"),
        ("neglect train", "child?"),
        ("neglect trainings", ""),
    ] {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}

#[test]
fn exceptions_mean_something_else() {
    let child = "show_for:\n  immediate: [hit, attacked]\n  concern: [abuse]\n  except: [hit rate, abuse of process, attachment]";
    let index = routes(child, HOME);
    for (query, expected) in [
        ("hit rates", ""),
        ("what is the hit rate", ""),
        ("he hit me on the hit rate", "child!"),
        ("abuse of process", ""),
        ("attachments", ""),
        ("atacked", "child!"),
        ("abuse of a process", "child?"),
    ] {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}

#[test]
fn words_of_the_synonyms_are_not_misspelt() {
    // "refuses" is near to "refuge", and no page of this site has it
    let index = routes("", "show_for:\n  immediate: [hit]\n  concern: [refuge]");
    assert_eq!(called(&index, "a parent refuses"), "");
    assert_eq!(called(&index, "refuje"), "home?");
}

#[test]
fn danger_comes_before_worry_and_what_was_said_whole_before_a_part_of_it() {
    let index = routes(CHILD, HOME);
    assert_eq!(called(&index, "scared he hit me"), "home! child!");
    assert_eq!(called(&index, "he hit me"), "child!");
    assert_eq!(called(&index, "domestic abuse and he hit me"), "child! home?");
    assert_eq!(called(&index, "domestic abuse and neglect"), "home? child?");
}

#[test]
fn routes_move_no_result_and_show_where_there_is_none() {
    let (with, without) = (routes(CHILD, HOME), routes("", ""));
    for query in ["hit", "scared he hit me", "child neglect", "suicide"] {
        let [with, without] =
            [&with, &without].map(|index| Engine::new(index).answer(query, 10, Typed::Finished).results);
        assert_eq!(with, without, "{query}");
    }
    assert!(Engine::new(&with).answer("suicide", 10, Typed::Finished).results.is_empty());
    assert_eq!(called(&with, "suicide"), "child!");
}

#[test]
fn the_sample_calls_for_help_as_people_ask_for_it() {
    let content = files_of(&repository("content")).into_iter().map(|(name, bytes)| (format!("content/{name}"), bytes));
    let settings = fs::read(repository("guidepost.yaml")).expect("the sample has settings");
    let files = memory(content.chain([("guidepost.yaml".to_owned(), settings)]));
    let memo = Memo::default();
    let built = build(&files, &options(), Some(&memo), Timings::new(|| Duration::ZERO)).expect("memory is read");
    let index = index(&built.sites[0].site, &memo.analyses);
    for query in [
        "my baby isn't breathing",
        "on the train tracks",
        "i want to jump in front of a train",
        "he breached the non molestation order",
        "he is striking me",
        "my partner slaped me",
        "kill my self",
        "harming himself",
        "im in danger",
        "my child is in danger",
        "pls help me",
        "i cant go on",
        "baby stopped breathing",
        "i can't breathe he choked me",
        "my child is missing",
        "children home alone next door",
        "i can hear a child screaming",
        "he has a knife",
        "he broke my arm",
        "took too many pills",
        "knife",
        "he threatens to take the kids",
        "I don't want to be here any more",
        "please help us",
        "sexual assault",
        "my son is kicking off",
        "i think it's a heart attack",
        "help me!",
        "hes hittin her agen",
        "my stepdad comes in my room at night",
        "my son came back from his dads with marks on him",
        "my dad locked me outside all night",
        "cant find my son",
        "my son says he wants to kill himself",
        "shes taken loads of tablets",
        "im going to jump off a bridge",
        "somewhere safe to go with my kids tonight",
        "he took all my pills",
        "i did cut deep into myself",
        "kms",
        "he will kil me",
        "grandad batters them",
        "found him tied up in the shed",
        "he drags me by my hair",
        "ex broke his restraining order tonight",
        "kids next door on their own all night",
        "dad has a black eye he says she did it",
        "nobody would miss me if i was gone",
    ] {
        assert!(called(&index, query).contains('!'), "{query}");
    }
    for query in [
        "somebody is grooming my son",
        "my husband is violent",
        "he put a tracker on my car",
        "carer is nicking money from my mum",
        "my boss took my passport",
        "i want to report a child",
        "he is taking the children abroad without telling me",
        "bedsores down to the bone",
        "forced marriage",
        "he controls my money",
        "i'm afraid i can't go home",
        "my boyfriend tells me what to wear",
        "my parents are making me get married",
        "kids next door always crying",
        "my nan cant look after herself",
        "my teacher keeps texting me and says its our secret",
        "my dad is drunk",
        "was i abused",
    ] {
        assert!(called(&index, query).contains('?'), "{query}");
    }
    for query in [
        "panic attack",
        "emergency protection order",
        "emergency contact details",
        "hit the ground running",
        "kick off meeting",
        "help me with a form",
        "hit target for assessments",
        "MARF",
        "drug and alcohol service referral",
        "missing children return interview form",
        "my daughter is scared of dogs",
        "cookery class knife skills",
        "home alone age guidance",
        "end of life care",
        "life story work ending",
        "star chart",
        "mileage kms",
        "alcohol support for parents",
        "hep",
        "missing child benefit",
        "i'm afraid I can't attend",
        "refugee family",
        "attachment theory",
        "where do you want to live",
        "neglect training",
        "child protection conference report template",
        "taking a foster child on holiday abroad",
        "follow your plan",
        "seeing children on their own during visits",
        "is the plan being followed",
        "noise complaint",
        "moved from Manchester",
        "suicide prevention policy",
        "knife crime",
        "striking evidence",
        "i cant go on the trip",
        "data breach",
        "train the trainer",
    ] {
        assert_eq!(called(&index, query), "", "{query}");
    }
}

#[test]
fn words_that_must_stand_together() {
    let words = "show_for:\n  together: [not come home, left behind]\n  concern: [money stolen]\n  concern_together: [report a child]\n  alone: [save us]\n  except: [cannot come home, … education]";
    let index = routes(words, "");
    for (query, expected) in [
        ("my daughter hasn't come home", "child!"),
        ("She did not come home.", "child!"),
        ("never come home", "child!"),
        ("came home", ""),
        ("he isnt comming home", "child!"),
        ("when can my kids come home", ""),
        ("not sure when they come home", ""),
        ("home they come not", ""),
        ("left behind", "child!"),
        ("what was left of it behind the door", ""),
        ("notcomehome", ""),
        ("stolen, all his money", "child?"),
        ("my kid aint come home", "child!"),
        ("he cannot come home", ""),
        ("how to report a child", "child?"),
        ("reporting a chlid", "child?"),
        ("child protection report", ""),
        ("left behind education", ""),
        ("left behind, in her education", "child!"),
        ("save us", "child!"),
        ("please save us", ""),
    ] {
        assert_eq!(called(&index, query), expected, "{query}");
    }
}
