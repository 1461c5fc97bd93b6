import { whoAmI } from '#bots/slack/app.ts';
import { slackClient } from '#bots/slack/client.ts';
import manifest from '#bots/slack/manifest.json' with { type: 'json' };
import { apiOn } from '#bots/telegram/line.ts';
import { telegramLooks } from '#bots/telegram/looks.ts';
import type { Config, SlackConfig, TelegramConfig } from '../config.ts';
import { watchedFetch } from '../http.ts';
import { type Finding, judgeScopes, judgeWebhook, look, ok, wrong } from './doctor-findings.ts';

/** Both tokens, what they may, and how each chat delivers to us. */
export async function chatFindings({ telegram, slack }: Config): Promise<Finding[]> {
  return [
    ...(telegram
      ? await telegramFindings(telegram)
      : [look('Telegram', 'no token', 'Set TELEGRAM_BOT_TOKEN when this office serves on Telegram')]),
    ...(slack
      ? await slackFindings(slack)
      : [look('Slack', 'no token', 'Set SLACK_BOT_TOKEN when this office serves on Slack')]),
  ];
}

async function telegramFindings({ token, apiRoot, webhook }: TelegramConfig): Promise<Finding[]> {
  const line = { token, apiRoot, watch: watchedFetch() };
  try {
    await telegramLooks(line).whoAmI();
    const info = await apiOn(line, 10).getWebhookInfo();
    const there = {
      url: info.url ?? '',
      pending: info.pending_update_count,
      hasError: info.last_error_date !== undefined,
    };
    return [ok('Telegram', 'the token is known'), judgeWebhook(there, webhook?.url)];
  } catch (error) {
    const isToken = error instanceof Error && error.name === 'WrongToken';
    return [
      isToken
        ? wrong('Telegram', 'the token is not known', 'Take it from BotFather again')
        : wrong('Telegram', 'cannot be reached', 'Check the line to TELEGRAM_API_ROOT'),
    ];
  }
}

async function slackFindings({ botToken, apiUrl, way }: SlackConfig): Promise<Finding[]> {
  const calling = { token: botToken, apiUrl, watch: watchedFetch() };
  try {
    await whoAmI(calling);
  } catch (error) {
    return [
      wrong(
        'Slack',
        error instanceof Error ? error.message.replace(/\.$/, '') : 'cannot be reached',
        'See SLACK_BOT_TOKEN in .env.example',
      ),
    ];
  }
  const { response_metadata } = await slackClient(calling).auth.test();
  const socket = way.kind === 'socket' ? [await socketFinding({ ...calling, token: way.appToken })] : [];
  return [
    ok('Slack', 'the token is known'),
    judgeScopes(manifest.oauth_config.scopes.bot, response_metadata?.scopes ?? []),
    ...socket,
  ];
}

async function socketFinding(calling: Parameters<typeof slackClient>[0]): Promise<Finding> {
  try {
    await slackClient(calling).apps.connections.open({});
    return ok('Slack, receiving', 'socket mode; the app token is known');
  } catch {
    return wrong(
      'Slack, receiving',
      'the app token opens no socket',
      'Make a new SLACK_APP_TOKEN with connections:write',
    );
  }
}
