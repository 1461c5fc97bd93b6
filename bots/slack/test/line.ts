import { afterEach, beforeEach } from 'vitest';
import type { Delivery } from '#core/delivery/sending.ts';
import { phrase, words } from '#core/phrase.ts';
import { watchedFetch } from '#infra/http.ts';
import { botToken, type SlackTeam, startTeam } from '#infra/rehearsal/slack/test-rig.ts';
import { loneSeal } from '#infra/test/lone-seal.ts';
import { slackSend } from '../send.ts';

export const plain = (text: string) => phrase('general:plain', { text: words(text) });
export const seal = loneSeal(7);

export const to = {
  rowId: 'row-1',
  address: 'U1IOANA',
  account: 'U1IOANA',
  language: 'ro' as const,
  epoch: 0,
  now: new Date('2026-11-24T08:00:00Z'),
  isMarked: false,
};
let calling: { token: string; apiUrl: string; watch: ReturnType<typeof watchedFetch> };
/** A team of the stand-in and our way to it; new for each test. */
export const line = {
  team: undefined as unknown as SlackTeam,
  get calling() {
    return calling;
  },
  send: (delivery: Delivery) => sendWith({})(delivery),
};
export const sendWith = (more: Partial<typeof calling>) =>
  slackSend({ ...calling, ...more, seal, settings: { validDays: 30 } });

beforeEach(async () => {
  line.team = await startTeam();
  calling = { token: botToken, apiUrl: line.team.slack.apiUrl, watch: watchedFetch() };
});
afterEach(() => line.team.slack.close());
