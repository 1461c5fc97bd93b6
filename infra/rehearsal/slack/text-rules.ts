import { among, byType, flag, listOf, type Rule, shape, string } from './rules.ts';

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object : 1 to 3000, `emoji` only in plain_text. */
export const plainText = (max: number): Rule =>
  shape({ 'type!': among('plain_text'), 'text!': string(max), emoji: flag });

const markdownText = (max: number): Rule => shape({ 'type!': among('mrkdwn'), 'text!': string(max), verbatim: flag });

export const anyText = (max: number): Rule => byType({ plain_text: plainText(max), mrkdwn: markdownText(max) });

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirm = shape({
  'title!': plainText(100),
  'text!': anyText(300),
  'confirm!': plainText(30),
  'deny!': plainText(30),
  style: among('primary', 'danger'),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object : text 75, value 150, description 75. */
export const option = shape({ 'text!': plainText(75), 'value!': string(150), description: plainText(75) });
/** Radio buttons and checkboxes may use mrkdwn. */
export const richOption = shape({ 'text!': anyText(75), 'value!': string(150), description: anyText(75) });
/** Overflow menus may carry a url of 3000. */
export const overflowOption = shape({
  'text!': plainText(75),
  'value!': string(150),
  description: plainText(75),
  url: string(3000),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object : label 75, 100 options. */
export const optionGroup = shape({ 'label!': plainText(75), 'options!': listOf(option, 100) });
