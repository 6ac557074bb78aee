/**
 * The zones that TikTok's own elements cover on a vertical stream, for a host
 * who places the overlay. Estimated from what other public projects measured.
 *
 * @module
 */

/** Left, top, width and height of each, in design pixels. */
const ZONES = [
  [0, 0, 1080, 230],
  [0, 1150, 780, 550],
  [930, 1300, 150, 400],
  [0, 1700, 1080, 220],
] as const;

/** Marked zones over a portrait picture. */
export function Guides() {
  return (
    <div class="guides">
      {ZONES.map(([x, y, w, h]) => (
        <i
          key={`${x} ${y}`}
          style={{ "--x": x, "--y": y, "--w": w, "--h": h }}
        />
      ))}
    </div>
  );
}
