import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Who may have made a backup: whoever has a master key of this office. Nobody else can alter one unseen, open fields included. */
export type Mac = {
  sign(digest: Uint8Array): Uint8Array;
  isOurs(digest: Uint8Array, mac: Uint8Array): boolean;
};

/** From the master keys, the current one first: the database's own keys are not there yet when a backup is read. */
export function backupMac(masters: readonly Uint8Array[]): Mac {
  const macs = masters.map((master) => {
    const key = Buffer.from(hkdfSync('sha256', master, 'punte-mistok', 'backup', 32));
    return (digest: Uint8Array) => createHmac('sha256', key).update(digest).digest();
  });
  const [current] = macs;
  if (!current) throw new Error('A backup needs a master key.');
  return {
    sign: current,
    isOurs: (digest, mac) => mac.length === 32 && macs.some((make) => timingSafeEqual(make(digest), mac)),
  };
}
