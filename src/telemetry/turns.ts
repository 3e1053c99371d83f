import type { Logger } from '../operations/log.ts';
import { conversationHash } from './conversation-hash.ts';
import type { Metrics, OTHER } from './metrics.ts';
import { NO_SPAN, type Span, type Tracing } from './tracing.ts';
import { type TurnNotes, withNotes } from './turn-notes.ts';

export type Channel = 'directline' | 'whatsapp' | 'teams' | typeof OTHER;

/** What a turn came to. */
export type TurnOutcome = TurnNotes['kind'] | 'answered' | 'choose' | 'unknown' | 'dialog' | 'judged' | 'failed' | 'forgotten';

/** Whose turn it is. Of the conversation nothing but a hash gets out. */
export interface TurnOf {
  readonly channel: Channel;
  readonly conversation: string;
  /** The span that it came by. */
  readonly trace: string | undefined;
}

/** Observes turns: each is logged and counted once, when it has been written down. */
export interface Turns {
  /** Runs a turn with its end. Throws what it throws; then it was none, and whoever runs it does it again. */
  run<T>(turn: TurnOf, work: () => Promise<T>): Promise<T>;
}

export interface TurnParts {
  readonly metrics: Pick<Metrics, 'turns' | 'turnSeconds' | 'turnRetries' | 'answers' | 'dialogs'>;
  readonly tracing: Tracing;
  readonly log: Logger;
}

export function observedTurns({ metrics, tracing, log }: TurnParts): Turns {
  const hash = conversationHash();

  function report({ channel, conversation }: TurnOf, notes: TurnNotes, milliseconds: number, span: Span): void {
    const outcome = outcomeOf(notes);
    const { language = 'none' } = notes;
    // What was said in a turn that failed was taken back.
    const { answers, dialog } = notes.failed ? { answers: [], dialog: undefined } : notes;
    metrics.turns.inc({ channel, outcome, language });
    metrics.turnSeconds.observe({ channel }, milliseconds / 1000);
    for (const answer of answers) metrics.answers.inc(answer);
    if (dialog) metrics.dialogs.inc({ dialog, language });
    const level = outcome === 'nothing' ? 'debug' : 'info';
    if (span === NO_SPAN && !log.isLevelEnabled(level)) return;
    const topic = answers.map((answer) => answer.topic).join(' ') || undefined;
    const told = { channel, conversation: hash(conversation), language, outcome, topic, dialog };
    log[level]({ ...told, ms: Math.round(milliseconds * 10) / 10 }, 'turn');
    span.end(told);
  }

  return {
    async run(turn, work) {
      const notes: TurnNotes = { kind: 'nothing', answers: [] };
      const begun = performance.now();
      const span = tracing.open('turn', { channel: turn.channel }, turn.trace);
      try {
        const result = await span.within(() => withNotes(notes, work));
        report(turn, notes, performance.now() - begun, span);
        return result;
      } catch (error) {
        metrics.turnRetries.inc({ channel: turn.channel });
        span.end({ error: (error as Error).name });
        throw error;
      }
    },
  };
}

/** The first of these that happened: a turn that failed or forgot is that, whatever was said in it. */
function outcomeOf({ failed, forgotten, answers, missed, dialog, judged, kind }: TurnNotes): TurnOutcome {
  if (failed) return 'failed';
  if (forgotten) return 'forgotten';
  if (answers.length > 0) return 'answered';
  if (missed) return missed;
  if (dialog) return 'dialog';
  return judged ? 'judged' : kind;
}
