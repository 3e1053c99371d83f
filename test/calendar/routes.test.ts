import { textsOf } from '../../locales/texts.ts';
import { running, runningForAll } from '../service/running.ts';

const bot = runningForAll({ CLOCK: '2023-09-04T23:59' });

test('the file comes as one for a calendar, with a name of its own', async () => {
  const response = await fetch(`${bot.url}/calendar/fa.ics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="ind-procedure-fa.ics"');
  expect(await response.text()).toMatch(/^BEGIN:VCALENDAR\r\n.*UID:protection-end@.*END:VCALENDAR/su);
});

test('when no day lies ahead, it is gone, and a page in that language says so', async () => {
  const late = await running({ CLOCK: '2023-09-05T00:00' });
  const response = await fetch(`${late.url}/calendar/fr.ics`);
  const page = await response.text();
  expect(response.status).toBe(410);
  expect(page).toContain('<html lang="fr"');
  expect(page).toContain(textsOf('fr').say('calendar:nothing-ahead', { ind: 'IND' }));
  expect(page).toContain('href="/faq/fr"');
  await late.stop();
});

test.each(['/calendar/de.ics', '/calendar/nl', '/calendar/__proto__.ics'])('%s does not exist', async (path) => {
  const response = await fetch(`${bot.url}${path}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'NotFound' } });
});
