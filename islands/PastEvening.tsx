/**
 * The part of a game's page that shows how it went.
 *
 * @module
 */
import { bringPageTexts } from "@/locales/spoken.ts";

// Whoever draws it can speak.
await bringPageTexts();

export { PastEvening as default } from "@/components/past/PastEvening.tsx";
