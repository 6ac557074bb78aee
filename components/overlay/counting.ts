/**
 * Points that count up. All numbers of a page go by one beat and from one
 * moment, and write their text themselves, so that counting costs no rendering
 * and what was in order stays in order.
 *
 * @module
 */

/** How long a number takes to its new value. */
export const COUNT_MS = 450;
/** Between two steps: faster the eye reads nothing. */
const BEAT_MS = 50;

/** Whole value of a count from `from` to `to`, `elapsed` ms after its start. */
export function countAt(from: number, to: number, elapsed: number): number {
  if (elapsed >= COUNT_MS) return to;
  const left = 1 - Math.max(0, elapsed) / COUNT_MS;
  return Math.round(to - (to - from) * left ** 3);
}

/** From here on a number is short. */
const LONGEST = 1e8;

/** Digits in groups of three; a hundred million and more in M, then in B. */
export function pointsText(points: number, isExact = false): string {
  const size = Math.abs(points);
  if (size < LONGEST || isExact) {
    return String(points).replace(/\B(?=(\d{3})+$)/g, ",");
  }
  const [unit, letter] = size < 1e9 ? [1e6, "M"] : [1e9, "B"];
  return `${(Math.trunc(points / unit * 100) / 100).toFixed(2)}${letter}`;
}

/** Of what was gained in one go: five digits, then K, M and B. */
export function gainText(points: number): string {
  if (points < 1e5) return pointsText(points);
  const [unit, letter] = points < 1e6
    ? [1e3, "K"]
    : points < 1e9
    ? [1e6, "M"]
    : [1e9, "B"];
  const tenths = Math.trunc(points / unit * 10) / 10;
  return `${tenths < 100 ? tenths : Math.trunc(tenths)}${letter}`;
}

/** Whether two of these differ and would read the same if they were short. */
export function needsExact(all: number[]): boolean {
  return new Set(all.map((points) => pointsText(points))).size <
    new Set(all).size;
}

/** How wide such a text is in the overlay's digits, in em. */
export function widthOf(text: string): number {
  return [...text].reduce(
    (sum, sign) =>
      sum + (/[,.]/.test(sign) ? .24 : /[BKM]/.test(sign) ? .56 : .52),
    0,
  );
}

interface Count {
  from: number;
  to: number;
  shown: number;
  /** Of its row: who stands lower never reads more. */
  place: number;
  isExact: boolean;
}

const counts = new Map<Element, Count>();
let beat: ReturnType<typeof setInterval> | undefined;
let startedAt = 0;

/** What an element counts to, and how. */
interface Goal {
  points: number;
  place: number;
  isExact: boolean;
  /** Without counting. */
  atOnce: boolean;
}

/** Lets `element` count from what it shows; at once the first time. */
export function countTo(element: Element, goal: Goal): void {
  const { points, place, isExact } = goal;
  const count = counts.get(element);
  if (!count || goal.atOnce) {
    const shown = { from: points, to: points, shown: points, place, isExact };
    counts.set(element, shown);
    write(element, shown);
    return;
  }
  const isSame = count.to === points;
  Object.assign(count, { to: points, place, isExact });
  if (isSame) return write(element, count);
  startedAt = performance.now();
  for (const each of counts.values()) each.from = each.shown;
  beat ??= setInterval(step, BEAT_MS);
}

/** Forgets an element that has left the page. */
export function stopCounting(element: Element): void {
  counts.delete(element);
}

/** From below: no row reads less than the one under it, or more than it has. */
function step() {
  const elapsed = performance.now() - startedAt;
  const all = [...counts].sort(([, a], [, b]) => b.place - a.place);
  let under = -Infinity;
  for (const [element, count] of all) {
    const value = countAt(count.from, count.to, elapsed);
    const shown = Math.max(value, Math.min(under, count.to));
    under = shown;
    if (shown === count.shown) continue;
    count.shown = shown;
    write(element, count);
  }
  if (elapsed < COUNT_MS) return;
  clearInterval(beat);
  beat = undefined;
}

function write(element: Element, { shown, isExact }: Count) {
  const text = pointsText(shown, isExact);
  if (element.firstChild) element.firstChild.nodeValue = text;
  else element.append(text);
}
