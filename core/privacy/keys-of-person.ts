import type { FileId } from '../id.ts';
import type { Person } from '../people/person.ts';
import type { KeyId } from '../seal.ts';
import type { Deps } from '../world.ts';

/**
 * Every data key that seals something of this person: their own, those of their cases, of their accounts from before they were on file, of their
 * opinions, and of each file that they sent or that lies on their cases.
 */
export async function keysOfPerson(person: Person, { store }: Pick<Deps, 'store'>): Promise<KeyId[]> {
  const cases = await store.cases.find({ personId: person.id });
  const caseIds = cases.map(({ id }) => id);
  const files = [
    ...(await store.files.find({ from: person.id })).map(({ id }) => id),
    ...(await filesOn({ $or: [{ personId: person.id }, { caseId: { $in: caseIds } }] }, store)),
    ...(await store.notes.find({ caseId: { $in: caseIds } })).flatMap((note) =>
      [note, ...note.versions].flatMap(filesOfNote),
    ),
  ];
  const ids: KeyId[] = [
    `person:${person.id}`,
    ...caseIds.map((id): KeyId => `case:${id}`),
    ...(await store.people.accountKeys(person)),
    ...(await opinionsOf(person, store)),
    ...files.map((id): KeyId => `file:${id}`),
  ];
  return [...new Set(ids)];
}

/** Files of messages, alerts and wishes. */
async function filesOn(
  filter: Parameters<Deps['store']['messages']['find']>[0],
  store: Deps['store'],
): Promise<FileId[]> {
  const messages = await store.messages.find(filter);
  const alerts = await store.alerts.find(filter);
  const appointments = await store.appointments.find(filter);
  return [
    ...messages.flatMap(({ parts, answers }) => [...parts, ...answers].flatMap(({ files }) => files)),
    ...alerts.flatMap(({ observed }) => observed.flatMap(({ files }) => files)),
    ...appointments.flatMap(({ wish }) => wish?.files ?? []),
  ];
}

type NoteFiles = { observed: { files: FileId[] }; opinion: { files: FileId[] }; next: { files: FileId[] } };
const filesOfNote = ({ observed, opinion, next }: NoteFiles): FileId[] =>
  [observed, opinion, next].flatMap(({ files }) => files);

/** Opinions with their name, and those whose return address still leads to them. */
async function opinionsOf({ id }: Person, store: Deps['store']): Promise<KeyId[]> {
  const addresses = await store.returnAddresses.find({});
  const named = await store.feedback.find({ personId: { $exists: true } });
  return [...addresses, ...named].filter(({ personId }) => personId === id).map((one): KeyId => `feedback:${one.id}`);
}
