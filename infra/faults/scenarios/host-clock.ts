import { setTimeout as sleep } from 'node:timers/promises';
import { defaults } from '#core/settings.ts';
import { inScene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { until } from '../rig/until.ts';

const hourMs = 3_600_000;

/** Seconds instead of minutes, so that a climb happens in a test. */
const quick = { dutyMinutes: 3 / 60, supervisorMinutes: 8 / 60, ringMinutes: 13 / 60, repeatMinutes: 5 / 60 };

/** The clock of one host of two jumps an hour ahead, then an hour back, while an alert climbs; gives the distance of each step from its time, ms (F15). */
export const hostJumps = (servers: OwnServers): Promise<number[]> =>
  inScene({ servers, people: 1, isNow: true }, async (scene) => {
    const { store, cast, telegram } = scene;
    const office = await store.office.get();
    const { escalation } = defaults;
    const life = { ...escalation.life, ...quick };
    await store.office.put({ ...office, settings: { escalation: { ...escalation, life } } });
    const other = scene.worker({ isOneOfMany: true });
    await other.ready;
    const worker = scene.worker({ isOneOfMany: true });
    await worker.ready;
    telegram.user(Number(cast.beneficiaries[0]?.account)).says('допоможіть, він мене б’є');
    const alert = () => store.alerts.first({});
    await until('the alert is raised', async () => (await alert()) !== undefined);
    worker.tell({ hostJumpsMs: hourMs });
    await until('duty hears', async () => ((await alert())?.step ?? 0) >= 1, 20_000);
    worker.tell({ hostJumpsMs: -hourMs });
    await until('everybody hears', async () => ((await alert())?.step ?? 0) >= 3, 30_000);
    await sleep(300);
    await scene.end();
    const raised = await store.alerts.must((await alert())?.id ?? '');
    const due = [0, quick.dutyMinutes, quick.supervisorMinutes, quick.ringMinutes].map((minutes) => minutes * 60_000);
    const told = [...new Set(raised.told.map(({ at }) => at.getTime()))].sort((a, b) => a - b);
    return due.map((ms, step) => Math.abs((told[step] ?? Number.NaN) - raised.climbFrom.getTime() - ms));
  });
