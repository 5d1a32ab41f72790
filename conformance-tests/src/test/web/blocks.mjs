// The row of blocks along a picture's upper edge, as the class BlockCode draws it.
const BLOCKS = 20;
const FIRST_BIT = 2;
const BITS = 14;
const PARITY = FIRST_BIT + BITS;
const LAMP = PARITY + 1;
const HALF = 127;

/** A decoded picture's number, -1 if its blocks make no sense, and whether its lamp is lit. */
export async function readBlocks(frame) {
  const pitch = frame.codedWidth / BLOCKS;
  // Even lines in the middle of the row, whose height is a block's width.
  const strip = { x: 0, y: 2 * Math.floor(pitch / 4), width: frame.codedWidth, height: 2 };
  const bytes = new Uint8Array(frame.allocationSize({ rect: strip }));
  const [luma] = await frame.copyTo(bytes, { rect: strip });
  const white = (block) => bytes[luma.offset + Math.round((block + 0.5) * pitch)] > HALF;
  let number = 0;
  let parity = white(PARITY);
  for (let bit = 0; bit < BITS; bit++) {
    number |= white(FIRST_BIT + bit) << bit;
    parity = parity !== white(FIRST_BIT + bit);
  }
  const framed = white(0) && !white(1) && !white(LAMP + 1) && white(LAMP + 2);
  return { number: framed && !parity ? number : -1, lit: white(LAMP) };
}
