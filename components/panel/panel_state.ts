/**
 * What the panel knows and can do, shared by all its parts: what the server
 * last said, what the host has opened, and the one way to send a command.
 *
 * @module
 */
import {
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Command } from "@/core/shapes/commands.ts";
import type { HostStep } from "@/core/entries.ts";
import type { Frame } from "@/core/frame.ts";
import type { DeskState, Role, StepLabel } from "@/core/views.ts";
import type { Language, Texts } from "@/locales/mod.ts";
import { textsOf } from "@/locales/spoken.ts";
import { beginHistory, type LookHistory } from "./look_history.ts";
import { type NextStep, nextStep } from "./next_step.ts";
import { createToasts, type Toast } from "./toast_list.ts";
import { problemWords } from "../shared/problem_words.ts";
import { type Problem, sendCommand } from "../shared/send_command.ts";

/** The parts that share one place on a narrow screen. */
export type Tab = "board" | "comments" | "stage" | "more";

/** What the toast says after a command, and the step it took. */
interface Done {
  words: string;
  step?: HostStep;
}

/** How everything stands, but for the frame, which comes faster. */
export type Desk = Omit<DeskState, "frame">;

/** Everything the panel's parts share. */
export interface Panel {
  language: Signal<Language>;
  texts: ReadonlySignal<Texts>;
  /** The time zone of the texts: the server's idea of it, then the browser's. */
  zone: Signal<string>;
  /** Whether the browser has taken over from the server's markup. */
  isReady: Signal<boolean>;
  /** Whether the host looks at it; a moderator may do less. */
  isHost: boolean;
  /** Whether a command can be carried out now. */
  canAct: ReadonlySignal<boolean>;
  desk: Signal<Desk>;
  frame: Signal<Frame>;
  next: ReadonlySignal<NextStep>;
  /** Ids of the comments in the queue, each after a space. */
  queued: ReadonlySignal<string>;
  /** The server's clock, Unix ms; moves a few times a second. */
  now: Signal<number>;
  /** Server's clock less `performance.now()`, in ms. */
  ahead: Signal<number>;
  /** The channel that was last connected, or "". */
  channel: Signal<string>;
  /** Since when (server's clock) the server cannot be heard, or null. */
  lostAt: Signal<number | null>;
  tab: Signal<Tab>;
  /** The card that the host has opened over the controls. */
  card: Signal<"connection" | "game" | null>;
  viewerId: Signal<string | null>;
  choosing: Signal<boolean>;
  keysOpen: Signal<boolean>;
  /** How overlays might look: the editor's draft, also while that is closed. */
  draft: Signal<LookHistory>;
  toasts: ReadonlySignal<Toast[]>;
  /** Types of the commands on their way. */
  busy: ReadonlySignal<Command["type"][]>;
  /**
   * Sends a command; says what became of it; true once it is recorded.
   *
   * @param tell Says a problem in another way than all the others.
   */
  send(
    command: Command,
    done?: Done,
    tell?: (problem: Problem) => void,
  ): Promise<boolean>;
  /** Takes a step back: the one that its button names, or another. */
  undo(step?: StepLabel): void;
  redo(): void;
  say(words: string, tone: Toast["tone"], step?: StepLabel | null): void;
  sayProblem(problem: Problem): void;
  dismiss(id: number): void;
}

/** Makes the panel's state from what the server rendered with. */
export function createPanel(
  first: DeskState,
  { language, zone: firstZone, role }: {
    language: Language;
    zone: string;
    role: Role;
  },
): Panel {
  const spoken = signal(language);
  const zone = signal(firstZone);
  const texts = computed(() => textsOf(spoken.value, zone.value));
  const desk = signal<Desk>(first);
  const frame = signal(first.frame);
  const toasts = createToasts();
  const { say, dismiss } = toasts;
  const sending = signal<{ type: Command["type"]; text: string }[]>([]);

  const sayProblem = (problem: Problem) =>
    say(problemWords(texts.value, problem), "problem");

  const send: Panel["send"] = async (command, done, tell = sayProblem) => {
    const { type } = command;
    const text = JSON.stringify(command);
    // Whoever presses twice means it once; another comment is another command.
    if (sending.value.some((other) => other.text === text)) return false;
    sending.value = [...sending.value, { type, text }];
    const sent = await sendCommand(command);
    sending.value = sending.value.filter((other) => other.text !== text);
    if (!sent.ok) {
      tell(sent.problem);
      return false;
    }
    // What did not work before does now.
    toasts.drop(({ tone }) => tone === "problem");
    if (done) say(done.words, "good", stepOf(done, sent.seq));
    return true;
  };

  /** Takes back what its words say, whoever did something else meanwhile. */
  async function undo(step = desk.value.undo) {
    const { done, steps, game } = texts.value;
    if (!step) return say(game.nothingToUndo, "problem");
    const { seq, viewer } = step;
    const words = done.undone(steps[step.step](viewer));
    if (!await send({ type: "undo", seq }, { words })) return;
    // What still offers to take it back has nothing to offer any more.
    toasts.drop(({ step }) => step?.seq === seq);
  }

  function redo() {
    const { done, steps, game } = texts.value;
    const label = desk.value.redo;
    if (!label) return say(game.nothingToRedo, "problem");
    const words = done.redone(steps[label.step](label.viewer));
    void send({ type: "redo" }, { words });
  }

  return {
    language: spoken,
    texts,
    zone,
    isReady: signal(false),
    isHost: role === "host",
    canAct: computed(() => {
      const { leader, away, loads } = desk.value.health;
      return leader?.here !== false && !away && !loads;
    }),
    desk,
    frame,
    next: computed(() => {
      const { connection, health } = desk.value;
      return health.loads ? "wait" : nextStep(connection.state, frame.value);
    }),
    // A text, so that whoever reads it hears of changes alone.
    queued: computed(() => desk.value.queue.map(({ id }) => ` ${id}`).join("")),
    now: signal(first.frame.now),
    ahead: signal(first.frame.now - performance.now()),
    channel: signal(first.connection.channel || first.session?.channel || ""),
    lostAt: signal(null),
    tab: signal("board"),
    card: signal(null),
    draft: signal(beginHistory(first.settings.overlay)),
    viewerId: signal(null),
    choosing: signal(false),
    keysOpen: signal(false),
    toasts: toasts.shown,
    busy: computed(() => sending.value.map(({ type }) => type)),
    send,
    undo: (step) => void undo(step),
    redo,
    say,
    sayProblem,
    dismiss,
  };
}

/** The step that a toast tells of; null where it tells of none. */
function stepOf({ step }: Done, seq: number | null): StepLabel | null {
  return step && seq !== null ? { seq, step, viewer: null } : null;
}

/** Gives the panel to its parts. */
export const PanelContext = createContext<Panel | null>(null);

/** The panel this part belongs to. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error("Cannot show this part: it is outside a panel");
  return panel;
}
