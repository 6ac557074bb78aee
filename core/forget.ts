/**
 * A ledger without what it says of people: entries keep their seq, their
 * points and who belongs together, so that a replay gives the same board, and
 * lose names, pictures and words.
 *
 * @module
 */
import type { Entry } from "./shapes/entries.ts";
import type { Viewer } from "./shapes/events.ts";

/** What is to be forgotten in one session. */
export interface Forget {
  /** Pseudonyms by viewer id, each new to the session. */
  viewers: ReadonlyMap<string, string>;
  /** Words of every comment and question. */
  comments: boolean;
  /** Addresses of pictures. */
  avatars: boolean;
}

/** Everybody an entry names by id, whatever it says of them. */
export function viewersIn(entry: Entry): string[] {
  const ids = "viewerId" in entry && entry.viewerId ? [entry.viewerId] : [];
  if (entry.type === "deleted") ids.push(...entry.viewerIds);
  if (entry.type === "gifted" && entry.to) ids.push(entry.to.id);
  if (entry.type === "started") {
    ids.push(
      ...entry.before?.combos.flatMap(([key]) => viewersOfCombo(key)) ?? [],
    );
  }
  return ids;
}

/** A combo's key begins with its viewer, and may name a guest after the group. */
function viewersOfCombo(key: string): string[] {
  const [viewer, , , guest] = key.split("|");
  return guest === undefined ? [viewer!] : [viewer!, guest];
}

/**
 * Makes the function that forgets, entry by entry, in the ledger's order.
 * Different words stay different: a comment counts once for each of them.
 */
export function forgetting(forget: Forget): (entry: Entry) => Entry {
  const words = new Map<string, Map<string, string>>();
  const idOf = (id: string) => forget.viewers.get(id) ?? id;

  function wordsOf(viewerId: string, text: string): string {
    const known = words.get(viewerId) ?? new Map<string, string>();
    words.set(viewerId, known);
    const instead = known.get(text) ?? `[${known.size + 1}]`;
    known.set(text, instead);
    return instead;
  }

  function viewerOf(viewer: Viewer): Viewer {
    const id = idOf(viewer.id);
    if (id !== viewer.id) {
      const { follower } = viewer;
      return { id, handle: "", nickname: "", avatarUrl: null, follower };
    }
    return forget.avatars ? { ...viewer, avatarUrl: null } : viewer;
  }

  return (entry) => {
    const copy: Entry = { ...entry };
    const isGone = "viewerId" in entry && entry.viewerId !== undefined &&
      forget.viewers.has(entry.viewerId);
    if ("viewer" in copy && copy.viewer) copy.viewer = viewerOf(copy.viewer);
    if (
      (entry.type === "commented" || entry.type === "asked") &&
      (isGone || forget.comments)
    ) {
      const text = wordsOf(entry.viewerId, entry.text);
      Object.assign(copy, { text });
    }
    if (copy.type === "pointsAdjusted" && isGone) copy.reason = "";
    if (copy.type === "gifted" && copy.to && forget.viewers.has(copy.to.id)) {
      copy.to = { id: idOf(copy.to.id), handle: "", nickname: "" };
    }
    if (copy.type === "deleted") copy.viewerIds = copy.viewerIds.map(idOf);
    if (copy.type === "started" && copy.before) {
      const combos = copy.before.combos.filter(([key]) =>
        !viewersOfCombo(key).some((id) => forget.viewers.has(id))
      );
      copy.before = { ...copy.before, combos };
    }
    if (isGone) Object.assign(copy, { viewerId: idOf(entry.viewerId!) });
    return copy;
  };
}
