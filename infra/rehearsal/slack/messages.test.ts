import { afterEach, beforeEach, expect, test } from 'vitest';
import { actions, appToken, button, codeOf, section, startTeam, webOf } from './test-rig.ts';

let team: Awaited<ReturnType<typeof startTeam>>;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.slack.close());

const channel = 'C1ALERT';

test('a post into a channel is seen by its members with its blocks', async () => {
  const { web, andrei, slack } = team;
  const posted = await web.chat.postMessage({
    channel,
    text: 'Alertă',
    blocks: [section('Alertă'), actions(button('Preiau', 'take'))],
  });
  expect(posted.ts).toMatch(/^\d+\.\d{6}$/);
  expect(posted.message?.bot_id).toBe(slack.botId);
  const [seen] = andrei.state().messages[channel] ?? [];
  expect(seen).toMatchObject({ ts: posted.ts, isBot: true, text: 'Alertă', user: slack.botUserId });
  expect(andrei.state().channels.find((one) => one.id === channel)?.unread).toBe(1);
  andrei.reads(channel);
  expect(andrei.state().unread).toBe(0);
});

test('a user id opens the direct channel and the answer names it', async () => {
  const { web, ioana, andrei } = team;
  const posted = await web.chat.postMessage({ channel: ioana.id, text: 'Bună' });
  expect(posted.channel).toMatch(/^D/);
  const opened = await web.conversations.open({ users: ioana.id });
  expect(opened.channel?.id).toBe(posted.channel);
  expect(andrei.state().messages[posted.channel ?? '']).toBeUndefined();
});

test('posting is refused with the code Slack gives', async () => {
  const { web, slack } = team;
  const post = (target: string, more = {}) => codeOf(web.chat.postMessage({ channel: target, text: 'x', ...more }));
  expect(await post('C0NOWHERE')).toBe('channel_not_found');
  expect(await post('C2OTHER')).toBe('not_in_channel');
  expect(await codeOf(web.chat.postMessage({ channel, text: '' }))).toBe('no_text');
  expect(await post(channel, { text: 'x'.repeat(40_001) })).toBe('msg_too_long');
  expect(await post(channel, { metadata: { event_type: 'sent' } })).toBe('invalid_metadata_format');
  expect(await post(channel, { metadata: { event_type: 'sent', event_payload: { a: 'x'.repeat(16_000) } } })).toBe(
    'metadata_too_large',
  );
  slack.archive(channel);
  expect(await post(channel)).toBe('is_archived');
  expect(slack.messages(channel)).toHaveLength(0);
});

test('a private channel without the app does not exist for it', async () => {
  team.slack.addChannel({ id: 'G1', name: 'inchis', topic: '', members: [], isBotIn: false, isPrivate: true });
  expect(await codeOf(team.web.chat.postMessage({ channel: 'G1', text: 'x' }))).toBe('channel_not_found');
});

test('tokens and scopes are checked before anything else', async () => {
  const { slack } = team;
  expect(await codeOf(webOf(slack, '').auth.test())).toBe('not_authed');
  expect(await codeOf(webOf(slack, 'xoxb-other').auth.test())).toBe('invalid_auth');
  expect(await codeOf(webOf(slack, appToken).auth.test())).toBe('not_allowed_token_type');
  expect(await codeOf(webOf(slack).apps.connections.open({}))).toBe('not_allowed_token_type');
  slack.scopes.delete('chat:write');
  expect(await codeOf(team.web.chat.postMessage({ channel, text: 'x' }))).toBe('missing_scope');
  expect(await codeOf(team.web.apiCall('chat.shout', {}))).toBe('unknown_method');
});

test('an update edits own messages only, in 4000 characters, by channel id, and keeps what is not given', async () => {
  const { web, ioana, slack } = team;
  const blocks = [section('întâi'), actions(button('Preiau', 'take'))];
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'întâi', blocks });
  const update = (more: object) => codeOf(web.chat.update({ channel, ts, text: 'x', ...more } as never));
  expect(await update({ text: 'apoi', blocks: [section('apoi')] })).toBe('ok');
  const [message] = slack.messages(channel);
  expect(message?.editedAt).toBeDefined();
  expect(message?.blocks).toMatchObject([{ type: 'section' }]);
  expect(await update({ text: 'x'.repeat(4001) })).toBe('msg_too_long');
  expect(await update({ ts: '1.000001' })).toBe('message_not_found');
  expect(await update({ channel: ioana.id })).toBe('channel_not_found');
  const said = ioana.says(channel, 'al meu');
  expect(await update({ ts: said.ts })).toBe('cant_update_message');
  expect(await codeOf(web.chat.delete({ channel, ts: said.ts }))).toBe('cant_delete_message');
  expect(await codeOf(web.chat.delete({ channel, ts }))).toBe('ok');
  expect(slack.messages(channel).map((one) => one.text)).toEqual(['al meu']);
});

test('text without blocks removes the blocks, blocks without text keep the text', async () => {
  const { web, slack } = team;
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'unu', blocks: [section('unu')] });
  await web.chat.update({ channel, ts, blocks: [section('doi')] });
  expect(slack.messages(channel)[0]).toMatchObject({ text: 'unu', blocks: [{ text: { text: 'doi' } }] });
  const updated = await web.chat.update({ channel, ts, text: 'trei' });
  expect(slack.messages(channel)[0]).toMatchObject({ text: 'trei', blocks: [] });
  expect(updated.message).toHaveProperty('edited');
});

test('a reply to a deleted message lands in the channel, and a parent of replies leaves a tombstone', async () => {
  const { web, slack } = team;
  const first = await web.chat.postMessage({ channel, text: 'unu' });
  await web.chat.delete({ channel, ts: first.ts ?? '' });
  const lost = await web.chat.postMessage({ channel, text: 'doi', thread_ts: first.ts ?? '' });
  expect(lost.message?.thread_ts).toBeUndefined();
  const reply = await web.chat.postMessage({ channel, text: 'trei', thread_ts: lost.ts ?? '' });
  expect(reply.message?.thread_ts).toBe(lost.ts);
  await web.chat.delete({ channel, ts: lost.ts ?? '' });
  expect(slack.messages(channel).map((one) => one.text)).toEqual(['This message was deleted.', 'trei']);
});

test('an ephemeral message is seen by one person and stands in no history', async () => {
  const { web, ioana, andrei } = team;
  await web.chat.postEphemeral({ channel, user: andrei.id, text: 'numai ție' });
  expect(andrei.state().messages[channel]?.[0]).toMatchObject({ isEphemeral: true });
  expect(ioana.state().messages[channel]).toEqual([]);
  expect((await web.conversations.history({ channel })).messages).toEqual([]);
  expect(await codeOf(web.chat.postEphemeral({ channel, user: 'U9NOBODY', text: 'x' }))).toBe('user_not_in_channel');
});

test('history finds a post by its metadata, newest first, without replies', async () => {
  const { web, slack } = team;
  const metadata = { event_type: 'outbox', event_payload: { id: 'row-1' } };
  const first = await web.chat.postMessage({ channel, text: 'unu', metadata });
  await web.chat.postMessage({ channel, text: 'doi' });
  await web.chat.postMessage({ channel, text: 'răspuns', thread_ts: first.ts ?? '' });
  const bare = await web.conversations.history({ channel });
  expect(bare.messages?.map((one) => one.text)).toEqual(['doi', 'unu']);
  expect(bare.messages?.[1]).toMatchObject({ reply_count: 1 });
  expect(bare.messages?.[1]?.metadata).toBeUndefined();
  const full = await web.conversations.history({ channel, include_all_metadata: true });
  expect(full.messages?.[1]?.metadata).toEqual(metadata);
  const thread = await web.conversations.replies({ channel, ts: first.ts ?? '' });
  expect(thread.messages?.map((one) => one.text)).toEqual(['unu', 'răspuns']);
  slack.scopes.delete('channels:history');
  expect(await codeOf(web.conversations.history({ channel }))).toBe('missing_scope');
  expect(await codeOf(web.conversations.history({ channel: 'C2OTHER' }))).toBe('missing_scope');
});

test('history is cut by oldest and latest and read page by page', async () => {
  const { web } = team;
  const ts: string[] = [];
  for (const text of ['a', 'b', 'c', 'd']) ts.push((await web.chat.postMessage({ channel, text })).ts ?? '');
  const [, b = '', c = '', d = ''] = ts;
  const between = await web.conversations.history({ channel, oldest: b, latest: d });
  expect(between.messages?.map((one) => one.ts)).toEqual([c]);
  const inclusive = await web.conversations.history({ channel, oldest: b, latest: d, inclusive: true });
  expect(inclusive.messages).toHaveLength(3);
  const one = await web.conversations.history({ channel, limit: 3 });
  expect(one.has_more).toBe(true);
  const two = await web.conversations.history({ channel, limit: 3, cursor: one.response_metadata?.next_cursor ?? '' });
  expect(two.messages?.map((message) => message.text)).toEqual(['a']);
  expect(await codeOf(web.conversations.history({ channel, cursor: 'x' }))).toBe('invalid_cursor');
  expect(await codeOf(web.conversations.history({ channel, oldest: 'x' }))).toBe('invalid_ts_oldest');
  expect(await codeOf(web.conversations.history({ channel: 'C2OTHER' }))).toBe('not_in_channel');
});

test('people, channels and the team are read as they are', async () => {
  const { web, ioana, slack } = team;
  const info = await web.users.info({ user: ioana.id, include_locale: true });
  expect(info.user).toMatchObject({ real_name: 'Ioana Marin', locale: 'ro-RO', deleted: false });
  expect((await web.users.info({ user: ioana.id })).user?.locale).toBeUndefined();
  expect(await codeOf(web.users.info({ user: 'U0' }))).toBe('user_not_found');
  expect((await web.users.list({})).members).toHaveLength(3);
  expect((await web.conversations.list({})).channels?.map((one) => one.name)).toEqual(['alerte-arad', 'altele']);
  expect((await web.users.conversations({})).channels?.map((one) => one.name)).toEqual(['alerte-arad']);
  expect((await web.conversations.members({ channel })).members).toContain(slack.botUserId);
  expect((await web.conversations.info({ channel })).channel?.topic?.value).toBe('numai gardă');
  expect((await web.team.info()).team?.name).toBe('DAS Arad');
  expect((await web.bots.info({ bot: slack.botId })).bot?.user_id).toBe(slack.botUserId);
  const test = await web.auth.test();
  expect(test).toMatchObject({ bot_id: slack.botId, team_id: slack.teamId });
  expect(test.response_metadata?.scopes).toContain('chat:write');
});

test('a disabled person cannot be opened, but a post to the account is accepted in silence', async () => {
  const { web, ioana } = team;
  ioana.disabled = true;
  expect(await codeOf(web.conversations.open({ users: ioana.id }))).toBe('user_disabled');
  expect(await codeOf(web.chat.postMessage({ channel: ioana.id, text: 'x' }))).toBe('ok');
  expect((await web.users.info({ user: ioana.id })).user?.deleted).toBe(true);
  expect(() => ioana.says('bot', 'x')).toThrow('disabled');
});

test('reactions are given once and taken back once', async () => {
  const { web } = team;
  const { ts = '' } = await web.chat.postMessage({ channel, text: 'x' });
  const given = { channel, timestamp: ts, name: 'eyes' };
  expect(await codeOf(web.reactions.add(given))).toBe('ok');
  expect(await codeOf(web.reactions.add(given))).toBe('already_reacted');
  expect(await codeOf(web.reactions.remove(given))).toBe('ok');
  expect(await codeOf(web.reactions.remove(given))).toBe('no_reaction');
  expect(await codeOf(web.reactions.add({ ...given, timestamp: '1.000001' }))).toBe('message_not_found');
  expect(await codeOf(web.reactions.add({ ...given, name: 'No Such' }))).toBe('invalid_name');
});

test('JSON bodies are understood like forms', async () => {
  const { slack } = team;
  const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ channel, text: 'json', blocks: [section('json')] }),
  });
  expect(await answer.json()).toMatchObject({ ok: true, channel });
  const broken = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/json' },
    body: '{',
  });
  expect(await broken.json()).toMatchObject({ ok: false, error: 'invalid_json' });
});
