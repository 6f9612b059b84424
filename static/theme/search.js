// Search in the browser: the twin of src/search. A classic script without import or export: it runs in a page, from
// file:// and in Node. It draws nothing; search-results.js does.
//
// guidepost.search.open(base, manifestPath) -> Promise<Engine>
//   base: address of the site's root as the page sees it ("../"); manifestPath: `site.assets.search`, from that root.
//   Fetches the core file. Call it when the box has focus, not before.
// engine.query(text, { typing, limit, audience, kind }) -> Promise<Result>
//   typing: true while the last word may be unfinished. audience, kind: ids to filter by. Loads more files as needed.
// engine.suggest(text, limit) -> [{ text }, { url, title, lang?, dir? }]
//   Synchronous. `text` completes what was typed; a page has `url` and `title`.
// engine.routesFor(text) -> [{ id, title, url, level, emergency?, phone? }]
//   Synchronous. level: "immediate" | "concern"; emergency: { text, href }; phone: { name, text, href }.
// Result = {
//   query, total,
//   results: [{ url, title, lang?, dir?, kind, kindLabel, heading, anchor, crumbs: [{ url, title, lang?, dir? }], score,
//               excerpt: [{ text, mark }] }],        url: from the site's root, without base and without fragment;
//                                                    lang, dir: only where they are not the site's
//   facets: { kind: [[id, label, count]], audience: [[id, label, count]] },    each counted within the other filter
//   corrected: { "neglict": "neglect" }, dropped: ["xyzzy"], routes: as routesFor,
//   lookedAt?: 100                         pages read for phrases in quotation marks, where more may hold them
// }
// guidepost.search.read(address) -> Promise<ArrayBuffer> may be replaced, as search-portable.js does.
//
// What stays true: words are divided, folded and stemmed exactly as src/text and src/search do it, numbers are added,
// multiplied and divided in the same order, and ties go by the number of the page. tests/search compares the two.
(function () {
  "use strict";

  /**
   * @typedef {Record<"saturation" | "bodyNorm" | "fieldNorm" | "title" | "heading" | "summary" | "keywords" | "body" | "section" |
   *   "titleCover" | "coverBase" | "coverShare" | "synonym" | "prefix" | "longer" | "oneEdit" | "twoEdits" | "small" | "asking" | "floor" | "whole", number>} Constants of the ranking, from src/search/ranking.rs
   * @typedef {{ name: string, text: string, href: string }} Call
   * @typedef {"immediate" | "concern"} Level
   * @typedef {{ id: string, title: string, url: string, emergency?: Call, phone?: Call, immediate: string[], concern: string[] }} RouteWords
   * @typedef {{ id: string, title: string, url: string, level: Level, emergency?: Call, phone?: Call }} Route
   * @typedef {{ pages: Int32Array, pageCounts: Uint8Array, sections: Int32Array, sectionCounts: Uint8Array }} Term where a stem stands
   *
   * @typedef {"irregular" | "special" | "step2" | "step3" | "step4" | "letters"} Tables of src/search/stem.rs and src/text/fold.rs
   *
   * The first object of the core file; src/search/encoding.rs writes it.
   * @typedef {{ lengths: number[], folder: string, shards: number[], unstemmed: number, languages: { lang: string, dir: string }[], kinds: [string, string][],
   *   audiences: [string, string][], urls: string[], titles: string[], synonyms: string[], mutual: number, routes: RouteWords[], except: string[], kin: string[][], gaps: string[],
   *   constants: Constants, small: string[], asking: string[], tables: Record<Tables, [string, string][]> }} Head
   *
   * Everything that answers queries. Lengths are in words; `first` has the first section of each page and, last, their
   * number; `texts` has the bundle of each page's texts and the first of them there; `ranked` are the words, frequent ones first; `language` has the place in `languages` of each page, from 1, or nothing; `body` are zeros to count in.
   * @typedef {Omit<Head, "synonyms"> & { titleWords?: string[][], offered?: string[], lone?: string[], titleLength: Uint8Array, kind: Uint8Array, audience: Uint8Array, language: Uint8Array,
   *   prior: Uint8Array, withdrawn: Uint8Array, parent: number[], first: Int32Array, pageOf: Int32Array, body: Float64Array, texts: [number, number][],
   *   norms: Record<"title" | "summary" | "keywords" | "body" | "section" | "heading", Float64Array>,
   *   words: string[], ranked: string[], frequency: Uint8Array, places: Map<string, number>, others: Set<string>, stemOf: string[],
   *   stems: string[], numbers: Map<string, number>, terms: Term[], synonyms: Map<string, string[][]>, longest: number }} Core
   *
   * @typedef {{ text: string, start: number, end: number }} Place a word where it stands
   * @typedef {Place & { word: string, quoted: boolean }} Token a word of the query, folded
   * @typedef {{ factor: number, terms: [number, number][] }} Word how much of it counts; the terms it may stand for, with weights
   * @typedef {{ own: Word[], alternatives: Word[][], untold: Notes }} Unit a word or phrase, phrases that mean the same, and what is to be said of its own words where even these find nothing
   * @typedef {{ corrected: Record<string, string>, dropped: string[] }} Notes
   * @typedef {{ page: number, section: number, score: number }} Row a page with its best section
   * @typedef {{ typed: string, words: string[] }} Phrase
   * @typedef {{ text: string, mark: boolean }} Piece
   * @typedef {[id: string, label: string, count: number]} Facet
   * @typedef {{ typing?: boolean, limit?: number, audience?: string, kind?: string }} Options
   * @typedef {{ url: string, title: string, lang?: string, dir?: string }} Named a page
   * @typedef {Named & { kind: string, kindLabel: string, heading: string, anchor: string, crumbs: Named[], score: number, excerpt: Piece[] }} Hit
   * @typedef {{ query: string, total: number, results: Hit[], facets: { kind: Facet[], audience: Facet[] },
   *   corrected: Record<string, string>, dropped: string[], lookedAt?: number, routes: Route[] }} Result
   */

  /** @type {any} */
  const guidepost = /** @type {any} */ (globalThis).guidepost ??= {};

  // What the index brings along, so that it is written once, in Rust: a page has one index.
  /** @type {Core} */
  let core;
  /** @type {Constants} */
  let K;
  /** Words that every sentence has, and words of questions. @type {Set<string>} */
  let small, /** @type {Set<string>} */ asking;
  /** Words and endings for the stems, letters for folding. @type {Record<Tables, Map<string, string>>} */
  const tables = /** @type {any} */ ({});

  // ---- Words ----

  const WORD = /[\p{Alphabetic}\p{N}]([\p{Alphabetic}\p{N}\p{M}\u00AD\u200B-\u200D]|['\u2018\u2019\u02BC\uFF07](?=[\p{Alphabetic}\p{N}]))*/gu;

  /** @param {string} text @returns {Place[]} */
  const words = (text) => Array.from(text.matchAll(WORD), ({ 0: text, index }) => ({ text, start: index, end: index + text.length }));

  /** @param {string} word */
  function fold(word) {
    if (/^[a-z0-9]+$/.test(word)) return word;
    const lower = word.replace(/[\u2018\u2019\u02BC\uFF07]/g, "'").normalize("NFKD").toLowerCase();
    return lower.replace(/\p{M}|[^\p{Alphabetic}\p{N}']/gu, "").replace(/'s$|'/g, "").replace(/[^a-z]/g, (letter) => tables.letters.get(letter) ?? letter);
  }

  /** @param {string} text */
  const folded = (text) => words(text).map((word) => fold(word.text)).filter(Boolean);

  // ---- Stems: Snowball's English (https://snowballstem.org/algorithms/english/stemmer.html), version 3.2 ----

  /** Where the part after the first vowel and consonant begins. @param {string} word @param {number} from */
  function region(word, from) {
    const at = word.slice(from).search(/[aeiouy][^aeiouy]/);
    return at < 0 ? word.length : from + at + 2;
  }

  /** @param {string} word */
  const hasVowel = (word) => /[aeiouy]/.test(word);
  /** @param {string} word */
  const endsShort = (word) => /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/.test(word);

  /** @param {string} word @param {number} r1 */
  function step1b(word, r1) {
    const match = /(eedly|ingly|edly|eed|ing|ed)$/.exec(word);
    if (!match) return word;
    const before = word.slice(0, match.index);
    if (match[0].startsWith("eed")) return match.index >= r1 && !/^(succ|proc|exc)$/.test(before) ? before + "ee" : word;
    if (match[0] === "ing") {
      if (/^[^aeiouy]y$/.test(before)) return before[0] + "ie";
      if (/^(even|cann|inn|earr|herr|out)$/.test(before)) return word;
    }
    if (!hasVowel(before)) return word;
    if (/(at|bl|iz)$/.test(before)) return before + "e";
    if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(before)) return /^[aeo]..$/.test(before) ? before : before.slice(0, -1);
    return before.length === r1 && endsShort(before) ? before + "e" : before;
  }

  /**
   * The longest ending of a table, replaced if it stands in the region and behind one of the letters it needs.
   * @param {string} word @param {Map<string, string>} table @param {number} region
   */
  function replaced(word, table, region) {
    for (let at = Math.max(word.length - 7, 0); at < word.length; at++) {
      const [by, needs] = table.get(word.slice(at))?.split(" ") ?? [];
      if (by !== undefined) return at >= region && (!needs || needs.includes(word[at - 1])) ? word.slice(0, at) + by : word;
    }
    return word;
  }

  /** @param {string} given */
  function snowball(given) {
    const special = tables.special.get(given);
    if (special) return special;
    let word = given.replace(/(^|[aeiouy])y/g, "$1Y");
    const r1 = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(word)?.[0].length ?? region(word, 0);
    const r2 = region(word, r1);
    if (/sses$/.test(word)) word = word.slice(0, -2);
    else if (/ie[ds]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
    else if (/[^su]s$/.test(word) && hasVowel(word.slice(0, -2))) word = word.slice(0, -1);
    word = step1b(word, r1).replace(/(.[^aeiouy])[yY]$/, "$1i");
    word = replaced(word, tables.step2, r1);
    word = replaced(word, tables.step3, word.endsWith("ative") ? r2 : r1);
    word = replaced(word, tables.step4, r2);
    const last = word.length - 1;
    const drops = /e$/.test(word) ? last >= r2 || (last >= r1 && !endsShort(word.slice(0, -1))) : /ll$/.test(word) && last >= r2;
    return (drops ? word.slice(0, -1) : word).replaceAll("Y", "y");
  }

  /** @type {Map<string, string>} */
  const stems = new Map();

  /** @param {string} word */
  function stem(word) {
    const found = stems.get(word) ?? (/^[a-z]{3,}$/.test(word) ? snowball(tables.irregular.get(word) ?? word) : word);
    stems.set(word, found);
    return found;
  }

  /** What a phrase is looked up by. @param {string[]} phrase */
  const keyOf = (phrase) => phrase.map(stem).join(" ");

  // ---- Reading files ----

  /** @param {string} address */
  async function read(address) {
    const response = await fetch(address);
    // A page to log in may come with "200 OK".
    if (!response.ok || /html/.test(`${response.headers.get("content-type")}`)) throw Error(`search: ${response.status} ${address}`);
    return response.arrayBuffer();
  }

  /** @param {string} base @param {string} path */
  async function bytes(base, path) {
    const raw = new Uint8Array(await api.read(base + path));
    // A host that says "Content-Encoding: gzip" has it unpacked already.
    if (raw[0] !== 31 || raw[1] !== 139) return raw;
    const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** @param {Uint8Array} data */
  const decoded = (data) => new TextDecoder().decode(data);

  /** @param {Uint8Array} data */
  function reader(data) {
    let at = 0;
    return {
      more: () => at < data.length,
      /** @param {number} length */
      take: (length) => data.subarray(at, (at += length)),
      number() {
        let value = 0;
        for (let shift = 0; ; shift += 7) {
          // Of a file cut short more would be asked for without end.
          if (at >= data.length) throw Error("search: no index");
          const byte = data[at++];
          value += (byte & 127) << shift;
          if (byte < 128) return value;
        }
      },
    };
  }

  /** The length a byte stands for. @param {number} code */
  const lengthOf = (code) => (code < 16 ? code : (8 + (code & 7)) << ((code >> 3) - 1));

  /** Lengths against the average: shorter texts say more with one word. @param {number[] | Uint8Array | Int32Array} values @param {number} [share] */
  function relative(values, share = K.fieldNorm) {
    let sum = 0;
    for (const value of values) sum += value;
    const average = sum / values.length || 1;
    return Float64Array.from(values, (value) => 1 - share + (share * value) / average);
  }

  /** @param {Uint8Array} data */
  function readCore(data) {
    if (decoded(data.subarray(0, 4)) !== "GPS1") throw Error("search: no index");
    const start = 8 + new Uint32Array(data.slice(4, 8).buffer)[0];
    /** @type {Head} */
    const head = JSON.parse(decoded(data.subarray(8, start)));
    K = head.constants;
    small = new Set(head.small);
    asking = new Set(head.asking);
    for (const [name, pairs] of Object.entries(head.tables)) tables[/** @type {Tables} */ (name)] = new Map(pairs);
    const [wordBytes, frequency, pageBytes, sectionBytes, inline, bundles, language] = head.lengths.map(reader(data.subarray(start)).take);

    const { titles } = head, pages = titles.length, sections = sectionBytes.length / 2, columns = reader(pageBytes), column = () => columns.take(pages);
    const [titleLength, summaryLength, keywordsLength, kind, audience, prior, withdrawn] = Array.from({ length: 7 }, column);
    const parent = titles.map(() => columns.number() - 1);
    const first = new Int32Array(pages + 1), pageOf = new Int32Array(sections), pageLength = new Int32Array(pages);
    const sectionLength = Array.from(sectionBytes.subarray(sections), lengthOf);
    for (let page = 0, section = 0; page < pages; page++) {
      for (const end = (first[page + 1] = section + columns.number()); section < end; section++) {
        pageOf[section] = page;
        pageLength[page] += sectionLength[section];
      }
    }
    /** @type {[number, number][]} */
    const texts = [], held = reader(bundles);
    for (let bundle = 0; held.more(); bundle++) {
      for (let at = 0, left = held.number(); left--; ) {
        const page = texts.push([bundle, at]);
        at += 3 + 3 * (first[page] - first[page - 1]);
      }
    }

    // Each word has as many letters of the one before as the sign below the space says.
    let last = "";
    const found = Array.from(decoded(wordBytes).matchAll(/([\0-\x1f])([^\0-\x1f]*)/g), ([, shared, rest]) => (last = last.slice(0, shared.charCodeAt(0)) + rest));
    // Terms are the sorted stems of all words; neither stems nor numbers are in the file.
    const stemOf = found.map((word, at) => (at < head.unstemmed ? stem(word) : word)), sorted = [...new Set(stemOf)].sort();

    core = {
      ...head, titleLength, kind, audience, language, prior, withdrawn, parent, first, pageOf, texts, body: new Float64Array(sections),
      norms: {
        title: relative(titleLength),
        summary: relative(summaryLength),
        keywords: relative(keywordsLength),
        body: relative(pageLength, K.bodyNorm),
        section: relative(sectionLength, K.bodyNorm),
        heading: relative(sectionBytes.subarray(0, sections)),
      },
      words: found, ranked: [...found.keys()].sort((a, b) => frequency[b] - frequency[a]).map((at) => found[at]), frequency, others: new Set(found.slice(head.unstemmed)),
      // The first of a word's places counts.
      places: new Map(found.map((word, at) => /** @type {const} */ ([word, at])).reverse()),
      stems: sorted, numbers: new Map(sorted.map((text, number) => [text, number])), stemOf, terms: [],
      synonyms: new Map(), longest: 0,
    };
    head.synonyms.forEach((group, at) => {
      const phrases = group.split("|").map((phrase) => phrase.split(" "));
      // The first `mutual` groups are found by any of their phrases, the others by their first alone.
      for (const phrase of phrases.slice(0, at < head.mutual ? phrases.length : 1)) {
        core.longest = Math.max(core.longest, phrase.length);
        core.synonyms.set(keyOf(phrase), [...alike(phrase), ...phrases]);
      }
    });
    if (!core.shards.length) readShard(inline, 0);
  }

  /** Phrases that mean the same as one. @param {string[]} phrase */
  const alike = (phrase) => core.synonyms.get(keyOf(phrase)) ?? [];

  /** Where the terms of a shard stand. @param {Uint8Array} data @param {number} shard */
  function readShard(data, shard) {
    const rest = reader(data), start = core.shards[shard] ?? 0, length = (core.shards[shard + 1] ?? core.stems.length) - start;
    const lists = () => Array.from({ length }, () => new Int32Array(rest.number()));
    /** Reads steps from one number to the next; the last bit says that the counts are not the usual ones, for now 0. @param {Int32Array[]} lists @param {number} usual */
    const fill = (lists, usual) => lists.map((numbers) => Uint8Array.from(numbers, (_, at) => {
      const step = rest.number();
      numbers[at] = (numbers[at - 1] ?? 0) + (step >> 1);
      return step & 1 ? 0 : usual;
    }));
    const pages = lists(), sections = lists(), pageCounts = fill(pages, 1), sectionCounts = fill(sections, 4);
    for (const counts of [...pageCounts, ...sectionCounts]) counts.forEach((count, at) => count || (counts[at] = rest.take(1)[0]));
    pages.forEach((pages, at) => (core.terms[start + at] = { pages, pageCounts: pageCounts[at], sections: sections[at], sectionCounts: sectionCounts[at] }));
  }

  /** Texts written as numbers of words and of what stands between them, or as letters (src/search/symbols.rs). @param {Uint8Array} data */
  function readTexts(data) {
    const rest = reader(data), firstWord = 5 + core.gaps.length, letters = () => decoded(rest.take(rest.number()));
    const texts = [];
    let text = "", gap = "", form = 0, spelt = "";
    while (rest.more()) {
      const sign = rest.number();
      if (sign === 2) spelt = letters();
      else if (sign === 3 || sign === 4) form = sign;
      else if (sign < firstWord) {
        if (sign) text += sign === 1 ? letters() : core.gaps[sign - 5];
        else {
          texts.push(text);
          text = "";
        }
        gap = "";
      } else {
        const word = core.ranked[sign - firstWord];
        text += gap + (spelt || (form === 3 ? word[0].toUpperCase() + word.slice(1) : form ? word.toUpperCase() : word));
        [gap, form, spelt] = [" ", 0, ""];
      }
    }
    return texts;
  }

  // ---- What was meant ----

  /**
   * Optimal string alignment: letters missing, added, changed, or two exchanged. More than `most` gives more than `most`.
   * @param {string} a @param {string} b @param {number} most @returns {number}
   */
  function distance(a, b, most) {
    if (a === b || Math.abs(a.length - b.length) > most) return a === b ? 0 : most + 1;
    if (a[0] === b[0]) return distance(a.slice(1), b.slice(1), most);
    if (!most) return 1;
    const rest = (/** @type {number} */ i, /** @type {number} */ j) => distance(a.slice(i), b.slice(j), most - 1);
    return 1 + Math.min(rest(1, 0), rest(0, 1), rest(1, 1), a[0] === b[1] && a[1] === b[0] ? rest(2, 2) : most);
  }

  /** How many edits a word of this many letters may be away. @param {string} word */
  const editsFor = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

  /** The nearest word with the same first letter; of equally near ones small words last, else the likeliest, then the first. @param {string} word */
  function correction(word, among = core.words) {
    const digits = (/** @type {string} */ text) => text.replace(/\P{N}/gu, "");
    let meant = "", least = editsFor(word), most = -100;
    for (const other of among) {
      // Another number is another thing.
      const found = other.length < 3 || !least || word[0] !== other[0] || digits(word) !== digits(other) ? 9 : distance(word, other, least);
      if (found > least) continue;
      const frequency = frequencyOf(other) - (small.has(other) ? 99 : 0);
      if (found < least || frequency > most) [meant, least, most] = [other, found, frequency];
    }
    return meant ? { meant, slip: least < 2, weight: least > 1 ? K.twoEdits : K.oneEdit } : undefined;
  }

  /** @param {string} word */
  const isKnown = (word) => core.numbers.has(stem(word)) || core.others.has(word);

  /** How often a word is written, in binary digits; 0 where it is not. @param {string} word */
  const frequencyOf = (word) => core.frequency[core.places.get(word) ?? -1] ?? 0;

  /** Two words written as one; of several ways the one whose rarer word is most frequent. @param {string} word */
  function division(word) {
    /** @type {string[]} */
    let best = [], most = 0;
    for (let at = 1; /\p{Alphabetic}/u.test(word) && at < word.length; at++) {
      const parts = [word.slice(0, at), word.slice(at)], rarest = Math.min(...parts.map(frequencyOf));
      // Digits may be parted from anything; a short beginning has to tell something.
      const may = /^\p{N}/u.test(parts[1]) || (word.length > at + 2 && (at > 2 || !small.has(parts[0])));
      if (may && rarest > most) [best, most] = [parts, rarest];
    }
    return best;
  }

  /** Terms of words that begin so, the likelier the shorter their rest. @param {string} start */
  function completions(start) {
    /** @type {Map<number, number>} */
    const found = new Map();
    core.words.forEach((word, at) => {
      if (!word.startsWith(start)) return;
      const weight = (K.prefix * (start.length + 1)) / (word.length + 1), term = /** @type {number} */ (core.numbers.get(core.stemOf[at]));
      found.set(term, Math.max(weight, found.get(term) ?? 0));
    });
    return [...found];
  }

  // ---- Queries ----

  /** The words of a phrase that tell something. @param {string[]} phrase */
  const telling = (phrase) => phrase.filter((word) => !small.has(word));

  /** How much of a word counts: little for the words every sentence has. @param {string} word */
  const factorOf = (word) => (small.has(word) ? K.small : asking.has(word) ? K.asking : 1);

  /** A word as written, with the terms it stands for. @param {string} word @param {number} [weight] @returns {Word} */
  function exact(word, weight = 1) {
    const numbers = [stem(word), ...(core.others.has(word) ? [word] : [])].map((text) => core.numbers.get(text));
    return { factor: factorOf(word) * weight, terms: [...new Set(numbers)].flatMap((number) => (number === undefined ? [] : [[number, 1]])) };
  }

  /**
   * The words that a word of the query stands for. `rest`: how much it counts that longer words begin so.
   * @param {Token} token @param {number} rest @param {Notes} notes @returns {Word[]}
   */
  function resolve({ text, word, quoted }, rest, notes) {
    const { factor, terms } = exact(word);
    const share = !small.has(word) && !quoted && word.length > 2 ? (terms[0] ? rest : 1) : rest < 1 ? 0 : 1;
    const longer = share ? completions(word) : [];
    const known = new Map([...longer.map(([term, weight]) => /** @type {[number, number]} */ ([term, weight * share])), ...terms]);
    if (known.size) return [{ factor, terms: [...known] }];
    // "someone" is not "some one" where no page has it, and nothing that has to be named.
    if (factor < 1 && !quoted) return [];
    const near = quoted ? undefined : correction(word);
    // One slip is likelier than a missing space, a missing space likelier than two slips.
    const parts = quoted || near?.slip ? [] : division(word), other = parts[0] ? undefined : near;
    if (other) parts.push(other.meant);
    if (parts[0]) notes.corrected[text] = parts.join(" ");
    else notes.dropped.push(text);
    return parts.map((part) => exact(part, other?.weight));
  }

  /** The words of a query; what stands in quotation marks is taken as written. @param {string} text @returns {Token[]} */
  function tokens(text) {
    const quoted = (/** @type {Place} */ { start, end }) => text.slice(0, start).split('"').length % 2 === 0 && text.includes('"', end);
    return words(text).map((place) => ({ ...place, word: fold(place.text), quoted: quoted(place) })).filter(({ word }) => word);
  }

  /** Two words written as one, where pages do so. @param {Token[]} parts */
  const joined = (...parts) => parts.some(({ word, quoted }) => quoted || small.has(word)) ? undefined : core.words[core.places.get(parts[0].word + parts[1].word) ?? -1];

  /** Whether a phrase finds something: "in care" is no more than "care". @param {string[]} phrase */
  const finds = (phrase) => (!phrase[1] || telling(phrase)[1]) && phrase.every(isKnown);

  /** Words of synonyms that find something; they need not be on any page. */
  const loneWords = () => core.lone ??= [...core.synonyms.values()].flat().filter((phrase) => !phrase[1] && alike(phrase).some(finds)).flat().sort();

  /** Divides a query into units: words, and phrases that have synonyms, longest first. @param {string} text @param {boolean} typing */
  function plan(text, typing) {
    const all = tokens(text);
    // "e-mail" is "email" where pages have that and not both of its parts.
    for (let at = 1; at < all.length; at++) {
      const pair = all.slice(at - 1, at + 1), word = joined(...pair);
      if (word && !pair.every(({ word }) => isKnown(word))) all.splice(--at, 2, { ...pair[1], word });
    }
    /** @type {Notes} */
    const notes = { corrected: {}, dropped: [] };
    /** @type {Unit[]} */
    const units = [];
    const rest = typing && /[\p{Alphabetic}\p{N}]$/u.test(text) ? 1 : K.longer;
    for (let at = 0; at < all.length; ) {
      const [token, next] = all.slice(at), { word } = token;
      const part = (/** @type {number} */ length) => all.slice(at, at + length).map((token) => token.word);
      let length = Math.min(core.longest, all.length - at);
      while (length > 1 && !alike(part(length))[0]) length--;
      length ||= 1;
      // A slip in a long word that only synonyms have, if it is none in a word of pages.
      const lone = length > 1 || token.quoted || editsFor(word) < 2 || isKnown(word) || alike([word])[0] ? undefined : correction(word, loneWords());
      if (lone?.slip && !completions(word)[0] && !correction(word)?.slip) notes.corrected[token.text] = token.word = lone.meant;
      const key = keyOf(part(length)), same = length === 1 && small.has(word) ? [] : alike(part(length));
      const others = same.filter((phrase) => keyOf(phrase) !== key && finds(phrase));
      // "work book" for "workbook".
      const both = length === 1 && next && joined(token, next);
      if (both) others.push([both]);
      // What means the same as another phrase need not be named.
      /** @type {Notes} */
      const quiet = { corrected: {}, dropped: [] };
      units.push({
        own: all.slice(at, at + length).flatMap((token) => resolve(token, token === all.at(-1) ? rest : 0, others[0] ? quiet : notes)),
        alternatives: others.map((phrase) => phrase.map((word) => exact(word))),
        untold: quiet,
      });
      at += length;
    }
    return { units, notes };
  }

  /** All words of a query and its synonyms. @param {Unit[]} units */
  const wordsIn = (units) => units.flatMap(({ own, alternatives }) => [...own, ...alternatives.flat()]);

  // ---- Ranking ----

  /**
   * What something gives each page and each section, and the pages it gives anything.
   * @typedef {{ weight: number, pages: number[], seen: Uint8Array, page: Float64Array, title: Float64Array, share: Float64Array,
   *   section: Float64Array }} Sheet
   */

  /** Sheets of zeros, to be used again: those of a large site take long to make. @type {Sheet[]} */
  const spare = [];

  /** @returns {Sheet} */
  function sheet() {
    const pages = core.titles.length, numbers = (length = pages) => new Float64Array(length);
    return spare.pop() ?? { weight: 0, pages: [], seen: new Uint8Array(pages), page: numbers(), title: numbers(), share: numbers(), section: numbers(core.pageOf.length) };
  }

  /** @param {Sheet} used */
  function wipe(used) {
    for (const values of [used.seen, used.page, used.title, used.share, used.section]) values.fill(0);
    used.weight = used.pages.length = 0;
    spare.push(used);
  }

  /** @param {Sheet} sheet @param {number} p */
  function touch(sheet, p) {
    if (sheet.seen[p]) return;
    sheet.seen[p] = 1;
    sheet.pages.push(p);
  }

  /** Adds one sheet to another and gives it back. @param {Sheet} sum @param {Sheet} part */
  function add(sum, part) {
    sum.weight += part.weight;
    for (const p of part.pages) {
      touch(sum, p);
      sum.page[p] += part.page[p];
      sum.title[p] += part.title[p];
      sum.share[p] += part.share[p];
      for (let s = core.first[p]; s < core.first[p + 1]; s++) sum.section[s] += part.section[s];
    }
    wipe(part);
  }

  /** ln(x) for x >= 1 by adding, multiplying and dividing alone, so that every machine agrees. @param {number} x */
  function ln(x) {
    let halvings = 0;
    for (; x >= 2; x /= 2) halvings += 1;
    const t = (x - 1) / (x + 1), q = t * t;
    return halvings * 0.6931471805599453 + 2 * t * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9)))));
  }

  /** How much it tells that something is on so many pages. @param {number} pages */
  const rarity = (pages) => ln(1 + (core.titles.length - pages + 0.5) / (pages + 0.5));

  /** What a word of the query gives each page and each section, between 0 and its weight. @param {Word} word */
  function evaluate({ factor, terms }) {
    const found = sheet(), { pages, page, title, share, section } = found, { norms, first, body } = core;
    // Until the weight is known, `share` has the best heading of each page.
    for (const [number, weight] of terms) {
      const term = core.terms[number];
      for (let i = 0; i < term.pages.length; i++) {
        const p = term.pages[i], counts = term.pageCounts[i];
        touch(found, p);
        found.seen[p] = 2;
        page[p] = Math.max(page[p], weight * ((K.title * (counts & 3)) / norms.title[p] + (K.summary * ((counts >> 2) & 3)) / norms.summary[p] + (K.keywords * (counts >> 4)) / norms.keywords[p]));
        if (counts & 3) title[p] = Math.max(title[p], weight);
      }
      for (let i = 0; i < term.sections.length; i++) {
        const s = term.sections[i], counts = term.sectionCounts[i], p = core.pageOf[s];
        const inHeading = (weight * K.heading * (counts & 3)) / norms.heading[s], inBody = weight * K.body * (counts >> 2);
        touch(found, p);
        share[p] = Math.max(share[p], inHeading);
        body[s] = Math.max(body[s], inBody);
        section[s] = Math.max(section[s], inHeading + inBody);
      }
    }
    const weight = (found.weight = factor * rarity(pages.length));
    /** @param {number} value */
    const saturated = (value) => (weight * value) / (K.saturation + value);
    for (const p of pages) {
      let sum = 0;
      for (let s = first[p]; s < first[p + 1]; s++) {
        sum += body[s];
        body[s] = 0;
        if (section[s]) section[s] = saturated(section[s] / norms.section[s]);
      }
      page[p] = saturated(page[p] + (share[p] + sum / norms.body[p]));
      share[p] = weight;
      title[p] *= weight;
    }
    return found;
  }

  /** The sum of a unit's own words, or a phrase that means the same where all of that is. @param {Unit} unit @param {Notes} notes */
  function evaluateUnit({ own, alternatives, untold }, notes) {
    const total = sheet();
    for (const word of own) add(total, evaluate(word));
    const phrases = alternatives.map((phrase) => {
      const found = phrase.map(evaluate), { first } = core;
      // All its words near each other: in one section, or above all of them.
      const together = (/** @type {number} */ p) => {
        if (found.every((word) => word.seen[p] > 1)) return true;
        for (let s = first[p]; s < first[p + 1]; s++) if (found.every((word) => word.section[s] || word.title[p])) return true;
      };
      return { found, pages: found[0].pages.filter(together) };
    });
    // The words of a phrase that means the same may all be there, and nowhere together.
    if (!phrases.flatMap(({ pages }) => pages).length) {
      Object.assign(notes.corrected, untold.corrected);
      notes.dropped.push(...untold.dropped);
    }
    if (!own[1] && phrases[0]) {
      // One word and what means the same are as rare as all of it together.
      const weight = (own[0]?.factor ?? 1) * rarity(new Set([total, ...phrases].flatMap(({ pages }) => pages)).size);
      const scale = weight / (total.weight || 1);
      for (const values of [total.page, total.section, total.title, total.share]) values.forEach((value, at) => (values[at] = value * scale));
      total.weight = weight;
    }
    for (const { found, pages } of phrases) {
      const scale = (K.synonym * total.weight) / found.reduce((sum, word) => sum + word.weight, 0);
      const raise = (/** @type {"page" | "title" | "section"} */ field, /** @type {number} */ at) => {
        let sum = 0;
        for (const word of found) sum += word[field][at];
        total[field][at] = Math.max(total[field][at], sum * scale);
      };
      for (const p of pages) {
        touch(total, p);
        raise("page", p);
        raise("title", p);
        total.share[p] = total.weight;
        for (let s = core.first[p]; s < core.first[p + 1]; s++) raise("section", s);
      }
      found.forEach(wipe);
    }
    return total;
  }

  /**
   * Pages that have anything of a query, each with its best section, in no order; those that have little only if they are to be kept.
   * @param {Unit[]} units @param {Set<number>} keep @param {Notes} notes takes what was left unsaid as something else was to be found
   */
  function rank(units, keep, notes) {
    const all = sheet(), { section } = all, { first } = core;
    for (const unit of units) add(all, evaluateUnit(unit, notes));
    const telling = units.flatMap(({ own }) => own).filter((word) => word.factor > K.small).length;
    let best = 0;
    const rows = all.pages.map((page) => {
      let top = first[page];
      for (let s = top + 1; s < first[page + 1]; s++) if (section[s] > section[top]) top = s;
      const inTitle = all.title[page] / all.weight;
      // The share of the title that was asked for, squared: one word of a long title says little.
      const held = Math.min(1, (inTitle * telling) / (core.titleLength[page] || 1));
      const value = all.page[page] + K.section * section[top] + K.titleCover * all.weight * inTitle * held * held;
      const score = (value * (K.coverBase + (K.coverShare * all.share[page]) / all.weight) * core.prior[page]) / 100;
      best = Math.max(best, score);
      // Who asked for the title is shown the top of the page.
      return { page, section: inTitle < K.whole ? top : first[page], score };
    });
    wipe(all);
    return rows.filter((row) => row.score >= best * K.floor || keep.has(row.page));
  }

  /** The best rows in order: withdrawn pages last, then by score, then by number. @param {Row[]} rows @param {number} count */
  function inOrder(rows, count) {
    const key = (/** @type {Row} */ row) => row.score - 1e9 * core.withdrawn[row.page];
    // Only what may be shown is sorted row by row: a common word is on thousands of pages.
    const least = Float64Array.from(rows, key).sort().at(-count) ?? -9e9;
    const kept = rows.filter((row) => key(row) >= least);
    return kept.sort((a, b) => key(b) - key(a) || b.score - a.score || a.page - b.page).slice(0, count);
  }

  // ---- Words of danger ----

  /** The routes that a text calls for: those for danger now first. @param {string} text @param {boolean} [loosely] whatever small words stand there @returns {Route[]} */
  function routesFor(text, loosely) {
    // Points stand for the ends: of a phrase between points nothing else may be said.
    const typed = [".", ...folded(text), "."], whole = typed.map(stem), own = [...typed], stems = [...whole];
    for (const phrase of core.except) {
      const parts = phrase.split(" ");
      whole.forEach((_, at) => {
        if (parts.every((part, i) => part === "*" || ("=" + [typed[at + i]]).startsWith(part) || whole[at + i] === part)) parts.forEach((_, i) => (own[at + i] = stems[at + i] = ""));
      });
    }
    /** Where words begin of which each is said at its place. @param {string[]} parts @param {(part: string, at: number) => unknown} says */
    const find = (parts, says) => own.findIndex((_, at) => parts.every((part, i) => at + i < own.length && says(part, at + i)));
    const listed = new Set([...core.synonyms.keys()].flatMap((key) => key.split(" ")));
    const unknown = telling(own).filter((word) => !isKnown(word) && !listed.has(stem(word)));
    // Of a short word a letter may be missing.
    const near = (/** @type {string} */ typed, /** @type {string} */ word, most = editsFor(typed[3] || loosely ? typed : word)) => typed[0] === word[0] && distance(typed, word, most) <= most;
    const misspelt = (/** @type {string} */ word, /** @type {number} */ at) =>
      unknown.includes(own[at]) && (near(own[at], word) || near(stems[at], stem(word)));
    const said = new Set(stems);
    for (const [phrase, same] of core.synonyms) {
      // Short words are near to too many others.
      const says = (/** @type {string} */ part, /** @type {number} */ at) => stems[at] === part || ((part[4] || stems[at][4]) && misspelt(part, at));
      if (find(phrase.split(" "), says) >= 0) same.forEach((other) => said.add(keyOf(gist(other))));
    }
    /** How many telling words of a phrase were said, if it was. @param {string} phrase */
    const calls = (phrase) => {
      const parts = phrase.split(" "), tell = weighty(parts), count = tell.length;
      // Where few words tell something the small ones stand beside them: "hurts me" is "hurts us", not "it hurts".
      const here = (/** @type {string} */ word, /** @type {number} */ at) => word === "*" || core.kin.find((kin) => kin.includes(word))?.includes(own[at]) ||
        stems[at] === stem(word) || alike([own[at]]).some((other) => keyOf(other) === stem(word)) ||
        // Three letters alone may be anything.
        ((parts[1] || stems[at][3]) && misspelt(word, at));
      // It may be run together: "killme". Words behind a sign stand together.
      const all = own.includes(parts.join("")) || said.has(keyOf(parts)) || (parts[0] > "/" && count > (loosely ? 0 : 1)
        ? tell.every((word) => said.has(stem(word)) || own.some((_, at) => misspelt(word, at)))
        : find(parts, here) >= 0);
      return all ? count || 1 : 0;
    };
    const most = (/** @type {string[]} */ phrases) => Math.max(0, ...phrases.map(calls));
    return core.routes.map(({ emergency, immediate, concern, ...route }) => {
      const now = most(immediate), level = /** @type {Level} */ (now ? "immediate" : "concern");
      return { order: now * 99 || most(concern), route: { ...route, level, emergency: now ? emergency : undefined } };
    }).filter(({ order }) => order).sort((a, b) => b.order - a.order).map(({ route }) => route);
  }

  /** What a phrase has to say: its telling words if it has several, else all of it. @param {string[]} phrase */
  const gist = (phrase) => (weighty(phrase)[1] ? weighty(phrase) : phrase);

  /** The words of a phrase that tell of danger; questions are made of others. @param {string[]} phrase */
  const weighty = (phrase) => phrase.filter((word) => !small.has(word) && !asking.has(word));

  // ---- Excerpts ----

  /** How many words are shown, a few of them before what is shown. */
  const WINDOW = 30;

  /** The stretch with a phrase and the most different words of the query, those marked. @param {string} text @param {Set<string>} wanted @param {Phrase[]} phrases */
  function excerpt(text, wanted, phrases) {
    const found = words(text), folds = found.map(({ text }) => fold(text)), stems = folds.map(stem);
    const hits = folds.map((word, at) => [stems[at], word].find((word) => wanted.has(word)));
    let start = 0, best = 0;
    hits.forEach((hit, at) => {
      // No phrase runs from one block into the next.
      const begin = +phrases.some(({ words }) => words.every((word, i) => stems[at + i] === stem(word)) && !text.slice(found[at].start, found[at + words.length - 1].start).includes("\n"));
      if (!begin && !hit) return;
      const from = Math.max(0, Math.min(at - 5, found.length - WINDOW)), inside = hits.slice(from, from + WINDOW).filter(Boolean);
      const value = begin * 1e4 + new Set(inside).size * 100 + inside.length;
      if (value > best) [best, start] = [value, from];
    });
    const end = start + WINDOW;
    /** @type {Piece[]} */
    const pieces = [];
    const put = (/** @type {string} */ text, mark = false) => text && pieces.push({ text: text.replaceAll("\n", " "), mark });
    if (start) put("… ");
    let at = start && found[start].start;
    found.slice(start, end).forEach((word, i) => {
      if (!hits[start + i]) return;
      put(text.slice(at, word.start));
      put(word.text, true);
      at = word.end;
    });
    put(found[end] ? text.slice(at, found[end].start).trimEnd() + " …" : text.slice(at));
    return pieces;
  }

  // ---- Phrases in quotation marks, as in src/search/phrases.rs ----

  /** How many pages are read for them: a browser loads a file for nearly each. */
  const MOST = 100;

  /** Those of two words or more. @param {string} text @returns {Phrase[]} */
  const phrasesOf = (text) => text.split('"').slice(0, -1).filter((_, at) => at % 2).map((typed) => ({ typed, words: folded(typed) })).filter(({ words }) => words[1]);

  /** Pages that have all words of a phrase in one text. @param {Phrase[]} phrases */
  const mayHold = (phrases) => new Set(phrases.flatMap(({ words }) => {
    // Sections count from 0 upwards, what stands above them from -1 downwards.
    const texts = words.map((word) => exact(word).terms.flatMap(([term]) => [...core.terms[term].sections, ...core.terms[term].pages.map((page) => ~page)]));
    return texts.reduce((some, more) => more.filter(Set.prototype.has, new Set(some))).map((text) => (text < 0 ? ~text : core.pageOf[text]));
  }));

  /** @param {string[]} words */
  const padded = (words) => ` ${words.join(" ")} `;

  // ---- The engine ----

  /** @param {string} base @param {string} ending of the names of all its files */
  function engine(base, ending) {
    /** @type {Map<string, Promise<any>>} */
    const loading = new Map();

    /** @template T @param {string} name @param {(data: Uint8Array) => T} use @returns {Promise<T>} */
    function once(name, use) {
      const started = loading.get(name) ?? bytes(base, core.folder + name + ending).then(use);
      started.catch(() => loading.delete(name));
      loading.set(name, started);
      return started;
    }

    /** @param {Unit[]} units */
    function loadTerms(units) {
      const terms = wordsIn(units).flatMap((word) => word.terms).filter(([term]) => !core.terms[term]);
      const needed = new Set(terms.map(([term]) => core.shards.filter((first) => first <= term).length - 1));
      return Promise.all(Array.from(needed, (shard) => once(`terms-${shard}`, (data) => readShard(data, shard))));
    }

    /** The texts of a page: three of its own and three of each section. @param {number} page @returns {Promise<string[]>} */
    async function textsOf(page) {
      const [bundle, at] = core.texts[page];
      return (await once(`text-${bundle}`, readTexts)).slice(at, at + 3 + 3 * (core.first[page + 1] - core.first[page]));
    }

    /**
     * Puts pages first that hold phrases, so that the first `limit` are right: for each a page gains what the best has, and is shown
     * where it stands. Gives the phrases that no page holds, or nothing where too many pages may hold them.
     * @param {Row[]} rows @param {Phrase[]} phrases @param {Set<number>} may @param {number} limit
     */
    async function raise(rows, phrases, may, limit) {
      const best = rows.reduce((best, { score }) => Math.max(best, score), 0), missing = new Set(phrases);
      const order = inOrder(rows.filter(({ page }) => may.has(page)), MOST + 1), more = order.splice(MOST);
      while (order.length && limit > 0) {
        await Promise.all(order.splice(0, 10).map(async (row) => {
          const first = core.first[row.page], shown = 3 * (row.section - first + 1);
          // No phrase runs from one block into the next.
          const texts = (await textsOf(row.page)).map((text, at) => (at ? text : core.titles[row.page]).split("\n").map((block) => padded(folded(block).map(stem))).join());
          // The section that was to be shown comes before the others; nobody reads the ids of headings.
          const places = [shown, shown + 2, ...texts.keys()].filter((at) => at < 3 || at % 3 !== 1);
          let all = 1;
          for (const phrase of phrases) {
            const place = places.find((at) => texts[at].includes(padded(phrase.words.map(stem)))) ?? -1;
            if (place < 0) all = 0;
            else {
              missing.delete(phrase);
              row.score += best;
              if (place > 2) row.section = first + Math.floor(place / 3) - 1;
            }
          }
          limit -= all;
        }));
      }
      return limit > 0 && more[0] ? undefined : [...missing].filter(({ words }) => words.every(isKnown)).map(({ typed }) => typed);
    }

    /** The bit of an audience. @param {string} id */
    const bit = (id) => 1 << core.audiences.findIndex(([other]) => other === id);
    const everyone = bit("everyone");
    /** @param {number} page @param {number} bits */
    const isFor = (page, bits) => core.audience[page] & (bits | everyone);

    /** How many of the rows have something; what none has is left out, unless it is chosen. @param {[string, string][]} labels @param {string | undefined} chosen @param {Row[]} rows @param {(page: number, at: number) => unknown} has */
    const count = (labels, chosen, rows, has) =>
      labels.map(([id, label], at) => /** @type {Facet} */ ([id, label, rows.filter(({ page }) => has(page, at)).length])).filter(([id, , number]) => number || id === chosen);

    /** What a page is called, and its language where that is not the site's. @param {number} page @returns {Named} */
    const nameOf = (page) => ({ url: core.urls[page], title: core.titles[page], ...core.languages[core.language[page] - 1] });

    /** The id of a heading; `=` stands for the plain one. @param {string} heading @param {string} anchor */
    function anchorOf(heading, anchor) {
      if (anchor !== "=") return anchor;
      return heading.replace(/['\u2019]/g, "").replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "").toLowerCase();
    }

    /** @param {Row} row @param {Set<string>} wanted @param {Phrase[]} phrases @returns {Promise<Hit>} */
    async function result({ page, section, score }, wanted, phrases) {
      const texts = await textsOf(page);
      const [heading, anchor, text] = texts.slice(3 + 3 * (section - core.first[page]));
      const [kind, kindLabel] = core.kinds[core.kind[page]], crumbs = [];
      for (let above = core.parent[page]; above >= 0; above = core.parent[above]) crumbs.unshift(nameOf(above));
      return {
        ...nameOf(page), kind, kindLabel, heading, anchor: anchorOf(heading, anchor), crumbs,
        score: Math.floor(score * 1000 + 0.5), excerpt: excerpt(text || texts[1], wanted, phrases),
      };
    }

    /** Stems to mark: of everything but the smallest words, unless there is nothing else. @param {Unit[]} units */
    function wantedIn(units) {
      const all = wordsIn(units), telling = all.filter((word) => word.factor > K.small);
      return new Set((telling[0] ? telling : all).flatMap((word) => word.terms).map(([term]) => core.stems[term]));
    }

    /** @param {string} text @param {Options} [options] @returns {Promise<Result>} */
    async function query(text, { typing = false, limit = 10, audience, kind } = {}) {
      const plain = text.replace(/[\u201C-\u201F\u00AB\u00BB]/g, '"'), { units, notes } = plan(plain, typing), phrases = phrasesOf(plain), wanted = wantedIn(units);
      await loadTerms(units);
      const may = mayHold(phrases), found = rank(units, may, notes);
      const reads = (/** @type {Row} */ { page }) => !audience || isFor(page, bit(audience));
      const ofKind = found.filter(({ page }) => !kind || core.kinds[core.kind[page]][0] === kind), rows = ofKind.filter(reads);
      const missing = phrases[0] ? await raise(rows, phrases, may, limit) : [];
      // Of some pages alone it could not be said that none has it.
      if (!audience && !kind) notes.dropped.push(...(missing ?? []));
      return {
        query: text, total: rows.length, results: await Promise.all(inOrder(rows, limit).map((row) => result(row, wanted, phrases))),
        facets: {
          kind: count(core.kinds, kind, found.filter(reads), (page, at) => core.kind[page] === at),
          audience: count(core.audiences, audience, ofKind, (page, at) => isFor(page, 1 << at)).filter(([id]) => id !== "everyone"),
        },
        ...notes, lookedAt: missing ? undefined : MOST, routes: routesFor(text),
      };
    }

    /** At least three, so that words find room. @param {string} text @param {number} limit @returns {(Partial<Named> & { text?: string })[]} */
    function suggest(text, limit) {
      const cut = words(text).pop()?.start ?? 0;
      let before = text.slice(0, cut);
      for (const [typed, meant] of Object.entries(plan(before, false).notes.corrected)) before = before.replace(typed, meant);
      const typed = folded(before + text.slice(cut)), run = padded(typed).trimEnd(), same = alike(typed), last = typed.pop() ?? "", said = telling(typed);
      // One letter begins everything.
      if (!run[2]) return [];
      const offered = core.offered ??= [...new Set([...core.words, ...loneWords()])], titles = core.titleWords ??= core.titles.map(folded);
      let start = last;
      const begins = (/** @type {string} */ word) => word.startsWith(start);
      if (!offered.some(begins)) start = correction(last)?.meant ?? last;
      const holds = (/** @type {number} */ page, /** @type {string[]} */ phrase) => phrase.every((word) => titles[page].map(stem).includes(stem(word)));
      const pages = [...titles.keys()].filter((page) => !core.withdrawn[page] && (same.some((phrase) => holds(page, phrase)) ||
        (titles[page].some(begins) && (((last[1] || said[0]) && holds(page, said)) || padded(titles[page]).includes(run)))));
      const rank = (/** @type {number} */ page) => core.prior[page] - titles[page].length;
      pages.sort((a, b) => rank(b) - rank(a));
      const ends = last[1] ? offered.filter((word) => begins(word) && word !== last && !small.has(word)).sort((a, b) => frequencyOf(b) - frequencyOf(a)) : [];
      // Somebody may be watching: nothing is offered that calls for help which was not called for.
      const calls = (/** @type {string} */ text) => routesFor(text, true).map(({ id, level }) => id + level), called = calls(text);
      const completed = ends.slice(0, 3).map((word) => ({ text: before + word })).filter((one) => calls(one.text).every((route) => called.includes(route)));
      return [...pages.slice(0, limit - completed.length).map(nameOf), ...completed];
    }

    return { query, suggest, routesFor };
  }

  const api = (guidepost.search = {
    read,
    /** @param {string} base @param {string} path */
    async open(base, path) {
      readCore(await bytes(base, path));
      return engine(base, path.replace(/.*\./, "."));
    },
    stem,
    WORD,
  });
})();
