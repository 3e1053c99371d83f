import type answers from './en/answers.json';
import type calendar from './en/calendar.json';
import type chat from './en/chat.json';
import type common from './en/common.json';
import type faq from './en/faq.json';
import type feedback from './en/feedback.json';
import type flows from './en/flows.json';
import type page from './en/page.json';
import type staff from './en/staff.json';
import type status from './en/status.json';
import type teams from './en/teams.json';
import type timeline from './en/timeline.json';
import type titles from './en/titles.json';

/** The files of a language, one namespace each; the English ones give the types of all keys. */
export const NAMESPACES = [
  'answers',
  'calendar',
  'chat',
  'common',
  'faq',
  'feedback',
  'flows',
  'page',
  'staff',
  'status',
  'teams',
  'timeline',
  'titles',
] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** The English texts, which every language has to have: the type of all keys comes from them. */
interface Resources {
  answers: typeof answers;
  calendar: typeof calendar;
  chat: typeof chat;
  common: typeof common;
  faq: typeof faq;
  feedback: typeof feedback;
  flows: typeof flows;
  page: typeof page;
  staff: typeof staff;
  status: typeof status;
  teams: typeof teams;
  timeline: typeof timeline;
  titles: typeof titles;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: Resources;
    defaultNS: 'common';
    returnNull: false;
  }
}

type Text = string | readonly string[];
type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : Key;
type Path<T> = { [Key in keyof T & string]: T[Key] extends Text ? WithoutPlural<Key> : `${Key}.${Path<T[Key]>}` }[keyof T & string];

/** A key with its namespace, as `chat:welcome` or `common:days`. */
export type TextKey = { [Name in Namespace]: `${Name}:${Path<Resources[Name]>}` }[Namespace];
