/**
 * English for the editor of the overlay. `en.ts` takes it in.
 *
 * @module
 */
import type { Look } from "@/core/shapes/look.ts";

/** See the module. */
export const editorEn = {
  open: "Design the overlay",
  title: "Overlay",
  preview: "Preview",
  shape: "Shape of the stream",
  portrait: "Portrait",
  landscape: "Landscape",
  guides: "TikTok's own buttons",
  tries: "Try it here (the stream does not see it)",
  trials: {
    overtake: "Overtake",
    countdown: "Countdown",
    winner: "Winner",
    question: "Question",
    storm: "Storm",
    clear: "Back to calm",
  },
  forAll: "For all overlays",
  forAllHelp: "Off: only the link below carries it",
  use: "Use on air",
  backToAir: "Back to what is on air",
  isOnAir: "This is what viewers see",
  isDraft: "A draft: viewers do not see it yet",
  theme: "Look",
  themes: {
    ringside: "Ringside",
    market: "Night market",
    neon: "Neon",
    paper: "Paper",
    gold: "Gold",
    pixel: "Pixel",
    chroma: "Green screen",
  } satisfies Record<Look["theme"], string>,
  layout: "Place",
  layouts: {
    auto: "By the source",
    portrait: "Portrait",
    left: "Left",
    right: "Right",
    fill: "Fills the source",
  } satisfies Record<Look["layout"], string>,
  rows: "Rows",
  scale: "Size, as far as it fits",
  boardTitle: "Title above the board",
  minPoints: "Show from so many points",
  hideRank: "Hide the places",
  hideAvatar: "Hide the pictures",
  hidePoints: "Hide the points",
  hideProgress: "Hide the distance to the next place",
  sounds: "Sounds",
  soundsHelp: "Overtakings, the countdown, winners",
  volume: "Volume",
  undo: "Undo",
  redo: "Redo",
  reset: "As it was made",
  link: "Link for OBS",
  drag: "Drag me into OBS",
};
