// A published search index, read from its files alone as docs/search-index.md describes them.
// In: the folder of a site. Out: its words and the texts it shows, for checks of what should not be there and for queries in a
// site's own words.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** @returns {() => number} reads the numbers of some bytes, one a call; `take` gives bytes as text */
function reader(bytes) {
  let at = 0;
  const next = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length) => bytes.subarray(at, (at += length)).toString('utf8');
  return { next, letters: () => take(next()), done: () => at >= bytes.length };
}

/** Each word: a sign that says how many letters it shares with the one before, then the rest. */
function readWords(bytes) {
  const words = [];
  for (const [, shared, rest] of bytes.toString('utf8').matchAll(/([\0-\x1f])([^\0-\x1f]*)/g)) {
    words.push((words.at(-1) ?? '').slice(0, shared.charCodeAt(0)) + rest);
  }
  return words;
}

function readTexts(bytes, ranked, gaps) {
  const rest = reader(bytes);
  const texts = [];
  let text = '', gap = '', form = 0, spelt = '';
  while (!rest.done()) {
    const sign = rest.next();
    if (sign === 0) {
      texts.push(text);
      text = gap = '';
    } else if (sign === 2) spelt = rest.letters();
    else if (sign === 3 || sign === 4) form = sign;
    else if (sign < 5 + gaps.length) {
      text += sign === 1 ? rest.letters() : gaps[sign - 5];
      gap = '';
    } else {
      const word = ranked[sign - 5 - gaps.length];
      const shown = form === 3 ? word[0].toUpperCase() + word.slice(1) : form === 4 ? word.toUpperCase() : word;
      text += gap + (spelt || shown);
      [gap, form, spelt] = [' ', 0, ''];
    }
  }
  return texts;
}

/** @returns {Promise<{words: string[], texts: string[]}>} every word of the index in `site`, and every text it shows */
export async function readIndex(site) {
  const name = (await readdir(path.join(site, 'assets'))).find((file) => /^search\.[0-9a-f]{12}\.bin$/.test(file));
  if (!name) throw new Error(`${site} has no search index: build the site first`);
  const core = gunzipSync(await readFile(path.join(site, 'assets', name)));
  const length = core.readUInt32LE(4);
  const head = JSON.parse(core.subarray(8, 8 + length).toString('utf8'));
  const blocks = core.subarray(8 + length);
  const words = readWords(blocks.subarray(0, head.lengths[0]));
  const frequency = blocks.subarray(head.lengths[0], head.lengths[0] + head.lengths[1]);
  const ranked = words.map((_, at) => at).sort((a, b) => frequency[b] - frequency[a]).map((at) => words[at]);
  const files = (await readdir(path.join(site, head.folder))).filter((file) => file.startsWith('text-')).sort();
  const read = async (file) => readTexts(await readFile(path.join(site, head.folder, file)), ranked, head.gaps);
  return { words, texts: (await Promise.all(files.map(read))).flat() };
}
