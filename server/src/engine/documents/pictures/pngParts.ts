/** The parts of a PNG, as far as they tell whether it is whole. Source: the PNG specification, 5 and 7 to 11. */
import type { YieldToHost } from '../../ports.ts';
import { crc32 } from './crc32.ts';
import type { PictureFault } from './pictureFault.ts';

export interface PngPixels {
  /** Pieces of one zlib stream. */
  readonly packed: readonly Uint8Array[];
  /** Bytes it unpacks to. */
  readonly length: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length and type before a part's data, the check sum behind it. */
const [HEAD_BYTES, SUM_BYTES] = [8, 4];
/** Samples of a pixel by colour type, and how many bits one may have. */
const COLOURS: Readonly<Record<number, { readonly samples: number; readonly bits: readonly number[] }>> = {
  0: { samples: 1, bits: [1, 2, 4, 8, 16] }, 2: { samples: 3, bits: [8, 16] }, 3: { samples: 1, bits: [1, 2, 4, 8] }, 4: { samples: 2, bits: [8, 16] }, 6: { samples: 4, bits: [8, 16] },
};
/** Passes of an interlaced picture: first column and row, and the steps to the next ones. */
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;
const WHOLE = [[0, 0, 1, 1]] as const;
/** Bytes that are summed before the host has its turn: a few milliseconds. */
const SLICE_BYTES = 500_000;

async function sumOf(bytes: Uint8Array, turn: YieldToHost): Promise<number> {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await turn();
    sum = crc32(bytes.subarray(at, at + SLICE_BYTES), sum);
  }
  return sum;
}

/** Bytes of all rows, each with the byte of its filter; null where the header says what no PNG is. */
function lengthOf(header: DataView): number | null {
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const [bits, colour, compression, filter, interlace] = [8, 9, 10, 11, 12].map((at) => header.getUint8(at)) as [number, number, number, number, number];
  const kind = COLOURS[colour];
  if (kind === undefined || !kind.bits.includes(bits) || compression !== 0 || filter !== 0 || interlace > 1) return null;
  const passes = interlace === 1 ? PASSES : WHOLE;
  return passes.reduce((sum, [left, top, right, down]) => {
    const [columns, rows] = [Math.ceil((width - left) / right), Math.ceil((height - top) / down)];
    return columns <= 0 || rows <= 0 ? sum : sum + rows * (1 + Math.ceil((columns * kind.samples * bits) / 8));
  }, 0);
}

/** What the pixels are packed in, each part held against its check sum. Rejects when the signal is aborted. */
export async function pngPixels(bytes: Uint8Array, turn: YieldToHost, signal: AbortSignal): Promise<PngPixels | PictureFault> {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) return 'damaged';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed: Uint8Array[] = [];
  let length: number | null = null;
  let at = SIGNATURE.length;
  while (at + HEAD_BYTES + SUM_BYTES <= bytes.length) {
    const end = at + HEAD_BYTES + view.getUint32(at);
    if (end + SUM_BYTES > bytes.length) return 'cutOff';
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + HEAD_BYTES));
    const sum = await sumOf(bytes.subarray(at + 4, end), turn);
    signal.throwIfAborted();
    if (sum !== view.getUint32(end)) return 'damaged';
    if (length === null) {
      length = type === 'IHDR' && end - at - HEAD_BYTES === 13 ? lengthOf(new DataView(view.buffer, view.byteOffset + at + HEAD_BYTES, 13)) : null;
      if (length === null) return 'damaged';
    }
    if (type === 'IDAT') packed.push(bytes.subarray(at + HEAD_BYTES, end));
    if (type === 'IEND') return packed.length === 0 ? 'damaged' : { packed, length };
    at = end + SUM_BYTES;
  }
  return 'cutOff';
}
