import { type Leak, leaksInFiles, leaksInMongo, leaksInRedis } from '../rig/canary.ts';
import { judge } from '../rig/judge.ts';
import { inScene, type Scene } from '../rig/scene.ts';
import type { OwnServers } from '../rig/servers.ts';
import { until, untilQuiet } from '../rig/until.ts';
import { oncePerRow } from './cut-lines.ts';

/** Everything a person can give away, in every way a phone and a desk can send it; then a search of all that is kept (S2). */
export const plantedEverywhere = (servers: OwnServers): Promise<{ planted: number; leaks: Leak[] }> =>
  inScene({ servers, people: 3, hasSlack: true }, async (scene) => {
    const heard: string[] = [];
    const monitor = await servers.redisClient.monitor();
    monitor.on('monitor', (_, args) => heard.push(JSON.stringify(args)));
    try {
      await scene.house({ redisUrl: servers.redisUrl });
      await until('the sockets are open', () => (scene.slack?.sockets() ?? 0) >= 2);
      await talk(scene);
      await untilQuiet(scene);
      const values = scene.planted.all();
      const inRedis = await leaksInRedis(servers.redisClient, values);
      await scene.end();
      await judge(scene, { expected: await oncePerRow(scene) });
      const leaks = [
        ...(await leaksInMongo(servers.mongoClient, scene.name, values)),
        ...inRedis,
        ...values.filter((value) => heard.some((line) => line.includes(value))).map((canary) => said(canary)),
        ...leaksInFiles(servers.dataDir, values),
      ];
      if (heard.length === 0) throw new Error('Redis was never used: nothing is proved of it');
      return { planted: values.length, leaks };
    } finally {
      monitor.disconnect();
    }
  });

const said = (canary: string): Leak => ({ where: 'a command to Redis', canary, around: '' });

async function talk({ telegram, slack, cast, planted }: Scene): Promise<void> {
  const words = {
    cnp: '2840512019923',
    phone: '+40766918555',
    street: 'вулиця Канаркова 17',
    child: 'Софійка Канаренко',
    file: 'kanarka-certificat.pdf',
    caption: 'довідка канаренятка',
    note: 'Vânătăi canarice pe braț',
    staff: 'Cuvinte canarice ale coordonatorului',
  };
  planted.add(...Object.values(words));
  const [first, second, third] = cast.beneficiaries.map(({ account }) => telegram.user(Number(account)));
  first?.says(`Мене звати ${words.child}, ${words.street}, CNP ${words.cnp}, телефон ${words.phone}`);
  first?.sendsDocument({ bytes: Buffer.from('%PDF-1.4'), caption: words.caption, fileName: words.file });
  second?.says(`допоможіть, він мене б’є, ${words.street}`);
  second?.sendsLocation({ latitude: 46.186512, longitude: 21.312677 });
  third?.sendsContact({ phone_number: words.phone, first_name: words.child });
  planted.add('46.186512', '21.312677');
  const technician = telegram.user(Number(cast.technician.account));
  technician.says('/alerta');
  technician.says(words.note);
  const desk = slack?.user(cast.coordinator.account);
  await desk?.says('bot', words.staff);
  desk?.opensHome();
  await slack?.quiet();
}
