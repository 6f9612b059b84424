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

  /** A reporting route, a page, or words to look for. @typedef {{text?: string, title?: string, lang?: string, dir?: string, url?: string, level?: string}} Suggestion */

  /** @param {HTMLFormElement} form */
  guidepost.suggest = (form) => {
    const { open, typed, addressOf } = guidepost.searchBox, words = form.dataset;
    const field = /** @type {HTMLInputElement} */ (form.querySelector("[role='combobox']"));
    const list = /** @type {HTMLElement} */ (form.querySelector("ul"));
    const status = /** @type {HTMLElement} */ (form.querySelector("[role='status']"));
    /** @type {Suggestion[]} */
    let suggestions = [];
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", `${list.dataset.label}`);
    let active = -1, timer = 0, saying = 0, asked = 0;

    /** @param {number} place -1: none */
    const activate = (place) => {
      active = place;
      const chosen = list.children[place];
      for (const option of list.children) option.setAttribute("aria-selected", String(option === chosen));
      field.setAttribute("aria-activedescendant", chosen?.id ?? "");
      chosen?.scrollIntoView({ block: "nearest" });
    };

    /** Opens the list and says what is in it, or closes it. @param {string} [text] */
    const toggle = (text = "") => {
      list.hidden = !text;
      field.setAttribute("aria-expanded", String(!!text));
      activate(-1);
      clearTimeout(saying);
      saying = setTimeout(() => (status.textContent = text), text ? SAY : 0);
    };

    const close = () => {
      asked += 1;
      clearTimeout(timer);
      toggle();
    };

    /** @param {Suggestion} one @param {number} at */
    const optionOf = ({ title, text = title, lang, dir, level }, at) => {
      const option = document.createElement("li"), name = document.createElement("span");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      if (level) option.className = "suggestion-help";
      name.append(`${text}`);
      if (lang) Object.assign(name, { lang, dir });
      option.append(name);
      if (title) {
        const note = document.createElement("small");
        note.append(`${level ? words.help : words.open}`);
        option.append(" ", note);
      }
      return option;
    };

    const look = async () => {
      const text = typed(field.value), turn = ++asked;
      if (!text) return close();
      try {
        const engine = await open();
        if (turn !== asked || document.activeElement !== field) return;
        // Reporting routes first; a page is offered once.
        /** @type {Suggestion[]} */
        const routes = engine.routesFor(text);
        /** @type {Suggestion[]} */
        const others = engine.suggest(text, SHOWN).filter((/** @type {Suggestion} */ { url }) => !routes.some((route) => route.url === url));
        suggestions = [...routes, ...others];
        list.replaceChildren(...suggestions.map(optionOf));
        const said = suggestions[0] && (routes[0] ? words.helps : words.many);
        toggle(said?.replace("{help}", `${routes.length}`).replace("{count}", `${others.length}`));
      } catch (_) {
        // Without suggestions the box still leads to the search page.
      }
    };

    /** @param {Suggestion | undefined} one */
    const take = (one) => {
      if (!one) return;
      close();
      if (one.title) return location.assign(addressOf(one.url));
      field.value = `${one.text}`;
      form.requestSubmit();
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
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
    list.addEventListener("click", ({ target }) => take(suggestions[Array.from(list.children).indexOf(/** @type {any} */ (target).closest("li"))]));
    if (document.activeElement === field) look();
  };
})();
