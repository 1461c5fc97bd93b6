/** Open can stand in clear; the other three are sealed (`delivery.md` 7). */
export type FieldClass = 'open' | 'personal' | 'special' | 'secret';

/** Where a sealed value stands: it opens nowhere else. */
export type SealedPlace = { collection: string; id: string; field: string };

/**
 * Whose data key seals a field. Destroying the key erases what it sealed. `account`: somebody not on file, by the blinded name of their lane;
 * `day`: the mailbox; `feedback`: one opinion, so that an anonymous one names nobody; `file`: one file with its bytes.
 */
export type KeyId = 'office' | `${'person' | 'case' | 'account' | 'file' | 'feedback' | 'day'}:${string}`;

/** Two subjects: the field opens only while both keys live, so each can be erased apart. */
export type KeyIds = KeyId | readonly [KeyId, KeyId];

/** A data key in the hand. `turn` counts the keys of this subject; `bytes` is missing once it was destroyed. */
export type DataKey = { turn: number; bytes: Uint8Array | undefined };
/** Data keys by the names of their subjects. */
export type Keys = ReadonlyMap<string, DataKey>;

/**
 * Sealing as the stores see it; the driver is `infra/seal.ts` (AES-256-GCM, AAD = collection, document id, field, key id). Keys are fetched first, outside
 * the transaction of the step; what is in the process's memory costs no trip.
 */
export type Seal = {
  /** The keys by which fields are sealed; one that nobody made yet, or that was destroyed, is made. */
  keysFor(ids: readonly KeyIds[]): Promise<Keys>;
  /** The keys by which these sealed values open. */
  keysOf(sealed: readonly string[]): Promise<Keys>;
  seal(place: SealedPlace, value: unknown, ids: KeyIds, keys: Keys): string;
  /** Throws `Erased` when the key was destroyed, anything else when the value was moved to another place or altered. */
  open(place: SealedPlace, sealed: string, keys: Keys): unknown;
  /** Whether a value is in a form from before there were data keys. */
  isOld(sealed: string): boolean;
  /** The names of those keys that live, with their turn: `person:…#1`. */
  living(ids: readonly KeyId[]): Promise<string[]>;
  /** Destroys keys by such names, for good: in this process at once, in every other one within 60 seconds. */
  destroy(names: readonly string[]): Promise<void>;
  /** Blinded name of something that keeps its name for good: a lane, a gate, a code. 128 bits where it must be unique. */
  blind(field: string, value: string, bits?: 64 | 128): string;
  /** Blind index: one digest of a normalised value per living version of the field's key, the newest first. */
  index(field: string, value: string, bits?: 64 | 128): string[];
  /** Truncated digest that binds a button to a person and a chat. Its key stays when the master key changes, as those below do. */
  sign(bytes: Uint8Array, length: number): Uint8Array;
  /** 32 bytes over what must not be changed unseen; each purpose has its own key. */
  mac(purpose: string, bytes: Uint8Array): Uint8Array;
};

/** The key of this value was destroyed: what it held is erased for good, not broken. */
export class Erased extends Error {}

/** Shown where words have been erased, in the three languages at once. */
export const erasedWords = 'șters · видалено · erased';

/** The blinded name of an account: its lane, its conversation, and the subject of its data key. */
export const laneOfAccount = (seal: Pick<Seal, 'blind'>, channel: string, key: string): string =>
  `${channel}:${seal.blind('lane', `${channel}:${key}`, 128)}`;

/** The data key of somebody who is known by an account only. */
export const keyOfAccount = (seal: Pick<Seal, 'blind'>, channel: string, key: string): KeyId =>
  `account:${laneOfAccount(seal, channel, key)}`;

/** The data key of a day, in UTC. */
export const keyOfDay = (at: Date): KeyId => `day:${at.toISOString().slice(0, 10)}`;
