/**
 * Fetches a picture of a viewer from TikTok, and from nowhere else: the address
 * comes with a stranger's message, so host, size and content are checked, and
 * a redirect is a no.
 *
 * @module
 */

/** Hosts that TikTok serves avatars from; those below them too. */
const AVATAR_HOSTS = [
  "tiktokcdn.com",
  "tiktokcdn-us.com",
  "tiktokcdn-eu.com",
];
export const LARGEST_BYTES = 200_000;
const TIMEOUT_MS = 5_000;

/** A picture that browsers can show. */
export interface Picture {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What tests replace. */
export interface FetchOptions {
  /** An origin that is allowed beside TikTok's hosts. */
  alsoFrom?: string;
  timeoutMs?: number;
}

/** Whether a picture may be asked for: by the host's name, over https. */
export function isAllowed(address: string, alsoFrom?: string): boolean {
  const url = URL.parse(address);
  if (!url || url.username !== "" || url.password !== "") return false;
  if (alsoFrom !== undefined && url.origin === alsoFrom) return true;
  return url.protocol === "https:" && url.port === "" &&
    AVATAR_HOSTS.some((host) =>
      url.hostname === host || url.hostname.endsWith(`.${host}`)
    );
}

/** The picture at an address; null where there is none that may be shown. */
export async function fetchPicture(
  address: string,
  { alsoFrom, timeoutMs = TIMEOUT_MS }: FetchOptions = {},
): Promise<Picture | null> {
  if (!isAllowed(address, alsoFrom)) return null;
  try {
    const response = await fetch(address, {
      redirect: "manual",
      credentials: "omit",
      headers: { accept: "image/webp,image/png,image/jpeg" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = response.status === 200 ? await upTo(response) : null;
    if (!bytes) {
      await response.body?.cancel();
      return null;
    }
    const type = typeOf(bytes);
    return type === null ? null : { type, bytes };
  } catch {
    return null; // away, slow or cut off: initials stand in
  }
}

/** The body, or null if it is too large. */
async function upTo(
  { body }: Response,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (!body) return null;
  for await (const part of body) {
    size += part.length;
    if (size > LARGEST_BYTES) return null; // leaving ends the stream
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What the first bytes say it is, whatever the server calls it. */
export function typeOf(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF[^]{4}WEBP/.test(text)) return "image/webp";
  return null;
}
