import { createHmac, timingSafeEqual } from 'node:crypto';
import { derive, type MasterKeys } from '../master-keys.ts';

/** Who may have made a backup: whoever has a master key of this office. Nobody else can alter one unseen, open fields included. */
export type Mac = {
  sign(digest: Uint8Array): Uint8Array;
  isOurs(digest: Uint8Array, mac: Uint8Array): boolean;
};

/** From the master keys, the current one first: the database's own keys are not there yet when a backup is read. */
export function backupMac(masters: MasterKeys): Mac {
  const [current, ...older] = masters.map(({ bytes }) => {
    const key = derive(bytes, 'backup');
    return (digest: Uint8Array) => createHmac('sha256', key).update(digest).digest();
  }) as [Make, ...Make[]];
  return {
    sign: current,
    isOurs: (digest, mac) =>
      mac.length === 32 && [current, ...older].some((make) => timingSafeEqual(make(digest), mac)),
  };
}

type Make = (digest: Uint8Array) => Buffer;
