import { startCityWeb } from '../web.ts';
import { type Situation, situations } from './fixture/sample.ts';
import { sampleCity } from './fixture/sample-city.ts';

/** Shows the page on one sample situation: `node infra/rehearsal/page/try.ts alert 4100`. For looking while drawing; it does nothing else. */
export async function tryPage(situation: Situation, port = 0) {
  const city = sampleCity(situation);
  return { city, ...(await startCityWeb({ port, city })) };
}

if (import.meta.main) {
  const [situation = 'alert', port = '4100'] = process.argv.slice(2);
  if (!(situation in situations))
    throw new Error(`no situation "${situation}"; there are ${Object.keys(situations).join(', ')}`);
  const { url } = await tryPage(situation as Situation, Number(port));
  process.stdout.write(`${url}\n`);
}
