import { describe, expect, it } from 'vitest';
import { foreignUnits } from '../../../server/src/engine/documents/foreignUnits.ts';
import { languageOf, type Language } from '../../../server/src/engine/documents/language.ts';
import { read } from './read.ts';

const CASES: readonly (readonly [name: string, text: string, language: Language])[] = [
  ['English', 'The Employer shall make a contribution for each Participant who is employed on the last day of the Plan Year.', 'english'],
  ['German', 'Der Arbeitgeber leistet für jeden Teilnehmer, der am letzten Tag des Jahres beschäftigt ist, einen Beitrag zu dem Plan.', 'foreign'],
  ['French', "L'employeur verse une cotisation pour chaque participant qui est employé par la société le dernier jour de l'exercice du régime.", 'foreign'],
  ['Spanish', 'El empleador hará una aportación por cada participante que esté empleado el último día del año del plan, salvo que se indique lo contrario.', 'foreign'],
  ['Italian', 'Il datore di lavoro versa un contributo per ogni partecipante che è impiegato alla fine del periodo di riferimento del piano.', 'foreign'],
  ['Dutch', 'De werkgever betaalt een bijdrage voor iedere deelnemer die op de laatste dag van het jaar in dienst is van de onderneming.', 'foreign'],
  ['Portuguese', 'O empregador fará uma contribuição para cada participante que esteja empregado no último dia do ano do plano e que não se oponha.', 'foreign'],
  ['Russian', 'Работодатель вносит взнос за каждого участника, работающего в последний день года.', 'foreign'],
  ['Chinese', '雇主应为每位在计划年度最后一天受雇的参与者缴纳供款。', 'foreign'],
  ['too short', 'Der Plan endet.', 'unclear'],
  ['names and figures', 'Hans Müller 20 % Jean Dupont 40 % Carla Rossi 60 % Pieter Jansen 80 % Ana Silva 100 %', 'unclear'],
  ['an English text that quotes a foreign name', 'The term "Deutsche Bank für den Handel und die Industrie" means the trustee that is named in the Adoption Agreement and its successors.', 'english'],
  ['a table', 'Years of Service | Vested percentage\nLess than 1 | 0 %\n1 | 20 %\n2 | 40 %', 'unclear'],
];

describe('the language of a text', () => {
  it.each(CASES)('is told: %s', (_, text, language) => expect(languageOf(text)).toBe(language));

  const english = CASES[0]?.[1] ?? '';
  const german = CASES[1]?.[1] ?? '';
  const foreignIn = (text: string): readonly (string | undefined)[] => {
    const document = read(text, 'plan.md');
    const foreign = foreignUnits(document);
    return document.units.filter(({ key }) => foreign.has(key)).map(({ title }) => title);
  };

  it('skips the foreign units of an English document, and nothing that is too short to tell', () => {
    expect(foreignIn(`# One\n\n${english}\n\n# Zwei\n\n${german}\n\n# Drei\n\nKurz.\n`)).toEqual(['Zwei']);
  });

  it('keeps short English units beside one that is foreign', () => {
    expect(foreignIn(`# One\n\nThe first.\n\n# Zwei\n\n${german}\n\n# Three\n\nSee the first.\n`)).toEqual(['Zwei']);
  });

  it('takes what is too short to tell for foreign in a foreign document', () => {
    expect(foreignIn(`# Eins\n\n${german}\n\n# Zwei\n\n${german}\n\n# Drei\n\nKurz.\n`)).toEqual(['Eins', 'Zwei', 'Drei']);
  });
});
