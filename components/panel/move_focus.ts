/**
 * Up and down go from line to line of a list whose lines begin with a button.
 *
 * @module
 */

/** See the module. */
export function moveFocus(event: KeyboardEvent): void {
  const step = event.key === "ArrowDown"
    ? "nextElementSibling"
    : event.key === "ArrowUp"
    ? "previousElementSibling"
    : null;
  if (!step || !(event.target instanceof HTMLElement)) return;
  const line = event.target.closest("li")?.[step]?.querySelector("button");
  if (!line) return;
  event.preventDefault();
  line.focus();
}
