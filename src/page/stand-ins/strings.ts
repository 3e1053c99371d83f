/** Stands in for the texts of Web Chat in all languages: ours come with the page, in the language of the person. */
export const strings = () => ({ 'en-US': {} });
