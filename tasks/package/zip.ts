/**
 * Files as a `.zip`, written here so that every system makes the same one and
 * needs no program for it.
 *
 * @see {@link https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT}
 * @module
 */
import { crc32, deflateRawSync } from "node:zlib";
import { inOrder, INSIDE, type PackedFile, TIME } from "./files.ts";

const LOCAL_FILE = 0x04034b50;
const CENTRAL_FILE = 0x02014b50;
const END = 0x06054b50;
/** Version 2.0 of the format: folders and deflate. */
const NEEDED = 20;
/** Made on Unix, so that what stands for rights is read as such. */
const MADE_BY = (3 << 8) | NEEDED;
/** Names are UTF-8. */
const UTF8 = 1 << 11;
const DEFLATE = 8;
/** What four bytes can say of a size. */
const LARGEST = 0xffff_ffff;

/** The archive's bytes; equal files give equal ones. */
export function zip(files: PackedFile[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { path, bytes, runs } of inOrder(files)) {
    const name = new TextEncoder().encode(`${INSIDE}/${path}`);
    const packed = new Uint8Array(deflateRawSync(bytes, { level: 9 }));
    const common = headOf(name, bytes, packed);
    const local = joined([numbers([4, LOCAL_FILE]), common, name, packed]);
    const mode = runs ? 0o100755 : 0o100644;
    directory.push(joined([
      numbers([4, CENTRAL_FILE], [2, MADE_BY]),
      common,
      // No comment, first disk, no text; rights; where the file begins.
      numbers([2, 0], [2, 0], [2, 0], [4, mode * 2 ** 16], [4, offset]),
      name,
    ]));
    parts.push(local);
    offset += local.length;
  }
  const list = joined(directory);
  if (offset + list.length > LARGEST) {
    throw new RangeError("Cannot package: a zip has no place for 4 GB");
  }
  const count = files.length;
  const end = numbers(
    ...[[4, END], [2, 0], [2, 0], [2, count], [2, count]] as Field[],
    ...[[4, list.length], [4, offset], [2, 0]] as Field[],
  );
  return joined([...parts, list, end]);
}

/** What a file's head has in both places. */
function headOf(
  name: Uint8Array,
  bytes: Uint8Array,
  packed: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const [time, date] = dosTime(TIME);
  return numbers(
    ...[[2, NEEDED], [2, UTF8], [2, DEFLATE], [2, time], [2, date]] as Field[],
    ...[[4, crc32(bytes)], [4, packed.length]] as Field[],
    ...[[4, bytes.length], [2, name.length], [2, 0]] as Field[],
  );
}

/** A time of day and a day, as MS-DOS kept them. */
function dosTime(at: Date): [time: number, date: number] {
  const time = at.getUTCHours() << 11 | at.getUTCMinutes() << 5 |
    at.getUTCSeconds() >> 1;
  const year = at.getUTCFullYear() - 1980;
  return [time, year << 9 | (at.getUTCMonth() + 1) << 5 | at.getUTCDate()];
}

/** Bytes that a number takes, and the number. */
type Field = [bytes: 2 | 4, number: number];

/** Numbers with their lowest byte first. */
function numbers(...fields: Field[]): Uint8Array<ArrayBuffer> {
  const length = fields.reduce((sum, [bytes]) => sum + bytes, 0);
  const view = new DataView(new ArrayBuffer(length));
  let at = 0;
  for (const [bytes, number] of fields) {
    if (bytes === 2) view.setUint16(at, number, true);
    else view.setUint32(at, number, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
