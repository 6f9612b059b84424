// What the search page shows of an answer: who to call, what was looked for instead, filters, the list. In: a question
// and the engine's answer. Out: copies of the page's own templates, filled with text nodes only. What stays true: a
// text of the index never becomes markup, and a panel of danger that stays the same is left alone.

/**
 * @typedef {{text: string, mark: boolean}} Part
 * @typedef {{title: string, lang?: string, dir?: string}} Named
 * @typedef {Named & {url: string, kind: string, kindLabel: string, heading: string, anchor: string, crumbs: Named[], excerpt: Part[]}} Hit
 * @typedef {{title: string, url: string, level: string, emergency?: {text: string, href: string}, phone?: {name: string, text: string, href: string}}} Route
 * @typedef {[id: string, label: string, count: number]} Facet
 * @typedef {{results: Hit[], total: number, facets: Record<"audience" | "kind", Facet[]>, corrected: Record<string, string>, dropped: string[], lookedAt?: number, routes: Route[]}} Result
 * @typedef {{q: string, audience: string, kind: string}} Question
 * @typedef {string | Node} Piece
 */
(function () {
  "use strict";

  const { guidepost } = /** @type {any} */ (globalThis);

  /** @param {HTMLElement} place where results stand */
  guidepost.results = (place) => {
    const { fragment, addressOf } = guidepost.searchBox, words = place.dataset;
    /** A part of the results. @param {string} name @returns {HTMLElement} */
    const part = (name) => /** @type {any} */ (place.querySelector(`[data-${name}]`));
    const danger = part("danger-place"), corrections = part("corrected-place"), dropped = part("dropped-place");
    let panel = "";

    /**
     * A copy of one of the page's templates. A slot takes what it is given, stays as it is for `true` and goes for nothing;
     * the links that are left take their addresses in turn.
     * @param {string} name @param {Record<string, string | Piece[] | boolean | undefined>} slots @param {(string | undefined)[]} addresses
     * @returns {HTMLElement}
     */
    function copy(name, slots, ...addresses) {
      const root = /** @type {any} */ (document.querySelector(`[data-template="${name}"]`)).content.firstElementChild.cloneNode(true);
      for (const slot of root.querySelectorAll("[data-slot]")) {
        const given = slots[slot.dataset.slot];
        if (!given) slot.remove();
        else if (given !== true) slot.replaceChildren(...[given].flat());
      }
      addresses.forEach((address, at) => address && (root.querySelectorAll("a")[at].href = address));
      return root;
    }

    /** A sentence with its `{places}` filled. @param {string | undefined} text @param {Record<string, string | number | Node>} values @returns {Piece[]} */
    function filled(text = "", values) {
      return text.split(/\{(\w+)\}/).map((piece, at) => {
        const value = at % 2 ? values[piece] : piece;
        return value instanceof Node ? value : `${value}`;
      });
    }

    /** @template {keyof HTMLElementTagNameMap} T @param {T} name @param {Piece[]} content */
    function element(name, ...content) {
      const made = document.createElement(name);
      made.append(...content);
      return made;
    }

    /** Says which language something is in, where that is not the page's. @template {HTMLElement} T @param {T} node @param {Named} page */
    function inLanguage(node, { lang, dir }) {
      if (lang) Object.assign(node, { lang, dir });
      return node;
    }

    /** @param {Hit} hit */
    function item(hit) {
      const { url, title, kind, kindLabel, heading, anchor, crumbs, excerpt } = hit;
      const made = copy("result", {
        title,
        heading: heading !== title && heading,
        // A plain page's kind says nothing, and a section named after its kind says it already.
        kind: !/^(page|section)$/.test(kind) && !crumbs.at(-1)?.title.endsWith(kindLabel) && kindLabel,
        crumbs: crumbs[0] && crumbs.flatMap((page) => [" › ", inLanguage(element("span", page.title), page)]).slice(1),
        excerpt: excerpt.map(({ text, mark }) => (mark ? element("mark", text) : text)),
      }, addressOf(url, anchor));
      // The kind is a word of the site.
      for (const part of made.querySelectorAll("a, .result-excerpt")) inLanguage(/** @type {HTMLElement} */ (part), hit);
      return made;
    }

    /** Words of danger: who to call, above everything that was found. @param {Route[]} routes */
    function warn(routes) {
      const state = JSON.stringify(routes);
      if (panel === state) return;
      panel = state;
      danger.replaceChildren();
      if (!routes[0]) return;
      // The most urgent is the first.
      const immediate = routes[0].level === "immediate", emergency = routes.find((route) => route.emergency)?.emergency;
      const root = copy("danger", {
        title: immediate ? words.danger : words.concern,
        emergency: !!emergency,
        call: emergency && filled(words.call, { number: emergency.text }),
        routes: routes.map(routeItem),
      }, emergency?.href);
      root.classList.toggle("danger-immediate", immediate);
      danger.append(root);
    }

    /** @param {Route} route */
    const routeItem = ({ title, url, phone }) => copy("route", { title, phone: !!phone, name: phone?.name, number: phone?.text }, addressOf(url), phone?.href);

    /**
     * What was looked for instead, and the way to exactly what was typed: a word in quotes is never corrected.
     * @param {Question} question @param {Record<string, string>} corrected
     */
    function drawCorrections(question, corrected) {
      const typos = Object.keys(corrected);
      const strong = (/** @type {string[]} */ all) => element("strong", all.join(", "));
      const exact = element("a", ...filled(words.exact, { query: question.q }));
      exact.href = fragment({ ...question, q: question.q.replace(guidepost.search.WORD, (/** @type {string} */ word) => (typos.includes(word) ? `"${word}"` : word)) });
      corrections.replaceChildren(...filled(words.corrected, { corrected: strong(Object.values(corrected)), typed: strong(typos) }), " ", exact);
      corrections.hidden = !typos[0];
    }

    /** Readers and kinds with the number of pages each would leave. @param {Question} question @param {Result["facets"] | undefined} facets @param {boolean} narrowed */
    function drawFilters(question, facets, narrowed) {
      let useful = false;
      for (const select of place.querySelectorAll("select")) {
        const name = /** @type {"audience" | "kind"} */ (select.dataset.filter), all = facets?.[name] ?? [];
        select.replaceChildren(select.options[0], ...all.map(([id, label, count]) => new Option(filled(words.option, { label, count }).join(""), id)));
        select.value = question[name];
        const offers = all.length > (narrowed ? 0 : 1);
        /** @type {HTMLElement} */ (select.parentElement).hidden = !offers;
        useful ||= offers;
      }
      part("filters").hidden = !useful;
      part("reset").hidden = !narrowed;
    }

    /** Shows an answer; without pages the search does not work. @param {Question} question @param {Partial<Result>} answer */
    function draw(question, { total = -1, results = [], routes = [], corrected = {}, dropped: unknown = [], lookedAt, facets }) {
      const narrowed = question.audience + question.kind > "";
      const text = total < 0 ? words.failed : total > 1 ? words.foundMany : total ? words.foundOne : narrowed ? words.foundNarrowed : words.foundNone;
      part("heading").replaceChildren(...filled(text, { count: total, query: question.q }));
      warn(routes);
      drawCorrections(question, corrected);
      dropped.replaceChildren(...[...new Set(unknown)].flatMap((word) => [...filled(words.dropped, { word }), " "]), ...filled(lookedAt ? words.looked : "", { count: `${lookedAt}` }));
      dropped.hidden = !(lookedAt || unknown[0]);
      drawFilters(question, facets, narrowed);
      part("list").replaceChildren(...results.map(item));
      part("more").hidden = results.length >= total;
      part("none").hidden = !!total || narrowed;
    }

    return { part, draw, warn };
  };
})();
