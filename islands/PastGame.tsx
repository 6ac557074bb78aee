/**
 * The part of a game's page that changes it.
 *
 * @module
 */
import { bringPageTexts } from "@/locales/spoken.ts";

// Whoever draws it can speak.
await bringPageTexts();

export { RenameAndRemove as default } from "@/components/past/RenameAndRemove.tsx";
