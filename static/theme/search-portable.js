// Search in a site opened from a folder. Nothing can be fetched there, so the files of the index are scripts: running one
// calls guidepost.search.put(path, base64). Published with search.js in a portable site.
(function () {
  "use strict";

  /** @type {any} */
  const { guidepost } = /** @type {any} */ (globalThis);
  /** @type {Map<string, string>} */
  const handed = new Map();

  /** @param {string} path @param {string} base64 */
  guidepost.search.put = (path, base64) => handed.set(path, base64);

  /** @param {string} address */
  guidepost.search.read = async (address) => {
    await guidepost.load(address);
    const path = Array.from(handed.keys()).find((path) => address.endsWith(path)) ?? "";
    const given = handed.get(path);
    // What is there twice would stay for good.
    handed.delete(path);
    if (given === undefined) throw new Error(`search: nothing in ${address}`);
    return Uint8Array.from(atob(given), (sign) => sign.charCodeAt(0)).buffer;
  };
})();
