import type { Message } from '@grammyjs/types';

/** Whether a message in a group is meant for the bot: a command, its name, or a reply to it. Everything else there is not ours to read. */
export function isAddressed(
  message: Message,
  { botId, botUsername }: { botId: string | number; botUsername: string },
): boolean {
  if (String(message.reply_to_message?.from?.id) === String(botId)) return true;
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  return entities.some(({ type, offset, length }) => {
    const [word, name] = text
      .slice(offset, offset + length)
      .toLowerCase()
      .split('@');
    if (type === 'mention') return name === botUsername.toLowerCase();
    return type === 'bot_command' && word !== '' && (name === undefined || name === botUsername.toLowerCase());
  });
}
