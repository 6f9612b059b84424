// What the theme adds when scripts run; every page reads and navigates without it. No storage and no history on
// sensitive pages. Texts come from the page (data attributes), never from here.
(function () {
  "use strict";

  const root = document.documentElement;
  const sensitive = document.body.hasAttribute("data-sensitive");
  const STORED = "guidepost-appearance";

  /** All elements that match. @param {string} selector @returns {NodeListOf<HTMLElement>} */
  const all = (selector) => document.querySelectorAll(selector);

  /** Hides what has run out (`data-until`, last day included) and shows what has come due (`data-after`). */
  function honourDates() {
    // Today where the reader is, as `2026-05-01`.
    const now = new Date(), two = (/** @type {number} */ part) => `${part}`.padStart(2, "0");
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    for (const element of all("[data-until]")) element.hidden ||= day > (element.dataset.until ?? "9");
    for (const element of all("[data-after]")) if (day > (element.dataset.after ?? "9")) element.hidden = false;
  }

  /** Buttons for light, dark or the device's own setting. */
  function offerAppearance() {
    for (const group of all("[data-appearance]")) {
      const buttons = Array.from(group.querySelectorAll("button"));
      const show = () => {
        const current = root.dataset.theme ?? "system";
        for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === current));
      };
      group.addEventListener("click", (event) => {
        const button = /** @type {Element} */ (event.target).closest("button");
        if (!button) return;
        if (button.value === "system") delete root.dataset.theme;
        else root.dataset.theme = button.value;
        remember(button.value);
        show();
      });
      group.hidden = false;
      show();
    }
  }

  /**
   * Keeps the choice of appearance on this device; without storage it lasts for the page.
   * @param {string} choice
   */
  function remember(choice) {
    try {
      if (choice === "system") delete localStorage[STORED];
      else localStorage[STORED] = choice;
    } catch (_) {
      // Storage is switched off.
    }
  }

  /** Menus are open on wide screens. The style sheet does it where it can; this is for the other browsers. */
  function openMenus() {
    if (CSS.supports("selector(details::details-content)")) return;
    const { matches } = matchMedia("(min-width: 64rem)");
    for (const details of all("details[data-open-wide], .site-nav details")) details.toggleAttribute("open", matches);
  }

  /** A link beside every heading that has an address, to copy and send. */
  function addPermalinks() {
    const label = document.querySelector("main")?.dataset.permalink;
    for (const heading of label ? all(".page:not(.page-route) :is(.prose, .field) > :is(h2, h3)[id], .path-step[id] > h3") : []) {
      const link = document.createElement("a");
      link.className = "permalink";
      link.href = `#${heading.id || heading.parentElement?.id}`;
      link.textContent = "#";
      link.setAttribute("aria-label", label ?? "");
      if (!heading.querySelector("a")) heading.append(link);
    }
  }

  /** Marks in the contents list where the reader is. */
  function followContents() {
    /** @type {Map<Element, HTMLElement>} */
    const links = new Map();
    for (const link of all("[data-contents] a[href^='#']")) {
      const heading = document.getElementById(decodeURIComponent(/** @type {HTMLAnchorElement} */ (link).hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    if (!links.size || !("IntersectionObserver" in globalThis)) return;
    const mark = () => {
      let current = null;
      for (const [heading, link] of links) {
        if (heading.getBoundingClientRect().top < innerHeight * 0.3) current = link;
        link.removeAttribute("aria-current");
      }
      current?.setAttribute("aria-current", "true");
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px", threshold: [0, 1] });
    for (const heading of links.keys()) observer.observe(heading);
  }

  /** A table that fits needs no place in the tab order. */
  function checkTables() {
    const check = () => {
      for (const region of all(".table")) {
        if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
        else region.removeAttribute("tabindex");
      }
    };
    check();
    addEventListener("resize", check, { passive: true });
  }

  /** The print button; and on paper nothing stays folded. */
  function print() {
    for (const button of all("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    /** @type {HTMLDetailsElement[]} */
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = Array.from(document.querySelectorAll("main details:not([open])"));
      for (const details of opened) details.open = true;
    });
    addEventListener("afterprint", () => {
      for (const details of opened) details.open = false;
    });
  }

  /** Leaving at once: a click on the button, or Shift three times with at most five seconds between two presses. */
  function exits() {
    const [[bar], [status], [count], [target]] = ["-bar", "-status", "-count", ""].map((name) => all(`[data-exit${name}]`));
    if (!bar) return;
    let presses = 0, timer = 0, alone = false;

    /** @param {string} [text] */
    const say = (text = "") => {
      if (status) status.textContent = text;
      if (!count) return;
      count.hidden = presses === 0;
      Array.from(count.children).forEach((dot, place) => dot.classList.toggle("on", place < presses));
    };
    /** @param {string} [text] */
    const reset = (text) => {
      clearTimeout(timer);
      presses = 0;
      say(text);
    };
    const leave = () => {
      reset();
      const cover = document.createElement("div");
      cover.className = "exit-overlay";
      cover.setAttribute("role", "alert");
      document.body.append(cover);
      root.classList.add("leaving");
      document.title = cover.textContent = bar.dataset.leaving ?? "";
      if (target) location.replace(/** @type {HTMLAnchorElement} */ (target).href);
    };

    document.addEventListener("click", (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("[data-exit]")) return;
      event.preventDefault();
      leave();
    });
    // Shift held for a capital letter is not a press: it counts only when nothing else happened while it was down.
    document.addEventListener("keydown", (event) => {
      if (event.repeat) return;
      alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!alone && presses > 0) reset(bar.dataset.late);
    });
    document.addEventListener("keyup", (event) => {
      if (event.key !== "Shift" || !alone) return;
      alone = false;
      presses += 1;
      if (presses === 3) return leave();
      say(presses === 1 ? bar.dataset.two : bar.dataset.one);
      clearTimeout(timer);
      timer = setTimeout(() => reset(bar.dataset.late), 5000);
    });
    // Coming back through the browser's own cache: the page must not stay covered.
    addEventListener("pageshow", () => {
      root.classList.remove("leaving");
      all(".exit-overlay").forEach((cover) => cover.remove());
      reset();
    });
  }

  honourDates();
  openMenus();
  if (!sensitive) offerAppearance();
  addPermalinks();
  followContents();
  checkTables();
  print();
  exits();
})();
