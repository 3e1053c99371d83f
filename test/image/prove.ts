/**
 * Runs the steps of the Dockerfile in empty roots, without an engine: a minimal Debian stands in for the base image.
 * Needs Linux, root and debootstrap. Prints what holds, and what this way cannot show.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Copy, DockerfileParser, type From, type Instruction, type JSONInstruction } from 'dockerfile-ast';
import { baseRoot, Root, run } from './root.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const PORT = '39780';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const words = (instruction: Instruction) => instruction.getArguments().map((argument) => argument.getValue());

/** Is a file of the project sent to the build? The list begins with everything, and then lets some in. */
function isSent(path: string): boolean {
  const rules = readFileSync(join(PROJECT, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  return rules.reduce(
    (sent, rule) => (rule === '*' ? false : rule.startsWith('!') && path.split('/')[0] === rule.slice(1) ? true : sent),
    true,
  );
}

/** Where packages come from, and whom to trust on the way, is a matter of the machine: as it is with an engine. */
function networkOf(stage: Root): Record<string, string> {
  const config = (name: string) => execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim();
  const trusted = [process.env['NODE_EXTRA_CA_CERTS'], config('cafile')].find((file) => file && existsSync(file));
  const inside = '/tmp/trusted.pem';
  if (trusted) stage.copyIn(trusted, inside);
  return { npm_config_registry: config('registry'), ...(trusted && { NODE_EXTRA_CA_CERTS: inside }) };
}

interface Stages {
  readonly named: Map<string, Root>;
  readonly last: Root;
  readonly command: readonly string[];
  readonly health: readonly string[];
}

function build(folder: string): Stages {
  const file = DockerfileParser.parse(readFileSync(join(PROJECT, 'Dockerfile'), 'utf8'));
  const named = new Map<string, Root>();
  let base: Root | undefined;
  let stage = new Root(folder);
  let command: readonly string[] = [];
  let health: readonly string[] = [];
  for (const instruction of file.getInstructions()) {
    const args = words(instruction);
    const keyword = instruction.getKeyword();
    say(`${keyword} ${args.join(' ').slice(0, 100)}`);
    if (keyword === 'FROM') {
      const from = instruction as From;
      const [, version, release] = /^node:([\d.]+)-([a-z]+)-slim$/u.exec(from.getImage() ?? '') ?? [];
      if (version !== process.versions.node) throw new Error(`the image has Node ${version}, this is ${process.versions.node}`);
      base ??= baseRoot(join(folder, 'base'), release ?? '');
      stage = base.copy(join(folder, `stage-${named.size}`));
      named.set(from.getBuildStage() ?? 'last', stage);
    } else if (keyword === 'WORKDIR') {
      stage.workdir = stage.resolve(args[0] ?? '/');
      run('mkdir', ['-p', stage.path(stage.workdir)]);
    } else if (keyword === 'ENV') {
      for (const arg of args) stage.env[arg.slice(0, arg.indexOf('='))] = arg.slice(arg.indexOf('=') + 1);
    } else if (keyword === 'COPY') {
      const from = (instruction as Copy).getFromFlag()?.getValue();
      const target = args.at(-1) ?? '';
      for (const source of args.slice(0, -1)) {
        if (!from && !isSent(source)) throw new Error(`${source} is not sent to the build`);
        const origin = from ? named.get(from)?.path(source) : join(PROJECT, source);
        if (!origin || !existsSync(origin)) throw new Error(`there is no ${source}`);
        stage.copyIn(origin, target.endsWith('/') ? `${target}${source.split('/').at(-1)}` : target);
      }
    } else if (keyword === 'RUN') {
      stage.exec(['/bin/sh', '-c', instruction.getArgumentsContent() ?? ''], { ...networkOf(stage), HOME: '/root' });
    } else if (keyword === 'USER') {
      stage.user = args[0] ?? '';
    } else if (keyword === 'CMD') {
      command = (instruction as JSONInstruction).getJSONStrings().map((one) => one.getJSONValue());
    } else if (keyword === 'HEALTHCHECK') {
      health = JSON.parse(/CMD (\[.*\])$/u.exec(instruction.getArgumentsContent() ?? '')?.[1] ?? '[]') as string[];
    } else if (keyword !== 'VOLUME' && keyword !== 'EXPOSE') {
      throw new Error(`no way to run ${keyword}`);
    }
  }
  return { named, last: stage, command, health };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  const mounted: string[] = [];
  try {
    const { named, last, command, health } = build(folder);
    const megabytes = (path: string) => Number(execFileSync('du', ['-sm', path], { encoding: 'utf8' }).split('\t')[0]);
    say(
      `\nThe last stage adds ${megabytes(last.path('/app'))} MB to the base; the stage before it had ${megabytes(named.get('build')?.path('/app') ?? '')} MB.`,
    );
    // As in production: nothing but the folder for the data can be written.
    const mount = (args: string[], path: string) => {
      run('mount', [...args, path]);
      mounted.push(path);
    };
    mount(['--bind', last.folder], last.folder);
    mount(['-t', 'tmpfs', '-o', 'uid=1000', 'tmpfs'], last.path('/app/data'));
    run('mount', ['-o', 'remount,ro,bind', last.folder]);
    const env = { PORT, DIRECT_LINE_SIGNING_KEY: 'k'.repeat(40) };
    const service = last.start(command, env);
    service.stdout.on('data', (part) => process.stdout.write(String(part)));
    service.stderr.on('data', (part) => process.stderr.write(String(part)));
    const url = `http://127.0.0.1:${PORT}`;
    for (
      let tries = 0;
      tries < 200 &&
      !(await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ));
      tries += 1
    ) {
      await new Promise((done) => setTimeout(done, 100));
    }
    last.exec(health, env);
    const page = await fetch(url);
    const owner = readFileSync(`/proc/${service.pid}/status`, 'utf8').match(/Uid:\s+(\d+)/u)?.[1];
    const written = last.start(['/bin/sh', '-c', 'touch /app/x || touch /tmp/x'], {});
    const refused = (await new Promise((done) => written.once('exit', done))) !== 0;
    service.kill('SIGTERM');
    const code = await new Promise((done) => service.once('exit', done));
    say(`User ${owner}, page ${page.status}, health check passed, root read-only: ${refused}, end with SIGTERM: code ${code}.`);
    if (owner !== '1000' || !page.ok || !refused || code !== 0) throw new Error('the image does not hold what it promises');
    say('Not shown here: the base image itself, its layers and their sizes, and what an engine makes of VOLUME, EXPOSE and HEALTHCHECK.');
  } finally {
    for (const path of mounted.reverse()) run('umount', ['-l', path]);
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  process.stderr.write(`prove:image: ${error.message}\n`);
  process.exitCode = 1;
});
