import type { DialogId } from '../knowledge/topics/topics.ts';
import { aboutMe } from './about-me.ts';
import { deleteData } from './delete-data.ts';
import { checkFlow, type Flow } from './flow.ts';
import { human } from './human.ts';
import { language } from './language.ts';
import { mayIStay } from './may-i-stay.ts';
import { nextStep } from './next-step.ts';
import { returnHelp } from './return-help.ts';

/** Every dialog, checked: no way leads nowhere. */
export const FLOWS: readonly Flow[] = [aboutMe, nextStep, returnHelp, mayIStay, language, human, deleteData].map(checkFlow);

export function flowOf(id: DialogId): Flow {
  const flow = FLOWS.find((one) => one.id === id);
  if (!flow) throw new Error(`there is no flow "${id}"`);
  return flow;
}
