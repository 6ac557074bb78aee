/**
 * The part of the list of games that changes it.
 *
 * @module
 */
export { ImportAndRestore as default } from "@/components/past/ImportAndRestore.tsx";
