/**
 * The page that checks certificates: a file in, and what is true of it out.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import type { Fault, Told } from "@/core/verify.ts";
import {
  type Language,
  type VerifyTexts,
  verifyTextsOf,
} from "@/locales/verify.ts";
import { LanguageSwitch } from "../shared/LanguageSwitch.tsx";
import { check, type Checked } from "./check.ts";

/** Faults shown at most. */
const SHOWN = 20;
/** Characters of a closing hash that a host says. */
const SAID = 12;

/** See the module. */
export function Verify({ language }: { language: Language }) {
  const spoken = useSignal(language);
  const part = useSignal<number | null>(null);
  const checked = useSignal<Checked | null>(null);
  const texts = verifyTextsOf(spoken.value);

  async function take(file: File | undefined) {
    if (!file || part.value !== null) return;
    checked.value = null;
    part.value = 0;
    try {
      checked.value = await check(file, (done) => part.value = done);
    } finally {
      part.value = null;
    }
  }

  function speak(next: Language) {
    spoken.value = next;
    document.documentElement.lang = next;
    document.title = verifyTextsOf(next).title;
  }

  return (
    <div class="page-frame">
      <header class="page-head">
        <span class="brand">TikTok Live Support</span>
        <LanguageSwitch
          label="ภาษา / Language"
          language={spoken.value}
          onChoose={speak}
        />
      </header>
      <main class="page">
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        <label
          class="drop"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void take(event.dataTransfer?.files[0]);
          }}
        >
          <input
            type="file"
            accept=".jsonl,.json"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
          {checked.value ? texts.another : texts.choose}
        </label>
        <div role="status" class="verdict">
          {part.value !== null && (
            <>
              <p>{texts.checking(part.value)}</p>
              <progress max={1} value={part.value} />
            </>
          )}
          {checked.value?.of === "ledger" &&
            (checked.value.told
              ? <TrueLedger told={checked.value.told} texts={texts} />
              : <Faults faults={checked.value.faults} texts={texts} />)}
          {checked.value?.of === "viewer" && (
            <Viewer checked={checked.value} texts={texts} />
          )}
        </div>
      </main>
      {location.protocol.startsWith("http") && (
        <footer class="page-foot">
          <a href={location.pathname} download="verify.html">{texts.save}</a>
          {" · "}
          {texts.saveHelp}
        </footer>
      )}
    </div>
  );
}

/** What a true ledger tells. */
function TrueLedger({ told, texts }: { told: Told; texts: VerifyTexts }) {
  const { entries, viewers, points, hash, first, draws } = told;
  return (
    <>
      <section class="card is-true">
        <h2>{texts.isTrue}</h2>
        <p>
          <b>
            <bdi>{texts.game(told.title, told.channel)}</bdi>
          </b>{" "}
          · {texts.moment(told.startedAt)}
        </p>
        {told.rehearsal && <p>{texts.rehearsal}</p>}
        <p>{texts.facts(entries, viewers, points)}</p>
      </section>
      <section class="card">
        <h2>{texts.closing}</h2>
        {hash
          ? (
            <>
              <Hash hash={hash} />
              <p class="note">{texts.closingHelp}</p>
            </>
          )
          : <p class="note">{texts.noClosing}</p>}
        {told.earlier.length > 0 && <p>{texts.earlier}</p>}
        {told.earlier.map(({ at, hash }) => (
          <p key={hash} class="hash">
            {texts.moment(at)}: <code>{hash}</code>
          </p>
        ))}
      </section>
      <section class="card">
        <h2>{texts.first}</h2>
        <ol class="places">
          {first.map((row, i) => (
            <li key={i}>
              <bdi>{row.nickname}</bdi>{" "}
              <b class="tabular">{texts.points(row.points)}</b>
            </li>
          ))}
        </ol>
      </section>
      <section class="card">
        <h2>{texts.draws}</h2>
        {draws.length === 0 && <p class="note">{texts.noDraws}</p>}
        {draws.map((draw) => (
          <article key={draw.line} class="draw">
            <p>
              <b>
                <bdi>{draw.nickname}</bdi>
              </b>: <q>{draw.comment}</q>
            </p>
            <p class="note">
              {texts.moment(draw.at)} · {texts.drawn(draw.line, draw.from)}
            </p>
            <p class="note">
              {texts.secret}: <code>{draw.secret}</code>
            </p>
          </article>
        ))}
      </section>
    </>
  );
}

function Faults({ faults, texts }: { faults: Fault[]; texts: VerifyTexts }) {
  return (
    <section class="card is-wrong">
      <h2>{texts.isWrong}</h2>
      {faults.length > SHOWN && <p>{texts.faults(faults.length)}</p>}
      <ul class="faults">
        {faults.slice(0, SHOWN).map(({ line, why }) => (
          <li key={`${line}${why}`}>
            <b>{texts.line(line)}</b> {texts.why[why]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Viewer(
  { checked: { file, found }, texts }: {
    checked: Extract<Checked, { of: "viewer" }>;
    texts: VerifyTexts;
  },
) {
  if ("wrong" in found) {
    const why = {
      sum: texts.wrongSum,
      tree: texts.wrongTree,
      file: texts.wrongFile,
    };
    return (
      <section class="card is-wrong">
        <h2>{texts.isWrong}</h2>
        <p>{why[found.wrong]}</p>
      </section>
    );
  }
  const { viewerId, points, stars } = file!;
  return (
    <section class="card is-true">
      <h2>{texts.isTrue}</h2>
      <p>
        {texts.ofViewer}. {texts.viewer(viewerId, points, stars)}
      </p>
      <p>{texts.belongs}</p>
      <Hash hash={found.hash} />
      <p class="note">{texts.closingHelp}</p>
    </section>
  );
}

/** A closing hash, with the part that a host says. */
function Hash({ hash }: { hash: string }) {
  return (
    <p class="hash">
      <code>
        <b>{hash.slice(0, SAID)}</b>
        {hash.slice(SAID)}
      </code>
    </p>
  );
}
