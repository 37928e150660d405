/**
 * How many tokens a picture is to a model. An estimate: it sizes reservations and forecasts, and is never a bill. Source: the
 * provider's published formulas (platform.openai.com/docs/guides/images-vision, 2025-08-15). Models of others count
 * otherwise; what they report is what is counted.
 */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture is scaled down to fit a square of this side, then until its shorter side is this long, and cut into tiles. Pixels. */
const TILES = { square: 2_048, shorterSide: 768, tile: 512 } as const;
/** So many tokens a picture, and a tile. */
interface TilePrice {
  readonly base: number;
  readonly tile: number;
}
const USUAL: TilePrice = { base: 85, tile: 170 };
const TILE_PRICES: readonly (readonly [model: RegExp, TilePrice])[] = [
  [/^gpt-4o-mini/, { base: 2_833, tile: 5_667 }],
  [/^gpt-5(?!-mini|-nano)/, { base: 70, tile: 140 }],
  [/^o[13](?!-mini)/, { base: 75, tile: 150 }],
];

/** Others count patches of 32 pixels, at most so many, each for so many tokens. */
const PATCHES = { side: 32, most: 1_536 } as const;
const PATCH_PRICES: readonly (readonly [model: RegExp, number])[] = [
  [/^(?:gpt-5|gpt-4\.1)-mini/, 1.62],
  [/^(?:gpt-5|gpt-4\.1)-nano/, 2.46],
  [/^o4-mini/, 1.72],
];

export function imageTokens(model: string, size: Size): number {
  const patch = PATCH_PRICES.find(([name]) => name.test(model))?.[1];
  if (patch !== undefined) return Math.ceil(patch * Math.min(PATCHES.most, pieces(size, PATCHES.side)));
  const { base, tile } = TILE_PRICES.find(([name]) => name.test(model))?.[1] ?? USUAL;
  const fitted = scaled(size, Math.min(1, TILES.square / Math.max(size.width, size.height)));
  const shown = scaled(fitted, Math.min(1, TILES.shorterSide / Math.min(fitted.width, fitted.height)));
  return base + tile * pieces(shown, TILES.tile);
}

function scaled({ width, height }: Size, by: number): Size {
  return { width: width * by, height: height * by };
}

function pieces({ width, height }: Size, side: number): number {
  return Math.ceil(width / side) * Math.ceil(height / side);
}
