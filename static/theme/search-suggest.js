// Suggestions below a search box: a combobox with a list and manual selection (ARIA Authoring Practices Guide). Loaded
// when a box first has focus. Focus stays in the field; the arrow keys move through the list, Enter takes what is
// chosen, Escape closes the list and, pressed again, empties the field.
(function () {
  "use strict";

  const { guidepost } = /** @type {any} */ (globalThis);
  /** How many suggestions are shown; reporting routes come on top of them. */
  const SHOWN = 6;
  /** Milliseconds without a key before suggestions are looked up, and before their number is said. */
  const PAUSE = 100, SAY = 900;

  /** @typedef {{text: string, url?: string, note?: string, urgent?: boolean}} Suggestion */

  /** @param {HTMLFormElement} form */
  guidepost.suggest = (form) => {
    const { open, typed, addressOf } = guidepost.searchBox, words = form.dataset;
    const field = /** @type {HTMLInputElement} */ (form.querySelector("[role='combobox']"));
    const list = /** @type {HTMLElement} */ (form.querySelector("[role='listbox']"));
    const status = /** @type {HTMLElement} */ (form.querySelector("[role='status']"));
    /** @type {Suggestion[]} */
    let suggestions = [];
    let active = -1, timer = 0, saying = 0, asked = 0;

    /** @param {string} [text] */
    const say = (text = "") => {
      clearTimeout(saying);
      saying = window.setTimeout(() => (status.textContent = text), text ? SAY : 0);
    };

    /** @param {number} place -1: none */
    const activate = (place) => {
      active = place;
      field.removeAttribute("aria-activedescendant");
      Array.from(list.children).forEach((option, at) => {
        option.setAttribute("aria-selected", String(at === place));
        if (at !== place) return;
        field.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      });
    };

    /** @param {boolean} shown */
    const toggle = (shown) => {
      list.hidden = !shown;
      field.setAttribute("aria-expanded", String(shown));
      activate(-1);
      say(shown ? (suggestions.length > 1 ? words.many : words.one)?.replace("{count}", String(suggestions.length)) : "");
    };

    const close = () => {
      asked += 1;
      clearTimeout(timer);
      toggle(false);
    };

    /** @param {Suggestion} one @param {number} at */
    const optionOf = ({ text, note, urgent }, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.className = `suggestion ${urgent ? "suggestion-help" : ""}`;
      option.append(text);
      if (note) {
        const small = document.createElement("span");
        small.className = "suggestion-note";
        small.append(note);
        option.append(" ", small);
      }
      return option;
    };

    const look = async () => {
      const text = typed(field), turn = ++asked;
      if (!text) return close();
      try {
        const engine = await open();
        if (turn !== asked || document.activeElement !== field) return;
        // Reporting routes first; a page is offered once.
        /** @type {Suggestion[]} */
        const routes = engine.routesFor(text).map((/** @type {{title: string, url: string}} */ { title, url }) => ({ text: title, url, note: words.help, urgent: true }));
        /** @type {Suggestion[]} */
        const found = engine.suggest(text, SHOWN);
        const others = found.filter(({ url }) => url === undefined || !routes.some((route) => route.url === url));
        suggestions = [...routes, ...others.map((one) => (one.url === undefined ? one : { ...one, note: words.open }))];
        list.replaceChildren(...suggestions.map(optionOf));
        toggle(suggestions.length > 0);
      } catch (_) {
        // Without suggestions the box still leads to the search page.
      }
    };

    /** @param {Suggestion | undefined} one */
    const take = (one) => {
      if (!one) return;
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
      const { key } = event, places = suggestions.length + 1, step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? places - 1 : 0;
      if (event.isComposing || event.ctrlKey || event.metaKey || !(step || key === "Escape" || (key === "Enter" && !list.hidden && suggestions[active]))) return;
      event.preventDefault();
      if (key === "Enter") take(suggestions[active]);
      else if (key === "Escape") {
        if (list.hidden) field.value = "";
        close();
      } else if (list.hidden) look();
      // One place more than there are options: the field itself.
      else activate(((active + 1 + step) % places) - 1);
    });
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // The field keeps focus when the list is clicked.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => take(suggestions[Array.from(list.children).findIndex((option) => option.contains(/** @type {Node} */ (target)))]));
    if (document.activeElement === field) look();
  };
})();
