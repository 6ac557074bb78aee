/**
 * Below the list of games: one from elsewhere comes in, a removed one comes
 * back.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { SessionInfo } from "@/core/ports.ts";
import type { Language } from "@/locales/mod.ts";
import { textsOf } from "@/locales/spoken.ts";
import { gameTitle } from "../shared/game_title.ts";
import { askFor } from "./RenameAndRemove.tsx";
import { useZone } from "../shared/use_zone.ts";
import { yesNo } from "../shared/yes_no.ts";

/** What the page draws it with. */
interface PastGamesProps {
  removed: SessionInfo[];
  language: Language;
  /** What the server takes the host's time zone for. */
  zone: string;
}

/** See the module. */
export function ImportAndRestore(
  { removed, language, zone }: PastGamesProps,
) {
  return (
    <>
      <ImportCard language={language} />
      <RemovedCard removed={removed} language={language} zone={zone} />
    </>
  );
}

function ImportCard({ language }: { language: Language }) {
  const texts = textsOf(language).games;
  const said = useSignal("");
  const isBusy = useSignal(false);
  const file = useRef<HTMLInputElement>(null);

  async function take() {
    const chosen = file.current?.files?.[0];
    if (!chosen) return;
    isBusy.value = true;
    said.value = texts.importing;
    const problem = await send(chosen, language);
    isBusy.value = false;
    said.value = problem === null ? texts.imported : texts.importBad(problem);
    if (problem === null) location.reload();
  }

  return (
    <section class="card">
      <h2>{texts.import}</h2>
      <label class="file">
        <span class="note">{texts.importHelp}</span>
        <input
          ref={file}
          type="file"
          accept=".jsonl,application/jsonl,application/x-ndjson"
          disabled={isBusy.value}
          aria-busy={yesNo(isBusy.value)}
          onChange={take}
        />
        <span class="button">{texts.importFile}</span>
      </label>
      <p class="note" role="status">{said}</p>
    </section>
  );
}

/** Null, or why the file was not taken. */
async function send(file: File, language: Language): Promise<string | null> {
  const response = await fetch("/api/sessions/import", {
    method: "POST",
    headers: { "Content-Type": "application/jsonl" },
    body: file,
  }).catch(() => null); // said just below
  if (response?.ok) return null;
  const body: unknown = await response?.json().catch(() => null); // not ours
  const hasDetail = typeof body === "object" && body !== null &&
    "detail" in body && typeof body.detail === "string";
  return hasDetail ? String(body.detail) : textsOf(language).errors.network;
}

function RemovedCard(
  { removed, language, zone }: PastGamesProps,
) {
  const texts = textsOf(language, useZone(zone));
  const { app, games: words, sessions } = texts;
  const said = useSignal("");

  async function restore(id: string) {
    const url = `/api/sessions/${encodeURIComponent(id)}/restore`;
    const wrong = await askFor(url, { method: "POST" }, language);
    said.value = wrong ?? words.restored;
    if (wrong === null) location.reload();
  }

  return (
    <details class="card">
      <summary class="button quiet">
        {words.removedTitle}
        {removed.length > 0 && (
          <span class="pill tabular">{removed.length}</span>
        )}
      </summary>
      <p class="note">
        {removed.length === 0 ? words.removedNone : words.removedHelp}
      </p>
      <ul class="list">
        {removed.map((game) => (
          <li key={game.id} class="line">
            <span class="line-text">
              <bdi>{gameTitle(texts, game)}</bdi>
              <small>
                <bdi>@{game.channel}</bdi> ·{" "}
                {words.removedAt(sessions.moment(game.deletedAt ?? 0))}
                {game.rehearsal && ` · ${app.rehearsed}`}
              </small>
            </span>
            <button
              type="button"
              class="button"
              onClick={() => restore(game.id)}
            >
              {words.restore}
            </button>
          </li>
        ))}
      </ul>
      <p class="note" role="status">{said}</p>
    </details>
  );
}
