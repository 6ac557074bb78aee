/**
 * Sign-in with accounts elsewhere, as the rest of the program uses it.
 *
 * @module
 */
import {
  createHelpers,
  type Helpers,
  type HelpersOptions,
} from "./create_helpers.ts";
import type { Provider } from "./providers.ts";

export { SignInError } from "./create_helpers.ts";
export {
  discord,
  github,
  google,
  other,
  type Provider,
  type Registration,
} from "./providers.ts";
export { sharedOAuthStore } from "./shared_store.ts";
export { type OAuthStore, oauthStore } from "./store.ts";

/** A provider with its helpers. */
export interface Account extends Pick<Provider, "title" | "accountOf"> {
  id: string;
  helpers: Helpers;
}

/** The providers of this place. */
export function accountsOf(
  providers: Provider[],
  options: HelpersOptions,
): Account[] {
  return providers.map(({ config, title, accountOf }) => ({
    id: config.id,
    title,
    accountOf,
    helpers: createHelpers(config, options),
  }));
}
