import type { Seal } from '#core/seal.ts';

/** The seal with the epoch of the office in what signs buttons: once it rises, no older button opens, in no chat. `epochOf` is what this process last read. */
export const withOfficeEpoch = (seal: Seal, epochOf: () => number): Seal => ({
  ...seal,
  sign: (bytes, length) => seal.sign(inEpoch(bytes, epochOf()), length),
});

const inEpoch = (bytes: Uint8Array, epoch: number): Uint8Array =>
  epoch === 0 ? bytes : Buffer.concat([bytes, Buffer.from(`\0office ${epoch}`)]);
