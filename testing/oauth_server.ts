/**
 * A provider of sign-ins for tests: says yes to everybody, and minds what a
 * real one minds: PKCE (RFC 7636), one use of a code, the client's secret.
 *
 * @module
 */
import { createHash } from "node:crypto";

export const CLIENT = { id: "client", secret: "client-secret" };

/** A running provider. */
export interface OAuthServer {
  url: string;
  /** Who signs in next. */
  name: string;
  /** Answers authorisations with this error, if set. */
  refusal: string | null;
  /** Codes that were turned into tokens, and how often that was refused. */
  granted: number;
  refused: number;
  stop(): Promise<void>;
}

/** Starts a provider on a free port of this machine. */
export function startOAuth(): OAuthServer {
  const codes = new Map<string, { challenge: string; redirect: string }>();
  const tokens = new Map<string, string>();
  const served = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
    async handler(request) {
      const url = new URL(request.url);
      if (url.pathname === "/authorize") return authorize(url);
      if (url.pathname === "/token") return await grant(request);
      const bearer = request.headers.get("authorization") ?? "";
      const sub = tokens.get(bearer.replace("Bearer ", ""));
      return sub ? Response.json({ sub }) : new Response(null, { status: 401 });
    },
  });
  const server: OAuthServer = {
    url: `http://127.0.0.1:${served.addr.port}`,
    name: "ann",
    refusal: null,
    granted: 0,
    refused: 0,
    stop: () => served.shutdown(),
  };

  function authorize({ searchParams: asked }: URL): Response {
    const back = new URL(asked.get("redirect_uri")!);
    back.searchParams.set("state", asked.get("state")!);
    if (server.refusal) back.searchParams.set("error", server.refusal);
    else {
      const code = crypto.randomUUID();
      const challenge = asked.get("code_challenge")!;
      codes.set(code, { challenge, redirect: asked.get("redirect_uri")! });
      back.searchParams.set("code", code);
    }
    return Response.redirect(back, 302);
  }

  async function grant(request: Request): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const code = form.get("code") ?? "";
    const kept = codes.get(code);
    codes.delete(code);
    const challenge = createHash("sha256").update(form.get("code_verifier")!)
      .digest("base64url");
    const isGood = kept && kept.challenge === challenge &&
      kept.redirect === form.get("redirect_uri") &&
      form.get("client_id") === CLIENT.id &&
      form.get("client_secret") === CLIENT.secret;
    if (!isGood) {
      server.refused++;
      return Response.json({ error: "invalid_grant" }, { status: 400 });
    }
    server.granted++;
    const token = crypto.randomUUID();
    tokens.set(token, server.name);
    return Response.json({ access_token: token, token_type: "bearer" });
  }

  return server;
}
