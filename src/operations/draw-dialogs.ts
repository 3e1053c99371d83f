import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Flow, type Step, stepsOf } from '../../dialogs/flow.ts';
import { questionWords, type Telling } from '../../dialogs/flow-words.ts';
import { FLOWS } from '../../dialogs/flows.ts';
import { DEFAULT_EDITION, loadFacts } from '../../knowledge/editions/facts.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { textsOf } from '../../locales/texts.ts';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'dialogs.md');

/** The graph of a dialog as a Mermaid flowchart, made from its definition: questions as boxes, results as rounded ones. */
export function drawFlow(telling: Telling): string {
  const { flow } = telling;
  const lines = ['flowchart TD'];
  const box = (kind: 'q' | 'r', id: string) => `${kind}_${id.replaceAll('-', '_')}`;
  const target = (step: Step) => ('question' in step ? box('q', step.question) : box('r', step.outcome));
  for (const id of Object.keys(flow.questions)) lines.push(`  ${box('q', id)}["${quoted(questionWords(telling, id).text)}"]`);
  for (const [id, outcome] of Object.entries(flow.outcomes)) {
    const rules = [outcome.rule, ...(outcome.also ?? [])].flatMap((rule) => rule?.rule ?? []);
    lines.push(`  ${box('r', id)}(["${quoted([id, ...(rules.length > 0 ? [`rules: ${rules.join(', ')}`] : [])].join('<br>'))}"])`);
  }
  for (const [id, question] of Object.entries(flow.questions)) {
    const labels = new Map(questionWords(telling, id).options.map((option) => [option.id, option.label]));
    for (const { answer, step } of stepsOf(question)) {
      const label =
        answer === 'unknown' ? telling.texts.say('chat:button.unknown') : answer === 'day' ? 'a day' : (labels.get(answer) ?? answer);
      lines.push(`  ${box('q', id)} -- "${quoted(label)}" --> ${target(step)}`);
    }
  }
  return lines.join('\n');
}

/** The page with the drawings of all dialogs. */
export function dialogsPage(flows: readonly Flow[] = FLOWS): string {
  const facts = loadFacts(KNOWLEDGE_PATHS.editions, DEFAULT_EDITION);
  const texts = textsOf('en');
  const parts = flows.map(
    (flow) =>
      `## ${texts.find(`flows:${flow.id}.title`) ?? flow.id}\n\n\`dialogs/${flow.id}.ts\`\n\n\`\`\`mermaid\n${drawFlow({ flow, facts, texts })}\n\`\`\`\n`,
  );
  return `# The dialogs\n\nDrawn from their definitions by \`npm run draw:dialogs\`; \`npm test\` fails when this page is older than they are. At every question one can also say "back", "stop", "why do you ask?", or ask something else: that is answered first.\n\n${parts.join('\n')}`;
}

function quoted(text: string): string {
  return text.replaceAll('"', '#quot;');
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  if (values.check) process.exitCode = readFileSync(FILE, 'utf8') === dialogsPage() ? 0 : 1;
  else writeFileSync(FILE, dialogsPage());
}
