/**
 * Points that count up. All numbers of a page share one animation frame, and
 * write their text themselves, so that counting costs no rendering.
 *
 * @module
 */

/** How long a number takes to its new value. */
export const COUNT_MS = 450;

/** Whole value of a count from `from` to `to`, `elapsed` ms after its start. */
export function countAt(from: number, to: number, elapsed: number): number {
  if (elapsed >= COUNT_MS) return to;
  const left = 1 - Math.max(0, elapsed) / COUNT_MS;
  return Math.round(to - (to - from) * left ** 3);
}

/** Numbers change at most this often: faster the eye reads nothing. */
const WRITE_MS = 30;

/** Digits in groups of three; ten millions and more in millions. */
export function pointsText(points: number): string {
  if (Math.abs(points) >= 1e7) {
    return `${(Math.trunc(points / 1e4) / 100).toFixed(2)}M`;
  }
  return String(points).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * How wide such a text is, in em: the overlay's fonts have no tabular digits,
 * so every digit stands in a cell of the same width.
 */
export function widthOf(text: string): number {
  return [...text].reduce((sum, c) => sum + (isDigit(c) ? 0.645 : 0.28), 0);
}

interface Count {
  from: number;
  to: number;
  startedAt: number;
  shown: number;
}

const counts = new Map<Element, Count>();
let request = 0;
let writtenAt = 0;

/** Lets `element` count from what it shows to `points`; at once the first time. */
export function countTo(element: Element, points: number, atOnce = false) {
  const count = counts.get(element);
  if (count?.to === points) return;
  if (!count || atOnce) {
    counts.set(element, {
      from: points,
      to: points,
      startedAt: 0,
      shown: points,
    });
    write(element, points);
    return;
  }
  Object.assign(count, {
    from: count.shown,
    to: points,
    startedAt: performance.now(),
  });
  if (!request) request = requestAnimationFrame(draw);
}

/** Forgets an element that has left the page. */
export function stopCounting(element: Element) {
  counts.delete(element);
}

function draw() {
  const at = performance.now();
  if (at - writtenAt < WRITE_MS) {
    request = requestAnimationFrame(draw);
    return;
  }
  writtenAt = at;
  let running = false;
  for (const [element, count] of counts) {
    if (count.shown === count.to) continue;
    const value = countAt(count.from, count.to, at - count.startedAt);
    if (value !== count.shown) {
      count.shown = value;
      write(element, value);
    }
    running ||= value !== count.to;
  }
  request = running ? requestAnimationFrame(draw) : 0;
}

/** One cell a sign, as CSS sizes them; only what differs is touched. */
function write(element: Element, points: number) {
  const text = pointsText(points);
  while (element.childElementCount > text.length) {
    element.lastElementChild?.remove();
  }
  while (element.childElementCount < text.length) {
    element.append(document.createElement("i"));
  }
  for (let index = 0; index < text.length; index++) {
    const cell = element.children[index];
    const sign = text.charAt(index);
    if (!cell || cell.textContent === sign) continue;
    cell.textContent = sign;
    cell.className = isDigit(sign) ? "digit" : "sign";
  }
}

function isDigit(sign: string): boolean {
  return sign >= "0" && sign <= "9";
}
