/**
 * The winner's row becomes the card: its plate and its avatar travel to where
 * the card has them. The card is laid out where it will stand, and the flight
 * starts from where the row is.
 *
 * @module
 */

/** When the row begins to grow, and how long it does. */
const FROM_MS = 250;
const FLIGHT_MS = 480;

/** Lets plate and avatar of a card come from its viewer's row, if there is one. */
export function flyFrom(
  viewerId: string,
  plate: HTMLElement,
  avatar: HTMLElement,
): void {
  const rows = [...document.querySelectorAll<HTMLElement>(".row")];
  const row = rows.find((each) => each.dataset.viewer === viewerId);
  fly(row?.querySelector(".row-plate"), plate, true);
  fly(row?.querySelector(".avatar"), avatar, false);
}

function fly(
  from: Element | null | undefined,
  to: HTMLElement,
  isStretched: boolean,
) {
  const start = from?.getBoundingClientRect();
  const end = to.getBoundingClientRect();
  if (end.width === 0) return;
  const transform = start && start.width > 0
    ? between(start, end, isStretched)
    : "scale(.4)";
  to.animate([{ transform }, { transform: "none" }], {
    delay: FROM_MS,
    duration: FLIGHT_MS,
    easing: "cubic-bezier(.5,0,.2,1)",
    fill: "backwards",
  });
}

/** From middle to middle: round things keep their shape. */
function between(start: DOMRect, end: DOMRect, isStretched: boolean): string {
  const dx = start.left + start.width / 2 - (end.left + end.width / 2);
  const dy = start.top + start.height / 2 - (end.top + end.height / 2);
  const x = start.width / end.width;
  const y = isStretched ? start.height / end.height : x;
  return `translate(${dx}px, ${dy}px) scale(${x}, ${y})`;
}
