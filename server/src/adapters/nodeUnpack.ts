import { addAbortSignal, Readable } from 'node:stream';
import { createInflate } from 'node:zlib';
import type { Ports } from '../engine/ports.ts';

const CHUNK_BYTES = 262_144;

function isOfZlib(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_');
}

/** In zlib's own threads; nothing of what is unpacked is kept. */
export const unpackedLength: Ports['unpackedLength'] = async (parts, most, signal) => {
  signal.throwIfAborted();
  const unpacked = addAbortSignal(signal, createInflate({ chunkSize: CHUNK_BYTES }));
  Readable.from(parts).pipe(unpacked);
  let length = 0;
  try {
    for await (const chunk of unpacked) {
      length += (chunk as Uint8Array).length;
      if (length > most) break;
    }
  } catch (thrown) {
    signal.throwIfAborted();
    if (isOfZlib(thrown)) return null;
    throw thrown;
  }
  return length;
};
