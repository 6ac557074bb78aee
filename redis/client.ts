/**
 * How a Redis is spoken to: what its address says, and who may use it.
 *
 * @module
 */
import { createClient, type RedisClientOptions } from "redis";

/** What a connection wants of its socket. */
type Socket = Pick<
  NonNullable<RedisClientOptions["socket"]>,
  "connectTimeout" | "reconnectStrategy"
>;

/**
 * A client that queues nothing while it is away.
 *
 * A password alone is that of the user `default`. Said so, it does no harm
 * where that user has none; without a name Redis would refuse it.
 *
 * @param url `redis://` or `rediss://`.
 * @param options.pingInterval In ms; finds what has died without a word.
 */
export function newClient(
  url: string,
  { socket, pingInterval }: { socket: Socket; pingInterval?: number },
) {
  const named = new URL(url);
  if (named.password !== "" && named.username === "") {
    named.username = "default";
  }
  return createClient({
    url: named.href,
    RESP: 2,
    disableOfflineQueue: true,
    socket,
    ...(pingInterval && { pingInterval }),
  });
}

/** A connection to Redis. */
export type Client = ReturnType<typeof newClient>;
