import type { Language } from '../../locales/languages.ts';
import { escapeMarkup } from '../escape-markup.ts';
import { type CalibrationBin, calibrationError, calibrationOf } from './calibration.ts';
import { type Certainty, type Confusion, type Counts, sumOf } from './evaluation.ts';

/** All that was measured of one language. */
export interface LanguageResult {
  readonly language: Language;
  readonly counts: Counts;
  readonly styles: ReadonlyMap<string, Counts>;
  readonly certainties: readonly Certainty[];
  readonly confusions: readonly Confusion[];
}

const WIDTH = 640;
const BAR = { height: 18, gap: 6, left: 110, right: 130 };
const SQUARE = { side: 220, margin: 34 };

/** The report of an evaluation as one HTML page: a picture, the calibration and the confusions of each language. */
export function reportPage(results: readonly LanguageResult[], made: string): string {
  const parts = results.map(
    (result) => `<section id="${result.language}"><h2>${result.language}</h2>
<p>${summary(result.counts)}; calibration error ${percent(calibrationError(calibrationOf(result.certainties)))}</p>
<div class="pictures">${stylePicture(result)}${calibrationPicture(calibrationOf(result.certainties))}</div>
${confusionTable(result.confusions)}</section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Evaluation</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}
h1,h2{line-height:1.2}section{border-top:1px solid #d5dce4;margin-top:2rem}
.pictures{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start}svg{max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#1d2733}
table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.25rem .5rem;border-bottom:1px solid #e6ebf0;vertical-align:top}
.answer{color:#9b1c1c;font-weight:600}nav a{margin-inline-end:1rem}
</style></head><body><h1>How well the bot understands</h1><p>${escapeMarkup(made)}</p>
<p>All languages: ${summary(sumOf(results.map(({ counts }) => counts)))}</p>
<nav>${results.map(({ language }) => `<a href="#${language}">${language}</a>`).join('')}</nav>
${parts.join('\n')}
</body></html>
`;
}

function summary(counts: Counts): string {
  const { inScope, rightAtFirst, withinThree, answeredWrong, outOfScope, outOfScopeAnswered } = counts;
  return [
    `${inScope} questions in scope, ${outOfScope} out of scope`,
    `right at first ${share(rightAtFirst, inScope)}`,
    `within three ${share(withinThree, inScope)}`,
    `answered wrong ${share(answeredWrong, inScope)}`,
    `wrongly answered out of scope ${share(outOfScopeAnswered, outOfScope)}`,
  ].join('; ');
}

/** Bars: the share of questions of each style that were answered right, offered in a choice, answered wrong. */
function stylePicture({ styles, counts }: LanguageResult): string {
  const rows: [string, Counts][] = [['all', counts], ...[...styles].filter(([, { inScope }]) => inScope > 0).sort()];
  const full = WIDTH - BAR.left - BAR.right;
  const height = rows.length * (BAR.height + BAR.gap) + 10;
  const bars = rows.map(([name, { inScope, rightAtFirst, withinThree, answeredWrong }], row) => {
    const y = row * (BAR.height + BAR.gap) + 5;
    const right = (full * rightAtFirst) / inScope;
    const offered = (full * Math.max(withinThree - rightAtFirst, 0)) / inScope;
    const wrong = (full * answeredWrong) / inScope;
    return `<text x="${BAR.left - 8}" y="${y + 13}" text-anchor="end">${escapeMarkup(name)}</text>
<rect x="${BAR.left}" y="${y}" width="${full}" height="${BAR.height}" fill="#eef2f6"/>
<rect x="${BAR.left}" y="${y}" width="${right.toFixed(1)}" height="${BAR.height}" fill="#1b6e53"/>
<rect x="${(BAR.left + right).toFixed(1)}" y="${y}" width="${offered.toFixed(1)}" height="${BAR.height}" fill="#8cc3ae"/>
<rect x="${(BAR.left + full - wrong).toFixed(1)}" y="${y}" width="${wrong.toFixed(1)}" height="${BAR.height}" fill="#b3341f"/>
<text x="${BAR.left + full + 8}" y="${y + 13}">${share(rightAtFirst, inScope)} of ${inScope}</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" role="img" aria-label="Right at first by style">${bars.join('')}</svg>`;
}

/** Points: how sure the bot was against how often it was right. On the line it is calibrated. */
function calibrationPicture(bins: readonly CalibrationBin[]): string {
  const { side, margin } = SQUARE;
  const most = Math.max(...bins.map(({ questions }) => questions), 1);
  const points = bins.map(({ sure, right, questions }) => {
    const radius = 3 + 8 * Math.sqrt(questions / most);
    const [x, y] = [margin + side * sure, 10 + side * (1 - right)];
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="#2459a6" fill-opacity=".7"><title>${questions} questions: ${percent(sure)} sure, ${percent(right)} right</title></circle>`;
  });
  return `<svg viewBox="0 0 ${side + margin + 20} ${side + 50}" width="${side + margin + 20}" role="img" aria-label="Calibration">
<rect x="${margin}" y="10" width="${side}" height="${side}" fill="none" stroke="#b9c4cf"/>
<line x1="${margin}" y1="${10 + side}" x2="${margin + side}" y2="10" stroke="#b9c4cf" stroke-dasharray="4 4"/>
${points.join('')}
<text x="${margin + side / 2}" y="${side + 40}" text-anchor="middle">sure</text>
<text x="14" y="${10 + side / 2}" text-anchor="middle" transform="rotate(-90 14 ${10 + side / 2})">right</text></svg>`;
}

function confusionTable(confusions: readonly Confusion[]): string {
  if (confusions.length === 0) return '';
  const rows = confusions.map(
    ({ q, expected, got, kind }) =>
      `<tr><td class="${kind}">${kind}</td><td>${escapeMarkup(expected)}</td><td>${escapeMarkup(got)}</td><td dir="auto">${escapeMarkup(q)}</td></tr>`,
  );
  return `<table><thead><tr><th>outcome</th><th>expected</th><th>got</th><th>question</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : percent(part / whole);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
