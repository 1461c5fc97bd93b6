/** Text for Slack's mrkdwn in which nothing of it is interpreted: no mention, no link, no bold, no quote. */
export const neutral = (text: string): string =>
  escaped(text)
    .replace(/[*_~`]/g, (sign) => `\u200b${sign}\u200b`)
    .replace(/^&gt;/gm, '\u200b&gt;');

/** The three signs with a meaning everywhere in Slack, as it wants them. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a person wrote, from Slack's wire: entities opened, links and addresses as the person typed them. */
export const readable = (wire: string): string =>
  wire
    .replace(/<(?:https?|mailto|tel):[^|>]*\|([^>]+)>/g, '$1')
    .replace(/<mailto:([^>]+)>|<tel:([^>]+)>|<(https?:[^>]+)>/g, '$1$2$3')
    .replace(/<[@#!](?:[^|>]*)\|([^>]+)>/g, '$1')
    .replace(/<([@#!][^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();

/** Cuts to `most` UTF-16 units, at a word where there is one, never inside a letter. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = whole(text.slice(0, most - 1));
  const space = head.search(/\s\S*$/);
  return `${(space > most / 2 ? head.slice(0, space) : head).trimEnd()}…`;
}

/** A long text in parts of at most `most` UTF-16 units, cut at paragraphs, else at words. */
export function parts(text: string, most: number): string[] {
  const rest = text.trim();
  if (rest.length <= most) return rest ? [rest] : [];
  const head = whole(rest.slice(0, most));
  const at = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((place) => place > most / 2) ?? head.length;
  return [head.slice(0, at).trimEnd(), ...parts(rest.slice(at), most)];
}

/** Without half of a pair of surrogates at its end. */
const whole = (text: string) => text.replace(/[\ud800-\udbff]$/, '');
