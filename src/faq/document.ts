import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../locales/languages.ts';
import { html, Markup } from './markup.ts';

const STYLE = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8');

/** No script, no form, no frame; pictures from this server alone, and the one style that stands in the page. */
export const PLAIN_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A whole page without a script, in a language and its direction. */
export function document(language: Language, title: string, head: Markup, body: Markup): string {
  return html`<!doctype html>
<html lang="${language}" dir="${LANGUAGES[language].direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${head}
<style>${new Markup(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.html;
}
