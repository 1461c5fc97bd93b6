import type { IncomingFile } from '../dialogue/incoming.ts';
import type { SlackFile } from './payload.ts';

/** Files as they are named in a message or in a form's field; those already deleted are left out. */
export const filesOf = (files: SlackFile[] | null | undefined): IncomingFile[] =>
  (files ?? []).flatMap((file) => (file.id && file.mode !== 'tombstone' ? [fileOf(file, file.id)] : []));

function fileOf(file: SlackFile, ref: string): IncomingFile {
  const url = file.url_private_download ?? file.url_private;
  return {
    kind: fileKind(file),
    ref,
    ...(url ? { url } : {}),
    ...(file.name ? { name: file.name } : {}),
    ...(file.mimetype ? { mimetype: file.mimetype } : {}),
    ...(file.size === undefined ? {} : { size: file.size }),
    ...(file.duration_ms ? { seconds: Math.round(file.duration_ms / 1000) } : {}),
  };
}

/** A clip recorded in Slack is a voice; its picture, if any, is only drawn around it. */
function fileKind({ subtype, mimetype = '' }: SlackFile): IncomingFile['kind'] {
  if (subtype === 'slack_audio') return 'voice';
  const [family] = mimetype.split('/');
  if (family === 'image') return 'photo';
  return family === 'audio' || family === 'video' ? family : 'document';
}
