import QRCode from 'qrcode';

/** One for each answer and language at the most. */
const MOST_KEPT = 1000;
const kept = new Map<string, string>();

/** A QR code of an address, as a PNG in a data address: it needs no server and no picture that Teams has to fetch. */
export async function qrCode(address: string): Promise<string> {
  const known = kept.get(address);
  if (known) return known;
  const made = await QRCode.toDataURL(address, { errorCorrectionLevel: 'M', margin: 2, scale: 4 });
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(address, made);
  return made;
}
