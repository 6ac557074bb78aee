/**
 * Test events, for a rehearsal and nothing else.
 *
 * @module
 */
import type { SimulateCommand } from "@/core/shapes/commands.ts";
import { usePanel } from "./panel_state.ts";

/** A test event without its type. */
type Test = Omit<SimulateCommand, "type">;

/** TikTok's id of a Rose, and of a gift worth a jump on the board. */
const ROSE = "5655";
const SWAN = "5897";
const LIKES = 30;

/** See the module. */
export function Rehearsal() {
  const panel = usePanel();
  const texts = panel.texts.value.rehearsal;
  const isRunning = panel.desk.value.session !== null;
  const tests: [string, Test][] = [
    [texts.like(LIKES), { kind: "like", count: LIKES }],
    [texts.gift(5, "Rose"), { kind: "gift", giftId: ROSE, count: 5 }],
    [texts.gift(1, "Swan"), { kind: "gift", giftId: SWAN, count: 1 }],
    [texts.comment, { kind: "comment" }],
    [texts.follow, { kind: "follow" }],
    [texts.share, { kind: "share" }],
  ];
  return (
    <section class="rehearsal" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <p class="note">{texts.help}</p>
      <div class="button-row">
        {tests.map(([name, test]) => (
          <button
            key={name}
            type="button"
            class="button"
            disabled={!isRunning}
            onClick={() =>
              panel.send({ type: "simulate", ...test }, { words: texts.sent })}
          >
            {name}
          </button>
        ))}
      </div>
    </section>
  );
}
