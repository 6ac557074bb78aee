/**
 * What the pages and programs outside may read, as types alone, so that
 * islands may import them without pulling anything into the browser.
 *
 * @module
 */
export type {
  DeskState,
  DisplayAnswer,
  Health,
  Role,
  StateAnswer,
} from "./shapes/state.ts";
/** Defined there, and part of what this file is about. */
export type {
  BoardPage,
  FeedComment,
  GameSetUp,
  LateSum,
  Made,
  NextPlace,
  OwnAccount,
  Page,
  Receipt,
  RoundLine,
  SessionSummary,
  StepLabel,
  Totals,
  ViewerDetails,
} from "./shapes/views.ts";
