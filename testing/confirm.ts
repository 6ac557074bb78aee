/**
 * Buttons that take two taps.
 *
 * @module
 */
import { errors, type Locator } from "playwright-core";

/** How a target is pressed; a click unless the place has fingers. */
export type Press = (
  target: Locator,
  options?: { timeout: number },
) => Promise<void>;

/** Less than the time after which a button forgets its first tap, in ms. */
const SOON = { timeout: 2_000 };
const TRIES = 5;

/**
 * Presses what asks and then what does it. On a busy machine the button may
 * forget the first tap before the second comes, as for a host who is too slow;
 * then both are pressed again. One that has asked already is not asked anew.
 *
 * @throws {Error} If it was forgotten five times.
 */
export async function confirm(
  asks: Locator,
  does: Locator,
  press: Press = (target, options) => target.click(options),
): Promise<void> {
  for (let tries = 1;; tries++) {
    if (!await does.isVisible()) await press(asks);
    try {
      return await press(does, SOON);
    } catch (error) {
      const isForgotten = error instanceof errors.TimeoutError;
      if (!isForgotten || tries === TRIES) throw error;
    }
  }
}
