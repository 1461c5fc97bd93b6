import { shownCode } from '#core/invitations/code.ts';
import type { Invitation } from '#core/invitations/invitation.ts';
import type { Message } from '#core/message.ts';
import { day, type Phrase, phrase } from '#core/phrase.ts';
import type { Turn } from '../dialogue/turn.ts';

/** A fresh invitation said: that it is ready (after `before`), then by itself what is given on. The code is shown this once. */
export async function invitationReady(
  { store }: Pick<Turn, 'store'>,
  { invitation, code }: { invitation: Invitation; code: string },
  before: Phrase[] = [],
): Promise<Message[]> {
  const { telegramBot } = await store.office.get();
  const until = { code: shownCode(code), day: day(invitation.validUntil) };
  const link = telegramBot ? `https://t.me/${telegramBot}?start=${code}` : undefined;
  const text = link ? phrase('invitations:link', { ...until, link }) : phrase('invitations:codeOnly', until);
  return [
    {
      lines: [
        ...before,
        phrase('admin:invite.created', { day: day(invitation.validUntil) }),
        phrase('admin:invite.hint'),
      ],
    },
    { lines: [text], ...(link ? { qr: link } : {}) },
  ];
}
