// The search box of every page: keys that lead to it, what it loads once it has focus, and where its words go. They go
// behind a `#`, which browsers keep to themselves. Until a box has focus nothing of the search is asked for, and
// nothing is ever stored except that somebody turned the `/` key off.
(function () {
  "use strict";

  /** @type {any} */
  const world = globalThis;
  const guidepost = (world.guidepost ??= {});
  const KEY_OFF = "guidepost-search-key";
  /** The longest text that is taken from a box, in characters. */
  const LONGEST = 300;
  /** Milliseconds after which it is said that a search takes its time. */
  const LONG = 500;
  /** Where the site's root, the index and the engine are: this script's own element says it. */
  const { base = "", core, engine } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("form[data-search]");

  /** The text field of a box. @param {HTMLFormElement} form */
  const fieldOf = (form) => /** @type {HTMLInputElement} */ (form.querySelector("input"));

  // One policy for a page: its name may be made only once. Scripts come from this site alone.
  const rules = { createScriptURL: ours };
  /** @type {{createScriptURL: (address: string) => any}} */
  const policy = (guidepost.policy ??= world.trustedTypes?.createPolicy("guidepost", rules) ?? rules);

  /** Refuses the address of a script that stands anywhere else than below the site's root. @param {string} address */
  function ours(address) {
    const [{ href }, root] = [address, base || "."].map((given) => new URL(given, document.baseURI));
    if (!href.startsWith(root.href)) throw new TypeError("a script of another site");
    return href;
  }

  /** @type {Record<string, Promise<void>>} */
  const loads = {};

  /** Runs a script of the theme, once; what did not come may be asked for again. @param {string} address @returns {Promise<void>} */
  function load(address) {
    return (loads[address] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = policy.createScriptURL(address);
      // What has run may go: a file of the index is a long text.
      script.onload = () => resolve(script.remove());
      script.onerror = () => {
        script.remove();
        delete loads[address];
        reject(new Error(address));
      };
      document.head.append(script);
    }));
  }

  /** The place for results, on the search page. @type {HTMLElement | null} */
  const results = document.querySelector("[data-results]");
  /** @type {Promise<any> | undefined} */
  let opened;

  /** The search engine, loaded at the first call; a failure may be tried again. @returns {Promise<any>} */
  function open() {
    opened ??= load(engine ?? "").then(() => guidepost.search.open(base, core));
    opened.catch(() => (opened = undefined));
    return opened;
  }

  /** What a reader typed, in one line; half a sign, which no address can hold, is left out. @param {string} text */
  const typed = (text) => text.replace(/\s+/g, " ").trim().slice(0, LONGEST).replace(/\p{Cs}/gu, "");

  /** The part of an address behind which words stay in the browser. @param {Record<string, string>} values */
  function fragment(values) {
    const given = Object.entries(values).filter(([name, value]) => value || name === "q");
    return `#${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
  }

  /** Where the pages and files of the site stand. @param {string} url from the site's root, without a slash before it @param {string} [anchor] */
  function addressOf(url, anchor) {
    // In a portable site, whose index is a script, no host finds the page of a folder.
    const file = core?.endsWith(".js") ? url.replace(/(^|\/)$/, "$1index.html") : url;
    return `${base}${file}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  }

  /** Says what becomes of the search where its result will stand, and aloud. @param {"waiting" | "failed"} what */
  function tell(what) {
    if (!results) return;
    for (const place of document.querySelectorAll("[data-status], [data-heading]")) place.textContent = results.dataset[what] ?? "";
    results.hidden = false;
  }

  for (const form of forms) {
    const field = fieldOf(form), isPage = form.dataset.search === "page", asks = () => location.hash.startsWith("#q=");
    // Whether the script came; the index is another matter.
    const ready = () => guidepost.search;
    let attached = false;
    const start = async () => {
      // Once the page's script is there, that says how its searches go.
      const timer = setTimeout(() => isPage && !ready() && (field.value || asks()) && tell("waiting"), LONG);
      await open().catch(() => undefined);
      clearTimeout(timer);
      if (ready()) {
        if (!attached && !isPage) guidepost.suggest(form);
        attached = true;
      } else if (isPage) {
        tell("failed");
        delete form.dataset.entered;
      }
    };
    field.addEventListener("focus", start);
    // What did not come is asked for again.
    field.addEventListener("input", () => ready() || start());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!isPage) return location.assign(form.action + fragment({ q: typed(field.value) }));
      // The page's script, once it is there, takes this as its own.
      form.dataset.entered = field.value;
      if (!ready()) start();
    });
    if (!isPage) continue;
    if (asks()) start();
    addEventListener("popstate", start);
  }

  /**
   * Whether the `/` key is left alone: a key without Ctrl must be one that can be turned off (WCAG 2.1.4). A choice is kept
   * where that is allowed; the default leaves no trace.
   * @param {boolean} [off] the choice
   */
  function keyIsOff(off) {
    try {
      if (off) localStorage[KEY_OFF] = "off";
      else if (off === false) delete localStorage[KEY_OFF];
      return !!localStorage[KEY_OFF];
    } catch (_) {
      // Storage is switched off.
    }
  }

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.altKey || event.isComposing || !(target instanceof HTMLElement)) return;
    const control = event.ctrlKey || event.metaKey;
    const writes = target.isContentEditable || target.matches("input, textarea, select, [role='textbox']");
    const slash = key === "/" && !control && !writes && !keyIsOff();
    // In another field Ctrl and K may mean something else there.
    const letter = key.toLowerCase() === "k" && control && !event.shiftKey && (!writes || target.closest("[data-search]"));
    const field = Array.from(forms, fieldOf).find((one) => one.checkVisibility());
    if (!field || !(slash || letter)) return;
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
    const { navigation } = world, main = document.querySelector("main");
    const before = navigation?.entries()[navigation.currentEntry?.index - 1]?.getState();
    if (!main || before?.to !== location.href || !before.words?.length) return;
    // Words have letters, digits, apostrophes and hyphens, which all stand for themselves.
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${before.words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const texts = [];
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    // What the page says, not what leads around in it.
    for (const text of texts.filter((text) => !text.parentElement?.closest("nav, .page-foot"))) {
      // The last first, so that places before it stay right.
      for (const match of [...text.data.matchAll(pattern)].reverse()) {
        const found = text.splitText(match.index), mark = document.createElement("mark");
        found.splitText(match[0].length);
        mark.className = "found";
        found.replaceWith(mark);
        mark.append(found);
      }
    }
  }

  /** On the search page the `/` key may be turned off. */
  function offerKey() {
    const line = /** @type {any} */ (document.querySelector("[data-shortcut]")), button = line?.querySelector("button");
    if (!button) return;
    const show = () => (button.textContent = line.dataset[keyIsOff() ? "on" : "off"]);
    button.addEventListener("click", () => {
      keyIsOff(!keyIsOff());
      show();
    });
    show();
    line.hidden = false;
  }

  markWords();
  offerKey();
  guidepost.load = load;
  guidepost.searchBox = { open, typed, fragment, addressOf, tell };
})();
