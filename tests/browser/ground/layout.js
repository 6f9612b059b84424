// Runs in a page. What comes in: the page as it is laid out at this moment. What goes out, from `layoutProblems`: every
// place where a reader would lose text, because it is cut off, lies under something or has to be scrolled sideways to.

/** Boxes are rounded to pixels, and a letter may stand a little over the edge of its own. */
const ROOM = 1.5;

/** How an element is spoken of. */
const named = (element) => `<${element.tagName.toLowerCase()}${element.className ? ` class="${element.className}"` : ''}> “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 50)}”`;
const all = (selector) => [...document.querySelectorAll(selector)];
const styled = (element) => getComputedStyle(element);

/** What only a screen reader gets is clipped to nothing, on purpose. */
const spoken = all('body *').filter((element) => styled(element).clipPath === 'inset(50%)');
const seen = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) && !spoken.some((one) => one.contains(element));

const clips = (overflow) => overflow === 'hidden' || overflow === 'clip';
const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';

/** Elements above this one that show a part of it only. */
const windows = new Map([[document.body, []]]);
function windowsOver(element) {
  if (!windows.has(element)) {
    const above = windowsOver(element.parentElement ?? document.body);
    const { overflowX, overflowY } = styled(element);
    windows.set(element, overflowX === 'visible' && overflowY === 'visible' ? above : [...above, element]);
  }
  return windows.get(element) ?? [];
}

/** Every line of text that is in sight, with what it stands in; letters reach over their line, so its middle counts. */
function lines() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !node.data.trim() || parent.closest('select, script, noscript, template') || !seen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const over = windowsOver(parent).map((one) => one.getBoundingClientRect());
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const inset = (bottom - top) / 4;
      const line = {
        parent,
        left: Math.max(left, ...over.map((one) => one.left)),
        right: Math.min(right, ...over.map((one) => one.right)),
        top: Math.max(top + inset, ...over.map((one) => one.top)),
        bottom: Math.min(bottom - inset, ...over.map((one) => one.bottom)),
      };
      // a single space at the end of a line, and the skip link above the page, are not in sight
      if (line.right - line.left > 2 && line.bottom > line.top && line.bottom + scrollY > 0) found.push(line);
    }
  }
  return found.sort((a, b) => a.top - b.top);
}

function wide() {
  const { scrollWidth } = document.scrollingElement ?? document.documentElement;
  if (scrollWidth <= innerWidth && all('body *').every((element) => element.getBoundingClientRect().left > -ROOM || !seen(element))) return [];
  const out = all('body *').filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return (right > innerWidth + ROOM || left < -ROOM) && seen(element) && windowsOver(element.parentElement).length === 0;
  });
  const inmost = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
  return [`is ${scrollWidth} pixels wide`, ...inmost.slice(0, 5).map((element) => `sticks out: ${named(element)}`)];
}

function cut() {
  const problems = [];
  // what is written in a field can be scrolled by writing on
  for (const element of all('body :not(input, textarea)').filter(seen)) {
    const { overflowX, overflowY } = styled(element);
    const [x, y] = [element.scrollWidth > element.clientWidth + ROOM, element.scrollHeight > element.clientHeight + ROOM];
    if ((clips(overflowX) && x) || (clips(overflowY) && y)) problems.push(`is cut off: ${named(element)}`);
    const readable = element.matches('pre, .table, :has(> table)') && element.tabIndex >= 0;
    if (scrolls(overflowX) && x && !readable) problems.push(`scrolls sideways and is no table or code that a key can scroll: ${named(element)}`);
  }
  for (const field of all('input[placeholder]').filter((one) => seen(one) && getComputedStyle(one, '::placeholder').opacity !== '0')) {
    const value = field.value;
    field.value = field.placeholder;
    if (field.scrollWidth > field.clientWidth) problems.push(`is cut off: what stands in the empty field, “${field.placeholder}”`);
    field.value = value;
  }
  return problems;
}

/** Text that reaches out of the box it stands in: of a button, a badge, a column. */
function spilt(text) {
  const problems = new Set();
  for (const { parent, left, right, top, bottom } of text) {
    let box = parent;
    while (box.parentElement && ['inline', 'contents'].includes(styled(box).display)) box = box.parentElement;
    const edge = box.getBoundingClientRect();
    if (left < edge.left - ROOM || right > edge.right + ROOM || top < edge.top - ROOM || bottom > edge.bottom + ROOM) {
      problems.add(`text reaches out of its box: ${named(box)}`);
    }
  }
  return [...problems];
}

/** Text on text, and text on a control or picture that it is no part of. */
function covered(text) {
  const solid = all('input, select, textarea, button, summary, img, svg, video')
    .filter((element) => seen(element) && styled(element).pointerEvents !== 'none')
    .map((element) => ({ parent: element, ...JSON.parse(JSON.stringify(element.getBoundingClientRect())) }));
  const problems = new Set();
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > ROOM && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > ROOM;
  for (const [index, line] of text.entries()) {
    for (let next = index + 1; next < text.length && text[next].top < line.bottom; next += 1) {
      if (meet(line, text[next])) problems.add(`lies on other text: ${named(text[next].parent)}`);
    }
    // a hint that lets the pointer through, as that of the `/` key, stands in its field on purpose
    if (styled(line.parent).pointerEvents === 'none') continue;
    const under = solid.find((one) => !one.parent.contains(line.parent) && !line.parent.closest('label')?.contains(one.parent) && meet(line, one));
    if (under) problems.add(`lies on ${named(under.parent)}: ${named(line.parent)}`);
  }
  return [...problems];
}

/** What stays while the page scrolls may not take the place of the page. */
function stays() {
  return all('body *')
    .filter((element) => ['sticky', 'fixed'].includes(styled(element).position) && seen(element))
    .filter((element) => element.offsetHeight > innerHeight / 3 && element.offsetWidth > innerWidth / 2)
    .map((element) => `stays in sight and fills ${element.offsetHeight} of ${innerHeight} pixels: ${named(element)}`);
}

function layoutProblems() {
  const text = lines();
  return [...wide(), ...cut(), ...spilt(text), ...covered(text), ...stays()];
}
