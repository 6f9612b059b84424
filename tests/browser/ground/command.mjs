// What comes in: a checker's `import.meta.url` and the words after its name. What goes out: true and
// the options, when the file was started as a command and not imported by another one.

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export function startedAsCommand(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/** Every option takes a text; those named in `required` must be there. */
export function options(names, required = names) {
  const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) });
  for (const name of required) {
    if (values[name] === undefined) {
      process.stderr.write(`--${name} is missing\n`);
      process.exit(2);
    }
  }
  return values;
}
