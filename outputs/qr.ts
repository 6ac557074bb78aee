/**
 * A link as a QR code (ISO/IEC 18004), for a screen and for a terminal.
 *
 * @module
 */
import { encode, renderUnicodeCompact } from "uqr";
import type { QrCode } from "@/core/shapes/access.ts";

export type { QrCode } from "@/core/shapes/access.ts";

/** Light modules around a code, as the standard asks. */
const MARGIN = 4;

/** The code of a link. */
export function qrCode(link: string): QrCode {
  const { data, size } = encode(link, { ecc: "M", border: MARGIN });
  let path = "";
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    })
  );
  return { size, path };
}

/** The code of a link in half blocks, light on dark as most terminals are. */
export function qrText(link: string): string {
  return renderUnicodeCompact(link, { ecc: "L", border: 2 });
}
