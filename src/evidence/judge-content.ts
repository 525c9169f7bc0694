import { fileTypeFromBuffer, supportedExtensions } from 'file-type';
import { accept, type Message, type Result, refuse } from '../platform/result.ts';
import { evidenceNotWhatItSays, evidenceTypeRefused } from './refusals.ts';

interface Kind {
  name: Message;
  mediaTypes: readonly string[];
  extensions: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    name: { zh: ' JPEG 图片', en: 'a JPEG image' },
    mediaTypes: ['image/jpeg'],
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
  },
  { name: { zh: ' PNG 图片', en: 'a PNG image' }, mediaTypes: ['image/png'], extensions: ['png'] },
  { name: { zh: ' WebP 图片', en: 'a WebP image' }, mediaTypes: ['image/webp'], extensions: ['webp'] },
  // Some phones mark what HEIC holds as HEIF, the family.
  {
    name: { zh: ' HEIC 图片', en: 'a HEIC image' },
    mediaTypes: ['image/heic', 'image/heif'],
    extensions: ['heic', 'heif'],
  },
  { name: { zh: ' PDF 文件', en: 'a PDF document' }, mediaTypes: ['application/pdf'], extensions: ['pdf'] },
];

// What stands behind the last dot of a name need not be an extension: 证书2026.08 claims nothing.
const CLAIMING = new Set([...supportedExtensions, ...KINDS.flatMap(({ extensions }) => extensions)]);

/** How many of a file's first bytes tell its kind. No more are looked at, so no archive is ever unpacked. */
export const HEAD_BYTES = 4_100;

/**
 * Tells the media type of a file by its first bytes. Refusals: EVIDENCE_TYPE_REFUSED for anything but the kinds that are
 * taken, EVIDENCE_NOT_WHAT_IT_SAYS when the extension of its name is that of another kind.
 */
export async function judgeContent(head: Buffer, fileName: string): Promise<Result<string>> {
  const mediaType = (await fileTypeFromBuffer(head))?.mime ?? '';
  const kind = KINDS.find(({ mediaTypes }) => mediaTypes.includes(mediaType));
  if (!kind) return refuse(evidenceTypeRefused);
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (CLAIMING.has(extension) && !kind.extensions.includes(extension))
    return refuse(evidenceNotWhatItSays(extension, kind.name));
  return accept(mediaType);
}
