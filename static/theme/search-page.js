// The search page: what is asked stands in the address behind `#`, what is found is drawn from the page's own
// templates with text nodes only. The last question wins; a question that is still being typed takes the place of the
// one before it in the browser's history, a finished one is kept, so that Back leads from search to search.
(function () {
  "use strict";

  const { guidepost, navigation } = /** @type {any} */ (globalThis), box = guidepost.searchBox;
  if (!box) return;
  /** Milliseconds without a key before the search starts, and before its result is said aloud. */
  const PAUSE = 120, SAY = 1000;
  /** Results shown at first, and how many more at a time. */
  const STEP = 10;

  /**
   * @typedef {{text: string, mark: boolean}} Part
   * @typedef {{url: string, title: string, kind: string, kindLabel: string, heading: string, anchor: string, crumbs: string[], excerpt: Part[]}} Hit
   * @typedef {{title: string, url: string, level: string, emergency?: {text: string, href: string}, phone?: {name: string, text: string, href: string}}} Route
   * @typedef {[id: string, label: string, count: number]} Facet
   * @typedef {{query: string, results: Hit[], total: number, facets: Record<"audience" | "kind", Facet[]>, corrected: Record<string, string>, dropped: string[], routes: Route[]}} Result
   * @typedef {{q: string, audience: string, kind: string}} Question
   * @typedef {string | Node} Piece
   */

  /** Something of the page. @param {string} selector @param {ParentNode} [from] @returns {HTMLElement} */
  const one = (selector, from = document) => /** @type {HTMLElement} */ (from.querySelector(selector));
  const results = one("[data-results]");
  if (!results) return;
  const { open, typed, fragment, addressOf } = box;
  const words = results.dataset;
  const form = one("form[data-search='page']");
  const field = /** @type {HTMLInputElement} */ (one("input", form));
  const status = one("[data-status]"), everything = one("[data-static]");
  /** A part of the results. @param {string} name */
  const part = (name) => one(`[data-${name}]`, results);
  const heading = part("heading"), list = part("list"), more = part("more");
  const danger = part("danger-place"), corrections = part("corrected-place"), dropped = part("dropped-place");
  /** @type {HTMLSelectElement[]} */
  const filters = Array.from(results.querySelectorAll("select"));
  /** What a filter is about. @param {HTMLSelectElement} select */
  const nameOf = (select) => /** @type {"audience" | "kind"} */ (select.dataset.filter);

  /**
   * A copy of one of the page's templates. A slot takes what it is given, stays as it is for `true` and goes for nothing.
   * @param {string} name @param {Record<string, string | Piece[] | boolean | undefined>} slots
   */
  function copy(name, slots) {
    const template = /** @type {HTMLTemplateElement} */ (one(`[data-template="${name}"]`));
    const root = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    for (const slot of root.querySelectorAll("[data-slot]")) {
      const given = slots[slot.getAttribute("data-slot") ?? ""];
      if (!given) slot.remove();
      else if (given !== true) slot.replaceChildren(...[given].flat());
    }
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

  // ---- The question

  /** What the address asks. @returns {Question} */
  function asked() {
    const { q = "", audience = "", kind = "" } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    return { q, audience, kind };
  }

  /** What the page's fields ask. @returns {Question} */
  function entered() {
    const chosen = Object.fromEntries(filters.map((select) => [nameOf(select), select.value]));
    return { q: typed(field), audience: chosen.audience, kind: chosen.kind };
  }

  /** Whether the question in the address is finished: the next one then gets an entry of its own. */
  let finished = true;

  /** Writes the question into the address. @param {Question} question */
  function write(question) {
    const target = question.q ? fragment(question) : location.pathname + location.search;
    if (target === location.hash) return;
    history[finished && asked().q ? "pushState" : "replaceState"](null, "", target);
    finished = false;
  }

  // ---- The answer

  let turn = 0, shown = STEP, saying = 0;

  /** Says a sentence once nothing has changed for a while. @param {string} text @param {number} after milliseconds */
  function say(text, after) {
    clearTimeout(saying);
    saying = window.setTimeout(() => (status.textContent = text), after);
  }

  /**
   * Asks the engine and shows the answer, unless a later question has come in between.
   * @param {Question} question @param {{typing?: boolean, quiet?: boolean}} [how]
   * @returns {Promise<boolean>} whether this was the last question
   */
  async function ask(question, { typing = false, quiet = false } = {}) {
    const mine = ++turn;
    /** @type {Result | undefined} */
    let answer;
    if (question.q) {
      try {
        answer = await (await open()).query(question.q, { ...question, typing, limit: shown });
      } catch (_) {
        // Everything there is stands on the page already.
      }
      if (mine !== turn) return false;
    }
    results.hidden = !question.q;
    const found = !!(answer?.total || question.audience || question.kind);
    everything.hidden = !!answer && found;
    part("none").hidden = !answer || found;
    draw(question, answer ?? { query: "", results: [], total: -1, facets: { audience: [], kind: [] }, corrected: {}, dropped: [], routes: [] });
    // What was to be said of the answer before is no longer true.
    if (quiet || !question.q) say("", 0);
    else say(aloud([...calls(), heading, corrections, dropped]), typing ? SAY : 100);
    return true;
  }

  /** The texts of some places as sentences. @param {Element[]} places */
  const aloud = (places) => places.map((place) => place.textContent).filter(Boolean).join(". ");

  /** What a panel of danger says first, if there is one. */
  const calls = () => Array.from(danger.querySelectorAll("h2, .call"));

  /** @param {Question} question @param {Result} answer of less than no pages: the search does not work */
  function draw(question, { total, results, routes, corrected, dropped: unknown, facets }) {
    const text = total < 0 ? words.failed : total === 0 ? words.foundNone : total === 1 ? words.foundOne : words.foundMany;
    heading.replaceChildren(...filled(text, { count: total, query: question.q }));
    drawDanger(routes);
    drawCorrections(question, corrected);
    dropped.replaceChildren(...unknown.flatMap((word) => [...filled(words.dropped, { word }), " "]));
    dropped.hidden = !unknown.length;
    drawFilters(question, facets);
    list.replaceChildren(...results.map(item));
    more.hidden = results.length >= total;
  }

  /** @param {Hit} hit */
  function item({ url, title, kind, kindLabel, heading, anchor, crumbs, excerpt }) {
    const above = crumbs.join(" › ");
    const root = copy("result", {
      title,
      heading: heading === title ? "" : heading,
      // A plain page's kind says nothing, and a section named after its kind says it already.
      kind: kind === "page" || kind === "section" || above.endsWith(kindLabel) ? "" : kindLabel,
      crumbs: above,
      excerpt: excerpt.map(({ text, mark }) => (mark ? element("mark", text) : text)),
    });
    /** @type {HTMLAnchorElement} */ (one("a", root)).href = addressOf(url, anchor);
    return root;
  }

  /** Words of danger: who to call, above everything that was found. @param {Route[]} routes */
  function drawDanger(routes) {
    // While somebody types, a panel that stays the same is left alone.
    const state = JSON.stringify(routes);
    if (danger.dataset.shown === state) return;
    danger.dataset.shown = state;
    danger.replaceChildren();
    if (!routes.length) return;
    const immediate = routes.some(({ level }) => level === "immediate"), emergency = routes.find((route) => route.emergency)?.emergency;
    const root = copy("danger", {
      title: immediate ? words.danger : words.concern,
      emergency: !!emergency,
      call: emergency && filled(words.call, { number: emergency.text }),
      routes: routes.map(routeItem),
    });
    root.classList.toggle("danger-immediate", immediate);
    if (emergency) /** @type {HTMLAnchorElement} */ (one("a", root)).href = emergency.href;
    danger.append(root);
  }

  /** @param {Route} route */
  function routeItem({ title, url, phone }) {
    const root = copy("route", { title, phone: !!phone, name: phone?.name, number: phone?.text });
    const [page, call] = root.querySelectorAll("a");
    page.href = addressOf(url);
    if (phone) call.href = phone.href;
    return root;
  }

  /**
   * What was looked for instead, and the way to exactly what was typed: a word in quotes is never corrected.
   * @param {Question} question @param {Record<string, string>} corrected
   */
  function drawCorrections(question, corrected) {
    const typos = Object.keys(corrected);
    corrections.replaceChildren();
    corrections.hidden = !typos.length;
    if (!typos.length) return;
    const strong = (/** @type {string[]} */ all) => element("strong", all.join(", "));
    const exact = element("a", ...filled(words.exact, { query: question.q }));
    exact.href = fragment({ ...question, q: typos.reduce((text, typo) => text.replace(typo, `"${typo}"`), question.q.replace(/"/g, "")) });
    corrections.append(...filled(words.corrected, { corrected: strong(Object.values(corrected)), typed: strong(typos) }), " ", exact);
  }

  /** Readers and kinds with the number of pages; what is chosen stays, also where it finds nothing. @param {Question} question @param {Result["facets"]} facets */
  function drawFilters(question, facets) {
    const narrowed = !!(question.audience || question.kind);
    let useful = narrowed;
    for (const select of filters) {
      const chosen = question[nameOf(select)], all = [...facets[nameOf(select)]];
      const known = select.selectedOptions[0]?.dataset.label ?? chosen;
      if (chosen && !all.some(([id]) => id === chosen)) all.push([chosen, known, 0]);
      select.replaceChildren(select.options[0], ...all.map(([id, label, count]) => {
        const option = element("option", ...filled(words.option, { label, count }));
        option.value = id;
        option.dataset.label = label;
        return option;
      }));
      select.value = chosen;
      /** @type {HTMLElement} */ (select.parentElement).hidden = all.length < 2 && !chosen;
      useful ||= all.length > 1;
    }
    part("filters").hidden = !useful;
    part("reset").hidden = !narrowed;
  }

  // ---- What a reader does

  let timer = 0;

  /** Asks what the fields say. @param {{typing?: boolean, quiet?: boolean}} [how] */
  function search(how) {
    clearTimeout(timer);
    shown = STEP;
    const question = entered();
    write(question);
    if (!how?.typing) finished = true;
    return ask(question, how);
  }

  /** Moves on to a result, once there is one. @param {number} at */
  const focusOn = (at) => list.children[at]?.querySelector("a")?.focus();

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(search, PAUSE, { typing: true });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    field.value = "";
    search();
  });
  // Enter: the answer is read from its heading on, and a phone puts its keyboard away. Who to call stands above that
  // heading, so that it is said.
  form.addEventListener("submit", async () => {
    if (!(await search({ quiet: true }))) return;
    (results.hidden ? field : heading).focus();
    if (calls().length) say(aloud(calls()), 100);
  });
  for (const select of filters) {
    select.addEventListener("change", () => {
      finished = true;
      search();
    });
  }
  part("reset").addEventListener("click", () => {
    for (const select of filters) select.value = "";
    finished = true;
    search({ quiet: true });
    heading.focus();
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    shown += STEP;
    if (await ask(entered(), { quiet: true })) focusOn(before);
  });

  list.addEventListener("click", ({ target }) => {
    const link = target instanceof Element && target.closest("a"), row = link && link.closest("li");
    if (!row) return;
    finished = true;
    // To come back to the same place in the list.
    history.replaceState({ shown, opened: Array.from(list.children).indexOf(row) }, "");
    // Words to mark: those of the question and as the page writes them. They stay with the browser's own entry for this
    // page; the page that is opened looks back at it.
    const marked = Array.from(row.querySelectorAll("mark"), (mark) => mark.innerText);
    const own = typed(field).split(/[^\p{L}\p{N}'’-]+/u).filter((/** @type {string} */ word) => word.length > 3);
    const all = new Set([...marked, ...own].map((word) => word.trim().toLowerCase()));
    navigation?.updateCurrentEntry({ state: { words: [...all].slice(0, 30), to: link.href } });
  });

  /** Shows what the address asks: at first, and after Back and Forward. */
  async function restore() {
    const question = asked(), { state } = history;
    clearTimeout(timer);
    finished = true;
    shown = state?.shown || STEP;
    field.value = question.q;
    for (const select of filters) {
      const value = question[nameOf(select)];
      select.value = value;
      if (select.value !== value) select.add(new Option(value, value, false, true));
    }
    const inside = results.contains(document.activeElement);
    if (!(await ask(question))) return;
    // A link to another question went away with the answer it stood in.
    if (inside && !results.contains(document.activeElement)) heading.focus();
    focusOn(state?.opened);
    if (location.hash === "#q=") field.focus();
  }

  addEventListener("popstate", restore);
  // Somebody may have typed before this script was there.
  if (field.value) search({ typing: true });
  else restore();
})();
