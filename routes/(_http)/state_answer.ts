/**
 * The state of everything, as one caller reads it.
 *
 * @module
 */
import { connectionWords } from "@/components/shared/connection_words.ts";
import { obsWords } from "@/components/shared/obs_words.ts";
import type { DisplayAnswer, StateAnswer } from "@/core/views.ts";
import type { State } from "./define.ts";
import { textsOf } from "@/locales/mod.ts";

/** What `GET /api/state` answers a display, and no more than that. */
export function displayAnswer({ desk }: State): DisplayAnswer {
  const { frame, session, settings } = desk.state();
  return {
    role: "display",
    session: frame.session,
    frame,
    look: settings.overlay,
    rates: session?.rates ?? settings.rates,
  };
}

/** What `GET /api/state` answers hosts and moderators. */
export function stateAnswer(
  { desk, site, role, language }: State,
): StateAnswer {
  const { connection, obs, ...rest } = desk.state();
  const texts = textsOf(language);
  const detail = connectionWords(
    texts.connection,
    connection,
    site.clock.wall(),
  );
  return {
    role: role!,
    connection: { ...connection, detail },
    obs: { ...obs, detail: obsWords(texts.obs, obs) },
    ...rest,
  };
}

/** The same without the frame, for streams that carry frames anyway. */
export function streamedState(state: State): Omit<StateAnswer, "frame"> {
  const { frame: _, ...rest } = stateAnswer(state);
  return rest;
}
