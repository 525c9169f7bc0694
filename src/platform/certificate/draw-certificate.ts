import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { toBuffer } from 'qrcode';
import { type BeijingDay, startOfDay } from '../clock.ts';

const FONT_FILE = '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf';
const [RED, GOLD, BLACK, GREY] = ['#b3201f', '#c79a3b', '#1a1a1a', '#666666'];
// In points; A4 across is 842 by 595.
const SIDE = 90;
const QR_SIZE = 84;
// The words are as large as their space lets them.
const WORD_SIZES = [21, 19, 17, 15, 13, 11, 9] as const;
const MOST_HEIGHT = 220;
/** Characters of a union's name from which it is written smaller. */
const LONG_NAME = 36;

let font: Promise<Buffer> | undefined;

/** The font with all Chinese characters, read once; of it a certificate carries those that it needs. */
function chineseFont(): Promise<Buffer> {
  font ??= readFile(createRequire(import.meta.url).resolve(FONT_FILE));
  return font;
}

/** What a certificate of an honour says. */
export interface Certificate {
  number: string;
  /** For what it is given, as the file's own description has it. */
  occasion: string;
  /** Who is honoured. */
  whom: string;
  /** What for, and by what: a paragraph. */
  said: string;
  /** The union that honours. */
  organiser: string;
  on: BeijingDay;
}

/** A certificate as a PDF of one page; its QR code leads to `address`, where it can be checked. */
export async function drawCertificate(certificate: Certificate, address: string): Promise<Buffer> {
  const { number, occasion, on } = certificate;
  // Loaded with the first certificate: it takes a third of a second, which no process need spend to start.
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    ...{ size: 'A4', layout: 'landscape', margin: 0, font: (await chineseFont()) as unknown as string, lang: 'zh-CN' },
    info: { Title: `荣誉证书 ${number}`, Subject: occasion, CreationDate: startOfDay(on) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => doc.on('end', resolve).on('error', reject));
  drawFrame(doc);
  drawWords(doc, certificate);
  const code = await toBuffer(address, { type: 'png', errorCorrectionLevel: 'M', margin: 0, width: QR_SIZE * 4 });
  drawProof(doc, number, code);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawFrame(doc: PDFKit.PDFDocument): void {
  const { width, height } = doc.page;
  const frame = (inset: number, thickness: number, colour: string) =>
    doc
      .lineWidth(thickness)
      .strokeColor(colour)
      .rect(inset, inset, width - 2 * inset, height - 2 * inset)
      .stroke();
  frame(26, 6, RED);
  frame(38, 1.5, GOLD);
}

function drawWords(doc: PDFKit.PDFDocument, { whom, said, organiser, on }: Certificate): void {
  const width = doc.page.width - 2 * SIDE;
  doc.fillColor(RED).fontSize(46).text('荣誉证书', SIDE, 88, { width, align: 'center', characterSpacing: 14 });
  const size = WORD_SIZES.find((one) => heightOf(doc, one, [`${whom}：`, said]) <= MOST_HEIGHT) ?? WORD_SIZES.at(-1)!;
  doc
    .fillColor(BLACK)
    .fontSize(size)
    .text(`${whom}：`, SIDE, 190, { width, lineGap: size / 2 });
  // Two characters in, as a paragraph begins.
  doc.text(said, SIDE, doc.y + size / 2, { width, indent: 2 * size, lineGap: size * 0.7, align: 'justify' });
  const [year, month, day] = on.split('-').map(Number);
  // Beside the code, which stands on the left.
  const right = { width: width / 2, align: 'right' } as const;
  doc.fontSize(organiser.length > LONG_NAME ? 11 : 18).text(organiser, SIDE + width / 2, 430, right);
  doc.text(`${year} 年 ${month} 月 ${day} 日`, SIDE + width / 2, doc.y + 8, right);
}

function heightOf(doc: PDFKit.PDFDocument, size: number, [whom, said]: readonly [string, string]): number {
  const width = doc.page.width - 2 * SIDE;
  doc.fontSize(size);
  const top = doc.heightOfString(whom, { width, lineGap: size / 2 });
  return top + size / 2 + doc.heightOfString(said, { width, indent: 2 * size, lineGap: size * 0.7 });
}

function drawProof(doc: PDFKit.PDFDocument, number: string, code: Buffer): void {
  const top = doc.page.height - SIDE - QR_SIZE + 22;
  doc.image(code, SIDE, top, { width: QR_SIZE });
  const beside = SIDE + QR_SIZE + 14;
  doc
    .fillColor(GREY)
    .fontSize(11)
    .text('扫码查验真伪', beside, top + QR_SIZE - 40);
  doc.text(`证书编号：${number}`, beside, doc.y + 4);
}
