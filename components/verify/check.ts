/**
 * Checks a file in the page, with pauses in which the page lives.
 *
 * @module
 */
import {
  checkReceipts,
  RECEIPTS_FORMAT,
  type ReceiptsFile,
} from "@/core/certificate.ts";
import { sha256 } from "@/core/sha256.ts";
import { type Verdict, verify } from "@/core/verify.ts";

/** What came of a file: a ledger, or the receipts of one viewer. */
export type Checked =
  | ({ of: "ledger" } & Verdict)
  | { of: "viewer"; file: ReceiptsFile | null; found: Found };
/** The closing hash that receipts lead to, or what is wrong. */
export type Found = { hash: string } | { wrong: "sum" | "tree" | "file" };

/** Work without a pause, in ms. */
const SLICE_MS = 40;

/**
 * Checks a file.
 *
 * @param onPart Told how much is done, from 0 to 1.
 */
export async function check(
  file: Blob,
  onPart: (part: number) => void,
): Promise<Checked> {
  // A mark at the beginning is a character too many, and is left where it is.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const text = decoder.decode(await file.arrayBuffer());
  const receipts = receiptsIn(text);
  if (receipts) return checkViewer(receipts);
  const checking = verify(text);
  let until = performance.now() + SLICE_MS;
  for (;;) {
    const { done, value } = checking.next();
    if (done) return { of: "ledger", ...value };
    if (performance.now() < until) continue;
    onPart(value);
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + SLICE_MS;
  }
}

function receiptsIn(text: string): ReceiptsFile | null {
  if (text.trimEnd().includes("\n")) return null;
  try {
    const value = JSON.parse(text);
    return String(value?.format).includes("/receipts/") ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function checkViewer(file: ReceiptsFile): Checked {
  const none: Checked = { of: "viewer", file: null, found: { wrong: "file" } };
  if (file.format !== RECEIPTS_FORMAT) return none;
  try {
    return { of: "viewer", file, found: checkReceipts(file, sha256) };
  } catch (error) {
    if (error instanceof TypeError) return none;
    throw error;
  }
}
