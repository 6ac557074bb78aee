/**
 * A tick beside a winner whose prize was handed over.
 *
 * @module
 */
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function PrizeTick(
  { seq, nickname, delivered }: {
    seq: number;
    nickname: string;
    delivered: boolean;
  },
) {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  return (
    <label class="prize">
      <input
        type="checkbox"
        checked={delivered}
        aria-label={texts.prize(nickname)}
        disabled={!panel.canAct.value || !panel.isHost}
        onClick={(event) => {
          event.preventDefault(); // it is ticked once the game says so
          void panel.send({ type: "markPrize", seq, done: !delivered }, {
            words: delivered ? texts.unmarked : texts.marked,
            step: "prizeMarked",
          });
        }}
      />
      {delivered ? texts.delivered : texts.due}
    </label>
  );
}
