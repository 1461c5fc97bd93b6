/** Keys under which a name is found. */
export const nameKeys = (name: string): string[] => name.toLowerCase().split(/\s+/);
