import { describe, expect, it } from 'vitest';
import { courtesyIn } from './courtesy.ts';

describe('a courtesy [language 2]', () => {
  it.each(['спасибо', 'Дякую!', 'multumesc', 'Mulțumesc mult.', 'dyakuyu', 'spasibo 🙏'])(
    'hears thanks in «%s»',
    (text) => expect(courtesyIn(text)).toBe('thanks'),
  );

  it.each(['Доброго дня', 'buna ziua', 'Bună seara!', 'здравствуйте'])('hears a greeting in «%s»', (text) =>
    expect(courtesyIn(text)).toBe('greeting'),
  );

  it.each(['дякую, але я не прийду', 'buna ziua, cand e programarea mea?', 'не дякую', '', '👍'])(
    'leaves «%s» to whoever reads it',
    (text) => expect(courtesyIn(text)).toBeUndefined(),
  );
});
