/**
 * All minutes, limits, targets and escalation steps, each with its unit and source. An office overrides them in the
 * database (`office` document, field `settings`); nothing else in the code carries such a number.
 */
export const defaults = {
  escalation: {
    /** Minutes after raising at which the next ring is told (`delivery.md` 5) [GUIDE]. The last entry repeats. */
    life: { dutyMinutes: 5, supervisorMinutes: 15, ringMinutes: 30, repeatMinutes: 5, phoneAlarmMinutes: 30 },
    abuse: { dutyMinutes: 15, supervisorMinutes: 45, ringMinutes: 45, repeatMinutes: 15, phoneAlarmMinutes: 90 },
    /** Steps after the first only in working hours; that the answer comes the same day is our default. */
    urgent: { dutyMinutes: 60, supervisorMinutes: 120, ringMinutes: 180, repeatMinutes: 60, phoneAlarmMinutes: null },
    /** A taken alert without a step noted asks its owner after this long, then waits `answerMinutes`. */
    forgottenMinutes: { life: 10, abuse: 20, urgent: 20 },
    answerMinutes: 10,
    /** After a noted step the owner is asked what is next after this long; our default. */
    notedMinutes: { life: 30, abuse: 60, urgent: 240 },
    /** Whoever has so many dangers to life waiting is not the only one told of the next (`delivery.md` 5). */
    mostWaiting: 3,
  },
  delivery: {
    /** Messages a second of a whole bot, a second to one chat, a minute to a group: what the chats ask for (`delivery.md` 4). */
    pace: {
      telegram: { perSecond: 30, chatPerSecond: 1, groupPerMinute: 20 },
      slack: { perSecond: 20, chatPerSecond: 1 },
    },
    /** So many messages to one person that are so late become one digest. */
    digest: { rows: 3, lateMinutes: 60, joinMinutes: 2 },
    /** Messages of one case to one person after the first become one after so long. */
    foldMinutes: 2,
    /** Days for which a message that possibly never arrived is listed. */
    unsureDays: 7,
    /** The synthetic alert of each bot: minutes between two, and after which one that has not come back is a fault (`delivery.md` 5). */
    probe: { everyMinutes: 15, lateMinutes: 20 },
  },
  alerts: {
    /** An alert form on danger to life that is left this long is raised as it stands (`experience.md` 3). */
    abandonedLifeFormMinutes: 3,
    /** One on anything else that is left this long is asked about, once; our default. */
    abandonedOtherFormMinutes: 10,
  },
  notes: {
    /** A sheet is due this long after the visit; the guide's example [GUIDE]. */
    dueHours: 24,
    /** Hours before it is due at which the technician is reminded; our default. */
    dueReminderHours: 3,
    /** Minutes after sending in which a late photo or voice still joins the note. */
    lateFileMinutes: 30,
    /** A returned note is asked for again after this long. */
    returnedReminderHours: 24,
  },
  messages: {
    /** A message nobody answered reminds its reader after this many working days. */
    answerWorkingDays: 2,
    reminderHours: 24,
    /** What one person writes within these minutes is one message (`delivery.md` 5). */
    foldMinutes: 2,
  },
  appointments: {
    /** Local hour of the reminder on the day before (`experience.md` 2). */
    dayBeforeHour: 18,
    /** Minutes before the start of the second reminder; dropped inside quiet hours. */
    shortlyBeforeMinutes: 120,
    /** Minutes after the end at which the person is asked how it went. */
    feedbackAfterMinutes: 60,
    lengthMinutes: 60,
    /** How many other times a coordinator may offer at once. */
    offers: 3,
  },
  feedback: {
    /** Days for which the sealed return address of an anonymous opinion lives. */
    returnAddressDays: 30,
    /** A score this low or lower is told at once; 1 to 5. Our default. */
    lowScore: 2,
  },
  /** `otherChatMinutes`: how long a code for one's own second chat lives. */
  invitations: { validDays: 14, checksAllowed: 3, otherChatMinutes: 15 },
  duty: {
    /** How far ahead the roster is looked at for hours without anybody; who keeps it is told a day before them, and not in the first hour after a slot is set. */
    gapDays: 7,
    gapWarningHours: 24,
    gapGraceMinutes: 60,
    /** The weekly test of the line: ISO weekday, local hour, and the hour of that evening at which silence is judged. */
    testRing: { weekday: 2, hour: 10, judgedHour: 20 },
  },
  breakGlass: {
    /** Minutes for which a foreign case stays open, and hours after which a review is asked for again (`delivery.md` 7). */
    minutes: 60,
    reminderHours: 24,
    /** So many refused tries on foreign cases within these minutes are told to who reviews; our default. */
    deniedTries: 3,
    deniedMinutes: 60,
  },
  /** Routine waits in quiet hours (`delivery.md` 6); local clock. */
  quietHours: { from: '21:00', to: '08:00' },
  workingHours: { from: '08:00', to: '16:00' },
  forms: {
    /** Hours without an answer after which typed words are no answer to an open form any more; it waits among the drafts. Our default. */
    expireHours: 72,
  },
  privacy: {
    /** Minutes for which the chats may take messages of somebody who is erased away; then the keys are destroyed all the same. Our default. */
    chatsMinutes: 60,
  },
  limits: {
    /** What one account may send in a minute and is still answered one by one; danger is never limited (`delivery.md` 7). */
    inputsPerMinute: 30,
    /** Words kept for a person to read that are answered one by one in a minute; further ones get one answer together, after some seconds. */
    keptAnswersPerMinute: 3,
    /** Files of one account that are fetched at once in an hour; the rest follows in its turn (`delivery.md` 7). */
    filesPerHour: 10,
    /** Answers to one group or channel in a minute, so that two bots never talk for ever (`delivery.md` 9, F40). */
    groupAnswersPerMinute: 5,
  },
  buttons: {
    /** Days after which a button only shows the present state. */
    validDays: 30,
  },
  /** Days of the office without work beside public holidays, as YYYY-MM-DD. */
  closedDays: [] as string[],
};

export type Settings = typeof defaults;

/** What an office has changed, over the defaults: a group that it changed in part keeps the rest, also what a newer program adds to it. */
export const settingsWith = (changed: Record<string, unknown>): Settings => over(defaults, changed) as Settings;

function over(usual: object, changed: object): object {
  const both = { ...usual, ...changed } as Record<string, unknown>;
  for (const [name, value] of Object.entries(usual)) {
    const own = (changed as Record<string, unknown>)[name];
    if (isGroup(value) && isGroup(own)) both[name] = over(value, own);
  }
  return both;
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export type Level = keyof Settings['escalation']['forgottenMinutes'];
