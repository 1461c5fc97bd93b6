import { describe, expect, it } from 'vitest';
import { type Destination, newRow } from '#core/delivery/carry-out.ts';
import type { Button } from '#core/message.ts';
import { phrase } from '#core/phrase.ts';
import { openTown } from '../test/town.ts';

describe('a pressed button proves that its message arrived [delivery 4]', () => {
  it('an unknown row becomes sent, with the id of the message', async () => {
    const town = await openTown();
    try {
      const { telegram } = town.city.standIns();
      const { store, newId, clock, settings } = town.world;
      const oksana = await store.people.withAccount('telegram', '5001');
      if (!oksana) throw new Error('oksana is not here');
      const to = {
        ...oksana.accounts[0],
        language: oksana.language,
        personId: oksana.id,
        epoch: oksana.epoch,
      } as Destination;
      const write: Button = { label: phrase('home:button.write'), action: 'message.new' };
      const deps = { store, newId, now: clock.wall(), settings: await settings() };
      const row = newRow(deps, to, 'routine', { message: { lines: [phrase('errors:kept')], buttons: [[write]] } });
      telegram.faults.cut({ where: 'afterAccept', method: 'sendMessage', chatId: 5001 });
      await store.outbox.insert(row);
      await town.settle();
      expect(await store.outbox.must(row.id)).toMatchObject({ state: 'unknown' });
      const { id } = town.phone('oksana').messages().at(-1) ?? {};
      await town.taps('oksana', 'Написати нам');
      expect(await store.outbox.must(row.id)).toMatchObject({ state: 'sent', messageId: String(id), chatId: '5001' });
    } finally {
      await town.stop();
    }
  });
});
