/** The store did not answer in time. What it may still write is the same items: stored once. */
export class StoreIsSlow extends Error {}

/** Waits for the store for so long, no longer: whoever sent something is told. Throws `StoreIsSlow`. */
export async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreIsSlow()), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
