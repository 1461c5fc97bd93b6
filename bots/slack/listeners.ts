import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Language } from '#core/phrase.ts';
import type { Seal } from '#core/seal.ts';
import { keyOf, opensView, viewOf } from './keys.ts';
import type { SlackLooks } from './looks.ts';
import { loadingView } from './modal.ts';
import type { SlackBody, SlackView } from './payload.ts';
import { faultsIn, languageOf } from './values.ts';

/** Names the manifest gives to people; what they do is decided by the worker. */
export const commands = ['/caz', '/garda'] as const;
export const noteShortcut = 'make_note';

type Ways = {
  seal: Seal;
  now: () => Date;
  looks: SlackLooks;
  learn: (body: SlackBody) => Promise<Language>;
  languageOf: (body: SlackBody) => Language;
};

const longestMs = 300;

/** The few things that must be answered in three seconds. All else is stored and acknowledged by `keeping` alone. */
export function listen(app: App, ways: Ways): void {
  const open = async (body: SlackBody, ack: () => Promise<void>) => {
    await ack();
    await openLoading(body, ways);
  };
  app.action(/^open:/, ({ ack, body }) => open(body as unknown as SlackBody, ack));
  app.command(/.*/, ({ ack, body }) => open(body as unknown as SlackBody, ack));
  app.shortcut(/.*/, ({ ack, body }) => open(body as unknown as SlackBody, ack));
  app.view(/.*/, async ({ ack, view, body }) => {
    if (body.type !== 'view_submission') return ack();
    const errors = faultsIn(view as unknown as SlackView, ways.now());
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    const waiting = viewThatStays(body as unknown as SlackBody, ways.seal);
    await ack(waiting ? { response_action: 'update', view: waiting } : { response_action: 'clear' });
  });
  app.error(async () => {});
}

/** The window of a form that shows what came of it. It gets a new name, so that the worker cannot fill it before it waits. */
function viewThatStays(body: SlackBody, seal: Seal): ModalView | undefined {
  const key = keyOf(body, seal);
  return key && body.view && opensView(body) ? loadingView(viewOf(key), languageOf(body.view)) : undefined;
}

/** Only looks: when it fails the person presses again. The language is asked for, but not for long. */
async function openLoading(body: SlackBody, { seal, looks, learn, languageOf }: Ways): Promise<void> {
  const key = keyOf(body, seal);
  if (!key || !body.trigger_id || !opensView(body)) return;
  const language = await soon(learn(body), languageOf(body));
  await looks.openLoading({
    trigger: body.trigger_id,
    view: viewOf(key),
    language,
    isInModal: body.view?.type === 'modal',
  });
}

function soon<T>(wanted: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([wanted, new Promise<T>((resolve) => setTimeout(() => resolve(otherwise), longestMs).unref())]);
}
