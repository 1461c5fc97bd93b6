import type { App } from '@slack/bolt';
import { afterEach } from 'vitest';
import type { SlackStandInOptions } from './stand-in.ts';
import { actions, button, type SlackTeam, socketApp, startTeam, until } from './test-rig.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Ends these after the test, the last one first. */
export const atEnd = (...more: (() => Promise<unknown>)[]): void => void stops.push(...more);

/** A team that is closed after the test. */
export async function openTeam(options: Partial<SlackStandInOptions> = {}): Promise<SlackTeam> {
  const team = await startTeam(options);
  atEnd(team.slack.close);
  return team;
}

/** A team, and a real Bolt app on Socket Mode that listens in it. */
export async function running(listen: (app: App) => void, options: Partial<SlackStandInOptions> = {}) {
  const team = await openTeam(options);
  const app = await socketApp(team.slack, listen);
  atEnd(app.stop);
  return { ...team, ...app };
}

/** The view that opens when Andrei presses "Scriu" under a post in the alert channel. */
export async function opensByButton({ web, andrei }: SlackTeam): Promise<string> {
  const channel = 'C1ALERT';
  const blocks = [actions(button('Scriu', 'open', 'v1'))];
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'x', blocks });
  await andrei.presses({ channel, ts }, 'Scriu');
  await until(() => andrei.state().modals.length > 0);
  return andrei.state().modals[0]?.viewId ?? '';
}
