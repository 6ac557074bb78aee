/**
 * The channel: a field for its name while there is none, and how the
 * connection stands, counted down to the next try.
 *
 * @module
 */
import { useComputed, useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { connectionWords } from "../shared/connection_words.ts";
import { usePanel } from "./panel_state.ts";
import type { Problem } from "../shared/send_command.ts";
import { yesNo } from "../shared/yes_no.ts";

/** See the module. */
export function ConnectionCard() {
  const panel = usePanel();
  const { connection } = panel.desk.value;
  const texts = panel.texts.value.connection;
  const isConnected = connection.state !== "off" &&
    connection.state !== "failed" && connection.state !== "ended";
  return (
    <div class="card">
      <p class="sentence">
        <ConnectionSentence />
      </p>
      {panel.isHost && (isConnected
        ? (
          <button
            type="button"
            class="button"
            disabled={!panel.canAct.value}
            onClick={() => panel.send({ type: "disconnect" })}
          >
            {texts.disconnect}
          </button>
        )
        : <ConnectForm />)}
    </div>
  );
}

/** The sentence alone, while the connection is not as it should be. */
export function ConnectionTrouble() {
  const { state, reason } = usePanel().desk.value.connection;
  if (state === "off" || (state === "live" && reason === null)) return null;
  return (
    <p class="trouble">
      <ConnectionSentence />
    </p>
  );
}

/** The connection in words, once a second. */
function ConnectionSentence() {
  const panel = usePanel();
  const words = useComputed(() => {
    const second = Math.floor(panel.now.value / 1000) * 1000;
    const { connection } = panel.desk.value;
    return connectionWords(panel.texts.value.connection, connection, second);
  });
  return <span>{words}</span>;
}

function ConnectForm() {
  const panel = usePanel();
  const { connection } = panel.desk.value;
  const { connection: texts, refusals } = panel.texts.value;
  const field = useRef<HTMLInputElement>(null);
  const bad = useSignal<"empty" | "bad_channel" | null>(null);
  const id = useId();
  const channel = useSignal(panel.channel.value);
  const roomId = useSignal("");
  const needsRoom = connection.reason === "age_restricted";

  async function connect(event: Event) {
    event.preventDefault();
    const name = channel.value.trim();
    if (name === "") return sayBad("empty");
    const room = roomId.value.trim();
    const command = needsRoom && room !== ""
      ? { type: "connect" as const, channel: name, roomId: room }
      : { type: "connect" as const, channel: name };
    if (await panel.send(command, undefined, refused)) panel.card.value = null;
  }

  function sayBad(what: "empty" | "bad_channel") {
    bad.value = what;
    field.current?.focus();
  }

  function refused(problem: Problem) {
    const isBad = problem.kind === "refused" && problem.code === "bad_channel";
    if (isBad) sayBad("bad_channel");
    else panel.sayProblem(problem);
  }

  return (
    <form class="form" onSubmit={connect}>
      <label>
        <span class="label">{texts.field}</span>
        <input
          ref={field}
          class="field"
          name="channel"
          value={channel}
          placeholder={texts.placeholder}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          inputMode="url"
          enterkeyhint="go"
          aria-invalid={bad.value !== null}
          aria-describedby={bad.value ? id : undefined}
          onInput={(event) => {
            channel.value = event.currentTarget.value;
            bad.value = null;
          }}
        />
        {bad.value && (
          <span class="note bad" id={id} role="alert">
            {bad.value === "empty" ? texts.empty : refusals.bad_channel}
          </span>
        )}
      </label>
      {needsRoom && (
        <label>
          <span class="label">{texts.roomId}</span>
          <input
            class="field"
            name="roomId"
            value={roomId}
            inputMode="numeric"
            pattern="[0-9]{1,20}"
            onInput={(event) => roomId.value = event.currentTarget.value}
          />
        </label>
      )}
      <button
        type="submit"
        class={panel.next.value === "connect" ? "button main" : "button"}
        disabled={!panel.canAct.value}
        aria-busy={yesNo(panel.busy.value.includes("connect"))}
      >
        {texts.connect}
      </button>
    </form>
  );
}
