/** A step of the procedure, as the page tells it. What is over or may come is a step of its own where its words differ. */
export type StepId =
  | 'letter'
  | 'questionnaire'
  | 'interview'
  | 'decision'
  | 'negative'
  | 'second-letter'
  | 'closed-if'
  | 'closed'
  | 'after-end'
  | 'apply'
  | 'ask-iom'
  | 'report';

/** A way through the procedure: the steps of it that the page knows, in order. */
const WAYS = {
  /** An application that goes on. What holds after the end of the protection is not said: it belongs to no step. */
  open: ['letter', 'questionnaire', 'interview', 'decision'],
  refused: ['letter', 'questionnaire', 'interview', 'negative', 'after-end'],
  /** It is closed only where nobody responds to the second letter. */
  stopping: ['letter', 'questionnaire', 'second-letter', 'closed-if'],
  closed: ['letter', 'questionnaire', 'second-letter', 'closed', 'after-end'],
  'leave-with-help': ['apply', 'report'],
  'leave-late': ['ask-iom', 'report'],
  leave: ['report'],
} as const satisfies Record<string, readonly StepId[]>;

export type Way = keyof typeof WAYS;

interface Place {
  readonly way: Way;
  /** The step at which the person stands; none where that is not known. */
  readonly at: StepId | undefined;
}

/** Where a person can stand: one place for each outcome of the dialog "My next step". */
export const PLACES = {
  'where-unknown': { way: 'open', at: undefined },
  'no-letter-safe': { way: 'open', at: 'letter' },
  'no-letter-other': { way: 'open', at: 'letter' },
  'not-answered': { way: 'open', at: 'questionnaire' },
  'said-yes': { way: 'open', at: 'interview' },
  'said-no': { way: 'stopping', at: 'second-letter' },
  'not-returned': { way: 'stopping', at: 'second-letter' },
  'second-letter': { way: 'stopping', at: 'second-letter' },
  interview: { way: 'open', at: 'interview' },
  negative: { way: 'refused', at: 'negative' },
  closed: { way: 'closed', at: 'closed' },
  'leave-with-help': { way: 'leave-with-help', at: 'apply' },
  'leave-without-help': { way: 'leave', at: 'report' },
} as const satisfies Record<string, Place>;

export type PlaceId = keyof typeof PLACES;
export const PLACE_IDS = Object.keys(PLACES) as PlaceId[];

export function isPlace(id: string): id is PlaceId {
  return Object.hasOwn(PLACES, id);
}

/** The steps of a way, in order. */
export function stepsOfWay(way: Way): readonly StepId[] {
  return WAYS[way];
}
