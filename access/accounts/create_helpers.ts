/**
 * Sign-in with an account elsewhere: Authorization Code with PKCE (RFC 6749,
 * RFC 7636), with the four helpers that kv-oauth made known. A flow belongs to
 * the browser that began it, works once and for ten minutes; a browser has one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700} what sign-ins must mind
 * @module
 */
import { isLoopbackUrl } from "@/core/loopback.ts";
import * as oauth from "oauth4webapi";
import { cookieOf, setCookie } from "../cookies.ts";
import type { Flow, OAuthStore } from "./store.ts";

/** How long a sign-in may take, in ms. */
const FLOW_MS = 10 * 60 * 1000;
/** How long a session lasts unless said otherwise, in ms. */
const SESSION_MS = 90 * 24 * 60 * 60 * 1000;
/** How long a provider may take to answer, in ms. */
const ANSWER_MS = 10_000;
/** Sign-ins of one provider under way at once, unless said otherwise. */
const MOST_FLOWS = 10_000;
const FLOW_COOKIE = "oauth_flow";

/** A provider, and who we are there. */
export interface OAuthConfig {
  /** Unlike any other provider's. */
  id: string;
  issuer: string;
  authorizationUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
}

/** How the helpers work here. */
export interface HelpersOptions {
  store: OAuthStore;
  /** Name of the session's cookie. */
  cookieName?: string;
  /** How long a session lasts, in ms. */
  sessionMs?: number;
  /** Sign-ins under way that are kept; of more, the oldest end. */
  mostFlows?: number;
}

/** A sign-in that came to its end. */
interface SignedIn {
  /** Goes on to where the sign-in was begun for, with the session's cookie. */
  response: Response;
  sessionId: string;
  tokens: { accessToken: string };
  successUrl: string;
}

/** The helpers of one provider. */
export interface Helpers {
  /**
   * Sends a browser to the provider. `success_url` in the address says where
   * to go on afterwards: a path of our own, anything else is left out.
   *
   * @param options.origin Ours, as browsers reach it; else the request's.
   */
  signIn(
    request: Request,
    options: { callbackPath: string; origin?: string },
  ): Promise<Response>;
  /** Takes the provider's answer. @throws {SignInError} */
  handleCallback(request: Request): Promise<SignedIn>;
  /** Ends the session of a browser, if it has one. */
  signOut(request: Request): Promise<Response>;
  /** The session of a browser; undefined if it has none, or it has ended. */
  getSessionId(request: Request): Promise<string | undefined>;
}

/** A sign-in that cannot be finished. */
export class SignInError extends Error {
  override name = "SignInError";

  /**
   * @param reason `expired`: begun elsewhere, long ago, or used already;
   * `refused`: the provider or the person said no; `away`: no answer.
   */
  constructor(
    readonly reason: "expired" | "refused" | "away",
    options?: ErrorOptions,
  ) {
    super(`Cannot sign in: ${reason}`, options);
  }
}

/** What a flow and the provider's answer to it have in common. */
type FlowSecrets = Pick<Flow, "state" | "redirectUri" | "codeVerifier">;

/** Makes the helpers of a provider. */
export function createHelpers(
  config: OAuthConfig,
  options: HelpersOptions,
): Helpers {
  const { store, cookieName = "site_session" } = options;
  const { sessionMs = SESSION_MS, mostFlows = MOST_FLOWS } = options;
  /** Secrets of flows begun here, the oldest first. */
  const begun: string[] = [];

  /** Keeps a flow in the place of the browser's last one. */
  async function keep(request: Request, secret: string, flow: Flow) {
    const last = cookieOf(request.headers, FLOW_COOKIE);
    if (last) await store.takeFlow(last);
    await store.putFlow(secret, flow, FLOW_MS);
    begun.push(secret);
    if (begun.length > mostFlows) await store.takeFlow(begun.shift()!);
  }

  return {
    async signIn(request, { callbackPath, origin }) {
      const url = new URL(request.url);
      const redirectUri = new URL(callbackPath, origin ?? url.origin).href;
      const codeVerifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const secret = oauth.generateRandomState();
      const successUrl = ownPath(url.searchParams.get("success_url"));
      const flow = {
        ...{ provider: config.id, state, codeVerifier },
        ...{ redirectUri, successUrl },
      };
      await keep(request, secret, flow);

      const to = await authorizationOf(config, flow);
      // Lax: the provider's page sends the browser back to us.
      const cookie = setCookie(FLOW_COOKIE, secret, {
        path: "/oauth",
        sameSite: "Lax",
        secure: redirectUri.startsWith("https:"),
        maxAge: FLOW_MS / 1000,
      });
      return redirect(to.href, cookie);
    },

    async handleCallback(request) {
      const secret = cookieOf(request.headers, FLOW_COOKIE);
      const flow = secret ? await store.takeFlow(secret) : null;
      if (!flow || flow.provider !== config.id) {
        throw new SignInError("expired");
      }
      const accessToken = await tokenFor(config, new URL(request.url), flow);
      const sessionId = oauth.generateRandomState();
      await store.putSession(sessionId, sessionMs);
      const cookie = setCookie(cookieName, sessionId, {
        path: "/",
        sameSite: "Strict",
        secure: flow.redirectUri.startsWith("https:"),
        maxAge: sessionMs / 1000,
      });
      return {
        response: redirect(flow.successUrl, cookie),
        sessionId,
        tokens: { accessToken },
        successUrl: flow.successUrl,
      };
    },

    async signOut(request) {
      const url = new URL(request.url);
      const sessionId = cookieOf(request.headers, cookieName);
      if (sessionId) await store.dropSession(sessionId);
      const gone = setCookie(cookieName, "", {
        path: "/",
        sameSite: "Strict",
        secure: url.protocol === "https:",
        maxAge: 0,
      });
      return redirect(ownPath(url.searchParams.get("success_url")), gone);
    },

    async getSessionId(request) {
      const sessionId = cookieOf(request.headers, cookieName);
      if (!sessionId || !await store.hasSession(sessionId)) return undefined;
      return sessionId;
    },
  };
}

/** The provider's page that asks the person. */
async function authorizationOf(
  config: OAuthConfig,
  { state, redirectUri, codeVerifier }: FlowSecrets,
): Promise<URL> {
  const to = new URL(config.authorizationUrl);
  const challenge = await oauth.calculatePKCECodeChallenge(codeVerifier);
  for (
    const [name, value] of Object.entries({
      client_id: config.clientId,
      redirect_uri: redirectUri,
      response_type: "code",
      scope: config.scope,
      state,
      code_challenge: challenge,
      code_challenge_method: "S256",
    })
  ) to.searchParams.set(name, value);
  return to;
}

/** What the provider gives for its answer in an address. @throws {SignInError} */
async function tokenFor(
  config: OAuthConfig,
  url: URL,
  flow: FlowSecrets,
): Promise<string> {
  const server: oauth.AuthorizationServer = {
    issuer: config.issuer,
    authorization_endpoint: config.authorizationUrl,
    token_endpoint: config.tokenUrl,
  };
  const client: oauth.Client = { client_id: config.clientId };
  try {
    const parameters = oauth.validateAuthResponse(
      server,
      client,
      url,
      flow.state,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.ClientSecretPost(config.clientSecret),
      parameters,
      flow.redirectUri,
      flow.codeVerifier,
      {
        signal: AbortSignal.timeout(ANSWER_MS),
        // Plain HTTP is for a provider on this machine, as in tests.
        [oauth.allowInsecureRequests]: isLoopbackUrl(config.tokenUrl),
      },
    );
    const tokens = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      response,
    );
    return tokens.access_token;
  } catch (error) {
    throw new SignInError(isAway(error) ? "away" : "refused", {
      cause: error,
    });
  }
}

/** A path of our own, so that a sign-in leads nobody to another site. */
function ownPath(asked: string | null): string {
  const base = "http://own.invalid";
  if (!asked?.startsWith("/") || !URL.canParse(asked, base)) return "/";
  const url = new URL(asked, base);
  return url.origin === base ? url.pathname + url.search + url.hash : "/";
}

function redirect(location: string, cookie: string): Response {
  const headers = { location, "set-cookie": cookie };
  return new Response(null, { status: 302, headers });
}

function isAway(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === "TimeoutError";
  return error instanceof TypeError && !("code" in error);
}
