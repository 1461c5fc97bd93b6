/** Answers of the alert form by which a draft that was left is read: how grave, who and where, what was seen, whether it was asked about. */
export const alertForm = { level: 'level', who: 'who', observed: 'observed', recalled: 'recalled' } as const;

/** A form on danger to life: left half way it is raised as it stands (`experience.md` 3). */
export const isOnLife = ({ answers }: { answers: Record<string, unknown> }): boolean =>
  answers[alertForm.level] === 'life';
