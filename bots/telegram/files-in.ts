import type { Message } from '@grammyjs/types';
import type { IncomingFile } from '#bots/dialogue/incoming.ts';

/** The files of a message, as Telegram names them; of a photo its largest size. A voice or video note has no name. */
export function filesIn({ voice, photo, document, audio, video, video_note }: Message): IncomingFile[] {
  const picture = photo?.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best));
  return [
    fileOf('voice', voice),
    fileOf('photo', picture),
    fileOf('document', document),
    fileOf('audio', audio),
    fileOf('video', video),
    fileOf('video', video_note),
  ].flatMap((file) => file ?? []);
}

type Told = { file_id: string; file_name?: string; mime_type?: string; file_size?: number; duration?: number };

const fileOf = (kind: IncomingFile['kind'], file: Told | undefined): IncomingFile | undefined =>
  file && {
    kind,
    ref: file.file_id,
    ...(file.file_name ? { name: file.file_name } : {}),
    ...(file.mime_type ? { mimetype: file.mime_type } : {}),
    ...(file.file_size !== undefined ? { size: file.file_size } : {}),
    ...(file.duration !== undefined ? { seconds: file.duration } : {}),
  };
