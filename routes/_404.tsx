/**
 * There is nothing at this address.
 *
 * @module
 */
export { default } from "./_error.tsx";
