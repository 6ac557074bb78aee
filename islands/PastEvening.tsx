/**
 * The part of a game's page that shows how it went.
 *
 * @module
 */
export { PastEvening as default } from "@/components/past/PastEvening.tsx";
