/**
 * The providers: where each one is, and how it names an account. Names that
 * people can change come second to ids that they cannot; a list may hold
 * either.
 *
 * @module
 */
import type { OAuthConfig } from "./create_helpers.ts";

/** How long a provider may take to say who somebody is, in ms. */
const ANSWER_MS = 10_000;

/** A provider that people can choose. */
export interface Provider {
  config: OAuthConfig;
  /** What people call it. */
  title: string;
  /** The names of whoever a token is of, the one to show first. */
  accountOf(accessToken: string): Promise<string[]>;
}

/** Who we are at a provider. */
export interface Registration {
  id: string;
  secret: string;
}

/** @see {@link https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps} */
export function github({ id, secret }: Registration): Provider {
  return {
    title: "GitHub",
    config: {
      id: "github",
      issuer: "https://github.com/login/oauth",
      authorizationUrl: "https://github.com/login/oauth/authorize",
      tokenUrl: "https://github.com/login/oauth/access_token",
      clientId: id,
      clientSecret: secret,
      scope: "read:user",
    },
    async accountOf(token) {
      const user = await userAt("https://api.github.com/user", token);
      return [`github:${text(user.login)}`, `github:id:${text(user.id)}`];
    },
  };
}

/** @see {@link https://developers.google.com/identity/openid-connect/openid-connect} */
export function google({ id, secret }: Registration): Provider {
  return {
    title: "Google",
    config: {
      id: "google",
      issuer: "https://accounts.google.com",
      authorizationUrl: "https://accounts.google.com/o/oauth2/v2/auth",
      tokenUrl: "https://oauth2.googleapis.com/token",
      clientId: id,
      clientSecret: secret,
      scope: "openid email",
    },
    async accountOf(token) {
      const user = await userAt(
        "https://openidconnect.googleapis.com/v1/userinfo",
        token,
      );
      const names = [`google:id:${text(user.sub)}`];
      if (user.email_verified === true) {
        names.unshift(`google:${text(user.email)}`);
      }
      return names;
    },
  };
}

/** @see {@link https://discord.com/developers/docs/topics/oauth2} */
export function discord({ id, secret }: Registration): Provider {
  return {
    title: "Discord",
    config: {
      id: "discord",
      issuer: "https://discord.com",
      authorizationUrl: "https://discord.com/oauth2/authorize",
      tokenUrl: "https://discord.com/api/oauth2/token",
      clientId: id,
      clientSecret: secret,
      scope: "identify",
    },
    async accountOf(token) {
      const user = await userAt("https://discord.com/api/users/@me", token);
      return [`discord:${text(user.username)}`, `discord:id:${text(user.id)}`];
    },
  };
}

/** Any other provider, at one address: `/authorize`, `/token`, `/userinfo`. */
export function other(
  { id, secret, url, title }: Registration & { url: string; title: string },
): Provider {
  return {
    title,
    config: {
      id: "other",
      issuer: url,
      authorizationUrl: `${url}/authorize`,
      tokenUrl: `${url}/token`,
      clientId: id,
      clientSecret: secret,
      scope: "openid",
    },
    async accountOf(token) {
      const user = await userAt(`${url}/userinfo`, token);
      return [`other:${text(user.sub)}`];
    },
  };
}

async function userAt(
  url: string,
  token: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      "user-agent": "tiktok-live-support",
    },
    redirect: "error",
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`Cannot ask who signed in: status ${response.status}`);
  }
  return await response.json();
}

/** A name, in one spelling: providers do not tell capitals apart. */
function text(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") {
    throw new Error("Cannot tell who signed in: the answer has no name");
  }
  const name = String(value).toLowerCase();
  if (name === "") throw new Error("Cannot tell who signed in: no name");
  return name;
}
