/**
 * A part that is not on the first screen: its code comes when it is first
 * shown, and stays.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { usePanel } from "./panel_state.ts";
import { Skeleton } from "./Skeleton.tsx";

/** Gets a part's code; asked twice, it gives the same. */
type Load<Props> = () => Promise<ComponentType<Props>>;

/** Shows what `load` gives, with `props`. */
export function Later<Props extends object>(
  { load, props }: { load: Load<Props>; props: Props },
) {
  const { errors } = usePanel().texts.value;
  const part = useSignal<{ Part: ComponentType<Props> } | null>(null);
  const failed = useSignal(false);

  function get() {
    failed.value = false;
    load().then(
      (Part) => part.value = { Part },
      () => failed.value = true, // said below, with a way to try again
    );
  }
  useEffect(get, []);

  if (part.value) {
    const { Part } = part.value;
    return <Part {...props} />;
  }
  if (!failed.value) return <Skeleton lines={4} />;
  return (
    <div class="empty" role="alert">
      <p>{errors.network}</p>
      <button type="button" class="button" onClick={get}>{errors.retry}</button>
    </div>
  );
}
