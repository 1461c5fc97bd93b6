/** Answers of the alert form by which a draft that was left is read: how grave, who and where, what was seen, whether it was asked about. */
export const alertForm = { level: 'level', who: 'who', observed: 'observed', recalled: 'recalled' } as const;
