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

  const others = new BroadcastChannel("guidepost-preview");

  /** @type {AbortController | null} */
  let listening = null;
  /** @type {string} */
  let drawnBuild = "";
  /** @type {HTMLElement | null} */
  let panel = null;

  /** Somebody may be typing while somebody else saves a page. */
  function keepTyped() {
    const field = document.activeElement;
    if (!(field instanceof HTMLInputElement) || field.type !== "text" || !field.id) return;
    sessionStorage.setItem("guidepost-typed", JSON.stringify([field.id, field.value]));
  }

  /** Fills the field in which somebody was typing, and goes on there. */
  function giveBackTyped() {
    try {
      const typed = sessionStorage.getItem("guidepost-typed");
      if (!typed) return;
      sessionStorage.removeItem("guidepost-typed");
      const [id, value] = JSON.parse(typed);
      const field = document.getElementById(id);
      if (!(field instanceof HTMLInputElement)) return;
      field.focus();
      if (field.value === value) return;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } catch {
      // Without storage nothing was kept.
    }
  }

  /** Reloads, but never twice for the same site at one address: an old copy from a cache would go on for ever.
   * @param {string} next */
  function reload(next) {
    const mark = `${next} ${location.pathname}`;
    try {
      if (sessionStorage.getItem("guidepost-preview") === mark) return;
      sessionStorage.setItem("guidepost-preview", mark);
      keepTyped();
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

  /** Reloads when the page is out of date; else shows what the last build found, once a build. */
  async function ask() {
    try {
      const reply = await fetch("/_guidepost/problems");
      /** @type {Shown & {problems: Problem[]}} */
      const told = await reply.json();
      if (told.site !== site) {
        reload(told.site);
      } else if (drawsPanel && told.build !== drawnBuild) {
        drawnBuild = told.build;
        draw(told.problems.filter((problem) => problem.is_error));
      }
    } catch {
      // The preview was stopped; its return is an event.
    }
  }

  /** @param {Shown} shown */
  function take(shown) {
    if (shown.site !== site) reload(shown.site);
    else if (shown.build !== drawnBuild) ask();
  }

  /** Holds the one stream and passes on what it says, until told to rest.
   * @param {AbortSignal} rested @returns {Promise<void>} */
  function hold(rested) {
    return new Promise((resolve) => {
      /** @type {EventSource} */
      let events;
      const open = () => {
        if (rested.aborted) return;
        events = new EventSource("/_guidepost/events");
        events.addEventListener("message", (event) => {
          const shown = JSON.parse(event.data);
          others.postMessage(shown);
          take(shown);
        });
        events.addEventListener("error", () => {
          // After a refusal the browser does not try again by itself.
          if (events.readyState === EventSource.CLOSED) setTimeout(open, retry);
        });
      };
      open();
      rested.addEventListener("abort", () => {
        events.close();
        resolve();
      });
    });
  }

  /** Browsers allow six connections to one server, so all tabs share one stream: a visible tab holds it, the others
   * queue for it and hear from it. Hidden tabs do neither, and ask when they are seen again. */
  function listen() {
    if (listening || document.visibilityState === "hidden") return;
    listening = new AbortController();
    const { signal } = listening;
    ask();
    // Leaving the queue is reported as an error.
    navigator.locks.request("guidepost-preview", { signal }, () => hold(signal)).catch(() => {});
  }

  function rest() {
    listening?.abort();
    listening = null;
  }

  others.addEventListener("message", (event) => take(event.data));
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? rest() : listen()));
  addEventListener("load", giveBackTyped);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
