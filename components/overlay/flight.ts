/**
 * The winner's avatar flies from its row to the card. The card is laid out
 * where it will stand, and the flight starts from where the row's avatar is.
 *
 * @module
 */

const FLIGHT_MS = 760;

/** Lets `avatar` fly in from its viewer's row; without one it stays. */
export function flyFrom(viewerId: string, avatar: HTMLElement) {
  const rows = [...document.querySelectorAll<HTMLElement>(".row")];
  const row = rows.find((each) => each.dataset.viewer === viewerId);
  const from = row?.querySelector(".avatar")?.getBoundingClientRect();
  const to = avatar.getBoundingClientRect();
  const width = avatar.offsetWidth; // its own animation still holds it small
  if (!from || from.width === 0 || width === 0) return;

  const dx = from.left + from.width / 2 - (to.left + to.width / 2);
  const dy = from.top + from.height / 2 - (to.top + to.height / 2);
  const scale = from.width / width;
  avatar.animate(
    [
      { transform: `translate(${dx}px, ${dy}px) scale(${scale})`, opacity: 1 },
      { transform: "none", opacity: 1 },
    ],
    { duration: FLIGHT_MS, easing: "cubic-bezier(.3,.1,.15,1)" },
  );
}
