/**
 * Which team a viewer plays for, to choose by hand.
 *
 * @module
 */
import type { ViewerDetails } from "@/core/views.ts";
import { usePanel } from "./panel_state.ts";
import { yesNo } from "../shared/yes_no.ts";

/** See the module. */
export function TeamChoice({ viewer }: { viewer: ViewerDetails }) {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  const { teams } = panel.frame.value;
  if (teams.length === 0) return null;
  const { viewerId, team } = viewer;
  return (
    <div class="word-chips" role="group" aria-label={texts.teams}>
      {[...teams, { id: null, name: texts.inNone, colour: undefined }].map((
        { id, name, colour },
      ) => (
        <button
          key={id}
          type="button"
          class="chip"
          aria-pressed={yesNo(team === id)}
          disabled={!panel.canAct.value || viewer.blocked}
          onClick={() =>
            team !== id &&
            panel.send({ type: "assignTeam", viewerId, teamId: id }, {
              words: texts.joinedTeam,
              step: "teamAssigned",
            })}
        >
          {colour && <span class="team-dot" style={{ background: colour }} />}
          <bdi>{name}</bdi>
        </button>
      ))}
    </div>
  );
}
