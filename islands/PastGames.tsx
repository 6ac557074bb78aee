/**
 * The part of the list of games that changes it.
 *
 * @module
 */
export { GamesTools as default } from "@/components/past/GamesTools.tsx";
