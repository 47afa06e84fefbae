// Pictures as PNG files with a palette, which are small enough to be kept beside the tests, and how much two pictures differ.

import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture with three bytes for each pixel. */
export interface Picture {
  width: number;
  height: number;
  rgb: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** More would keep more shades of the edges of letters, in files of twice the size. */
export const MAX_COLOURS = 16;

/** Reads a PNG with eight bits a channel: true colour with or without alpha, or a palette; not interlaced. */
export function decode(png: Uint8Array): Picture {
  const bytes = Buffer.from(png);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) {
    throw new Error('not a PNG');
  }
  const parts: Buffer[] = [];
  let palette: Buffer | undefined;
  let header: Buffer | undefined;
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      header = body;
    } else if (type === 'PLTE') {
      palette = body;
    } else if (type === 'IDAT') {
      parts.push(body);
    }
    at += 12 + length;
  }
  const channels = ({ 2: 3, 3: 1, 6: 4 } as Record<number, number>)[header?.[9] ?? -1];
  if (header === undefined || header[8] !== 8 || channels === undefined || header[12] !== 0) {
    throw new Error('a kind of PNG that is not read');
  }
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const rows = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const rgb = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[3 * pixel + channel] = (palette === undefined ? rows[channels * pixel + channel] : palette[3 * (rows[pixel] as number) + channel]) as number;
    }
  }
  return { width, height, rgb };
}

/** Undoes the filters of lines (PNG, section 9). */
function unfiltered(raw: Buffer, stride: number, height: number, channels: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : (out[y * stride + x - channels] as number);
      const up = y === 0 ? 0 : (out[(y - 1) * stride + x] as number);
      const corner = x < channels || y === 0 ? 0 : (out[(y - 1) * stride + x - channels] as number);
      const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
      out[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] as number) + guess) & 0xff;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Writes a picture with the most frequent of its colours; each other pixel gets the nearest of them. */
export function encode({ width, height, rgb }: Picture): Buffer {
  const counts = new Map<number, number>();
  const colourOf = (pixel: number) => ((rgb[3 * pixel] as number) << 16) | ((rgb[3 * pixel + 1] as number) << 8) | (rgb[3 * pixel + 2] as number);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = colourOf(pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const colours = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MAX_COLOURS).map(([colour]) => colour);
  const numbers = new Map(colours.map((colour, number) => [colour, number]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = colourOf(pixel);
    let number = numbers.get(colour);
    if (number === undefined) {
      number = nearest(colours, colour);
      numbers.set(colour, number);
    }
    lines[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] = number;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE, chunk('IHDR', header), chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(colours: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [number, one] of colours.entries()) {
    const distance = ((one >> 16) - (colour >> 16)) ** 2 + (((one >> 8) & 0xff) - ((colour >> 8) & 0xff)) ** 2 + ((one & 0xff) - (colour & 0xff)) ** 2;
    if (distance < least) {
      [best, least] = [number, distance];
    }
  }
  return best;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** By how much a channel of a pixel may differ, of 255, because a palette can have other shades of the edges of letters. */
const TOLERANCE = 32;

/** The share of pixels that differ, 1 where the sizes do. */
export function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) {
    return 1;
  }
  const pixels = one.width * one.height;
  let different = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = 3 * pixel;
    if ([at, at + 1, at + 2].some((channel) => Math.abs((one.rgb[channel] as number) - (other.rgb[channel] as number)) > TOLERANCE)) {
      different++;
    }
  }
  return different / pixels;
}
