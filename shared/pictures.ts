/** Pictures of pages that are read, told by their bytes: a name says nothing. */
export type PictureType = 'image/png' | 'image/jpeg';

const SIGNATURES: readonly (readonly [PictureType, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

/** Most bytes of a picture that is sent: what the strictest of the large providers took in one request. */
export const MAX_PICTURE_BYTES = 20_000_000;

/** Null: no picture, or none of a type that is read. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  return SIGNATURES.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

/** Code of the problem that says who read a document from a picture. */
export const READ_FROM_PICTURE = 'picture.read';
/** Code of a place of the picture that could not be read. */
export const ILLEGIBLE = 'picture.illegible';

/** True for a document whose text a model read from a picture: its file has no lines. */
export function isReadFromPicture({ problems }: { readonly problems: readonly { readonly code: string }[] }): boolean {
  return problems.some(({ code }) => code === READ_FROM_PICTURE);
}

/** Who answered in a run that asked a model for nothing but the words of pictures begins so. */
export const RULES_ON_PICTURES = 'rules; pictures read by ';
