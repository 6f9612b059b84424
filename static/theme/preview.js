// Keeps a previewed page up to date and shows what is wrong. Never part of a published site.
// In: data-site and data-panel on its own tag; /_guidepost/events and /_guidepost/problems. Out: a reload, a panel.
// Text only ever becomes text nodes.
(() => {
  "use strict";

  /** @typedef {{is_error: boolean, code: string, message: string, place: string, excerpt: string, help: string}} Problem */
  /** @typedef {{site: string, build: string}} Shown */

  const tag = document.currentScript;
  if (!(tag instanceof HTMLScriptElement)) return;
  const site = tag.dataset.site;
  const drawsPanel = tag.dataset.panel === "drawn";
  const retry = 2000;

  /** @type {EventSource | null} */
  let events = null;
  /** @type {string} */
  let drawnBuild = "";
  /** @type {HTMLElement | null} */
  let panel = null;

  /** Reloads, but never twice for the same site at one address: an old copy from a cache would go on for ever.
   * @param {string} next */
  function reload(next) {
    const mark = `${next} ${location.pathname}`;
    try {
      if (sessionStorage.getItem("guidepost-preview") === mark) return;
      sessionStorage.setItem("guidepost-preview", mark);
    } catch {
      // Storage is switched off: reload all the same.
    }
    location.reload();
  }

  /** @param {string} name @param {string} text @param {string} [className] */
  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** @param {Problem} problem */
  function item(problem) {
    const made = document.createElement("li");
    made.append(element("p", problem.message, "guidepost-preview-message"));
    if (problem.place) made.append(element("code", problem.place));
    if (problem.excerpt) {
      const excerpt = element("pre", problem.excerpt);
      excerpt.tabIndex = 0;
      made.append(excerpt);
    }
    if (problem.help) made.append(element("p", problem.help));
    return made;
  }

  function clear() {
    panel?.remove();
    panel = null;
  }

  /** @param {Problem[]} errors */
  function draw(errors) {
    const hadFocus = panel?.contains(document.activeElement);
    clear();
    if (errors.length === 0) return;
    const made = document.createElement("section");
    made.className = "guidepost-preview";
    made.setAttribute("role", "alert");
    made.setAttribute("aria-labelledby", "guidepost-preview-heading");
    const heading = element("h2", errors.length === 1 ? "1 problem to mend" : `${errors.length} problems to mend`);
    heading.id = "guidepost-preview-heading";
    const hide = element("button", "Hide until the next change");
    hide.setAttribute("type", "button");
    hide.addEventListener("click", clear);
    made.addEventListener("keydown", (event) => {
      if (event.key === "Escape") clear();
    });
    const list = document.createElement("ol");
    list.append(...errors.map(item));
    made.append(heading, element("p", "You see the page as it was before."), list, hide);
    // First in the page, so that the next press of Tab gets there.
    document.body.prepend(made);
    panel = made;
    if (hadFocus) hide.focus();
  }

  async function showProblems() {
    try {
      const reply = await fetch("/_guidepost/problems");
      /** @type {Shown & {problems: Problem[]}} */
      const told = await reply.json();
      if (told.build === drawnBuild) return;
      drawnBuild = told.build;
      draw(told.problems.filter((problem) => problem.is_error));
    } catch {
      // The preview was stopped in between; its return is an event.
    }
  }

  /** @param {Shown} shown */
  function take(shown) {
    if (shown.site !== site) reload(shown.site);
    else if (drawsPanel && shown.build !== drawnBuild) showProblems();
  }

  /** Hidden tabs hold no connection: browsers allow six to one server. On return the server says at once what is shown. */
  function listen() {
    if (events || document.visibilityState === "hidden") return;
    const opened = new EventSource("/_guidepost/events");
    events = opened;
    opened.addEventListener("message", (event) => take(JSON.parse(event.data)));
    opened.addEventListener("error", () => {
      // After a refusal the browser does not try again by itself.
      if (opened.readyState !== EventSource.CLOSED || events !== opened) return;
      events = null;
      setTimeout(listen, retry);
    });
  }

  function rest() {
    events?.close();
    events = null;
  }

  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
