/**
 * A yes or no as ARIA writes it. The server's renderer would write a plain
 * `true` as an empty attribute and leave a `false` out, which mean neither.
 *
 * @module
 */

/** See the module. */
export function yesNo(value: boolean): "true" | "false" {
  return value ? "true" : "false";
}
