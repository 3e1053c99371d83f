import type { Knowledge } from '../../knowledge/knowledge.ts';
import { NO_TRACING, type Tracing } from './tracing.ts';

/** Knowledge whose matching is a span. */
export function tracedKnowledge(knowledge: Knowledge, tracing: Tracing): Knowledge {
  if (tracing === NO_TRACING) return knowledge;
  return {
    ...knowledge,
    match(text) {
      const span = tracing.step('match');
      const match = knowledge.match(text);
      span.end({ outcome: match.outcome });
      return match;
    },
  };
}
