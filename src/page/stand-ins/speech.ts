/** Stands in for react-say and react-dictate-button: the page reads aloud by itself, and nobody dictates. */
export const Composer = ({ children }: { children?: unknown }) => children;
export const SayUtterance = () => null;
export const Say = () => null;
