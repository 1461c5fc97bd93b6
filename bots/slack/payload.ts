/** What Slack's Socket Mode and HTTP bodies hold, as far as it is read here. Nothing of it is trusted to be there. */
export type SlackBody = {
  type?: string;
  team_id?: string;
  api_app_id?: string;
  event_id?: string;
  event?: SlackEvent;
  authorizations?: { user_id?: string }[];
  team?: { id?: string } | null;
  user?: SlackUser;
  user_id?: string;
  user_name?: string;
  channel?: { id?: string };
  channel_id?: string;
  command?: string;
  text?: string;
  trigger_id?: string;
  callback_id?: string;
  actions?: SlackAction[];
  container?: { type?: string; channel_id?: string; message_ts?: string; view_id?: string };
  message?: SlackMessage;
  view?: SlackView;
};

export type SlackUser = { id?: string; name?: string; username?: string; team_id?: string };

export type SlackMessage = {
  type?: string;
  subtype?: string;
  user?: string;
  bot_id?: string;
  ts?: string;
  text?: string;
  edited?: { ts?: string };
  files?: SlackFile[];
  attachments?: { is_share?: boolean; is_msg_unfurl?: boolean }[];
};

export type SlackEvent = SlackMessage & {
  channel?: string;
  channel_type?: string;
  tab?: string;
  message?: SlackMessage;
  previous_message?: SlackMessage;
};

export type SlackFile = {
  id?: string;
  name?: string;
  mimetype?: string;
  subtype?: string;
  size?: number;
  mode?: string;
  duration_ms?: number;
  url_private?: string;
  url_private_download?: string;
};

export type SlackAction = {
  action_id?: string;
  action_ts?: string;
  value?: string;
  selected_option?: { value?: string } | null;
};

/** The value of one input: which member is set depends on the kind of element. */
export type SlackValue = {
  type?: string;
  value?: string | null;
  selected_option?: { value?: string } | null;
  selected_date?: string | null;
  selected_time?: string | null;
  files?: SlackFile[] | null;
};

export type SlackView = {
  id?: string;
  hash?: string;
  type?: string;
  callback_id?: string;
  private_metadata?: string;
  external_id?: string;
  blocks?: {
    type?: string;
    block_id?: string;
    optional?: boolean;
    element?: { action_id?: string; max_length?: number };
  }[];
  state?: { values?: Record<string, Record<string, SlackValue>> };
};

/**
 * What a form's view carries with it: which filling-in of the form, the language it is shown in, whether it stays when it is sent, and the keys of
 * fields that must say something or lie on one side of now.
 */
export type FormMark = {
  run: string;
  language: string;
  stays?: boolean;
  say?: string[];
  future?: string[];
  past?: string[];
};

/** The mark of a form; nothing for a view of another make. */
export function markOf(view: SlackView | undefined): FormMark | undefined {
  try {
    const mark: unknown = JSON.parse(view?.private_metadata ?? '');
    return typeof mark === 'object' && mark !== null && 'run' in mark ? (mark as FormMark) : undefined;
  } catch {
    return undefined;
  }
}
