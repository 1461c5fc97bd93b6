import type { TimerKind } from '#core/delivery/timer.ts';
import type { OnDue } from './timers.ts';

/** What each kind of timer does when it is due. */
export const onDue: Partial<Record<TimerKind, OnDue>> = {};
