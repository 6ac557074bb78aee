/**
 * Takes the host's commands.
 *
 * @module
 */
import { z } from "zod";
import { COMMAND_RIGHTS } from "@/access/rights.ts";
import { Command } from "@/core/shapes/commands.ts";
import { define } from "@/routes/(_http)/define.ts";
import { type Desk, KeyReusedError, type Outcome } from "@/core/desk.ts";
import { badInput, parse, readJson } from "../(_http)/input.ts";
import { Problem, problem } from "../(_http)/problem.ts";
import { unlessAway } from "../(_http)/away.ts";

/** An `Idempotency-Key`, which a caller may leave out. */
const Key = z.string().min(1).max(255, "An Idempotency-Key has 255 characters")
  .optional();

/** `Recorded` once it is durable; 409 `Refused`, 422 for a key that was used otherwise. */
export const handler = define.handlers({
  /**
   * 200 recorded, 400 malformed, 403, 409 refused, 422 key used before, 503 not
   * reached: nothing is kept under the key then.
   */
  async POST(ctx) {
    const { desk, metrics, role } = ctx.state;
    const key = parse(Key, ctx.req.headers.get("idempotency-key") ?? undefined);
    const command = commandOf(await readJson(ctx.req));
    if (!role || !COMMAND_RIGHTS[command.type].includes(role)) {
      throw new Problem(403, `The role "${role}" may not ${command.type}`);
    }
    const outcome = await unlessAway(
      submit(desk, command, key),
      (code) => metrics.countCommand(command.type, code),
    );
    metrics.countCommand(command.type, outcome.ok ? "ok" : outcome.code);
    return outcome.ok
      ? Response.json(outcome)
      : problem(409, outcome.reason, { members: { ...outcome } });
  },
});

function commandOf(body: unknown): Command {
  const type = typeof body === "object" && body !== null && "type" in body
    ? body.type
    : undefined;
  if (typeof type === "string" && Object.hasOwn(COMMAND_RIGHTS, type)) {
    return parse(Command, body);
  }
  const known = Object.keys(COMMAND_RIGHTS).join(", ");
  const given = type === undefined ? "has no type" : "has an unknown type";
  const message = `The command ${given}; known are ${known}`;
  throw badInput([{ path: ["type"], message }]);
}

async function submit(
  desk: Desk,
  command: Command,
  key?: string,
): Promise<Outcome> {
  try {
    return await desk.submit(command, key);
  } catch (error) {
    if (!(error instanceof KeyReusedError)) throw error;
    throw new Problem(
      422,
      "This Idempotency-Key came with another command before; use a new one",
    );
  }
}
