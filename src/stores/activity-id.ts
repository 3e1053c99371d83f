/** The number that stands in the id of an activity. */
export function activityNumber(id: string): number {
  return Number(id.slice(id.lastIndexOf('|') + 1));
}

/** The id of an activity in the feed of a conversation. Direct Line's clients expect a number after a bar. */
export function activityId(conversation: string, number: number): string {
  return `${conversation}|${String(number).padStart(7, '0')}`;
}
