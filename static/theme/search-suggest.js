// Suggestions below a search box: a combobox with a list and manual selection (ARIA Authoring Practices Guide). Loaded
// when a box first has focus. Focus stays in the field; the arrow keys move through the list, Enter takes what is
// chosen, Escape closes the list and, pressed again, empties the field.
(function () {
  "use strict";

  /** @type {any} */
  const guidepost = ((/** @type {any} */ (globalThis)).guidepost ??= {});
  /** How many suggestions are shown; reporting routes come on top of them. */
  const SHOWN = 6;
  /** Milliseconds without a key before suggestions are looked up, and before their number is said. */
  const PAUSE = 100;
  const SAY = 900;

  /** @typedef {{text: string, url?: string, title?: string, note?: string, urgent?: boolean}} Suggestion */

  /** @param {HTMLFormElement} form */
  guidepost.suggest = (form) => {
    const { open, typed, addressOf } = guidepost.searchBox;
    const field = /** @type {HTMLInputElement} */ (form.querySelector("[role='combobox']"));
    const list = document.createElement("ul");
    const status = form.querySelector("[data-search-status]");
    /** @type {Suggestion[]} */
    let suggestions = [];
    let active = -1;
    let timer = 0;
    let saying = 0;
    let asked = 0;

    list.id = `${field.id}-list`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.list ?? "");
    field.setAttribute("aria-controls", list.id);
    field.after(list);

    /** @param {string} text */
    const say = (text) => {
      clearTimeout(saying);
      saying = window.setTimeout(() => status && (status.textContent = text), text ? SAY : 0);
    };

    /** @param {number} place -1: none */
    const activate = (place) => {
      active = place;
      Array.from(list.children).forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
      const option = list.children[place];
      if (option) {
        field.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else field.removeAttribute("aria-activedescendant");
    };

    const close = () => {
      asked += 1;
      clearTimeout(timer);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      activate(-1);
      say("");
    };

    /** @param {Suggestion} one @param {number} at */
    const optionOf = (one, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.className = one.urgent ? "suggestion suggestion-help" : "suggestion";
      option.append(one.title ?? one.text);
      if (one.note) {
        const note = document.createElement("span");
        note.className = "suggestion-note";
        note.textContent = one.note;
        option.append(" ", note);
      }
      return option;
    };

    const show = () => {
      list.replaceChildren(...suggestions.map(optionOf));
      list.hidden = suggestions.length === 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
      activate(-1);
      const { one = "", many = "" } = form.dataset;
      say(list.hidden ? "" : suggestions.length === 1 ? one : many.replace("{count}", String(suggestions.length)));
    };

    const look = async () => {
      const text = typed(field);
      const turn = ++asked;
      if (!text) return close();
      try {
        const engine = await open();
        const found = await engine.suggest(text, SHOWN);
        if (turn !== asked || document.activeElement !== field) return;
        suggestions = merge(engine.routesFor(text), found);
        show();
      } catch (_) {
        // Without suggestions the box still leads to the search page.
      }
    };

    /**
     * Reporting routes first; a page is offered once.
     * @param {{title: string, url: string}[]} routes
     * @param {Suggestion[]} found
     */
    const merge = (routes, found) => {
      const { open: openIt, help } = form.dataset;
      const first = routes.map((route) => ({ text: route.title, url: route.url, note: help, urgent: true }));
      const known = new Set(first.map((route) => route.url));
      const rest = found.filter((one) => !one.url || !known.has(one.url));
      return [...first, ...rest.map((one) => (one.url ? { ...one, note: openIt } : one))];
    };

    /** @param {Suggestion} one */
    const take = (one) => {
      close();
      if (one.url !== undefined) return location.assign(addressOf(one.url));
      field.value = one.text;
      form.requestSubmit();
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(look, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const count = suggestions.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) return look();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place more than there are options: the field itself.
        activate(((active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter" && !list.hidden && suggestions[active]) {
        event.preventDefault();
        take(suggestions[active]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (list.hidden) field.value = "";
        close();
      } else if (event.key === "Tab") close();
    });
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // The field keeps focus when the list is clicked.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role='option']") : null;
      const one = option ? suggestions[Array.from(list.children).indexOf(option)] : undefined;
      if (one) take(one);
    });
    if (field.value && document.activeElement === field) look();
  };
})();
