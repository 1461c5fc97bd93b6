/**
 * Sealing as the stores see it; the driver is `infra/seal.ts` (AES-256-GCM, AAD = collection, document id, field, key id).
 * `open` throws when a value was moved to another place or altered.
 */
export type Seal = {
  seal(place: SealedPlace, value: unknown): string;
  open(place: SealedPlace, sealed: string): unknown;
  /** Blind index: a keyed digest of a normalised value, `bits` long (128 where it must be unique, else truncated). */
  blind(field: string, value: string, bits?: 64 | 128): string;
  /** Truncated digest that binds a button to a person and a chat. */
  sign(bytes: Uint8Array, length: number): Uint8Array;
};

export type SealedPlace = { collection: string; id: string; field: string };

/** Open can stand in clear; the other three are sealed (`delivery.md` 7). */
export type FieldClass = 'open' | 'personal' | 'special' | 'secret';
