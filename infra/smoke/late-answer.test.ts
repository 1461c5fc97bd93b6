import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { OpenForm } from '#core/conversations/conversation-store.ts';
import { picture } from '../rehearsal/telegram/started.ts';
import { openTown, type Town } from '../test/town.ts';

const voice = readFileSync(join(import.meta.dirname, '../rehearsal/voice.ogg'));
let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.stop());

type Said = { words: string; files: string[] };
const form = async () => (await town.world.store.conversations.find({})).find((one) => one.form)?.form as OpenForm;
const answer = async (key: string) => (await form()).answers[key] as Said | undefined;
const asks = (texts: string[], words: string) => texts.filter((text) => text.includes(words)).length;
const withoutNetwork = async (act: () => void) => {
  town.phone('mihai').goesOffline();
  act();
  town.phone('mihai').goesOnline();
  await town.settle();
};

beforeEach(async () => {
  await town.says('mihai', '📝 Notă nouă');
  await town.taps('mihai', 'Elena Munteanu');
  await town.taps('mihai', 'Acum');
  await town.taps('mihai', 'Doar persoana');
  town.heard('mihai');
});
afterEach(async () => {
  await town.says('mihai', '/menu');
  await town.says('mihai', '📝 Notă nouă');
  await town.taps('mihai', 'Șterg ciorna');
  await town.taps('mihai', 'Ies din formular');
});

it('a voice sent without network after the words joins these words, not the question that nobody had seen', async () => {
  await withoutNetwork(() => {
    town.phone('mihai').says('Frigiderul este gol.');
    town.phone('mihai').sendsVoice(voice, 4);
    town.phone('mihai').sendsPhoto(picture);
  });
  expect(await answer('observed')).toMatchObject({ words: 'Frigiderul este gol.' });
  expect((await answer('observed'))?.files).toHaveLength(2);
  expect(await answer('opinion')).toBeUndefined();
  const heard = town.heard('mihai');
  expect(asks(heard, 'Ce părere aveți?')).toBe(1);
  expect(heard.filter((text) => text === 'Am adăugat la: Fapte.')).toHaveLength(2);
});

it('a second line sent without network is no answer to the next question either', async () => {
  await withoutNetwork(() => {
    town.phone('mihai').says('Frigiderul este gol.');
    town.phone('mihai').says('Miroase a mucegai.');
  });
  expect(await answer('observed')).toMatchObject({ words: 'Frigiderul este gol.\nMiroase a mucegai.' });
  expect((await form()).field).toBe('opinion');
});

it('what is sent once the question is there answers it', async () => {
  await town.says('mihai', 'Frigiderul este gol.');
  town.phone('mihai').sendsVoice(voice, 4);
  await town.settle();
  expect((await answer('opinion'))?.files).toHaveLength(1);
  expect((await answer('observed'))?.files).toEqual([]);
});

it('what came before the whole was shown joins the last answer, and the whole is shown with it', async () => {
  await town.says('mihai', 'Frigiderul este gol.');
  await town.says('mihai', 'Îi este rușine.');
  await withoutNetwork(() => {
    town.phone('mihai').says('Revin joi.');
    town.phone('mihai').sendsVoice(voice, 4);
  });
  expect((await form()).isPlayback).toBe(true);
  expect((await answer('next'))?.files).toHaveLength(1);
  expect((await answer('observed'))?.files).toEqual([]);
});
