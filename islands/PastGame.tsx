/**
 * The part of a game's page that changes it.
 *
 * @module
 */
export { RenameAndRemove as default } from "@/components/past/RenameAndRemove.tsx";
