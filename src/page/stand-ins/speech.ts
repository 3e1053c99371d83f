/** Stands in for react-say: the page reads aloud by itself. */
export const Composer = ({ children }: { children?: unknown }) => children;
export const SayUtterance = () => null;
export const Say = () => null;
