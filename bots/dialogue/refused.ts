import type { Outcome } from '#core/execute.ts';
import type { Button } from '#core/message.ts';
import { phrase } from '#core/phrase.ts';
import { codeOfAsked } from '#core/requests/request.ts';
import { homeButton } from './home-button.ts';
import type { Answer, Press, Turn } from './turn.ts';

type Refused = Extract<Outcome<unknown>, { is: 'refused' }>;

/** A refusal said: whose decision it is, with one button that sends that person a prepared request (domain 4) [GUIDE]. */
export function refusalSaid(turn: Turn, refused: Refused): Answer {
  const ask = refused.decidedBy ? [[requestButton(refused, refused.decidedBy)]] : [];
  const isForeignCase = refused.asked?.startsWith('read-') && refused.caseNumber !== undefined;
  const urgent = isForeignCase && mayBreakGlass(turn) ? [[breakGlassButton(refused.caseNumber)]] : [];
  return {
    say: [{ lines: [refused.phrase], buttons: [...ask, ...urgent, [homeButton]] }],
  };
}

/** Who may open a foreign case that cannot wait. */
export const mayBreakGlass = ({ person }: Pick<Turn, 'person'>): boolean =>
  person?.role === 'coordinator' || person?.role === 'supervisor';

/** "Acces de urgență"; `version` carries the number of the case, if it is known. */
export const breakGlassButton = (caseNumber?: string): Button => ({
  label: phrase('glass:button.break'),
  action: 'glass.break',
  version: Number(caseNumber?.replace(/\D/g, '') ?? 0),
  opensForm: true,
});

/** Carries who decides, what was asked (`value`) and the number of the case (`version`, 0 for none), so that the press needs no memory. */
const requestButton = ({ asked, caseNumber }: Refused, subject: string): Button => ({
  label: phrase('refusals:button.sendRequest'),
  action: 'request.send',
  subject,
  version: Number(caseNumber?.replace(/\D/g, '') ?? 0),
  value: asked ? codeOfAsked(asked) : 0,
});

/** The case a pressed request button is about. */
export const caseNumberOf = ({ version }: Press): string | undefined => (version > 0 ? `C-${version}` : undefined);
