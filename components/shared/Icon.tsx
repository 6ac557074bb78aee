/**
 * The panel's own drawings, 24 × 24, in the colour of the text around them.
 *
 * @module
 */

const DRAWINGS = {
  alert: "M12 3.5 22 20.5H2z M12 10v4.5 M12 17.4v.2",
  back: "M15 5l-7 7 7 7",
  ban: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M5.8 5.8l12.4 12.4",
  board: "M4 20v-8h5v8 M9 20V5h6v15 M15 20v-5h5v5 M3 20h18",
  check: "M4.5 12.5l5 5 10-11",
  close: "M6 6l12 12 M18 6L6 18",
  comment: "M4 5h16v11H10l-5 4v-4H4z",
  copy: "M9 9h11v11H9z M15 9V4H4v11h5",
  crown: "M3.5 8l4.5 4 4-7 4 7 4.5-4-1.8 10H5.3z",
  dots: "M5 12h.1 M12 12h.1 M19 12h.1",
  edit: "M4 20l1-5L16 4l4 4L9 19z M13.5 6.5l4 4",
  eye:
    "M2.5 12s3.5-6.5 9.5-6.5S21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  keys: "M3 6h18v12H3z M7 10h.1 M11 10h.1 M15 10h.1 M18 10h.1 M8 14h8",
  minus: "M5 12h14",
  pause: "M8 5v14 M16 5v14",
  play: "M7 4.5l13 7.5-13 7.5z",
  plus: "M12 5v14 M5 12h14",
  question:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M9.3 9.3a2.8 2.8 0 1 1 3.9 2.7c-.9.4-1.2.9-1.2 1.8 M12 16.8v.1",
  redo: "M15 5l5 5-5 5 M20 10H9.5a5.5 5.5 0 0 0 0 11H12",
  screen: "M3 4h18v12H3z M8 20.5h8 M12 16v4.5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.5 15.5L21 21",
  settings: "M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 4.5v5 M9 14.5v5",
  snow:
    "M12 2.5v19 M3.8 7.2l16.4 9.6 M20.2 7.2L3.8 16.8 M9.5 4.5l2.5 2 2.5-2 M9.5 19.5l2.5-2 2.5 2",
  undo: "M9 5l-5 5 5 5 M4 10h10.5a5.5 5.5 0 0 1 0 11H12",
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof DRAWINGS;

/** A drawing beside words; it says nothing to a screen reader. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
