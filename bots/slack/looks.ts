import { type Language, type Phrase, phrase } from '#core/phrase.ts';
import type { Incoming } from '../dialogue/incoming.ts';
import { say } from '../dialogue/say.ts';
import { type Calling, slackClient } from './client.ts';
import { addressOf, type Downloaded, download } from './download.ts';
import { loadingView } from './modal.ts';
import { escaped } from './text.ts';

/** What is no message: best effort, outside the outbox, never throws. */
export function slackLooks(calling: Calling) {
  const client = slackClient(calling);
  return {
    /** Opens the small view that the worker fills; on top of the one in which the button stood, if it stood in one. */
    async openLoading(at: { trigger: string; view: string; language: Language; isInModal: boolean }): Promise<boolean> {
      const given = { trigger_id: at.trigger, view: loadingView(at.view, at.language) };
      return isDone(at.isInModal ? client.views.push(given) : client.views.open(given));
    },
    /** Tells only the person who pressed, where they pressed; from a view there is no such place. */
    async toast(incoming: Incoming, text: Phrase, language: Language): Promise<boolean> {
      if (incoming.kind !== 'button' || !incoming.message) return false;
      return isDone(
        client.chat.postEphemeral({
          channel: incoming.message.chatId,
          user: incoming.account.key,
          text: escaped(say(text, language)),
        }),
      );
    },
    /** The fixed lines of a receiver: "kept", or 112 and "please wait" while the store is away. */
    sayFixed: (user: string, line: 'wait' | 'kept', language: Language): Promise<boolean> =>
      isDone(client.chat.postMessage({ channel: user, text: escaped(say(phrase(`errors:fixed.${line}`), language)) })),
    /** Bytes of a file people sent; without an address Slack is asked for it by the file's id. */
    async download(url: string | undefined, atMostBytes: number, fileId?: string): Promise<Downloaded> {
      if (url) return download(url, atMostBytes, calling);
      const found = fileId ? await addressOf(fileId, client) : { is: 'gone' as const };
      return 'url' in found ? download(found.url, atMostBytes, calling) : found;
    },
  };
}
export type SlackLooks = ReturnType<typeof slackLooks>;

const isDone = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
