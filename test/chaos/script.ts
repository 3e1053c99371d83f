/** What people say: questions, and dialogs whose answers depend on all that was said before. */
export interface Script {
  readonly locale: string;
  readonly lines: readonly string[];
}

export const SCRIPTS: readonly Script[] = [
  {
    locale: 'en',
    lines: [
      'Is this about me?',
      'No',
      'Yes',
      'Yes',
      'Until when may I work?',
      'Yes',
      'Yes',
      'A safe country of origin',
      'When do I get the letter?',
      'Can I stay in the Netherlands?',
    ],
  },
  {
    locale: 'nl',
    lines: [
      'Tot wanneer mag ik werken?',
      'Mijn volgende stap',
      'Ik heb nog geen brief',
      'Ja',
      'Wanneer krijg ik de brief?',
      'Mag ik in Nederland blijven?',
      'Gaat dit over mij?',
      'Nee',
      'Ja',
      'stop',
    ],
  },
  {
    locale: 'fr',
    lines: [
      "Jusqu'à quand puis-je travailler ?",
      'Quand est-ce que je reçois la lettre ?',
      'Ma prochaine étape',
      'Je veux quitter les Pays-Bas',
      'Oui',
      'Est-ce que je peux rester aux Pays-Bas ?',
      'Qui peut m’aider ?',
      'merci',
      "J'ai perdu ma lettre",
      "Jusqu'à quand puis-je travailler ?",
    ],
  },
];
