// html-validate over every page of a site: its presets recommended, document and a11y.
//   node checks/html-validate.mjs --site DIR --base-url https://…/

import path from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { readPages } from '../ground/pages.mjs';

const config = (baseUrl) => ({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Our own files come from the host that serves the page; a hash beside them adds nothing, and one
    // that a minifying proxy makes wrong takes the page's style away. Files of others are still held.
    'require-sri': ['error', { target: 'crossorigin', exclude: [baseUrl] }],
  },
});

/** @returns {Promise<Outcome>} one check a page */
export async function checkHtmlValidate(site, baseUrl, outcome = new Outcome('html-validate')) {
  const validator = new HtmlValidate(new StaticConfigLoader(config(baseUrl)));
  for (const page of await readPages(site)) {
    const report = await validator.validateString(page.html, path.join(site, page.file));
    const found = report.results.flatMap((result) => result.messages);
    outcome.check(page.file, found.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  }
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl } = options(['site', 'base-url']);
  (await checkHtmlValidate(site, baseUrl)).finish();
}
