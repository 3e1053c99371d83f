import { useLayoutEffect } from 'preact/hooks';

interface Jump {
  readonly name: 'scrollTop';
  readonly target: HTMLElement;
  readonly value: number | '100%';
  readonly onEnd?: (arrived: boolean) => void;
}

/** Stands in for the scrolling of react-scroll-to-bottom: it jumps, as people want it who asked for less motion and as slow phones can. */
export function JumpTo({ name, target, value, onEnd }: Jump) {
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      target[name] = value === '100%' ? target.scrollHeight - target.offsetHeight : value;
      onEnd?.(true);
    });
    return () => cancelAnimationFrame(frame);
  }, [name, target, value, onEnd]);
  return null;
}
