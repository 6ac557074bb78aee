/**
 * Text as large as its place allows: smaller where it is long, in pages of
 * whole lines where that is not enough, and never with one word alone in its
 * last line.
 *
 * @module
 */

/** What became of a text. */
export interface Fitted {
  pages: number;
  /** Lines of a page. */
  lines: number;
}

/** From the largest size to the least, in design pixels. */
interface Sizes {
  most: number;
  least: number;
  /** Height of its place. */
  height: number;
}

/** Height of a line, as the style sheet has it. */
export const LINE = 1.5;
const STEP = 4;

/**
 * Sets `--size` and the width of an element.
 *
 * @param element Whose width is that of its place, and whose text is all there.
 */
export function fitText(element: HTMLElement, sizes: Sizes): Fitted {
  const linesOf = () => {
    const line = parseFloat(getComputedStyle(element).lineHeight);
    return Math.max(1, Math.round(element.scrollHeight / line));
  };
  element.style.width = "";
  let size = sizes.most;
  let lines = 0;
  for (;; size -= STEP) {
    element.style.setProperty("--size", String(size));
    lines = linesOf();
    const room = Math.floor(sizes.height / (size * LINE));
    if (lines <= room || size - STEP < sizes.least) break;
  }
  balance(element, lines, linesOf);
  const room = Math.max(1, Math.floor(sizes.height / (size * LINE)));
  const pages = Math.ceil(lines / room);
  return { pages, lines: Math.ceil(lines / pages) };
}

/** Makes it as narrow as it can be with the same lines. */
function balance(element: HTMLElement, lines: number, linesOf: () => number) {
  if (lines === 1) return;
  let [low, high] = [50, 100];
  while (high - low > 2) {
    const middle = (low + high) / 2;
    element.style.width = `${middle}%`;
    if (linesOf() > lines) low = middle;
    else high = middle;
  }
  element.style.width = `${high}%`;
}
