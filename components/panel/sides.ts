/**
 * Red against blue, for who has no teams of their own.
 *
 * @module
 */
import type { Team } from "@/core/shapes/rounds.ts";

/** Both, by their names. */
export function sides({ red, blue }: { red: string; blue: string }): Team[] {
  return [
    {
      ...{ id: "red", name: red, colour: "#dc2626" },
      ...{ words: ["1", "red", "แดง"], giftIds: [] },
    },
    {
      ...{ id: "blue", name: blue, colour: "#2563eb" },
      ...{ words: ["2", "blue", "น้ำเงิน"], giftIds: [] },
    },
  ];
}
