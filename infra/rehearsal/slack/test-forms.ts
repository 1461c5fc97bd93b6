import type { App, BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { plain } from './test-rig.ts';

export const note: ModalView = {
  type: 'modal',
  callback_id: 'note',
  notify_on_close: true,
  title: plain('Notă'),
  submit: plain('Trimit'),
  blocks: [
    {
      type: 'input',
      block_id: 'what',
      label: plain('Ce ați văzut'),
      element: { type: 'plain_text_input', action_id: 'v', min_length: 3 },
    },
    {
      type: 'input',
      block_id: 'day',
      optional: true,
      label: plain('Ziua'),
      element: { type: 'datepicker', action_id: 'v' },
    },
    {
      type: 'input',
      block_id: 'hour',
      optional: true,
      label: plain('Ora'),
      element: { type: 'timepicker', action_id: 'v' },
    },
    {
      type: 'input',
      block_id: 'kind',
      optional: true,
      label: plain('Fel'),
      element: {
        type: 'radio_buttons',
        action_id: 'v',
        options: [
          { text: plain('Vizită'), value: 'visit' },
          { text: plain('Telefon'), value: 'call' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'who',
      optional: true,
      label: plain('Cine'),
      element: { type: 'users_select', action_id: 'v' },
    },
    {
      type: 'input',
      block_id: 'also',
      optional: true,
      label: plain('Și'),
      element: {
        type: 'checkboxes',
        action_id: 'v',
        options: [
          { text: plain('Copii'), value: 'children' },
          { text: plain('Acte'), value: 'papers' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'file',
      optional: true,
      label: plain('Fișier'),
      element: { type: 'file_input', action_id: 'v' },
    },
  ],
};

export const opensNote = (app: App) =>
  app.action('open', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: (body as BlockAction).trigger_id, view: note });
  });
