import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder that a command sees as the whole file system: what a container would see of its image. */
export class Root {
  readonly folder: string;
  workdir = '/';
  user = 'root';
  readonly env: Record<string, string> = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

  constructor(folder: string) {
    this.folder = folder;
  }

  /** A new root with everything of this one in it, and nothing of its settings. */
  copy(folder: string): Root {
    run('cp', ['-a', this.folder, folder]);
    return new Root(folder);
  }

  path(inside: string): string {
    return join(this.folder, inside);
  }

  /** The path of a file inside, taken from the working directory. */
  resolve(inside: string): string {
    return inside.startsWith('/') ? inside : join(this.workdir, inside);
  }

  copyIn(source: string, inside: string): void {
    const target = this.path(this.resolve(inside));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  }

  /** Runs a command inside, as its user, in its working directory. Throws where it fails. */
  exec(command: readonly string[], env: Record<string, string> = {}): string {
    return execFileSync('chroot', this.#arguments(command), {
      env: { ...this.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** Starts a command inside that goes on. */
  start(command: readonly string[], env: Record<string, string>) {
    return spawn('chroot', this.#arguments(command), { env: { ...this.env, ...env } });
  }

  #arguments(command: readonly string[]): string[] {
    const cd = `cd '${this.workdir}' && exec "$0" "$@"`;
    return [`--userspec=${this.user}:${this.user}`, this.folder, '/bin/sh', '-c', cd, ...command];
  }
}

/** Runs a command of this machine. */
export function run(command: string, args: readonly string[]): void {
  execFileSync(command, [...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What stands in for the base image: a minimal Debian of the same release with this version of Node, npm and the user of the image. */
export function baseRoot(folder: string, release: string): Root {
  if (!existsSync(join(folder, 'bin'))) run('debootstrap', ['--variant=minbase', release, folder]);
  const base = new Root(folder);
  base.copyIn(process.execPath, '/usr/local/bin/node');
  const npm = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();
  base.copyIn(join(npm, 'npm'), '/usr/local/lib/node_modules/npm');
  run('ln', ['-sf', '../lib/node_modules/npm/bin/npm-cli.js', base.path('/usr/local/bin/npm')]);
  run('chroot', [folder, 'useradd', '--create-home', '--uid', '1000', 'node']);
  return base;
}
