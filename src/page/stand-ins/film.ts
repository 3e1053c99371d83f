/** Stands in for react-film: suggestions flow over lines here, nothing is a carousel. */
export const Film = () => null;
export const createBasicStyleSet = () => ({});
