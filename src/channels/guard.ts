import { PERSONAL_DATA_CUT } from '../../dialogs/activities.ts';
import { withoutPersonalData } from '../../knowledge/privacy/personal-data.ts';

/** What of an activity the guard reads and changes. */
interface Guarded {
  readonly text?: string;
  readonly channelData?: object;
}

/**
 * The guard for what people type: cuts personal data out of the text of an activity, and marks the activity where it
 * did. Every channel calls it first, before anything is kept, queued or understood.
 */
export function guarded<A extends Guarded>(activity: A): A {
  const { text } = activity;
  if (typeof text !== 'string') return activity;
  const rest = withoutPersonalData(text);
  return rest === text ? activity : { ...activity, text: rest, channelData: { ...activity.channelData, [PERSONAL_DATA_CUT]: true } };
}
