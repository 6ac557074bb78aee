/**
 * Why the program does not serve, in words for whoever started it.
 *
 * @module
 */
import { ConfigError } from "@/core/shapes/config.ts";
import { traceOf } from "@/core/why.ts";

/**
 * One plain sentence for what keeps the program from serving.
 *
 * @param asked Where it was to listen, as far as the settings were read.
 */
export function whyNot(
  error: unknown,
  asked: { HOST?: string; PORT?: number } = {},
): string {
  const { HOST, PORT = 0 } = asked;
  if (error instanceof Deno.errors.AddrInUse) {
    return `Cannot listen: port ${PORT} is taken; end the other program or set another one (PORT=${
      PORT + 1
    })`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable || isUnknownHost(error)) {
    return `Cannot use HOST: it must be an address or a name of this machine, not "${HOST}"; for example HOST=127.0.0.1`;
  }
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && error.message.startsWith("Cannot ")) {
    return error.message;
  }
  return traceOf(error);
}

function isUnknownHost(error: unknown): boolean {
  return error instanceof Error &&
    /failed to lookup address|name or service not known|no such host|^invalid argument \(os error 22\)$/i
      .test(error.message);
}
