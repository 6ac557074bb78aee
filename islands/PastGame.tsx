/**
 * The part of a game's page that changes it.
 *
 * @module
 */
export { GameTools as default } from "@/components/past/GameTools.tsx";
