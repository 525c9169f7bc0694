import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { brokenFile, notARoster, passwordProtected, tooMuchInside, UnreadableRoster } from './unreadable.ts';

// What the parts may unpack to. The zip reader checks that they unpack to what they claim, so a bomb is seen beforehand.
const LARGEST_SHEET = 500_000_000;
const LARGEST_PART = 100_000_000;
const MOST_PARTS = 5_000;
// Far above Excel's 32,767 characters a cell, far below what would fill the memory.
const LONGEST_TEXT = 1_000_000;

/** An opened workbook: a zip of XML parts. */
export class XlsxPackage {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Opens a file; only the list of its parts is read. Throws UnreadableRoster when it is no workbook. */
  static async open(path: string): Promise<XlsxPackage> {
    const zip = await readingContent(() => openPromise(path, { autoClose: false }));
    try {
      const entries = new Map<string, Entry>();
      await readingContent(async () => {
        for await (const entry of zip.eachEntry()) {
          if (entries.size === MOST_PARTS) throw tooMuchInside();
          entries.set(entry.fileName, entry);
        }
      });
      if ([...entries.values()].some((entry) => entry.isEncrypted())) throw passwordProtected();
      if (!entries.has('_rels/.rels')) throw notARoster();
      return new XlsxPackage(zip, entries);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  close(): void {
    this.zip.close();
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Parses a part as a stream of chunks and yields after each, so that what the handlers gathered can be passed on. */
  async *parse(name: string, handlers: XmlHandlers, largest = LARGEST_PART): AsyncGenerator<void> {
    const entry = this.entries.get(name);
    if (!entry) throw notARoster();
    if (entry.uncompressedSize > largest) throw tooMuchInside();
    const stream = await readingContent(() => this.zip.openReadStreamPromise(entry));
    const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
    let sinceTag = 0;
    parser.on('opentag', (tag) => {
      sinceTag = 0;
      handlers.open(localName(tag.name), tag);
    });
    parser.on('closetag', (tag) => {
      sinceTag = 0;
      handlers.close(localName(tag.name));
    });
    parser.on('text', (text) => handlers.text?.(text));
    parser.on('cdata', (text) => handlers.text?.(text));
    const chunks = (stream as Readable).setEncoding('utf8')[Symbol.asyncIterator]();
    try {
      for (;;) {
        const done = await readingContent(async () => {
          const next = await chunks.next();
          if (next.done) {
            parser.close();
            return true;
          }
          sinceTag += next.value.length;
          if (sinceTag > LONGEST_TEXT) throw tooMuchInside();
          parser.write(next.value);
          return false;
        });
        yield;
        if (done) return;
      }
    } finally {
      stream.destroy();
    }
  }

  /** Parses a small part whole. */
  async parseAll(name: string, handlers: XmlHandlers): Promise<void> {
    for await (const _ of this.parse(name, handlers)) {
      // What is wanted is gathered by the handlers.
    }
  }

  /** Parses the rows of a sheet; the part may be larger than the others. */
  parseSheet(name: string, handlers: XmlHandlers): AsyncGenerator<void> {
    return this.parse(name, handlers, LARGEST_SHEET);
  }
}

export interface XmlHandlers {
  open(name: string, tag: SaxesTagPlain): void;
  close(name: string): void;
  text?(text: string): void;
}

// Some writers put a prefix before every name: x:row for row.
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Runs a step that reads the file; what it throws over the file's content becomes "broken file", a fault of the disk stays one. */
async function readingContent<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UnreadableRoster || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw brokenFile();
  }
}
