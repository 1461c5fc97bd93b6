/** What a button says by its number when it is the yes to "are you sure": first ask, then do. */
export const yes = 1;
