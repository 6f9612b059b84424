// What comes in: the result of each single check. What goes out: lines on stdout, the last of them
// `<name>: N passed, N failed`, which tests/run adds up. A run that checked nothing has failed.

/** At most this many problems of one check are printed; the rest are counted. */
const SHOWN = 12;

export class Outcome {
  /** @param {string} name @param {{silent?: boolean}} [options] */
  constructor(name, { silent = false } = {}) {
    this.name = name;
    this.silent = silent;
    this.passed = 0;
    /** @type {{what: string, problems: string[]}[]} */
    this.failures = [];
  }

  /** One check: it passes when there are no problems. */
  check(what, problems) {
    if (problems.length === 0) {
      this.passed += 1;
      return;
    }
    this.failures.push({ what, problems });
    this.say(`FAIL ${this.name}: ${what}`);
    for (const problem of problems.slice(0, SHOWN)) this.say(`     ${problem}`);
    if (problems.length > SHOWN) this.say(`     … and ${problems.length - SHOWN} more`);
  }

  note(text) {
    this.say(`note ${this.name}: ${text}`);
  }

  say(line) {
    if (!this.silent) process.stdout.write(`${line}\n`);
  }

  /** Prints the counts and sets the exit code. */
  finish() {
    if (this.passed + this.failures.length === 0) this.check('something was checked', ['nothing was']);
    this.say(`${this.name}: ${this.passed} passed, ${this.failures.length} failed`);
    if (this.failures.length > 0) process.exitCode = 1;
    return this;
  }
}
