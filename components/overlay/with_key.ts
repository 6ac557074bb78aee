/**
 * Pictures of our own server ask for the key that the overlay's link carries.
 * Those from elsewhere must never see it.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";

/** The frame with the key on every picture of our own. */
export function withKey(frame: Frame, key: string | null): Frame {
  if (key === null) return frame;
  const opened = <T extends { avatarUrl: string | null }>(of: T): T => ({
    ...of,
    avatarUrl: addKey(of.avatarUrl, key),
  });
  return {
    ...frame,
    rows: frame.rows.map(opened),
    stage: frame.stage && opened(frame.stage),
  };
}

function addKey(url: string | null, key: string): string | null {
  if (!url || !/^\/(?!\/)/.test(url)) return url;
  const mark = url.includes("?") ? "&" : "?";
  return `${url}${mark}key=${encodeURIComponent(key)}`;
}
