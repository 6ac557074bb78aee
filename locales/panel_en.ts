/**
 * English for what surrounds the evening: the queue, hidden comments, the
 * rehearsal, and the games of the past. `en.ts` takes it in.
 *
 * @module
 */
import type { Mark } from "@/core/shapes/history.ts";

const whole = (n: number) => n.toLocaleString("en");

/** See the module. */
export const panelEn = {
  queue: {
    title: "Queue",
    empty: "Nothing is waiting. Press + beside a comment",
    add: "Add to the queue",
    added: "Added to the queue",
    remove: "Take out of the queue",
    removed: "Taken out of the queue",
    air: "Put on screen",
    airNext: "Next on screen",
    count: (n: number) => `${whole(n)} waiting`,
  },

  kept: {
    hide: "Hide",
    show: "Unhide",
    hidden: "Hidden",
    shown: "Back in the feed",
    filter: "Hidden",
    masked: "Blocked word",
  },

  questions: {
    title: "Asked on TikTok",
    empty: "Questions from TikTok's own Q&A show up here",
  },

  words: {
    title: "Blocked words",
    help:
      "A comment with one of them reaches neither the feed nor the screen, and a name with one is masked. Points count all the same. Look-alike letters do not help",
    field: "Word",
    part: "Also inside longer words",
    whole: "Whole word",
    inside: "Also inside",
    add: "Add",
    remove: (word: string) => `Remove ${word}`,
    none: "No word is blocked",
    already: "This word is in the list already",
  },

  presets: {
    title: "Saved rates",
    name: "Name for these rates",
    placeholder: "Weekend",
    save: "Save",
    use: (name: string) => `Try ${name}`,
    remove: (name: string) => `Remove ${name}`,
    removeShort: "Remove",
    removeConfirm: "Tap again",
    none: "Save rates under a name to have them back with one tap",
  },

  rehearsal: {
    title: "Rehearsal",
    help: "Test events. They reach this rehearsal and nothing else",
    like: (n: number) => `${whole(n)} likes`,
    gift: (n: number, name: string) => `${name} ×${whole(n)}`,
    comment: "Comment",
    follow: "Follow",
    share: "Share",
    sent: "Test event sent",
  },

  winners: {
    title: "Winners so far",
    none: "No winner yet. Press Select winner to choose one",
    undone: "taken back",
    undo: "Undo",
    undoConfirm: "Tap again",
    byRank: "Or by rank",
    rank: "Rank",
    choose: "Choose",
    nobody: (rank: number) => `Nobody stands at ${whole(rank)}`,
  },

  preview: {
    title: "What the audience sees",
    open: "Preview",
    frame: "Preview of the overlay",
  },

  timeline: {
    title: "Points over time",
    points: "Points",
    events: "Events",
    late: "Late",
    step: (length: string) => `Each bar is ${length}`,
    minutes: (n: number) => `${whole(n)} min`,
    hours: (n: number) => `${whole(n)} h`,
    peak: (points: string, clock: string) => `Most: ${points} at ${clock}`,
    bar: (clock: string, points: string, events: string) =>
      `${clock}: ${points} points, ${events} events`,
    gap: "Connection gap",
    marks: {
      opened: "Opened",
      frozen: "Frozen",
      winner: "Winner",
      ended: "End",
    } satisfies Record<Mark["what"], string>,
    none: "Nothing happened yet",
    table: "As numbers",
    slider: "Board at a moment of the game",
    at: (clock: string) => `At ${clock}`,
    atEnd: "Drag to see the board as it was",
    when: "When",
  },

  games: {
    rename: "Rename",
    name: "New name",
    save: "Save",
    renamed: "Renamed",
    remove: "Remove this game",
    removeConfirm: "Tap again to remove",
    removeHelp: "It can be restored for 30 days",
    removeLater: "It can be removed once it has ended",
    removedTitle: "Removed games",
    removedHelp: "Each can be restored for 30 days",
    removedNone: "No game was removed",
    restore: "Restore",
    restored: "Restored",
    removedAt: (moment: string) => `Removed ${moment}`,
    import: "Import a game",
    importHelp: "A ledger that was exported here or elsewhere (JSONL)",
    importFile: "Choose a file",
    importing: "Importing…",
    imported: "Imported",
    importBad: (why: string) => `The file was not taken: ${why}`,
    live: "Right now",
  },

  order: {
    newest: "Newest first",
    oldest: "Oldest first",
  },
};
