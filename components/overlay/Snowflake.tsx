/**
 * A snowflake, drawn because the character is an emoji to some browsers.
 *
 * @module
 */

/** A snowflake in the colour of the text around it. */
export function Snowflake() {
  return (
    <svg class="snowflake" viewBox="-16 -16 32 32" aria-hidden="true">
      {[0, 60, 120, 180, 240, 300].map((turn) => (
        <path
          key={turn}
          d="M0 0v-14M-4.5-12.5 0-8l4.5-4.5"
          transform={`rotate(${turn})`}
        />
      ))}
    </svg>
  );
}
