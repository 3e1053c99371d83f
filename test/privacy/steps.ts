import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

/** What an optimising compiler puts in the place of the code is not counted. */
const COMPILERS = ['turbofan', 'maglev'] as const;

/** How many steps of the code whose file names match are taken by some work: blocks of code, each as often as it runs. No clock. */
export async function stepsOf(files: RegExp, work: () => void): Promise<number> {
  for (const compiler of COMPILERS) setFlagsFromString(`--no-${compiler}`);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  for (const compiler of COMPILERS) setFlagsFromString(`--${compiler}`);
  return result
    .filter(({ url }) => files.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((sum, count) => sum + count, 0);
}
