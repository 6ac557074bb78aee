/**
 * What a command of the host does: each goes to the part that knows, and only
 * where this process leads.
 *
 * @module
 */
import { AwayError, type Outcome } from "@/core/desk.ts";
import { no, type Refusal } from "@/core/refusals.ts";
import type {
  Command,
  QueueCommand,
  SimulateCommand,
} from "@/core/shapes/commands.ts";
import { whyOf } from "@/core/why.ts";
import { testEvents } from "../simulated/test_events.ts";
import { parseChannel } from "../tiktok/messages.ts";
import type { Keyed } from "./inbox.ts";
import type { Parts } from "./parts.ts";
import { badChannel, DONE, noSession } from "./refused.ts";

type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

/** Carries commands out; each settles once it is durable or refused. */
export function createCarryOut(
  parts: Parts,
): (command: Command, keyed?: Keyed) => Promise<Outcome> {
  const { channel, leading, here, running, alone, housekeeping } = parts;
  return async (command, keyed) => {
    leading.must();
    switch (command.type) {
      case "connect":
        return leading.doing(() => connect(parts, command));
      case "disconnect":
        return leading.doing(() => disconnect(parts));
      case "newSession":
        return leading.doing(async () => {
          await channel.heardOut();
          return await newSession(parts, command, keyed);
        }).finally(housekeeping.tidy);
      case "continueSession": {
        const { sessionId } = command;
        return leading.doing(async () => {
          await channel.heardOut();
          return await alone(sessionId, () => here.goBackTo(sessionId, keyed));
        });
      }
      case "switchScene":
      case "refreshOverlays":
      case "reconnectObs":
        return parts.scenes.carryOut(command, keyed);
      case "simulate":
        return Promise.resolve(simulate(parts, command));
      case "queueComment":
      case "unqueueComment":
        return leading.doing(() => lineUp(parts, command));
      default:
        // After a new session that is being set up, but not behind another.
        await leading.idle();
        await channel.heardOut();
        leading.must();
        if (!running.isSure()) await here.mustBeWritable();
        leading.must();
        return await reached(here.writer()?.submit(command, keyed));
    }
  };
}

async function connect(
  { running, channel }: Parts,
  command: CommandOf<"connect">,
): Promise<Outcome> {
  const parsed = parseChannel(command.channel);
  if (!parsed.ok) return badChannel(command.channel);
  const { channel: name } = parsed;
  await running.keep({ channel: name, roomId: command.roomId ?? null });
  await channel.disconnect();
  await channel.remember(name, null);
  channel.connect(name, command.roomId);
  return DONE;
}

async function disconnect({ running, channel }: Parts): Promise<Outcome> {
  if (!channel.isConnected()) {
    return no("not_connected", "There is no connection");
  }
  await running.keep({ channel: null, roomId: null });
  await channel.disconnect();
  return DONE;
}

/** What arrives from the press on belongs to the new session. */
async function newSession(
  parts: Parts,
  command: CommandOf<"newSession">,
  keyed?: Keyed,
): Promise<Outcome> {
  const { here, channel } = parts;
  await here.mustBeWritable();
  return await channel.between(async (press) => {
    const name = await channelFor(parts, command);
    if (typeof name !== "string") return name;
    const { title = "" } = command;
    return await here.begin({ channel: name, title }, press, keyed);
  });
}

/** The channel of a new session, connected to where the host names one. */
async function channelFor(
  parts: Parts,
  command: CommandOf<"newSession">,
): Promise<string | Refusal> {
  const { channel } = parts;
  const current = channel.connection().channel ?? "";
  if (command.channel === undefined) return current;
  const parsed = parseChannel(command.channel);
  if (!parsed.ok) return badChannel(command.channel);
  if (parsed.channel !== current || !channel.isConnected()) {
    await connect(parts, { type: "connect", channel: parsed.channel });
  }
  return parsed.channel;
}

async function lineUp(
  { here, queue, tellState }: Parts,
  command: QueueCommand,
): Promise<Outcome> {
  const writer = here.writer();
  if (!writer) return noSession();
  const { type, viewerId, commentId } = command;
  const item = { viewerId, commentId };
  const refusal = type === "queueComment"
    ? await queue.add(writer.session, item)
    : await queue.remove(item)
    ? null
    : "no_comment";
  if (refusal) {
    return no(
      refusal,
      "This comment is not there to be lined up or taken out",
    );
  }
  tellState();
  return DONE;
}

function simulate(
  { options, here, channel, clock, chance }: Parts,
  command: SimulateCommand,
): Outcome {
  if (!options.rehearsal) {
    return no("not_a_rehearsal", "Test events are for rehearsals only");
  }
  const writer = here.writer();
  if (!writer) return noSession();
  channel.takeIn(testEvents(command, writer.session, clock.wall(), chance));
  return DONE;
}

/** What a writer that has stopped throws is no decision of the game. */
async function reached(asked?: Promise<Outcome>): Promise<Outcome> {
  if (!asked) return noSession();
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AwayError) throw error;
    throw new AwayError(whyOf(error), { cause: error });
  }
}
