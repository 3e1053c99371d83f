import { formatDay, formatMinute } from '../../locales/dates.ts';
import type { Language } from '../../locales/languages.ts';
import type { Texts, Values } from '../../locales/texts.ts';
import type { Facts } from '../editions/facts.ts';

const known = new WeakMap<Facts, Map<Language, Values>>();

/** What every text can show: the dates and names of the edition, in the language of the text. */
export function factValues(facts: Facts, texts: Texts): Values {
  const own = known.get(facts) ?? new Map<Language, Values>();
  known.set(facts, own);
  const values = own.get(texts.language) ?? valuesOf(facts, texts);
  own.set(texts.language, values);
  return values;
}

function valuesOf(facts: Facts, texts: Texts): Values {
  const day = (date: string) => formatDay(date, texts.language);
  const { ind, vwn, dtv, iom } = facts.organisations;
  return {
    edition: day(facts.edition),
    protectionEnd: day(facts.periods.protection.last),
    windowStart: day(facts.periods.remigration.first),
    windowEnd: day(facts.periods.remigration.last),
    lettersStart: day(facts.periods.safeCountryLetters.first),
    lettersEnd: day(facts.periods.safeCountryLetters.last),
    portalStart: formatMinute(facts.maintenance.from, texts.language),
    portalEnd: formatMinute(facts.maintenance.until, texts.language),
    ind: ind.short,
    vwn: vwn.short,
    dtv: dtv.short,
    iom: iom.short,
    vwnName: texts.say('common:name.vwn', vwn),
    dtvName: texts.say('common:name.dtv', dtv),
    iomName: texts.say('common:name.iom', iom),
  };
}
