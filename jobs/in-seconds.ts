/** So many seconds later. */
export const inSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
