// The search page: what is asked stands in the address behind `#`, what is found is drawn from the page's own
// templates with text nodes only. The last question wins; a question that is still being typed takes the place of the
// one before it in the browser's history, a finished one is kept, so that Back leads from search to search.
(function () {
  "use strict";

  /** @type {any} */
  const guidepost = ((/** @type {any} */ (globalThis)).guidepost ??= {});
  /** Milliseconds without a key before the search starts, and before its result is said aloud. */
  const PAUSE = 120;
  const SAY = 1000;
  /** Results shown at first, and how many more at a time. */
  const STEP = 20;

  /**
   * @typedef {{text: string, mark: boolean}} Part
   * @typedef {{url: string, title: string, kind: string, kindLabel: string, heading?: string, anchor?: string, crumbs?: string[], excerpt?: Part[]}} Hit
   * @typedef {{title: string, url: string, level: string, emergency?: {text: string, href: string}, phone?: {name: string, text: string, href: string}}} Route
   * @typedef {[string, string, number]} Facet
   * @typedef {{query: string, results: Hit[], total: number, facets: Record<string, Facet[]>, corrected?: Record<string, string>, dropped?: string[], routes?: Route[]}} Result
   * @typedef {{q: string, audience: string, kind: string}} Question
   */

  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-search='page']"));
  const results = /** @type {HTMLElement | null} */ (document.querySelector("[data-results]"));
  if (!form || !results || !guidepost.searchBox) return;
  const { open, typed, fragment, addressOf, keyIsOff, turnKey } = guidepost.searchBox;
  const words = results.dataset;
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const status = /** @type {HTMLElement} */ (document.querySelector("[data-status]"));
  const everything = /** @type {HTMLElement} */ (document.querySelector("[data-static]"));
  /** @type {HTMLSelectElement[]} */
  const filters = Array.from(results.querySelectorAll("[data-filter]"));

  /** A part of the results. @param {string} name @returns {HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (results.querySelector(`[data-${name}]`));
  const heading = part("heading");
  const list = part("list");
  const more = part("more");

  /** A copy of one of the page's templates and a way to its slots. @param {string} name */
  function template(name) {
    const source = /** @type {HTMLTemplateElement} */ (document.querySelector(`template[data-template="${name}"]`));
    const root = /** @type {HTMLElement} */ (source.content.firstElementChild?.cloneNode(true));
    /** @param {string} slot */
    const slot = (slot) => /** @type {HTMLElement} */ (root.querySelector(`[data-slot="${slot}"]`));
    return { root, slot };
  }

  /**
   * A sentence with its `{places}` filled by text or elements.
   * @param {string | undefined} text
   * @param {Record<string, string | number | Node>} values
   * @returns {(string | Node)[]}
   */
  function filled(text, values) {
    return (text ?? "").split(/\{(\w+)\}/).map((piece, at) => {
      const value = at % 2 ? values[piece] : piece;
      return value instanceof Node ? value : String(value ?? "");
    });
  }

  /** An element with a text. @param {string} name @param {string} text */
  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // ---- The question

  /** @returns {Question} what the address asks */
  function asked() {
    const given = new URLSearchParams(location.hash.slice(1));
    return { q: given.get("q") ?? "", audience: given.get("audience") ?? "", kind: given.get("kind") ?? "" };
  }

  /** @returns {Question} what the page's fields ask */
  function entered() {
    const value = (/** @type {string} */ name) => filters.find((one) => one.dataset.filter === name)?.value ?? "";
    return { q: typed(field), audience: value("audience"), kind: value("kind") };
  }

  /** Whether the question in the address is finished: the next one then gets an entry of its own. */
  let finished = true;

  /** Writes the question into the address. @param {Question} question */
  function write(question) {
    const target = question.q ? fragment({ ...question }) : location.pathname + location.search;
    if (target === location.hash) return;
    const isFirst = !asked().q;
    if (finished && !isFirst) history.pushState(null, "", target);
    else history.replaceState(null, "", target);
    finished = false;
  }

  // ---- The answer

  let turn = 0;
  let shown = STEP;
  let saying = 0;

  /** Says a sentence once nothing has changed for a while. @param {string} text @param {number} after milliseconds */
  function say(text, after) {
    clearTimeout(saying);
    saying = window.setTimeout(() => (status.textContent = text), after);
  }

  /**
   * Asks the engine and shows the answer, unless a later question has come in between.
   * @param {Question} question
   * @param {{typing?: boolean, quiet?: boolean}} [how]
   * @returns {Promise<boolean>} whether this was the last question
   */
  async function ask(question, { typing = false, quiet = false } = {}) {
    const mine = ++turn;
    if (!question.q) {
      results?.toggleAttribute("hidden", true);
      everything.hidden = false;
      say("", 0);
      return true;
    }
    try {
      const engine = await open();
      const { audience, kind } = question;
      const options = { typing, limit: shown, audience: audience || undefined, kind: kind || undefined };
      /** @type {Result} */
      const answer = await engine.query(question.q, options);
      if (mine !== turn) return false;
      draw(question, answer);
      const said = [part("danger-place").querySelector("h2, .call")?.textContent, heading.textContent, part("corrected-place").textContent];
      if (!quiet) say(said.filter(Boolean).join(". "), typing ? SAY : 100);
    } catch (_) {
      if (mine !== turn) return false;
      fail();
    }
    return true;
  }

  /** The search does not work: everything there is stands on the page already. */
  function fail() {
    for (const name of ["corrected-place", "dropped-place", "filters", "more", "none"]) part(name).hidden = true;
    part("danger-place").replaceChildren();
    list.replaceChildren();
    heading.textContent = words.failed ?? "";
    results?.toggleAttribute("hidden", false);
    everything.hidden = false;
    say(words.failed ?? "", 0);
  }

  /** @param {Question} question @param {Result} answer */
  function draw(question, answer) {
    const { total } = answer;
    const text = total === 0 ? words.foundNone : total === 1 ? words.foundOne : words.foundMany;
    heading.replaceChildren(...filled(text, { count: total, query: question.q }));
    drawDanger(answer.routes ?? []);
    drawCorrections(question, answer.corrected ?? {});
    const dropped = part("dropped-place");
    dropped.replaceChildren(...(answer.dropped ?? []).flatMap((word) => [...filled(words.dropped, { word }), " "]));
    dropped.hidden = !dropped.textContent;
    drawFilters(question, answer);
    list.replaceChildren(...answer.results.map(item));
    more.hidden = answer.results.length >= total;
    const narrowed = Boolean(question.audience || question.kind);
    part("none").hidden = total > 0 || narrowed;
    results?.toggleAttribute("hidden", false);
    everything.hidden = total > 0 || narrowed;
  }

  /** @param {Hit} hit */
  function item(hit) {
    const { root, slot } = template("result");
    const link = /** @type {HTMLAnchorElement} */ (root.querySelector("a"));
    link.href = addressOf(hit.url, hit.anchor);
    slot("title").textContent = hit.title;
    const section = hit.heading && hit.heading !== hit.title ? hit.heading : "";
    if (section) slot("heading").textContent = section;
    else slot("heading").remove();
    const above = (hit.crumbs ?? []).join(" › ");
    slot("crumbs").textContent = above;
    // A plain page's kind says nothing, and a section named after its kind says it already.
    if (["page", "section"].includes(hit.kind) || above.endsWith(hit.kindLabel)) slot("kind").remove();
    else slot("kind").textContent = hit.kindLabel;
    if (!root.querySelector(".result-place")?.textContent?.trim()) root.querySelector(".result-place")?.remove();
    const parts = hit.excerpt ?? [];
    slot("excerpt").append(...parts.map(({ text, mark }) => (mark ? element("mark", text) : text)));
    if (!parts.length) slot("excerpt").remove();
    return root;
  }

  /**
   * Words of danger: who to call, above everything that was found.
   * @param {Route[]} routes
   */
  function drawDanger(routes) {
    const place = part("danger-place");
    const immediate = routes.some((route) => route.level === "immediate");
    // While somebody types, a panel that stays the same is left alone.
    const mark = JSON.stringify(routes);
    if (place.dataset.shown === mark) return;
    place.dataset.shown = mark;
    place.replaceChildren();
    if (!routes.length) return;
    const { root, slot } = template("danger");
    root.classList.toggle("danger-immediate", immediate);
    slot("title").textContent = (immediate ? words.danger : words.concern) ?? "";
    const emergency = routes.map((route) => route.emergency).find(Boolean);
    const call = root.querySelector("a");
    if (immediate && emergency && call) {
      call.href = emergency.href;
      slot("call").append(...filled(words.call, { number: emergency.text }));
    } else slot("emergency").remove();
    slot("routes").append(...routes.map(routeItem));
    place.append(root);
  }

  /** @param {Route} route */
  function routeItem(route) {
    const { root, slot } = template("route");
    const title = /** @type {HTMLAnchorElement} */ (slot("title"));
    title.href = addressOf(route.url);
    title.textContent = route.title;
    if (!route.phone) {
      slot("phone").remove();
      return root;
    }
    slot("name").textContent = route.phone.name;
    const number = /** @type {HTMLAnchorElement} */ (slot("number"));
    number.href = route.phone.href;
    number.textContent = route.phone.text;
    return root;
  }

  /**
   * What was looked for instead, and the way to exactly what was typed: a word in quotes is never corrected.
   * @param {Question} question
   * @param {Record<string, string>} corrected
   */
  function drawCorrections(question, corrected) {
    const place = part("corrected-place");
    const pairs = Object.entries(corrected);
    const join = (/** @type {string[]} */ all) => element("strong", all.join(", "));
    const [from, to] = [pairs.map(([typo]) => typo), pairs.map(([, word]) => word)];
    place.replaceChildren(...(pairs.length ? filled(words.corrected, { corrected: join(to), typed: join(from) }) : []));
    place.hidden = !pairs.length;
    if (!pairs.length) return;
    const link = document.createElement("a");
    link.href = fragment({ ...question, q: exactly(question.q, from) });
    link.append(...filled(words.exact, { query: question.q }));
    place.append(" ", link);
  }

  /** Puts words of a question in quotes. @param {string} question @param {string[]} typos */
  function exactly(question, typos) {
    return typos.reduce((text, typo) => text.replace(typo, `"${typo}"`), question.replace(/"/g, ""));
  }

  /** Readers and kinds with the number of pages; what is chosen stays, also where it finds nothing. @param {Question} question @param {Result} answer */
  function drawFilters(question, answer) {
    let useful = Boolean(question.audience || question.kind);
    for (const select of filters) {
      const name = /** @type {"audience" | "kind"} */ (select.dataset.filter);
      const facets = answer.facets?.[name] ?? [];
      const chosen = question[name];
      const known = Array.from(select.options).find((option) => option.value === chosen)?.dataset.label ?? chosen;
      /** @type {Facet[]} */
      const all = !chosen || facets.some(([id]) => id === chosen) ? facets : [...facets, [chosen, known, 0]];
      const options = all.map(([id, label, count]) => {
        const option = new Option("", id, false, id === chosen);
        option.dataset.label = label;
        option.append(...filled(words.option, { label, count }));
        return option;
      });
      select.replaceChildren(select.options[0], ...options);
      select.value = chosen;
      /** @type {HTMLElement} */ (select.parentElement).hidden = all.length < 2 && !chosen;
      useful ||= all.length > 1;
    }
    part("filters").hidden = !useful;
    part("reset").hidden = !(question.audience || question.kind);
  }

  // ---- What a reader does

  let timer = 0;

  /** A finished question. @param {{quiet?: boolean}} [how] */
  function finish(how) {
    clearTimeout(timer);
    shown = STEP;
    const question = entered();
    write(question);
    finished = true;
    return ask(question, how);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      shown = STEP;
      const question = entered();
      write(question);
      ask(question, { typing: true });
    }, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    field.value = "";
    finish();
  });
  // Enter: the answer is read from its heading on, and a phone puts its keyboard away.
  form.addEventListener("submit", async () => {
    if (await finish({ quiet: true })) (results.hidden ? field : heading).focus();
  });
  for (const select of filters) {
    select.addEventListener("change", () => {
      finished = true;
      finish();
    });
  }
  part("reset").addEventListener("click", () => {
    for (const select of filters) select.value = "";
    finished = true;
    finish({ quiet: true });
    heading.focus();
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    shown += STEP;
    if (await ask(entered(), { quiet: true })) list.children[before]?.querySelector("a")?.focus();
  });

  /** Words to mark on the page that is opened: those of the question and as the page writes them. @param {Element} row */
  function wordsOf(row) {
    const marked = Array.from(row.querySelectorAll("mark"), (mark) => mark.textContent ?? "");
    const own = typed(field).split(/[^\p{L}\p{N}'’-]+/u).filter((/** @type {string} */ word) => word.length > 3);
    return [...new Set([...marked, ...own].map((word) => word.trim().toLowerCase()).filter(Boolean))].slice(0, 30);
  }

  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const row = link?.closest("li");
    if (!link || !row) return;
    finished = true;
    // To come back to the same place in the list.
    history.replaceState({ shown, opened: Array.from(list.children).indexOf(row) }, "");
    // The words stay with the browser's own entry for this page; the page that is opened looks back at it.
    const navigation = /** @type {any} */ (globalThis).navigation;
    navigation?.updateCurrentEntry({ state: { words: wordsOf(row), to: link.href } });
  });

  /** Shows what the address asks: at first, and after Back and Forward. */
  async function restore() {
    const question = asked();
    const state = history.state;
    clearTimeout(timer);
    finished = true;
    shown = Number(state?.shown) || STEP;
    field.value = question.q;
    for (const select of filters) {
      const value = question[/** @type {"audience" | "kind"} */ (select.dataset.filter)];
      if (!Array.from(select.options).some((option) => option.value === value)) select.append(new Option(value, value));
      select.value = value;
    }
    const inside = results?.contains(document.activeElement);
    const isLast = await ask(question);
    // A link to another question went away with the answer it stood in.
    if (isLast && inside && !results?.contains(document.activeElement)) heading.focus();
    if (isLast && Number.isInteger(state?.opened)) list.children[state.opened]?.querySelector("a")?.focus();
    if (isLast && location.hash === "#q=") field.focus();
  }

  /** The `/` key may be turned off here (WCAG 2.1.4). */
  function offerKey() {
    const line = /** @type {HTMLElement | null} */ (document.querySelector("[data-shortcut]"));
    const button = line?.querySelector("button");
    if (!line || !button) return;
    const show = () => (button.textContent = (keyIsOff() ? line.dataset.on : line.dataset.off) ?? "");
    button.addEventListener("click", () => {
      turnKey(!keyIsOff());
      show();
    });
    show();
    line.hidden = false;
  }

  addEventListener("popstate", restore);
  offerKey();
  restore();
})();
