/**
 * An agent that reaches https hosts through an http proxy, by CONNECT. Written
 * here because Node's own agents know no proxies, and three libraries below
 * the connector each would want theirs.
 *
 * @module
 */
import { request } from "node:http";
import { Agent } from "node:https";
import type { Duplex } from "node:stream";
import { connect } from "node:tls";

/** How long the proxy may take to open a tunnel. */
const TIMEOUT_MS = 10_000;

/** Makes an agent for the proxy at this address; user and password may be in it. */
export function proxyAgent(address: string): Agent {
  const proxy = new URL(address);
  const agent = new Agent({ keepAlive: false });
  return Object.assign(agent, {
    createConnection(
      target: { host?: string; port?: number | string; servername?: string },
      done: (error: Error | null, socket?: Duplex) => void,
    ) {
      const host = target.host ?? "localhost";
      const port = Number(target.port ?? 443);
      const tunnel = request({
        host: proxy.hostname,
        port: Number(proxy.port || 80),
        method: "CONNECT",
        path: `${host}:${port}`,
        headers: { host: `${host}:${port}`, ...credentials(proxy) },
        timeout: TIMEOUT_MS,
      });
      tunnel.once("timeout", () => {
        tunnel.destroy(
          new Error(`Cannot use the proxy ${proxy.host}: it timed out`),
        );
      });
      tunnel.once("error", (error) => done(error));
      tunnel.once("connect", (answer, socket) => {
        if (answer.statusCode !== 200) {
          socket.destroy();
          return done(
            new Error(
              `Cannot use the proxy ${proxy.host}: it answered ${answer.statusCode}`,
            ),
          );
        }
        done(null, connect({ socket, servername: target.servername ?? host }));
      });
      tunnel.end();
    },
  });
}

function credentials({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const pair = `${decodeURIComponent(username)}:${
    decodeURIComponent(password)
  }`;
  return { "proxy-authorization": `Basic ${btoa(pair)}` };
}
