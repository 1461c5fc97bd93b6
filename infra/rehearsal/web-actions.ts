import { z } from 'zod';
import type { City } from './web.ts';

/** One small state, whole, with its number; `id` is the person of a phone or a desk. */
export type CityEvent = {
  number: number;
  name: 'phone' | 'desk' | 'inside' | 'clock' | 'starting' | 'reset';
  id?: string;
  state: unknown;
};

/** A POST of the page: what its body must be, and what it does. */
export type CityAction = { shape: z.ZodType; act(city: City, body: never): unknown };

const action = <Body>(shape: z.ZodType<Body>, act: (city: City, body: Body) => unknown): CityAction => ({ shape, act });

const id = z.string().min(1).max(200);
const words = z.string().min(1).max(4096);
const person = z.strictObject({ personId: id });
const switched = z.strictObject({ personId: id, isOn: z.boolean() });
const value = z.union([z.string().max(4096), z.array(z.string().max(200)).max(50)]);
const where = z.union([z.strictObject({ channel: id, ts: id }), z.literal('home'), z.strictObject({ viewId: id })]);
const troubles = ['telegram429', 'slack429', 'telegramSlow', 'slackSlow', 'redisOff', 'databaseOff'] as const;

/** Every act of the page, by the path after `/city/`. */
export const cityActions: Record<string, CityAction> = {
  'phone/start': action(person, ({ phone }, { personId }) => phone.start(personId)),
  'phone/says': action(z.strictObject({ personId: id, text: words }), ({ phone }, { personId, text }) =>
    phone.says(personId, text),
  ),
  'phone/taps': action(
    z.strictObject({ personId: id, messageId: z.int(), data: z.string().max(64) }),
    ({ phone }, body) => phone.taps(body.personId, body.messageId, body.data),
  ),
  'phone/voice': action(person, ({ phone }, { personId }) => phone.voice(personId)),
  'phone/photo': action(person, ({ phone }, { personId }) => phone.photo(personId)),
  'phone/place': action(person, ({ phone }, { personId }) => phone.place(personId)),
  'phone/file': action(person, ({ phone }, { personId }) => phone.file(personId)),
  'phone/network': action(switched, ({ phone }, { personId, isOn }) => phone.network(personId, isOn)),
  'phone/block': action(
    z.strictObject({ personId: id, isBlocked: z.boolean() }),
    ({ phone }, { personId, isBlocked }) => phone.block(personId, isBlocked),
  ),
  'phone/reads': action(person, ({ phone }, { personId }) => phone.reads(personId)),

  'desk/opens': action(z.strictObject({ personId: id, place: id }), ({ desk }, { personId, place }) =>
    desk.opens(personId, place),
  ),
  'desk/presses': action(
    z.strictObject({
      personId: id,
      where,
      actionId: z.string().max(255),
      blockId: z.string().max(255),
      value: value.optional(),
    }),
    ({ desk }, { personId, where: at, actionId, blockId, value: chosen }) =>
      desk.presses(personId, at, actionId, blockId, chosen),
  ),
  'desk/submits': action(
    z.strictObject({ personId: id, viewId: id, values: z.record(z.string().max(255), value) }),
    ({ desk }, { personId, viewId, values }) => desk.submits(personId, viewId, values),
  ),
  'desk/closes': action(z.strictObject({ personId: id, viewId: id }), ({ desk }, { personId, viewId }) =>
    desk.closes(personId, viewId),
  ),
  'desk/says': action(
    z.strictObject({ personId: id, channel: id, text: words, threadTs: id.optional() }),
    ({ desk }, body) => desk.says(body.personId, body.channel, body.text, body.threadTs),
  ),
  'desk/command': action(
    z.strictObject({ personId: id, command: z.string().regex(/^\/\S{1,31}$/), text: z.string().max(4096) }),
    ({ desk }, { personId, command, text }) => desk.command(personId, command, text),
  ),
  'desk/shortcut': action(
    z.strictObject({ personId: id, callbackId: id, channel: id, ts: id }),
    ({ desk }, { personId, callbackId, channel, ts }) => desk.shortcut(personId, callbackId, { channel, ts }),
  ),
  'desk/network': action(switched, ({ desk }, { personId, isOn }) => desk.network(personId, isOn)),

  'clock/next': action(z.strictObject({}), ({ clock }) => clock.next()),
  'clock/forward': action(z.strictObject({ minutes: z.int().min(1).max(44_640) }), ({ clock }, { minutes }) =>
    clock.forward(minutes),
  ),
  'clock/to': action(z.strictObject({ iso: z.iso.datetime() }), ({ clock }, { iso }) => clock.to(iso)),

  trouble: action(z.strictObject({ name: z.enum(troubles), isOn: z.boolean() }), (city, { name, isOn }) =>
    city.trouble(name, isOn),
  ),
  reset: action(z.strictObject({}), (city) => city.reset()),
};
