/**
 * Short notes at the edge of the screen.
 *
 * @module
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { StepLabel } from "@/core/views.ts";

/** A short note at the edge of the screen. */
export interface Toast {
  id: number;
  words: string;
  tone: "good" | "problem";
  /** The step it tells of, to offer its undo. */
  step: StepLabel | null;
}

/** How long a toast stays, in ms. */
const TOAST_MS = 7_000;

/** The notes that are shown. */
interface Toasts {
  shown: ReadonlySignal<Toast[]>;
  say(words: string, tone: Toast["tone"], step?: StepLabel | null): void;
  dismiss(id: number): void;
  /** Takes away what is not so any more. */
  drop(isOver: (toast: Toast) => boolean): void;
}

/** None at the beginning. */
export function createToasts(): Toasts {
  const shown = signal<Toast[]>([]);
  let lastId = 0;

  function drop(isOver: (toast: Toast) => boolean) {
    shown.value = shown.value.filter((toast) => !isOver(toast));
  }

  const dismiss = (id: number) => drop((toast) => toast.id === id);

  /** It stays for whoever is about to press it. */
  function leave(id: number) {
    const isInUse = document.querySelector(
      ".toasts:hover, .toasts:focus-within",
    );
    if (isInUse) setTimeout(() => leave(id), 1_000);
    else dismiss(id);
  }

  return {
    shown,
    say(words, tone, step = null) {
      const id = ++lastId;
      const others = shown.value.filter((toast) => toast.tone !== tone);
      shown.value = [...others, { id, words, tone, step }];
      setTimeout(() => leave(id), TOAST_MS);
    },
    dismiss,
    drop,
  };
}
