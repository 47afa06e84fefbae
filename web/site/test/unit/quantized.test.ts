import { expect, test } from 'vitest';
import { decode, difference, encode, MAX_COLOURS, type Picture } from '../browser/quantized';

const picture = (width: number, height: number, colour: (pixel: number) => [number, number, number]): Picture => ({
  width, height, rgb: Uint8Array.from(Array.from({ length: width * height }, (_, pixel) => colour(pixel)).flat()),
});

test('a picture of few colours is read as it was written', () => {
  const made = picture(7, 5, (pixel) => [pixel % 3 ? 250 : 3, 10 * (pixel % 4), 128]);
  expect(decode(encode(made))).toEqual(made);
});

test('of more colours than a palette has, the others become the nearest', () => {
  const made = picture(100, 1, (pixel) => [pixel < 24 ? pixel % 8 : 2 * pixel, 0, 0]);
  const read = decode(encode(made));
  const colours = new Set(Array.from({ length: 100 }, (_, pixel) => read.rgb[3 * pixel] as number));
  // 8 shades three times each, then 76 once each, of which the first eight have a place
  expect([...colours].sort((a, b) => a - b)).toEqual([...Array.from({ length: 8 }, (_, shade) => shade), ...Array.from({ length: MAX_COLOURS - 8 }, (_, shade) => 48 + 2 * shade)]);
  expect(read.rgb[3 * 99]).toBe(62);
});

test('pixels that differ are counted, small differences of shade are not, and another size differs everywhere', () => {
  const made = picture(10, 10, () => [200, 200, 200]);
  expect(difference(made, picture(10, 10, () => [210, 195, 220]))).toBe(0);
  expect(difference(made, picture(10, 10, (pixel) => [200, pixel < 3 ? 100 : 200, 200]))).toBe(0.03);
  expect(difference(made, picture(10, 11, () => [200, 200, 200]))).toBe(1);
});
