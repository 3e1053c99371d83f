import { h } from 'preact';

/** Line drawings of 24 by 24 in the colour of the text. */
const PATHS = {
  read: 'M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  stop: 'M7 7h10v10H7z',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  copied: 'M5 12.5l4.5 4.5L19 7.5',
  share: 'M12 15V4M8 7.5L12 3.5l4 4M6 11H5v9h14v-9h-1',
  print: 'M7 8V4h10v4M7 17H4V8h16v9h-3M7 14h10v6H7z',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName) {
  return h(
    'svg',
    { 'aria-hidden': 'true', focusable: 'false', viewBox: '0 0 24 24', width: '1.25em', height: '1.25em' },
    h('path', {
      d: PATHS[name],
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '1.8',
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    }),
  );
}
