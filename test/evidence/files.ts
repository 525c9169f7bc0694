import { crc32, deflateSync } from 'node:zlib';

/** Bytes that can be the body of a request. */
type Bytes = Buffer<ArrayBuffer>;

/** A PNG of one pixel that opens in any viewer; `before` are further chunks ahead of its picture. */
export function png(...before: Buffer[]): Bytes {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    ...before,
    pngChunk('IDAT', deflateSync(Buffer.from([0, 255]))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, data: Buffer): Bytes {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

/** A JPEG as far as its tables; its picture is noise. */
export function jpeg(): Bytes {
  const [begin, end] = ['ffd8ffe000104a46494600010101004800480000', 'ffd9'];
  return Buffer.concat([Buffer.from(begin!, 'hex'), Buffer.alloc(500, 7), Buffer.from(end!, 'hex')]);
}

export function webp(): Bytes {
  const picture = Buffer.from('2f00000000078810fd8ffe', 'hex');
  const chunk = Buffer.concat([Buffer.from('WEBPVP8L'), uint32le(picture.length), picture, Buffer.alloc(1)]);
  return Buffer.concat([Buffer.from('RIFF'), uint32le(chunk.length), chunk]);
}

/** An image of the family HEIF: "heic" as phones write it, "mif1" for the family, "avif" for its cousin. */
export function heif(brand: 'heic' | 'mif1' | 'avif'): Bytes {
  const box = Buffer.concat([Buffer.from(`ftyp${brand}`), uint32(0), Buffer.from('mif1heic')]);
  return Buffer.concat([uint32(box.length + 4), box, Buffer.alloc(300, 1)]);
}

export function pdf(): Bytes {
  return Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n' +
      'trailer<</Root 1 0 R>>\n%%EOF\n',
  );
}

function uint32(value: number): Bytes {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint32le(value: number): Bytes {
  return uint32(value).swap32();
}
