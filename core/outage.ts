/** The database was away or too busy, and the same may go well in a moment: by the names of the errors, as the core knows no driver. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Error && (/^Mongo/.test(error.name) || ['TooManyRuns', 'Changed'].includes(error.constructor.name));
