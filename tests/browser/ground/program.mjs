// The program under test, started as its users start it.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** Runs a command to its end: exit code, both outputs. */
export function run(command, words, { cwd, env, umask } = {}) {
  return new Promise((resolve, reject) => {
    // a umask belongs to a process, so a shell sets it for the one it becomes
    const [file, args] = umask ? ['/bin/sh', ['-c', `umask ${umask}; exec "$0" "$@"`, command, ...words]] : [command, words];
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Diagnostics among lines of JSON. */
export function diagnosticsIn(text) {
  return text.split('\n').flatMap((line) => {
    try {
      const value = JSON.parse(line);
      return value && typeof value === 'object' && value.code && value.severity ? [value] : [];
    } catch {
      return [];
    }
  });
}

export class Program {
  /** @param {string} file */
  constructor(file) {
    this.file = file;
  }

  static words({ root, out, date, baseUrl, jobs, visibility, portable = false }) {
    const given = { '--root': root, '--out': out, '--date': date, '--base-url': baseUrl, '--jobs': jobs, '--visibility': visibility };
    return ['build', ...(portable ? ['--portable'] : []), ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)])), '--format', 'json'];
  }

  /** One build; `problems` is empty when it succeeded. */
  async build(what, surroundings = {}) {
    const result = await run(this.file, Program.words(what), surroundings);
    const diagnostics = diagnosticsIn(`${result.stdout}\n${result.stderr}`);
    const lines = diagnostics.map((d) => `${d.severity} ${d.code}: ${d.file ?? ''}:${d.line ?? ''} ${d.message}`);
    const problems = result.code === 0 ? [] : [`exit code ${result.code}${result.signal ?? ''}: ${result.stderr.slice(-400)}`, ...lines];
    return { ...result, diagnostics: lines, problems };
  }

  /** A build that is not waited for. */
  start(what) {
    return spawn(this.file, Program.words(what), { stdio: 'ignore' });
  }
}

/** A port nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
