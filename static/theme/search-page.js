// The search page: what is asked stands in the address behind `#`, and search-results.js draws what is found. The last
// question wins; one that is still being typed or chosen takes the place of the one before it in the browser's history,
// a finished one is kept, so that Back leads from search to search.
(function () {
  "use strict";

  const { guidepost, navigation } = /** @type {any} */ (globalThis), box = guidepost.searchBox;
  /** Milliseconds without a key before the search starts, before its result is said aloud, and before waiting is named. */
  const PAUSE = 120, SAY = 1000, LONG = 500;
  /** Results shown at first, and how many more at a time. */
  const STEP = 10;

  /** Something of the page. @param {string} selector @returns {any} */
  const one = (selector) => document.querySelector(selector);
  /** @type {HTMLElement} */
  const results = box && one("[data-results]");
  if (!results) return;
  const { open, typed, fragment, tell } = box;
  /** @type {{part: (name: string) => HTMLElement, draw: (question: Question, answer: Partial<Result>) => void, warn: (routes: Route[]) => void}} */
  const { part, draw, warn } = guidepost.results(results);
  /** @type {HTMLInputElement} */
  const field = one("#page-search"), form = /** @type {HTMLFormElement} */ (field.form);
  const heading = part("heading"), list = part("list"), filters = results.querySelectorAll("select");

  // ---- The question

  /** What the address asks. @returns {Question} */
  function asked() {
    const { q = "", audience = "", kind = "" } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    return { q: typed(q), audience, kind };
  }

  /** What the page's fields ask. @returns {Question} */
  function entered() {
    /** @type {any} */
    const chosen = Object.fromEntries(Array.from(filters, ({ dataset, value }) => [dataset.filter, value]));
    return { q: typed(field.value), ...chosen };
  }

  /** @type {Element | undefined} The control whose next change takes the place of the question; none if that is finished. */
  let writer;

  /** Writes the question into the address. @param {Question} question @param {Element} by the control that was changed */
  function write(question, by) {
    const target = fragment(question);
    if (target === location.hash) return;
    history[by !== writer && asked().q ? "pushState" : "replaceState"](null, "", target);
    writer = by;
  }

  // ---- The answer

  let turn = 0, shown = STEP, timer = 0, saying = 0;

  /** Says a sentence once nothing has changed for a while. @param {string} text @param {number} after milliseconds */
  function say(text, after) {
    clearTimeout(saying);
    saying = setTimeout(() => (one("[data-status]").textContent = text), after);
  }

  /** What a panel of danger says first, if there is one. */
  const CALLS = ".danger-panel :is(h2, .call)";
  /** The texts of some parts of the results as sentences. @param {string} parts */
  const aloud = (parts) =>
    Array.from(results.querySelectorAll(parts), ({ textContent }) => textContent?.trim().replace(/[^.?!]$/, "$&.")).filter(Boolean).join(" ");

  /**
   * Asks the engine and shows the answer, unless a later question has come in between.
   * @param {Question} question @param {{typing?: boolean, quiet?: boolean}} [how]
   * @returns {Promise<boolean>} whether this was the last question
   */
  async function ask(question, { typing = false, quiet = false } = {}) {
    const mine = ++turn;
    /** @type {Partial<Result>} */
    let answer = {};
    clearTimeout(saying);
    results.hidden = !question.q;
    if (question.q) {
      saying = setTimeout(tell, LONG, "waiting");
      try {
        const engine = await open(), routes = engine.routesFor(question.q);
        // Who to call waits for no page, and stays if none comes. Questions come to this point in their order.
        warn(routes);
        answer = { routes };
        answer = await engine.query(question.q, { ...question, typing, limit: shown });
      } catch (_) {
        // Everything there is stands on the page already.
      }
      if (mine !== turn) return false;
    }
    draw(question, answer);
    one("[data-static]").hidden = answer.results && part("none").hidden;
    // What was to be said of the answer before is no longer true.
    say(quiet || !question.q ? "" : aloud(`${CALLS}, [data-heading], .results-note:not([hidden])`), typing ? SAY : 100);
    return true;
  }

  // ---- What a reader does

  /** Asks what the fields say. @param {Element} by the control that was changed @param {{typing?: boolean, quiet?: boolean}} [how] */
  function search(by, how) {
    clearTimeout(timer);
    shown = STEP;
    const question = entered();
    write(question, by);
    return ask(question, how);
  }

  const links = () => Array.from(list.querySelectorAll("a"));
  /** Leads to the link that was opened from this list. */
  const back = () => links()[history.state?.opened]?.focus();

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE, field, { typing: true });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    field.value = "";
    search(field);
  });
  // Enter: the answer is read from its heading on, and a phone puts its keyboard away. Who to call stands above that
  // heading, so that it is said.
  form.addEventListener("submit", async () => {
    const last = search(field, { quiet: true });
    writer = undefined;
    if (!(await last)) return;
    (results.hidden ? field : heading).focus();
    say(aloud(CALLS), 100);
  });
  for (const select of filters) select.addEventListener("change", () => search(select));
  part("reset").addEventListener("click", () => {
    // The button goes away.
    heading.focus();
    location.hash = fragment({ q: entered().q });
  });
  part("more").addEventListener("click", async () => {
    const before = links().length;
    shown += STEP;
    if (await ask(entered(), { quiet: true })) links()[before]?.focus();
  });

  list.addEventListener("click", ({ target }) => {
    const link = /** @type {Element} */ (target).closest("a");
    if (!link) return;
    writer = undefined;
    // To come back to the same place in the list.
    history.replaceState({ shown, opened: links().indexOf(link) }, "");
    // Words to mark: those of the question and as pages write them. They stay with the browser's own entry for this
    // page; the page that is opened looks back at it.
    const marked = Array.from(list.querySelectorAll("mark"), ({ textContent }) => `${textContent}`);
    /** @type {string[]} */
    const own = entered().q.match(guidepost.search.WORD) ?? [];
    const all = new Set([...marked, ...own.filter((word) => word[3])].map((word) => word.toLowerCase()));
    navigation?.updateCurrentEntry({ state: { words: [...all].slice(0, 30), to: link.href } });
  });

  /** Shows what the address asks: at first, and after Back and Forward. */
  async function restore() {
    const question = asked();
    clearTimeout(timer);
    writer = undefined;
    shown = history.state?.shown || STEP;
    field.value = question.q;
    const inside = results.contains(document.activeElement);
    if (!(await ask(question))) return;
    // A link to another question went away with the answer it stood in.
    if (inside && !results.contains(document.activeElement)) heading.focus();
    back();
    if (location.hash === "#q=") field.focus();
  }

  // A browser that kept the whole page runs nothing anew, but Chromium forgets what had focus.
  addEventListener("pageshow", ({ persisted }) => persisted && back());
  // A link to a part of this page asks nothing.
  addEventListener("popstate", () => /^(#q=|$)/.test(location.hash) && restore());
  // Somebody may have typed, and pressed Enter, before this script was there.
  if (form.dataset.entered === field.value && form.contains(document.activeElement)) form.requestSubmit();
  else if (field.value) search(field, { typing: true });
  else restore();
})();
