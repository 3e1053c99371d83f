import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Reply, replyText, replyTo } from '../../knowledge/answers/reply.ts';
import { instantFrom } from '../../knowledge/calendar/day.ts';
import { type Knowledge, loadKnowledge } from '../../knowledge/knowledge.ts';
import { chooseLanguage, supportedLanguage } from '../../knowledge/language/choose.ts';
import type { Language } from '../../locales/languages.ts';

const USAGE = `Usage:
  npm run -s ask -- [--lang en] [--now 2023-06-10T12:00] [--json] "question"
  npm run -s ask -- --jsonl [--lang en] [--now 2023-06-10T12:00] < questions.jsonl
Without --now the clock is CLOCK, or the time it is. A time without an offset is Amsterdam time.`;

/** A question with what it is asked under. */
interface Asked {
  readonly q: string;
  readonly lang?: string | undefined;
  readonly now?: string | undefined;
}

/** One JSON object a question, as other programs read it. */
function asJson(asked: Asked, reply: Reply, knowledge: Knowledge): object {
  const [answer] = reply.answers;
  const ruling = answer?.ruling;
  return {
    q: asked.q,
    language: reply.language,
    kind: reply.kind,
    topics: reply.topics.slice(0, 3),
    confidence: Number(reply.confidence.toFixed(3)),
    rule: ruling ? { rule: ruling.rule, state: ruling.state, date: ruling.date } : null,
    text: replyText(reply, knowledge),
  };
}

/** Answers one question. Throws a RangeError where language or time are none that the bot knows. */
function answer(asked: Asked, knowledge: Knowledge): Reply {
  const now = clock(asked.now, knowledge.facts.timeZone);
  return replyTo(asked.q, languageOf(asked, knowledge), now, knowledge);
}

function languageOf(asked: Asked, knowledge: Knowledge): Language {
  if (asked.lang) {
    const known = supportedLanguage(asked.lang, knowledge.languages);
    if (!known) throw new RangeError(`unknown language "${asked.lang}"; known are ${knowledge.languages.join(', ')}`);
    return known as Language;
  }
  return chooseLanguage(knowledge.detect(asked.q), asked.q, { supported: knowledge.languages }) as Language;
}

function clock(now: string | undefined, zone: string): Date {
  const text = now ?? process.env['CLOCK'];
  return text ? instantFrom(text, zone) : new Date();
}

/** Reads one JSON object a line and writes one a line; a line that is wrong gets an object with its error, and the rest goes on. */
async function answerLines(defaults: Omit<Asked, 'q'>, knowledge: Knowledge): Promise<boolean> {
  let number = 0;
  let allRight = true;
  for await (const line of createInterface({ input: process.stdin })) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      const asked = { ...defaults, ...parseLine(line) };
      process.stdout.write(`${JSON.stringify(asJson(asked, answer(asked, knowledge), knowledge))}\n`);
    } catch (error) {
      allRight = false;
      process.stdout.write(`${JSON.stringify({ line: number, error: (error as Error).message })}\n`);
    }
  }
  return allRight;
}

function parseLine(line: string): Asked {
  const value: unknown = JSON.parse(line);
  const { q, lang, now } = (value ?? {}) as Record<string, unknown>;
  if (typeof q !== 'string') throw new TypeError('the line needs a text "q"');
  return { q, ...(typeof lang === 'string' && { lang }), ...(typeof now === 'string' && { now }) };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lang: { type: 'string' },
      now: { type: 'string' },
      json: { type: 'boolean' },
      jsonl: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const q = positionals.join(' ').trim();
  if (values.help || (!values.jsonl && !q)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const knowledge = loadKnowledge({
    edition: process.env['EDITION'],
    onFit: () => process.stderr.write('Fitting the model to the questions …\n'),
  });
  if (values.jsonl) return (await answerLines({ lang: values.lang, now: values.now }, knowledge)) ? 0 : 1;
  const asked: Asked = { q, lang: values.lang, now: values.now };
  const reply = answer(asked, knowledge);
  process.stdout.write(values.json ? `${JSON.stringify(asJson(asked, reply, knowledge))}\n` : `${replyText(reply, knowledge)}\n`);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`ask: ${error.message}\n`);
    process.exitCode = 2;
  },
);
