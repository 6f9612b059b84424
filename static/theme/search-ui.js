// The search box of every page: keys that lead to it, what it loads once it has focus, and where its words go. They go
// behind a `#`, which browsers keep to themselves. Until a box has focus nothing of the search is asked for, and
// nothing is ever stored except that somebody turned the `/` key off.
(function () {
  "use strict";

  /** @type {any} */
  const guidepost = ((/** @type {any} */ (globalThis)).guidepost ??= {});
  const KEY_OFF = "guidepost-search-key";
  /** Where the site's root, the index, the engine and the suggestions are: this script's own element says it. */
  const places = document.currentScript?.dataset ?? {};
  /** The longest text that is taken from a box, in characters. */
  const LONGEST = 300;

  /** @type {HTMLFormElement[]} */
  const forms = Array.from(document.querySelectorAll("form[data-search]"));

  /** The text field of a box. @param {HTMLFormElement} form */
  const fieldOf = (form) => /** @type {HTMLInputElement} */ (form.querySelector("input"));

  /** The site's root; below it, and nowhere else on its host or disk, are the scripts that may run. */
  const root = new URL(places.base ?? ".", document.baseURI).href;
  // One policy for a page: its name may be made only once.
  const types = /** @type {any} */ (globalThis).trustedTypes;
  /** @type {{createScriptURL: (address: string) => any}} */
  const policy = (guidepost.policy ??= types ? types.createPolicy("guidepost", { createScriptURL: ours }) : { createScriptURL: ours });

  /** Refuses the address of a script that is not of this site. @param {string} address */
  function ours(address) {
    const { href } = new URL(address, document.baseURI);
    if (!href.startsWith(root)) throw new TypeError("a script of another site");
    return href;
  }

  /** Runs a script of the theme once. @param {string} address @returns {Promise<void>} */
  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = policy.createScriptURL(address);
      // What has run may go: a file of the index is a long text.
      script.addEventListener("load", () => resolve(script.remove()));
      script.addEventListener("error", () => {
        script.remove();
        reject(new Error("the script was not loaded"));
      });
      document.head.append(script);
    });
  }

  /** @type {Promise<any> | undefined} */
  let opened;

  /** The search engine, loaded at the first call; a failure may be tried again. @returns {Promise<any>} */
  function open() {
    const { base = "", core, engine } = places;
    if (!core || !engine) return Promise.reject(new Error("this site has no index"));
    opened ??= (guidepost.search ? Promise.resolve() : load(engine)).then(() => guidepost.search.open(base, core));
    opened.catch(() => (opened = undefined));
    return opened;
  }

  /** What a reader typed, in one line. @param {HTMLInputElement} field */
  const typed = (field) => field.value.replace(/\s+/g, " ").trim().slice(0, LONGEST);

  /** The part of an address behind which words stay in the browser. @param {Record<string, string>} values */
  function fragment(values) {
    const given = Object.entries(values).filter(([name, value]) => value || name === "q");
    return `#${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
  }

  /** Where the pages and files of the site stand. @param {string} url from the site's root @param {string} [anchor] */
  function addressOf(url, anchor) {
    const path = url.replace(/^\/+/, "");
    // In a portable site, whose index is a script, no host finds the page of a folder.
    const file = places.core?.endsWith(".js") && /(^|\/)$/.test(path) ? `${path}index.html` : path;
    return `${places.base ?? ""}${file}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  }

  for (const form of forms) {
    const field = fieldOf(form);
    let attached = false;
    field.addEventListener("focus", () => {
      open().catch(() => undefined);
      if (attached || !places.suggest || form.dataset.search === "page") return;
      attached = true;
      const ready = guidepost.suggest ? Promise.resolve() : load(places.suggest);
      ready.then(() => guidepost.suggest(form), () => (attached = false));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.dataset.search !== "page") location.assign(form.action + fragment({ q: typed(field) }));
    });
  }

  /** Whether the reader types into something. @param {EventTarget | null} target */
  function writes(target) {
    if (!(target instanceof HTMLElement)) return false;
    return target.isContentEditable || target.matches("input, textarea, select, [role='textbox']");
  }

  /** Whether the `/` key is left alone; a key without Ctrl must be one that can be turned off (WCAG 2.1.4). */
  function keyIsOff() {
    try {
      return localStorage.getItem(KEY_OFF) === "off";
    } catch (_) {
      return false;
    }
  }

  /** Keeps the choice where that is allowed; the default leaves no trace. @param {boolean} off */
  function turnKey(off) {
    try {
      if (off) localStorage.setItem(KEY_OFF, "off");
      else localStorage.removeItem(KEY_OFF);
    } catch (_) {
      // Storage is switched off.
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    const slash = event.key === "/" && !control && !writes(event.target) && !keyIsOff();
    const letter = event.key.toLowerCase() === "k" && control && !event.shiftKey;
    if (!slash && !letter) return;
    // In another field Ctrl and K may mean something else there.
    if (letter && writes(event.target) && !(event.target instanceof Element && event.target.closest("[data-search]"))) return;
    const field = forms.map(fieldOf).find((one) => one.checkVisibility());
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  /**
   * Marks the words of the search on the page it led to. They are in neither its address nor a store: this page reads
   * them from the entry before it in the tab's own history. Where the browser does not show it that entry, the address
   * alone leads to the right section.
   */
  function markWords() {
    const navigation = /** @type {any} */ (globalThis).navigation;
    const main = document.querySelector("main");
    const here = navigation?.currentEntry?.index ?? -1;
    const before = navigation?.entries().find((/** @type {any} */ entry) => entry.index === here - 1)?.getState();
    const words = before?.words;
    if (!main || before?.to !== location.href || !Array.isArray(words) || !words.length) return;
    const any = words.map((word) => String(word).replace(/[^\p{L}\p{N}\s]/gu, "\\$&")).join("|");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, "giu");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const texts = [];
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    for (const text of texts) markIn(text, pattern);
  }

  /** Puts what fits the pattern into `<mark>`, the last first, so that places before it stay right. @param {Text} text @param {RegExp} pattern */
  function markIn(text, pattern) {
    for (const match of Array.from(text.data.matchAll(pattern)).reverse()) {
      const found = text.splitText(match.index);
      found.splitText(match[0].length);
      const mark = document.createElement("mark");
      mark.className = "found";
      found.replaceWith(mark);
      mark.append(found);
    }
  }

  markWords();
  guidepost.load = load;
  guidepost.searchBox = { open, typed, fragment, addressOf, keyIsOff, turnKey };
})();
