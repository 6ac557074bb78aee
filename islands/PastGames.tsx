/**
 * The part of the list of games that changes it.
 *
 * @module
 */
import { bringPageTexts } from "@/locales/spoken.ts";

// Whoever draws it can speak.
await bringPageTexts();

export { ImportAndRestore as default } from "@/components/past/ImportAndRestore.tsx";
