import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { chooseLanguage, type LanguageSituation } from '../../knowledge/language/choose.ts';

const knowledge = loadKnowledge();
const supported = knowledge.languages;

function language(text: string, situation: Partial<LanguageSituation> = {}): string {
  return chooseLanguage(knowledge.detect(text), text, { supported, ...situation });
}

describe('the language of a first message is what its text shows', () => {
  test.each([
    ['What happens if I do not send the paper back?', 'en'],
    ['Wat gebeurt er als ik het papier niet terugstuur?', 'nl'],
    ['ماذا يحدث إذا لم أرسل الورقة؟', 'ar'],
    ['شنو غادي يوقع الا ما صيفطتش الورقة', 'ar'],
    ['wach n9der nkhdem daba wla la', 'ar'],
    ['bewoner heeft brief gekregen, wat nu', 'nl'],
    ['Que se passe-t-il si je ne renvoie pas la feuille ?', 'fr'],
    ['kes ki se passe si je fé rien', 'fr'],
    ['Что будет, если я не верну бумагу?', 'ru'],
    ['chto budet esli ya ne otvechu na pismo', 'ru'],
    ['Що буде, якщо я не поверну папір?', 'uk'],
    ['a shcho yak ya ne vidpovim na lyst', 'uk'],
    ['Kağıdı geri göndermezsem ne olur?', 'tr'],
    ['kagidi yollamazsam ne yaparlar bana', 'tr'],
    ['اگر کاغذ را پس نفرستم چه می‌شود؟', 'fa'],
    ['age javab nadam chi mishe baraye man', 'fa'],
  ])('%s: %s', (text, expected) => expect(language(text)).toBe(expected));
});

describe('a conversation under way', () => {
  test.each<[string, string, Partial<LanguageSituation>, string]>([
    ['does not flip for a short message', 'ok', { current: 'ar' }, 'ar'],
    ['does not flip for a term of another language', 'de vragenlijst', { current: 'ar' }, 'ar'],
    ['does not flip for digits', '31/07', { current: 'nl' }, 'nl'],
    ['follows a clear, longer message', 'Wat gebeurt er als ik de vragenlijst niet terugstuur?', { current: 'en' }, 'nl'],
    ['follows another script at once', 'متى تنتهي الحماية', { current: 'en' }, 'ar'],
    ['follows one word in another script', 'مرحبا', { current: 'en' }, 'ar'],
    ['keeps what the person chose, whatever is written', 'What happens if I do not send it back?', { chosen: 'ar', current: 'ar' }, 'ar'],
    ['begins with the language of the channel', '👍', { channel: 'nl-NL' }, 'nl'],
    ['is English where nothing is known', '👍', { channel: 'zu' }, 'en'],
  ])('%s', (_name, text, situation, expected) => expect(language(text, situation)).toBe(expected));
});
