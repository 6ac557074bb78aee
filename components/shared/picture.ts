/**
 * Which addresses of pictures are asked for at all: TikTok's own, and ours. The
 * page's policy would stop the others too, but not without a complaint in the
 * console for each.
 *
 * @module
 */

/** Hosts that TikTok serves avatars from; routes/(_http)/security.ts has them too. */
const TIKTOKS = /(^|\.)tiktokcdn(-us|-eu)?\.com$/;

/** The address if it may be shown, else null. */
export function pictureUrl(url: string | null): string | null {
  if (url === null) return null;
  if (/^\/(?![/\\])/.test(url)) return url;
  const parsed = URL.parse(url);
  return parsed?.protocol === "https:" && TIKTOKS.test(parsed.hostname)
    ? url
    : null;
}
