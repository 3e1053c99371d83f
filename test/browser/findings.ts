import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');

/** What axe-core finds on a page, with all its rules: each with the elements it is about. */
export async function findings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

/** Texts that are seen and have less contrast to what is behind them than AA asks for (4.5 : 1). */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = (color: string) => (color.match(/[\d.]+/gu) ?? []).map(Number);
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = parts(color).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (!element) return 'rgb(255, 255, 255)';
      const color = getComputedStyle(element).backgroundColor;
      return (parts(color)[3] ?? 1) > 0 ? color : behind(element.parentElement);
    };
    const faint: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const { width, height } = element.getBoundingClientRect();
      if (!own || width < 2 || height < 2 || !element.checkVisibility()) continue;
      const { color } = getComputedStyle(element);
      const [low = 0, high = 0] = [luminance(color), luminance(behind(element))].sort((a, b) => a - b);
      const hidden = (parts(color)[3] ?? 1) === 0;
      if (!hidden && (high + 0.05) / (low + 0.05) < 4.5) faint.push(`${color} on ${behind(element)}: ${element.textContent?.slice(0, 60)}`);
    }
    return faint;
  });
}
